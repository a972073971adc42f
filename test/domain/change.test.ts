import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Change,
  type ChangeState,
  changesIn,
  decidedWith,
  diff,
  eventIdsOf,
  isUnchangedSince,
  plan,
} from '../../src/domain/change.ts';
import { FIELD_NAMES, type FieldValue } from '../../src/domain/field.ts';
import type { Edit } from '../../src/domain/queue.ts';
import { buildChange, buildEdit, buildEvent, eventsById } from '../fixtures/domain.ts';

describe('an edit held against the live event', () => {
  const stateOf = (edit: Parameters<typeof buildEdit>[0], live: ReturnType<typeof eventsById>) =>
    diff([buildEdit(edit)], live)[0]?.state;

  test.each<[FieldValue, FieldValue, string | null, ChangeState]>([
    ['Altis', 'Stratis', 'Altis', 'ready'],
    ['Altis', 'Stratis', 'Stratis', 'holds'],
    ['Altis', 'Stratis', 'Malden', 'conflict'],
    ['Altis', null, 'Malden', 'conflict'],
    ['Altis', 'Stratis', ' Altis ', 'ready'],
    [null, 'Stratis', '', 'ready'],
    ['Altis', null, '', 'holds'],
  ])('queued over %j, wanted %j, now %j: %s', (base, wanted, location, state) => {
    expect(stateOf({ field: 'location', base, wanted }, eventsById(buildEvent(1, { location })))).toBe(state);
  });

  test('is gone with its event, and keeps the name and the page that it was queued under', () => {
    const page = 'https://perscom.test/events/1';
    const edit = buildEdit({ eventPage: page });
    expect(diff([edit], eventsById(buildEvent(2)))).toEqual([
      { edit, state: 'gone', live: null, eventName: 'Op Alpha', page, changedAt: null },
    ]);
  });

  test('shows what PERSCOM holds now and since when, under the name and the page that the event has now', () => {
    const edit = buildEdit({ field: 'author_id', base: 7, wanted: 8 });
    const now = { page: 'https://perscom.test/events/1', updatedAt: '2026-11-21T09:30:00Z' };
    const event = { ...buildEvent(1, { name: 'Renamed', author_id: 9 }), ...now };
    expect(diff([edit], eventsById(event))).toEqual([
      { edit, state: 'conflict', live: 9, eventName: 'Renamed', page: now.page, changedAt: now.updatedAt },
    ]);
  });

  test('stays in the place that it has in the queue', () => {
    const edits = [
      buildEdit({ id: 3, eventId: 2 }),
      buildEdit({ id: 1 }),
      buildEdit({ id: 2, eventId: 2, field: 'url' }),
    ];
    expect(diff(edits, eventsById(buildEvent(1))).map(({ edit }) => edit.id)).toEqual([3, 1, 2]);
    expect(eventIdsOf(edits)).toEqual([2, 1]);
  });
});

describe('changes that together would end an event before it starts', () => {
  const [STARTS, ENDS] = ['2026-12-01T18:00:00Z', '2026-12-01T20:00:00Z'];
  const start = (wanted: string) => buildEdit({ id: 1, field: 'starts', base: STARTS, wanted });
  const end = (wanted: string) => buildEdit({ id: 2, field: 'ends', base: ENDS, wanted });
  const statesOf = (edits: Edit[], live = buildEvent(1)) => diff(edits, eventsById(live)).map(({ state }) => state);

  test('are held back, with the other changes of the event left alone', () => {
    const location = buildEdit({ id: 3, field: 'location', base: 'Altis', wanted: null });
    expect(statesOf([start('2026-12-02T18:00:00Z'), location])).toEqual(['out-of-order', 'ready']);
    expect(statesOf([start('2026-12-02T18:00:00Z'), end('2026-12-02T17:00:00Z')])).toEqual(
      Array(2).fill('out-of-order'),
    );
  });

  test('are measured against each other and against what PERSCOM holds now', () => {
    expect(statesOf([start('2026-12-02T18:00:00Z'), end('2026-12-02T20:00:00Z')])).toEqual(['ready', 'ready']);
    const longer = buildEvent(1, { ends: '2026-12-03T20:00:00Z' });
    expect(statesOf([start('2026-12-02T18:00:00Z')], longer)).toEqual(['ready']);
    const shorter = buildEvent(1, { ends: '2026-12-01T18:30:00Z' });
    expect(statesOf([start('2026-12-01T19:00:00Z')], shorter)).toEqual(['out-of-order']);
  });

  test('hold back what makes an event take only a part of the day, where nothing else does', () => {
    const allDay = buildEvent(1, { all_day: true, ends: STARTS });
    const untick = buildEdit({ id: 5, field: 'all_day', base: true, wanted: false });
    expect(statesOf([untick], allDay)).toEqual(['out-of-order']);
    expect(statesOf([untick, { ...end(ENDS), base: STARTS }], allDay)).toEqual(['ready', 'ready']);
  });

  test('are not those of another event', () => {
    const ofEvent2 = buildEdit({ id: 4, eventId: 2, field: 'starts', base: STARTS, wanted: '2026-12-01T19:00:00Z' });
    const live = eventsById(buildEvent(1), buildEvent(2));
    expect(diff([start('2026-12-09T18:00:00Z'), ofEvent2], live).map(({ state }) => state)).toEqual([
      'out-of-order',
      'ready',
    ]);
  });

  test('may end it as it starts only where it takes all day', () => {
    expect(statesOf([end(STARTS)])).toEqual(['out-of-order']);
    expect(statesOf([end(STARTS)], buildEvent(1, { all_day: true }))).toEqual(['ready']);
  });
});

describe('the times of an event of which one is in conflict', () => {
  const [STARTS, ENDS] = ['2026-12-01T18:00:00Z', '2026-12-01T20:00:00Z'];
  const edits = [
    buildEdit({ id: 1, field: 'starts', base: STARTS, wanted: '2026-12-08T18:00:00Z' }),
    buildEdit({ id: 2, field: 'ends', base: ENDS, wanted: '2026-12-08T20:00:00Z' }),
    buildEdit({ id: 3, field: 'location', base: 'Altis', wanted: null }),
    buildEdit({ id: 4, eventId: 2, field: 'ends', base: ENDS, wanted: '2026-12-01T21:00:00Z' }),
  ];
  const changes = diff(edits, eventsById(buildEvent(1, { starts: '2026-12-01T17:00:00Z' }), buildEvent(2)));

  test('wait for it, as half of a move would tear the event apart; all else goes', () => {
    expect(changes.map(({ state }) => state)).toEqual(['conflict', 'held', 'ready', 'ready']);
    expect(Object.keys(plan(changes).resources[1] ?? {})).toEqual(['location']);
  });

  test('are decided with it, whichever of them is meant', () => {
    const idsWith = (id: number) =>
      decidedWith(
        changes,
        changes.filter(({ edit }) => edit.id === id),
      ).map(({ edit }) => edit.id);
    expect([1, 2, 3, 4].map(idsWith)).toEqual([[1, 2], [1, 2], [3], [4]]);
  });

  test('wait for times that are out of order, too', () => {
    const deadline = buildEdit({ id: 5, field: 'registration_deadline', base: '2026-11-30T12:00:00Z', wanted: STARTS });
    const [start] = edits;
    if (start === undefined) throw new Error('no start');
    expect(diff([start, deadline], eventsById(buildEvent(1))).map(({ state }) => state)).toEqual([
      'out-of-order',
      'held',
    ]);
  });
});

test('the plan is one resource per event with only its changed fields', () => {
  const changes = [
    buildChange({ eventId: 12, field: 'starts', wanted: '2026-12-02T18:00:00Z' }),
    buildChange({ eventId: 3, field: 'location', wanted: null }),
    buildChange({ eventId: 12, field: 'notifications_channels', wanted: [] }),
    buildChange({ eventId: 12, field: 'all_day', wanted: true }, { state: 'conflict' }),
    buildChange({ eventId: 4 }, { state: 'gone' }),
    buildChange({ eventId: 5 }, { state: 'holds' }),
  ];
  expect(plan(changes)).toEqual({
    resources: { 12: { starts: '2026-12-02T18:00:00Z', notifications_channels: [] }, 3: { location: null } },
  });
});

const anyValue: fc.Arbitrary<FieldValue> = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.string(), { maxLength: 3 }),
);

const anyChanges = fc.uniqueArray(
  fc.record({
    eventId: fc.integer({ min: 1, max: 5 }),
    field: fc.constantFrom(...FIELD_NAMES),
    wanted: anyValue,
    state: fc.constantFrom<ChangeState>('ready', 'holds', 'conflict', 'held', 'out-of-order', 'gone'),
  }),
  { selector: ({ eventId, field }) => `${eventId} ${field}`, maxLength: 40 },
);

test('the plan contains exactly the changes that are ready', () => {
  fc.assert(
    fc.property(anyChanges, (drawn) => {
      const changes = drawn.map(({ state, ...edit }) => buildChange(edit, { state }));
      const sent = Object.entries(plan(changes).resources).flatMap(([id, fields]) =>
        Object.entries(fields).map(([field, wanted]) => [Number(id), field, wanted]),
      );
      const ready = drawn.filter(({ state }) => state === 'ready');
      expect(new Set(sent)).toEqual(new Set(ready.map(({ eventId, field, wanted }) => [eventId, field, wanted])));
      expect(sent).toHaveLength(ready.length);
    }),
    { numRuns: 200 },
  );
});

describe('a preview', () => {
  const previewed: Change[] = [buildChange({ id: 1 }, { live: 'Op Alpha' }), buildChange({ id: 2, eventId: 2 })];
  const withFirst = (overrides: Partial<Change>) => [
    buildChange({ id: 1 }, { live: 'Op Alpha', ...overrides }),
    ...previewed.slice(1),
  ];

  test('holds as long as every event reads as it did', () => {
    expect(isUnchangedSince(previewed, withFirst({ eventName: 'Renamed', page: 'https://perscom.test/1' }))).toBe(true);
    expect(isUnchangedSince(previewed, withFirst({ live: ' Op Alpha' }))).toBe(true);
    expect(isUnchangedSince(previewed, withFirst({ changedAt: '2026-11-21T09:30:00Z' }))).toBe(true);
  });

  test.each<[string, Change[]]>([
    ['a value has changed', withFirst({ live: 'Op Zulu', state: 'ready' })],
    ['an event is gone', withFirst({ live: null, state: 'gone' })],
    ['a value has come to hold', withFirst({ state: 'holds' })],
    ['a conflict holds yet another value', withFirst({ live: 'Op Charlie', state: 'conflict' })],
    ['a change is missing', previewed.slice(1)],
    ['there is one more', [...previewed, buildChange({ id: 3 })]],
  ])('no longer holds when %s', (_, now) => {
    expect(isUnchangedSince(previewed, now)).toBe(false);
  });
});

test('changes are picked by their states, in their order', () => {
  const changes = (['gone', 'ready', 'holds', 'conflict', 'ready'] as const).map((state, id) =>
    buildChange({ id }, { state }),
  );
  expect(changesIn(changes, 'ready', 'gone').map(({ edit }) => edit.id)).toEqual([0, 1, 4]);
});
