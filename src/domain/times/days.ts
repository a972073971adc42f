import { err, ok, type Result } from '../result.ts';
import { DAY_MS } from '../zones/zone.ts';
import type { TypedDate, TypedWeekday } from './time-phrase.ts';
import { dayMsOf } from './vocabulary.ts';

/** The days, as midnights in UTC, that a date may be. */
export type Days =
  /** One, whether it is past or not. */
  | { readonly kind: 'fixed'; readonly day: number }
  /** The first of these on which what is meant lies ahead. */
  | { readonly kind: 'next'; readonly days: readonly number[] };

/** A date that is in no calendar, with the days that it is nearest to. */
export type NoSuchDay = { readonly kind: 'no-such-day'; readonly nearest: readonly number[] };

const WEEK = 7;

/** A day, given as midnight in UTC, as `YYYY-MM-DD`. */
export const dayText = (day: number): string => new Date(day).toISOString().slice(0, 10);

const weekdayOn = (day: number): number => new Date(day).getUTCDay();

const daysIn = (year: number, month: number): number => new Date(dayMsOf(year, month + 1, 0)).getUTCDate();

const yearOf = (day: number): number => new Date(day).getUTCFullYear();

const LONGEST_MONTH = 31;

/** A day of a month of a year, if there is one; near it are the last of that month and the first of the next. */
export function dayIn(year: number, month: number, day: number): Result<number, NoSuchDay> {
  const isMonth = month >= 1 && month <= 12;
  if (isMonth && day >= 1 && day <= daysIn(year, month)) return ok(dayMsOf(year, month, day));
  if (isMonth && day >= 1 && day <= LONGEST_MONTH) {
    return err({ kind: 'no-such-day', nearest: [dayMsOf(year, month + 1, 0), dayMsOf(year, month + 1, 1)] });
  }
  const isSwapped = day >= 1 && day <= 12 && month >= 1 && month <= daysIn(year, day);
  return err({ kind: 'no-such-day', nearest: isSwapped ? [dayMsOf(year, day, month)] : [] });
}

/** The days that a weekday means: the one in the next ISO week (Monday to Sunday), or the first that comes, today included. */
function onWeekday({ weekday, isOfNextWeek }: TypedWeekday, today: number): Days {
  if (isOfNextWeek) {
    const monday = today - ((weekdayOn(today) + WEEK - 1) % WEEK) * DAY_MS;
    return { kind: 'fixed', day: monday + (WEEK + ((weekday + WEEK - 1) % WEEK)) * DAY_MS };
  }
  const first = today + ((weekday - weekdayOn(today) + WEEK) % WEEK) * DAY_MS;
  return { kind: 'next', days: [first, first + WEEK * DAY_MS, first + 2 * WEEK * DAY_MS] };
}

/** The days with that number, in this month and in those of the next year. */
function onDayOfMonth(dayOfMonth: number, today: number): Result<Days, NoSuchDay> {
  const year = yearOf(today);
  const month = new Date(today).getUTCMonth() + 1;
  const days = [...Array(13).keys()].flatMap((ahead) => {
    const first = dayMsOf(year, month + ahead, 1);
    const found = dayIn(yearOf(first), new Date(first).getUTCMonth() + 1, dayOfMonth);
    return found.ok ? [found.value] : [];
  });
  return days.length === 0 ? err({ kind: 'no-such-day', nearest: [] }) : ok({ kind: 'next', days });
}

/** The days that a date means on `today` (a midnight in UTC, as are all). A date that nobody typed is today or a day after. */
export function daysOf(
  date: Exclude<TypedDate, { kind: 'numbers' }> | null,
  weekday: TypedWeekday | null,
  today: number,
): Result<Days, NoSuchDay> {
  if (date === null) {
    return ok(
      weekday === null
        ? { kind: 'next', days: [today, today + DAY_MS, today + 2 * DAY_MS] }
        : onWeekday(weekday, today),
    );
  }
  if (date.kind === 'days-ahead') return ok({ kind: 'fixed', day: today + date.days * DAY_MS });
  if (date.kind === 'day-of-month') return onDayOfMonth(date.day, today);
  const found = dayIn(date.year ?? yearOf(today), date.month, date.day);
  return found.ok ? ok({ kind: 'fixed', day: found.value }) : found;
}

const LATER_YEARS = 8;
const LATER_DAYS = 3;

/** Days after `day`, which was typed as `date`, that may have been meant by it: the same date of later years, or the next days. */
export function laterDays(date: TypedDate | null, day: number, today: number): readonly number[] {
  if (date?.kind !== 'calendar') return [...Array(LATER_DAYS).keys()].map((ahead) => day + (ahead + 1) * DAY_MS);
  const first = Math.max(yearOf(day) + 1, yearOf(today));
  return [...Array(LATER_YEARS).keys()].flatMap((ahead) => {
    const found = dayIn(first + ahead, date.month, date.day);
    return found.ok ? [found.value] : [];
  });
}

/** Whether a weekday that stands beside a date is that date's. */
export const fitsWeekday = (day: number, weekday: TypedWeekday | null): boolean =>
  weekday === null || weekdayOn(day) === weekday.weekday;

/** The day nearest to another that has a weekday, no two being equally near; where that is not one that `may` be, the one after it. */
export function nearestOn(day: number, { weekday }: TypedWeekday, may: (day: number) => boolean): number {
  const later = (weekday - weekdayOn(day) + WEEK) % WEEK;
  const nearest = day + (later > WEEK / 2 ? later - WEEK : later) * DAY_MS;
  return may(nearest) ? nearest : nearest + WEEK * DAY_MS;
}
