import { describe, expect, test } from 'vitest';
import { agendaOf } from '../../src/domain/agenda.ts';
import { BUFFER_MS, type Warning, warningsOf } from '../../src/domain/checks.ts';
import { type EventId, type EventValues, summaryOf } from '../../src/domain/event.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/domain/zones/zone.ts';
import { buildEvent, buildValues } from '../fixtures/domain.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');

/** A plain op on 1 December 2026, 18:00 to 20:00 UTC, which warns of nothing. */
const PLAIN: Partial<EventValues> = { registration_deadline: null };

type Other = readonly [EventId, Partial<EventValues>];

function check(
  before: Partial<EventValues>,
  edits: Partial<EventValues>,
  { zone = 'UTC', others = [] }: { zone?: string; others?: readonly Other[] } = {},
): readonly Warning[] {
  const event = buildEvent(1, { ...PLAIN, ...before });
  const planned = others.map(([id, values]) => summaryOf(id, buildValues({ name: `Op ${id}`, ...values })));
  return warningsOf(event, { ...event.values, ...edits }, { nowMs: NOW, zone, others: agendaOf(planned) });
}

const kinds = (...asked: Parameters<typeof check>): readonly string[] => check(...asked).map(({ kind }) => kind);

describe('the start of an op', () => {
  test.each<[string, Partial<EventValues>, Partial<EventValues>, readonly string[]]>([
    ['moved to what is past', {}, { starts: '2026-11-22T11:59:59Z' }, ['starts-in-past']],
    ['moved to this very second', {}, { starts: '2026-11-22T12:00:00Z' }, []],
    ['past and left alone', { starts: '2026-11-20T18:00:00Z', ends: '2026-11-20T20:00:00Z' }, { name: 'x' }, []],
    ['past, and the first of a series', { repeats: true }, { starts: '2026-11-20T18:00:00Z' }, ['series-keeps-rhythm']],
  ])('%s', (_, before, edits, expected) => {
    expect(kinds(before, edits)).toEqual(expected);
  });

  test('of an all-day op is past when its date is', () => {
    const allDay = { all_day: true, ends: null };
    expect(kinds(allDay, { starts: '2026-11-22T00:00:00Z' })).toEqual([]);
    expect(kinds(allDay, { starts: '2026-11-21T00:00:00Z' })).toEqual(['starts-in-past']);
  });
});

describe('an end that is not after the start', () => {
  test('is told of where the edits make it so, and nothing else of those times', () => {
    const starts = '2026-12-01T21:00:00Z';
    expect(check({}, { starts })).toEqual([{ kind: 'ends-too-early', starts, ends: '2026-12-01T20:00:00Z' }]);
    expect(kinds({}, { ends: '2026-12-01T18:00:00Z' })).toEqual(['ends-too-early']);
  });

  test('is no news where it was so before', () => {
    expect(kinds({ ends: '2026-12-01T10:00:00Z' }, { name: 'Op Other' })).toEqual([]);
  });
});

describe('a registration deadline', () => {
  test.each<[string, string, readonly string[]]>([
    ['before the start', '2026-12-01T17:59:00Z', []],
    ['as it starts', '2026-12-01T18:00:00Z', []],
    ['after the start', '2026-12-01T18:30:00Z', ['deadline-after-start']],
    ['as it ends', '2026-12-01T20:00:00Z', ['deadline-after-start']],
    ['after the end', '2026-12-01T20:00:01Z', ['deadline-after-end']],
    ['past', '2026-11-22T11:00:00Z', ['deadline-in-past']],
  ])('%s', (_, registration_deadline, expected) => {
    expect(kinds({}, { registration_deadline })).toEqual(expected);
  });

  test('is checked when the op moves away from it', () => {
    const registration_deadline = '2026-11-30T12:00:00Z';
    const edits = { starts: '2026-11-29T18:00:00Z', ends: '2026-11-29T20:00:00Z' };
    expect(check({ registration_deadline }, edits)).toEqual([
      { kind: 'deadline-after-end', deadline: registration_deadline },
    ]);
    expect(kinds({ registration_deadline: '2026-11-20T12:00:00Z' }, { starts: '2026-12-01T18:30:00Z' })).toEqual([
      'deadline-in-past',
    ]);
  });

  test('is none of our business without sign-up, in a series, or where nothing has to do with it', () => {
    const registration_deadline = '2026-12-02T12:00:00Z';
    expect(kinds({ registration_enabled: false }, { registration_deadline })).toEqual([]);
    expect(kinds({ repeats: true }, { registration_deadline })).toEqual([]);
    expect(kinds({ registration_deadline }, { name: 'Op Other' })).toEqual([]);
    expect(kinds({ registration_deadline, registration_enabled: false }, { registration_enabled: true })).toEqual([
      'deadline-after-end',
    ]);
  });

  test('of an op without an end is held against its start, of an all-day op against its last date', () => {
    expect(kinds({ ends: null }, { registration_deadline: '2026-12-01T18:00:01Z' })).toEqual(['deadline-after-end']);
    const allDay = { all_day: true, starts: '2026-11-30T23:00:00Z', ends: '2026-11-30T23:00:00Z' };
    const zone = 'Europe/Berlin';
    expect(kinds(allDay, { registration_deadline: '2026-12-01T23:00:00Z' }, { zone })).toEqual([]);
    expect(kinds(allDay, { registration_deadline: '2026-12-01T23:00:01Z' }, { zone })).toEqual(['deadline-after-end']);
  });
});

describe('other ops of the same calendar', () => {
  const MOVED = { starts: '2026-12-05T18:00:00Z', ends: '2026-12-05T20:00:00Z' };
  const on = (from: string, to: string | null): Partial<EventValues> => ({
    starts: `2026-12-05T${from}:00Z`,
    ends: to === null ? null : `2026-12-05T${to}:00Z`,
  });

  test.each<[string, string, string | null, object | null]>([
    ['an hour before', '16:00', '17:00', null],
    ['less than an hour before', '16:00', '17:30', { kind: 'after', gapMs: 30 * MINUTE_MS, hasEnd: true }],
    ['right before', '16:00', '18:00', { kind: 'after', gapMs: 0, hasEnd: true }],
    ['without an end, before', '17:15', null, { kind: 'after', gapMs: 45 * MINUTE_MS, hasEnd: false }],
    ['reaching into it', '17:00', '19:00', { kind: 'overlapping', overlapMs: HOUR_MS }],
    ['within it', '18:30', '19:00', { kind: 'overlapping', overlapMs: 30 * MINUTE_MS }],
    ['around it', '10:00', '23:00', { kind: 'overlapping', overlapMs: 2 * HOUR_MS }],
    ['at its times', '18:00', '20:00', { kind: 'overlapping', overlapMs: 2 * HOUR_MS }],
    ['right after', '20:00', '21:00', { kind: 'before', gapMs: 0 }],
    ['less than an hour after', '20:59', '22:00', { kind: 'before', gapMs: 59 * MINUTE_MS }],
    ['an hour after', '21:00', '22:00', null],
  ])('%s: %s to %s', (_, from, to, expected) => {
    const found = check({}, MOVED, { others: [[2, on(from, to)]] });
    const neighbours = expected === null ? [] : [{ id: 2, name: 'Op 2', ...expected }];
    expect(found).toEqual(expected === null ? [] : [{ kind: 'overlaps', hasEnd: true, neighbours, more: 0 }]);
  });

  test('are a word worth within an hour', () => {
    expect(BUFFER_MS).toBe(HOUR_MS);
  });

  test('are named worst first, three of them, and the others counted', () => {
    const others: readonly Other[] = [
      [2, on('20:30', '21:00')],
      [3, on('19:30', '21:00')],
      [4, on('18:00', '20:00')],
      [5, on('20:15', '21:00')],
      [6, on('20:45', '21:00')],
    ];
    const [found] = check({}, MOVED, { others });
    if (found?.kind !== 'overlaps') throw new Error('they overlap');
    expect(found.neighbours.map(({ id }) => id)).toEqual([4, 3, 5]);
    expect(found.more).toBe(2);
  });

  test.each<[string, Partial<EventValues>, Partial<EventValues>, Partial<EventValues>]>([
    ['of another calendar', {}, MOVED, { calendar_id: 3 }],
    ['that repeat', {}, MOVED, { repeats: true }],
    ['that take all day', {}, MOVED, { all_day: true }],
    ['that were as near before, and nothing has to do with it', MOVED, { name: 'Op Other' }, {}],
    ['without a calendar', { calendar_id: null }, MOVED, { calendar_id: null }],
  ])('%s do not count', (_, before, edits, other) => {
    expect(check(before, edits, { others: [[2, { ...on('18:00', '20:00'), ...other }]] })).toEqual([]);
  });

  test('do not count for a series, whose occurrences are not known', () => {
    expect(kinds({ repeats: true }, MOVED, { others: [[2, on('18:00', '20:00')]] })).toEqual(['series-keeps-rhythm']);
  });

  test('count when the op changes its calendar into theirs', () => {
    const others: readonly Other[] = [[2, { ...on('18:00', '20:00'), calendar_id: 3 }]];
    expect(kinds(MOVED, { calendar_id: 3 }, { others })).toEqual(['overlaps']);
  });

  test('that take all day collide where they share a date of the unit, and not because they are near', () => {
    const allDay = { all_day: true, starts: '2026-12-04T23:00:00Z', ends: '2026-12-05T23:00:00Z' };
    const find = (starts: string, ends: string | null) =>
      check({ ...allDay, all_day: false }, allDay, {
        zone: 'Europe/Berlin',
        others: [[2, { all_day: true, starts, ends }]],
      });
    expect(find('2026-12-05T23:00:00Z', '2026-12-06T23:00:00Z')).toEqual([]);
    expect(find('2026-12-02T23:00:00Z', '2026-12-04T23:00:00Z')).toEqual([]);
    const same = [{ id: 2, name: 'Op 2', kind: 'same-dates' }];
    expect(find('2026-12-05T22:00:00Z', null)).toEqual([{ kind: 'overlaps', hasEnd: true, neighbours: same, more: 0 }]);
    expect(find('2026-12-01T23:00:00Z', '2026-12-10T23:00:00Z')).toHaveLength(1);
  });
});

describe('a series', () => {
  test.each<[Partial<EventValues>, Partial<EventValues>, readonly string[]]>([
    [{ repeats: true }, { starts: '2026-12-01T19:00:00Z' }, ['series-keeps-rhythm']],
    [{ repeats: true }, { ends: '2026-12-01T21:00:00Z' }, ['series-keeps-rhythm']],
    [{ repeats: true }, { name: 'Op Other' }, []],
    [{}, { repeats: true }, ['no-schedule']],
    [{}, { repeats: true, starts: '2026-12-01T19:00:00Z' }, ['no-schedule']],
    [{ repeats: true }, { repeats: false }, ['schedule-stays']],
    [{}, { starts: '2026-12-01T19:00:00Z' }, []],
  ])('%j, edited to %j', (before, edits, expected) => {
    expect(kinds(before, edits)).toEqual(expected);
  });
});

describe('an op that takes all day', () => {
  const zone = 'Europe/Berlin';
  const SATURDAY = { all_day: true, starts: '2026-11-27T23:00:00Z', ends: '2026-11-28T23:00:00Z' };
  const sat = { first: '2026-11-28', last: '2026-11-28' };

  test('is moved by a day without a word', () => {
    expect(check(SATURDAY, { starts: '2026-11-28T23:00:00Z', ends: '2026-11-29T23:00:00Z' }, { zone })).toEqual([]);
  });

  test.each<[Partial<EventValues>, readonly ('starts' | 'ends')[], string]>([
    [{ starts: '2026-11-28T01:00:00Z' }, ['starts'], '2026-11-28'],
    [{ ends: '2026-11-29T01:00:00Z' }, ['ends'], '2026-11-29'],
    [{ starts: '2026-11-28T00:00:00Z', ends: '2026-11-29T00:00:00Z' }, ['starts', 'ends'], '2026-11-29'],
  ])('%j is not at midnight there', (edits, fields, last) => {
    expect(check(SATURDAY, edits, { zone })).toEqual([
      { kind: 'all-day-off-midnight', fields, dates: { ...sat, last } },
    ]);
  });

  test.each(['2026-11-28T22:59:00Z', '2026-11-28T22:59:59Z', '2026-11-27T23:00:00Z'])('may end at %s', (ends) => {
    expect(check(SATURDAY, { ends }, { zone })).toEqual([]);
  });

  test('is told to take up more or fewer days, as an end at midnight hides it', () => {
    const after = { first: '2026-11-28', last: '2026-11-29' };
    expect(check(SATURDAY, { ends: '2026-11-29T23:00:00Z' }, { zone })).toEqual([
      { kind: 'all-day-length', before: sat, after },
    ]);
    expect(check({ ...SATURDAY, all_day: false }, { all_day: true }, { zone })).toEqual([]);
  });

  test('moved over a switch of the clocks by whole days of the unit keeps its dates; by hours it does not', () => {
    const before = { all_day: true, starts: '2027-03-26T23:00:00Z', ends: '2027-03-27T23:00:00Z' };
    expect(check(before, { starts: '2027-03-27T23:00:00Z', ends: '2027-03-28T22:00:00Z' }, { zone })).toEqual([]);
    const byHours = { starts: '2027-03-28T23:00:00Z', ends: '2027-03-29T23:00:00Z' };
    expect(kinds(before, byHours, { zone })).toEqual(['all-day-off-midnight']);
  });

  test('that starts where clocks skip midnight is at the beginning of its day', () => {
    const cairo = { all_day: true, starts: '2026-12-01T22:00:00Z', ends: null };
    expect(check(cairo, { starts: '2027-04-29T22:00:00Z' }, { zone: 'Africa/Cairo' })).toEqual([]);
  });
});
