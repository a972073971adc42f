import type { EventId, EventRecord } from '../domain/event.ts';
import type { Field, Form } from '../domain/field.ts';
import {
  parseForm,
  type RefusedInput,
  type Snapshot,
  type SnapshotField,
  snapshotOf,
  type TypedForm,
} from '../domain/form.ts';
import type { Staged, WantedEdit } from '../domain/queue.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { meansSame } from '../domain/value.ts';
import { type App, connectionOf, type NotConnected } from './app.ts';
import type { Connection } from './connections.ts';
import { type ReadError, toUnread, type Unread, WAIT_MS } from './find-events.ts';
import { FRESH_MS } from './open-form.ts';
import type { Caller } from './ports.ts';
import { isTouched, type MarkedInput, showInputs } from './snapshots.ts';

/** A form that was submitted: what its modal says it is, and its inputs. */
export type SubmittedForm = {
  readonly eventId: EventId;
  readonly form: Form;
  /** The key of the snapshot that it showed. */
  readonly key: string;
  readonly inputs: ReadonlyMap<Field, MarkedInput>;
};

/** What submitting a form came to. What it says was staged is on disk. */
export type Submission = {
  readonly eventId: EventId;
  readonly eventName: string;
  readonly staged: readonly Staged[];
  readonly refused: readonly RefusedInput[];
  /** Reopens the form with what was refused; null when nothing was. */
  readonly draftId: string | null;
};

/** The event does not exist in PERSCOM. */
type Gone = { readonly kind: 'gone' };

/** Why a submitted form could not be taken. */
export type SubmitError =
  | NotConnected
  /** What the form showed is forgotten, and PERSCOM could not be asked. What was typed is kept in the draft. */
  | { readonly kind: 'form-forgotten'; readonly because: Unread | Gone; readonly draftId: string };

/** Why a calendar that was chosen could not be queued. */
export type ChooseError = ReadError | Gone;

/** What can be told of a submitted form: what it showed, what was typed, and what changed too much to be told. */
type Recalled = { readonly snapshot: Snapshot; readonly typed: TypedForm; readonly refused: readonly RefusedInput[] };

const typedOf = (inputs: ReadonlyMap<Field, MarkedInput>): TypedForm =>
  new Map([...inputs].map(([field, { typed }]) => [field, typed]));

async function readNow(
  { cache }: Connection,
  eventId: EventId,
  maxAgeMs: number,
): Promise<Result<EventRecord, Unread | Gone>> {
  const event = await cache.event(eventId, { waitMs: WAIT_MS, maxAgeMs });
  if (!event.ok) return err(toUnread(event.error));
  return event.value === null ? err({ kind: 'gone' }) : ok(event.value);
}

/**
 * What a form showed, made anew: input by input, a present value with the mark of the form's is the value that it
 * showed. Touched inputs of values that have changed since are refused, as nobody knows what their author saw.
 */
function reconstruct(present: Snapshot, { inputs }: SubmittedForm, zone: string): Recalled {
  const shown = showInputs(present, zone);
  const isSame = ({ field }: SnapshotField): boolean => inputs.get(field)?.mark === shown.get(field)?.mark;
  const changed = present.fields.filter((of) => !isSame(of));
  const refused = changed.flatMap(({ field }): readonly RefusedInput[] => {
    const input = inputs.get(field);
    if (input === undefined || !isTouched(input)) return [];
    return [{ field, typed: input.typed, error: { kind: 'changed-meanwhile' } }];
  });
  const typed = new Map([...typedOf(inputs)].filter(([field]) => changed.every((of) => of.field !== field)));
  return { snapshot: present, typed, refused };
}

async function recall(
  app: App,
  { guildId }: Caller,
  connection: Connection,
  submitted: SubmittedForm,
): Promise<Result<Recalled, Unread | Gone>> {
  const snapshot = app.snapshots.recall(submitted.key);
  if (snapshot !== null) return ok({ snapshot, typed: typedOf(submitted.inputs), refused: [] });
  const event = await readNow(connection, submitted.eventId, FRESH_MS);
  if (!event.ok) return event;
  const edits = await app.queues.loadEdits(guildId, event.value.id);
  return ok(reconstruct(snapshotOf(event.value, submitted.form, edits), submitted, connection.zone));
}

async function keepDraft(
  app: App,
  caller: Caller,
  { eventId, form }: SubmittedForm,
  typed: TypedForm,
): Promise<string> {
  const draftId = app.newId();
  await app.drafts.save(caller, draftId, { eventId, form, typed }, app.clock.now());
  return draftId;
}

/** Whether PERSCOM still has, this moment, what those of `edits` ask for that ask for what it had. */
async function isSureOfBases(connection: Connection, edits: readonly WantedEdit[]): Promise<boolean> {
  const doubtful = edits.filter(({ base, wanted }) => meansSame(base, wanted));
  const [first] = doubtful;
  if (first === undefined) return false;
  const event = await readNow(connection, first.eventId, 0);
  return event.ok && doubtful.every(({ base, field }) => meansSame(base, event.value.values[field]));
}

/**
 * Stages edits. One that asks for what PERSCOM had when the form was opened takes another moderator's edit back, so
 * PERSCOM is asked first; where it has something else by now or cannot tell, the edit is queued like any other.
 */
async function stageEdits(
  app: App,
  caller: Caller,
  connection: Connection,
  edits: readonly WantedEdit[],
): Promise<readonly Staged[]> {
  if (edits.length === 0) return [];
  const mayDrop = await isSureOfBases(connection, edits);
  return app.queues.stage(caller, edits, mayDrop, app.clock.now());
}

/** Stages what a submitted form asks for, and keeps a draft of what it cannot take. */
export async function submitForm(
  app: App,
  caller: Caller,
  submitted: SubmittedForm,
): Promise<Result<Submission, SubmitError>> {
  const connection = connectionOf(app, caller);
  if (!connection.ok) return connection;
  const recalled = await recall(app, caller, connection.value, submitted);
  if (!recalled.ok) {
    const touched = new Map([...submitted.inputs].filter(([, input]) => isTouched(input)));
    const draftId = await keepDraft(app, caller, submitted, typedOf(touched));
    return err({ kind: 'form-forgotten', because: recalled.error, draftId });
  }
  const { snapshot, typed } = recalled.value;
  const parsed = parseForm(snapshot, typed, connection.value.zone);
  const refused = [...recalled.value.refused, ...parsed.refused];
  const refusedInputs: TypedForm = new Map(refused.map((input) => [input.field, input.typed]));
  const draftId = refused.length === 0 ? null : await keepDraft(app, caller, submitted, refusedInputs);
  const staged = await stageEdits(app, caller, connection.value, parsed.edits);
  return ok({ eventId: snapshot.eventId, eventName: snapshot.eventName, staged, refused, draftId });
}

/** Stages a calendar that was chosen outside the modal, which holds 25 at most. */
export async function chooseCalendar(
  app: App,
  caller: Caller,
  eventId: EventId,
  calendarId: number,
): Promise<Result<Submission, ChooseError>> {
  const connection = connectionOf(app, caller);
  if (!connection.ok) return connection;
  const event = await readNow(connection.value, eventId, 0);
  if (!event.ok) return event;
  const { page: eventPage, values } = event.value;
  const edit = { eventId, eventName: values.name, eventPage, base: values.calendar_id, wanted: calendarId };
  const staged = await app.queues.stage(caller, [{ ...edit, field: 'calendar_id' }], true, app.clock.now());
  return ok({ eventId, eventName: values.name, staged, refused: [], draftId: null });
}
