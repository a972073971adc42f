import type { EventId } from '../domain/event.ts';
import type { Field, Form } from '../domain/field.ts';
import {
  parseForm,
  type RefusedInput,
  type Snapshot,
  type SnapshotField,
  snapshotOf,
  type TypedForm,
} from '../domain/form.ts';
import { contested, type Staged } from '../domain/queue.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { type App, connectionOf, type NotConnected, typingOf } from './app.ts';
import type { Connection } from './connections.ts';
import { findDraft, keepDraft, leftOver, touchedIn } from './drafts.ts';
import type { ReadError, Unread } from './find-events.ts';
import { FRESH_MS } from './open-form.ts';
import type { Caller } from './ports.ts';
import { isTouched, type MarkedInput, showInputs } from './snapshots.ts';
import { followStaging, type Gone, readEvent, type Staging, stageEdits } from './stage-edits.ts';

/** A form that was submitted: what its modal says it is, and its inputs. */
export type SubmittedForm = {
  readonly eventId: EventId;
  readonly form: Form;
  /** The key of the snapshot that it showed. */
  readonly key: string;
  readonly inputs: ReadonlyMap<Field, MarkedInput>;
};

/** What submitting a form came to. What it says was staged is on disk. */
export type Submission = Staging & {
  readonly eventId: EventId;
  readonly eventName: string;
  readonly refused: readonly RefusedInput[];
  /** Reopens the form with what was refused; null when nothing was. */
  readonly draftId: string | null;
};

/** Why a submitted form could not be taken. */
export type SubmitError =
  | NotConnected
  /** What the form showed is forgotten, and PERSCOM could not be asked. What was typed is kept in the draft. */
  | { readonly kind: 'form-forgotten'; readonly because: Unread | Gone; readonly draftId: string }
  /** A bug or a failing disk kept it from being queued; `draftId` is null if what was typed could not be kept either. */
  | { readonly kind: 'broken'; readonly draftId: string | null };

/** Why a calendar that was chosen could not be queued. */
export type ChooseError = ReadError | Gone;

/** What can be told of a submitted form: what it showed, what was typed, and what changed too much to be told. */
type Recalled = { readonly snapshot: Snapshot; readonly typed: TypedForm; readonly refused: readonly RefusedInput[] };

const typedOf = (inputs: ReadonlyMap<Field, MarkedInput>): TypedForm =>
  new Map([...inputs].map(([field, { typed }]) => [field, typed]));

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
  caller: Caller,
  connection: Connection,
  submitted: SubmittedForm,
): Promise<Result<Recalled, Unread | Gone>> {
  const snapshot = app.snapshots.recall(submitted.key);
  if (snapshot !== null) return ok({ snapshot, typed: typedOf(submitted.inputs), refused: [] });
  const event = await readEvent(connection, submitted.eventId, FRESH_MS);
  if (!event.ok) return event;
  const edits = await app.queues.loadEdits(caller.guildId, event.value.id);
  return ok(reconstruct(snapshotOf(event.value, submitted.form, edits), submitted, typingOf(app, caller).zone));
}

/** A submitted form of which all that could be taken was staged, and the rest is in the draft. */
type Taken = Pick<Submission, 'eventId' | 'eventName' | 'refused' | 'draftId'> & {
  readonly staged: readonly Staged[];
  /** What is in the draft. */
  readonly kept: TypedForm;
  /** A draft of which nothing is left to say. */
  readonly doneDraftId: string | null;
};

/** Keeps a draft of what cannot be taken, then stages the rest; nothing follows that could fail. */
async function take(
  app: App,
  caller: Caller,
  connection: Connection,
  submitted: SubmittedForm,
): Promise<Result<Taken, SubmitError>> {
  const draft = await findDraft(app, caller, submitted);
  const left = await leftOver(app, caller, draft, submitted);
  const recalled = await recall(app, caller, connection, submitted);
  if (!recalled.ok) {
    const draftId = await keepDraft(app, caller, submitted, new Map([...left, ...touchedIn(submitted)]));
    return err({ kind: 'form-forgotten', because: recalled.error, draftId });
  }
  const { snapshot, typed } = recalled.value;
  const parsed = parseForm(snapshot, typed, typingOf(app, caller).zone);
  const refused = [...recalled.value.refused, ...parsed.refused];
  const toKeep: TypedForm = new Map([...left, ...refused.map((input) => [input.field, input.typed] as const)]);
  const draftId = refused.length === 0 ? null : await keepDraft(app, caller, submitted, toKeep);
  const staged = await stageEdits(app, caller, connection, parsed.edits);
  const doneDraftId = toKeep.size === 0 && draft !== null ? draft.id : null;
  const { eventId, eventName } = snapshot;
  return ok({ eventId, eventName, refused, draftId, staged, kept: toKeep, doneDraftId });
}

/** What was typed for edits in whose way another moderator's stand: it is not queued unless its author says so. */
const contestedIn = (staged: readonly Staged[], { inputs }: SubmittedForm): TypedForm =>
  new Map(
    contested(staged).flatMap(({ edit }) => {
      const input = inputs.get(edit.field);
      return input === undefined ? [] : [[edit.field, input.typed] as const];
    }),
  );

/** Keeps all that was typed into a form that could not be queued; null if that fails too, as on a full disk. */
async function rescue(app: App, caller: Caller, submitted: SubmittedForm): Promise<string | null> {
  try {
    const id = await app.drafts.findId(caller, submitted.eventId, submitted.form);
    const kept = id === null ? null : await app.drafts.load(caller, id);
    return await keepDraft(app, caller, submitted, new Map([...(kept?.typed ?? []), ...touchedIn(submitted)]));
  } catch (err) {
    app.log.error({ err, ...caller }, 'what was typed could not be kept either');
    return null;
  }
}

/** Stages what a submitted form asks for, and keeps a draft of what it cannot take. */
export async function submitForm(
  app: App,
  caller: Caller,
  submitted: SubmittedForm,
): Promise<Result<Submission, SubmitError>> {
  const connection = connectionOf(app, caller);
  if (!connection.ok) return connection;
  const taken = await take(app, caller, connection.value, submitted).catch(async (bug: unknown) => {
    app.log.error({ err: bug, ...caller, eventId: submitted.eventId }, 'a submitted form could not be queued');
    return err({ kind: 'broken', draftId: await rescue(app, caller, submitted) } as const);
  });
  if (!taken.ok) return taken;
  const { doneDraftId, staged, kept, ...submission } = taken.value;
  const inTheWay = contestedIn(staged, submitted);
  if (inTheWay.size > 0) {
    const draftId = await keepDraft(app, caller, submitted, new Map([...kept, ...inTheWay]));
    return ok({
      ...submission,
      draftId: submission.refused.length === 0 ? null : draftId,
      ...(await followStaging(app, caller, staged)),
    });
  }
  if (doneDraftId !== null) await app.drafts.remove(caller, doneDraftId);
  return ok({ ...submission, ...(await followStaging(app, caller, staged)) });
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
  const event = await readEvent(connection.value, eventId, 0);
  if (!event.ok) return event;
  const { page: eventPage, values } = event.value;
  const edit = { eventId, eventName: values.name, eventPage, base: values.calendar_id, wanted: calendarId };
  const staged = await app.queues.stage(caller, [{ ...edit, field: 'calendar_id' }], true, app.clock.now());
  return ok({
    eventId,
    eventName: values.name,
    ...(await followStaging(app, caller, staged)),
    refused: [],
    draftId: null,
  });
}
