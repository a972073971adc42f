import type { Instant } from './event.ts';
import type { Field } from './field.ts';
import { ok, type Result } from './result.ts';
import { clocksOf, dayInput, type Snapshot, type TypedForm, takesDays } from './snapshot.ts';
import type { TextAnswers } from './texts/text-field.ts';
import { daysLater, moveDays, readDayTime } from './times/day-input.ts';
import { readTime } from './times/read-time.ts';
import { toInstant, toMillis } from './times/time.ts';
import type { Candidate, DateOrder, TimeError, Understood } from './times/typed-time.ts';
import { DAY_MS, instantsShowing, wallAt } from './zones/zone.ts';

/** A candidate that was picked for a field: its instant counts in place of what was typed. */
export type Picked = { readonly field: Field; readonly instant: Instant };

/** Against what a form is read when it is submitted. */
export type Submitting = {
  readonly nowMs: number;
  readonly dateOrder: DateOrder | null;
  readonly picks: readonly Picked[];
  /** What came for texts besides. */
  readonly texts: TextAnswers;
};

/** What a form says of an event's start by now: null once it was refused. */
export type StartSoFar = Instant | null;

/** What was typed into the input of a time. `start` is where lengths and `start -24h` count from. */
export function readTimeInput(
  snapshot: Snapshot,
  { field, shown, text }: { readonly field: Field; readonly shown: Instant | null; readonly text: string },
  typedForm: TypedForm,
  start: StartSoFar,
  { nowMs, dateOrder, picks }: Submitting,
): Result<Understood, TimeError> {
  const isAllDay = typedForm.get('all_day') === true || (snapshot.isAllDay && typedForm.get('all_day') !== false);
  const { unitZone } = snapshot;
  const zone = clocksOf(snapshot, field);
  const pick = picks.find((one) => one.field === field);
  if (pick !== undefined) return ok({ instant: pick.instant, zone });
  const origins = { present: shown, start: field === 'starts' ? null : start, nowMs };
  const from = { ...origins, zone, unitZone, dateOrder, mayBePast: false, takesLength: field === 'ends' };
  const day = takesDays({ isAllDay }, field) ? readDayTime(text, dayInput(field, shown, snapshot.starts), from) : null;
  return day ?? readTime(text, from);
}

/**
 * The end that keeps an event as long as it is when its start moves: whole days where it takes whole days, else the same time to the
 * second. Null where there is no end, or none that is after the start.
 */
export function endAfter(snapshot: Snapshot, ends: Instant | null, newStart: Instant): Instant | null {
  const { starts, unitZone, isAllDay } = snapshot;
  if (ends === null || ends < starts || (ends === starts && !isAllDay)) return null;
  if (!isAllDay) return toInstant(toMillis(ends) + toMillis(newStart) - toMillis(starts));
  const moved = moveDays(dayInput('ends', ends, starts), daysLater(starts, newStart, unitZone), unitZone);
  return moved.ok ? moved.value : null;
}

/** The first time after `starts` at which the clocks of `zone` show the time of day of `ends`; none where they skip or double it. */
export function nextAfter(starts: Instant, ends: Instant, zone: string): readonly Candidate[] {
  const [from, to] = [toMillis(starts), toMillis(ends)].map((millis) => wallAt(millis, zone).getTime());
  if (from === undefined || to === undefined) return [];
  const wall = to + Math.ceil((from - to + 1) / DAY_MS) * DAY_MS;
  const [at, another] = instantsShowing(wall, zone);
  if (at === undefined || another !== undefined) return [];
  const instant = toInstant(at);
  return [{ instant, text: instant, zone, dateOrder: null }];
}
