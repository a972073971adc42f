import { DateTime } from 'luxon';

/** The zone in which the unit of the demo types its times. */
export const ZONE = 'Europe/Berlin';

/** A time as a moderator types it, and the instant it has to arrive as. */
export type When = { readonly typed: string; readonly instant: string };

const WALL = 'yyyy-MM-dd HH:mm';

const whenOf = (time: DateTime): When => ({
  typed: time.toFormat(WALL),
  instant: time.toUTC().toFormat("yyyy-MM-dd'T'HH:mm:ss'Z'"),
});

/** `hour:minute` on the unit's clocks, a week after the day of `stored`. */
export const weekAfter = (stored: string, hour: number, minute: number): When =>
  whenOf(DateTime.fromISO(stored, { zone: ZONE }).plus({ weeks: 1 }).set({ hour, minute, second: 0 }));

/** A morning on which the unit's clocks go forward. */
export type SpringMorning = {
  /** Typed, in the hour that the clocks skip. */
  readonly skipped: string;
  readonly starts: When;
  readonly ends: When;
};

const MONTHS_AHEAD = 2;

function lastSundayOf(year: number, month: 3 | 10): DateTime {
  const end = DateTime.fromObject({ year, month, day: 31 }, { zone: ZONE });
  return end.minus({ days: end.weekday % 7 });
}

/** The first such morning that is well ahead of `nowMs`: in the EU, clocks skip 02:00 to 03:00 on March's last Sunday. */
export function nextSpringMorning(nowMs: number): SpringMorning {
  const earliest = DateTime.fromMillis(nowMs, { zone: ZONE }).plus({ months: MONTHS_AHEAD });
  const thisYear = lastSundayOf(earliest.year, 3);
  const day = thisYear > earliest ? thisYear : lastSundayOf(earliest.year + 1, 3);
  return {
    skipped: `${day.toFormat('yyyy-MM-dd')} 02:30`,
    starts: whenOf(day.set({ hour: 3, minute: 30 })),
    ends: whenOf(day.set({ hour: 6, minute: 0 })),
  };
}

/** A time of an op that moves by two weeks, before and after, as instants. */
export type Moved = { readonly from: string; readonly to: string };

const instantOf = (time: DateTime): string => whenOf(time).instant;

/**
 * The first weekend that is two weeks ahead of `nowMs` at least, and a week before one on which the unit's clocks change:
 * makes of a day (0 is its Friday) and an hour on those clocks a time, and what it is two weeks later.
 */
export function weekendBeforeChange(nowMs: number): (day: number, hour: number) => Moved {
  const earliest = DateTime.fromMillis(nowMs, { zone: ZONE }).plus({ days: 14 });
  const sundays = [0, 1].flatMap((years) =>
    ([3, 10] as const).map((month) => lastSundayOf(earliest.year + years, month)),
  );
  const friday = sundays.map((sunday) => sunday.minus({ days: 9 })).find((day) => day > earliest);
  if (friday === undefined) throw new Error('no change of the clocks lies ahead');
  return (day, hour) => {
    const time = friday.plus({ days: day }).set({ hour });
    return { from: instantOf(time), to: instantOf(time.plus({ weeks: 2 })) };
  };
}
