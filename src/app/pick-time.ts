import type { Field } from '../domain/field.ts';
import type { Picked } from '../domain/form-times.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { type Snapshot, snapshotOf } from '../domain/snapshot.ts';
import { NO_ANSWERS } from '../domain/texts/text-field.ts';
import type { DateOrder } from '../domain/times/typed-time.ts';
import { type App, connectionOf, type NotConnected, typingOf } from './app.ts';
import { NOTHING_TYPED } from './drafts.ts';
import type { Unread } from './find-events.ts';
import type { Caller, Draft } from './ports.ts';
import { type Gone, readEvent } from './stage-edits.ts';
import { finishForm, type Recalled, type Submission, stageForm } from './take-form.ts';

/** Why a candidate could not be picked. */
export type PickError =
  | NotConnected
  | { readonly kind: 'no-such-draft' }
  | { readonly kind: 'form-forgotten'; readonly because: Unread | Gone; readonly draftId: string };

/** The form of a draft as its author saw it. What they saw nobody knows of is refused, as it may have changed since. */
function recall({ typed, seen }: Draft, present: Snapshot): Recalled {
  const snapshot = { ...present, ...(seen ?? { fields: [] }) };
  const isSeen = (field: Field): boolean => snapshot.fields.some((of) => of.field === field);
  const unseen = [...typed].filter(([field]) => !isSeen(field));
  return {
    snapshot,
    typed: new Map([...typed].filter(([field]) => isSeen(field))),
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
  const taken = await stageForm(app, caller, connection.value, recall(draft, present), {
    content: () => draft,
    left: NOTHING_TYPED,
    draftId,
    picks: [...draft.picks.filter(({ field }) => field !== pick.field), pick],
    texts: NO_ANSWERS,
  });
  return ok(await finishForm(app, caller, taken));
}
