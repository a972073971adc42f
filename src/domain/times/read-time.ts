import type { Instant } from '../event.ts';
import { assertNever, err, ok, type Result } from '../result.ts';
import { MINUTE_MS, wallAt } from '../zones/zone.ts';
import { inverse } from './amounts.ts';
import { inRange, instantsOn, meantBy } from './clocks.ts';
import { moveInstant } from './move.ts';
import { TIME_EXAMPLE } from './on-clocks.ts';
import { parsePlain } from './plain-time.ts';
import { readPhrase } from './read-phrase.ts';
import { resolveTime } from './resolve-time.ts';
import { toInstant } from './time.ts';
import type { TimePhrase } from './time-phrase.ts';
import type { Candidate, Move, Reading, TimeError, Understood } from './typed-time.ts';

type Read = Result<Understood, TimeError>;

const unreadable = (example: string, candidates: readonly Candidate[] = []): Read =>
  err({ kind: 'unreadable-time', example, candidates });

/** A time in full that raises no question; null for all else. Most times that come from a form are such. */
function readPlain(text: string, { zone, nowMs, mayBePast }: Reading): Understood | null {
  const plain = parsePlain(text.trim());
  if (!plain.ok) return null;
  const [first, second] = instantsOn(plain.value.wallMs, { zone, offset: plain.value.offset });
  if (first === undefined || second !== undefined || (first < nowMs && !mayBePast)) return null;
  const instant = inRange(first);
  return instant.ok ? { instant: toInstant(instant.value), zone } : null;
}

function movedFrom(origin: Instant | null, move: Move, { zone, unitZone }: Reading): Read {
  if (origin === null) return err({ kind: 'no-origin', candidates: [] });
  const moved = moveInstant(origin, move, unitZone);
  return moved.ok ? ok({ instant: moved.value, zone }) : moved;
}

/** Counted from the start of the event. */
const fromStart = (move: Move, reading: Reading): Read =>
  reading.takesLength && reading.start === null
    ? err({ kind: 'awaits-start', candidates: [] })
    : movedFrom(reading.start, move, reading);

const FIRST_CLEAR_HOUR = 13;

/** What may have been meant by a length where none is taken: as far from what is there now, or before the start. */
const distances = (move: Move, reading: Reading): readonly Candidate[] =>
  [movedFrom(reading.present, move, reading), movedFrom(reading.start, inverse(move), reading)].flatMap(meantBy);

/** `3h`: a length where one is taken, a time of day if it can hardly be anything else. */
function readLength({ move, clock }: Extract<TimePhrase, { kind: 'length' }>, text: string, reading: Reading): Read {
  if (reading.takesLength) {
    return move.days === 0 && move.ms === 0 ? unreadable('3h') : fromStart(move, reading);
  }
  if (clock?.kind !== 'clock' || clock.hour < FIRST_CLEAR_HOUR) {
    return unreadable(`+${text.trim()}`, distances(move, reading));
  }
  const nothingElse = { date: null, weekday: null, zone: null, move: null, daysOn: 0 };
  return resolveTime({ kind: 'absolute', clock, ...nothingElse }, reading);
}

const MINUTES = /^(\d{4})\s*m$/;
const HOURS = /^(\d|1[0-2]):([0-5]\d)\s*h(?:rs?|ours?)?$/i;

/** `1440m`, a length, as `1440M` is none; `2:30h`, which may be both. Null for all else. */
function readLong(text: string, reading: Reading): Read | null {
  const [, minutes] = MINUTES.exec(text) ?? [];
  if (minutes !== undefined) return fromStart({ days: 0, ms: Number(minutes) * MINUTE_MS }, reading);
  const [, hour, minute] = HOURS.exec(text) ?? [];
  if (hour === undefined || minute === undefined) return null;
  const length = fromStart({ days: 0, ms: (Number(hour) * 60 + Number(minute)) * MINUTE_MS }, reading);
  if (!length.ok) return length;
  const clock = readTime(`${hour}:${minute}`, reading);
  return err({ kind: 'ambiguous-clock', candidates: [length, clock].flatMap(meantBy) });
}

const TIMESTAMP = /^<t:(\d{1,11})(?::[tTdDfFR])?>$/;

/** A timestamp of Discord's, copied from a message, as the time that it is; all other text as it is. */
function spellOut(text: string): string {
  const [, seconds] = TIMESTAMP.exec(text.trim()) ?? [];
  return seconds === undefined ? text : toInstant(Number(seconds) * 1000);
}

/** The minute that it is: nobody means seconds who says `in 90 minutes`. */
const thisMinute = ({ nowMs }: Reading): Instant => toInstant(Math.floor(nowMs / MINUTE_MS) * MINUTE_MS);

/**
 * What was `typed` as one of PERSCOM's times: a date and a time in many forms, a date-time group, a distance from what the
 * field has now or from the start of the event, or, for an end, a length. Whatever may mean several things is refused with all of
 * them.
 */
export function readTime(typed: string, reading: Reading): Read {
  const text = spellOut(typed);
  const plain = readPlain(text, reading);
  if (plain !== null) return ok(plain);
  const long = reading.takesLength ? readLong(text.trim(), reading) : null;
  if (long !== null) return long;
  const thisYear = wallAt(reading.nowMs, reading.zone).getUTCFullYear();
  const phrase = readPhrase(text, { thisYear, takesClock: true });
  if (phrase === null) return unreadable(TIME_EXAMPLE);
  switch (phrase.kind) {
    case 'absolute':
      return resolveTime(phrase, reading);
    case 'from-present':
      return movedFrom(reading.present, phrase.move, reading);
    case 'from-start':
      return fromStart(phrase.move, reading);
    case 'from-now':
      return movedFrom(thisMinute(reading), phrase.move, reading);
    case 'length':
      return readLength(phrase, text, reading);
    default:
      return assertNever(phrase);
  }
}
export type { Day } from './all-day.ts';
export { moveInstant, readMove } from './move.ts';
export { type DayError, readDay } from './read-day.ts';
export type { Move } from './typed-time.ts';
