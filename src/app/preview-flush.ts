import type { ApiError } from '../domain/api-error.ts';
import {
  type Change,
  type ChangeState,
  changesIn,
  decidedWith,
  diff,
  type Events,
  eventIdsOf,
} from '../domain/change.ts';
import type { Flush } from '../domain/flush.ts';
import { arrange, type Edit, type Queue } from '../domain/queue.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { type App, connectionOf, type NotConnected } from './app.ts';
import { type Checks, checkChanges } from './check-edits.ts';
import type { Connection } from './connections.ts';
import type { Caller } from './ports.ts';

/** What a flush would do, recorded under `flush.id` so that confirming it can do nothing else. */
export type Preview = {
  readonly flush: Flush;
  readonly checks: Checks;
  /** Edits that PERSCOM holds already; they have left the queue. */
  readonly dropped: readonly Change[];
  /** The guild's flushes that wait for PERSCOM or are unknown. */
  readonly open: readonly Flush[];
};

/** Why there is nothing to preview. Nothing was sent. */
export type PreviewError =
  | NotConnected
  | { readonly kind: 'queue-empty' }
  | { readonly kind: 'all-hold'; readonly dropped: readonly Change[] }
  /** PERSCOM could not be read; `revision` is the queue's. */
  | { readonly kind: 'api'; readonly error: ApiError; readonly revision: number };

/** The edits of `changes`. */
export const editsOf = (changes: readonly Change[]): readonly Edit[] => changes.map(({ edit }) => edit);

/** The events of `edits` as PERSCOM holds them now. */
export async function fetchLive(
  { perscom, cache }: Connection,
  edits: readonly Edit[],
): Promise<Result<Events, ApiError>> {
  const live = await perscom.fetchEvents(eventIdsOf(edits), 'flush');
  if (live.ok) cache.learn(live.value.values());
  return live;
}

/**
 * Of what PERSCOM holds already, what may leave the queue: all of it; but while a flush is not settled only what that has
 * sent, as what else it sent may yet land over the rest.
 */
async function settledOf(app: App, guildId: string, held: readonly Change[]): Promise<readonly Change[]> {
  const unsettled = (await app.flushes.loadOpen(guildId)).filter(({ state }) => state !== 'waiting');
  const sent = new Set(unsettled.flatMap(({ changes }) => editsOf(changes).map(({ id }) => id)));
  return unsettled.length === 0 ? held : held.filter(({ edit }) => sent.has(edit.id));
}

/**
 * Takes what PERSCOM holds already out of the queue, unless a flush is under way. The revision that follows is that of
 * the queue as it was read less what went: where somebody else changed it meanwhile, it fits no queue any more.
 */
async function dropHeld(app: App, { guildId }: Caller, held: readonly Change[], revision: number) {
  if (held.length === 0) return { dropped: [], revision };
  const dropped = await settledOf(app, guildId, held);
  const ids = editsOf(dropped).map(({ id }) => id);
  const removal = await app.queues.remove(guildId, ids);
  if (!removal.ok) return { dropped: [], revision };
  return { dropped, revision: removal.value.removed === 0 ? revision : revision + 1 };
}

/** A queue held against PERSCOM: what is left of it, its revision then, and what held already and has left it. */
export type Comparison = {
  readonly changes: readonly Change[];
  readonly revision: number;
  readonly dropped: readonly Change[];
  readonly live: Events;
};

/** Holds a guild's queue against what PERSCOM holds now. */
export async function compare(
  app: App,
  caller: Caller,
  connection: Connection,
  { edits, revision }: Queue,
): Promise<Result<Comparison, ApiError>> {
  const live = await fetchLive(connection, edits);
  if (!live.ok) return live;
  const all = diff(arrange(edits), live.value);
  const held = await dropHeld(app, caller, changesIn(all, 'holds'), revision);
  return ok({ ...held, live: live.value, changes: all.filter(({ state }) => state !== 'holds') });
}

/** A flush that was not sent yet. */
export const draftFlush = (
  app: App,
  { guildId, userId, channelId }: Caller,
  about: Pick<Flush, 'state' | 'revision' | 'changes' | 'reason' | 'acceptsUnknown' | 'dueAt'>,
): Flush => ({
  ...about,
  guildId,
  userId,
  channelId,
  id: app.newId(),
  verdicts: [],
  answer: null,
  requestId: null,
  attempts: 0,
  parentId: null,
  previewedAt: app.clock.now(),
  sentAt: null,
  settledAt: null,
  overAt: null,
});

/** Holds the guild's queue against PERSCOM and records what a flush of it would do, for a `reason` if there is one. */
export async function previewFlush(
  app: App,
  caller: Caller,
  reason: string | null = null,
): Promise<Result<Preview, PreviewError>> {
  const connection = connectionOf(app, caller);
  if (!connection.ok) return connection;
  const queue = await app.queues.load(caller.guildId);
  if (queue.edits.length === 0) return err({ kind: 'queue-empty' });
  const compared = await compare(app, caller, connection.value, queue);
  if (!compared.ok) return err({ kind: 'api', error: compared.error, revision: queue.revision });
  const { dropped, changes, revision, live } = compared.value;
  if (changes.length === 0) return err({ kind: 'all-hold', dropped });
  const open = await app.flushes.loadOpen(caller.guildId);
  const acceptsUnknown = open.some(({ state }) => state === 'unknown');
  const flush = draftFlush(app, caller, { state: 'previewed', revision, changes, reason, acceptsUnknown, dueAt: null });
  await app.flushes.save(flush);
  return ok({ flush, checks: await checkChanges(app, caller, connection.value, changes, live), dropped, open });
}

/** A recorded flush of the caller's guild, to show its preview again. */
export const loadFlush = (app: App, { guildId }: Caller, flushId: string): Promise<Flush | null> =>
  app.flushes.load(guildId, flushId);

/** What to do about changes that cannot be sent as they are: take our edits out of the queue, or send over their values. */
export type Resolution = 'drop' | 'ours';

/** Why changes were not resolved. */
export type ResolveError = PreviewError | { readonly kind: 'no-such-flush' } | { readonly kind: 'busy' };

/**
 * Resolves changes of a preview that are in `state`, all of them or the one of the edit with id `editId`, and what is
 * decided with them, as they were shown there; then previews again.
 */
export async function resolveChanges(
  app: App,
  caller: Caller,
  flushId: string,
  { state, editId, resolution }: { state: ChangeState; editId: number | null; resolution: Resolution },
): Promise<Result<Preview, ResolveError>> {
  const flush = await app.flushes.load(caller.guildId, flushId);
  if (flush === null) return err({ kind: 'no-such-flush' });
  const chosen = changesIn(flush.changes, state).filter(({ edit }) => editId === null || edit.id === editId);
  const meant = decidedWith(flush.changes, chosen);
  if (resolution === 'ours') await app.queues.rebase(caller.guildId, meant);
  else {
    const ids = editsOf(meant).map(({ id }) => id);
    const removal = await app.queues.remove(caller.guildId, ids);
    if (!removal.ok) return err({ kind: 'busy' });
  }
  return previewFlush(app, caller, flush.reason);
}
