import { ATLANTIC } from '../zones/zone-names.ts';
import { amountAt, inverse, signedAmountAt } from './amounts.ts';
import { groupAt } from './date-time-group.ts';
import type { AbsolutePhrase, TimePhrase, TypedClock, TypedDate, TypedWeekday, TypedZone } from './time-phrase.ts';
import { type Found, isGluedAt, markAt, type Token, tokensOf, wordAt } from './time-tokens.ts';
import { bareHourAt, clockAt, dottedClockAt } from './typed-clock.ts';
import { dateAt, weekdayAt } from './typed-date.ts';
import type { Move } from './typed-time.ts';
import { zoneAt } from './typed-zone.ts';
import { isFiller } from './vocabulary.ts';

/** What the direction words turn an amount into. */
type Direction = 'before' | 'after' | 'later' | 'earlier' | 'in';

/** The parts of a phrase, each of which may stand in it once. */
type Parts = {
  readonly date?: TypedDate;
  readonly weekday?: TypedWeekday;
  readonly clock?: TypedClock;
  readonly zone?: TypedZone;
  readonly move?: Move;
  readonly amount?: { readonly move: Move; readonly clock: TypedClock | null };
  readonly direction?: Direction;
  readonly isFromStart?: true;
};

/** What a phrase is read with: the year that it is, and whether a time of day belongs into it. */
export type PhraseContext = { readonly thisYear: number; readonly takesClock: boolean };

type Reader = (tokens: readonly Token[], at: number, parts: Parts, context: PhraseContext) => Found<Parts> | null;

const asPart = <Value>(found: Found<Value> | null, part: (value: Value) => Parts): Found<Parts> | null =>
  found === null ? null : { value: part(found.value), next: found.next };

const DIRECTIONS: ReadonlyMap<string, Direction> = new Map([
  ['before', 'before'],
  ['after', 'after'],
  ['later', 'later'],
  ['earlier', 'earlier'],
  ['in', 'in'],
]);

const direction: Reader = (tokens, at) => {
  const value = DIRECTIONS.get(wordAt(tokens, at));
  return value === undefined ? null : { value: { direction: value }, next: at + 1 };
};

const start: Reader = (tokens, at) =>
  ['start', 'starts'].includes(wordAt(tokens, at)) ? { value: { isFromStart: true }, next: at + 1 } : null;

/** Words and dots that only part the rest. */
const filler: Reader = (tokens, at) => {
  const isDot = at > 0 && markAt(tokens, at) === '.' && isGluedAt(tokens, at);
  return isDot || isFiller(wordAt(tokens, at)) ? { value: {}, next: at + 1 } : null;
};

const move: Reader = (tokens, at) => asPart(signedAmountAt(tokens, at), (value) => ({ move: value }));

const group: Reader = (tokens, at, parts) =>
  parts.date === undefined ? asPart(groupAt(tokens, at), (value) => value) : null;

const date: Reader = (tokens, at, parts, { thisYear, takesClock }) =>
  asPart(dateAt(tokens, at, { thisYear, needsNoClock: parts.clock !== undefined || !takesClock }), (value) => ({
    date: value,
  }));

const weekday: Reader = (tokens, at) => asPart(weekdayAt(tokens, at), (value) => ({ weekday: value }));

const clock: Reader = (tokens, at) => asPart(clockAt(tokens, at), (value) => ({ clock: value }));

const dottedClock: Reader = (tokens, at, { date, weekday }) =>
  asPart(dottedClockAt(tokens, at, date !== undefined || weekday !== undefined), (value) => ({ clock: value }));

const amount: Reader = (tokens, at) =>
  asPart(amountAt(tokens, at), (value) => ({
    amount: { move: value.move, clock: value.clock === null ? null : { kind: 'clock', ...value.clock } },
  }));

const bareHour: Reader = (tokens, at) => asPart(bareHourAt(tokens, at), (value) => ({ clock: value }));

/** Whether an `at` is Atlantic time: it ends what has a time before it, and so parts nothing. */
const isAtlantic = (tokens: readonly Token[], at: number, { clock }: Parts): boolean =>
  wordAt(tokens, at) === 'at' && at + 1 === tokens.length && clock !== undefined;

/** An offset has to stand behind the time. */
const zone: Reader = (tokens, at, parts) => {
  if (isAtlantic(tokens, at, parts)) return { value: { zone: { kind: 'place', zone: ATLANTIC } }, next: at + 1 };
  return markAt(tokens, at) !== '' && parts.clock === undefined && parts.amount === undefined
    ? null
    : asPart(zoneAt(tokens, at), (value) => ({ zone: value }));
};

/** A last word behind a time that says nothing to us can only have been meant as a zone. */
const unknownZone: Reader = (tokens, at, parts) => {
  const token = tokens[at];
  const isLast = token?.kind === 'word' && (at + 1 === tokens.length || markAt(tokens, at + 1) !== '');
  if (!isLast || parts.clock === undefined || parts.zone !== undefined) return null;
  return { value: { zone: { kind: 'unknown', name: token.typed } }, next: at + 1 };
};

/** The first that finds something wins. */
const READERS: readonly Reader[] = [
  group,
  dottedClock,
  date,
  weekday,
  clock,
  amount,
  zone,
  move,
  direction,
  start,
  filler,
  bareHour,
  unknownZone,
];

const COMPOSED: readonly (keyof Parts)[] = ['date', 'weekday', 'clock'];

/**
 * Both, unless something would be said twice, or a time would stand behind the distance that moves it: `+1d 8pm` may mean two
 * things.
 */
function joined(parts: Parts, more: Parts): Parts | null {
  const names = Object.keys(more);
  if (names.some((name) => Object.hasOwn(parts, name))) return null;
  if (parts.move !== undefined && COMPOSED.some((name) => Object.hasOwn(more, name))) return null;
  return { ...parts, ...more };
}

function partsOf(tokens: readonly Token[], context: PhraseContext): Parts | null {
  let parts: Parts = {};
  for (let at = 0; at < tokens.length; ) {
    let found: Found<Parts> | null = null;
    for (const reader of READERS) {
      found = reader(tokens, at, parts, context);
      if (found !== null) break;
    }
    const both = found === null ? null : joined(parts, found.value);
    if (found === null || both === null) return null;
    parts = both;
    at = found.next;
  }
  return parts;
}

const NOWHERE: Move = { days: 0, ms: 0 };

const absolute = (parts: Parts): AbsolutePhrase => ({
  kind: 'absolute',
  date: parts.date ?? null,
  weekday: parts.weekday ?? null,
  clock: parts.clock ?? null,
  zone: parts.zone ?? null,
  move: parts.move ?? null,
  daysOn: 0,
});

const isAlone = ({ date, weekday, clock, zone }: Parts): boolean =>
  date === undefined && weekday === undefined && clock === undefined && zone === undefined;

/** `start -24h`, `24h before`, `30m after start`, `start`. */
function fromStart(parts: Parts): TimePhrase | null {
  const { amount, direction, move, isFromStart } = parts;
  if (!isAlone(parts)) return null;
  if (amount === undefined) {
    return isFromStart && direction === undefined ? { kind: 'from-start', move: move ?? NOWHERE } : null;
  }
  if (move !== undefined || (direction !== 'before' && direction !== 'after')) return null;
  return { kind: 'from-start', move: direction === 'before' ? inverse(amount.move) : amount.move };
}

/** `1 day later`, `in 90 minutes`, `in 2 weeks 19:00`. */
function fromElsewhere(parts: Parts): TimePhrase | null {
  const { amount, direction, ...rest } = parts;
  if (amount === undefined || parts.date !== undefined || parts.weekday !== undefined) return null;
  if (direction === 'in') {
    const { days, ms } = amount.move;
    if (ms === 0) return absolute({ ...rest, date: { kind: 'days-ahead', days } });
    return isAlone(parts) && parts.move === undefined ? { kind: 'from-now', move: amount.move } : null;
  }
  if (!isAlone(parts) || parts.move !== undefined) return null;
  return { kind: 'from-present', move: direction === 'earlier' ? inverse(amount.move) : amount.move };
}

/** `3h`, a length; `28 Nov 19h`, a time. */
function fromAmount(parts: Parts): TimePhrase | null {
  const { amount, ...rest } = parts;
  if (amount === undefined || parts.clock !== undefined) return null;
  if (isAlone(parts) && parts.move === undefined) return { kind: 'length', ...amount };
  return amount.clock === null ? null : absolute({ ...rest, clock: amount.clock });
}

function phraseOf(parts: Parts): TimePhrase | null {
  if (parts.isFromStart || parts.direction === 'before' || parts.direction === 'after') return fromStart(parts);
  if (parts.direction !== undefined) return fromElsewhere(parts);
  if (parts.amount !== undefined) return fromAmount(parts);
  if (parts.move !== undefined && isAlone(parts)) return { kind: 'from-present', move: parts.move };
  return isAlone(parts) ? null : absolute(parts);
}

/** Longer than any time that anybody types. */
const MAX_CHARACTERS = 120;

/** What `text` says; null if it is no time, or says something twice. */
export function readPhrase(text: string, context: PhraseContext): TimePhrase | null {
  if (text.length > MAX_CHARACTERS) return null;
  const parts = partsOf(tokensOf(text), context);
  return parts === null ? null : phraseOf(parts);
}
