import type { Calendar, EventId, EventRecord } from '../domain/event.ts';
import { FIELDS, type Field, type Form, fieldsOf } from '../domain/field.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { type Snapshot, snapshotOf } from '../domain/snapshot.ts';
import { type App, connectionOf, type NotConnected, typingOf } from './app.ts';
import type { Connection } from './connections.ts';
import { NOTHING_TYPED } from './drafts.ts';
import { FRESH_MS, type NameError, resolveEvent, toUnread, WAIT_MS } from './find-events.ts';
import type { Caller, FormContent, Opening } from './ports.ts';
import { type MarkedInput, showInputs } from './snapshots.ts';

/** Why a form could not be opened. */
export type OpenError =
  | NotConnected
  | NameError
  | { readonly kind: 'no-such-draft' }
  /** PERSCOM needs longer than a modal may wait; asking again finds what has arrived by then. */
  | { readonly kind: 'slow-form'; readonly eventId: EventId; readonly form: Form };

/** A form to show, and what its submission has to bring back. */
export type OpenForm = Pick<Opening, 'queued' | 'refusals'> & {
  readonly snapshot: Snapshot;
  /** The key by which the snapshot is found again. */
  readonly key: string;
  /** What each input shows, and the mark of it that the input carries. */
  readonly shown: ReadonlyMap<Field, MarkedInput>;
  /** A draft to show in place of the present values; empty for a form that is opened afresh. */
  readonly content: FormContent;
  /** The calendars that are known by now. */
  readonly calendars: readonly Calendar[];
};

/** Which form of which event, with what typed in it; `draftId` if that is a draft's. */
type Wanted = {
  readonly eventId: EventId;
  readonly form: Form;
  readonly content: FormContent;
  readonly draftId: string | null;
};

const afresh = (eventId: EventId, form: Form): Wanted => ({ eventId, form, content: NOTHING_TYPED, draftId: null });

async function loadEvent({ cache }: Connection, { eventId, form }: Wanted): Promise<Result<EventRecord, OpenError>> {
  const event = await cache.event(eventId, { waitMs: WAIT_MS, maxAgeMs: FRESH_MS });
  if (event.ok) return event.value === null ? err({ kind: 'no-such-event', text: `#${eventId}` }) : ok(event.value);
  const error = toUnread(event.error);
  return err(error.kind === 'slow' ? { kind: 'slow-form', eventId, form } : error);
}

const hasCalendar = (form: Form): boolean => fieldsOf(form).some((field) => FIELDS[field].input.kind === 'calendar');

/** Whether the form need not wait for calendars. One that cannot list them can still be used for everything else. */
async function hasItsCalendars(form: Form, { cache }: Connection): Promise<boolean> {
  if (!hasCalendar(form)) return true;
  const calendars = await cache.calendars(WAIT_MS);
  return calendars.ok || calendars.error.kind !== 'still-waiting';
}

async function show(
  app: App,
  caller: Caller,
  connection: Connection,
  event: EventRecord,
  { form, content, draftId }: Wanted,
): Promise<OpenForm> {
  const { queued, refusals, ...own } = await app.drafts.loadOpening(caller, event.id, form);
  const snapshot = snapshotOf(event, form, queued, typingOf(app, caller), content.syntaxes);
  const id = draftId ?? own.draftId;
  const opened = id === null ? snapshot : { ...snapshot, draft: { id, isShown: draftId !== null } };
  return {
    snapshot,
    key: app.snapshots.remember(opened),
    shown: showInputs(snapshot),
    content,
    calendars: connection.cache.knownCalendars(),
    queued,
    refusals,
  };
}

async function open(
  app: App,
  caller: Caller,
  connection: Connection,
  wanted: Wanted,
): Promise<Result<OpenForm, OpenError>> {
  const { eventId, form } = wanted;
  const [isReady, event] = await Promise.all([hasItsCalendars(form, connection), loadEvent(connection, wanted)]);
  if (!event.ok) return event;
  if (!isReady) return err({ kind: 'slow-form', eventId, form });
  return ok(await show(app, caller, connection, event.value, wanted));
}

/** As `open`, but content with what was last read of the event, should PERSCOM not answer in time. */
async function openFromMemory(
  app: App,
  caller: Caller,
  connection: Connection,
  wanted: Wanted,
): Promise<Result<OpenForm, OpenError>> {
  const opened = await open(app, caller, connection, wanted);
  const known = connection.cache.knownEvent(wanted.eventId);
  if (opened.ok || opened.error.kind === 'no-such-event' || known === null) return opened;
  return ok(await show(app, caller, connection, known, wanted));
}

/** Opens `form` of the event that `text` means. */
export async function openForm(
  app: App,
  caller: Caller,
  text: string,
  form: Form,
): Promise<Result<OpenForm, OpenError>> {
  const connection = connectionOf(app, caller);
  if (!connection.ok) return connection;
  const eventId = await resolveEvent(connection.value, text);
  if (!eventId.ok) return eventId;
  return open(app, caller, connection.value, afresh(eventId.value, form));
}

/** Opens a form from a button. */
export async function reopenForm(
  app: App,
  caller: Caller,
  eventId: EventId,
  form: Form,
): Promise<Result<OpenForm, OpenError>> {
  const connection = connectionOf(app, caller);
  if (!connection.ok) return connection;
  return openFromMemory(app, caller, connection.value, afresh(eventId, form));
}

/** Opens the form of a draft with what its author typed. */
export async function openDraft(app: App, caller: Caller, draftId: string): Promise<Result<OpenForm, OpenError>> {
  const connection = connectionOf(app, caller);
  if (!connection.ok) return connection;
  const draft = await app.drafts.load(caller, draftId);
  if (draft === null) return err({ kind: 'no-such-draft' });
  const { eventId, form } = draft;
  return openFromMemory(app, caller, connection.value, { eventId, form, content: draft, draftId });
}
