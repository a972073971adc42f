import type { Transaction } from 'kysely';
import type { Caller, FlushUnderWay, QueueStore, Removal } from '../app/ports.ts';
import { type Change, eventIdsOf } from '../domain/change.ts';
import type { EventId } from '../domain/event.ts';
import { added, displaced, type Edit, stage, type WantedEdit } from '../domain/queue.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { parseEdit } from './rows.ts';
import type { Db, Tables } from './schema.ts';

/** A transaction that writes. */
export type Write = Transaction<Tables>;

/** The revision of the guild's queue, which is there from then on. */
async function openQueue(db: Write, guildId: string): Promise<number> {
  const { revision } = await db
    .insertInto('queue')
    .values({ guild_id: guildId, revision: 0 })
    .onConflict((conflict) => conflict.column('guild_id').doUpdateSet((eb) => ({ revision: eb.ref('queue.revision') })))
    .returning('revision')
    .executeTakeFirstOrThrow();
  return revision;
}

/** Notes that the guild's queue has changed. */
async function raiseRevision(db: Write, guildId: string): Promise<number> {
  const { revision } = await db
    .updateTable('queue')
    .set((eb) => ({ revision: eb('revision', '+', 1) }))
    .where('guild_id', '=', guildId)
    .returning('revision')
    .executeTakeFirstOrThrow();
  return revision;
}

const selectEdits = (db: Db, guildId: string) =>
  db.selectFrom('edit').selectAll().where('guild_id', '=', guildId).orderBy('id');

const loadAll = async (db: Db, guildId: string): Promise<readonly Edit[]> =>
  (await selectEdits(db, guildId).execute()).map(parseEdit);

async function loadOf(db: Db, guildId: string, eventIds: readonly EventId[]): Promise<readonly Edit[]> {
  if (eventIds.length === 0) return [];
  const rows = await selectEdits(db, guildId).where('event_id', 'in', eventIds).execute();
  return rows.map(parseEdit);
}

async function isFlushing(db: Db, guildId: string): Promise<boolean> {
  const flush = await db
    .selectFrom('flush')
    .select('id')
    .where('guild_id', '=', guildId)
    .where('state', '=', 'sending')
    .executeTakeFirst();
  return flush !== undefined;
}

/** Deletes the edits with these ids and, if there were any, raises the revision. */
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
  { guildId, userId }: Caller,
  edits: readonly WantedEdit[],
  now: number,
): Promise<void> {
  if (edits.length === 0) return;
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

/** Takes edits out of the guild's queue; nothing leaves it while a flush may be sending it. */
async function takeOut(
  db: Write,
  guildId: string,
  ids: readonly number[],
  revision: number,
): Promise<Result<Removal, FlushUnderWay>> {
  if (await isFlushing(db, guildId)) return err({ kind: 'busy' });
  const removed = await deleteEdits(db, guildId, ids);
  return ok({ removed, revision: removed === 0 ? revision : revision + 1 });
}

const rebaseOne = (db: Write, guildId: string, { edit, live }: Change): Promise<unknown> =>
  db
    .updateTable('edit')
    .set({ base: JSON.stringify(live) })
    .where('guild_id', '=', guildId)
    .where('id', '=', edit.id)
    .execute();

/** The queues in `db`. */
export const createQueueStore = (db: Db): QueueStore => ({
  async load(guildId) {
    // The revision first: a change in between makes it too old, and a flush of too old a revision is not sent.
    const row = await db.selectFrom('queue').select('revision').where('guild_id', '=', guildId).executeTakeFirst();
    return { revision: row?.revision ?? 0, edits: await loadAll(db, guildId) };
  },

  loadEdits: (guildId, eventId) => loadOf(db, guildId, [eventId]),

  stage: (caller, wanted, mayDrop, now) =>
    db.transaction().execute(async (tx) => {
      const { guildId } = caller;
      await openQueue(tx, guildId);
      const isSettled = mayDrop && !(await isFlushing(tx, guildId));
      const staged = stage(await loadOf(tx, guildId, eventIdsOf(wanted)), wanted, isSettled);
      const replaced = displaced(staged).map(({ id }) => id);
      await deleteEdits(tx, guildId, replaced);
      await insertEdits(tx, caller, added(staged), now);
      return staged;
    }),

  remove: (guildId, editIds) =>
    db.transaction().execute(async (tx) => takeOut(tx, guildId, editIds, await openQueue(tx, guildId))),

  clear: (guildId, revision) =>
    db.transaction().execute(async (tx) => {
      if ((await openQueue(tx, guildId)) !== revision) return err({ kind: 'moved-on' });
      const edits = await loadAll(tx, guildId);
      const ids = edits.map(({ id }) => id);
      return takeOut(tx, guildId, ids, revision);
    }),

  rebase: (guildId, changes) =>
    db.transaction().execute(async (tx) => {
      await openQueue(tx, guildId);
      for (const change of changes) await rebaseOne(tx, guildId, change);
      await raiseRevision(tx, guildId);
    }),
});
