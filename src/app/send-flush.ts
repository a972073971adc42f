import type { ApiError } from '../domain/api-error.ts';
import { type Change, changesIn, diff, isUnchangedSince, plan } from '../domain/change.ts';
import { type Flush, type FlushState, INTERRUPTED, LEASE_MS, OVER_AFTER_MS } from '../domain/flush.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { restOf } from '../domain/verdict.ts';
import { type App, connectionOf, type NotConnected } from './app.ts';
import type { Connection } from './connections.ts';
import type { Caller, ClaimError } from './ports.ts';
import { draftFlush, editsOf, fetchLive, type Preview, type PreviewError, previewFlush } from './preview-flush.ts';
import { type Report, renewLease, settleFlush } from './settle-flush.ts';

/** Why a confirmed flush was not sent. Nothing was sent and the queue is as it was. */
export type SendError =
  | NotConnected
  /** PERSCOM could not be read; `revision` is the queue's that was to be sent, null if only a part of it was. */
  | { readonly kind: 'api'; readonly error: ApiError; readonly revision: number | null }
  | { readonly kind: 'no-such-flush' }
  | { readonly kind: 'nothing-left' }
  | { readonly kind: 'busy' }
  /** It is no longer to be sent; `state` is what it is. */
  | { readonly kind: 'taken'; readonly state: FlushState }
  /** The queue, an event or an earlier flush changed after the preview; here is the fresh one. */
  | { readonly kind: 'outdated'; readonly preview: Result<Preview, PreviewError> };

const outdated = async (app: App, caller: Caller, { reason }: Flush): Promise<SendError> => ({
  kind: 'outdated',
  preview: await previewFlush(app, caller, reason),
});

async function explain(app: App, caller: Caller, flush: Flush, { kind }: ClaimError): Promise<SendError> {
  if (kind === 'outdated') return outdated(app, caller, flush);
  if (kind === 'busy') return { kind };
  const state = (await app.flushes.load(caller.guildId, flush.id))?.state ?? 'expired';
  return state === 'expired' ? outdated(app, caller, flush) : { kind, state };
}

/** A flush as it is on record when its PATCH leaves. */
export function asSent(app: App, { userId, channelId }: Caller, flush: Flush): Flush {
  const now = app.clock.now();
  const due = { sentAt: now, overAt: now + OVER_AFTER_MS, dueAt: now + LEASE_MS };
  return { ...flush, ...due, userId, channelId, state: 'sending', answer: INTERRUPTED };
}

/** Sends the one PATCH of a claimed flush, reads the events again, and records how it ended. */
export async function complete(app: App, connection: Connection, flush: Flush): Promise<Report> {
  const stopRenewing = renewLease(app, flush);
  app.underWay.add(flush.id);
  try {
    const sent = await connection.perscom.patchEvents(plan(flush.changes));
    return await settleFlush(app, connection, { ...flush, ...sent });
  } finally {
    stopRenewing();
    app.underWay.delete(flush.id);
  }
}

/** Null if PERSCOM still holds for `changes` what it held when they were previewed. */
async function whyNotLive(app: App, caller: Caller, connection: Connection, flush: Flush): Promise<SendError | null> {
  const { changes } = flush;
  const revision = flush.parentId === null ? flush.revision : null;
  const live = await fetchLive(connection, editsOf(changes));
  if (!live.ok) return { kind: 'api', error: live.error, revision };
  return isUnchangedSince(changes, diff(editsOf(changes), live.value)) ? null : outdated(app, caller, flush);
}

/** Sends a previewed flush: exactly what was previewed, once, or not at all. */
export async function sendFlush(app: App, caller: Caller, flushId: string): Promise<Result<Report, SendError>> {
  const connection = connectionOf(app, caller);
  if (!connection.ok) return connection;
  const flush = await app.flushes.load(caller.guildId, flushId);
  if (flush === null) return err({ kind: 'no-such-flush' });
  if (flush.state === 'expired') return err(await outdated(app, caller, flush));
  if (flush.state !== 'previewed') return err({ kind: 'taken', state: flush.state });
  if (changesIn(flush.changes, 'ready').length === 0) return err({ kind: 'nothing-left' });
  const error = await whyNotLive(app, caller, connection.value, flush);
  if (error !== null) return err(error);
  const sending = asSent(app, caller, flush);
  const claimed = await app.flushes.claim(sending);
  if (!claimed.ok) return err(await explain(app, caller, flush, claimed.error));
  return ok(await complete(app, connection.value, sending));
}

/** Those of `changes` whose edits are still queued as they were sent. */
export async function stillQueued(
  app: App,
  { guildId }: Caller,
  changes: readonly Change[],
): Promise<readonly Change[]> {
  const { edits } = await app.queues.load(guildId);
  const ids = new Set(edits.map(({ id }) => id));
  return changes.filter(({ edit }) => ids.has(edit.id));
}

/** Sends a part of a refused flush again: once, as one PATCH and a flush of its own, of which a flush has one at most. */
export async function sendPart(
  app: App,
  caller: Caller,
  connection: Connection,
  parent: Flush,
  changes: readonly Change[],
): Promise<Result<Report, SendError>> {
  const { revision, reason } = parent;
  const about = { state: 'previewed', revision, changes, reason, acceptsUnknown: false, dueAt: null } as const;
  const part: Flush = { ...draftFlush(app, caller, about), parentId: parent.id };
  const error = await whyNotLive(app, caller, connection, part);
  if (error !== null) return err(error);
  const sending = asSent(app, caller, part);
  const claimed = await app.flushes.claimPart(sending);
  if (!claimed.ok) return err(await explain(app, caller, parent, claimed.error));
  return ok(await complete(app, connection, sending));
}

/** Sends what is left of a refused flush without what was at fault. */
export async function sendRest(app: App, caller: Caller, flushId: string): Promise<Result<Report, SendError>> {
  const connection = connectionOf(app, caller);
  if (!connection.ok) return connection;
  const parent = await app.flushes.load(caller.guildId, flushId);
  if (parent === null) return err({ kind: 'no-such-flush' });
  const changes = await stillQueued(app, caller, restOf(parent.verdicts));
  return changes.length === 0
    ? err({ kind: 'nothing-left' })
    : sendPart(app, caller, connection.value, parent, changes);
}
