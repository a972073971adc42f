import type { EventSummary } from './event.ts';
import { datesOf, dayOf } from './times/all-day.ts';
import type { Day } from './times/read-time.ts';
import { toMillis } from './times/time.ts';

/** Which events somebody asks for. Days are the unit's and count themselves; what is null or empty leaves that open. */
export type EventFilter = {
  readonly calendarId: number | null;
  readonly from: Day | null;
  readonly until: Day | null;
  /** What their names contain, in any case of letters. */
  readonly text: string;
};

/** What a filter lets through, each part by start. */
export type Filtered = {
  /** Those that start in its days; without a first day, those that are not over. */
  readonly events: readonly EventSummary[];
  /** Series that began before that and may still go on: PERSCOM's API does not say how long, nor when next. */
  readonly series: readonly EventSummary[];
};

const byStart = (a: EventSummary, b: EventSummary): number => toMillis(a.starts) - toMillis(b.starts) || a.id - b.id;

/** Whether an event is over; one that takes all day is with its last day. */
const isOver = (event: EventSummary, zone: string, nowMs: number): boolean =>
  event.allDay ? datesOf(event, zone).last < dayOf(nowMs, zone) : toMillis(event.ends ?? event.starts) < nowMs;

/** The events of `events` that `filter` means, where the unit's clocks are those of `zone`. */
export function filterEvents(
  events: readonly EventSummary[],
  { calendarId, from, until, text }: EventFilter,
  zone: string,
  nowMs: number,
): Filtered {
  const wanted = text.trim().toLowerCase();
  const isDue = (event: EventSummary): boolean =>
    from === null ? !isOver(event, zone, nowMs) : dayOf(toMillis(event.starts), zone) >= from;
  const meant = events.filter(
    (event) =>
      event.name.toLowerCase().includes(wanted) &&
      (calendarId === null || event.calendarId === calendarId) &&
      (until === null || dayOf(toMillis(event.starts), zone) <= until),
  );
  return {
    events: meant.filter(isDue).sort(byStart),
    series: meant.filter((event) => event.repeats && !isDue(event)).sort(byStart),
  };
}
