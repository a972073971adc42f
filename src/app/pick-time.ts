import type { Field } from '../domain/field.ts';
import type { Picked } from '../domain/form-times.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { type Snapshot, snapshotOf } from '../domain/snapshot.ts';
import { NO_ANSWERS } from '../domain/texts/text-field.ts';
import type { DateOrder } from '../domain/times/typed-time.ts';
import { type App, connectionOf, type NotConnected, typingOf } from './app.ts';
import { contentFor } from './drafts.ts';
import type { Unread } from './find-events.ts';
import type { Caller, Draft, FormContent } from './ports.ts';
import { type Gone, readEvent } from './stage-edits.ts';
import { finishForm, type Recalled, type Submission, stageForm } from './take-form.ts';

/** Why a candidate could not be picked. */
export type PickError =
  | NotConnected
  | { readonly kind: 'no-such-draft' }
  | { readonly kind: 'form-forgotten'; readonly because: Unread | Gone; readonly draftId: string };

/** What a draft has of an older form: nobody was asked about it, and nobody has answered. */
const leftIn = (draft: Draft): FormContent => contentFor(draft, (field) => draft.seen?.left.includes(field) === true);

/**
 * The form of a draft as its author saw it, without what is of an older one. What they saw nobody knows of is refused, as it
 * may have changed since.
 */
function recall({ typed, seen }: Draft, left: FormContent, present: Snapshot): Recalled {
  const snapshot = { ...present, ...(seen ?? { fields: [] }) };
  const submitted = [...typed].filter(([field]) => !left.typed.has(field));
  const isSeen = (field: Field): boolean => snapshot.fields.some((of) => of.field === field);
  const unseen = submitted.filter(([field]) => !isSeen(field));
  return {
    snapshot,
    typed: new Map(submitted.filter(([field]) => isSeen(field))),
    refused: unseen.map(([field, input]) => ({ field, typed: input, error: { kind: 'changed-meanwhile' } })),
  };
}

/**
 * Submits a draft again with what one of its times was said to mean. `dateOrder` is what that shows of how its author writes
 * dates; it is remembered.
 */
export async function pickTime(
  app: App,
  caller: Caller,
  draftId: string,
  pick: Picked,
  dateOrder: DateOrder | null,
): Promise<Result<Submission, PickError>> {
  const connection = connectionOf(app, caller);
  if (!connection.ok) return connection;
  const draft = await app.drafts.load(caller, draftId);
  if (draft === null) return err({ kind: 'no-such-draft' });
  if (dateOrder !== null) await app.settings.setHabits(caller.userId, { dateOrder });
  const event = await readEvent(connection.value, draft.eventId, 0);
  if (!event.ok) return err({ kind: 'form-forgotten', because: event.error, draftId });
  const edits = await app.queues.loadEdits(caller.guildId, draft.eventId);
  const present = snapshotOf(event.value, draft.form, edits, typingOf(app, caller));
  const left = leftIn(draft);
  const taken = await stageForm(app, caller, connection.value, recall(draft, left, present), {
    content: () => draft,
    left,
    draft,
    picks: [...draft.picks.filter(({ field }) => field !== pick.field), pick],
    texts: NO_ANSWERS,
  });
  return ok(await finishForm(app, caller, taken));
}
