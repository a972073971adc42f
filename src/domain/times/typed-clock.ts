import type { Clock, TypedClock } from './time-phrase.ts';
import { digitsAfter, digitsAt, type Found, isGluedAt, markAt, type Token, wordAt } from './time-tokens.ts';
import { isHourWord, unitOf } from './vocabulary.ts';

const clock = (hour: number, minute: number, second = 0): TypedClock => ({ kind: 'clock', hour, minute, second });

/** An hour that no clock shows, for `13pm`. */
const NO_HOUR = 99;

const isNoon = (word: string): boolean => word === 'noon' || word === 'midday';

/** The hour of a day that `hour` and the word behind it name. */
function hourOf(hour: number, half: string): number {
  if (half === '') return hour;
  if (hour === 0 && half.startsWith('a')) return 0;
  if (hour < 1 || hour > 12) return NO_HOUR;
  return (hour % 12) + (half.startsWith('p') ? 12 : 0);
}

/** `am` or `pm`; a single letter only where nothing parts it from the digits. */
function halfAt(tokens: readonly Token[], at: number): string {
  const word = wordAt(tokens, at);
  return word === 'am' || word === 'pm' || (/^[ap]$/.test(word) && isGluedAt(tokens, at)) ? word : '';
}

/** Whether a single letter behind a time may be that of a zone: not in `7p`, nor, where that is a half of the day, in `7:30p`. */
const mayBeZone = (tokens: readonly Token[], at: number, isHalf: boolean): boolean =>
  digitsAt(tokens, at - 1).length === 4 || (markAt(tokens, at - 2) === ':' && !(isHalf && isGluedAt(tokens, at)));

/** The time of day, with whatever stands behind it and says no more. */
function closed(tokens: readonly Token[], at: number, hour: number, minute: number, second = 0): Found<TypedClock> {
  const word = wordAt(tokens, at);
  const isHalf = hour >= 1 && hour <= 12;
  const isZone = word.length === 1 && mayBeZone(tokens, at, isHalf);
  if (isZone && isHalf && (word === 'a' || word === 'p')) {
    return { value: { kind: 'lettered', letter: word, hour, minute, second }, next: at + 1 };
  }
  const half = isZone ? '' : halfAt(tokens, at);
  const after = half === '' ? at : at + 1;
  const next = isHourWord(wordAt(tokens, after)) ? after + 1 : after;
  return { value: clock(hourOf(hour, half), minute, second), next };
}

/** `19:00`, `19:00:07`, `7:30pm`; a fraction of a second is dropped. */
function withColons(tokens: readonly Token[], at: number): Found<TypedClock> | null {
  const [hour, minute] = [digitsAt(tokens, at), digitsAfter(':', tokens, at + 1)];
  if (hour.length > 2 || minute.length !== 2) return null;
  const second = digitsAfter(':', tokens, at + 3);
  if (second === '') return closed(tokens, at + 3, Number(hour), Number(minute));
  if (second.length !== 2) return null;
  const next = digitsAfter('.', tokens, at + 5) === '' ? at + 5 : at + 7;
  return closed(tokens, next, Number(hour), Number(minute), Number(second));
}

/** `19.30`, unless it may be a date, or an amount such as `1.25h`. `hasDate` says that a date is known already. */
export function dottedClockAt(tokens: readonly Token[], at: number, hasDate: boolean): Found<TypedClock> | null {
  const [hour, minute] = [digitsAt(tokens, at), digitsAfter('.', tokens, at + 1)];
  if (hour.length > 2 || minute.length !== 2) return null;
  if (markAt(tokens, at + 3) === '.' && isGluedAt(tokens, at + 3)) return null;
  const isNoDate = hasDate || halfAt(tokens, at + 3) !== '' || wordAt(tokens, at + 3) === 'uhr';
  const isNoMonth = Number(minute) > 12 && Number(minute) < 60 && Number(hour) < 24;
  const isCount = Number(hour) < 13 && !hasDate && unitOf(wordAt(tokens, at + 3)) !== undefined;
  return (isNoDate || isNoMonth) && !isCount ? closed(tokens, at + 3, Number(hour), Number(minute)) : null;
}

/** `190000`, behind the `T` of an ISO time. */
function isoClock(tokens: readonly Token[], at: number): Found<TypedClock> {
  const digits = digitsAt(tokens, at);
  const [hour = 0, minute = 0, second = 0] = [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4)].map(Number);
  return closed(tokens, at + 1, hour, minute, second);
}

/** `1900`, or `730pm`. */
function compact(tokens: readonly Token[], at: number): Found<TypedClock> | null {
  const digits = digitsAt(tokens, at);
  const word = wordAt(tokens, at + 1);
  if (unitOf(word) !== undefined && word.length > 1 && !isHourWord(word)) return null;
  if (digits.length === 6 && wordAt(tokens, at - 1) === 't' && isGluedAt(tokens, at)) return isoClock(tokens, at);
  const isWhole = digits.length === 4 || (digits.length === 3 && halfAt(tokens, at + 1) !== '');
  return isWhole ? closed(tokens, at + 1, Number(digits.slice(0, -2)), Number(digits.slice(-2))) : null;
}

/** `7pm`, `19 Uhr`, `12 noon`, and `7 o'clock`, which is no time before somebody says which. */
function hourAlone(tokens: readonly Token[], at: number): Found<TypedClock> | null {
  const digits = digitsAt(tokens, at);
  const hour = Number(digits);
  if (digits === '' || digits.length > 2) return null;
  if (halfAt(tokens, at + 1) !== '' || wordAt(tokens, at + 1) === 'uhr') return closed(tokens, at + 1, hour, 0);
  if (hour === 12 && isNoon(wordAt(tokens, at + 1))) return { value: clock(12, 0), next: at + 2 };
  if (wordAt(tokens, at + 1) !== "o'clock") return null;
  return hour > 12 ? closed(tokens, at + 1, hour, 0) : { value: { kind: 'bare-hour', hour }, next: at + 2 };
}

/** The time of day that stands here, but for one with a dot, which has to be looked at before dates are. */
export function clockAt(tokens: readonly Token[], at: number): Found<TypedClock> | null {
  const word = wordAt(tokens, at);
  if (isNoon(word)) return { value: clock(12, 0), next: at + 1 };
  if (word === 'midnight') return { value: { kind: 'midnight' }, next: at + 1 };
  if (digitsAt(tokens, at) === '') return null;
  return withColons(tokens, at) ?? compact(tokens, at) ?? hourAlone(tokens, at);
}

/** One or two digits alone, which may be an hour. */
export function bareHourAt(tokens: readonly Token[], at: number): Found<TypedClock> | null {
  const digits = digitsAt(tokens, at);
  return digits === '' || digits.length > 2
    ? null
    : { value: { kind: 'bare-hour', hour: Number(digits) }, next: at + 1 };
}

/** Whether clocks show it. */
export const isOnClock = ({ hour, minute, second }: Clock): boolean => hour < 24 && minute < 60 && second < 60;
