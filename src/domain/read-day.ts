import { candidatesAt, instantsOn } from './clocks.ts';
import { type Days, daysOf, fitsWeekday, nearestOn } from './days.ts';
import type { PlainDate } from './on-clocks.ts';
import { readPhrase } from './read-phrase.ts';
import { withOrder } from './resolve-time.ts';
import { err, ok, type Result } from './result.ts';
import type { TimePhrase, TypedWeekday } from './time-phrase.ts';
import { midnightOf } from './time-words.ts';
import type { Candidate, TimeError, Typing } from './typed-time.ts';
import { HOUR_MS, wallAt } from './zone.ts';

/** A calendar day, `YYYY-MM-DD`. */
export type Day = string;

type ReadDay = Result<Day, TimeError>;

const UNREADABLE = err({ kind: 'unreadable-time', example: '2026-11-28', candidates: [] } as const);

const LONGEST_NIGHT_HOURS = 4;

/** The first instant of a day, given as midnight in UTC, on the clocks of `zone`; later than 00:00 where those skip it. */
function startOf(day: number, zone: string): readonly number[] {
  for (let hour = 0; hour < LONGEST_NIGHT_HOURS; hour += 0.5) {
    const instants = instantsOn(day + hour * HOUR_MS, { zone, offset: null });
    if (instants.length > 0) return instants.slice(0, 1);
  }
  return [];
}

const [EARLIEST, END] = [Date.parse('1000-01-01T00:00:00Z'), Date.parse('9999-12-31T00:00:00Z')];

const isDay = (day: number): boolean => day >= EARLIEST && day <= END;

const textOf = (day: number): Day => new Date(day).toISOString().slice(0, 10);

const candidatesOn = (days: readonly number[], zone: string): readonly Candidate[] =>
  days
    .filter(isDay)
    .flatMap((day) => candidatesAt(startOf(day, zone), zone).map((candidate) => ({ ...candidate, text: textOf(day) })));

/** What a day that was read, or refused, may be. */
const meantBy =
  (zone: string) =>
  (read: ReadDay): readonly Candidate[] =>
    read.ok ? candidatesOn([Date.parse(read.value)], zone) : read.error.candidates;

function onCalendar(date: PlainDate | null, weekday: TypedWeekday | null, today: number, zone: string): ReadDay {
  const days = daysOf(date, weekday, today);
  if (!days.ok) return err({ kind: 'no-such-date', candidates: candidatesOn(days.error.nearest, zone) });
  const day = firstOf(days.value);
  if (day === undefined || !isDay(day)) return err({ kind: 'no-such-date', candidates: [] });
  if (weekday === null || fitsWeekday(day, weekday)) return ok(textOf(day));
  return err({ kind: 'no-such-date', candidates: candidatesOn([day, nearestOn(day, weekday)], zone) });
}

const firstOf = (days: Days): number | undefined => (days.kind === 'fixed' ? days.day : days.days[0]);

function resolveDay(phrase: TimePhrase, { unitZone, dateOrder }: Typing, today: number): ReadDay {
  if (phrase.kind === 'from-present') {
    const { days, ms } = phrase.move;
    return ms === 0 ? onCalendar({ kind: 'days-ahead', days }, null, today, unitZone) : UNREADABLE;
  }
  if (phrase.kind !== 'absolute' || phrase.clock !== null || phrase.zone !== null || phrase.move !== null)
    return UNREADABLE;
  const { date, weekday } = phrase;
  const read = (plain: PlainDate | null): ReadDay => onCalendar(plain, weekday, today, unitZone);
  return date?.kind === 'numbers' ? withOrder(date, dateOrder, read, meantBy(unitZone)) : read(date);
}

/**
 * The day that `text` (`next Saturday`, `28 Nov`, `+1w`) means, on the clocks of the unit. It may be past; without a year it is in
 * the current one. Candidates are to be typed as days, and are the instants at which those begin.
 */
export function readDay(text: string, typing: Typing & { readonly nowMs: number }): ReadDay {
  const today = midnightOf(wallAt(typing.nowMs, typing.unitZone).getTime());
  const thisYear = new Date(today).getUTCFullYear();
  const phrase = readPhrase(text, { thisYear, takesClock: false });
  return phrase === null ? UNREADABLE : resolveDay(phrase, typing, today);
}
