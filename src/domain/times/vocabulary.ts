import { DAY_MS, HOUR_MS, MINUTE_MS } from '../zones/zone.ts';
import { MONTHS, WEEKDAYS } from './time.ts';

const SHORT = 3;

/** Every name in lower case with its place in the list, by its whole and by its first three letters. */
const byName = (names: readonly string[]): readonly (readonly [string, number])[] =>
  names
    .map((name) => name.toLowerCase())
    .flatMap((name, at) => [[name, at] as const, [name.slice(0, SHORT), at] as const]);

const MONTH_OF: ReadonlyMap<string, number> = new Map([...byName(MONTHS), ['sept', 8]]);

const WEEKDAY_OF: ReadonlyMap<string, number> = new Map([
  ...byName(WEEKDAYS),
  ['tues', 2],
  ['weds', 3],
  ['thur', 4],
  ['thurs', 4],
]);

/** The month (1 to 12) of an English name in lower case, whole or short. */
export function monthOf(word: string): number | undefined {
  const month = MONTH_OF.get(word);
  return month === undefined ? undefined : month + 1;
}

/** The weekday (0 for Sunday) of an English name in lower case, whole or short. */
export const weekdayOf = (word: string): number | undefined => WEEKDAY_OF.get(word);

/** Days from today. */
const DAY_WORDS: ReadonlyMap<string, number> = new Map([
  ['today', 0],
  ['tonight', 0],
  ['tomorrow', 1],
  ['tmrw', 1],
  ['tmr', 1],
  ['yesterday', -1],
]);

/** How many days from today a word such as `tomorrow` is. */
export const daysAheadOf = (word: string): number | undefined => DAY_WORDS.get(word);

/** What one of a unit of time is: days keep the time of day, the rest is exact. */
export type Unit = { readonly days: number; readonly ms: number };

const named = (unit: Unit, ...names: readonly string[]): readonly (readonly [string, Unit])[] =>
  names.map((name) => [name, unit] as const);

const UNIT_OF: ReadonlyMap<string, Unit> = new Map([
  ...named({ days: 7, ms: 0 }, 'w', 'wk', 'wks', 'week', 'weeks'),
  ...named({ days: 1, ms: 0 }, 'd', 'day', 'days'),
  ...named({ days: 0, ms: HOUR_MS }, 'h', 'hr', 'hrs', 'hour', 'hours'),
  ...named({ days: 0, ms: MINUTE_MS }, 'm', 'min', 'mins', 'minute', 'minutes'),
]);

/** The unit that a word or letter in lower case names, such as `h` or `weeks`. */
export const unitOf = (word: string): Unit | undefined => UNIT_OF.get(word);

/** Words between the parts of a time that change nothing. */
export const isFiller = (word: string): boolean => ['at', 'on', 'the', 'um'].includes(word);

/** Words behind an hour that change nothing. */
export const isHourWord = (word: string): boolean => ['h', 'hr', 'hrs', 'hours', 'uhr', "o'clock"].includes(word);

/** Midnight of a day in UTC, with which days are counted; days of other months than `month` overflow into them. */
export const dayMsOf = (year: number, month: number, day: number): number => Date.UTC(year, month - 1, day);

/** Midnight of the day on which something that UTC clocks show lies. */
export const midnightOf = (wallMs: number): number => Math.floor(wallMs / DAY_MS) * DAY_MS;
