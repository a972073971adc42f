import { type Selectable, sql, type Transaction } from 'kysely';
import type { Caller, FlushUnderWay, QueueStore, Removal } from '../app/ports.ts';
import { type Change, eventIdsOf } from '../domain/change.ts';
import type { EventId } from '../domain/event.ts';
import type { FlushState } from '../domain/flush.ts';
import { added, type Edit, type Staged, stage, type WantedEdit, withdrawn } from '../domain/queue.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { parseEdit, parseFlushState } from './rows.ts';
import type { Db, Tables } from './schema.ts';

/** A transaction that writes. */
export type Write = Transaction<Tables>;

const loadRevision = async (db: Db, guildId: string): Promise<number> => {
  const row = await db.selectFrom('queue').select('revision').where('guild_id', '=', guildId).executeTakeFirst();
  return row?.revision ?? 0;
};

/**
 * Notes that the guild's queue has changed, and sets ids aside for `newEdits` edits: the last of them and those before it.
 * Written out, as building this statement takes longer than running it.
 */
async function raiseRevision(
  db: Write,
  guildId: string,
  newEdits = 0,
): Promise<{ revision: number; lastEditId: number }> {
  const { rows } = await sql<{ revision: number; lastEditId: number }>`
    INSERT INTO queue (guild_id, revision, last_edit_id) VALUES (${guildId}, 1, ${newEdits})
    ON CONFLICT (guild_id) DO UPDATE
      SET revision = queue.revision + 1, last_edit_id = queue.last_edit_id + excluded.last_edit_id
    RETURNING revision, last_edit_id AS "lastEditId"`.execute(db);
  const [raised] = rows;
  if (raised === undefined) throw new Error('an upsert answered no row');
  return raised;
}

async function loadAll(db: Db, guildId: string): Promise<readonly Edit[]> {
  const rows = await db.selectFrom('edit').selectAll().where('guild_id', '=', guildId).orderBy('id').execute();
  return rows.map(parseEdit);
}

/** The edits of these events. Written out, as every form that opens waits for it. */
async function loadOf(db: Db, guildId: string, eventIds: readonly EventId[]): Promise<readonly Edit[]> {
  if (eventIds.length === 0) return [];
  const { rows } = await sql<Selectable<Tables['edit']>>`
    SELECT * FROM edit WHERE guild_id = ${guildId} AND event_id IN (${sql.join(eventIds)}) ORDER BY id`.execute(db);
  return rows.map(parseEdit);
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

/** The state of the guild's flush that was sent last, less those that PERSCOM refused; null if there is none. */
export async function loadLastState(db: Db, guildId: string): Promise<FlushState | null> {
  const last = await db
    .selectFrom('flush')
    .select('state')
    .where('guild_id', '=', guildId)
    .where('sent_at', 'is not', null)
    .where('state', '!=', 'rejected')
    .orderBy('sent_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last === undefined ? null : parseFlushState(last.state);
}

/** Whether something that was sent may yet land: a flush is under way, or nobody knows what became of the last one. */
async function mayYetLand(db: Db, guildId: string): Promise<boolean> {
  const state = await loadLastState(db, guildId);
  return state === 'sending' || state === 'unknown';
}

async function deleteEdits(db: Write, guildId: string, ids: readonly number[]): Promise<number> {
  if (ids.length === 0) return 0;
  const gone = db.deleteFrom('edit').where('guild_id', '=', guildId).where('id', 'in', ids);
  return Number((await gone.executeTakeFirstOrThrow()).numDeletedRows);
}

/** Takes out the edits with these ids; answers how many were still there. */
export async function takeOut(db: Write, guildId: string, ids: readonly number[]): Promise<Removal> {
  const removed = await deleteEdits(db, guildId, ids);
  if (removed === 0) return { removed, revision: await loadRevision(db, guildId) };
  const { revision } = await raiseRevision(db, guildId);
  return { removed, revision };
}

/** Writes edits, each in the place of what was queued for its field. */
function writeEdits(
  db: Write,
  { guildId, userId }: Caller,
  edits: readonly WantedEdit[],
  firstId: number,
  now: number,
): Promise<unknown> {
  const row = (edit: WantedEdit, index: number) => ({
    id: firstId + index,
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
  return db.insertInto('edit').orReplace().values(edits.map(row)).execute();
}

const placeOf = ({ eventId, field }: WantedEdit): string => `${eventId} ${field}`;

/** Writes down what a staging changes. Throws on two edits of one field, of which one would be lost. */
async function keep(db: Write, caller: Caller, staged: readonly Staged[], now: number): Promise<void> {
  const [gone, fresh] = [withdrawn(staged), added(staged)];
  if (new Set(fresh.map(placeOf)).size < fresh.length) throw new Error('two edits of one field in one staging');
  if (gone.length === 0 && fresh.length === 0) return;
  const { lastEditId } = await raiseRevision(db, caller.guildId, fresh.length);
  const ids = gone.map(({ id }) => id);
  await deleteEdits(db, caller.guildId, ids);
  if (fresh.length > 0) await writeEdits(db, caller, fresh, lastEditId - fresh.length + 1, now);
}

/** Takes edits out of the guild's queue, unless a flush may be sending them. */
const takeOutIfSettled = async (
  db: Write,
  guildId: string,
  ids: readonly number[],
): Promise<Result<Removal, FlushUnderWay>> =>
  (await isFlushing(db, guildId)) ? err({ kind: 'busy' }) : ok(await takeOut(db, guildId, ids));

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
    const revision = await loadRevision(db, guildId);
    return { revision, edits: await loadAll(db, guildId) };
  },

  loadEdits: (guildId, eventId) => loadOf(db, guildId, [eventId]),

  stage: (caller, wanted, mayDrop, now) =>
    db.transaction().execute(async (tx) => {
      const { guildId } = caller;
      const isSettled = mayDrop && !(await mayYetLand(tx, guildId));
      const staged = stage(await loadOf(tx, guildId, eventIdsOf(wanted)), wanted, isSettled);
      await keep(tx, caller, staged, now);
      return staged;
    }),

  remove: (guildId, editIds) => db.transaction().execute((tx) => takeOutIfSettled(tx, guildId, editIds)),

  clear: (guildId, revision) =>
    db.transaction().execute(async (tx) => {
      if ((await loadRevision(tx, guildId)) !== revision) return err({ kind: 'moved-on' });
      const ids = (await loadAll(tx, guildId)).map(({ id }) => id);
      return takeOutIfSettled(tx, guildId, ids);
    }),

  rebase: (guildId, changes) =>
    db.transaction().execute(async (tx) => {
      for (const change of changes) await rebaseOne(tx, guildId, change);
      await raiseRevision(tx, guildId);
    }),
});
