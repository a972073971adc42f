import type { ApiError } from '../domain/api-error.ts';
import type { Calendar, EventSummary } from '../domain/event.ts';
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
  if (/^[1-9]\d{0,14}$/.test(wanted)) return ok(Number(wanted));
  const calendars = await cache.calendars(WAIT_MS);
  if (!calendars.ok) return err(toUnread(calendars.error));
  const found = calendars.value.filter(({ name }) => name.trim().toLowerCase() === wanted);
  const [only] = found;
  if (only === undefined || found.length > 1) return err({ kind: 'no-such-calendar', text, count: found.length });
  return ok(only.id);
}
