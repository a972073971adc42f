import { err, ok, type Result } from '../result.ts';
import { canonicalZone, DAY_MS, nameClocks, offsetAt } from '../zones/zone.ts';
import { findZones, placeOf } from '../zones/zone-search.ts';
import { type Clocks, meantBy } from './clocks.ts';
import { moveInstant } from './move.ts';
import { onClocks, type PlainDate, type PlainPhrase } from './on-clocks.ts';
import type { AbsolutePhrase, NumbersDate, TypedZone, ZoneMeaning } from './time-phrase.ts';
import type { TimeError, Understood } from './typed-time.ts';
import { type Candidate, DATE_ORDERS, type DateOrder, type Move, type Reading } from './typed-time.ts';

type Read = Result<Understood, TimeError>;
type OrderError = Extract<TimeError, { readonly kind: 'ambiguous-order' }>;
type Abbreviation = Extract<TypedZone, { kind: 'abbreviation' }>;
type UnknownZone = Extract<TypedZone, { kind: 'unknown' }>;

/** The order that such numbers were written in: only one number can be a month, or it is the author's habit, or nobody can tell. */
function orderOf({ first, second }: NumbersDate, habit: DateOrder | null): DateOrder | null {
  if (first > 12 || first === second) return 'day-first';
  return second > 12 ? 'month-first' : habit;
}

function inOrder({ first, second, year, yearAsClock }: NumbersDate, order: DateOrder): PlainDate {
  const [day, month] = order === 'day-first' ? [first, second] : [second, first];
  return { kind: 'calendar', year, month, day, yearAsClock };
}

/** A way to read numbers as a date; `order` is null where the year comes first. */
type Way = { readonly order: DateOrder | null; readonly date: PlainDate };

const waysOf = (date: NumbersDate): readonly Way[] => [
  ...DATE_ORDERS.map((order) => ({ order, date: inOrder(date, order) })),
  ...(date.yearFirst === null ? [] : [{ order: null, date: date.yearFirst }]),
];

/** Whether a date is in the calendar, with the weekday that was typed beside it. */
const isDate = (read: Result<unknown, TimeError>): boolean =>
  read.ok || (read.error.kind !== 'no-such-date' && read.error.kind !== 'other-weekday');

/** Settles which number of a date is the day, for `read` to go on with; refused with all that it may be where nobody can tell. */
export function withOrder<Value, Failure extends TimeError>(
  date: NumbersDate,
  habit: DateOrder | null,
  read: (date: PlainDate) => Result<Value, Failure>,
  meant: (result: Result<Value, Failure>) => readonly Candidate[],
): Result<Value, Failure | OrderError> {
  const ways = waysOf(date).map((way) => ({ order: way.order, result: read(way.date) }));
  const [fitting, another] = ways.filter(({ result }) => isDate(result));
  if (fitting !== undefined && another === undefined) return fitting.result;
  const known = orderOf(date, habit);
  const possible = ways.filter(({ order }) => known === null || order === null || order === known);
  const [first, ...others] = possible;
  if (first !== undefined && others.length === 0) return first.result;
  const candidates = possible.flatMap(({ order, result }) =>
    meant(result).map((candidate) => ({ ...candidate, dateOrder: known === null ? order : null })),
  );
  return first !== undefined && candidates.length === 0 ? first.result : err({ kind: 'ambiguous-order', candidates });
}

const HALF_A_YEAR_MS = 183 * DAY_MS;

/** Whether the unit's clocks may be meant by an abbreviation: they are listed for it, or are called so in summer or in winter. */
function isOfUnit(name: string, { zones, offset }: ZoneMeaning, { unitZone, nowMs }: Reading): boolean {
  const own = canonicalZone(unitZone);
  if (zones.some((zone) => canonicalZone(zone) === own)) return true;
  return [nowMs, nowMs + HALF_A_YEAR_MS].some(
    (millis) => offsetAt(unitZone, millis) === offset && nameClocks(unitZone, millis) === name,
  );
}

const called = (meaning: string, candidates: readonly Candidate[]): readonly Candidate[] =>
  candidates.map((candidate) => ({ ...candidate, meaning }));

const MAX_ZONES = 5;

/** Refuses a zone that nobody knows, with the places that may be called so. */
function inUnknownZone(phrase: PlainPhrase, name: string, reading: Reading): Read {
  const hits = /^\p{L}{2}/u.test(name) ? findZones(name, { nowMs: reading.nowMs, home: reading.unitZone }) : [];
  const candidates = hits
    .slice(0, MAX_ZONES)
    .flatMap(({ zone, place }) => called(place, meantBy(onClocks(phrase, { zone, offset: null }, reading))));
  return err({ kind: 'unknown-zone', name, candidates });
}

/** Settles which zone an abbreviation means: its only one, or the unit's where just one of several has that. */
function inZoneCalled(phrase: PlainPhrase, { name, meanings }: Abbreviation, reading: Reading): Read {
  const at = (zone: string | undefined, offset: number): Read =>
    onClocks(phrase, { zone: zone ?? reading.zone, offset }, reading);
  const [only, ...others] = meanings;
  if (only !== undefined && others.length === 0) return at(only.zones[0], only.offset);
  const [possible, ...more] = meanings.filter((meaning) => isOfUnit(name, meaning, reading));
  if (possible !== undefined && more.length === 0) return at(reading.unitZone, possible.offset);
  const candidates = meanings.flatMap(({ zones: [zone = reading.zone], offset }) =>
    called(`${name} in ${placeOf(zone)}`, meantBy(at(zone, offset))),
  );
  return err({ kind: 'ambiguous-zone', name, candidates });
}

function clocksOf(zone: Exclude<TypedZone, Abbreviation | UnknownZone> | null, reading: Reading): Clocks {
  if (zone?.kind === 'unit') return { zone: reading.unitZone, offset: null };
  if (zone?.kind === 'place') return { zone: zone.zone, offset: null };
  return { zone: reading.zone, offset: zone?.kind === 'offset' ? zone.offset : null };
}

function inZone(phrase: PlainPhrase, reading: Reading): Read {
  const { zone } = phrase;
  if (zone?.kind === 'abbreviation') return inZoneCalled(phrase, zone, reading);
  if (zone?.kind === 'unknown') return inUnknownZone(phrase, zone.name, reading);
  return onClocks(phrase, clocksOf(zone, reading), reading);
}

/** What was read, moved on, and so whatever else it may have meant. */
function moved(read: Read, move: Move, { unitZone }: Reading): Read {
  if (read.ok) {
    const instant = moveInstant(read.value.instant, move, unitZone);
    return instant.ok ? ok({ ...read.value, instant: instant.value }) : instant;
  }
  const candidates = read.error.candidates.flatMap((candidate): readonly Candidate[] => {
    const instant = moveInstant(candidate.instant, move, unitZone);
    return instant.ok ? [{ ...candidate, instant: instant.value, text: instant.value }] : [];
  });
  return err({ ...read.error, candidates });
}

/** Whether a time that is moved on says its year, as one does that a form showed: then it may well be past. */
const isMovedOn = ({ date, move }: AbsolutePhrase): boolean =>
  move !== null && date?.kind === 'calendar' && date.year !== null;

/** What a time that stands for itself means. */
export function resolveTime(phrase: AbsolutePhrase, reading: Reading): Read {
  const { date, move } = phrase;
  const lenient = isMovedOn(phrase) ? { ...reading, mayBePast: true } : reading;
  const onDate = (plain: PlainDate | null): Read => inZone({ ...phrase, date: plain }, lenient);
  const read = date?.kind === 'numbers' ? withOrder(date, reading.dateOrder, onDate, meantBy) : onDate(date);
  return move === null ? read : moved(read, move, reading);
}
