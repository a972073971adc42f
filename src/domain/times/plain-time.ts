import { err, ok, type Result } from '../result.ts';
import { isOffset } from '../zones/zone.ts';

const TYPED = /^([1-9]\d{3})-(\d{1,2})-(\d{1,2})[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(Z|[+-]\d{2}:?\d{2})?$/i;

/** What UTC clocks would show, in milliseconds, and the offset from them in minutes, if one was typed. */
type PlainTime = { readonly wallMs: number; readonly offset: number | null };

/** `Z`, `+01:00` or `+0100` in minutes; null if no clock on earth shows it. */
function parseOffset(offset: string): number | null {
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(offset);
  if (match === null) return 0;
  const size = Number(match[2]) * 60 + Number(match[3]);
  const minutes = match[1] === '-' ? -size : size;
  return Number(match[3]) <= 59 && isOffset(minutes) ? minutes : null;
}

/** What clocks in UTC would show, in milliseconds; null if no calendar or clock shows it. */
function parseWall(parts: readonly (string | undefined)[]): number | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map((part) => Number(part ?? 0));
  const isOnCalendar = month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
  const isOnClock = hour <= 23 && minute <= 59 && second <= 59;
  return isOnCalendar && isOnClock ? Date.UTC(year, month - 1, day, hour, minute, second) : null;
}

/** The time that `text` says in full, as `2026-11-28 19:00`, with or without seconds and an offset. Quicker than any other form. */
export function parsePlain(text: string): Result<PlainTime, 'other-form' | 'no-such-date'> {
  const match = TYPED.exec(text);
  if (match === null) return err('other-form');
  const wallMs = parseWall(match.slice(1, 7));
  const offset = match[7] === undefined ? null : parseOffset(match[7]);
  return wallMs === null || (offset === null && match[7] !== undefined) ? err('no-such-date') : ok({ wallMs, offset });
}
