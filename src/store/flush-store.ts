import { sql } from 'kysely';
import type { ClaimError, FlushStore, Post } from '../app/ports.ts';
import { EXPIRES_AFTER_MS, type Flush } from '../domain/flush.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { isStored } from '../domain/verdict.ts';
import { isFlushing, keepReason, standOn, takeOut, type Write } from './queue-store.ts';
import { learn } from './refusals.ts';
import { parseFlush, parsePosts } from './rows.ts';
import type { Db } from './schema.ts';

/** What alters as a flush moves from state to state. */
const standing = (flush: Flush) => ({
  user_id: flush.userId,
  channel_id: flush.channelId,
  state: flush.state,
  changes: JSON.stringify(flush.changes),
  verdicts: JSON.stringify(flush.verdicts),
  answer: flush.answer === null ? null : JSON.stringify(flush.answer),
  request_id: flush.requestId,
  attempts: flush.attempts,
  sent_at: flush.sentAt,
  settled_at: flush.settledAt,
  over_at: flush.overAt,
  due_at: flush.dueAt,
});

const row = (flush: Flush) => ({
  ...standing(flush),
  id: flush.id,
  guild_id: flush.guildId,
  revision: flush.revision,
  reason: flush.reason,
  parent_id: flush.parentId,
  accepts_unknown: flush.acceptsUnknown ? 1 : 0,
  previewed_at: flush.previewedAt,
  posts: '[]',
});

/** What a flush has not been told of and what therefore stands in its way. */
async function hindrance(db: Db, { guildId, acceptsUnknown, previewedAt }: Flush): Promise<ClaimError | null> {
  if (await isFlushing(db, guildId)) return { kind: 'busy' };
  const unknown = db.selectFrom('flush').select('id').where('guild_id', '=', guildId).where('state', '=', 'unknown');
  const untold = acceptsUnknown ? unknown.where('sent_at', '>', previewedAt) : unknown;
  return (await untold.executeTakeFirst()) === undefined ? null : { kind: 'outdated' };
}

const findState = (db: Db, guildId: string, id: string) => {
  const found = db.selectFrom('flush').select(['state', 'over_at', 'due_at']).where('guild_id', '=', guildId);
  return found.where('id', '=', id).executeTakeFirst();
};

/** Claims by one guarded UPDATE: still to be sent, not too old, and the queue as it was previewed. */
async function claim(db: Write, flush: Flush): Promise<Result<null, ClaimError>> {
  const { id, guildId, revision, sentAt } = flush;
  const current = await findState(db, guildId, id);
  if (current?.state !== 'previewed' && current?.state !== 'waiting') return err({ kind: 'taken' });
  const hindered = await hindrance(db, flush);
  if (hindered !== null) return err(hindered);
  const { numUpdatedRows } = await db
    .updateTable('flush')
    .set(standing(flush))
    .where('id', '=', id)
    .where('guild_id', '=', guildId)
    .where('state', '=', current.state)
    .where('previewed_at', '>', (sentAt ?? 0) - EXPIRES_AFTER_MS)
    .where(({ selectFrom, eb }) =>
      eb(selectFrom('queue').select('revision').where('guild_id', '=', guildId), '=', revision),
    )
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n ? ok(null) : err({ kind: 'outdated' });
}

/** How many of the flush's edits are still queued as they were sent. */
async function countQueued(db: Write, { guildId, changes }: Flush): Promise<number> {
  const ids = changes.map(({ edit }) => edit.id);
  const { queued } = await db
    .selectFrom('edit')
    .select((eb) => eb.fn.countAll<number>().as('queued'))
    .where('guild_id', '=', guildId)
    .where('id', 'in', ids)
    .executeTakeFirstOrThrow();
  return queued;
}

async function claimPart(db: Write, flush: Flush): Promise<Result<null, ClaimError>> {
  const sibling = db.selectFrom('flush').select('id').where('parent_id', '=', flush.parentId);
  if ((await sibling.executeTakeFirst()) !== undefined) return err({ kind: 'taken' });
  const hindered = await hindrance(db, flush);
  if (hindered !== null) return err(hindered);
  if ((await countQueued(db, flush)) !== flush.changes.length) return err({ kind: 'outdated' });
  await db.insertInto('flush').values(row(flush)).execute();
  await db.updateTable('flush').set({ due_at: null }).where('id', '=', flush.parentId).execute();
  return ok(null);
}

/** What left the queue because it was sent before is no change that a waiting flush has to give way to. */
const keepWaiting = (db: Write, guildId: string, revision: number): Promise<unknown> =>
  db
    .updateTable('flush')
    .set({ revision })
    .where('guild_id', '=', guildId)
    .where('state', '=', 'waiting')
    .where('revision', '=', revision - 1)
    .execute();

async function settle(db: Write, flush: Flush): Promise<boolean> {
  const { id, guildId, state, overAt, verdicts } = flush;
  const before = await findState(db, guildId, id);
  if (before?.state !== 'sending' && before?.state !== 'unknown') return false;
  const { over_at, due_at } = before;
  // Somebody hurried while PERSCOM was being read: it is looked after again, at once.
  const isHurried = state === 'unknown' && (over_at ?? 0) < (overAt ?? 0);
  const next = isHurried ? { ...standing(flush), over_at, due_at } : standing(flush);
  await db.updateTable('flush').set(next).where('id', '=', id).execute();
  const stored = verdicts.filter(isStored).map(({ change }) => change.edit.id);
  const { removed, revision } = await takeOut(db, guildId, stored);
  if (removed > 0) await keepWaiting(db, guildId, revision);
  for (const verdict of verdicts) {
    if (!isStored(verdict)) await keepReason(db, guildId, verdict);
    else if (before.state === 'sending') await standOn(db, guildId, verdict);
  }
  await learn(db, flush);
  return true;
}

/** Makes old previews expire, and forgets those that expired long ago without being sent. */
async function expire(db: Write, now: number): Promise<void> {
  const old = now - EXPIRES_AFTER_MS;
  const older = now - 30 * EXPIRES_AFTER_MS;
  await db.deleteFrom('flush').where('state', '=', 'expired').where('previewed_at', '<', older).execute();
  await db
    .updateTable('flush')
    .set({ state: 'expired' })
    .where('state', '=', 'previewed')
    .where('previewed_at', '<', old)
    .execute();
}

/**
 * The ids of what `list` lists. Sent flushes are found by the index alone, as their rows are large. What expired without
 * changes has waited: a waiting flush gets its changes when it is sent, and a preview has some.
 */
const selectListed = (db: Db, guildId: string, offset: number, limit: number) => {
  const own = db.selectFrom('flush').where('guild_id', '=', guildId);
  const sent = own.where('sent_at', 'is not', null).select(['id', 'sent_at as at']);
  const latest = sent.orderBy('at', 'desc').limit(offset + limit);
  const waited = own
    .where('sent_at', 'is', null)
    .where(({ eb, or, and }) =>
      or([eb('state', '=', 'waiting'), and([eb('state', '=', 'expired'), eb('changes', '=', '[]')])]),
    )
    .select(['id', 'previewed_at as at']);
  const all = db.selectFrom(latest.as('latest')).selectAll().unionAll(waited);
  return db.selectFrom(all.as('listed')).select('id').orderBy('at', 'desc').offset(offset).limit(limit);
};

/** What keeps flushes looked after, and their reports found again. */
const createFollowing = (db: Db) => ({
  async loadDue(now: number) {
    const due = await db.selectFrom('flush').selectAll().where('due_at', '<=', now).orderBy('due_at').execute();
    return due.map(parseFlush);
  },

  postpone: (flush: Flush, dueAt: number) =>
    db.transaction().execute(async (tx) => {
      const due = tx.updateTable('flush').set({ due_at: dueAt }).where('id', '=', flush.id);
      return (await due.where('due_at', '=', flush.dueAt).executeTakeFirstOrThrow()).numUpdatedRows === 1n;
    }),

  hurry: (guildId: string, now: number) =>
    db.transaction().execute(async (tx) => {
      const own = tx.updateTable('flush').set({ over_at: now, due_at: now }).where('guild_id', '=', guildId);
      return Number((await own.where('state', '=', 'unknown').executeTakeFirstOrThrow()).numUpdatedRows);
    }),

  async loadPosts(guildId: string, id: string) {
    const found = db.selectFrom('flush').select('posts').where('guild_id', '=', guildId).where('id', '=', id);
    return parsePosts((await found.executeTakeFirst())?.posts ?? '[]');
  },

  savePosts: (guildId: string, id: string, posts: readonly Post[], lookAt: number) =>
    db.transaction().execute(async (tx) => {
      const dueAt = sql<number | null>`CASE WHEN settled_at IS NOT NULL THEN NULL
        WHEN state = 'unknown' THEN min(due_at, ${lookAt}) ELSE due_at END`;
      const told = tx.updateTable('flush').set({ posts: JSON.stringify(posts), due_at: dueAt });
      await told.where('guild_id', '=', guildId).where('id', '=', id).execute();
    }),
});

/** The flushes in `db`. */
export const createFlushStore = (db: Db): FlushStore => ({
  ...createFollowing(db),

  save: (flush) =>
    db.transaction().execute(async (tx) => {
      await expire(tx, flush.previewedAt);
      await tx.insertInto('flush').values(row(flush)).execute();
    }),

  wait: (flush) =>
    db.transaction().execute(async (tx) => {
      const waiting = tx.insertInto('flush').values(row(flush));
      const inserted = await waiting.onConflict((conflict) => conflict.doNothing()).executeTakeFirstOrThrow();
      return inserted.numInsertedOrUpdatedRows === 1n;
    }),

  async load(guildId, id) {
    const found = db.selectFrom('flush').selectAll().where('guild_id', '=', guildId).where('id', '=', id);
    const flush = await found.executeTakeFirst();
    return flush === undefined ? null : parseFlush(flush);
  },

  async loadOpen(guildId) {
    const open = db
      .selectFrom('flush')
      .selectAll()
      .where('guild_id', '=', guildId)
      .where('state', 'in', ['waiting', 'sending', 'unknown']);
    return (await open.orderBy('previewed_at').execute()).map(parseFlush);
  },

  async list(guildId, offset, limit) {
    const listed = selectListed(db, guildId, offset, limit);
    const flushes = db.selectFrom('flush').selectAll().where('id', 'in', listed);
    return (await flushes.orderBy(sql`coalesce(sent_at, previewed_at)`, 'desc').execute()).map(parseFlush);
  },

  claim: (flush) => db.transaction().execute((tx) => claim(tx, flush)),

  claimPart: (flush) => db.transaction().execute((tx) => claimPart(tx, flush)),

  settle: (flush) => db.transaction().execute((tx) => settle(tx, flush)),

  cancel: (guildId, id) =>
    db.transaction().execute(async (tx) => {
      const expired = tx.updateTable('flush').set({ state: 'expired', due_at: null }).where('guild_id', '=', guildId);
      const waiting = expired.where('id', '=', id).where('state', '=', 'waiting');
      return (await waiting.executeTakeFirstOrThrow()).numUpdatedRows === 1n;
    }),
});
