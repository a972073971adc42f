import type { Transaction } from 'kysely';
import type { FlushUnderWay, QueueStore, Removal } from '../app/ports.ts';
import type { Change } from '../domain/change.ts';
import type { EventId } from '../domain/event.ts';
import type { Edit } from '../domain/queue.ts';
import { err, ok, type Result } from '../domain/result.ts';
import type { Verdict } from '../domain/verdict.ts';
import { parseEdit } from './rows.ts';
import type { Db, Tables } from './schema.ts';

/** A transaction that writes. */
export type Write = Transaction<Tables>;

const loadRevision = async (db: Db, guildId: string): Promise<number> => {
  const row = await db.selectFrom('queue').select('revision').where('guild_id', '=', guildId).executeTakeFirst();
  return row?.revision ?? 0;
};

/** Notes that the guild's queue, which is there once something was queued, has changed; answers its revision. */
async function raiseRevision(db: Write, guildId: string): Promise<number> {
  const { revision } = await db
    .updateTable('queue')
    .set((eb) => ({ revision: eb('revision', '+', 1) }))
    .where('guild_id', '=', guildId)
    .returning('revision')
    .executeTakeFirstOrThrow();
  return revision;
}

async function loadAll(db: Db, guildId: string): Promise<readonly Edit[]> {
  const rows = await db.selectFrom('edit').selectAll().where('guild_id', '=', guildId).orderBy('id').execute();
  return rows.map(parseEdit);
}

async function loadOf(db: Db, guildId: string, eventId: EventId): Promise<readonly Edit[]> {
  const edits = db.selectFrom('edit').selectAll().where('guild_id', '=', guildId).where('event_id', '=', eventId);
  return (await edits.orderBy('id').execute()).map(parseEdit);
}

/** Whether a flush of the guild is under way. */
export async function isFlushing(db: Db, guildId: string): Promise<boolean> {
  const flush = await db
    .selectFrom('flush')
    .select('id')
    .where('guild_id', '=', guildId)
    .where('state', '=', 'sending')
    .executeTakeFirst();
  return flush !== undefined;
}

/** Takes out the edits with these ids; answers how many were still there. */
export async function takeOut(db: Write, guildId: string, ids: readonly number[]): Promise<Removal> {
  const gone = db.deleteFrom('edit').where('guild_id', '=', guildId).where('id', 'in', ids);
  const removed = ids.length === 0 ? 0 : Number((await gone.executeTakeFirstOrThrow()).numDeletedRows);
  return { removed, revision: await (removed === 0 ? loadRevision(db, guildId) : raiseRevision(db, guildId)) };
}

/** Takes edits out of the guild's queue, unless a flush may be sending them. */
const takeOutIfSettled = async (
  db: Write,
  guildId: string,
  ids: readonly number[],
): Promise<Result<Removal, FlushUnderWay>> =>
  (await isFlushing(db, guildId)) ? err({ kind: 'busy' }) : ok(await takeOut(db, guildId, ids));

/** Keeps with its edit why a change was not applied. */
export const keepReason = (db: Write, guildId: string, { change, refusal }: Verdict): Promise<unknown> =>
  db
    .updateTable('edit')
    .set({ refusal: JSON.stringify(refusal) })
    .where('guild_id', '=', guildId)
    .where('id', '=', change.edit.id)
    .execute();

/**
 * Who replaced an edit while it was being sent saw it queued: where it is stored by now, theirs stands on it. Nothing leaves the
 * queue while it is being sent, so whatever is in the edit's place by then has replaced it; later that is not known.
 */
export const standOn = (db: Write, guildId: string, { change: { edit, live }, after }: Verdict): Promise<unknown> =>
  db
    .updateTable('edit')
    .set({ base: JSON.stringify(after === null ? edit.wanted : after.value) })
    .where('guild_id', '=', guildId)
    .where('event_id', '=', edit.eventId)
    .where('field', '=', edit.field)
    .where('base', '=', JSON.stringify(live))
    .execute();

async function rebaseOne(db: Write, guildId: string, { edit, live }: Change): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('edit')
    .set({ base: JSON.stringify(live) })
    .where('guild_id', '=', guildId)
    .where('id', '=', edit.id)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

/** The queues in `db`, into which `stage` stages. */
export const createQueueStore = (db: Db, stage: QueueStore['stage']): QueueStore => ({
  async load(guildId) {
    // The revision first: a change in between makes it too old, and a flush of too old a revision is not sent.
    const revision = await loadRevision(db, guildId);
    return { revision, edits: await loadAll(db, guildId) };
  },

  loadEdits: (guildId, eventId) => loadOf(db, guildId, eventId),

  stage,

  remove: (guildId, editIds) => db.transaction().execute((tx) => takeOutIfSettled(tx, guildId, editIds)),

  clear: (guildId, revision) =>
    db.transaction().execute(async (tx) => {
      if ((await loadRevision(tx, guildId)) !== revision) return err({ kind: 'moved-on' });
      const ids = (await loadAll(tx, guildId)).map(({ id }) => id);
      return takeOutIfSettled(tx, guildId, ids);
    }),

  rebase: (guildId, changes) =>
    db.transaction().execute(async (tx) => {
      let rebased = 0;
      for (const change of changes) if (await rebaseOne(tx, guildId, change)) rebased += 1;
      if (rebased > 0) await raiseRevision(tx, guildId);
    }),
});
