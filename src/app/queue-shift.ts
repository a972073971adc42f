import { eventIdsOf } from '../domain/change.ts';
import type { EventId } from '../domain/event.ts';
import { outdated, type Staged, type WantedEdit } from '../domain/queue.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { builtOn, editsOfShift, type Shift, seenBy } from '../domain/shift.ts';
import { meansSame } from '../domain/value.ts';
import { type App, connectionOf, type NotConnected } from './app.ts';
import type { Connection } from './connections.ts';
import { WAIT_MS } from './find-events.ts';
import type { Caller } from './ports.ts';
import type { ReplaceError } from './replace-edits.ts';
import { changeShift, type NoSuchShift, viewShift } from './shift-events.ts';
import { followStaging, type Staging, stageEdits } from './stage-edits.ts';

/** Why a shift was not queued. */
export type QueueShiftError = NotConnected | NoSuchShift | { readonly kind: 'nothing-to-move' };

/** What queueing a shift came to. */
export type QueuedShift = Staging & {
  /** The shift of the ops for which the queue is no longer as it was shown, to be shown anew; null if it is for all. */
  readonly outdatedId: string | null;
};

/** `staged`, where what PERSCOM holds by now, as the shift was flushed already, is not outdated but there. */
async function tellDone({ cache }: Connection, staged: readonly Staged[]): Promise<readonly Staged[]> {
  const ids = eventIdsOf(outdated(staged).map(({ edit }) => edit));
  const live = ids.length === 0 ? null : await cache.readSome(ids, WAIT_MS);
  if (live === null || !live.ok) return staged;
  const isThere = ({ eventId, field, wanted }: WantedEdit): boolean => {
    const event = live.value.get(eventId);
    return event !== undefined && meansSame(event.values[field], wanted);
  };
  const isDone = (id: EventId): boolean => staged.every(({ edit }) => edit.eventId !== id || isThere(edit));
  return staged.map((one) =>
    one.kind === 'outdated' && isDone(one.edit.eventId) ? { kind: 'holds', edit: one.edit } : one,
  );
}

/** Keeps the shift of the ops that were left alone as it was outdated. */
async function keepOutdated(app: App, caller: Caller, id: string, staged: readonly Staged[]): Promise<string | null> {
  const ids = eventIdsOf(outdated(staged).map(({ edit }) => edit));
  if (ids.length === 0) return null;
  const only = (shift: Shift): Shift => ({ ...shift, ops: shift.ops.filter(({ eventId }) => ids.includes(eventId)) });
  const kept = await changeShift(app, caller, id, only);
  return kept.ok ? kept.value.id : null;
}

/**
 * Queues a shift just as it was shown: over the very edits that it was shown to build on, whoever queued them. Its times are
 * absolute, so doing it again changes nothing more.
 */
export async function queueShift(app: App, caller: Caller, id: string): Promise<Result<QueuedShift, QueueShiftError>> {
  const connection = connectionOf(app, caller);
  if (!connection.ok) return connection;
  const seen = await viewShift(app, caller, id);
  if (!seen.ok) return seen;
  const { shift } = seen.value;
  const wanted = editsOfShift(shift);
  if (wanted.length === 0) return err({ kind: 'nothing-to-move' });
  const outcome = await stageEdits(app, caller, connection.value, wanted, builtOn(shift), seenBy(shift));
  const staged = await tellDone(connection.value, outcome);
  const outdatedId = await keepOutdated(app, caller, id, staged);
  return ok({ ...(await followStaging(app, caller, staged, builtOn(shift))), outdatedId });
}

/** Queues the ops of a shift that were contested, over the very edits that were in their way. */
export async function replaceShifted(
  app: App,
  caller: Caller,
  contestId: string,
): Promise<Result<QueuedShift, ReplaceError>> {
  const connection = connectionOf(app, caller);
  if (!connection.ok) return connection;
  const contest = await app.drafts.loadContest(caller, contestId);
  if (contest === null) return err({ kind: 'no-such-contest' });
  const staged = await stageEdits(app, caller, connection.value, contest.wanted, contest.inTheWay);
  return ok({ ...(await followStaging(app, caller, staged, contest.inTheWay)), outdatedId: null });
}
