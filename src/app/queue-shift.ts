import type { EventId } from '../domain/event.ts';
import { contested, replaceableBy, type Staged, stage, type WantedEdit } from '../domain/queue.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { editsOfShift } from '../domain/shift.ts';
import { type App, connectionOf, type NotConnected } from './app.ts';
import type { Connection } from './connections.ts';
import type { Caller } from './ports.ts';
import type { ReplaceError } from './replace-edits.ts';
import { type NoSuchShift, viewShift } from './shift-events.ts';
import { type Staging, stageEdits } from './stage-edits.ts';

/** Why a shift was not queued. */
export type QueueShiftError = NotConnected | NoSuchShift | { readonly kind: 'nothing-to-move' };

/**
 * Keeps the edits of ops in whose way another moderator's edits are, so that their author can be asked. All edits of such
 * an op are kept together: moving its end without its start would tear it apart.
 */
async function contestOps(
  app: App,
  caller: Caller,
  wanted: readonly WantedEdit[],
  staged: readonly Staged[],
): Promise<Staging> {
  const conflicts = contested(staged);
  if (conflicts.length === 0) return { staged, contestId: null };
  const ids = new Set(conflicts.map(({ edit }) => edit.eventId));
  const contest = {
    wanted: wanted.filter(({ eventId }) => ids.has(eventId)),
    inTheWay: conflicts.map(({ previous }) => previous.id),
  };
  const contestId = app.newId();
  await app.drafts.saveContest(caller, contestId, contest, app.clock.now());
  return { staged, contestId };
}

/** Stages the ops in whose way nobody's edits are but those with the ids in `mayReplace`, in one transaction. */
async function stageOps(
  app: App,
  caller: Caller,
  connection: Connection,
  wanted: readonly WantedEdit[],
  mayReplace: readonly number[],
): Promise<Staging> {
  const { edits } = await app.queues.load(caller.guildId);
  const inTheWay = contested(stage(edits, wanted, false, replaceableBy(caller.userId, mayReplace)));
  const held = new Set<EventId>(inTheWay.map(({ edit }) => edit.eventId));
  const free = wanted.filter(({ eventId }) => !held.has(eventId));
  const staged = await stageEdits(app, caller, connection, free, mayReplace);
  return contestOps(app, caller, wanted, [...staged, ...inTheWay]);
}

/** Queues a shift just as it was shown. Its times are absolute, so doing it again changes nothing more. */
export async function queueShift(app: App, caller: Caller, id: string): Promise<Result<Staging, QueueShiftError>> {
  const connection = connectionOf(app, caller);
  if (!connection.ok) return connection;
  const seen = await viewShift(app, caller, id);
  if (!seen.ok) return seen;
  const wanted = editsOfShift(seen.value.shift);
  if (wanted.length === 0) return err({ kind: 'nothing-to-move' });
  return ok(await stageOps(app, caller, connection.value, wanted, []));
}

/** Queues the ops of a shift that were contested, over the very edits that were in their way. */
export async function replaceShifted(
  app: App,
  caller: Caller,
  contestId: string,
): Promise<Result<Staging, ReplaceError>> {
  const connection = connectionOf(app, caller);
  if (!connection.ok) return connection;
  const contest = await app.drafts.loadContest(caller, contestId);
  if (contest === null) return err({ kind: 'no-such-contest' });
  return ok(await stageOps(app, caller, connection.value, contest.wanted, contest.inTheWay));
}
