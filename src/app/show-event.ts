import type { EventId, EventRecord } from '../domain/event.ts';
import { arrange, type Edit } from '../domain/queue.ts';
import { ok, type Result } from '../domain/result.ts';
import { type App, connectionOf } from './app.ts';
import { FRESH_MS, type NameError, type ReadError, resolveEvent, WAIT_MS } from './find-events.ts';
import type { Caller } from './ports.ts';
import { type Gone, readEvent } from './stage-edits.ts';

/** Why an event cannot be shown. */
export type ShowError = ReadError | NameError | Gone;

/** An event as PERSCOM holds it, with its queued edits. */
export type ShownEvent = { readonly event: EventRecord; readonly edits: readonly Edit[]; readonly nowMs: number };

async function show(
  app: App,
  caller: Caller,
  eventId: EventId,
  maxAgeMs: number,
): Promise<Result<ShownEvent, ShowError>> {
  const connection = connectionOf(app, caller);
  if (!connection.ok) return connection;
  const [event] = await Promise.all([
    readEvent(connection.value, eventId, maxAgeMs),
    connection.value.cache.calendars(WAIT_MS),
  ]);
  if (!event.ok) return event;
  const edits = await app.queues.loadEdits(caller.guildId, eventId);
  return ok({ event: event.value, edits: arrange(edits), nowMs: app.clock.now() });
}

/** Reads the event that `text` (an id, or a whole name) means, as it is now. */
export async function showEvent(app: App, caller: Caller, text: string): Promise<Result<ShownEvent, ShowError>> {
  const connection = connectionOf(app, caller);
  if (!connection.ok) return connection;
  const eventId = await resolveEvent(connection.value, text);
  return eventId.ok ? show(app, caller, eventId.value, 0) : eventId;
}

/** The same event, some pages on: as it was a minute ago at most. */
export const showAgain = (app: App, caller: Caller, eventId: EventId): Promise<Result<ShownEvent, ShowError>> =>
  show(app, caller, eventId, FRESH_MS);
