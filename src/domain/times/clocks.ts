import { err, ok, type Result } from '../result.ts';
import { gapAround, instantsShowing, MINUTE_MS, offsetAt, wallAt } from '../zones/zone.ts';
import { showWall, toInstant } from './time.ts';
import type { Candidate, TimeError, Understood } from './typed-time.ts';

/** The clocks that a typed time counts on: those of a zone, or some that are always at the same offset. */
export type Clocks = {
  /** Whose clocks they are, or are like: an IANA name. */
  readonly zone: string;
  /** Minutes east of UTC; null for the clocks of `zone`, which may be switched. */
  readonly offset: number | null;
};

/** What the clocks show at an instant, as UTC clocks would show it: both in milliseconds. */
export const shownAt = (millis: number, { zone, offset }: Clocks): number =>
  offset === null ? wallAt(millis, zone).getTime() : millis + offset * MINUTE_MS;

/** Every instant at which the clocks show what UTC clocks show at `wallMs`: none, one or two, in order. */
export const instantsOn = (wallMs: number, { zone, offset }: Clocks): readonly number[] =>
  offset === null ? instantsShowing(wallMs, zone) : [wallMs - offset * MINUTE_MS];

/** The zone to show an instant in that was typed for these clocks; `own` where no zone is known to have them then. */
export const zoneShowing = (millis: number, { zone, offset }: Clocks, own: string): string =>
  offset === null || offsetAt(zone, millis) === offset ? zone : own;

const [EARLIEST_MS, END_MS] = [Date.parse('0001-01-01T00:00:00Z'), Date.parse('9999-12-31T23:59:59Z') + 1000];

/** Whether the year in UTC is one that an {@link Instant} can tell: 1 to 9999. */
export const isInRange = (millis: number): boolean => millis >= EARLIEST_MS && millis < END_MS;

/** Years that can be typed have four digits. */
const TYPEABLE_MS = Date.parse('1000-01-01T00:00:00Z');

/** Candidates for these instants, but for such as nobody could type. */
export const candidatesAt = (instants: readonly number[], zone: string): readonly Candidate[] =>
  instants
    .filter((millis) => millis >= TYPEABLE_MS && isInRange(millis))
    .map((millis) => ({ instant: toInstant(millis), text: toInstant(millis), zone, dateOrder: null }));

/** The instant, unless no {@link Instant} can tell it. */
export const inRange = (millis: number): Result<number, TimeError> =>
  isInRange(millis) ? ok(millis) : err({ kind: 'no-such-date', candidates: [] });

/**
 * The instant at which the clocks show what UTC clocks show at `wallMs`, plus `laterMs`. Refused where they skip that, with the
 * times as far before and after the gap, or show it twice, with both.
 */
export function pin(wallMs: number, clocks: Clocks, laterMs = 0): Result<number, TimeError> {
  if (!isInRange(wallMs)) return err({ kind: 'no-such-date', candidates: [] });
  const { zone } = clocks;
  const instants = instantsOn(wallMs, clocks);
  const [first, second] = instants;
  const candidatesOf = (found: readonly number[]) =>
    candidatesAt(
      found.map((millis) => millis + laterMs),
      zone,
    );
  if (first === undefined) {
    const { from, to } = gapAround(wallMs, zone);
    const candidates = candidatesOf([from - to, to - from].flatMap((far) => instantsOn(wallMs + far, clocks)));
    return err({ kind: 'skipped-by-dst', zone, before: showWall(from), after: showWall(to), candidates });
  }
  if (second === undefined) return inRange(first + laterMs);
  return err({ kind: 'ambiguous-by-dst', zone, candidates: candidatesOf(instants) });
}

/** What may have been meant by something that was read this far: what it says, or else what the refusal names, but for the past. */
export function meantBy(read: Result<Understood, TimeError>): readonly Candidate[] {
  if (read.ok) return candidatesAt([Date.parse(read.value.instant)], read.value.zone);
  const { kind, candidates } = read.error;
  return kind === 'past' && candidates.length > 1 ? candidates.slice(0, -1) : candidates;
}
