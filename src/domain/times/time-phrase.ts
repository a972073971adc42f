import type { Move } from './typed-time.ts';

/** A time of day as it was typed; not every one is on a clock. */
export type Clock = { readonly hour: number; readonly minute: number; readonly second: number };

/** A time of day, or a word for one that leaves something open. */
export type TypedClock =
  | ({ readonly kind: 'clock' } & Clock)
  /** `7`, which is no time before somebody says which. */
  | { readonly kind: 'bare-hour'; readonly hour: number }
  /** `0730p`, which may be the half of the day or a military zone. */
  | ({ readonly kind: 'lettered'; readonly letter: 'a' | 'p' } & Clock)
  /** Of a day, this may be its beginning or its end. */
  | { readonly kind: 'midnight' };

/** The year of a typed date. */
export type TypedYear = {
  /** Null where none was typed: it is the current one. */
  readonly year: number | null;
  /** The time of day that the four digits of the year may be too, as in `28 Nov 2026`. */
  readonly yearAsClock: Clock | null;
};

type CalendarDate = { readonly kind: 'calendar'; readonly month: number; readonly day: number } & TypedYear;

/** `03/04`: which is the day, and which the month, is a habit. */
export type NumbersDate = {
  readonly kind: 'numbers';
  readonly first: number;
  readonly second: number;
  /** The date that it is if the year comes first, as it may in `26-11-28`. */
  readonly yearFirst: CalendarDate | null;
} & TypedYear;

/** A date as it was typed; not every one is in the calendar. */
export type TypedDate =
  | CalendarDate
  | NumbersDate
  | { readonly kind: 'days-ahead'; readonly days: number }
  /** The day of a date-time group without a month. */
  | { readonly kind: 'day-of-month'; readonly day: number };

/** A weekday, 0 for Sunday. */
export type TypedWeekday = { readonly weekday: number; readonly isOfNextWeek: boolean };

/** What an abbreviation of a zone means. */
export type ZoneMeaning = {
  /** Minutes east of UTC, at any time of the year. */
  readonly offset: number;
  /** IANA names of zones that use it, the best known first. */
  readonly zones: readonly string[];
};

/** A zone as it was typed. */
export type TypedZone =
  | { readonly kind: 'place'; readonly zone: string }
  | { readonly kind: 'offset'; readonly offset: number }
  | { readonly kind: 'abbreviation'; readonly name: string; readonly meanings: readonly ZoneMeaning[] }
  /** The clocks of the unit: military `J`, or no letter. */
  | { readonly kind: 'unit' }
  | { readonly kind: 'unknown'; readonly name: string };

/** A time that stands for itself: parts of a date, a time of day, and what was put behind them. */
export type AbsolutePhrase = {
  readonly kind: 'absolute';
  readonly date: TypedDate | null;
  readonly weekday: TypedWeekday | null;
  readonly clock: TypedClock | null;
  readonly zone: TypedZone | null;
  readonly move: Move | null;
  /** Days to count on from the date, for a time of day beyond 24:00. */
  readonly daysOn: number;
};

/** What a typed time says, before it is held against any clock or calendar. */
export type TimePhrase =
  | AbsolutePhrase
  | { readonly kind: 'from-present' | 'from-start' | 'from-now'; readonly move: Move }
  /** `3h`, which as `19h` may be a time of day too. */
  | { readonly kind: 'length'; readonly move: Move; readonly clock: TypedClock | null };
