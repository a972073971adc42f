import type { EventId } from '../domain/event.ts';
import type { Form } from '../domain/field.ts';
import { type RefusedInput, readForm, type Snapshot, snapshotOf, type TypedForm } from '../domain/form.ts';
import type { Staged } from '../domain/queue.ts';
import { err, ok, type Result } from '../domain/result.ts';
import type { App } from './app.ts';
import type { Connection } from './connections.ts';
import { connectionOf, type NotConnected, type OpenError, readEvent, WAIT_MS } from './open-form.ts';
import { keyOf } from './snapshots.ts';

/** A form that was submitted: what its modal says it is, and its inputs. */
export type SubmittedForm = {
  readonly eventId: EventId;
  readonly form: Form;
  /** The key of the snapshot that it showed. */
  readonly key: string;
  readonly typed: TypedForm;
};

/** What submitting a form came to. What it says was staged is on disk. */
export type Submission = {
  readonly eventId: EventId;
  readonly eventName: string;
  readonly form: Form;
  readonly staged: readonly Staged[];
  readonly refused: readonly RefusedInput[];
  /** Reopens the form with what was refused; null when nothing was. */
  readonly draftId: string | null;
};

/** Why a submitted form could not be taken. Everything typed is kept in the draft. */
export type SubmitError =
  | NotConnected
  /** Nobody knows any more what the form showed, so what was touched cannot be told from what was not. */
  | { readonly kind: 'form-forgotten'; readonly draftId: string };

/** What a submitted form showed: remembered, or made anew where that shows just the same. */
async function recall(
  app: App,
  guildId: string,
  { cache }: Connection,
  submitted: SubmittedForm,
): Promise<Snapshot | null> {
  const remembered = app.snapshots.recall(submitted.key);
  if (remembered !== null) return remembered;
  const event = await cache.event(submitted.eventId, WAIT_MS, false);
  if (!event.ok || event.value === null) return null;
  const { edits } = await app.queues.load(guildId);
  const snapshot = snapshotOf(event.value, submitted.form, edits);
  return keyOf(guildId, snapshot) === submitted.key ? snapshot : null;
}

async function keepDraft(
  app: App,
  guildId: string,
  userId: string,
  { eventId, form }: SubmittedForm,
  typed: TypedForm,
): Promise<string> {
  const draftId = app.newId();
  await app.drafts.save(draftId, guildId, userId, { eventId, form, typed }, app.clock.now());
  return draftId;
}

/** Stages what a submitted form asks for, and keeps a draft of what it cannot take. */
export async function submitForm(
  app: App,
  guildId: string,
  userId: string,
  submitted: SubmittedForm,
): Promise<Result<Submission, SubmitError>> {
  const connection = connectionOf(app, guildId);
  if (!connection.ok) return connection;
  const snapshot = await recall(app, guildId, connection.value, submitted);
  if (snapshot === null) {
    const draftId = await keepDraft(app, guildId, userId, submitted, submitted.typed);
    return err({ kind: 'form-forgotten', draftId });
  }
  const { edits, refused } = readForm(snapshot, submitted.typed, connection.value.zone);
  const typed: TypedForm = new Map(refused.map((input) => [input.field, input.typed]));
  const draftId = refused.length === 0 ? null : await keepDraft(app, guildId, userId, submitted, typed);
  const staged = edits.length === 0 ? [] : await app.queues.stage(guildId, edits, userId, app.clock.now());
  const { eventId, eventName, form } = snapshot;
  return ok({ eventId, eventName, form, staged, refused, draftId });
}

/** Stages a calendar that was chosen outside the modal, which holds 25 at most. */
export async function chooseCalendar(
  app: App,
  guildId: string,
  userId: string,
  eventId: EventId,
  calendarId: number,
): Promise<Result<Submission, OpenError>> {
  const connection = connectionOf(app, guildId);
  if (!connection.ok) return connection;
  const event = await readEvent(connection.value, eventId, 'details', true);
  if (!event.ok) return event;
  const { name: eventName, calendar_id: base } = event.value.values;
  const eventPage = event.value.page;
  const edit = { eventId, eventName, eventPage, field: 'calendar_id', base, wanted: calendarId } as const;
  const staged = await app.queues.stage(guildId, [edit], userId, app.clock.now());
  return ok({ eventId, eventName, form: 'details', staged, refused: [], draftId: null });
}
