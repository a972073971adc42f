import { type Agenda, agendaOf, findIn } from '../domain/agenda.ts';
import { type EventId, type EventRecord, type EventSummary, summaryOf } from '../domain/event.ts';

/** A unit's events by calendar; `isWhole` is false while only a part of them has been read. */
export type Plans = { readonly agenda: Agenda; readonly isWhole: boolean };

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
export function createPlans(): {
  learn(event: EventRecord, readAt: number): void;
  over(list: List): Plans;
} {
  const news = new Map<EventId, { readonly event: EventSummary; readonly readAt: number }>();
  let base: { readonly list: List; readonly agenda: Agenda } | null = null;
  let top: Agenda | null = null;

  function arrange(list: List): Agenda {
    if (base?.list === list) return base.agenda;
    for (const [id, { readAt }] of news) if (readAt < list.readAt) news.delete(id);
    base = { list, agenda: agendaOf(list.events) };
    top = null;
    return base.agenda;
  }

  return {
    learn({ id, values }, readAt) {
      if ((news.get(id)?.readAt ?? 0) > readAt) return;
      const event = summaryOf(id, values);
      const known = news.get(id)?.event ?? findIn(base?.agenda ?? null, id);
      if (known !== null && isSame(known, event)) return;
      news.set(id, { event, readAt });
      top = null;
    },
    over(list) {
      const agenda = arrange(list);
      const changed = [...news.values()].map(({ event }) => event);
      if (changed.length > 0) top ??= agendaOf(changed, agenda);
      return { agenda: top ?? agenda, isWhole: list.isWhole };
    },
  };
}
