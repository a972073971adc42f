import { type ApiError, isOutage } from '../domain/api-error.ts';
import { changesIn } from '../domain/change.ts';
import { backOffMs, EXPIRES_AFTER_MS, type Flush } from '../domain/flush.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { type App, connectionOf, type NotConnected } from './app.ts';
import type { Connection } from './connections.ts';
import type { Caller } from './ports.ts';
import { compare, draftFlush } from './preview-flush.ts';
import { asSent, complete } from './send-flush.ts';
import type { Report } from './settle-flush.ts';

/** Why a flush was not left waiting. Nothing was sent. */
export type WaitError = NotConnected | { readonly kind: 'moved-on' } | { readonly kind: 'waiting-already' };

/** Why a flush that waited will not be sent. The queue is as it was. */
export type NotSent =
  /** The queue is not what it was when the flush was left waiting. */
  | { readonly kind: 'moved-on' }
  /** Somebody flushed the queue, or a part of it, while this waited. */
  | { readonly kind: 'flushed-meanwhile' }
  | { readonly kind: 'too-late' }
  /** Nothing of the queue can be sent as it is: conflicts, events that are gone, or values that PERSCOM holds. */
  | { readonly kind: 'nothing-left' }
  | { readonly kind: 'api'; readonly error: ApiError };

/** Leaves the guild's queue as it is at `revision` to be sent, without another question, when PERSCOM is back. */
export async function leaveWaiting(app: App, caller: Caller, revision: number): Promise<Result<Flush, WaitError>> {
  const connection = connectionOf(app, caller);
  if (!connection.ok) return connection;
  const queue = await app.queues.load(caller.guildId);
  if (queue.edits.length === 0 || queue.revision !== revision) return err({ kind: 'moved-on' });
  const dueAt = app.clock.now();
  const about = { state: 'waiting', revision, changes: [], reason: null, acceptsUnknown: false, dueAt } as const;
  const flush = draftFlush(app, caller, about);
  return (await app.flushes.wait(flush)) ? ok(flush) : err({ kind: 'waiting-already' });
}

/** Stops a flush from waiting; false if it has been sent or stopped already. */
export const stopWaiting = (app: App, { guildId }: Caller, flushId: string): Promise<boolean> =>
  app.flushes.cancel(guildId, flushId);

/** What became of a look after a waiting flush; null if it goes on waiting. */
export type Waited = Result<Report, NotSent> | null;

/** PERSCOM as it starts up again fails for a while before it works. */
const mayPass = (error: ApiError): boolean => isOutage(error) || error.kind === 'server-error';

/** Whether a flush of the guild was sent after this one was left waiting. */
async function isOvertaken(app: App, { guildId, previewedAt }: Flush): Promise<boolean> {
  const [latest] = await app.flushes.list(guildId, 0, 1);
  return latest?.sentAt !== undefined && latest.sentAt !== null && latest.sentAt >= previewedAt;
}

const waitOn = async (app: App, flush: Flush): Promise<null> => {
  const now = app.clock.now();
  await app.flushes.postpone(flush, now + backOffMs((now - flush.previewedAt) / 4));
  return null;
};

async function giveUp(app: App, { guildId, id }: Flush, why: NotSent): Promise<Waited> {
  return (await app.flushes.cancel(guildId, id)) ? err(why) : null;
}

const callerOf = ({ guildId, userId, channelId }: Flush): Caller => ({ guildId, userId, channelId });

/** Sends a waiting flush if PERSCOM is back and the queue is still the one that was left waiting. */
export async function sendWaiting(app: App, connection: Connection, flush: Flush): Promise<Waited> {
  const queue = await app.queues.load(flush.guildId);
  if (queue.revision !== flush.revision) return giveUp(app, flush, { kind: 'moved-on' });
  if (app.clock.now() - flush.previewedAt >= EXPIRES_AFTER_MS) return giveUp(app, flush, { kind: 'too-late' });
  if (await isOvertaken(app, flush)) return giveUp(app, flush, { kind: 'flushed-meanwhile' });
  const open = await app.flushes.loadOpen(flush.guildId);
  if (open.some(({ state }) => state !== 'waiting')) return waitOn(app, flush);
  const caller = callerOf(flush);
  const compared = await compare(app, caller, connection, queue);
  if (!compared.ok)
    return mayPass(compared.error) ? waitOn(app, flush) : giveUp(app, flush, { kind: 'api', error: compared.error });
  const { changes, revision, dropped } = compared.value;
  if (changesIn(changes, 'ready').length === 0) return giveUp(app, flush, { kind: 'nothing-left' });
  const sending = asSent(app, caller, { ...flush, changes, revision });
  const claimed = await app.flushes.claim(sending);
  if (claimed.ok) return ok({ ...(await complete(app, connection, sending)), dropped });
  return claimed.error.kind === 'taken' ? null : waitOn(app, flush);
}
