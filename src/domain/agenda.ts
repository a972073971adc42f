import type { EventId, EventSummary } from './event.ts';
import { toMillis } from './times/time.ts';

/** A planned event with its times in milliseconds. One without an end, or with one before its start, counts as its start. */
export type Entry = { readonly event: EventSummary; readonly fromMs: number; readonly toMs: number };

/** Entries by start, and for each the latest end up to it, so that a search need not go back to the first. */
type Lane = { readonly entries: readonly Entry[]; readonly latestMs: readonly number[] };

/**
 * The planned events of a unit, arranged so that those near a time are found without looking at all of them. Events of a
 * layer stand in the place of those with the same id in what is beneath it.
 */
export type Agenda = {
  readonly byId: ReadonlyMap<EventId, EventSummary>;
  readonly lanes: ReadonlyMap<string, Lane>;
  readonly beneath: Agenda | null;
};

/** The event as an entry. */
export function toEntry(event: EventSummary): Entry {
  const fromMs = toMillis(event.starts);
  return { event, fromMs, toMs: event.ends === null ? fromMs : Math.max(fromMs, toMillis(event.ends)) };
}

/** Timed and all-day events are looked for apart: an op of a month would make every search go back that far. */
const laneOf = ({ calendarId, allDay }: EventSummary): string => `${calendarId} ${allDay}`;

function toLane(unsorted: readonly Entry[]): Lane {
  const entries = [...unsorted].sort((a, b) => a.fromMs - b.fromMs);
  const latestMs: number[] = [];
  for (const { toMs } of entries) latestMs.push(Math.max(latestMs.at(-1) ?? toMs, toMs));
  return { entries, latestMs };
}

/**
 * An agenda of `events`, on top of another if there is one. Repeating events are in no lane, as only the first of a series
 * is known, and neither are events without a calendar.
 */
export function agendaOf(events: Iterable<EventSummary>, beneath: Agenda | null = null): Agenda {
  const byId = new Map<EventId, EventSummary>();
  const lanes = new Map<string, Entry[]>();
  for (const event of events) {
    byId.set(event.id, event);
    if (event.repeats || event.calendarId === null) continue;
    const lane = lanes.get(laneOf(event)) ?? [];
    lane.push(toEntry(event));
    lanes.set(laneOf(event), lane);
  }
  return { byId, lanes: new Map([...lanes].map(([key, entries]) => [key, toLane(entries)])), beneath };
}

/** The event with this id as the uppermost layer has it. */
export const findIn = (agenda: Agenda | null, id: EventId): EventSummary | null =>
  agenda === null ? null : (agenda.byId.get(id) ?? findIn(agenda.beneath, id));

/** How many entries start before `ms`. */
function countBefore({ entries }: Lane, ms: number): number {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.fromMs ?? ms) < ms) low = middle + 1;
    else high = middle;
  }
  return low;
}

function nearInLane(lane: Lane | undefined, { fromMs, toMs }: Entry, marginMs: number): readonly Entry[] {
  const near: Entry[] = [];
  if (lane === undefined) return near;
  for (let index = countBefore(lane, toMs + marginMs) - 1; index >= 0; index -= 1) {
    if ((lane.latestMs[index] ?? 0) <= fromMs - marginMs) break;
    const entry = lane.entries[index];
    if (entry !== undefined && entry.toMs > fromMs - marginMs) near.push(entry);
  }
  return near;
}

/** The other events of the calendar of `own`, timed ones for a timed one, to which less than `marginMs` lies. */
export function entriesNear(agenda: Agenda | null, own: Entry, marginMs: number): readonly Entry[] {
  if (agenda === null) return [];
  const { byId, lanes, beneath } = agenda;
  const covered = entriesNear(beneath, own, marginMs).filter(({ event }) => !byId.has(event.id));
  const near = nearInLane(lanes.get(laneOf(own.event)), own, marginMs);
  return [...near.filter(({ event }) => event.id !== own.event.id), ...covered];
}
