import { DateTime } from 'luxon';

/** Durations in milliseconds. A day is that long only on UTC clocks. */
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/**
 * Whether `zone` is an IANA name that this machine's time zone data knows. Luxon would also take `local` and `utc+3`, which
 * mean something else elsewhere or know no daylight saving.
 */
export function isZone(zone: string): boolean {
  return /^UTC$|\//.test(zone) && DateTime.utc().setZone(zone).isValid;
}

/** What zones are called today that a machine's data (ICU's) still lists under an old name. */
const NEW_NAMES: Readonly<Record<string, string>> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Catamarca': 'America/Argentina/Catamarca',
  'America/Coral_Harbour': 'America/Atikokan',
  'America/Cordoba': 'America/Argentina/Cordoba',
  'America/Godthab': 'America/Nuuk',
  'America/Indianapolis': 'America/Indiana/Indianapolis',
  'America/Jujuy': 'America/Argentina/Jujuy',
  'America/Louisville': 'America/Kentucky/Louisville',
  'America/Mendoza': 'America/Argentina/Mendoza',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
};

function lookUpZone(name: string): string | null {
  if (!isZone(name)) return null;
  const found = new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone;
  const renamed = NEW_NAMES[found];
  return renamed !== undefined && isZone(renamed) ? renamed : found;
}

const MAX_KNOWN_NAMES = 2_000;

const canonicalNames = new Map<string, string | null>();

/** What a zone is called today of which `name` is a name, in any case, or an old one; null if this machine knows none. */
export function canonicalZone(name: string): string | null {
  const known = canonicalNames.get(name);
  if (known !== undefined) return known;
  const found = lookUpZone(name);
  if (canonicalNames.size >= MAX_KNOWN_NAMES) canonicalNames.clear();
  canonicalNames.set(name, found);
  return found;
}

const MAX_KNOWN_DAYS = 20_000;

/** An hour beside the offset, as a date there takes three times as long. */
const OFFSET_ONLY = { hour: 'numeric', timeZoneName: 'longOffset' } as const;

const formats = new Map<string, Intl.DateTimeFormat>();

/** What the machine's time zone data says of a zone's offset at an instant, in minutes east of UTC. */
function lookUpOffset(zone: string, millis: number): number {
  const format = formats.get(zone) ?? new Intl.DateTimeFormat('en-US', { timeZone: zone, ...OFFSET_ONLY });
  formats.set(zone, format);
  const match = /GMT([+-])(\d{2}):(\d{2})(?::(\d{2}))?$/.exec(format.format(millis));
  if (match === null) return 0;
  const [hours = 0, minutes = 0, seconds = 0] = match.slice(2).map((part) => Number(part ?? 0));
  return (match[1] === '-' ? -1 : 1) * (hours * 60 + minutes + seconds / 60);
}

/** The offset of a zone throughout a UTC day, or null on a day with a switch. Looking one up is slow. */
const knownDays = new Map<string, Map<number, number | null>>();

function offsetOfDay(zone: string, day: number): number | null {
  const days = knownDays.get(zone) ?? new Map<number, number | null>();
  knownDays.set(zone, days);
  const known = days.get(day);
  if (known !== undefined) return known;
  const first = lookUpOffset(zone, day * DAY_MS);
  const own = first === lookUpOffset(zone, (day + 1) * DAY_MS) ? first : null;
  if (days.size >= MAX_KNOWN_DAYS) days.clear();
  days.set(day, own);
  return own;
}

/** The offset of a zone's clocks at an instant in milliseconds, in minutes east of UTC. No zone switches twice a day. */
export const offsetAt = (zone: string, millis: number): number =>
  offsetOfDay(zone, Math.floor(millis / DAY_MS)) ?? lookUpOffset(zone, millis);

/**
 * Every instant at which the clocks of `zone` show what UTC clocks show at `wallMillis`: none, one or two, in order. No
 * zone is further than 14 hours from UTC, nor switches twice within days. Luxon's own conversion starts from the offset
 * of today and misses instants near switches of zones that have moved since.
 */
export function instantsShowing(wallMillis: number, zone: string): readonly number[] {
  const around = [-28, -14, 0, 14, 28].map((hours) => offsetAt(zone, wallMillis + hours * HOUR_MS));
  const candidates = [...new Set(around)].map((offset) => wallMillis - offset * MINUTE_MS);
  return candidates
    .filter((millis) => millis + offsetAt(zone, millis) * MINUTE_MS === wallMillis)
    .sort((a, b) => a - b);
}

/**
 * The gap that swallows a time which the clocks of `zone` skip, as UTC clocks would show its ends: the time at which clocks jump, and the
 * one to which they jump.
 */
export function gapAround(wallMillis: number, zone: string): { readonly from: number; readonly to: number } {
  const shownAt = (millis: number): number => millis + offsetAt(zone, millis) * MINUTE_MS;
  let low = wallMillis - 28 * HOUR_MS;
  let high = wallMillis + 28 * HOUR_MS;
  while (high - low > 1000) {
    const middle = Math.floor((low + high) / 2000) * 1000;
    if (shownAt(middle) < wallMillis) low = middle;
    else high = middle;
  }
  return { from: shownAt(low) + 1000, to: shownAt(high) };
}

/** A date whose UTC parts are what the clocks of `zone` show. Luxon's own formatting is some twenty times slower. */
export const wallAt = (millis: number, zone: string): Date => new Date(millis + offsetAt(zone, millis) * MINUTE_MS);

/** Whether the clocks of `zone` show the same time once more, an hour or so before or after. */
export function isDoubled(millis: number, zone: string): boolean {
  const own = offsetAt(zone, millis);
  const neighbours = [offsetAt(zone, millis - DAY_MS), offsetAt(zone, millis + DAY_MS)];
  return neighbours.some((other) => other !== own && offsetAt(zone, millis + (own - other) * MINUTE_MS) === other);
}

/** The locales in which a zone may have a name of its own: ICU has `CET` in British English, `EST` in American, and so on. */
const LOCALES = ['en-US', 'en-GB', 'en-AU', 'en-NZ', 'en-IN', 'en-ZA'];

const names = new Map<string, string>();

function lookUpName(zone: string, millis: number): string {
  for (const locale of LOCALES) {
    const format = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'short' });
    const name = format.formatToParts(millis).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    if (/^[A-Z]{2,5}$/.test(name)) return name;
  }
  return `UTC${formatOffset(offsetAt(zone, millis))}`;
}

/** Whether clocks may be so many minutes east of UTC: those in use are from -12:00 to +14:00 (IANA time zone database). */
export const isOffset = (minutes: number): boolean => minutes >= -12 * 60 && minutes <= 14 * 60;

/** `+05:30`, from minutes east of UTC. */
export function formatOffset(minutes: number): string {
  const size = Math.abs(minutes);
  const [hours, rest] = [Math.floor(size / 60), size % 60].map((part) => String(part).padStart(2, '0'));
  return `${minutes < 0 ? '-' : '+'}${hours}:${rest}`;
}

/** `UTC`, `UTC+1` or `UTC+5:30`, from minutes east of UTC. */
export function nameOffset(minutes: number): string {
  const size = Math.abs(minutes);
  const rest = size % 60 === 0 ? '' : `:${String(size % 60).padStart(2, '0')}`;
  return minutes === 0 ? 'UTC' : `UTC${minutes < 0 ? '-' : '+'}${Math.floor(size / 60)}${rest}`;
}

/** What the clocks of `zone` are called at a moment in milliseconds: `CET`, `CEST`, or `UTC+05:45` where they have no name. */
export function nameClocks(zone: string, millis: number): string {
  const key = `${zone} ${offsetAt(zone, millis)}`;
  const name = names.get(key) ?? lookUpName(zone, millis);
  names.set(key, name);
  return name;
}
