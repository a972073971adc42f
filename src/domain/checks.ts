import { type Agenda, type Entry, entriesNear, toEntry } from './agenda.ts';
import { type EventId, type EventRecord, type EventValues, endsTooEarly, type Instant, summaryOf } from './event.ts';
import type { Field } from './field.ts';
import { addDays, countDays, type Dates, datesOf, dayOf, isDayBreak, isDayEnd, startOfDay } from './times/all-day.ts';
import { toMillis } from './times/time.ts';
import { meansSame } from './value.ts';
import { HOUR_MS, MINUTE_MS } from './zones/zone.ts';

/** Two ops of one calendar that are less than this apart are worth a word: people need a break, and servers a restart. */
export const BUFFER_MS = 60 * MINUTE_MS;

/** How many neighbours a warning names. */
const MAX_NEIGHBOURS = 3;

/** Another op of the same calendar, and how an op lies to it. */
export type Neighbour = {
  readonly id: EventId;
  readonly name: string;
} /** The op is over `gapMs` before this one starts. */ & (
  | { readonly kind: 'before'; readonly gapMs: number }
  /** The op starts `gapMs` after this one is over. `hasEnd`: whether this one says when that is. */
  | { readonly kind: 'after'; readonly gapMs: number; readonly hasEnd: boolean }
  | { readonly kind: 'overlapping'; readonly overlapMs: number }
  /** Both take all day, and have dates in common. */
  | { readonly kind: 'same-dates' }
);

/** What is odd about an event as it would be. None of it keeps anything from being sent, save for `ends-too-early`. */
export type Warning =
  /** Its start and end, of which neither is sent. */
  | { readonly kind: 'ends-too-early'; readonly starts: Instant; readonly ends: Instant }
  | { readonly kind: 'starts-in-past'; readonly starts: Instant }
  | { readonly kind: 'deadline-in-past'; readonly deadline: Instant }
  | { readonly kind: 'deadline-after-start'; readonly deadline: Instant; readonly lateMs: number }
  | { readonly kind: 'deadline-after-end'; readonly deadline: Instant }
  /** The nearest of the ops in its calendar that it overlaps, or that are less than `BUFFER_MS` away; `more` are not named. */
  | {
      readonly kind: 'overlaps';
      readonly hasEnd: boolean;
      readonly neighbours: readonly Neighbour[];
      readonly more: number;
    }
  /** The times of a series change, and its schedule, which the API does not reach, stays (perscom-api, section 10). */
  | { readonly kind: 'series-keeps-rhythm' }
  /** It repeats from now on, without a schedule that says when (perscom-api, section 10). */
  | { readonly kind: 'no-schedule' }
  /** It no longer repeats, but keeps its schedule (perscom-api, section 10). */
  | { readonly kind: 'schedule-stays'; readonly starts: Instant }
  /** It takes all day, and on the unit's clocks these of its times are not where a day begins. */
  | { readonly kind: 'all-day-off-midnight'; readonly fields: readonly ('starts' | 'ends')[]; readonly dates: Dates }
  /** It takes all day, and more or fewer days than before. */
  | { readonly kind: 'all-day-length'; readonly before: Dates; readonly after: Dates };

/** What an event is checked against: `zone` is the unit's, and `others` are its events as they would be. */
export type CheckContext = { readonly nowMs: number; readonly zone: string; readonly others: Agenda | null };

/** An event before and after what would be changed of it. */
type Edited = { readonly id: EventId; readonly before: EventValues; readonly after: EventValues };

const changes = ({ before, after }: Edited, ...fields: readonly Field[]): boolean =>
  fields.some((field) => !meansSame(before[field], after[field]));

/** A series says when its first op is, or was; the others are not known. */
function checkStart(edited: Edited, { nowMs, zone }: CheckContext): readonly Warning[] {
  const { starts, all_day, repeats } = edited.after;
  if (repeats || !changes(edited, 'starts')) return [];
  const isPast = all_day ? datesOf(edited.after, zone).first < dayOf(nowMs, zone) : toMillis(starts) < nowMs;
  return isPast ? [{ kind: 'starts-in-past', starts }] : [];
}

function checkOrder(edited: Edited): readonly Warning[] {
  const { starts, ends } = edited.after;
  const isDisordered = ends !== null && endsTooEarly(edited.after) && changes(edited, 'starts', 'ends', 'all_day');
  return isDisordered ? [{ kind: 'ends-too-early', starts, ends }] : [];
}

function checkLateDeadline({ after }: Edited, deadline: Instant, { zone }: CheckContext): readonly Warning[] {
  const { starts, ends, all_day } = after;
  const late = toMillis(deadline);
  const endMs = all_day ? startOfDay(addDays(datesOf(after, zone).last, 1), zone) : toMillis(ends ?? starts);
  if (late > endMs) return [{ kind: 'deadline-after-end', deadline }];
  const lateMs = late - toMillis(starts);
  return !all_day && lateMs > 0 ? [{ kind: 'deadline-after-start', deadline, lateMs }] : [];
}

/** A deadline counts where people can sign up at all; for a series it is not known for which of its ops it counts. */
function checkDeadline(edited: Edited, context: CheckContext): readonly Warning[] {
  const { registration_deadline: deadline, registration_enabled, repeats, starts } = edited.after;
  const isTouched = changes(edited, 'registration_deadline', 'registration_enabled', 'starts', 'ends', 'all_day');
  if (deadline === null || !registration_enabled || repeats || !isTouched) return [];
  const late = checkLateDeadline(edited, deadline, context);
  const isPast = toMillis(deadline) < context.nowMs && toMillis(starts) >= context.nowMs;
  return isPast ? [{ kind: 'deadline-in-past', deadline }] : late;
}

/** All-day events are as long as their dates on the unit's calendar, wherever their times are. */
const sharesDates =
  (own: Dates, zone: string) =>
  ({ event }: Entry): boolean => {
    const { first, last } = datesOf(event, zone);
    return own.first <= last && first <= own.last;
  };

function toNeighbour(own: Entry, { event, fromMs, toMs }: Entry): Neighbour {
  const { id, name, allDay, ends } = event;
  if (allDay) return { id, name, kind: 'same-dates' };
  if (fromMs >= own.toMs) return { id, name, kind: 'before', gapMs: fromMs - own.toMs };
  if (own.fromMs >= toMs) return { id, name, kind: 'after', gapMs: own.fromMs - toMs, hasEnd: ends !== null };
  return { id, name, kind: 'overlapping', overlapMs: Math.min(own.toMs, toMs) - Math.max(own.fromMs, fromMs) };
}

/** Negative where they overlap. */
const distanceOf = (neighbour: Neighbour): number => {
  if (neighbour.kind === 'overlapping') return -neighbour.overlapMs;
  return neighbour.kind === 'same-dates' ? 0 : neighbour.gapMs;
};

/** How far the times of an all-day event may be from the dates that it takes up. */
const DAY_MARGIN_MS = 50 * HOUR_MS;

/**
 * An all-day event marks dates, as a campaign or a holiday does, and collides with others of its kind only. What repeats
 * is left out on either side, as its occurrences are not known.
 */
function checkNeighbours(edited: Edited, { zone, others }: CheckContext): readonly Warning[] {
  const { id, after } = edited;
  if (after.repeats || after.calendar_id === null) return [];
  if (!changes(edited, 'starts', 'ends', 'all_day', 'repeats', 'calendar_id')) return [];
  const own = toEntry(summaryOf(id, after));
  const near = after.all_day
    ? entriesNear(others, own, DAY_MARGIN_MS).filter(sharesDates(datesOf(own.event, zone), zone))
    : entriesNear(others, own, BUFFER_MS);
  if (near.length === 0) return [];
  const neighbours = near
    .map((entry) => toNeighbour(own, entry))
    .sort((a, b) => distanceOf(a) - distanceOf(b) || a.id - b.id);
  const named = neighbours.slice(0, MAX_NEIGHBOURS);
  const hasEnd = after.ends !== null;
  return [{ kind: 'overlaps', hasEnd, neighbours: named, more: neighbours.length - named.length }];
}

function checkSeries(edited: Edited): readonly Warning[] {
  const { before, after } = edited;
  if (before.repeats && after.repeats)
    return changes(edited, 'starts', 'ends') ? [{ kind: 'series-keeps-rhythm' }] : [];
  if (after.repeats) return [{ kind: 'no-schedule' }];
  return before.repeats ? [{ kind: 'schedule-stays', starts: after.starts }] : [];
}

function checkDates(edited: Edited, { zone }: CheckContext): readonly Warning[] {
  const { before, after } = edited;
  if (!after.all_day || !changes(edited, 'starts', 'ends', 'all_day')) return [];
  const dates = datesOf(after, zone);
  const isEndOff = after.ends !== null && after.ends !== after.starts && !isDayEnd(toMillis(after.ends), zone);
  const fields = [
    ...(isDayBreak(toMillis(after.starts), zone) ? [] : (['starts'] as const)),
    ...(isEndOff ? (['ends'] as const) : []),
  ];
  if (fields.length > 0) return [{ kind: 'all-day-off-midnight', fields, dates }];
  const former = datesOf(before, zone);
  const isLengthKept = !before.all_day || countDays(former) === countDays(dates);
  return isLengthKept ? [] : [{ kind: 'all-day-length', before: former, after: dates }];
}

/**
 * What is odd about an event as it would be `after` edits, where they have to do with it: what was odd before and is left
 * alone is nobody's concern here.
 */
export function warningsOf({ id, values }: EventRecord, after: EventValues, context: CheckContext): readonly Warning[] {
  const edited = { id, before: values, after };
  const disorder = checkOrder(edited);
  if (disorder.length > 0) return [...disorder, ...checkSeries(edited)];
  return [
    ...checkStart(edited, context),
    ...checkDates(edited, context),
    ...checkDeadline(edited, context),
    ...checkNeighbours(edited, context),
    ...checkSeries(edited),
  ];
}
