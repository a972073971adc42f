import type { TypedDate, TypedWeekday, TypedYear } from './time-phrase.ts';
import { digitsAfter, digitsAt, type Found, isGluedAt, markAt, type Token, wordAt } from './time-tokens.ts';
import { clockAt, dottedClockAt, isOnClock } from './typed-clock.ts';
import { daysAheadOf, monthOf, unitOf, weekdayOf } from './vocabulary.ts';

/** What is known before a date is read. */
export type DateContext = {
  readonly thisYear: number;
  /** Whether digits behind the date can be no time of day: there is one already, or none is wanted. */
  readonly needsNoClock: boolean;
};

type Year = Found<{ readonly year: number; readonly isClockToo: boolean }>;

const YEARS_AHEAD = 10;
const CENTURY = 2000;

const fullYear = (digits: string): number => Number(digits) + (digits.length === 2 ? CENTURY : 0);
const isShort = (digits: string): boolean => digits !== '' && digits.length <= 2;
const isYearLong = (digits: string): boolean => digits.length === 2 || /^[1-9]\d{3}$/.test(digits);
const given = (digits: string, next: number, isClockToo = false): Year => ({
  value: { year: fullYear(digits), isClockToo },
  next,
});

/** Whether digits here are no year as they begin `19:00`, `19.30` or `7pm`. */
const beginsClock = (tokens: readonly Token[], at: number): boolean =>
  digitsAt(tokens, at).length < 3 && (clockAt(tokens, at) ?? dottedClockAt(tokens, at, true)) !== null;

/** The year behind a day and a month, glued to them by a sign or by nothing: `28/11/26`, `28NOV26`. */
function gluedYearAt(tokens: readonly Token[], at: number): Year | null {
  const isMarked = ['/', '.', '-'].includes(markAt(tokens, at)) && isGluedAt(tokens, at);
  const start = isMarked ? at + 1 : at;
  const digits = digitsAt(tokens, start);
  if (!isYearLong(digits) || !isGluedAt(tokens, start) || beginsClock(tokens, start)) return null;
  return isMarked || digits.length === 2 ? given(digits, start + 1) : null;
}

/** Whether a year is this one or one of the next ten. */
const isNear = (year: number, { thisYear }: DateContext): boolean => year >= thisYear && year <= thisYear + YEARS_AHEAD;

/**
 * Four digits behind a day and a month are a year if a time of day follows or stands before, if no clock shows them, or if they
 * are this year or one of the next ten; else they are a time. Two digits are a year only if a time follows or stands before.
 */
function looseYearAt(tokens: readonly Token[], at: number, context: DateContext): Year | null {
  const digits = digitsAt(tokens, at);
  if (!isYearLong(digits) || beginsClock(tokens, at)) return null;
  if (context.needsNoClock || (clockAt(tokens, at + 1) ?? dottedClockAt(tokens, at + 1, true)) !== null)
    return given(digits, at + 1);
  if (digits.length === 2) return null;
  const isShown = isOnClock({ hour: Number(digits.slice(0, 2)), minute: Number(digits.slice(2)), second: 0 });
  return isNear(Number(digits), context) || !isShown ? given(digits, at + 1, isShown) : null;
}

const skipMarks = (tokens: readonly Token[], at: number): number =>
  ['.', '-', '/'].includes(markAt(tokens, at)) && isGluedAt(tokens, at) ? at + 1 : at;

/** The year that stands here; null, and no further, if there is none. */
function yearAt(tokens: readonly Token[], at: number, context: DateContext): Found<TypedYear> {
  const found = gluedYearAt(tokens, at) ?? looseYearAt(tokens, at, context);
  if (found === null) return { value: { year: null, yearAsClock: null }, next: at };
  const { year, isClockToo } = found.value;
  const asClock = { hour: Math.floor(year / 100), minute: year % 100, second: 0 };
  return { value: { year, yearAsClock: isClockToo ? asClock : null }, next: found.next };
}

function withYear(
  tokens: readonly Token[],
  at: number,
  month: number,
  day: number,
  context: DateContext,
): Found<TypedDate> {
  const { value, next } = yearAt(tokens, at, context);
  return { value: { kind: 'calendar', month, day, ...value }, next };
}

const isOrdinal = (word: string): boolean => ['st', 'nd', 'rd', 'th'].includes(word);

/** The place behind a day of the month, `28` or `28th`; null if there is none. */
function dayEnd(tokens: readonly Token[], at: number): number | null {
  const digits = digitsAt(tokens, at);
  if (digits === '' || digits.length > 2) return null;
  return isOrdinal(wordAt(tokens, at + 1)) && isGluedAt(tokens, at + 1) ? at + 2 : at + 1;
}

/** `28 Nov`, `28th of November 2026`, `28NOV26`. */
function dayThenMonth(tokens: readonly Token[], at: number, context: DateContext): Found<TypedDate> | null {
  const end = dayEnd(tokens, at);
  if (end === null) return null;
  const parted = skipMarks(tokens, end);
  const named = wordAt(tokens, parted) === 'of' ? parted + 1 : parted;
  const month = monthOf(wordAt(tokens, named));
  return month === undefined ? null : withYear(tokens, named + 1, month, Number(digitsAt(tokens, at)), context);
}

/** `Nov 28`, `November 28th, 2026`. */
function monthThenDay(tokens: readonly Token[], at: number, context: DateContext): Found<TypedDate> | null {
  const month = monthOf(wordAt(tokens, at));
  const dayAt = skipMarks(tokens, at + 1);
  const end = month === undefined || beginsClock(tokens, dayAt) ? null : dayEnd(tokens, dayAt);
  if (month === undefined || end === null) return null;
  return withYear(tokens, end, month, Number(digitsAt(tokens, dayAt)), context);
}

const calendar = (year: number, month: string, day: string) =>
  ({ kind: 'calendar', year, month: Number(month), day: Number(day), yearAsClock: null }) as const;

/** Behind an ISO date: its `T`, if a time follows. */
const afterIso = (tokens: readonly Token[], at: number): number =>
  wordAt(tokens, at) === 't' && isGluedAt(tokens, at) && digitsAt(tokens, at + 1) !== '' ? at + 1 : at;

/** `2026-11-28`, `2026/11/28`, `20261128`: from the year down, always. */
function yearFirst(tokens: readonly Token[], at: number): Found<TypedDate> | null {
  const digits = digitsAt(tokens, at);
  if (/^[12]\d{7}$/.test(digits)) {
    const date = calendar(Number(digits.slice(0, 4)), digits.slice(4, 6), digits.slice(6));
    return { value: date, next: afterIso(tokens, at + 1) };
  }
  const mark = markAt(tokens, at + 1);
  if (!/^[1-9]\d{3}$/.test(digits) || !['-', '/', '.'].includes(mark)) return null;
  const [month, day] = [digitsAfter(mark, tokens, at + 1), digitsAfter(mark, tokens, at + 3)];
  if (month === '' || day === '' || month.length > 2 || day.length > 2) return null;
  return { value: calendar(Number(digits), month, day), next: afterIso(tokens, at + 5) };
}

/** Whether what stands before is counted by a unit: `1.5h`. */
const isCount = (tokens: readonly Token[], at: number): boolean => unitOf(wordAt(tokens, at)) !== undefined;

/** `28.11.`, `28. 11. 2026`: the day is first, always. */
function withDots(tokens: readonly Token[], at: number, context: DateContext): Found<TypedDate> | null {
  const [day, month] = [digitsAt(tokens, at), digitsAt(tokens, at + 2)];
  const isPair = markAt(tokens, at + 1) === '.' && isGluedAt(tokens, at + 1) && isShort(day) && isShort(month);
  const isClosed = markAt(tokens, at + 3) === '.' && isGluedAt(tokens, at + 3);
  if (!isPair || !(isGluedAt(tokens, at + 2) || isClosed) || isCount(tokens, at + 3)) return null;
  const end = isClosed && !isGluedAt(tokens, at + 4) ? at + 4 : at + 3;
  return withYear(tokens, end, Number(month), Number(day), context);
}

/** `28/11`, `11/28/26`, `28-11-2026`: whichever can be no month is the day, else nobody knows. `10-12` is a span. */
function numbers(tokens: readonly Token[], at: number, context: DateContext): Found<TypedDate> | null {
  const mark = markAt(tokens, at + 1);
  const [first, second] = [digitsAt(tokens, at), digitsAfter(mark, tokens, at + 1)];
  if ((mark !== '/' && mark !== '-') || !isShort(first) || !isShort(second)) return null;
  if (mark === '-' && !isYearLong(digitsAfter(mark, tokens, at + 3))) return null;
  const { value, next } = yearAt(tokens, at + 3, context);
  const parts = { first: Number(first), second: Number(second) };
  const third = mark === '-' ? digitsAfter(mark, tokens, at + 3) : '';
  const yearFirst =
    isShort(third) && isNear(fullYear(first), context) ? calendar(fullYear(first), second, third) : null;
  return { value: { kind: 'numbers', ...parts, yearFirst, ...value }, next };
}

/** `today`, `tomorrow`, `day after tomorrow`. */
function dayWord(tokens: readonly Token[], at: number): Found<TypedDate> | null {
  const isAfter = wordAt(tokens, at) === 'day' && wordAt(tokens, at + 1) === 'after';
  const end = isAfter ? at + 2 : at;
  const days = daysAheadOf(wordAt(tokens, end));
  if (days === undefined || (isAfter && days !== 1)) return null;
  return { value: { kind: 'days-ahead', days: isAfter ? 2 : days }, next: end + 1 };
}

/** The date that stands here. */
export const dateAt = (tokens: readonly Token[], at: number, context: DateContext): Found<TypedDate> | null =>
  yearFirst(tokens, at) ??
  dayThenMonth(tokens, at, context) ??
  monthThenDay(tokens, at, context) ??
  withDots(tokens, at, context) ??
  numbers(tokens, at, context) ??
  dayWord(tokens, at);

/** The weekday that stands here, with `next` or `this` before it. */
export function weekdayAt(tokens: readonly Token[], at: number): Found<TypedWeekday> | null {
  const before = wordAt(tokens, at);
  const isOfNextWeek = before === 'next';
  const named = isOfNextWeek || ['this', 'coming'].includes(before) ? at + 1 : at;
  const weekday = weekdayOf(wordAt(tokens, named));
  if (weekday === undefined) return null;
  return { value: { weekday, isOfNextWeek }, next: named + 1 };
}
