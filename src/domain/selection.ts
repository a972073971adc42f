import { groupByEvent } from './change.ts';
import type { EventId, EventRecord, EventValues } from './event.ts';
import type { Edit } from './queue.ts';
import { dayOf } from './times/all-day.ts';
import type { Day, Move } from './times/read-time.ts';
import { toMillis } from './times/time.ts';
import { DAY_MS } from './zones/zone.ts';

/** As much of an event as it takes to select it. */
type Selectable = {
  readonly id: EventId;
  readonly values: Pick<EventValues, 'name' | 'calendar_id' | 'starts' | 'all_day'>;
};

/** An op as it will be once the queue is sent. */
export type PresentOp<Event extends Selectable = EventRecord> = {
  readonly event: Event;
  readonly edits: readonly Edit[];
  readonly values: Event['values'];
};

/** `events` as they will be once `queue` is sent, earliest first. */
export function presentOps<Event extends Selectable>(
  events: Iterable<Event>,
  queue: readonly Edit[],
): readonly PresentOp<Event>[] {
  const queued = groupByEvent(queue, ({ eventId }) => eventId);
  const ops = [...events].map((event): PresentOp<Event> => {
    const edits = queued.get(event.id) ?? [];
    const wanted = Object.fromEntries(edits.map((edit) => [edit.field, edit.wanted]));
    return { event, edits, values: { ...event.values, ...wanted } };
  });
  return ops.sort((a, b) => toMillis(a.values.starts) - toMillis(b.values.starts) || a.event.id - b.event.id);
}

/** Which ops a shift is about. Days are the unit's, and count themselves; an empty name is every name. */
export type Selection = {
  /** Exactly these, if there are any. */
  readonly eventIds: readonly EventId[] | null;
  readonly name: string;
  readonly calendarId: number | null;
  readonly from: Day | null;
  readonly until: Day | null;
};

const startDay = ({ values }: { readonly values: Selectable['values'] }, zone: string): Day =>
  dayOf(toMillis(values.starts), zone);

/** Whether an op has begun; one that takes all day, only once its first day is over. */
const hasBegun = (op: { readonly values: Selectable['values'] }, zone: string, nowMs: number): boolean =>
  op.values.all_day ? startDay(op, zone) < dayOf(nowMs, zone) : toMillis(op.values.starts) < nowMs;

/** The ops that `selection` means, and how many it leaves out because they have begun and are not asked for by day or id. */
export function select<Event extends Selectable>(
  ops: readonly PresentOp<Event>[],
  { eventIds, name, calendarId, from, until }: Selection,
  zone: string,
  nowMs: number,
): { readonly chosen: readonly PresentOp<Event>[]; readonly past: number } {
  const wanted = name.trim().toLowerCase();
  const isMeant = (op: PresentOp<Event>): boolean => {
    const { event, values } = op;
    return (
      (eventIds === null || eventIds.includes(event.id)) &&
      values.name.toLowerCase().includes(wanted) &&
      (calendarId === null || values.calendar_id === calendarId) &&
      (from === null || startDay(op, zone) >= from) &&
      (until === null || startDay(op, zone) <= until)
    );
  };
  const meant = ops.filter(isMeant);
  if (eventIds !== null || from !== null) return { chosen: meant, past: 0 };
  const chosen = meant.filter((op) => !hasBegun(op, zone, nowMs));
  return { chosen, past: meant.length - chosen.length };
}

/** How far the first of `ops` is from `day`, in whole days on the calendar of `zone`: all others keep their distance to it. */
export function moveTo(ops: readonly PresentOp[], day: Day, zone: string): Move {
  const [first] = ops;
  const present = first === undefined ? day : startDay(first, zone);
  return { days: Math.round((Date.parse(day) - Date.parse(present)) / DAY_MS), ms: 0 };
}
