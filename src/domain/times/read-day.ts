import { err, ok, type Result } from '../result.ts';
import { DAY_MS, wallAt } from '../zones/zone.ts';
import { type Day, startOfDay } from './all-day.ts';
import { candidatesAt } from './clocks.ts';
import { daysOf, dayText, fitsWeekday, laterDays, nearestOn } from './days.ts';
import { dateOn, type PlainDate } from './on-clocks.ts';
import { readPhrase } from './read-phrase.ts';
import { withOrder } from './resolve-time.ts';
import { toInstant } from './time.ts';
import type { TimePhrase, TypedWeekday } from './time-phrase.ts';
import type { Candidate, Reading, TimeError, Typing } from './typed-time.ts';
import { midnightOf } from './vocabulary.ts';

/** Why a typed day was not understood. */
export type DayError = Extract<
  TimeError,
  { readonly kind: 'unreadable-time' | 'no-such-date' | 'other-weekday' | 'ambiguous-order' | 'past' }
>;

/** What a typed day is read against. */
export type DayReading = Typing & Pick<Reading, 'nowMs' | 'mayBePast'>;

type ReadDay = Result<Day, DayError>;

const UNREADABLE = err({ kind: 'unreadable-time', example: '2026-11-28', candidates: [] } as const);

const [EARLIEST, END] = [Date.parse('1000-01-01T00:00:00Z'), Date.parse('9999-12-31T00:00:00Z')];

const isDay = (day: number): boolean => day >= EARLIEST && day <= END;

/** A day as it was typed, and what it is held against; days are midnights in UTC. */
type Held = {
  readonly date: PlainDate | null;
  readonly weekday: TypedWeekday | null;
  readonly today: number;
  /** The day that the typed one is the last from. */
  readonly first: number | null;
  readonly reading: DayReading;
};

const candidatesOn = (days: readonly number[], { unitZone }: Typing): readonly Candidate[] =>
  [...new Set(days)].filter(isDay).flatMap((day) => {
    const text = dayText(day);
    return candidatesAt([startOfDay(text, unitZone)], unitZone).map((candidate) => ({ ...candidate, text }));
  });

/** What a day that was read, or refused, may be, but for the past. */
const meantBy =
  (reading: DayReading) =>
  (read: ReadDay): readonly Candidate[] => {
    if (read.ok) return candidatesOn([Date.parse(read.value)], reading);
    const { kind, candidates } = read.error;
    return kind === 'past' && candidates.length > 1 ? candidates.slice(0, -1) : candidates;
  };

const isYearless = ({ date }: Held): boolean => date?.kind === 'calendar' && date.year === null;

/** What other days would mean, typed in the place of the date, with its year or without. */
const meantOn = (held: Held, days: readonly number[]): readonly Candidate[] =>
  days.flatMap((day) => {
    const date = isYearless(held) ? { ...dateOn(day), year: null } : dateOn(day);
    return meantBy(held.reading)(onCalendar({ ...held, date, weekday: null }));
  });

const HALF_A_YEAR_MS = 183 * DAY_MS;

/** The first day that may be meant by one that may be past: without a year, nobody means one that was long ago, or before the first. */
const soonestOf = ({ today, first }: Held): number => first ?? today - HALF_A_YEAR_MS;

/** The day that is meant: this one, or one of those `later` where it is past and may not be, or too early for one without a year. */
function meantOf(held: Held, day: number, later: readonly number[]): number {
  const soonest = held.reading.mayBePast ? soonestOf(held) : held.today;
  const isEarly = day < soonest && (isYearless(held) || !held.reading.mayBePast);
  return (isEarly ? later.find((other) => other >= soonest) : undefined) ?? day;
}

/** The day that is typed as `day`, or `later`, unless it has another weekday, or is past and may not be. */
function onDay(held: Held, day: number, later: readonly number[]): ReadDay {
  const { weekday, today, reading } = held;
  const meant = meantOf(held, day, later);
  const shown = isYearless(held) ? meant : day;
  if (weekday !== null && !fitsWeekday(shown, weekday)) {
    const nearest = nearestOn(meant, weekday, (other) => reading.mayBePast || other >= today);
    return err({ kind: 'other-weekday', day: dayText(shown), candidates: candidatesOn([meant, nearest], reading) });
  }
  if (reading.mayBePast || day >= today) return ok(dayText(meant));
  const instant = toInstant(startOfDay(dayText(day), reading.unitZone));
  return err({ kind: 'past', instant, candidates: candidatesOn([meant, day], reading) });
}

function onCalendar(held: Held): ReadDay {
  const { date, weekday, today, first } = held;
  const days = daysOf(date, weekday, date === null && weekday?.isOfNextWeek !== true ? (first ?? today) : today);
  if (!days.ok) return err({ kind: 'no-such-date', candidates: meantOn(held, days.error.nearest) });
  const { value } = days;
  const day = value.kind === 'fixed' ? value.day : value.days[0];
  if (day === undefined || !isDay(day)) return err({ kind: 'no-such-date', candidates: [] });
  return onDay(held, day, value.kind === 'fixed' ? laterDays(date, day, today) : value.days);
}

function resolveDay(phrase: TimePhrase, held: Held): ReadDay {
  const { reading } = held;
  if (phrase.kind === 'from-present') {
    const { days, ms } = phrase.move;
    return ms === 0 ? onCalendar({ ...held, date: { kind: 'days-ahead', days } }) : UNREADABLE;
  }
  if (phrase.kind !== 'absolute' || phrase.clock !== null || phrase.zone !== null || phrase.move !== null)
    return UNREADABLE;
  const { date, weekday } = phrase;
  const read = (plain: PlainDate | null): ReadDay => onCalendar({ ...held, date: plain, weekday });
  return date?.kind === 'numbers' ? withOrder(date, reading.dateOrder, read, meantBy(reading)) : read(date);
}

/**
 * The day that `text` (`next Saturday`, `28 Nov`, `+1w`) means, on the clocks of the unit. One before today is asked about unless it
 * may be past; without a year, it is then this year's, or the next one's where that was long ago, or is before `first`, from which
 * on it is the last day. Candidates are to be typed as days, and are the instants at which those begin.
 */
export function readDay(text: string, reading: DayReading, first: Day | null = null): ReadDay {
  const today = midnightOf(wallAt(reading.nowMs, reading.unitZone).getTime());
  const thisYear = new Date(today).getUTCFullYear();
  const phrase = readPhrase(text, { thisYear, takesClock: false });
  const firstDay = first === null ? null : Date.parse(first);
  const held = { date: null, weekday: null, today, first: firstDay, reading };
  return phrase === null ? UNREADABLE : resolveDay(phrase, held);
}
