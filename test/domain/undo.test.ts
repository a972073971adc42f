import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diff, plan } from '../../src/domain/change.ts';
import type { EventRecord } from '../../src/domain/event.ts';
import { CHANNELS, FIELD_NAMES, FIELDS, type Field, type FieldValue, INTERVALS } from '../../src/domain/field.ts';
import type { Flush } from '../../src/domain/flush.ts';
import type { Edit } from '../../src/domain/queue.ts';
import { ok } from '../../src/domain/result.ts';
import { attribute, type Inverse, invert } from '../../src/domain/undo.ts';
import { meansSame } from '../../src/domain/value.ts';
import { judge, type Verdict } from '../../src/domain/verdict.ts';
import { buildEdit, buildEvent, buildVerdict, eventsById } from '../fixtures/domain.ts';

const [JOKER, PYLE] = ['100', '200'];

/** An event in which one field holds `value`; ends lie far away, so that no order is broken. */
const holding = (field: Field, value: FieldValue): EventRecord => {
  const event = buildEvent(1, { starts: '1960-01-01T00:00:00Z', ends: '2099-01-01T00:00:00Z' });
  return { ...event, values: { ...event.values, [field]: value } };
};

/** A flush renamed event 1 from Op Alpha to Op Bravo. */
const RENAMED = buildVerdict(buildEdit());

const invertOne = (verdict: Verdict, event: EventRecord | null, queue: readonly Edit[] = []): readonly Inverse[] =>
  invert([verdict], eventsById(...(event === null ? [] : [event])), queue, JOKER);

const kindsOf = (inverses: readonly Inverse[]) => inverses.map(({ kind }) => kind);

describe('a change that a flush applied', () => {
  test('is put back from what PERSCOM holds now to what it held at the preview, not when it was queued', () => {
    const change = { ...RENAMED.change, live: 'Op Able' };
    expect(invertOne({ ...RENAMED, change }, buildEvent(1, { name: 'Op Bravo' }))).toEqual([
      {
        edit: {
          eventId: 1,
          eventName: 'Op Bravo',
          eventPage: null,
          field: 'name',
          base: 'Op Bravo',
          wanted: 'Op Able',
        },
        kind: 'open',
        replaces: null,
      },
    ]);
  });

  test.each<[Inverse['kind'], string, EventRecord | null]>([
    ['gone', 'its event is gone', null],
    ['holds', 'PERSCOM holds the former value again', buildEvent(1, { name: 'Op Alpha' })],
    ['holds', 'PERSCOM holds what means the former value', buildEvent(1, { name: ' Op Alpha ' })],
    ['changed', 'somebody changed it since', buildEvent(1, { name: 'Op Charlie' })],
    ['open', 'PERSCOM holds what means what the flush wrote', buildEvent(1, { name: 'Op Bravo\n' })],
  ])('is %s when %s', (kind, _, event) => {
    expect(kindsOf(invertOne(RENAMED, event))).toEqual([kind]);
  });

  test('is measured by what PERSCOM stored, not by what was asked for', () => {
    const stored = { ...RENAMED, kind: 'normalised', after: { value: 'OP BRAVO' } } as const;
    expect(kindsOf(invertOne(stored, buildEvent(1, { name: 'OP BRAVO' })))).toEqual(['open']);
    expect(kindsOf(invertOne(stored, buildEvent(1, { name: 'Op Bravo' })))).toEqual(['changed']);
  });

  test.each<[Inverse['kind'], string, Partial<Edit>]>([
    ['queued', 'the author has queued the same', { userId: JOKER, wanted: 'Op Alpha' }],
    ['queued', 'somebody else has queued the same', { userId: PYLE, wanted: 'Op Alpha' }],
    ['open', 'the author has queued something else', { userId: JOKER, wanted: 'Op Delta' }],
    ['queued-by-another', 'somebody else has queued something else', { userId: PYLE, wanted: 'Op Delta' }],
    ['open', 'another field is queued', { userId: PYLE, field: 'location', wanted: 'Malden' }],
    ['open', 'another event is queued', { userId: PYLE, eventId: 2, wanted: 'Op Delta' }],
  ])('is %s when %s', (kind, _, queued) => {
    const event = buildEvent(1, { name: 'Op Bravo' });
    expect(kindsOf(invertOne(RENAMED, event, [buildEdit(queued)]))).toEqual([kind]);
  });

  test('says which of its author’s edits it would replace', () => {
    const own = buildEdit({ userId: JOKER, wanted: 'Op Delta' });
    expect(invertOne(RENAMED, buildEvent(1, { name: 'Op Bravo' }), [own])).toMatchObject([{ replaces: own }]);
  });

  test.each<[Inverse['kind'], Field, FieldValue]>([
    ['was-empty', 'calendar_id', 2],
    ['was-empty', 'author_id', 7],
    ['was-empty', 'ends', '2026-12-01T20:00:00Z'],
    ['open', 'location', 'Altis'],
    ['open', 'registration_deadline', '2026-11-30T12:00:00Z'],
    ['open', 'notifications_channels', ['mail']],
  ])('is %s when %s was empty before', (kind, field, wanted) => {
    const verdict = buildVerdict(buildEdit({ field, base: null, wanted }));
    expect(kindsOf(invertOne(verdict, holding(field, wanted)))).toEqual([kind]);
  });
});

test.each(['ignored', 'rejected', 'missing', 'unknown'] as const)('what was %s is not put back', (kind) => {
  const verdict = { ...RENAMED, kind, refusal: { kind: 'ignored' } } as const;
  expect(invertOne(verdict, buildEvent(1, { name: 'Op Bravo' }))).toEqual([]);
});

describe('what was changed since', () => {
  const CHANGED = invertOne(RENAMED, buildEvent(1, { name: 'Op Charlie' }));

  const flushOf = (id: string, ...verdicts: readonly Verdict[]): Flush => ({
    ...{ id, guildId: 'g', userId: PYLE, channelId: null, state: 'done', revision: 1, reason: null, parentId: null },
    ...{ changes: verdicts.map(({ change }) => change), verdicts, answer: ok(null), requestId: null, attempts: 1 },
    ...{ acceptsUnknown: false, previewedAt: 1, sentAt: 2, settledAt: 3, overAt: 4, dueAt: null },
  });
  const renaming = (wanted: string): Verdict => buildVerdict(buildEdit({ base: 'Op Bravo', wanted }));
  const writerAmong = (...later: readonly Flush[]) =>
    attribute(CHANGED, later).map((inverse) => (inverse.kind === 'changed' ? (inverse.by?.id ?? null) : inverse.kind));

  test('was changed by the later flush that wrote what is there now', () => {
    expect(
      writerAmong(flushOf('other', buildVerdict(buildEdit({ eventId: 2 }))), flushOf('it', renaming('Op Charlie'))),
    ).toEqual(['it']);
  });

  test('was changed in PERSCOM where no later flush wrote that field, or the last that did wrote something else', () => {
    expect(writerAmong()).toEqual([null]);
    expect(writerAmong(flushOf('last', renaming('Op Delta')), flushOf('first', renaming('Op Charlie')))).toEqual([
      null,
    ]);
  });

  test('was not changed by a flush of which that was refused', () => {
    expect(writerAmong(flushOf('refused', { ...renaming('Op Charlie'), kind: 'rejected' }))).toEqual([null]);
  });
});

const someText = fc.string({ minLength: 1 }).map((text) => `x${text}`);
const someTime = fc
  .integer({ min: 0, max: 2_000_000_000 })
  .map((seconds) => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z'));

function someValue(field: Field): fc.Arbitrary<FieldValue> {
  const { input } = FIELDS[field];
  if (input.kind === 'flag') return fc.boolean();
  if (input.kind === 'calendar' || input.kind === 'user') return fc.integer({ min: 1 });
  if (input.kind === 'set')
    return fc.option(
      fc.subarray((field === 'notifications_channels' ? CHANNELS : INTERVALS).map(({ value }) => value)),
    );
  const some = input.kind === 'time' ? someTime : someText;
  return input.mayBeEmpty ? fc.option(some) : some;
}

const someField = fc.constantFrom(...FIELD_NAMES);
const someChange = someField.chain((field) =>
  fc.record({ field: fc.constant(field), before: someValue(field), wanted: someValue(field) }),
);

test('a flush and its undo leave every field as it was', () => {
  fc.assert(
    fc.property(someChange, ({ field, before, wanted }) => {
      fc.pre(!meansSame(before, wanted));
      const changes = diff([buildEdit({ field, base: before, wanted })], eventsById(holding(field, before)));
      const written = plan(changes).resources[1]?.[field] ?? null;
      const after = eventsById(holding(field, written));
      const [inverse] = invert(judge(changes, ok(null), after), after, [], JOKER);
      const back = inverse === undefined ? [] : diff([{ ...buildEdit(), ...inverse.edit }], after);
      expect(plan(back).resources).toEqual({ 1: { [field]: before } });
    }),
  );
});

test('the times of an event are put back together or not at all', () => {
  const moved = (field: 'starts' | 'ends', from: string, to: string) => {
    const edit = buildEdit({ field, base: from, wanted: to });
    return buildVerdict(edit, { after: { value: to } });
  };
  const verdicts = [
    moved('starts', '2026-11-28T19:00:00Z', '2026-11-29T19:00:00Z'),
    moved('ends', '2026-11-28T22:00:00Z', '2026-11-29T22:00:00Z'),
  ];
  const kinds = (starts: string) =>
    kindsOf(invert(verdicts, eventsById(buildEvent(1, { starts, ends: '2026-11-29T22:00:00Z' })), [], JOKER));
  expect(kinds('2026-11-29T19:00:00Z')).toEqual(['open', 'open']);
  expect(kinds('2026-11-29T18:00:00Z')).toEqual(['changed', 'held']);
});
