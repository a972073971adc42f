import { err, ok, type Result } from '../result.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../zones/zone.ts';
import { offsetOfLetter } from '../zones/zone-names.ts';
import { type Clocks, candidatesAt, instantsOn, meantBy, pin, shownAt, zoneShowing } from './clocks.ts';
import { daysOf, dayText, fitsWeekday, laterDays, nearestOn } from './days.ts';
import { toInstant, toMillis } from './time.ts';
import type { AbsolutePhrase, Clock, TypedDate } from './time-phrase.ts';
import type { Candidate, Reading, TimeError, Understood } from './typed-time.ts';
import { midnightOf } from './vocabulary.ts';

type Read = Result<Understood, TimeError>;

/** A date that says which number is the day. */
export type PlainDate = Exclude<TypedDate, { kind: 'numbers' }>;

/** A phrase with such a date, or none. */
export type PlainPhrase = AbsolutePhrase & { readonly date: PlainDate | null };

/** One way to type a time, for whoever typed something that is none. */
export const TIME_EXAMPLE = '2026-11-28 19:00';

const noSuchDate = (candidates: readonly Candidate[]): Read => err({ kind: 'no-such-date', candidates });

const timeOfDay = ({ hour, minute, second }: Clock): number => hour * HOUR_MS + minute * MINUTE_MS + second * 1000;

/** The time of day that UTC clocks show. */
function clockOn(wallMs: number): Clock {
  const wall = new Date(wallMs);
  return { hour: wall.getUTCHours(), minute: wall.getUTCMinutes(), second: wall.getUTCSeconds() };
}

const atClock = (phrase: PlainPhrase, clock: Clock): PlainPhrase => ({
  ...phrase,
  clock: { kind: 'clock', ...clock },
});

const atHour = (phrase: PlainPhrase, hour: number): PlainPhrase => atClock(phrase, { hour, minute: 0, second: 0 });

/** The date that is typed for a day, given as midnight in UTC. */
export function dateOn(day: number) {
  const date = new Date(day);
  const [month, dayOfMonth] = [date.getUTCMonth() + 1, date.getUTCDate()];
  return { kind: 'calendar', year: date.getUTCFullYear(), month, day: dayOfMonth, yearAsClock: null } as const;
}

/** Whether the next such time is meant, whichever day that is. */
const isOpen = ({ date, weekday }: PlainPhrase): boolean =>
  date === null ? weekday?.isOfNextWeek !== true : date.kind === 'day-of-month';

const isDated = ({ date, weekday }: PlainPhrase): boolean => date !== null || weekday !== null;

/** A phrase held against clocks: what all that follows needs. */
type Held = { readonly phrase: PlainPhrase; readonly clocks: Clocks; readonly reading: Reading };

const nowOn = ({ clocks, reading }: Held): number => shownAt(reading.nowMs, clocks);

/** From when on the next such time is looked for: an end is the next one from the start on. */
const soonest = ({ reading: { takesLength, start, nowMs } }: Held): number =>
  takesLength && start !== null ? toMillis(start) : nowMs;

/** What the phrase would mean with other parts. */
const meantAs = ({ clocks, reading }: Held, phrase: PlainPhrase): readonly Candidate[] =>
  meantBy(onClocks(phrase, clocks, reading));

const meantOn = (held: Held, days: readonly number[]): readonly Candidate[] =>
  days.flatMap((day) => meantAs(held, { ...held.phrase, date: dateOn(day), weekday: null }));

const understood = (millis: number, { clocks, reading }: Held): Understood => ({
  instant: toInstant(millis),
  zone: zoneShowing(millis, clocks, reading.zone),
});

/** What was typed, as a thing of the past, with the days after it on which it lies ahead, and last itself. */
function past(meant: Understood, later: readonly Candidate[]): Read {
  const typed = candidatesAt([toMillis(meant.instant)], meant.zone);
  return err({ kind: 'past', instant: meant.instant, candidates: [...later, ...typed] });
}

/** Refuses a date that has not the weekday that was typed beside it; null for one that has it, if only in the year in which it is ahead. */
function refuseWeekday(held: Held, day: number, isAhead: (day: number) => boolean): Read | null {
  const { date, weekday } = held.phrase;
  if (weekday === null) return null;
  const later = isAhead(day) ? day : laterDays(date, day, midnightOf(nowOn(held))).find(isAhead);
  const [ahead, isYearless] = [later ?? day, date?.kind === 'calendar' && date.year === null];
  const shown = isYearless ? ahead : day;
  if (fitsWeekday(shown, weekday)) return null;
  const candidates = meantOn(held, [...new Set([ahead, nearestOn(ahead, weekday, isAhead)])]);
  return err({ kind: 'other-weekday', day: dayText(shown), candidates });
}

/** The instant at a time of day on one day. */
function onDay(held: Held, day: number, clock: Clock): Read {
  const { phrase, clocks, reading } = held;
  const { date, daysOn } = phrase;
  const fromMidnight = daysOn * DAY_MS + timeOfDay(clock);
  const isAhead = (other: number): boolean => reading.mayBePast || other + fromMidnight >= nowOn(held);
  const refused = refuseWeekday(held, day, isAhead);
  if (refused !== null) return refused;
  const pinned = pin(day + fromMidnight, clocks);
  if (!pinned.ok) return pinned;
  const meant = understood(pinned.value, held);
  if (reading.mayBePast || pinned.value >= reading.nowMs) return ok(meant);
  const later = laterDays(date, day, midnightOf(nowOn(held))).find(isAhead);
  return past(meant, later === undefined ? [] : meantOn(held, [later]));
}

/** What was found as the next such time; of an event that has begun, it may be past, and then a later one may be meant. */
function nextFound(held: Held, millis: number): Read {
  const { phrase, clocks, reading } = held;
  const meant = understood(millis, held);
  if (reading.mayBePast || millis >= reading.nowMs) return ok(meant);
  return past(meant, meantBy(onClocks(phrase, clocks, { ...reading, takesLength: false })));
}

/** The first instant at a time of day on any of these days, from the soonest that may be meant on. */
function onNext(held: Held, days: readonly number[], clock: Clock): Read {
  const { phrase, clocks } = held;
  const from = soonest(held);
  for (const day of days) {
    const wallMs = day + phrase.daysOn * DAY_MS + timeOfDay(clock);
    const instants = instantsOn(wallMs, clocks);
    const ahead = instants.filter((millis) => millis >= from);
    const [first] = ahead;
    const isAhead = instants.length === 0 ? wallMs > shownAt(from, clocks) : first !== undefined;
    if (!isAhead) continue;
    if (first !== undefined && ahead.length === 1) return nextFound(held, first);
    const pinned = pin(wallMs, clocks);
    return pinned.ok ? nextFound(held, pinned.value) : pinned;
  }
  return noSuchDate([]);
}

/** The instant at a time of day that clocks show, or would show the day after, as they show 25:00 at 01:00. */
function atTime(held: Held, clock: Clock): Read {
  const { phrase, clocks, reading } = held;
  const { hour, minute, second } = clock;
  if (minute > 59 || second > 59 || hour > 47) return noSuchDate([]);
  const today = midnightOf(nowOn(held));
  const first = midnightOf(shownAt(soonest(held), clocks));
  if (hour > 23) {
    const date = isDated(phrase) ? phrase.date : ({ kind: 'days-ahead', days: (first - today) / DAY_MS } as const);
    const dayAfter = { ...phrase, date, daysOn: phrase.daysOn + 1 };
    return noSuchDate(meantAs(held, atClock(dayAfter, { ...clock, hour: hour - 24 })));
  }
  const days = daysOf(phrase.date, phrase.weekday, isOpen(phrase) ? first : today);
  if (!days.ok) return noSuchDate(meantOn(held, days.error.nearest));
  const { value } = days;
  if (value.kind === 'fixed') return onDay(held, value.day, clock);
  if (reading.takesLength && reading.start === null) return err({ kind: 'awaits-start', candidates: [] });
  return onNext(held, value.days, clock);
}

/** Why a date without a time of day is none: it is in no calendar, or has not the weekday that was typed beside it. */
function refuseDate(held: Held): Read | null {
  const today = midnightOf(nowOn(held));
  const days = daysOf(held.phrase.date, held.phrase.weekday, today);
  if (!days.ok) return noSuchDate(meantOn(held, days.error.nearest));
  return days.value.kind === 'next' ? null : refuseWeekday(held, days.value.day, (day) => day >= today);
}

/** A date alone: it needs a time, perhaps the one that the field has now. */
function withoutTime(held: Held): Read {
  const { phrase, clocks, reading } = held;
  if (!isDated(phrase)) return err({ kind: 'unreadable-time', example: TIME_EXAMPLE, candidates: [] });
  const refused = refuseDate(held);
  if (refused !== null) return refused;
  const kept = reading.present === null ? null : clockOn(shownAt(toMillis(reading.present), clocks));
  const date = phrase.date?.kind === 'calendar' ? phrase.date : null;
  const yearless = { ...phrase, date: date && { ...date, year: null, yearAsClock: null } };
  const candidates = [
    ...(kept === null ? [] : meantAs(held, atClock(phrase, kept))),
    ...(date?.yearAsClock ? meantAs(held, atClock(yearless, date.yearAsClock)) : []),
  ];
  return err({ kind: 'needs-time', candidates });
}

/** An hour of which nobody knows the half of the day. */
function bareHour(held: Held, hour: number): Read {
  const hours = hour > 12 ? [hour] : [hour % 12, (hour % 12) + 12];
  const candidates = hour > 23 ? [] : hours.flatMap((one) => meantAs(held, atHour(held.phrase, one)));
  return hour > 12
    ? err({ kind: 'unreadable-time', example: TIME_EXAMPLE, candidates })
    : err({ kind: 'ambiguous-clock', candidates });
}

/** A time with a letter that is the half of the day, or, unless another zone was typed, that of a military zone. */
function lettered(held: Held, { letter, hour, minute, second }: Clock & { readonly letter: 'a' | 'p' }): Read {
  const { phrase, clocks, reading } = held;
  const half = atClock(phrase, { hour: (hour % 12) + (letter === 'p' ? 12 : 0), minute, second });
  if (phrase.zone !== null) return onClocks(half, clocks, reading);
  const military = atClock(phrase, { hour, minute, second });
  const here = onClocks(half, clocks, reading);
  const there = onClocks(military, { zone: reading.zone, offset: offsetOfLetter(letter) }, reading);
  if (here.ok && there.ok && here.value.instant === there.value.instant) return here;
  const meaning = `zone ${letter.toUpperCase()}`;
  const candidates = [...meantBy(here), ...meantBy(there).map((candidate) => ({ ...candidate, meaning }))];
  return err({ kind: 'ambiguous-clock', candidates });
}

/** What the phrase means on these clocks. A refusal names what it may have meant instead. */
export function onClocks(phrase: PlainPhrase, clocks: Clocks, reading: Reading): Read {
  const held: Held = { phrase, clocks, reading };
  const { clock } = phrase;
  if (clock === null) return withoutTime(held);
  if (clock.kind === 'clock') return atTime(held, clock);
  if (clock.kind === 'lettered') return lettered(held, clock);
  if (clock.kind === 'bare-hour') return bareHour(held, clock.hour);
  const beginning = atHour(phrase, 0);
  if (!isDated(phrase)) return onClocks(beginning, clocks, reading);
  const candidates = [beginning, { ...beginning, daysOn: 1 }].flatMap((other) => meantAs(held, other));
  return err({ kind: 'ambiguous-clock', candidates });
}
