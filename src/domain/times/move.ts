import type { Instant } from '../event.ts';
import { ok, type Result } from '../result.ts';
import { DAY_MS, wallAt } from '../zones/zone.ts';
import { inverse, signedAmountAt, unsignedAmountAt } from './amounts.ts';
import { inRange, pin } from './clocks.ts';
import { toInstant, toMillis } from './time.ts';
import { tokensOf, wordAt } from './time-tokens.ts';
import type { Move, TimeError } from './typed-time.ts';

const MAX_CHARACTERS = 60;

/** The distance that `text` (`+1d`, `-90m`, `+1w 2h`, `1d`, `2h earlier`) means; null if it means none, or stays in place. */
export function readMove(text: string): Move | null {
  if (text.length > MAX_CHARACTERS) return null;
  const tokens = tokensOf(text);
  const found = signedAmountAt(tokens, 0) ?? unsignedAmountAt(tokens, 0);
  if (found === null) return null;
  const word = wordAt(tokens, found.next);
  const end = word === 'later' || word === 'earlier' ? found.next + 1 : found.next;
  const { days, ms } = found.value;
  if (end !== tokens.length || (days === 0 && ms === 0)) return null;
  return word === 'earlier' ? inverse(found.value) : found.value;
}

/** `millis` moved by whole days on the clocks of `zone`, then by `laterMs`. */
function byDays(millis: number, days: number, laterMs: number, zone: string): Result<number, TimeError> {
  if (days === 0) return inRange(millis + laterMs);
  return pin(wallAt(millis, zone).getTime() + days * DAY_MS, { zone, offset: null }, laterMs);
}

/**
 * `instant`, moved: days keep the time of day on the clocks of `zone`, the rest is exact. Refused where those skip or double that
 * time. Forwards the days come first, backwards last, so that a move and its inverse lead back.
 */
export function moveInstant(instant: Instant, { days, ms }: Move, zone: string): Result<Instant, TimeError> {
  const millis = toMillis(instant);
  const moved = days < 0 ? byDays(millis + ms, days, 0, zone) : byDays(millis, days, ms, zone);
  return moved.ok ? ok(toInstant(moved.value)) : moved;
}
