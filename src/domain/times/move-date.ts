import type { Instant } from '../event.ts';
import { DAY_MS, gapAround, instantsShowing, wallAt } from '../zones/zone.ts';
import { addDays, dayOf, startOfDay } from './all-day.ts';
import type { Day } from './read-time.ts';
import { toInstant, toMillis } from './time.ts';

/** Whether clocks in UTC showed this moment on that day. */
const isOn = (wallMillis: number, day: Day): boolean => new Date(wallMillis).toISOString().startsWith(day);

/** The moment at which clocks of `zone` show that time of that day; where they skip it, the nearest of the same day. */
function momentOn(day: Day, timeOfDayMs: number, zone: string): number | undefined {
  const wallMillis = Date.parse(day) + timeOfDayMs;
  const [first] = instantsShowing(wallMillis, zone);
  if (first !== undefined) return first;
  const { from, to } = gapAround(wallMillis, zone);
  const nearest = [to, from - 1000].find((wall) => isOn(wall, day));
  return nearest === undefined ? undefined : instantsShowing(nearest, zone)[0];
}

/** Further than the years that PERSCOM and Discord know. */
const MAX_DAYS = 3_660_000;

/** A day in a year of four digits, with room for every zone's clocks. */
const isKnown = (day: Day): boolean => /^\d{4}-/.test(day) && day < '9999-12-31';

/**
 * `instant`, moved by whole days on the calendar of `zone`, as what takes whole days is: only its date counts, so nothing
 * is asked about a time that clocks skip or double, and the beginning of a day stays one. Null where there is no such day.
 */
export function moveDate(instant: Instant, days: number, zone: string): Instant | null {
  const millis = toMillis(instant);
  const day = dayOf(millis, zone);
  if (Math.abs(days) > MAX_DAYS) return null;
  const target = addDays(day, days);
  if (!isKnown(target)) return null;
  const isBeginning = startOfDay(day, zone) === millis;
  const timeOfDayMs = wallAt(millis, zone).getTime() % DAY_MS;
  const moved = isBeginning ? startOfDay(target, zone) : momentOn(target, timeOfDayMs, zone);
  return moved === undefined || dayOf(moved, zone) !== target ? null : toInstant(moved);
}
