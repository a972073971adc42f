import type { TypedClock, TypedDate, TypedZone } from './time-phrase.ts';
import { digitsAt, type Found, isGluedAt, type Token, wordAt } from './time-tokens.ts';
import { zoneOfLetter } from './typed-zone.ts';
import { monthOf } from './vocabulary.ts';

/** A military date-time group. */
type Group = { readonly date: TypedDate; readonly clock: TypedClock; readonly zone: TypedZone };

type Ending = { readonly zone: TypedZone | null; readonly month: number | undefined };

/** `281900`, or `28 1900`. */
function digitsOfGroup(tokens: readonly Token[], at: number): Found<string> | null {
  const digits = digitsAt(tokens, at);
  if (digits.length === 6) return { value: digits, next: at + 1 };
  const clock = digitsAt(tokens, at + 1);
  return digits !== '' && digits.length <= 2 && clock.length === 4 ? { value: digits + clock, next: at + 2 } : null;
}

/** `Z`, `NOV`, or `ZNOV` in one. */
function endingOf(word: string): Ending {
  const month = monthOf(word);
  if (month !== undefined) return { zone: null, month };
  return { zone: zoneOfLetter(word.slice(0, 1)), month: monthOf(word.slice(1)) };
}

/** The letter and the month behind the digits of a group. There must be one of them, unless the digits are six, and no word follows. */
function endingAt(tokens: readonly Token[], at: number): Found<Ending> | null {
  const word = wordAt(tokens, at);
  if (word === '' && digitsAt(tokens, at - 1).length === 6)
    return { value: { zone: null, month: undefined }, next: at };
  const ending = endingOf(word);
  if (ending.month !== undefined) {
    return ending.zone === null && monthOf(word) === undefined ? null : { value: ending, next: at + 1 };
  }
  if (ending.zone === null || word.length !== 1) return null;
  const month = monthOf(wordAt(tokens, at + 1));
  if (month === undefined && !isGluedAt(tokens, at)) return null;
  return { value: { zone: ending.zone, month }, next: month === undefined ? at + 1 : at + 2 };
}

/** The year of a group, in two digits or four. */
function yearOf(digits: string): number | null {
  if (digits.length === 2) return 2000 + Number(digits);
  return /^[1-9]\d{3}$/.test(digits) ? Number(digits) : null;
}

/** `281900ZNOV26`, `281900Z NOV`, `28 1900Z NOV 26`, `281900Z`, `281900`: without a letter, or with `J`, on the clocks of the unit. */
export function groupAt(tokens: readonly Token[], at: number): Found<Group> | null {
  const start = digitsOfGroup(tokens, at);
  const ending = start === null ? null : endingAt(tokens, start.next);
  if (start === null || ending === null) return null;
  const digits = start.value;
  const [day, hour, minute] = [digits.slice(0, -4), digits.slice(-4, -2), digits.slice(-2)].map(Number);
  const { month } = ending.value;
  const year = month === undefined ? null : yearOf(digitsAt(tokens, ending.next));
  const date: TypedDate =
    month === undefined
      ? { kind: 'day-of-month', day: day ?? 0 }
      : { kind: 'calendar', year, month, day: day ?? 0, yearAsClock: null };
  const clock: TypedClock = { kind: 'clock', hour: hour ?? 0, minute: minute ?? 0, second: 0 };
  const zone = ending.value.zone ?? { kind: 'unit' };
  return { value: { date, clock, zone }, next: year === null ? ending.next : ending.next + 1 };
}
