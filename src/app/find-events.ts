import type { ApiError } from '../domain/api-error.ts';
import type { Calendar, EventId, EventSummary } from '../domain/event.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { type App, connectionOf, type NotConnected } from './app.ts';
import type { Connection } from './connections.ts';
import type { WaitError } from './kept.ts';
import type { Caller } from './ports.ts';

/** Discord wants a first answer within 3 s; PERSCOM may use this much of it. */
export const WAIT_MS = 1_500;

/** Discord shows at most this many choices of an autocomplete. */
const MAX_CHOICES = 25;

/** PERSCOM could not be read, or not soon enough. */
export type Unread = { readonly kind: 'api'; readonly error: ApiError } | { readonly kind: 'slow' };

/** Why something of PERSCOM's could not be shown. */
export type ReadError = NotConnected | Unread;

/** What a failed wait means to whoever asked. */
export const toUnread = (error: WaitError): Unread =>
  error.kind === 'still-waiting' ? { kind: 'slow' } : { kind: 'api', error };

/** Up to 25 events for autocomplete. */
export async function findEvents(
  app: App,
  caller: Caller,
  text: string,
): Promise<Result<readonly EventSummary[], ReadError>> {
  const connection = connectionOf(app, caller);
  if (!connection.ok) return connection;
  const found = await connection.value.cache.find(text, WAIT_MS);
  return found.ok ? ok(found.value.events.slice(0, MAX_CHOICES)) : err(toUnread(found.error));
}

/** Every calendar of the guild's unit. */
export async function listCalendars(app: App, caller: Caller): Promise<Result<readonly Calendar[], ReadError>> {
  const connection = connectionOf(app, caller);
  if (!connection.ok) return connection;
  const calendars = await connection.value.cache.calendars(WAIT_MS);
  return calendars.ok ? calendars : err(toUnread(calendars.error));
}

/** So many calendars have the name that was typed, and it takes one. */
export type NoSuchCalendar = { readonly kind: 'no-such-calendar'; readonly text: string; readonly count: number };

/** The calendar that `text` (its id, or its whole name) means; null for an empty text. */
export async function resolveCalendar(
  { cache }: Connection,
  text: string,
): Promise<Result<number | null, Unread | NoSuchCalendar>> {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return ok(null);
  const id = /^[1-9]\d{0,14}$/.test(wanted) ? Number(wanted) : null;
  const calendars = await cache.calendars(WAIT_MS);
  if (!calendars.ok) return id === null ? err(toUnread(calendars.error)) : ok(id);
  if (calendars.value.some((one) => one.id === id)) return ok(id);
  const found = calendars.value.filter(({ name }) => name.trim().toLowerCase() === wanted);
  const [only] = found;
  if (only === undefined || found.length > 1) return err({ kind: 'no-such-calendar', text, count: found.length });
  return ok(only.id);
}

/** Finding an event by its name comes before reading it, and both have to fit into Discord's 3 s. */
const NAME_WAIT_MS = 700;

/** An event from memory may fill a form for this long; a change made since is caught when the queue is flushed. */
export const FRESH_MS = 60_000;

/** Why nobody can say which event is meant. */
export type NameError =
  | Unread
  | { readonly kind: 'no-such-event'; readonly text: string }
  | { readonly kind: 'several-events'; readonly text: string };

/** The one event that `text` (an id, or a whole name) means. */
export async function resolveEvent({ cache }: Connection, text: string): Promise<Result<EventId, NameError>> {
  const wanted = text.trim().toLowerCase();
  if (/^[1-9]\d{0,14}$/.test(wanted)) return ok(Number(wanted));
  const found = await cache.find(wanted, NAME_WAIT_MS);
  if (!found.ok) return err(toUnread(found.error));
  const { events, isWhole } = found.value;
  if (!isWhole) return err({ kind: 'slow' });
  const [event, another] = events.filter(({ name }) => name.trim().toLowerCase() === wanted);
  if (event === undefined) return err({ kind: 'no-such-event', text });
  return another === undefined ? ok(event.id) : err({ kind: 'several-events', text });
}
