import { err, type Result } from '../domain/result.ts';
import { presentOps } from '../domain/selection.ts';
import { shiftOps } from '../domain/shift.ts';
import { type App, connectionOf, zoneOf } from './app.ts';
import { toUnread } from './find-events.ts';
import type { Caller } from './ports.ts';
import { READ_WAIT_MS } from './read-ops.ts';
import { changeShift, type NoSuchShift, type ShiftError, type ShiftPreview, viewShift } from './shift-events.ts';

/** The ops of a shift moved as far again, but from what PERSCOM and the queue have for them now. Nothing is queued. */
export async function renewShift(
  app: App,
  caller: Caller,
  id: string,
): Promise<Result<ShiftPreview, ShiftError | NoSuchShift>> {
  const connection = connectionOf(app, caller);
  if (!connection.ok) return connection;
  const seen = await viewShift(app, caller, id);
  if (!seen.ok) return seen;
  const ids = seen.value.shift.ops.map(({ eventId }) => eventId);
  const events = await connection.value.cache.readSome(ids, READ_WAIT_MS);
  if (!events.ok) return err(toUnread(events.error));
  const { edits } = await app.queues.load(caller.guildId);
  const ops = presentOps(events.value.values(), edits);
  if (ops.length === 0) return err({ kind: 'no-match', past: 0 });
  return changeShift(app, caller, id, ({ move, leavesEnds, leavesDeadlines, leftOut }) => ({
    ...shiftOps(ops, move, zoneOf(app, caller.guildId)),
    leavesEnds,
    leavesDeadlines,
    leftOut,
    gone: ids.length - ops.length,
  }));
}
