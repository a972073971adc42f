import { err, ok, type Result } from '../domain/result.ts';
import { editsOfShift } from '../domain/shift.ts';
import { type App, connectionOf, type NotConnected } from './app.ts';
import type { Caller } from './ports.ts';
import type { ReplaceError } from './replace-edits.ts';
import { type NoSuchShift, viewShift } from './shift-events.ts';
import { followStaging, type Staging, stageEdits } from './stage-edits.ts';

/** Why a shift was not queued. */
export type QueueShiftError = NotConnected | NoSuchShift | { readonly kind: 'nothing-to-move' };

/** Queues a shift just as it was shown. Its times are absolute, so doing it again changes nothing more. */
export async function queueShift(app: App, caller: Caller, id: string): Promise<Result<Staging, QueueShiftError>> {
  const connection = connectionOf(app, caller);
  if (!connection.ok) return connection;
  const seen = await viewShift(app, caller, id);
  if (!seen.ok) return seen;
  const wanted = editsOfShift(seen.value.shift);
  if (wanted.length === 0) return err({ kind: 'nothing-to-move' });
  return ok(await followStaging(app, caller, await stageEdits(app, caller, connection.value, wanted)));
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
  const staged = await stageEdits(app, caller, connection.value, contest.wanted, contest.inTheWay);
  return ok(await followStaging(app, caller, staged));
}
