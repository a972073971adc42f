import { DateTime } from 'luxon';
import type { Instant } from '../event.ts';
import { DAY_MS, formatOffset, HOUR_MS, isDoubled, MINUTE_MS, nameClocks, offsetAt, wallAt } from '../zones/zone.ts';

const WALL = 'yyyy-MM-dd HH:mm';

/** The instant at `millis` since the epoch, to the second. */
export const toInstant = (millis: number): Instant => `${new Date(millis).toISOString().slice(0, 19)}Z`;

/** The instant of an ISO time, to the second; a time without an offset counts as UTC. Null if it is none. */
export function parseInstant(iso: string): Instant | null {
  if (!/^\d{4}-\d{2}-\d{2}(?:[T ]|$)/.test(iso)) return null;
  const time = DateTime.fromISO(iso.replace(' ', 'T'), { zone: 'utc' });
  return time.isValid && time.year <= 9999 ? toInstant(time.toMillis()) : null;
}

/** Milliseconds since the epoch. */
export const toMillis = (instant: Instant): number => Date.parse(instant);

/** Seconds since the epoch, as Discord's timestamps count. */
export const toSeconds = (instant: Instant): number => Math.floor(toMillis(instant) / 1000);

/** The instant `seconds` before another. */
export const before = (instant: Instant, seconds: number): Instant => toInstant(toMillis(instant) - seconds * 1000);

/** What UTC clocks show at `wallMillis`, to the minute, such as `2026-11-28 19:00`. */
export const showWall = (wallMillis: number): string => DateTime.fromMillis(wallMillis, { zone: 'utc' }).toFormat(WALL);

const twoDigits = (n: number): string => String(n).padStart(2, '0');

const formatDay = (wall: Date): string =>
  [
    String(wall.getUTCFullYear()).padStart(4, '0'),
    twoDigits(wall.getUTCMonth() + 1),
    twoDigits(wall.getUTCDate()),
  ].join('-');

/** The time of day, with seconds where there are any, and with the offset where clocks show it twice. */
function formatHour(millis: number, zone: string): string {
  const wall = wallAt(millis, zone);
  const seconds = wall.getUTCSeconds() === 0 ? '' : `:${twoDigits(wall.getUTCSeconds())}`;
  const offset = isDoubled(millis, zone) ? ` ${formatOffset(offsetAt(zone, millis))}` : '';
  return `${twoDigits(wall.getUTCHours())}:${twoDigits(wall.getUTCMinutes())}${seconds}${offset}`;
}

/** `instant` as `readTime` reads it back: with seconds where there are any, with an offset where clocks show it twice. */
export function formatTime(instant: Instant, zone: string): string {
  const millis = toMillis(instant);
  return `${formatDay(wallAt(millis, zone))} ${formatHour(millis, zone)}`;
}

/** Sunday first, as `Date` counts. */
export const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
/** January first. */
export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const dateOf = (wall: Date, weekday: string, month: string): string =>
  `${weekday} ${wall.getUTCDate()} ${month} ${wall.getUTCFullYear()}`;

/** The weekday of a date whose UTC parts are what clocks show. */
export const weekdayOf = (wall: Date): string => WEEKDAYS[wall.getUTCDay()] ?? '';
/** The month of such a date. */
export const monthOf = (wall: Date): string => MONTHS[wall.getUTCMonth()] ?? '';

/** `instant` as a full date on the clocks of `zone`, such as `Saturday 28 November 2026, 19:00`. */
export function describeDate(instant: Instant, zone: string): string {
  const millis = toMillis(instant);
  const wall = wallAt(millis, zone);
  return `${dateOf(wall, weekdayOf(wall), monthOf(wall))}, ${formatHour(millis, zone)}`;
}

/** `instant` as a full date that names its zone, such as `Saturday 28 November 2026, 19:00 (Europe/Berlin)`. */
export const describeTime = (instant: Instant, zone: string): string => `${describeDate(instant, zone)} (${zone})`;

/** The day of a moment in milliseconds since the epoch, on the calendar of `zone`, such as `22 Nov`. */
export function describeDay(millis: number, zone: string): string {
  const wall = wallAt(millis, zone);
  return `${wall.getUTCDate()} ${monthOf(wall).slice(0, 3)}`;
}

/** `instant` as a short date in `zone`, such as `Sat 28 Nov 2026 19:00`, for lists. */
export function describeBriefly(instant: Instant, zone: string): string {
  const wall = wallAt(toMillis(instant), zone);
  const day = dateOf(wall, weekdayOf(wall).slice(0, 3), monthOf(wall).slice(0, 3));
  return `${day} ${twoDigits(wall.getUTCHours())}:${twoDigits(wall.getUTCMinutes())}`;
}

/** `instant` as a full date with the name of the clocks, such as `Saturday 28 November 2026, 20:00 CET (Europe/Berlin)`. */
export const describeOnClocks = (instant: Instant, zone: string): string =>
  `${describeDate(instant, zone)} ${nameClocks(zone, toMillis(instant))} (${zone})`;

/** As {@link describeBriefly}, with the name of the clocks. */
export const describeBrieflyOnClocks = (instant: Instant, zone: string): string =>
  `${describeBriefly(instant, zone)} ${nameClocks(zone, toMillis(instant))}`;

/** How long something takes, to the minute, such as `1 day 2 h 30 min`; the largest unit is the day. */
export function describeLength(ms: number): string {
  const [days, hours] = [Math.floor(ms / DAY_MS), Math.floor((ms % DAY_MS) / HOUR_MS)];
  const minutes = Math.floor((ms % HOUR_MS) / MINUTE_MS);
  const parts = [
    ...(days > 0 ? [`${days} ${days === 1 ? 'day' : 'days'}`] : []),
    ...(hours > 0 ? [`${hours} h`] : []),
    ...(minutes > 0 ? [`${minutes} min`] : []),
  ];
  return parts.length === 0 ? 'less than a minute' : parts.join(' ');
}

/** How far a time moves, as clocks of `zone` show it, such as `+1 day 1 h`; says so where they change in between. */
export function describeMove(from: Instant, to: Instant, zone: string): string {
  const change = offsetAt(zone, toMillis(to)) - offsetAt(zone, toMillis(from));
  const shown = toMillis(to) - toMillis(from) + change * MINUTE_MS;
  const jump = `clocks go ${change > 0 ? 'forward' : 'back'} ${describeLength(Math.abs(change) * MINUTE_MS)} in between`;
  const remark = change === 0 ? '' : ` (${jump})`;
  return `${shown < 0 ? '-' : '+'}${describeLength(Math.abs(shown))}${remark}`;
}
