import type { Transaction } from 'kysely';
import type { ClaimError, FlushStore } from '../app/ports.ts';
import type { Flush, FlushState } from '../domain/flush.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { isStored, type Verdict } from '../domain/verdict.ts';
import { deleteEdits } from './queue-store.ts';
import { parseFlush, parseFlushState } from './rows.ts';
import type { Db, Tables } from './schema.ts';

type Write = Transaction<Tables>;

const DAY_MS = 86_400_000;

const isOpen: readonly FlushState[] = ['previewed'];

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
  if (current?.state !== 'previewed') return 'taken';
  const running = await db
    .selectFrom('flush')
    .select('id')
    .where('guild_id', '=', flush.guildId)
    .where('state', '=', 'sending')
    .executeTakeFirst();
  return running === undefined ? 'stale' : 'busy';
}

/** One guarded UPDATE: still previewed, no other flush of the guild under way, and the queue as it was previewed. */
async function claim(db: Db, flush: Flush, userId: string, now: number): Promise<Result<null, ClaimError>> {
  const { numUpdatedRows } = await db
    .updateTable('flush')
    .set({ state: 'sending', user_id: userId, sent_at: now })
    .where('id', '=', flush.id)
    .where('guild_id', '=', flush.guildId)
    .where('state', 'in', isOpen)
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

async function claimRest(db: Db, flush: Flush, now: number): Promise<Result<null, ClaimError>> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('flush')
    .values(row(flush, now, now))
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  if (numInsertedOrUpdatedRows === 1n) return ok(null);
  const sibling = await db.selectFrom('flush').select('id').where('parent_id', '=', flush.parentId).executeTakeFirst();
  return err(sibling === undefined ? 'busy' : 'taken');
}

const keepReason = (db: Write, guildId: string, { change, refusal }: Verdict): Promise<unknown> =>
  db
    .updateTable('edit')
    .set({ refusal: JSON.stringify(refusal) })
    .where('guild_id', '=', guildId)
    .where('id', '=', change.edit.id)
    .execute();

async function settle(
  db: Write,
  flush: Flush,
  state: FlushState,
  verdicts: readonly Verdict[],
  now: number,
): Promise<void> {
  await db
    .updateTable('flush')
    .set({ state, verdicts: JSON.stringify(verdicts), settled_at: now })
    .where('id', '=', flush.id)
    .where('guild_id', '=', flush.guildId)
    .execute();
  const stored = verdicts.filter(isStored).map(({ change }) => change.edit.id);
  await deleteEdits(db, flush.guildId, stored);
  for (const verdict of verdicts) if (!isStored(verdict)) await keepReason(db, flush.guildId, verdict);
}

/** The flushes in `db`. */
export const createFlushStore = (db: Db): FlushStore => ({
  async save(flush, now) {
    const forgotten = now - DAY_MS;
    await db.deleteFrom('flush').where('state', 'in', isOpen).where('previewed_at', '<', forgotten).execute();
    await db
      .insertInto('flush')
      .values(row(flush, now, null))
      .execute();
  },

  async load(guildId, id) {
    const found = await db
      .selectFrom('flush')
      .selectAll()
      .where('guild_id', '=', guildId)
      .where('id', '=', id)
      .executeTakeFirst();
    return found === undefined ? null : parseFlush(found);
  },

  async lastState(guildId) {
    const last = await db
      .selectFrom('flush')
      .select('state')
      .where('guild_id', '=', guildId)
      .where('sent_at', 'is not', null)
      .orderBy('sent_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    return last === undefined ? null : parseFlushState(last.state);
  },

  claim: (flush, userId, now) => claim(db, flush, userId, now),

  claimRest: (flush, now) => claimRest(db, flush, now),

  settle: (flush, state, verdicts, now) => db.transaction().execute((tx) => settle(tx, flush, state, verdicts, now)),

  async abandon() {
    const abandoned = await db
      .updateTable('flush')
      .set({ state: 'unknown' })
      .where('state', '=', 'sending')
      .executeTakeFirstOrThrow();
    return Number(abandoned.numUpdatedRows);
  },
});
