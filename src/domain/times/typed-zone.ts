import { canonicalZone, HOUR_MS, isOffset } from '../zones/zone.ts';
import { clocksNamed, meaningsOf, offsetOfLetter } from '../zones/zone-names.ts';
import type { TypedZone } from './time-phrase.ts';
import { digitsAfter, digitsAt, type Found, isGluedAt, markAt, type Token, wordAt } from './time-tokens.ts';
import { unitOf } from './vocabulary.ts';

const signed = (sign: string, hours: string, minutes: string): number =>
  (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));

/** Whether the text begins with `2026-11-28` or `20261128`. */
const beginsAsIso = (tokens: readonly Token[]): boolean =>
  digitsAt(tokens, 0).length === 8 ||
  (digitsAt(tokens, 0).length === 4 && markAt(tokens, 1) === '-' && markAt(tokens, 3) === '-');

/** Whether a sign may stand between two times, as in `19:00-01:00`: only in an ISO time would that be an offset. */
const isRange = (tokens: readonly Token[], at: number): boolean =>
  markAt(tokens, at) === '-' && isGluedAt(tokens, at) && digitsAt(tokens, at - 1) !== '' && !beginsAsIso(tokens);

/** Behind an offset that is glued to `UTC`: an `h`, which says that it counts hours. */
const afterHours = (tokens: readonly Token[], at: number, start: number): number =>
  isGluedAt(tokens, start) && unitOf(wordAt(tokens, at))?.ms === HOUR_MS ? at + 1 : at;

/** `+01:00`, `+0100`, and, where `mayBeShort`, `+1` and `+1h`: minutes, which no clock need show. */
function signedOffsetAt(tokens: readonly Token[], at: number, mayBeShort: boolean): Found<number> | null {
  const sign = markAt(tokens, at);
  const hours = digitsAt(tokens, at + 1);
  if ((sign !== '+' && sign !== '-') || !isGluedAt(tokens, at + 1) || isRange(tokens, at)) return null;
  const minutes = digitsAfter(':', tokens, at + 2);
  if (minutes.length === 2 && hours.length <= 2) return { value: signed(sign, hours, minutes), next: at + 4 };
  const next = mayBeShort ? afterHours(tokens, at + 2, at) : at + 2;
  if (unitOf(wordAt(tokens, next)) !== undefined) return null;
  if (hours.length === 4) return { value: signed(sign, hours.slice(0, 2), hours.slice(2)), next };
  return mayBeShort && hours.length > 0 && hours.length <= 2 ? { value: signed(sign, hours, ''), next } : null;
}

/** An offset that a clock on earth shows, else a zone that nobody knows. */
function offsetZone(tokens: readonly Token[], at: number, found: Found<number>): Found<TypedZone> {
  const name = tokens
    .slice(at, found.next)
    .map(({ typed }) => typed)
    .join('');
  const isKnown = isOffset(found.value) && !/\d:?[6-9]\d$/.test(name);
  return { value: isKnown ? { kind: 'offset', offset: found.value } : { kind: 'unknown', name }, next: found.next };
}

/** `UTC`, `GMT-5`, `UTC+05:30`, `Z`. */
function universal(tokens: readonly Token[], at: number): Found<TypedZone> | null {
  const word = wordAt(tokens, at);
  if (word === 'z' || word === 'zulu') return { value: { kind: 'offset', offset: 0 }, next: at + 1 };
  if (word !== 'utc' && word !== 'gmt') return null;
  const found = signedOffsetAt(tokens, at + 1, true);
  return found === null ? { value: { kind: 'offset', offset: 0 }, next: at + 1 } : offsetZone(tokens, at, found);
}

function named(tokens: readonly Token[], at: number): Found<TypedZone> | null {
  const word = wordAt(tokens, at);
  const zone = clocksNamed(word);
  const next = wordAt(tokens, at + 1) === 'time' ? at + 2 : at + 1;
  if (zone !== undefined) return { value: { kind: 'place', zone }, next };
  const meanings = meaningsOf(word);
  return meanings === undefined ? null : { value: { kind: 'abbreviation', name: word.toUpperCase(), meanings }, next };
}

function place(tokens: readonly Token[], at: number): Found<TypedZone> | null {
  const token = tokens[at];
  if (token?.kind !== 'place') return null;
  const zone = canonicalZone(token.typed);
  return { value: zone === null ? { kind: 'unknown', name: token.typed } : { kind: 'place', zone }, next: at + 1 };
}

/** The zone of a military letter. */
export function zoneOfLetter(letter: string): TypedZone | null {
  if (letter === 'j') return { kind: 'unit' };
  const offset = offsetOfLetter(letter);
  return offset === null ? null : { kind: 'offset', offset };
}

/** The letter behind a time, as in `1900Z` and `19:00 R`; `h` there stands for hours. */
function letterAt(tokens: readonly Token[], at: number): Found<TypedZone> | null {
  const isBehindTime = digitsAt(tokens, at - 1).length === 4 || markAt(tokens, at - 2) === ':';
  const zone = isBehindTime ? zoneOfLetter(wordAt(tokens, at)) : null;
  return zone === null ? null : { value: zone, next: at + 1 };
}

/** The zone that stands here. A bare `-5` is none, but `+01` may end an ISO time. */
export function zoneAt(tokens: readonly Token[], at: number): Found<TypedZone> | null {
  const isIso = beginsAsIso(tokens) && isGluedAt(tokens, at) && digitsAt(tokens, at + 1).length === 2;
  const offset = signedOffsetAt(tokens, at, isIso);
  if (offset !== null) return offsetZone(tokens, at, offset);
  return universal(tokens, at) ?? letterAt(tokens, at) ?? named(tokens, at) ?? place(tokens, at);
}
