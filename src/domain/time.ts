import { DateTime } from 'luxon';
import type { Instant } from './event.ts';
import { err, ok, type Result } from './result.ts';

/** Why a typed time cannot be taken. Times in errors are wall-clock times in `zone`. */
export type TimeError =
  | { readonly kind: 'unreadable-time'; readonly example: string }
  | { readonly kind: 'no-such-date' }
  | { readonly kind: 'skipped-by-dst'; readonly zone: string; readonly before: string; readonly after: string }
  | { readonly kind: 'ambiguous-by-dst'; readonly zone: string; readonly candidates: readonly [string, string] };

const TYPED = /^(\d{4})-(\d{1,2})-(\d{1,2})[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(Z|[+-]\d{2}:?\d{2})?$/i;
const WALL = 'yyyy-MM-dd HH:mm';

/** Whether `zone` is an IANA name that this machine's time zone data knows. */
export function isZone(zone: string): boolean {
  return /^UTC$|\//.test(zone) && DateTime.utc().setZone(zone).isValid;
}

const toInstant = (time: DateTime): Instant => time.toUTC().toFormat("yyyy-MM-dd'T'HH:mm:ss'Z'");

/** The instant of an ISO time, to the second; a time without an offset counts as UTC. Null if it is none. */
export function parseInstant(iso: string): Instant | null {
  const time = DateTime.fromISO(iso.replace(' ', 'T'), { zone: 'utc' });
  return time.isValid ? toInstant(time) : null;
}

/** Milliseconds since the epoch. */
export const toMillis = (instant: Instant): number => Date.parse(instant);

/** Seconds since the epoch, as Discord's timestamps count. */
export const toSeconds = (instant: Instant): number => Math.floor(toMillis(instant) / 1000);

/** The instant `seconds` before another. */
export const secondsBefore = (instant: Instant, seconds: number): Instant =>
  toInstant(DateTime.fromMillis(toMillis(instant) - seconds * 1000));

type Wall = { year: number; month: number; day: number; hour: number; minute: number; second: number };

const isUnshifted = (time: DateTime, wall: Wall): boolean =>
  time.year === wall.year &&
  time.month === wall.month &&
  time.day === wall.day &&
  time.hour === wall.hour &&
  time.minute === wall.minute &&
  time.second === wall.second;

/** The gap that swallows `wall`: the wall clock at which clocks jump, and the one to which they jump. */
function gapAround(wall: Wall, zone: string): { before: string; after: string } {
  const asUtc = DateTime.fromObject(wall, { zone: 'utc' });
  let low = asUtc.minus({ hours: 26 }).toMillis();
  let high = asUtc.plus({ hours: 26 }).toMillis();
  const wanted = asUtc.toMillis();
  const wallAt = (millis: number): number => millis + DateTime.fromMillis(millis, { zone }).offset * 60_000;
  while (high - low > 1000) {
    const middle = Math.floor((low + high) / 2000) * 1000;
    if (wallAt(middle) < wanted) low = middle;
    else high = middle;
  }
  const show = (wallMillis: number): string => DateTime.fromMillis(wallMillis, { zone: 'utc' }).toFormat(WALL);
  return { before: show(wallAt(low) + 1000), after: show(wallAt(high)) };
}

const withOffset = (time: DateTime): string => time.toFormat(`${WALL} ZZ`);

function inZone(wall: Wall, zone: string): Result<Instant, TimeError> {
  const time = DateTime.fromObject(wall, { zone });
  if (!time.isValid) return err({ kind: 'no-such-date' });
  if (!isUnshifted(time, wall)) return err({ kind: 'skipped-by-dst', zone, ...gapAround(wall, zone) });
  const [first, second] = time.getPossibleOffsets().sort((a, b) => a.toMillis() - b.toMillis());
  if (first !== undefined && second !== undefined)
    return err({ kind: 'ambiguous-by-dst', zone, candidates: [withOffset(first), withOffset(second)] });
  return ok(toInstant(time));
}

function atOffset(wall: Wall, offset: string): Result<Instant, TimeError> {
  const zone = offset.toUpperCase() === 'Z' ? 'utc' : `UTC${offset}`;
  const time = DateTime.fromObject(wall, { zone });
  return time.isValid ? ok(toInstant(time)) : err({ kind: 'no-such-date' });
}

/**
 * The instant that `text` (`2026-11-28 19:00`, seconds allowed) means on the clocks of `zone`. Refuses what that zone's
 * clocks skip or show twice; an offset behind the time (`+01:00`, `Z`) says which one is meant.
 */
export function parseTime(text: string, zone: string): Result<Instant, TimeError> {
  const match = TYPED.exec(text.trim());
  if (match === null) return err({ kind: 'unreadable-time', example: '2026-11-28 19:00' });
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0));
  if (hour === undefined || hour > 23) return err({ kind: 'no-such-date' });
  const wall: Wall = {
    year: year ?? 0,
    month: month ?? 0,
    day: day ?? 0,
    hour,
    minute: minute ?? 0,
    second: second ?? 0,
  };
  const offset = match[7];
  return offset === undefined ? inZone(wall, zone) : atOffset(wall, offset);
}

/** `instant` as `parseTime` reads it back: with seconds where there are any, with an offset where clocks show it twice. */
export function formatTime(instant: Instant, zone: string): string {
  const time = DateTime.fromISO(instant, { zone });
  const seconds = time.second === 0 ? '' : ':ss';
  const offset = time.getPossibleOffsets().length > 1 ? ' ZZ' : '';
  return time.toFormat(`${WALL}${seconds}${offset}`);
}

/** `instant` as a full date on the clocks of `zone`, such as `Saturday 28 November 2026, 19:00`. */
export function describeDate(instant: Instant, zone: string): string {
  const time = DateTime.fromISO(instant, { zone, locale: 'en-GB' });
  const seconds = time.second === 0 ? '' : ':ss';
  const offset = time.getPossibleOffsets().length > 1 ? ' ZZ' : '';
  return time.toFormat(`cccc d LLLL yyyy, HH:mm${seconds}${offset}`);
}

/** `instant` as a full date that names its zone, such as `Saturday 28 November 2026, 19:00 (Europe/Berlin)`. */
export const describeTime = (instant: Instant, zone: string): string => `${describeDate(instant, zone)} (${zone})`;

/** `instant` as a short date in `zone`, such as `Sat 28 Nov 2026 19:00`, for lists. */
export const describeBriefly = (instant: Instant, zone: string): string =>
  DateTime.fromISO(instant, { zone, locale: 'en-GB' }).toFormat('ccc d LLL yyyy HH:mm');
