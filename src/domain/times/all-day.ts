import type { EventValues } from '../event.ts';
import { DAY_MS, gapAround, instantsShowing, MINUTE_MS, wallAt } from '../zones/zone.ts';
import { monthOf, toMillis, weekdayOf } from './time.ts';

/** A calendar day, `YYYY-MM-DD`. */
export type Day = string;

/** The calendar dates that an event takes up, both included. */
export type Dates = { readonly first: Day; readonly last: Day };

type Times = Pick<EventValues, 'starts' | 'ends'>;

/** The date of a moment in milliseconds since the epoch, on the calendar of `zone`. */
export const dayOf = (millis: number, zone: string): Day => wallAt(millis, zone).toISOString().slice(0, 10);

/** How many days have begun since 1970 at a moment, on the calendar of `zone`. */
const countDay = (millis: number, zone: string): number => Math.floor(wallAt(millis, zone).getTime() / DAY_MS);

/** Whether a day begins at this moment on the clocks of `zone`; where they skip midnight, it begins an hour or so later. */
export const isDayBreak = (millis: number, zone: string): boolean =>
  wallAt(millis, zone).getTime() % DAY_MS === 0 || countDay(millis - 1000, zone) < countDay(millis, zone);

/** Whether a day ends at this moment on the clocks of `zone`: 23:59 is as good as midnight, as people write it so. */
export const isDayEnd = (millis: number, zone: string): boolean =>
  isDayBreak(millis, zone) || countDay(millis + MINUTE_MS, zone) !== countDay(millis, zone);

/** The moment in milliseconds at which a day begins on the clocks of `zone`. */
export function startOfDay(day: Day, zone: string): number {
  const midnight = Date.parse(day);
  const [first] = instantsShowing(midnight, zone);
  return first ?? instantsShowing(gapAround(midnight, zone).to, zone)[0] ?? midnight;
}

/** The day `days` after another. */
export const addDays = (day: Day, days: number): Day =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

/**
 * The dates that an event takes up on the calendar of `zone`. An end as a day begins belongs to the day before, as an
 * all-day event reaches up to it; one that is no later than the start takes up the start's day.
 */
export function datesOf({ starts, ends }: Times, zone: string): Dates {
  const first = dayOf(toMillis(starts), zone);
  if (ends === null || ends <= starts) return { first, last: first };
  const endsMs = toMillis(ends);
  const last = isDayBreak(endsMs, zone) ? addDays(dayOf(endsMs, zone), -1) : dayOf(endsMs, zone);
  return { first, last: last < first ? first : last };
}

/** How many days these are. */
export const countDays = ({ first, last }: Dates): number => (Date.parse(last) - Date.parse(first)) / DAY_MS + 1;

/** Dates in words, such as `Sat 28 – Sun 29 November 2026`, or `Sat 28 November 2026` for a single one. */
export function describeDates({ first, last }: Dates): string {
  const [from, to] = [new Date(first), new Date(last)];
  const name = (date: Date): string => `${weekdayOf(date).slice(0, 3)} ${date.getUTCDate()}`;
  const month = (date: Date): string => `${monthOf(date)} ${date.getUTCFullYear()}`;
  if (first === last) return `${name(to)} ${month(to)}`;
  if (month(from) === month(to)) return `${name(from)} – ${name(to)} ${month(to)}`;
  const year = from.getUTCFullYear() === to.getUTCFullYear() ? '' : ` ${from.getUTCFullYear()}`;
  return `${name(from)} ${monthOf(from)}${year} – ${name(to)} ${month(to)}`;
}

/** One date in words. */
export const nameDay = (day: Day): string => describeDates({ first: day, last: day });
