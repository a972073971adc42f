import type { ApiError } from '../domain/api-error.ts';
import { type Change, changesIn, diff, eventIdsOf, isUnchangedSince, plan } from '../domain/change.ts';
import type { Flush } from '../domain/flush.ts';
import { arrange, type Edit } from '../domain/queue.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { type Answer, judge, outcomeOf, restOf, type Verdict } from '../domain/verdict.ts';
import type { App } from './app.ts';
import type { Connection } from './connections.ts';
import { connectionOf, type NotConnected } from './open-form.ts';
import type { ClaimError, Events } from './ports.ts';

/** What a flush would do, recorded under `flush.id` so that confirming it can do nothing else. */
export type Preview = {
  readonly flush: Flush;
  /** Edits that PERSCOM holds already; they have left the queue. */
  readonly dropped: readonly Change[];
  /** Whether what became of the guild's previous flush is not known. */
  readonly followsUnknown: boolean;
};

/** Why there is nothing to preview. Nothing was sent. */
export type PreviewError =
  | NotConnected
  | { readonly kind: 'queue-empty' }
  | { readonly kind: 'all-hold'; readonly dropped: readonly Change[] }
  | { readonly kind: 'api'; readonly error: ApiError };

/** What a flush came to. */
export type Report = {
  readonly flush: Flush;
  readonly verdicts: readonly Verdict[];
  /** The events read again after the PATCH; null when they could not be read. */
  readonly after: Events | null;
  readonly answer: Answer;
  /** How many edits the queue holds after the flush. */
  readonly queued: number;
  /** What can be sent again with one click, without what was refused. */
  readonly rest: readonly Change[];
};

/** Why a confirmed flush was not sent. Nothing was sent and the queue is as it was. */
export type SendError =
  | { readonly kind: 'no-such-flush' }
  | { readonly kind: 'nothing-left' }
  | { readonly kind: Exclude<ClaimError, 'stale'> }
  /** The queue or an event changed after the preview; here is the fresh one. */
  | { readonly kind: 'outdated'; readonly preview: Result<Preview, PreviewError> }
  | Exclude<PreviewError, { kind: 'queue-empty' | 'all-hold' }>;

/** How a conflict is settled: their value stays and our edit goes, or our edit is sent over their value. */
export type Resolution = 'ours' | 'theirs';

const editsOf = (changes: readonly Change[]): readonly Edit[] => changes.map(({ edit }) => edit);
const idsOf = (changes: readonly Change[]): readonly number[] => changes.map(({ edit }) => edit.id);

/** The changes that a flush answers for: those it sends, and those whose event is gone. */
const answeredFor = (flush: Flush): readonly Change[] => changesIn(flush.changes, 'ready', 'gone');

async function readLive({ perscom, cache }: Connection, edits: readonly Edit[]): Promise<Result<Events, ApiError>> {
  const live = await perscom.fetchEvents(eventIdsOf(edits));
  if (live.ok) cache.learn(live.value.values());
  return live;
}

/** Holds the guild's queue against PERSCOM and records what a flush of it would do. */
export async function previewFlush(app: App, guildId: string, userId: string): Promise<Result<Preview, PreviewError>> {
  const connection = connectionOf(app, guildId);
  if (!connection.ok) return connection;
  const queue = await app.queues.load(guildId);
  if (queue.edits.length === 0) return err({ kind: 'queue-empty' });
  const live = await readLive(connection.value, queue.edits);
  if (!live.ok) return err({ kind: 'api', error: live.error });
  const all = diff(arrange(queue.edits), live.value);
  const dropped = changesIn(all, 'holds');
  const removed = await app.queues.remove(guildId, idsOf(dropped));
  const changes = changesIn(all, 'ready', 'conflict', 'gone');
  if (changes.length === 0) return err({ kind: 'all-hold', dropped });
  const followsUnknown = (await app.flushes.lastState(guildId)) === 'unknown';
  const revision = queue.revision + (removed > 0 ? 1 : 0);
  const record = { id: app.newId(), guildId, userId, revision, changes, verdicts: [], parentId: null };
  const flush: Flush = { ...record, state: 'previewed' };
  await app.flushes.save(flush, app.clock.now());
  return ok({ flush, dropped, followsUnknown });
}

const outdated = async (app: App, guildId: string, userId: string): Promise<SendError> => ({
  kind: 'outdated',
  preview: await previewFlush(app, guildId, userId),
});

const refuse = async (app: App, flush: Flush, userId: string, error: ClaimError): Promise<SendError> =>
  error === 'stale' ? outdated(app, flush.guildId, userId) : { kind: error };

/** Reads the events again, judges, and records how the flush ended. */
async function settle(app: App, connection: Connection, flush: Flush, answer: Answer): Promise<Report> {
  const changes = answeredFor(flush);
  const read = await readLive(connection, editsOf(changes));
  const after = read.ok ? read.value : null;
  const verdicts = judge(changes, answer, after);
  await app.flushes.settle(flush, outcomeOf(verdicts, answer), verdicts, app.clock.now());
  const { edits } = await app.queues.load(flush.guildId);
  return { flush, verdicts, after, answer, queued: edits.length, rest: restOf(verdicts) };
}

/** Sends the one PATCH of a claimed flush. Should something break, the flush is unknown and no longer in the way. */
async function execute(app: App, connection: Connection, flush: Flush): Promise<Report> {
  try {
    return await settle(app, connection, flush, await connection.perscom.patchEvents(plan(flush.changes)));
  } catch (bug) {
    await app.flushes.settle(flush, 'unknown', [], app.clock.now());
    throw bug;
  }
}

/** Null if PERSCOM still holds for `changes` what it held when they were previewed. */
async function whyNotLive(
  app: App,
  connection: Connection,
  flush: Flush,
  changes: readonly Change[],
  userId: string,
): Promise<SendError | null> {
  const live = await readLive(connection, editsOf(changes));
  if (!live.ok) return { kind: 'api', error: live.error };
  return isUnchangedSince(changes, diff(editsOf(changes), live.value)) ? null : outdated(app, flush.guildId, userId);
}

/** Sends a previewed flush: exactly what was previewed, once, or not at all. */
export async function sendFlush(
  app: App,
  guildId: string,
  userId: string,
  flushId: string,
): Promise<Result<Report, SendError>> {
  const connection = connectionOf(app, guildId);
  if (!connection.ok) return connection;
  const flush = await app.flushes.load(guildId, flushId);
  if (flush === null) return err({ kind: 'no-such-flush' });
  if (flush.state !== 'previewed') return err({ kind: 'taken' });
  if (changesIn(flush.changes, 'ready').length === 0) return err({ kind: 'nothing-left' });
  const error = await whyNotLive(app, connection.value, flush, flush.changes, userId);
  if (error !== null) return err(error);
  const claimed = await app.flushes.claim(flush, userId, app.clock.now());
  if (!claimed.ok) return err(await refuse(app, flush, userId, claimed.error));
  return ok(await execute(app, connection.value, { ...flush, userId, state: 'sending' }));
}

/** Those of `changes` whose edits are still queued as they were sent. */
async function stillQueued(app: App, guildId: string, changes: readonly Change[]): Promise<readonly Change[]> {
  const { edits } = await app.queues.load(guildId);
  const ids = new Set(edits.map(({ id }) => id));
  return changes.filter(({ edit }) => ids.has(edit.id));
}

/** Sends what is left of a refused flush without what was at fault: once, as one PATCH of its own. */
export async function sendRest(
  app: App,
  guildId: string,
  userId: string,
  flushId: string,
): Promise<Result<Report, SendError>> {
  const connection = connectionOf(app, guildId);
  if (!connection.ok) return connection;
  const parent = await app.flushes.load(guildId, flushId);
  if (parent === null) return err({ kind: 'no-such-flush' });
  const changes = await stillQueued(app, guildId, restOf(parent.verdicts));
  if (changes.length === 0) return err({ kind: 'nothing-left' });
  const error = await whyNotLive(app, connection.value, parent, changes, userId);
  if (error !== null) return err(error);
  const record = { ...parent, id: app.newId(), userId, changes, verdicts: [], parentId: parent.id };
  const flush: Flush = { ...record, state: 'sending' };
  const claimed = await app.flushes.claimRest(flush, app.clock.now());
  if (!claimed.ok) return err(await refuse(app, flush, userId, claimed.error));
  return ok(await execute(app, connection.value, flush));
}

/** Settles every conflict of a preview the same way, then previews again. */
export async function resolveConflicts(
  app: App,
  guildId: string,
  userId: string,
  flushId: string,
  resolution: Resolution,
): Promise<Result<Preview, PreviewError | { readonly kind: 'no-such-flush' }>> {
  const flush = await app.flushes.load(guildId, flushId);
  if (flush === null) return err({ kind: 'no-such-flush' });
  const ids = idsOf(changesIn(flush.changes, 'conflict'));
  if (resolution === 'theirs') await app.queues.remove(guildId, ids);
  else await app.queues.rebase(guildId, flush, ids);
  return previewFlush(app, guildId, userId);
}

/** A recorded flush of the guild, to show its preview again. */
export const loadFlush = (app: App, guildId: string, flushId: string): Promise<Flush | null> =>
  app.flushes.load(guildId, flushId);
