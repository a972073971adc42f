import { describe, expect, test } from 'vitest';
import {
  added,
  arrange,
  type Basis,
  contested,
  disordered,
  outdated,
  replaceableBy,
  type SeenEdit,
  stage,
  withdrawn,
} from '../../src/domain/queue.ts';
import { buildEdit, buildWanted } from '../fixtures/domain.ts';

describe('staging the start or the end of an event', () => {
  const STARTS = '2026-12-01T18:00:00Z';
  const start = (wanted: string) => buildWanted({ field: 'starts', base: STARTS, wanted });
  const end = (wanted: string) => buildWanted({ field: 'ends', base: '2026-12-01T20:00:00Z', wanted });
  const theirs = buildEdit({ ...start('2026-12-01T21:00:00Z'), id: 7, userId: '100' });
  const queued = [buildEdit({ id: 2 }), theirs];
  const kindsOf = (...wanted: readonly ReturnType<typeof start>[]) =>
    stage(queued, wanted, true, replaceableBy('200', [])).map(({ kind }) => kind);

  test('refuses a time that does not fit the other one as somebody has queued it since', () => {
    const edit = end('2026-12-01T20:30:00Z');
    const staged = stage(queued, [edit], true, replaceableBy('200', []));
    expect(staged).toEqual([{ kind: 'out-of-order', edit, previous: theirs }]);
    expect(disordered(staged)).toEqual(staged);
    expect([added(staged), withdrawn(staged), contested(staged)]).toEqual([[], [], []]);
    const late = stage(
      [buildEdit({ ...edit, id: 8 })],
      [start('2026-12-01T21:00:00Z')],
      true,
      replaceableBy('200', []),
    );
    expect(late).toMatchObject([{ kind: 'out-of-order', previous: { id: 8 } }]);
  });

  test('takes one that fits, and one of another event', () => {
    expect(kindsOf(end('2026-12-01T21:00:01Z'))).toEqual(['queued']);
    expect(kindsOf({ ...end('2026-12-01T20:30:00Z'), eventId: 2 })).toEqual(['queued']);
  });

  test('takes an end that is the start only of an event that takes all day, or would once the queue is sent', () => {
    const same = end('2026-12-01T21:00:00Z');
    const kindsAs = (basis: Basis, ...more: readonly ReturnType<typeof buildEdit>[]) =>
      stage([...queued, ...more], [same], true, replaceableBy('200', []), basis).map(({ kind }) => kind);
    const allDay = (wanted: boolean) => buildEdit({ id: 9, field: 'all_day', base: !wanted, wanted });
    expect([kindsAs({}), kindsAs({ allDay: [2] })]).toEqual([['out-of-order'], ['out-of-order']]);
    expect([kindsAs({ allDay: [1] }), kindsAs({}, allDay(true))]).toEqual([['queued'], ['queued']]);
    expect(kindsAs({ allDay: [1] }, allDay(false))).toEqual(['out-of-order']);
  });

  test('takes nothing back of an event of which another time is contested', () => {
    const own = buildEdit({ ...start('2026-12-08T18:00:00Z'), id: 3, userId: '200' });
    const ends = buildEdit({ ...end('2026-12-08T21:00:00Z'), id: 4, userId: '100' });
    const back = [start(STARTS), end('2026-12-01T21:00:00Z')];
    const staged = stage([own, ends], back, true, replaceableBy('200', []));
    expect(staged.map(({ kind }) => kind)).toEqual(['held', 'contested']);
    expect(withdrawn(staged)).toEqual([]);
  });

  test('holds All day back with the days that were asked for with it', () => {
    const allDay = buildWanted({ field: 'all_day', base: false, wanted: true });
    const kinds = kindsOf(allDay, end('2026-12-01T20:30:00Z'), start('2026-12-01T19:00:00Z'));
    expect(kinds).toEqual(['held', 'held', 'contested']);
  });

  test('leaves it to the form where both are asked for, and holds one back whose counterpart is contested', () => {
    expect(kindsOf(end('2026-12-01T20:30:00Z'), start('2026-12-01T19:00:00Z'))).toEqual(['held', 'contested']);
    const own = stage(
      queued,
      [end('2026-12-01T20:30:00Z'), start('2026-12-01T19:00:00Z')],
      true,
      replaceableBy('100', []),
    );
    expect(own.map(({ kind }) => kind)).toEqual(['queued', 'replaced']);
    expect(kindsOf(end('2026-12-01T20:30:00Z'), start('2026-12-01T21:00:00Z'))).toEqual([
      'out-of-order',
      'already-queued',
    ]);
  });
});

describe('staging edits over what their author was shown', () => {
  const name = buildWanted({ wanted: 'Op Charlie' });
  const place = { eventId: 1, field: 'location' } as const;
  const [mine, moved] = [buildEdit({ id: 5, userId: '200' }), buildEdit({ id: 6, field: 'location', userId: '200' })];
  const stageOver = (queued: readonly ReturnType<typeof buildEdit>[], ...seen: readonly SeenEdit[]) =>
    stage(queued, [name, buildWanted({ eventId: 2 })], true, replaceableBy('200', []), { seen });
  const kindsOver = (...args: Parameters<typeof stageOver>) => stageOver(...args).map(({ kind }) => kind);
  const seen = (editId: number | null): SeenEdit => ({ eventId: 1, field: 'name', editId });

  test('stages them where the queue is still so, or is what they ask for already', () => {
    expect(kindsOver([mine], seen(5), { ...place, editId: null })).toEqual(['replaced', 'queued']);
    expect(kindsOver([], seen(null))).toEqual(['queued', 'queued']);
    expect(kindsOver([{ ...mine, id: 9, wanted: name.wanted }], seen(5))).toEqual(['already-queued', 'queued']);
  });

  test('stages nothing of an event for which something else is queued, or nothing more', () => {
    const left = ['outdated', 'queued'];
    expect(kindsOver([mine], seen(4))).toEqual(left);
    expect(kindsOver([mine], seen(null))).toEqual(left);
    expect(kindsOver([], seen(5))).toEqual(left);
    expect(kindsOver([mine, moved], seen(5), { ...place, editId: null })).toEqual(left);
    const staged = stageOver([], seen(5));
    expect(outdated(staged)).toEqual([{ kind: 'outdated', edit: name }]);
    expect(added(staged)).toEqual([buildWanted({ eventId: 2 })]);
  });

  test('asks about what another moderator has queued there since', () => {
    expect(kindsOver([{ ...mine, userId: '100' }], seen(null))).toEqual(['contested', 'queued']);
  });
});

describe('staging a wanted edit', () => {
  const previous = buildEdit({ id: 7, wanted: 'Op Bravo' });
  const others = [
    buildEdit({ id: 2, eventId: 2 }),
    buildEdit({ id: 3, field: 'location', base: 'Altis', wanted: null }),
  ];
  const mine = replaceableBy(previous.userId, []);
  const notMine = replaceableBy('200', [2, 3]);

  test('queues it where the field has none', () => {
    const edit = buildWanted();
    expect(stage(others, [edit], true, notMine)).toEqual([{ kind: 'queued', edit }]);
  });

  test('replaces another value of the same field that the same moderator queued', () => {
    const edit = buildWanted({ wanted: 'Op Charlie' });
    expect(stage([...others, previous], [edit], true, mine)).toEqual([{ kind: 'replaced', edit, previous }]);
  });

  test('leaves another moderator’s edit alone', () => {
    const edit = buildWanted({ wanted: 'Op Charlie' });
    expect(stage([...others, previous], [edit], true, notMine)).toEqual([{ kind: 'contested', edit, previous }]);
  });

  test('takes no other moderator’s edit back where PERSCOM holds what is wanted now', () => {
    const edit = buildWanted({ wanted: 'Op Alpha' });
    expect(stage([previous], [edit], true, notMine)).toEqual([{ kind: 'contested', edit, previous }]);
    expect(stage([previous], [edit], false, notMine)).toEqual([{ kind: 'contested', edit, previous }]);
  });

  test('touches the very edit of another moderator that it may, and no later one', () => {
    const may = replaceableBy('200', [previous.id]);
    const [edit, back] = [buildWanted({ wanted: 'Op Charlie' }), buildWanted({ wanted: 'Op Alpha' })];
    expect(stage([previous], [edit], true, may)).toEqual([{ kind: 'replaced', edit, previous }]);
    expect(stage([previous], [back], true, may)).toEqual([{ kind: 'withdrawn', edit: back, previous }]);
    const later = { ...previous, id: 8 };
    expect(stage([later], [edit], true, may)).toEqual([{ kind: 'contested', edit, previous: later }]);
  });

  test.each([mine, notMine])('leaves alone what is queued just so already, whoever queued it', (may) => {
    const edit = buildWanted({ wanted: 'Op Bravo' });
    expect(stage([previous], [edit], true, may)).toEqual([{ kind: 'already-queued', edit, previous }]);
  });

  test('does not ask about another moderator’s edit that wants the same, though PERSCOM has come to hold it', () => {
    const edit = buildWanted({ base: 'Op Bravo', wanted: 'Op Bravo' });
    expect(stage([previous], [edit], true, notMine)).toEqual([{ kind: 'already-queued', edit, previous }]);
  });

  test('takes the queued one back where PERSCOM holds what is wanted now', () => {
    const edit = buildWanted({ wanted: 'Op Alpha' });
    expect(stage([previous], [edit], true, mine)).toEqual([{ kind: 'withdrawn', edit, previous }]);
  });

  test.each([
    [null, ''],
    ['Op Alpha', ' Op Alpha'],
    [
      ['mail', 'sms'],
      ['sms', 'mail'],
    ],
  ])('queues nothing where PERSCOM holds %j and %j is wanted', (base, wanted) => {
    const edit = buildWanted({ base, wanted });
    expect(stage([], [edit], true, mine)).toEqual([{ kind: 'holds', edit }]);
  });

  test('keeps a wish for what PERSCOM is said to hold where that may have changed since', () => {
    const edit = buildWanted({ wanted: 'Op Alpha' });
    expect(stage([], [edit], false, mine)).toEqual([{ kind: 'queued', edit }]);
    expect(stage([previous], [edit], false, mine)).toEqual([{ kind: 'replaced', edit, previous }]);
  });

  test('of several fields judges each by itself, in the order in which they were typed', () => {
    const location = buildWanted({ field: 'location', base: 'Altis', wanted: 'Stratis' });
    const name = buildWanted({ wanted: 'Op Charlie' });
    const staged = stage([previous], [location, name], true, notMine);
    expect(staged.map(({ kind }) => kind)).toEqual(['queued', 'contested']);
    expect(contested(staged)).toEqual([{ kind: 'contested', edit: name, previous }]);
  });
});

test('only withdrawn edits are taken out; only queued and replacing ones are added', () => {
  const previous = buildEdit({ id: 5 });
  const edit = buildWanted();
  const staged = [
    { kind: 'queued', edit },
    { kind: 'replaced', edit: buildWanted({ eventId: 2 }), previous },
    { kind: 'already-queued', edit, previous: buildEdit({ id: 6 }) },
    { kind: 'withdrawn', edit, previous: buildEdit({ id: 7 }) },
    { kind: 'holds', edit },
    { kind: 'contested', edit: buildWanted({ eventId: 3 }), previous: buildEdit({ id: 8 }) },
  ] as const;
  expect(withdrawn(staged).map(({ id }) => id)).toEqual([7]);
  expect(added(staged).map(({ eventId }) => eventId)).toEqual([1, 2]);
});

test('edits are shown event by event as first staged, fields in the order of the forms, each under its id', () => {
  const staged = [
    buildEdit({ id: 1, eventId: 9, field: 'content' }),
    buildEdit({ id: 2, eventId: 2, field: 'notifications_channels' }),
    buildEdit({ id: 3, eventId: 9, field: 'starts' }),
    buildEdit({ id: 4, eventId: 2, field: 'name' }),
    buildEdit({ id: 5, eventId: 9, field: 'name' }),
  ];
  expect(arrange(staged).map(({ id }) => id)).toEqual([3, 5, 1, 4, 2]);
});
