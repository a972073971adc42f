import type { ApiError } from '../domain/api-error.ts';
import { type Change, changesIn, diff, type Events, eventIdsOf } from '../domain/change.ts';
import type { Flush } from '../domain/flush.ts';
import { arrange, type Edit } from '../domain/queue.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { type App, connectionOf, type NotConnected } from './app.ts';
import type { Connection } from './connections.ts';
import type { Caller } from './ports.ts';

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

/** How conflicts are settled: their values stay and our edits go, or our edits are sent over their values. */
export type Resolution = 'ours' | 'theirs';

/** The edits of `changes`. */
export const editsOf = (changes: readonly Change[]): readonly Edit[] => changes.map(({ edit }) => edit);

/** The events of `edits` as PERSCOM holds them now. */
export async function fetchLive(
  { perscom, cache }: Connection,
  edits: readonly Edit[],
): Promise<Result<Events, ApiError>> {
  const live = await perscom.fetchEvents(eventIdsOf(edits));
  if (live.ok) cache.learn(live.value.values());
  return live;
}

/**
 * Takes what PERSCOM holds already out of the queue, unless a flush is under way. The revision that follows is that of
 * the queue as it was read less what went: where somebody else changed it meanwhile, it fits no queue any more.
 */
async function dropHeld(app: App, { guildId }: Caller, held: readonly Change[], revision: number) {
  if (held.length === 0) return { dropped: [], revision };
  const ids = editsOf(held).map(({ id }) => id);
  const removal = await app.queues.remove(guildId, ids);
  if (!removal.ok) return { dropped: [], revision };
  return { dropped: held, revision: removal.value.removed === 0 ? revision : revision + 1 };
}

/** Holds the guild's queue against PERSCOM and records what a flush of it would do. */
export async function previewFlush(app: App, caller: Caller): Promise<Result<Preview, PreviewError>> {
  const connection = connectionOf(app, caller);
  if (!connection.ok) return connection;
  const queue = await app.queues.load(caller.guildId);
  if (queue.edits.length === 0) return err({ kind: 'queue-empty' });
  const live = await fetchLive(connection.value, queue.edits);
  if (!live.ok) return err({ kind: 'api', error: live.error });
  const all = diff(arrange(queue.edits), live.value);
  const { dropped, revision } = await dropHeld(app, caller, changesIn(all, 'holds'), queue.revision);
  const changes = changesIn(all, 'ready', 'conflict', 'out-of-order', 'gone');
  if (changes.length === 0) return err({ kind: 'all-hold', dropped });
  const followsUnknown = (await app.flushes.lastState(caller.guildId)) === 'unknown';
  const flush: Flush = {
    ...caller,
    id: app.newId(),
    state: 'previewed',
    revision,
    changes,
    verdicts: [],
    parentId: null,
  };
  await app.flushes.save(flush, app.clock.now());
  return ok({ flush, dropped, followsUnknown });
}

/** A recorded flush of the caller's guild, to show its preview again. */
export const loadFlush = (app: App, { guildId }: Caller, flushId: string): Promise<Flush | null> =>
  app.flushes.load(guildId, flushId);

/** Settles every conflict of a preview the same way, then previews again. */
export async function settleConflicts(
  app: App,
  caller: Caller,
  flushId: string,
  resolution: Resolution,
): Promise<Result<Preview, PreviewError | { readonly kind: 'no-such-flush' } | { readonly kind: 'busy' }>> {
  const flush = await app.flushes.load(caller.guildId, flushId);
  if (flush === null) return err({ kind: 'no-such-flush' });
  const conflicts = changesIn(flush.changes, 'conflict');
  if (resolution === 'ours') await app.queues.rebase(caller.guildId, conflicts);
  else {
    const ids = editsOf(conflicts).map(({ id }) => id);
    const removal = await app.queues.remove(caller.guildId, ids);
    if (!removal.ok) return err({ kind: 'busy' });
  }
  return previewFlush(app, caller);
}
