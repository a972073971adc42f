import { type Change, changesIn, type Events } from '../domain/change.ts';
import type { Flush } from '../domain/flush.ts';
import { backOffMs, INTERRUPTED, isOver, LEASE_MS } from '../domain/flush.ts';
import { amend, judge, outcomeOf } from '../domain/verdict.ts';
import type { App } from './app.ts';
import type { Connection } from './connections.ts';
import type { Caller, Post } from './ports.ts';
import { editsOf, fetchLive } from './preview-flush.ts';

/** What a flush came to. */
export type Report = {
  /** The flush with its verdicts, as it is on record. */
  readonly flush: Flush;
  /** The events read again after the PATCH; null when they could not be read. */
  readonly after: Events | null;
  /** How many edits the queue holds after the flush; null if the bot could not write down how the flush ended. */
  readonly queued: number | null;
  /** Whether this was written down; false also where another process had settled the flush before. */
  readonly hasMoved: boolean;
  /** The flushes that it was sent in again to find out what PERSCOM fails on; null for an ordinary one. */
  readonly pieces: Pieces | null;
  /** What PERSCOM held already when a flush that had waited was sent; it has left the queue. */
  readonly dropped?: readonly Change[];
};

/** The flushes in which another one was sent again, in order, and whether that search came to its end. */
export type Pieces = { readonly ids: readonly string[]; readonly isThrough: boolean };

/**
 * Writes down how a flush stands, and counts the edits that are queued then. What was sent is sent: its report must not
 * be lost to a full disk.
 */
async function record(app: App, flush: Flush): Promise<Pick<Report, 'queued' | 'hasMoved'>> {
  try {
    const hasMoved = await app.flushes.settle(flush);
    app.unrecorded.delete(flush.id);
    return { queued: (await app.queues.load(flush.guildId)).edits.length, hasMoved };
  } catch (err) {
    app.log.error({ err, flushId: flush.id, guildId: flush.guildId }, 'how a flush ended could not be written down');
    app.unrecorded.set(flush.id, flush);
    return { queued: null, hasMoved: false };
  }
}

/** Remembers where a report stands; without it, the report is posted anew when there is more to say. */
export async function keepPosts(app: App, guildId: string, flushId: string, posts: readonly Post[]): Promise<void> {
  try {
    await app.flushes.savePosts(guildId, flushId, posts, app.clock.now() + backOffMs(0));
  } catch (err) {
    app.log.error({ err, flushId, guildId }, 'where a report stands could not be written down');
  }
}

/** A process with news of a flush has told of it within this time, and says so; one that has not has died. */
const TELL_WITHIN_MS = 30_000;

/** The report of a flush that was settled, for whoever was not told. */
export async function reportAgain(app: App, connection: Connection, flush: Flush): Promise<Report> {
  const read = await fetchLive(connection, editsOf(changesIn(flush.changes, 'ready')));
  const { edits } = await app.queues.load(flush.guildId);
  return { flush, after: read.ok ? read.value : null, pieces: null, queued: edits.length, hasMoved: true };
}

/**
 * Reads the events of a flush that was sent again, judges what became of its changes, and records how it stands now. Once
 * that is known, somebody has to be told.
 */
export async function settleFlush(app: App, connection: Connection, flush: Flush): Promise<Report> {
  const answer = flush.answer ?? INTERRUPTED;
  const read = await fetchLive(connection, editsOf(changesIn(flush.changes, 'ready', 'gone')));
  const now = app.clock.now();
  const after = read.ok ? read.value : null;
  const verdicts = amend(flush.verdicts, judge(flush.changes, answer, after, isOver(flush, now)));
  const state = outcomeOf(verdicts, answer);
  const isNews = state !== 'unknown' || flush.state === 'sending';
  const dueAt = now + (isNews ? TELL_WITHIN_MS : backOffMs(now - (flush.sentAt ?? now)));
  const next = { dueAt, settledAt: state === 'unknown' ? null : now };
  const settled: Flush = { ...flush, ...next, state, verdicts };
  return { flush: settled, after, pieces: null, ...(await record(app, settled)) };
}

/** Has the guild's unknown flushes settled now, without waiting any longer for what they sent; answers how many. */
export const hurryUp = (app: App, { guildId }: Caller): Promise<number> => app.flushes.hurry(guildId, app.clock.now());

/**
 * Says every few seconds that a flush is still being sent by a process that is alive; answers how to stop saying so. A
 * database that does not take it costs the lease and no more.
 */
export function renewLease(app: App, flush: Flush): () => void {
  let current = flush;
  const renew = async (): Promise<void> => {
    const dueAt = app.clock.now() + LEASE_MS;
    if (await app.flushes.postpone(current, dueAt)) current = { ...current, dueAt };
  };
  const timer = setInterval(() => {
    renew().catch((err: unknown) => app.log.error({ err, flushId: flush.id }, 'a lease could not be renewed'));
  }, LEASE_MS / 4);
  return () => clearInterval(timer);
}
