import { type RawTimeZone, rawTimeZones } from '@vvo/tzdb';
import { err, ok, type Result } from '../result.ts';
import { LIKELY_ZONES, MORE_CITIES, MORE_COUNTRY_NAMES } from './cities.ts';
import { isZone, nameOffset, offsetAt } from './zone.ts';
import { NAMED_ZONES } from './zone-names.ts';

/** A zone that a search found, with the place by which it is known there: a city or an island, and its country. */
export type ZoneHit = { readonly zone: string; readonly place: string; readonly country: string };

/** When and for whom zones are searched for; `home` is the unit's zone, whose neighbours come first. */
export type Searching = { readonly nowMs: number; readonly home: string };

type Named = { readonly shown: string; readonly key: string };

/** All that a zone is found by. Keys and words are as `toKey` writes them. */
type Entry = ZoneHit & {
  /** IANA names: its own and those that stand for it. */
  readonly names: ReadonlySet<string>;
  readonly cities: readonly Named[];
  /** Names of its country and the country's code. */
  readonly countries: readonly string[];
  /** What its time is called: `eastern time`, `est` and `edt`. */
  readonly timeNames: readonly string[];
  readonly words: readonly string[];
  /** Whether it keeps the time of a bigger zone, and once kept its own. */
  readonly isMinor: boolean;
  readonly raw: Pick<RawTimeZone, 'rawOffsetInMinutes' | 'abbreviation' | 'dstAbbreviation'>;
};

const UNDECOMPOSED: Readonly<Record<string, string>> = { ß: 'ss', ø: 'o', ł: 'l', đ: 'd', æ: 'ae', ı: 'i' };

/** Text as it compares: small letters without accents, words parted by single blanks. */
const toKey = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[ßøłđæı]/g, (letter) => UNDECOMPOSED[letter] ?? letter)
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const split = (list: string | undefined): readonly string[] => list?.split(', ') ?? [];

/** `New York` of `America/New_York`. */
export const placeOf = (zone: string): string => zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');

/** Whether this is a name that the bot takes, and not a mere `EST` or `Cuba`; to ask the machine of all takes long. */
const isZoneName = (name: string): boolean => name.includes('/') || name === 'UTC';

function toEntry(raw: RawTimeZone, zone: string, aliases: readonly string[]): Entry {
  const isMinor = zone !== raw.name;
  const cities = [placeOf(zone), ...(isMinor ? [] : [...raw.mainCities, ...split(MORE_CITIES[zone])])];
  const named = cities.map((shown) => ({ shown, key: toKey(shown) }));
  const countries = [raw.countryName, raw.countryCode, ...split(MORE_COUNTRY_NAMES[raw.countryCode])].map(toKey);
  const typed = NAMED_ZONES.filter((named) => named[1] === zone).map(([name]) => name);
  const timeNames = [raw.alternativeName, raw.abbreviation, ...split(raw.dstAbbreviation), ...typed].map(toKey);
  const names = [zone, ...aliases].filter(isZoneName).map(toKey);
  const said = [...names, ...aliases.map(toKey), ...named.map(({ key }) => key), ...countries, ...timeNames];
  return {
    ...{ zone, place: placeOf(zone), country: raw.countryName, names: new Set(names), cities: named, countries },
    ...{ timeNames, words: [...new Set(said.join(' ').split(' '))], isMinor, raw },
  };
}

const UTC: RawTimeZone = {
  ...{ name: 'UTC', alternativeName: 'Coordinated Universal Time Zulu', group: ['UTC', 'Etc/UTC', 'Etc/GMT', 'Zulu'] },
  ...{ continentCode: '', continentName: '', countryName: '', countryCode: '', mainCities: [] },
  ...{ rawOffsetInMinutes: 0, abbreviation: 'UTC', rawFormat: '' },
};

/** What the machine's time zone data calls a zone; null if it knows none of that name. */
const ownNameOf = (zone: string): string | null =>
  isZone(zone) ? new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone : null;

/**
 * The zones of a group that shows the same time: its biggest, and those that the machine knows as zones of their own. Its
 * other names only stand for the biggest. One that the machine has not heard of yet is left out.
 */
function entriesOf(raw: RawTimeZone, known: ReadonlySet<string>): readonly Entry[] {
  const own = known.has(raw.name) ? raw.name : ownNameOf(raw.name);
  const minor = raw.group.filter((name) => known.has(name) && name !== raw.name && name !== own);
  const aliases = raw.group.filter((name) => name !== raw.name && !minor.includes(name));
  const biggest = own === null ? [] : [toEntry(raw, raw.name, aliases)];
  return [...biggest, ...minor.map((zone) => toEntry(raw, zone, []))];
}

let index: readonly Entry[] | null = null;

function buildIndex(): readonly Entry[] {
  const known = new Set(Intl.supportedValuesOf('timeZone'));
  return [UTC, ...rawTimeZones].flatMap((raw) => entriesOf(raw, known));
}

/** Every zone, put together when it is first asked for. */
function entries(): readonly Entry[] {
  index ??= buildIndex();
  return index;
}

/** What a search asks for: words, a time of day and an offset, the latter two in minutes. */
type Query = { readonly words: string; readonly clock: number | null; readonly offset: number | null };

const CLOCK = /(?<=^|\s)(\d{1,2})(?:[:.h]?(\d{2}))?\s*(am|pm)?(?=\s|$)/i;
const OFFSET = /(?<=^|\s)(?:utc|gmt)?\s?([+-])(\d{1,2})(?::?(\d{2}))?(?=\s|$)/i;

/** Minutes since midnight; null for a bare hour or what no clock shows. */
function parseClock([, hours, minutes, half]: readonly (string | undefined)[]): number | null {
  if (minutes === undefined && half === undefined) return null;
  const [hour, minute] = [Number(hours), Number(minutes ?? 0)];
  const isOnClock = minute <= 59 && (half === undefined ? hour <= 23 : hour >= 1 && hour <= 12);
  if (!isOnClock) return null;
  if (half === undefined) return hour * 60 + minute;
  return ((hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0)) * 60 + minute;
}

function parseQuery(typed: string): Query {
  const text = typed.replaceAll(/[−–—]/g, '-');
  const offsetMatch = OFFSET.exec(text);
  if (offsetMatch !== null) {
    const minutes = Number(offsetMatch[2]) * 60 + Number(offsetMatch[3] ?? 0);
    const offset = offsetMatch[1] === '-' ? -minutes : minutes;
    return { words: toKey(text.replace(offsetMatch[0], ' ')), clock: null, offset };
  }
  const match = CLOCK.exec(text);
  const clock = match === null ? null : parseClock(match);
  return { words: toKey(match === null || clock === null ? text : text.replace(match[0], ' ')), clock, offset: null };
}

const DAY_MINUTES = 24 * 60;
/** Watches differ, and somebody looks at theirs before they type. */
const CLOCK_TOLERANCE_MINUTES = 15;

/** Whether the clocks of a zone show what was asked for. */
function isAtTime({ zone }: Entry, { clock, offset }: Query, nowMs: number): boolean {
  if (clock === null && offset === null) return true;
  const own = offsetAt(zone, nowMs);
  if (clock === null) return own === offset;
  const shown = Math.floor(nowMs / 60_000) + own;
  const apart = (((shown - clock) % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES;
  return Math.min(apart, DAY_MINUTES - apart) <= CLOCK_TOLERANCE_MINUTES;
}

/** How well a zone fits, 0 at best; up to 1 it bears just this name. */
const EXACT = 1;

function rankOf(entry: Entry, words: string): number | null {
  if (words === '') return EXACT + 1;
  if (entry.names.has(words)) return 0;
  if (entry.cities.some(({ key }) => key === words)) return EXACT;
  if (entry.timeNames.includes(words)) return 2;
  if (entry.countries.includes(words)) return 3;
  if (entry.cities.some(({ key }) => key.startsWith(words))) return 4;
  if (entry.countries.some((country) => country.startsWith(words))) return 5;
  const parts = words.split(' ');
  return parts.every((part) => entry.words.some((word) => word.startsWith(part))) ? 6 : null;
}

const regionOf = (zone: string): string => zone.split('/')[0] ?? '';

/** How likely a zone is meant, 0 at most: the unit's own, then big ones, those of its continent first. */
function distanceFrom(home: string, { zone, isMinor }: Entry): number {
  if (zone === home) return 0;
  const likely = LIKELY_ZONES.indexOf(zone);
  const isNear = regionOf(zone) === regionOf(home);
  if (likely >= 0) return (isNear ? 1 : 101) + likely;
  return (isNear ? 201 : 202) + (isMinor ? 2 : 0);
}

type Ranked = { readonly entry: Entry; readonly rank: number; readonly distance: number };

const byRank = (a: Ranked, b: Ranked): number =>
  a.rank - b.rank || a.distance - b.distance || (a.entry.zone < b.entry.zone ? -1 : 1);

const asksForNothing = ({ words, clock, offset }: Query): boolean => words === '' && clock === null && offset === null;

function search(text: string, { nowMs, home }: Searching): readonly Ranked[] {
  const query = parseQuery(text);
  if (asksForNothing(query) && text.trim() !== '') return [];
  return entries()
    .flatMap((entry): Ranked[] => {
      const rank = rankOf(entry, query.words);
      if (rank === null || !isAtTime(entry, query, nowMs)) return [];
      return [{ entry, rank, distance: distanceFrom(home, entry) }];
    })
    .sort(byRank);
}

/** The hit, called by the city that was asked for where one was. */
function toHit({ entry: { zone, place, country, cities } }: Ranked, words: string): ZoneHit {
  const asked = words === '' ? undefined : cities.find(({ key }) => key.startsWith(words));
  return { zone, place: asked?.shown ?? place, country };
}

/**
 * The zones that `text` may mean, likeliest first: an IANA name, a city, a country or its code, an abbreviation, an offset
 * (`UTC+3`), what clocks show there now (`21:40`, `9:40pm`), or several of these. All of them for an empty text.
 */
export function findZones(text: string, searching: Searching): readonly ZoneHit[] {
  const { words } = parseQuery(text);
  return search(text, searching).map((ranked) => toHit(ranked, words));
}

/** `text` means no zone, or one of these. */
export type UnknownZone = { readonly kind: 'unknown-zone'; readonly text: string; readonly hits: readonly ZoneHit[] };

/** The one zone that `text` means: by its IANA name, by a name that no other has, or as the only one that is found. */
export function readZone(text: string, searching: Searching): Result<string, UnknownZone> {
  const query = parseQuery(text);
  const found = asksForNothing(query) ? [] : search(text, searching);
  const exact = found.filter(({ rank }) => rank <= EXACT);
  const [only, another] = exact.length > 0 ? exact : found;
  if (only !== undefined && another === undefined) return ok(only.entry.zone);
  if (isZone(text.trim())) return ok(text.trim());
  return err({ kind: 'unknown-zone', text, hits: found.map((ranked) => toHit(ranked, query.words)) });
}

/** What the clocks of `zone` show at a moment, with how far they are from UTC and what that time is called, if anything. */
export type ZoneClock = { readonly time: string; readonly offset: string; readonly abbreviation: string };

/** The list may know of changes that the machine does not, and the other way round; then nothing is said. */
function abbreviationOf(zone: string, offset: number): string {
  const raw = entries().find((entry) => entry.zone === zone)?.raw;
  if (raw === undefined) return '';
  const own = offset === raw.rawOffsetInMinutes ? raw.abbreviation : (raw.dstAbbreviation ?? '');
  return /^(?:UTC|GMT[+-].*)$/.test(own) ? '' : own;
}

/** The clocks of `zone` at a moment in milliseconds since the epoch. */
export function clockOf(zone: string, nowMs: number): ZoneClock {
  const offset = offsetAt(zone, nowMs);
  const time = new Date(nowMs + offset * 60_000).toISOString().slice(11, 16);
  return { time, offset: nameOffset(offset), abbreviation: abbreviationOf(zone, offset) };
}
