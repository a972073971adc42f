import type { Instant } from '../event.ts';

/** How to read numbers such as `03/04`. */
export const DATE_ORDERS = ['day-first', 'month-first'] as const;

/** Whether somebody writes the day or the month of a date first. */
export type DateOrder = (typeof DATE_ORDERS)[number];

/** How somebody types times. Zones are IANA names. */
export type Typing = {
  /** On whose clocks a time counts that names no zone. */
  readonly zone: string;
  /** The zone of the unit, which a date-time group without a letter, or with `J`, means. */
  readonly unitZone: string;
  /** Null for somebody who has never been asked. */
  readonly dateOrder: DateOrder | null;
};

/** What a typed time is read against. */
export type Reading = Typing & {
  readonly nowMs: number;
  /** What the field has now, from which `+1d` counts; null if that is nothing. */
  readonly present: Instant | null;
  /** The start of the event, from which a length or `start -24h` counts; null where it is typed itself, or was refused. */
  readonly start: Instant | null;
  /** Whether an end is typed: `3h` is a length from the start, and `23:00` the next such time from the start on. */
  readonly takesLength: boolean;
  /** Whether its author has said that a time in the past is meant. */
  readonly mayBePast: boolean;
};

/** What a refused time may have meant. */
export type Candidate = {
  readonly instant: Instant;
  /** What to type for exactly this, whoever types it. */
  readonly text: string;
  /** On whose clocks it is to be shown: an IANA name. */
  readonly zone: string;
  /** The order of day and month that choosing it shows; null where it shows none. */
  readonly dateOrder: DateOrder | null;
  /** What its author may have called the clocks, such as `IST in Kolkata`, where that is in question. */
  readonly meaning?: string;
};

/** Why a typed time was not understood, with what it may have meant: none, if nobody can tell. */
export type TimeError = { readonly candidates: readonly Candidate[] } & (
  | { readonly kind: 'unreadable-time'; readonly example: string }
  /** 31 February, 25:00, or a year beyond 9999. */
  | { readonly kind: 'no-such-date' }
  /** A weekday beside a date that has another; `day` is that date, as `YYYY-MM-DD`. */
  | { readonly kind: 'other-weekday'; readonly day: string }
  /** `0730p`, or an hour or a midnight that may be two. */
  | { readonly kind: 'ambiguous-clock' }
  /** A date without a time. */
  | { readonly kind: 'needs-time' }
  /** A time of day for an event that takes whole days. */
  | { readonly kind: 'takes-days' }
  /** Clocks jump from `before` to `after`, which are times on the clocks of `zone`. */
  | { readonly kind: 'skipped-by-dst'; readonly zone: string; readonly before: string; readonly after: string }
  | { readonly kind: 'ambiguous-by-dst'; readonly zone: string }
  /** `03/04`: a day and a month, or a month and a day. */
  | { readonly kind: 'ambiguous-order' }
  /** An abbreviation of several zones, none or several of which are the unit's. */
  | { readonly kind: 'ambiguous-zone'; readonly name: string }
  | { readonly kind: 'unknown-zone'; readonly name: string }
  | { readonly kind: 'past'; readonly instant: Instant }
  /** `+1d` on a field that is empty, or `start -1d` where there is no start. */
  | { readonly kind: 'no-origin' }
  /** An end that depends on the start, which was refused. */
  | { readonly kind: 'awaits-start' }
);

/** A distance: whole days on the clocks of a zone, then exact milliseconds. */
export type Move = { readonly days: number; readonly ms: number };

/** What a typed time means. */
export type Understood = {
  readonly instant: Instant;
  /** On whose clocks it was read, as an IANA name; the reader's own where the text named an offset only. */
  readonly zone: string;
};
