import type { Transaction } from 'kysely';
import type { QueueStore } from '../app/ports.ts';
import type { FieldValue } from '../domain/field.ts';
import type { Flush } from '../domain/flush.ts';
import { added, displaced, type Edit, stage, type WantedEdit } from '../domain/queue.ts';
import { parseEdit } from './rows.ts';
import type { Db, Tables } from './schema.ts';

type Write = Transaction<Tables>;

/**
 * Opens the guild's queue for writing and answers its revision. Being a write, and the first statement of its
 * transaction, it makes two processes wait for each other instead of failing half-way.
 */
async function lockQueue(db: Write, guildId: string): Promise<number> {
  const { revision } = await db
    .insertInto('queue')
    .values({ guild_id: guildId, revision: 0 })
    .onConflict((conflict) => conflict.column('guild_id').doUpdateSet((eb) => ({ revision: eb.ref('queue.revision') })))
    .returning('revision')
    .executeTakeFirstOrThrow();
  return revision;
}

/** Notes that the guild's queue has changed. */
async function raiseRevision(db: Write, guildId: string): Promise<void> {
  await db
    .updateTable('queue')
    .set((eb) => ({ revision: eb('revision', '+', 1) }))
    .where('guild_id', '=', guildId)
    .execute();
}

async function loadEdits(db: Db, guildId: string): Promise<readonly Edit[]> {
  const rows = await db.selectFrom('edit').selectAll().where('guild_id', '=', guildId).orderBy('id').execute();
  return rows.map(parseEdit);
}

/** Deletes the edits with these ids and raises the revision if there were any; answers how many. */
export async function deleteEdits(db: Write, guildId: string, ids: readonly number[]): Promise<number> {
  if (ids.length === 0) return 0;
  const gone = await db
    .deleteFrom('edit')
    .where('guild_id', '=', guildId)
    .where('id', 'in', ids)
    .returning('id')
    .execute();
  if (gone.length > 0) await raiseRevision(db, guildId);
  return gone.length;
}

async function insertEdits(
  db: Write,
  guildId: string,
  edits: readonly WantedEdit[],
  userId: string,
  now: number,
): Promise<void> {
  const row = (edit: WantedEdit) => ({
    guild_id: guildId,
    event_id: edit.eventId,
    event_name: edit.eventName,
    event_page: edit.eventPage,
    field: edit.field,
    base: JSON.stringify(edit.base),
    wanted: JSON.stringify(edit.wanted),
    user_id: userId,
    staged_at: now,
    refusal: null,
  });
  await db.insertInto('edit').values(edits.map(row)).execute();
  await raiseRevision(db, guildId);
}

const rebaseOne = (db: Write, guildId: string, id: number, base: FieldValue): Promise<unknown> =>
  db
    .updateTable('edit')
    .set({ base: JSON.stringify(base) })
    .where('guild_id', '=', guildId)
    .where('id', '=', id)
    .execute();

async function rebase(db: Write, guildId: string, flush: Flush, editIds: readonly number[]): Promise<void> {
  await lockQueue(db, guildId);
  const chosen = flush.changes.filter(({ edit }) => editIds.includes(edit.id));
  for (const { edit, live } of chosen) await rebaseOne(db, guildId, edit.id, live);
  await raiseRevision(db, guildId);
}

/** The queues in `db`. */
export const createQueueStore = (db: Db): QueueStore => ({
  load: (guildId) =>
    db.transaction().execute(async (tx) => {
      const row = await tx.selectFrom('queue').select('revision').where('guild_id', '=', guildId).executeTakeFirst();
      return { revision: row?.revision ?? 0, edits: await loadEdits(tx, guildId) };
    }),

  stage: (guildId, wanted, userId, now) =>
    db.transaction().execute(async (tx) => {
      await lockQueue(tx, guildId);
      const staged = stage(await loadEdits(tx, guildId), wanted);
      const replaced = displaced(staged).map(({ id }) => id);
      await deleteEdits(tx, guildId, replaced);
      const edits = added(staged);
      if (edits.length > 0) await insertEdits(tx, guildId, edits, userId, now);
      return staged;
    }),

  remove: (guildId, editIds) =>
    db.transaction().execute(async (tx) => {
      await lockQueue(tx, guildId);
      return deleteEdits(tx, guildId, editIds);
    }),

  clear: (guildId, revision) =>
    db.transaction().execute(async (tx) => {
      if ((await lockQueue(tx, guildId)) !== revision) return null;
      const edits = await loadEdits(tx, guildId);
      return deleteEdits(
        tx,
        guildId,
        edits.map(({ id }) => id),
      );
    }),

  rebase: (guildId, flush, editIds) => db.transaction().execute((tx) => rebase(tx, guildId, flush, editIds)),
});
