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

function lastSundayOfMarch(year: number): DateTime {
  const end = DateTime.fromObject({ year, month: 3, day: 31 }, { zone: ZONE });
  return end.minus({ days: end.weekday % 7 });
}

/** The first such morning that is well ahead of `nowMs`: in the EU, clocks skip 02:00 to 03:00 on March's last Sunday. */
export function nextSpringMorning(nowMs: number): SpringMorning {
  const earliest = DateTime.fromMillis(nowMs, { zone: ZONE }).plus({ months: MONTHS_AHEAD });
  const thisYear = lastSundayOfMarch(earliest.year);
  const day = thisYear > earliest ? thisYear : lastSundayOfMarch(earliest.year + 1);
  return {
    skipped: `${day.toFormat('yyyy-MM-dd')} 02:30`,
    starts: whenOf(day.set({ hour: 3, minute: 30 })),
    ends: whenOf(day.set({ hour: 6, minute: 0 })),
  };
}
