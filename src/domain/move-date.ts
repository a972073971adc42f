import type { Instant } from './event.ts';
import { toInstant, toMillis } from './time.ts';
import { DAY_MS, gapAround, instantsShowing, wallAt } from './zone.ts';

const dateOf = (wallMillis: number): number => Math.floor(wallMillis / DAY_MS);

/** The first instant at which clocks of `zone` show a time of that date; null for a day that its calendar left out. */
function firstInstantOf(date: number, zone: string): number | null {
  const midnight = date * DAY_MS;
  const [first] = instantsShowing(midnight, zone);
  if (first !== undefined) return first;
  const { to } = gapAround(midnight, zone);
  return dateOf(to) === date ? (instantsShowing(to, zone)[0] ?? null) : null;
}

/** The instant at which clocks show that time of that date; where they skip it, the nearest of the same date. */
function instantOn(date: number, timeOfDayMs: number, zone: string): number | null {
  const wallMillis = date * DAY_MS + timeOfDayMs;
  const [first] = instantsShowing(wallMillis, zone);
  if (first !== undefined) return first;
  const { from, to } = gapAround(wallMillis, zone);
  const nearest = [to, from - 1000].find((wall) => dateOf(wall) === date);
  return nearest === undefined ? null : (instantsShowing(nearest, zone)[0] ?? null);
}

/**
 * `instant`, moved by whole days on the calendar of `zone`, as what takes whole days is: only its date counts, so nothing
 * is asked about a time that clocks skip or double, and the beginning of a day stays one. Null where there is no such day.
 */
export function moveDate(instant: Instant, days: number, zone: string): Instant | null {
  const millis = toMillis(instant);
  const wallMillis = wallAt(millis, zone).getTime();
  const date = dateOf(wallMillis);
  const target = date + days;
  if (Math.abs(target) > 8e7 || new Date(target * DAY_MS).getUTCFullYear() > 9998) return null;
  const isBeginning = firstInstantOf(date, zone) === millis;
  const moved = isBeginning ? firstInstantOf(target, zone) : instantOn(target, wallMillis - date * DAY_MS, zone);
  return moved === null ? null : toInstant(moved);
}
