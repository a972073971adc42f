import type { ClaimError, FlushStore } from '../app/ports.ts';
import type { Flush } from '../domain/flush.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { isStored, type Verdict } from '../domain/verdict.ts';
import { isFlushing, loadLastState, takeOut, type Write } from './queue-store.ts';
import { parseFlush } from './rows.ts';
import type { Db } from './schema.ts';

const DAY_MS = 86_400_000;

const row = (flush: Flush, previewedAt: number, sentAt: number | null) => ({
  id: flush.id,
  guild_id: flush.guildId,
  user_id: flush.userId,
  state: flush.state,
  revision: flush.revision,
  changes: JSON.stringify(flush.changes),
  verdicts: JSON.stringify(flush.verdicts),
  parent_id: flush.parentId,
  previewed_at: previewedAt,
  sent_at: sentAt,
  settled_at: null,
});

async function whyNotClaimed(db: Db, flush: Flush): Promise<ClaimError> {
  const current = await db.selectFrom('flush').select('state').where('id', '=', flush.id).executeTakeFirst();
  if (current?.state !== 'previewed') return { kind: 'taken' };
  return { kind: (await isFlushing(db, flush.guildId)) ? 'busy' : 'outdated' };
}

/** One guarded UPDATE: still previewed, no other flush of the guild under way, and the queue as it was previewed. */
async function claim(db: Db, flush: Flush, now: number): Promise<Result<null, ClaimError>> {
  const { numUpdatedRows } = await db
    .updateTable('flush')
    .set({ state: 'sending', user_id: flush.userId, sent_at: now })
    .where('id', '=', flush.id)
    .where('guild_id', '=', flush.guildId)
    .where('state', '=', 'previewed')
    .where(({ selectFrom, eb }) =>
      eb(selectFrom('queue').select('revision').where('guild_id', '=', flush.guildId), '=', flush.revision),
    )
    .where(({ selectFrom, not, exists }) =>
      not(
        exists(
          selectFrom('flush as other')
            .select('other.id')
            .where('other.guild_id', '=', flush.guildId)
            .where('other.state', '=', 'sending'),
        ),
      ),
    )
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n ? ok(null) : err(await whyNotClaimed(db, flush));
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

async function claimRest(db: Write, flush: Flush, now: number): Promise<Result<null, ClaimError>> {
  if ((await countQueued(db, flush)) !== flush.changes.length) return err({ kind: 'outdated' });
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('flush')
    .values(row(flush, now, now))
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  if (numInsertedOrUpdatedRows === 1n) return ok(null);
  const sibling = await db.selectFrom('flush').select('id').where('parent_id', '=', flush.parentId).executeTakeFirst();
  return err({ kind: sibling === undefined ? 'busy' : 'taken' });
}

const keepReason = (db: Write, guildId: string, { change, refusal }: Verdict): Promise<unknown> =>
  db
    .updateTable('edit')
    .set({ refusal: JSON.stringify(refusal) })
    .where('guild_id', '=', guildId)
    .where('id', '=', change.edit.id)
    .execute();

async function settle(db: Write, { id, guildId, state, verdicts }: Flush, now: number): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('flush')
    .set({ state, verdicts: JSON.stringify(verdicts), settled_at: now })
    .where('id', '=', id)
    .where('guild_id', '=', guildId)
    .where('state', '=', 'sending')
    .executeTakeFirstOrThrow();
  if (numUpdatedRows !== 1n) return;
  const stored = verdicts.filter(isStored).map(({ change }) => change.edit.id);
  await takeOut(db, guildId, stored);
  for (const verdict of verdicts) if (!isStored(verdict)) await keepReason(db, guildId, verdict);
}

/** The flushes in `db`. A preview that nobody confirmed is forgotten after a day. */
export const createFlushStore = (db: Db): FlushStore => ({
  save: (flush, now) =>
    db.transaction().execute(async (tx) => {
      const forgotten = now - DAY_MS;
      await tx.deleteFrom('flush').where('state', '=', 'previewed').where('previewed_at', '<', forgotten).execute();
      await tx
        .insertInto('flush')
        .values(row(flush, now, null))
        .execute();
    }),

  async load(guildId, id) {
    const found = await db
      .selectFrom('flush')
      .selectAll()
      .where('guild_id', '=', guildId)
      .where('id', '=', id)
      .executeTakeFirst();
    return found === undefined ? null : parseFlush(found);
  },

  lastState: (guildId) => loadLastState(db, guildId),

  claim: (flush, now) => db.transaction().execute((tx) => claim(tx, flush, now)),

  claimRest: (flush, now) => db.transaction().execute((tx) => claimRest(tx, flush, now)),

  settle: (flush, now) => db.transaction().execute((tx) => settle(tx, flush, now)),

  abandon: () =>
    db.transaction().execute(async (tx) => {
      const sending = tx.updateTable('flush').set({ state: 'unknown' }).where('state', '=', 'sending');
      return Number((await sending.executeTakeFirstOrThrow()).numUpdatedRows);
    }),
});
