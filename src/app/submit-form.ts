import type { EventId } from '../domain/event.ts';
import type { Field, Form } from '../domain/field.ts';
import type { RefusedInput } from '../domain/form.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { type Snapshot, type SnapshotField, snapshotOf, type TypedForm } from '../domain/snapshot.ts';
import type { LongTexts, TextAnswers } from '../domain/texts/text-field.ts';
import { type App, connectionOf, type NotConnected, typingOf } from './app.ts';
import type { Connection } from './connections.ts';
import { contentOf, findDraft, joinContent, keepDraft, leftOver, NOTHING_TYPED, picksLeft } from './drafts.ts';
import type { Unread } from './find-events.ts';
import { FRESH_MS } from './find-events.ts';
import type { Caller, Upload } from './ports.ts';
import { isSameMark, isTouched, type MarkedInput, showInputs, syntaxesIn } from './snapshots.ts';
import { type Gone, readEvent } from './stage-edits.ts';
import { finishForm, type Recalled, type Submission, stageForm, type Taken } from './take-form.ts';

/** A form that was submitted: what its modal says it is, and its inputs. */
export type SubmittedForm = {
  readonly eventId: EventId;
  readonly form: Form;
  /** The key of the snapshot that it showed. */
  readonly key: string;
  readonly inputs: ReadonlyMap<Field, MarkedInput>;
  /** What came for its texts besides. */
  readonly texts: SubmittedTexts;
};

/** Files that were uploaded for texts, and what becomes of those that the form could not show. */
export type SubmittedTexts = { readonly longTexts: LongTexts; readonly uploads: ReadonlyMap<Field, Upload> };

/** Nothing came for texts besides. */
export const NO_TEXTS: SubmittedTexts = { longTexts: 'append', uploads: new Map() };

/** Why a submitted form could not be taken. */
export type SubmitError =
  | NotConnected
  /** What the form showed is forgotten, and PERSCOM could not be asked. What was typed is in the draft, files are not. */
  | {
      readonly kind: 'form-forgotten';
      readonly because: Unread | Gone;
      /** Null where nothing was typed. */
      readonly draftId: string | null;
      readonly hasFiles: boolean;
    }
  /** A bug or a failing disk kept it from being queued; `draftId` is null if what was typed could not be kept either. */
  | { readonly kind: 'broken'; readonly draftId: string | null };

const typedIn = (inputs: ReadonlyMap<Field, MarkedInput>): TypedForm =>
  new Map([...inputs].map(([field, { typed }]) => [field, typed]));

/**
 * What a form showed, made anew: input by input, a present value with the mark of the form's is the value that it
 * showed. Touched inputs of values that have changed since are refused, as nobody knows what their author saw.
 */
function reconstruct(present: Snapshot, { inputs, texts }: SubmittedForm): Recalled {
  const shown = showInputs(present);
  const isSame = ({ field }: SnapshotField): boolean =>
    isSameMark(inputs.get(field)?.mark ?? '', shown.get(field)?.mark ?? '');
  const changed = present.fields.filter((of) => !isSame(of));
  const refused = changed.flatMap(({ field }): readonly RefusedInput[] => {
    const input = inputs.get(field);
    const isAsked = texts.uploads.has(field) || texts.longTexts === `empty-${field}`;
    if (input === undefined || !(isTouched(input) || isAsked)) return [];
    return [{ field, typed: input.typed, error: { kind: 'changed-meanwhile' } }];
  });
  const typed = new Map([...typedIn(inputs)].filter(([field]) => changed.every((of) => of.field !== field)));
  return { snapshot: present, typed, refused };
}

async function recall(
  app: App,
  caller: Caller,
  connection: Connection,
  submitted: SubmittedForm,
): Promise<Result<Recalled, Unread | Gone>> {
  const snapshot = app.snapshots.recall(submitted.key);
  if (snapshot !== null) return ok({ snapshot, typed: typedIn(submitted.inputs), refused: [] });
  const event = await readEvent(connection, submitted.eventId, FRESH_MS);
  if (!event.ok) return event;
  const edits = await app.queues.loadEdits(caller.guildId, event.value.id);
  const syntaxes = syntaxesIn(submitted.inputs);
  return ok(reconstruct(snapshotOf(event.value, submitted.form, edits, typingOf(app, caller), syntaxes), submitted));
}

/** What came for the texts of a form, with the files that were uploaded. */
async function readUploads({ attachments }: App, { longTexts, uploads }: SubmittedTexts): Promise<TextAnswers> {
  const read = [...uploads].map(async ([field, upload]) => [field, await attachments.read(upload)] as const);
  return { longTexts, files: new Map(await Promise.all(read)) };
}

async function take(
  app: App,
  caller: Caller,
  connection: Connection,
  submitted: SubmittedForm,
): Promise<Result<Taken, SubmitError>> {
  const found = await findDraft(app, caller, submitted);
  const content = () => contentOf(submitted);
  const left = found === null ? NOTHING_TYPED : leftOver(found, content());
  const picks = found === null ? [] : picksLeft(found, content());
  const recalled = await recall(app, caller, connection, submitted);
  if (!recalled.ok) {
    const { eventId, form } = submitted;
    const kept = joinContent(left, content());
    const draftId = await keepDraft(app, caller, { eventId, form, ...kept, seen: null, picks: [] });
    const hasFiles = submitted.texts.uploads.size > 0;
    return err({ kind: 'form-forgotten', because: recalled.error, draftId, hasFiles });
  }
  const beside = { content, left, draft: found?.draft ?? null, picks };
  return ok(
    await stageForm(app, caller, connection, recalled.value, {
      ...beside,
      texts: await readUploads(app, submitted.texts),
    }),
  );
}

/** Keeps all that was typed into a form that could not be queued; null if that fails too, as on a full disk. */
async function rescue(app: App, caller: Caller, submitted: SubmittedForm): Promise<string | null> {
  try {
    const { eventId, form } = submitted;
    const id = await app.drafts.findId(caller, eventId, form);
    const kept = id === null ? null : await app.drafts.load(caller, id);
    const content = joinContent(kept ?? NOTHING_TYPED, contentOf(submitted));
    return await keepDraft(app, caller, { eventId, form, ...content, seen: null, picks: [] });
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
  return taken.ok ? ok(await finishForm(app, caller, taken.value)) : taken;
}
