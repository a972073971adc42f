import type { App } from '../app/app.ts';
import { termsOf } from '../app/app.ts';
import type { Terms } from '../app/connections.ts';
import { findEvents, listCalendars } from '../app/find-events.ts';
import { findApplied } from '../app/history.ts';
import type { Caller } from '../app/ports.ts';
import { viewQueue } from '../app/queue.ts';
import type { EventSummary } from '../domain/event.ts';
import { describeBriefly } from '../domain/times/time.ts';
import type { Choice } from './command.ts';
import { nameFlush } from './flushes/history.ts';
import { byEvent } from './pages.ts';
import { count, named, shorten } from './text.ts';
import { describeReadError } from './words.ts';

/** Discord refuses a choice whose name or value is longer (docs, Application Command Option Choice). */
const MAX_LENGTH = 100;
const MAX_CHOICES = 25;

function eventChoice({ id, name, starts, calendarId }: EventSummary, { zone, calendars }: Terms): Choice {
  const calendar = calendars.find((known) => known.id === calendarId)?.name;
  const when = `${describeBriefly(starts, zone)}${calendar === undefined ? '' : ` · ${shorten(calendar, 25)}`}`;
  return { name: named(name, when, MAX_LENGTH), value: String(id) };
}

const whyNone = (why: string, text: string): Choice => ({
  name: shorten(why.replaceAll('`', ''), MAX_LENGTH),
  value: shorten(text || '?', MAX_LENGTH),
});

/** Events whose name contains `text`, as choices; where they cannot be had, one choice that says why. */
export async function eventChoices(app: App, caller: Caller, text: string): Promise<Choice[]> {
  const found = await findEvents(app, caller, text);
  if (!found.ok) return [whyNone(describeReadError(found.error), text)];
  const terms = termsOf(app, caller);
  return found.value.map((event) => eventChoice(event, terms));
}

/** The calendars whose name contains `text`, as choices; where they cannot be had, one choice that says why. */
export async function calendarChoices(app: App, caller: Caller, text: string): Promise<Choice[]> {
  const calendars = await listCalendars(app, caller);
  if (!calendars.ok) return [whyNone(describeReadError(calendars.error), text)];
  const wanted = text.trim().toLowerCase();
  return calendars.value
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .slice(0, MAX_CHOICES)
    .map(({ id, name }) => ({ name: shorten(name, MAX_LENGTH), value: String(id) }));
}

/** The events with queued edits whose name contains `text`, as choices. */
export async function queuedEventChoices(app: App, caller: Caller, text: string): Promise<Choice[]> {
  const queue = await viewQueue(app, caller);
  if (!queue.ok) return [];
  const wanted = text.trim().toLowerCase();
  const named = queue.value.edits.filter(({ eventName }) => eventName.toLowerCase().includes(wanted));
  const groups = byEvent(
    named,
    ({ eventId }) => eventId,
    ([first]) => first?.eventName ?? '',
  );
  return groups.slice(0, MAX_CHOICES).flatMap(({ heading, items }) => {
    const size = count(items.length, 'edit');
    return items
      .slice(0, 1)
      .map(({ eventId }) => ({ name: `${shorten(heading, 80)} · ${size}`, value: String(eventId) }));
  });
}

/** The latest flushes that applied something, of which `text` is in what is shown of them, as choices. */
export async function appliedFlushChoices(app: App, caller: Caller, text: string): Promise<Choice[]> {
  const found = await findApplied(app, caller);
  if (!found.ok) return [];
  const [terms, wanted] = [termsOf(app, caller), text.trim().toLowerCase()];
  return found.value
    .map((flush) => ({ name: shorten(nameFlush(flush, terms), MAX_LENGTH), value: flush.id }))
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .slice(0, MAX_CHOICES);
}
