import { type Agenda, agendaOf, findIn } from '../domain/agenda.ts';
import { type EventId, type EventRecord, type EventSummary, summaryOf } from '../domain/event.ts';

/** A unit's events by calendar; `isWhole` is false while only a part of them has been read. */
export type UnitAgenda = { readonly agenda: Agenda; readonly isWhole: boolean };

/** All events as they were read from `readAt` on. */
type List = { readonly events: readonly EventSummary[]; readonly isWhole: boolean; readonly readAt: number };

const isSame = (a: EventSummary, b: EventSummary): boolean =>
  a.name === b.name &&
  a.starts === b.starts &&
  a.ends === b.ends &&
  a.allDay === b.allDay &&
  a.repeats === b.repeats &&
  a.calendarId === b.calendarId;

/**
 * Lays what is learnt of single events over the list of all, so that an op that was just moved counts where it is now. The
 * list is arranged once; what is laid over it, when something has changed.
 */
export function createUnitAgenda(): {
  learn(event: EventRecord, readAt: number): void;
  /** What was learnt since `list` was read, and is not as it says; the same array until that changes. */
  since(list: List): readonly EventSummary[];
  over(list: List): UnitAgenda;
} {
  const news = new Map<EventId, { readonly event: EventSummary; readonly readAt: number }>();
  let taken: List | null = null;
  let base: Agenda | null = null;
  let top: Agenda | null = null;
  let changed: readonly EventSummary[] | null = null;

  function since(list: List): readonly EventSummary[] {
    if (taken !== list) {
      for (const [id, { readAt }] of news) if (readAt < list.readAt) news.delete(id);
      [taken, base, top, changed] = [list, null, null, null];
    }
    changed ??= [...news.values()].map(({ event }) => event);
    return changed;
  }

  return {
    learn({ id, values }, readAt) {
      if ((news.get(id)?.readAt ?? 0) > readAt) return;
      const event = summaryOf(id, values);
      const known = news.get(id)?.event ?? findIn(base, id);
      if (known !== null && isSame(known, event)) return;
      news.set(id, { event, readAt });
      [top, changed] = [null, null];
    },
    since,
    over(list) {
      const learnt = since(list);
      base ??= agendaOf(list.events);
      if (learnt.length > 0) top ??= agendaOf(learnt, base);
      return { agenda: top ?? base, isWhole: list.isWhole };
    },
  };
}
