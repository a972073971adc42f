import { MINUTE_MS } from '../zones/zone.ts';
import type { Clock } from './time-phrase.ts';
import { digitsAfter, digitsAt, type Found, isGluedAt, markAt, type Token, wordAt } from './time-tokens.ts';
import type { Move } from './typed-time.ts';
import { unitOf } from './vocabulary.ts';

/** An amount of time without a sign. */
type Amount = {
  readonly move: Move;
  /** The time of day that an amount of hours, such as `19h` or `19h30`, may be too. */
  readonly clock: Clock | null;
};

const MAX_DIGITS = 6;

const add = (a: Move, b: Move): Move => ({ days: a.days + b.days, ms: a.ms + b.ms });

/** `1.5` or `a`, as far as it counts something. */
function countAt(tokens: readonly Token[], at: number): Found<number> | null {
  if (['a', 'an', 'one'].includes(wordAt(tokens, at))) return { value: 1, next: at + 1 };
  const digits = digitsAt(tokens, at);
  if (digits === '' || digits.length > MAX_DIGITS) return null;
  const fraction = digitsAfter('.', tokens, at + 1);
  if (fraction === '') return { value: Number(digits), next: at + 1 };
  return fraction.length > MAX_DIGITS ? null : { value: Number(`${digits}.${fraction}`), next: at + 3 };
}

/** The minutes behind `2h30`: two digits that are not the start of something else. */
function minutesAfter(tokens: readonly Token[], at: number): string {
  const digits = digitsAt(tokens, at);
  const isOwn =
    isGluedAt(tokens, at + 1) && (markAt(tokens, at + 1) !== '' || unitOf(wordAt(tokens, at + 1)) !== undefined);
  return isGluedAt(tokens, at) && digits.length === 2 && !isOwn ? digits : '';
}

const clockOf = (unit: string, hour: number, minutes: string): Clock | null =>
  unit === 'h' && Number.isInteger(hour) && hour < 24 ? { hour, minute: Number(minutes), second: 0 } : null;

/** A count and its unit; whole days only, as no clock says what half a day is. */
function oneAt(tokens: readonly Token[], at: number): Found<Amount> | null {
  const count = countAt(tokens, at);
  if (count === null) return null;
  const word = wordAt(tokens, count.next);
  const unit = unitOf(word);
  if (unit === undefined || (unit.days > 0 && !Number.isInteger(count.value))) return null;
  const minutes = word.startsWith('h') ? minutesAfter(tokens, count.next + 1) : '';
  const ms = Math.round((unit.ms * count.value) / 1000) * 1000 + Number(minutes) * MINUTE_MS;
  const move = { days: unit.days * count.value, ms };
  const next = count.next + (minutes === '' ? 1 : 2);
  return { value: { move, clock: clockOf(word, count.value, minutes) }, next };
}

/** `1d 2h30m`: everything from here on that is a count with its unit. */
export function amountAt(tokens: readonly Token[], at: number): Found<Amount> | null {
  let found = oneAt(tokens, at);
  while (found !== null) {
    const more = oneAt(tokens, found.next + (wordAt(tokens, found.next) === 'and' ? 1 : 0));
    if (more === null) return found;
    found = { value: { move: add(found.value.move, more.value.move), clock: null }, next: more.next };
  }
  return null;
}

/** `1d 2h30m` as a move. */
export function unsignedAmountAt(tokens: readonly Token[], at: number): Found<Move> | null {
  const found = amountAt(tokens, at);
  return found === null ? null : { value: found.value.move, next: found.next };
}

/** The opposite of a move. */
export const inverse = ({ days, ms }: Move): Move => ({ days: 0 - days, ms: 0 - ms });

/** `+1w 2h`, `-90m`, `+1d -2h`: a sign counts for all that follows, up to the next. */
export function signedAmountAt(tokens: readonly Token[], at: number): Found<Move> | null {
  const sign = markAt(tokens, at);
  const amount = sign === '+' || sign === '-' ? amountAt(tokens, at + 1) : null;
  if (amount === null) return null;
  const move = sign === '-' ? inverse(amount.value.move) : amount.value.move;
  const more = signedAmountAt(tokens, amount.next);
  return more === null ? { value: move, next: amount.next } : { value: add(move, more.value), next: more.next };
}
