import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EventValues } from '../../src/domain/event.ts';
import { moveTo, presentOps, type Selection, select } from '../../src/domain/selection.ts';
import {
  builtOn,
  editsOfShift,
  type Shift,
  seenBy,
  settle,
  settleAll,
  shiftOps,
  stateOf,
  timeOf,
} from '../../src/domain/shift.ts';
import { addDays, datesOf, dayOf, startOfDay } from '../../src/domain/times/all-day.ts';
import type { Move } from '../../src/domain/times/read-time.ts';
import { DAY_MS, HOUR_MS, offsetAt } from '../../src/domain/zones/zone.ts';
import { buildEdit, buildEvent } from '../fixtures/domain.ts';

const ZONES = Intl.supportedValuesOf('timeZone');
const BERLIN = 'Europe/Berlin';

const days = (count: number): Move => ({ days: count, ms: 0 });
const hours = (count: number): Move => ({ days: 0, ms: count * HOUR_MS });
const iso = (millis: number): string => `${new Date(millis).toISOString().slice(0, 19)}Z`;

/** Op 1, with these values, moved. */
const shiftOne = (values: Partial<EventValues>, move: Move, zone = BERLIN): Shift =>
  shiftOps(presentOps([buildEvent(1, values)], []), move, zone);

/** What an op's times become: by field, or null where it is not moved. */
const timesAfter = (shift: Shift): Readonly<Record<string, unknown>> =>
  Object.fromEntries(editsOfShift(shift).map(({ field, wanted }) => [field, wanted]));

const stateOfFirst = (shift: Shift) => {
  const [op] = shift.ops;
  if (op === undefined) throw new Error('the shift has no op');
  return stateOf(shift, op);
};

/** The night in which the clocks of Berlin go back is that to 25 October 2026. */
const BEFORE_AUTUMN = {
  starts: '2026-10-23T18:00:00Z',
  ends: '2026-10-23T21:00:00Z',
  registration_deadline: '2026-10-22T16:00:00Z',
};

describe('a shift by days', () => {
  test('keeps the times of day on the clocks of the unit, of the end and the deadline too', () => {
    expect(timesAfter(shiftOne(BEFORE_AUTUMN, days(7)))).toEqual({
      starts: '2026-10-30T19:00:00Z',
      ends: '2026-10-30T22:00:00Z',
      registration_deadline: '2026-10-29T17:00:00Z',
    });
  });

  test('keeps the length of an op to the second where clocks change while it lasts', () => {
    const values = { starts: '2026-10-23T21:00:00Z', ends: '2026-10-24T04:00:00Z', registration_deadline: null };
    expect(timesAfter(shiftOne(values, days(1)))).toEqual({
      starts: '2026-10-24T21:00:00Z',
      ends: '2026-10-25T04:00:00Z',
    });
  });

  test('has nothing of ends and deadlines that an op does not have', () => {
    const values = { ...BEFORE_AUTUMN, ends: null, registration_deadline: null };
    expect(timesAfter(shiftOne(values, days(7)))).toEqual({ starts: '2026-10-30T19:00:00Z' });
  });

  test('asks about a start that clocks skip, and about one that they show twice', () => {
    const skipped = { starts: '2027-03-27T01:30:00Z', ends: null, registration_deadline: null };
    expect(stateOfFirst(shiftOne(skipped, days(1)))).toMatchObject({
      kind: 'stuck',
      problem: { kind: 'skipped-by-dst', before: '2027-03-28 02:00', after: '2027-03-28 03:00' },
    });
    const doubled = { starts: '2026-10-24T00:30:00Z', ends: '2026-10-24T02:30:00Z', registration_deadline: null };
    const shift = shiftOne(doubled, days(1));
    const candidates = ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'];
    expect(stateOfFirst(shift)).toMatchObject({ kind: 'stuck', problem: { kind: 'ambiguous-by-dst', candidates } });
    expect(editsOfShift(shift)).toEqual([]);
    expect(timesAfter(settle(shift, 1, 'starts', 1))).toEqual({
      starts: '2026-10-25T01:30:00Z',
      ends: '2026-10-25T03:30:00Z',
    });
    expect(settle(shift, 1, 'starts', 2)).toEqual(shift);
    expect(settle(shift, 1, 'registration_deadline', 0)).toEqual(shift);
  });

  test('takes one answer for all the times that clocks show twice', () => {
    const doubled = { starts: '2026-10-24T00:30:00Z', ends: null, registration_deadline: '2026-10-24T00:15:00Z' };
    const shift = shiftOps(presentOps([buildEvent(1, doubled), buildEvent(2, doubled)], []), days(1), BERLIN);
    expect(editsOfShift(shift)).toEqual([]);
    const later = ['2026-10-25T01:30:00Z', '2026-10-25T01:15:00Z'];
    expect(editsOfShift(settleAll(shift, 1)).map(({ wanted }) => wanted)).toEqual([...later, ...later]);
  });

  test('asks about a deadline alone, which can be left where it is', () => {
    const values = { starts: '2026-10-25T17:00:00Z', ends: null, registration_deadline: '2026-10-24T00:30:00Z' };
    const shift = shiftOne(values, days(1));
    expect(stateOfFirst(shift)).toMatchObject({ kind: 'stuck', time: { field: 'registration_deadline' } });
    expect(timesAfter({ ...shift, leavesDeadlines: true })).toEqual({ starts: '2026-10-26T17:00:00Z' });
    const settled = timesAfter(settle(shift, 1, 'registration_deadline', 0));
    expect(settled).toEqual({ starts: '2026-10-26T17:00:00Z', registration_deadline: '2026-10-25T00:30:00Z' });
  });
});

describe('a shift by days of an op that takes all day', () => {
  const year = 2026;
  const dayIn = (ms: number): string => iso(ms).slice(0, 10);

  /** The days around those on which clocks switch in `zone`, and one other. */
  function oddDays(zone: string): readonly string[] {
    const all = Array.from({ length: 366 }, (_, index) => Date.UTC(year, 0, 1) + index * DAY_MS);
    const switches = all.filter((ms) => offsetAt(zone, ms) !== offsetAt(zone, ms + DAY_MS));
    return [...switches.flatMap((ms) => [ms - DAY_MS, ms, ms + DAY_MS]), Date.UTC(year, 1, 28)].map(dayIn);
  }

  /** The ways in which the end of such an op is written; `next` is when the day after it begins. */
  const ENDS: Readonly<Record<string, (next: number, start: number) => string | null>> = {
    'at midnight': iso,
    'at 23:59': (next) => iso(next - 60_000),
    'at 23:59:59': (next) => iso(next - 1_000),
    'not at all': () => null,
    'as it starts': (_, start) => iso(start),
  };

  test.each(Object.entries(ENDS))(
    'moves its dates by just so many in every zone, with its end written %s',
    (_, endOf) => {
      const wrong: string[] = [];
      for (const zone of [...ZONES, 'Etc/GMT+12', 'Etc/GMT-14'])
        for (const first of oddDays(zone))
          for (const [length, count] of [
            [1, 1],
            [1, -7],
            [2, 7],
            [3, -1],
          ] as const) {
            const starts = startOfDay(first, zone);
            const ends = endOf(startOfDay(addDays(first, length), zone), starts);
            const before = { starts: iso(starts), ends, all_day: true, registration_deadline: null };
            const after = { ...before, ...timesAfter(shiftOne(before, days(count), zone)) };
            const [was, is] = [datesOf(before, zone), datesOf(after, zone)];
            if (is.first !== addDays(was.first, count) || is.last !== addDays(was.last, count))
              wrong.push(`${first} in ${zone}: ${JSON.stringify(after)}`);
          }
      expect(wrong).toEqual([]);
    },
  );
});

describe('a shift by hours', () => {
  test('is exact, whatever the clocks do', () => {
    expect(timesAfter(shiftOne({ ...BEFORE_AUTUMN, registration_deadline: null }, hours(48)))).toEqual({
      starts: '2026-10-25T18:00:00Z',
      ends: '2026-10-25T21:00:00Z',
    });
  });

  test('is refused of an op that takes all day, and of that op alone', () => {
    const ops = presentOps([buildEvent(1, { all_day: true }), buildEvent(2)], []);
    const shift = shiftOps(ops, { days: 1, ms: HOUR_MS }, BERLIN);
    const states = shift.ops.map((op) => stateOf(shift, op));
    expect(states).toMatchObject([{ kind: 'stuck', problem: { kind: 'hours-of-all-day' } }, { kind: 'moves' }]);
  });
});

describe('an op', () => {
  test('that would end before it starts, as its end is left, is not moved', () => {
    const shift = { ...shiftOne(BEFORE_AUTUMN, days(1)), leavesEnds: true };
    expect(stateOfFirst(shift)).toEqual({ kind: 'ends-too-early' });
    expect(editsOfShift(shift)).toEqual([]);
  });

  test('that was taken out is not moved', () => {
    const shift = { ...shiftOne(BEFORE_AUTUMN, days(1)), leftOut: [1] };
    expect(stateOfFirst(shift)).toEqual({ kind: 'left-out' });
    expect(editsOfShift(shift)).toEqual([]);
  });

  test('is not moved beyond the year 9999', () => {
    const values = { starts: '9999-12-31T18:00:00Z', ends: '9999-12-31T20:00:00Z', registration_deadline: null };
    expect(editsOfShift(shiftOne(values, hours(4), 'UTC'))).toEqual([]);
  });

  test('that has queued times is moved from those, over what PERSCOM held when they were queued', () => {
    const queued = buildEdit({
      id: 5,
      field: 'starts',
      base: BEFORE_AUTUMN.starts,
      wanted: '2026-10-24T18:00:00Z',
      userId: '9',
    });
    const live = '2026-10-28T18:00:00Z';
    const ops = presentOps([buildEvent(1, { ...BEFORE_AUTUMN, starts: live, ends: null })], [queued]);
    const shift = shiftOps(ops, days(1), BERLIN);
    const [op] = shift.ops;
    expect(op && timeOf(op, 'starts')).toMatchObject({ live, from: queued.wanted, queued: { id: 5, userId: '9' } });
    expect(editsOfShift(shift)[0]).toMatchObject({ base: BEFORE_AUTUMN.starts, wanted: '2026-10-25T19:00:00Z' });
    expect([builtOn(shift), builtOn({ ...shift, leftOut: [1] })]).toEqual([[5], []]);
    expect(seenBy({ ...shift, leavesDeadlines: true })).toEqual([
      { eventId: 1, field: 'starts', editId: 5 },
      { eventId: 1, field: 'registration_deadline', editId: null },
    ]);
  });
});

describe('a shift and its inverse', () => {
  const zone = fc.constantFrom(...ZONES);
  const start = fc
    .integer({ min: Date.UTC(2024, 0), max: Date.UTC(2030, 11) })
    .map((ms) => Math.floor(ms / 60_000) * 60_000);
  const lengthMs = fc.integer({ min: 1, max: 3_000 }).map((minutes) => minutes * 60_000);
  const values = fc.record({ start, lengthMs, allDay: fc.boolean() }).map(({ start, lengthMs, allDay }) => ({
    starts: iso(start),
    ends: iso(start + lengthMs),
    registration_deadline: iso(start - DAY_MS),
    all_day: allDay,
  }));

  const timesOf = ({
    starts,
    ends,
    registration_deadline,
  }: Pick<EventValues, 'starts' | 'ends' | 'registration_deadline'>) => ({
    starts,
    ends,
    registration_deadline,
  });

  /** There and back again; null where clocks skip or double a time on the way, which is asked about. */
  function thereAndBack(before: Partial<EventValues>, move: Move, zone: string) {
    const there = timesAfter(shiftOne(before, move, zone));
    if (there.starts === undefined) return null;
    const back = timesAfter(shiftOne({ ...before, ...there }, { days: -move.days, ms: -move.ms }, zone));
    return back.starts === undefined ? null : back;
  }

  test('by days give back every time of a timed op, in every zone', () => {
    fc.assert(
      fc.property(zone, values, fc.integer({ min: -400, max: 400 }), (zone, before, count) => {
        fc.pre(count !== 0);
        const timed = { ...before, all_day: false };
        const back = thereAndBack(timed, days(count), zone);
        if (back !== null) expect(back).toEqual(timesOf(timed));
      }),
      { numRuns: 2_000 },
    );
  });

  test('by days and hours give back every time of a timed op, in every zone', () => {
    const move = fc.record({
      count: fc.integer({ min: 1, max: 60 }),
      hour: fc.integer({ min: 1, max: 30 }),
      sign: fc.constantFrom(1, -1),
    });
    fc.assert(
      fc.property(zone, values, move, (zone, before, { count, hour, sign }) => {
        const timed = { ...before, all_day: false };
        const back = thereAndBack(timed, { days: sign * count, ms: sign * hour * HOUR_MS }, zone);
        if (back !== null) expect(back).toEqual(timesOf(timed));
      }),
      { numRuns: 1_000 },
    );
  });

  test('by hours give back every time of a timed op, in every zone', () => {
    fc.assert(
      fc.property(zone, values, fc.integer({ min: -100_000, max: 100_000 }), (zone, before, minutes) => {
        fc.pre(minutes !== 0);
        const timed = { ...before, all_day: false };
        expect(thereAndBack(timed, { days: 0, ms: minutes * 60_000 }, zone)).toEqual(timesOf(timed));
      }),
      { numRuns: 1_000 },
    );
  });

  test('by days give back the dates of an op that takes all day, in every zone', () => {
    fc.assert(
      fc.property(zone, values, fc.integer({ min: -400, max: 400 }), (zone, before, count) => {
        fc.pre(count !== 0);
        const whole = { ...before, all_day: true, registration_deadline: null };
        const back = thereAndBack(whole, days(count), zone);
        expect(back).not.toBeNull();
        expect(dayOf(Date.parse(String(back?.starts)), zone)).toBe(dayOf(Date.parse(whole.starts), zone));
        expect(dayOf(Date.parse(String(back?.ends)), zone)).toBe(dayOf(Date.parse(whole.ends), zone));
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('a selection', () => {
  const NOW = Date.parse('2026-10-23T12:00:00Z');
  const EVERY: Selection = { eventIds: null, name: '', calendarId: null, from: null, until: null };
  const ops = presentOps(
    [
      buildEvent(4, { name: 'Yesterday', starts: '2026-10-22T18:00:00Z' }),
      buildEvent(1, { name: 'Op Night', starts: '2026-10-24T22:30:00Z' }),
      buildEvent(2, { name: 'Op Day', starts: '2026-10-24T10:00:00Z', calendar_id: 3 }),
      buildEvent(3, { name: 'Other', starts: '2026-10-26T10:00:00Z' }),
    ],
    [buildEdit({ eventId: 3, field: 'starts', wanted: '2026-10-25T09:00:00Z' })],
  );
  const idsOf = (selection: Partial<Selection>): readonly number[] =>
    select(ops, { ...EVERY, ...selection }, BERLIN, NOW).chosen.map(({ event }) => event.id);

  test('takes the ops to come, earliest first, as they will be once the queue is sent', () => {
    expect(idsOf({})).toEqual([2, 1, 3]);
    expect(select(ops, EVERY, BERLIN, NOW).past).toBe(1);
  });

  test('is by a part of the name, by calendar, and by days of the unit, the last of them too', () => {
    expect(idsOf({ name: ' OP ' })).toEqual([2, 1]);
    expect(idsOf({ calendarId: 3 })).toEqual([2]);
    expect(idsOf({ from: '2026-10-25' })).toEqual([1, 3]);
    expect(idsOf({ until: '2026-10-24' })).toEqual([2]);
    expect(idsOf({ from: '2026-10-24', until: '2026-10-24', name: 'op' })).toEqual([2]);
  });

  test('takes past ops too where they are named, or asked for from a day on', () => {
    expect(idsOf({ eventIds: [4, 2] })).toEqual([4, 2]);
    expect(idsOf({ from: '2026-10-22' })).toEqual([4, 2, 1, 3]);
  });

  test('that goes to a day moves as far as its first op has to', () => {
    expect(moveTo(ops, '2026-11-01', BERLIN)).toEqual(days(10));
    expect(moveTo(ops, '2026-10-20', BERLIN)).toEqual(days(-2));
    expect(moveTo([], '2026-10-20', BERLIN)).toEqual(days(0));
  });
});
