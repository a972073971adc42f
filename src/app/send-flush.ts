import type { ApiError } from '../domain/api-error.ts';
import { type Change, changesIn, diff, type Events, isUnchangedSince, plan } from '../domain/change.ts';
import type { Flush, FlushState } from '../domain/flush.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { type Answer, judge, outcomeOf, restOf } from '../domain/verdict.ts';
import { type App, connectionOf, type NotConnected } from './app.ts';
import type { Connection } from './connections.ts';
import type { Caller, ClaimError } from './ports.ts';
import { editsOf, fetchLive, type Preview, type PreviewError, previewFlush } from './preview-flush.ts';

/** What a flush came to. */
export type Report = {
  /** The flush with its verdicts, as it is on record. */
  readonly flush: Flush;
  /** The events read again after the PATCH; null when they could not be read. */
  readonly after: Events | null;
  readonly answer: Answer;
  /** How many edits the queue holds after the flush; null if the bot could not write down how the flush ended. */
  readonly queued: number | null;
};

/** Why a confirmed flush was not sent. Nothing was sent and the queue is as it was. */
export type SendError =
  | NotConnected
  | { readonly kind: 'api'; readonly error: ApiError }
  | { readonly kind: 'no-such-flush' }
  | { readonly kind: 'nothing-left' }
  | { readonly kind: 'busy' }
  /** It is no longer a preview; `state` is what it is. */
  | { readonly kind: 'taken'; readonly state: FlushState }
  /** The queue or an event changed after the preview; here is the fresh one. */
  | { readonly kind: 'outdated'; readonly preview: Result<Preview, PreviewError> };

const outdated = async (app: App, caller: Caller): Promise<SendError> => ({
  kind: 'outdated',
  preview: await previewFlush(app, caller),
});

async function explain(app: App, caller: Caller, flushId: string, { kind }: ClaimError): Promise<SendError> {
  if (kind === 'outdated') return outdated(app, caller);
  if (kind === 'busy') return { kind };
  const flush = await app.flushes.load(caller.guildId, flushId);
  return { kind, state: flush?.state ?? 'unknown' };
}

/** Sends the one PATCH of a claimed flush and reads the events again: what the server did, and the flush as it ended. */
async function execute(connection: Connection, flush: Flush): Promise<Omit<Report, 'queued'>> {
  const answer = await connection.perscom.patchEvents(plan(flush.changes));
  const read = await fetchLive(connection, editsOf(changesIn(flush.changes, 'ready', 'gone')));
  const after = read.ok ? read.value : null;
  const verdicts = judge(flush.changes, answer, after);
  return { flush: { ...flush, verdicts, state: outcomeOf(verdicts, answer) }, after, answer };
}

/**
 * Writes down how a flush ended; answers how many edits are queued then, or null if that failed. What was sent is sent:
 * its report must not be lost to a full disk.
 */
async function record(app: App, flush: Flush): Promise<number | null> {
  try {
    await app.flushes.settle(flush, app.clock.now());
    return (await app.queues.load(flush.guildId)).edits.length;
  } catch (err) {
    app.log.error({ err, flushId: flush.id, guildId: flush.guildId }, 'how a flush ended could not be written down');
    return null;
  }
}

/** Executes a claimed flush and records how it ended. Should something break, it is unknown and no longer in the way. */
async function complete(app: App, connection: Connection, flush: Flush): Promise<Report> {
  const ended = await execute(connection, flush).catch(async (bug: unknown) => {
    await app.flushes.settle({ ...flush, state: 'unknown' }, app.clock.now());
    throw bug;
  });
  return { ...ended, queued: await record(app, ended.flush) };
}

/** Null if PERSCOM still holds for `changes` what it held when they were previewed. */
async function whyNotLive(
  app: App,
  caller: Caller,
  connection: Connection,
  changes: readonly Change[],
): Promise<SendError | null> {
  const live = await fetchLive(connection, editsOf(changes));
  if (!live.ok) return { kind: 'api', error: live.error };
  return isUnchangedSince(changes, diff(editsOf(changes), live.value)) ? null : outdated(app, caller);
}

/** Sends a previewed flush: exactly what was previewed, once, or not at all. */
export async function sendFlush(app: App, caller: Caller, flushId: string): Promise<Result<Report, SendError>> {
  const connection = connectionOf(app, caller);
  if (!connection.ok) return connection;
  const flush = await app.flushes.load(caller.guildId, flushId);
  if (flush === null) return err({ kind: 'no-such-flush' });
  if (flush.state !== 'previewed') return err({ kind: 'taken', state: flush.state });
  if (changesIn(flush.changes, 'ready').length === 0) return err({ kind: 'nothing-left' });
  const error = await whyNotLive(app, caller, connection.value, flush.changes);
  if (error !== null) return err(error);
  const sending: Flush = { ...flush, userId: caller.userId, state: 'sending' };
  const claimed = await app.flushes.claim(sending, app.clock.now());
  if (!claimed.ok) return err(await explain(app, caller, flushId, claimed.error));
  return ok(await complete(app, connection.value, sending));
}

/** Those of `changes` whose edits are still queued as they were sent. */
async function stillQueued(app: App, { guildId }: Caller, changes: readonly Change[]): Promise<readonly Change[]> {
  const { edits } = await app.queues.load(guildId);
  const ids = new Set(edits.map(({ id }) => id));
  return changes.filter(({ edit }) => ids.has(edit.id));
}

/** Sends what is left of a refused flush without what was at fault: once, as one PATCH of its own. */
export async function sendRest(app: App, caller: Caller, flushId: string): Promise<Result<Report, SendError>> {
  const connection = connectionOf(app, caller);
  if (!connection.ok) return connection;
  const parent = await app.flushes.load(caller.guildId, flushId);
  if (parent === null) return err({ kind: 'no-such-flush' });
  const changes = await stillQueued(app, caller, restOf(parent.verdicts));
  if (changes.length === 0) return err({ kind: 'nothing-left' });
  const error = await whyNotLive(app, caller, connection.value, changes);
  if (error !== null) return err(error);
  const rest = { ...parent, ...caller, id: app.newId(), changes, verdicts: [], parentId: parent.id };
  const sending: Flush = { ...rest, state: 'sending' };
  const claimed = await app.flushes.claimRest(sending, app.clock.now());
  if (!claimed.ok) return err(await explain(app, caller, flushId, claimed.error));
  return ok(await complete(app, connection.value, sending));
}
