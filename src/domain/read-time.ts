import type { Instant } from './event.ts';
import { err, ok, type Result } from './result.ts';
import { parseInstant, parseTime } from './time.ts';
import type { Reading, TimeError, Typing, Understood } from './typed-time.ts';

/** A calendar day, `YYYY-MM-DD`. */
export type Day = string;

/** A distance: whole days on the clocks of a zone, then exact milliseconds. */
export type Move = { readonly days: number; readonly ms: number };

/** What `text` means, typed as one of PERSCOM's times. */
export function readTime(text: string, reading: Reading): Result<Understood, TimeError> {
  const { zone } = reading;
  const parsed = parseTime(text, zone);
  return parsed.ok ? ok({ instant: parsed.value, zone }) : err({ ...parsed.error, candidates: [] });
}

/** The day that `text` means (`next Saturday`, `28 Nov`), on the clocks of the unit. */
export function readDay(text: string, _reading: Typing & { readonly nowMs: number }): Result<Day, TimeError> {
  const day = parseInstant(text)?.slice(0, 10);
  return day === undefined ? err({ kind: 'unreadable-time', example: '2026-11-28', candidates: [] }) : ok(day);
}

/** The distance that `text` (`+1d`, `-90m`, `+1w 2h`) means; null if it means none. */
export function readMove(text: string): Move | null {
  const match = /^\s*([+-]?)(\d{1,4})\s*([dw])\s*$/i.exec(text);
  if (match === null) return null;
  const days = Number(match[2]) * (match[3]?.toLowerCase() === 'w' ? 7 : 1);
  return { days: match[1] === '-' ? -days : days, ms: 0 };
}

/** `instant`, moved: days keep the time of day on the clocks of `zone`. Refused where those skip or double that time. */
export function moveInstant(instant: Instant, { days, ms }: Move, _zone: string): Result<Instant, TimeError> {
  const moved = new Date(Date.parse(instant) + days * 86_400_000 + ms);
  return ok(`${moved.toISOString().slice(0, 19)}Z`);
}
