import type { ApiError } from '../domain/api-error.ts';
import type { Calendar, EventId, EventRecord, EventSummary } from '../domain/event.ts';
import type { Form } from '../domain/field.ts';
import { type Snapshot, snapshotOf, type TypedForm } from '../domain/form.ts';
import type { Edit } from '../domain/queue.ts';
import { err, ok, type Result } from '../domain/result.ts';
import type { App } from './app.ts';
import type { Connection } from './connections.ts';
import type { WaitError } from './kept.ts';

/** Discord wants a first answer within 3 s; PERSCOM may use this much of it. */
export const WAIT_MS = 1_500;

/** Finding an event by its name comes before reading it, and both have to fit into the 3 s. */
const NAME_WAIT_MS = 700;

/** Discord shows at most this many choices of an autocomplete. */
const MAX_CHOICES = 25;

/** The guild has no PERSCOM. */
export type NotConnected = { readonly kind: 'not-connected' };

/** Why something of PERSCOM's could not be shown. */
export type ReadError = NotConnected | { readonly kind: 'api'; readonly error: ApiError } | { readonly kind: 'slow' };

/** Why a form could not be opened. */
export type OpenError =
  | Exclude<ReadError, { kind: 'slow' }>
  | { readonly kind: 'no-such-event'; readonly text: string }
  | { readonly kind: 'several-events'; readonly text: string }
  | { readonly kind: 'no-such-draft' }
  /** PERSCOM needs longer than a modal may wait; asking again finds what has arrived by then. */
  | { readonly kind: 'slow-form'; readonly eventId: EventId; readonly form: Form };

/** A form to show, and the key by which its submission finds its snapshot again. */
export type OpenForm = {
  readonly snapshot: Snapshot;
  readonly key: string;
  /** Refused input to show in place of the present values; empty for a form that is opened afresh. */
  readonly typed: TypedForm;
  /** The guild's queued edits. */
  readonly edits: readonly Edit[];
  /** Every calendar, where the form needs them. */
  readonly calendars: readonly Calendar[];
};

const toReadError = (error: WaitError): Exclude<ReadError, NotConnected> =>
  error.kind === 'still-waiting' ? { kind: 'slow' } : { kind: 'api', error };

/** The guild's connection, or the refusal that says it has none. */
export function connectionOf(app: App, guildId: string): Result<Connection, NotConnected> {
  const connection = app.connections.of(guildId);
  return connection === null ? err({ kind: 'not-connected' }) : ok(connection);
}

/** Up to 25 events for autocomplete. */
export async function findEvents(
  app: App,
  guildId: string,
  text: string,
): Promise<Result<readonly EventSummary[], ReadError>> {
  const connection = connectionOf(app, guildId);
  if (!connection.ok) return connection;
  const found = await connection.value.cache.find(text, MAX_CHOICES, WAIT_MS);
  return found.ok ? found : err(toReadError(found.error));
}

/** Every calendar of the guild's unit. */
export async function listCalendars(app: App, guildId: string): Promise<Result<readonly Calendar[], ReadError>> {
  const connection = connectionOf(app, guildId);
  if (!connection.ok) return connection;
  const calendars = await connection.value.cache.calendars(WAIT_MS);
  return calendars.ok ? calendars : err(toReadError(calendars.error));
}

/** The one event that `text` (an id, or a whole name) means. */
async function resolveEvent({ cache }: Connection, text: string): Promise<Result<EventId, OpenError>> {
  const wanted = text.trim().toLowerCase();
  if (/^[1-9]\d{0,15}$/.test(wanted)) return ok(Number(wanted));
  const found = await cache.find(wanted, MAX_CHOICES, NAME_WAIT_MS);
  if (!found.ok && found.error.kind !== 'still-waiting') return err({ kind: 'api', error: found.error });
  const [event, another] = found.ok ? found.value.filter(({ name }) => name.toLowerCase() === wanted) : [];
  if (event === undefined) return err({ kind: 'no-such-event', text });
  return another === undefined ? ok(event.id) : err({ kind: 'several-events', text });
}

/** The event for a form; `anyAge` is content with what is remembered of it. */
export async function readEvent(
  { cache }: Connection,
  eventId: EventId,
  form: Form,
  anyAge: boolean,
): Promise<Result<EventRecord, OpenError>> {
  const event = await cache.event(eventId, WAIT_MS, anyAge);
  if (event.ok) return event.value === null ? err({ kind: 'no-such-event', text: `#${eventId}` }) : ok(event.value);
  const error = toReadError(event.error);
  return err(error.kind === 'slow' ? { kind: 'slow-form', eventId, form } : error);
}

/** The calendars, if the form shows them. A form that cannot list them can still be used for everything else. */
async function calendarsFor(form: Form, { cache }: Connection): Promise<Result<readonly Calendar[], WaitError>> {
  if (form !== 'details') return ok([]);
  const calendars = await cache.calendars(WAIT_MS);
  return calendars.ok || calendars.error.kind === 'still-waiting' ? calendars : ok([]);
}

async function open(
  app: App,
  guildId: string,
  connection: Connection,
  { eventId, form, typed, anyAge }: { eventId: EventId; form: Form; typed: TypedForm; anyAge: boolean },
): Promise<Result<OpenForm, OpenError>> {
  const [calendars, event] = await Promise.all([
    calendarsFor(form, connection),
    readEvent(connection, eventId, form, anyAge),
  ]);
  if (!event.ok) return event;
  if (!calendars.ok) return err({ kind: 'slow-form', eventId, form });
  const { edits } = await app.queues.load(guildId);
  const snapshot = snapshotOf(event.value, form, edits);
  const key = app.snapshots.remember(guildId, snapshot);
  return ok({ snapshot, key, typed, edits, calendars: calendars.value });
}

/** Opens `form` of the event that `text` means. */
export async function openForm(
  app: App,
  guildId: string,
  text: string,
  form: Form,
): Promise<Result<OpenForm, OpenError>> {
  const connection = connectionOf(app, guildId);
  if (!connection.ok) return connection;
  const eventId = await resolveEvent(connection.value, text);
  if (!eventId.ok) return eventId;
  return open(app, guildId, connection.value, { eventId: eventId.value, form, typed: new Map(), anyAge: false });
}

/** Opens a form from a button: content with what is remembered of the event, should PERSCOM still not answer. */
export async function reopenForm(
  app: App,
  guildId: string,
  eventId: EventId,
  form: Form,
): Promise<Result<OpenForm, OpenError>> {
  const connection = connectionOf(app, guildId);
  if (!connection.ok) return connection;
  return open(app, guildId, connection.value, { eventId, form, typed: new Map(), anyAge: true });
}

/** Opens the form of a draft with what its author typed. */
export async function openDraft(
  app: App,
  guildId: string,
  userId: string,
  draftId: string,
): Promise<Result<OpenForm, OpenError>> {
  const connection = connectionOf(app, guildId);
  if (!connection.ok) return connection;
  const draft = await app.drafts.load(guildId, userId, draftId);
  if (draft === null) return err({ kind: 'no-such-draft' });
  return open(app, guildId, connection.value, { ...draft, anyAge: true });
}
