import type { Instant } from '../event.ts';
import { err, ok, type Result } from '../result.ts';
import { addDays, countDays, dayOf, isDayBreak, isDayEnd, startOfDay } from './all-day.ts';
import { moveDate } from './move-date.ts';
import { parsePlain } from './plain-time.ts';
import { readPhrase } from './read-phrase.ts';
import { type Day, readDay, readMove, readTime } from './read-time.ts';
import { formatTime, toInstant, toMillis } from './time.ts';
import type { Candidate, Reading, TimeError, Understood } from './typed-time.ts';

/** A time of an event that takes whole days: its first day, or its last one. */
export type DayInput = {
  /** What PERSCOM holds or is queued, on the clocks of the unit. */
  readonly present: Instant | null;
  /** Whether it is the end: one at midnight belongs to the day before, unless the event ends as it starts. */
  readonly isEnd: boolean;
  /** The start that the end belongs to. */
  readonly starts: Instant;
};

const dayAt = (instant: Instant, zone: string): Day => dayOf(toMillis(instant), zone);

const breakOf = (day: Day, zone: string): Instant => toInstant(startOfDay(day, zone));

const isBreak = (instant: Instant, zone: string): boolean => isDayBreak(toMillis(instant), zone);

const daysBetween = (from: Day, to: Day): number => countDays({ first: from, last: to }) - 1;

/** Whether `present` is the midnight that ends its last day. */
const endsBefore = ({ present, isEnd, starts }: DayInput, zone: string): boolean =>
  isEnd && present !== null && present !== starts && isBreak(present, zone);

/** The day that an input shows; null for a time that is not at the turn of a day. An end may be at 23:59. */
function shownDay(input: DayInput, zone: string): Day | null {
  const { present, isEnd } = input;
  if (present === null) return null;
  if (isBreak(present, zone)) return addDays(dayAt(present, zone), endsBefore(input, zone) ? -1 : 0);
  return isEnd && isDayEnd(toMillis(present), zone) ? dayAt(present, zone) : null;
}

/** What the input of a time shows of an event that takes whole days: its date, or date and time where it is no midnight. */
export const showDay = (input: DayInput, zone: string): string =>
  shownDay(input, zone) ?? (input.present === null ? '' : formatTime(input.present, zone));

const moved = (instant: Instant, days: number, zone: string): Result<Instant, TimeError> => {
  const there = moveDate(instant, days, zone);
  return there === null ? err({ kind: 'no-such-date', candidates: [] }) : ok(there);
};

/** The time that `day` means: at the turn of the day, or at the time of day that there is now. */
function onDay(day: Day, input: DayInput, zone: string): Result<Instant, TimeError> {
  const { present } = input;
  if (present === null) return ok(breakOf(day, zone));
  if (isBreak(present, zone)) return ok(breakOf(addDays(day, endsBefore(input, zone) ? 1 : 0), zone));
  return moved(present, daysBetween(dayAt(present, zone), day), zone);
}

/** A time of an event that takes whole days, moved by days. */
export const moveDays = ({ present, starts }: DayInput, days: number, zone: string): Result<Instant, TimeError> =>
  moved(present ?? starts, days, zone);

/** How many days later `to` is than `from`, on the clocks of `zone`. */
export const daysLater = (from: Instant, to: Instant, zone: string): number =>
  daysBetween(dayAt(from, zone), dayAt(to, zone));

const asUnderstood = (instant: Result<Instant, TimeError>, zone: string): Result<Understood, TimeError> =>
  instant.ok ? ok({ instant: instant.value, zone }) : instant;

/** Whether a time of day was typed, which makes it a time, whatever the event takes. */
function saysClock(text: string, { nowMs, unitZone }: Reading): boolean {
  const plain = parsePlain(text.trim());
  if (plain.ok || plain.error === 'no-such-date') return true;
  const thisYear = Number(dayOf(nowMs, unitZone).slice(0, 4));
  const phrase = readPhrase(text, { thisYear, takesClock: true });
  return phrase?.kind === 'absolute' && phrase.clock !== null && phrase.clock.kind !== 'bare-hour';
}

/** Asks whether the day of a typed time is meant; null if it is none, or if the input shows a time of day, too. */
function askDay(text: string, input: DayInput, reading: Reading): Result<Understood, TimeError> | null {
  const zone = reading.unitZone;
  const time = readTime(text, reading);
  if (!time.ok || (input.present !== null && shownDay(input, zone) === null)) return null;
  const day = dayAt(time.value.instant, zone);
  const at = onDay(day, input, zone);
  const candidates = at.ok ? [{ instant: at.value, text: day, zone, dateOrder: null }] : [];
  return err({ kind: 'takes-days', candidates });
}

/**
 * The time that `text` means for an event that takes whole days: a date, or `+1d`. Null if it is neither. Days are those
 * of the unit.
 */
export function readDayTime(text: string, input: DayInput, reading: Reading): Result<Understood, TimeError> | null {
  const { unitZone, start } = reading;
  const move = /^\s*[+-]/.test(text) ? readMove(text) : null;
  if (move !== null) return move.ms === 0 ? asUnderstood(moveDays(input, move.days, unitZone), unitZone) : null;
  if (saysClock(text, reading)) return askDay(text, input, reading);
  const day = readDay(text, reading, start === null ? null : dayAt(start, unitZone));
  if (day.ok) return asUnderstood(onDay(day.value, input, unitZone), unitZone);
  if (day.error.kind === 'unreadable-time') return null;
  const candidates = day.error.candidates.flatMap((candidate): readonly Candidate[] => {
    const at = onDay(candidate.text, input, unitZone);
    return at.ok ? [{ ...candidate, instant: at.value }] : [];
  });
  return err({ ...day.error, candidates });
}
