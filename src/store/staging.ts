import type { Caller, QueueStore } from '../app/ports.ts';
import { eventIdsOf } from '../domain/change.ts';
import { added, recall, replaceableBy, type Staged, stage, type WantedEdit, withdrawn } from '../domain/queue.ts';
import { directly } from './direct.ts';
import { EDIT_AS_JSON, parsePlace, REFUSAL_AS_JSON } from './rows.ts';
import type { Database, Db } from './schema.ts';

/** `queued` are the edits of a range of events: of one alone for a form, and of some more than are asked for otherwise. */
const prepare = (database: Database) => ({
  look: database.prepare(`SELECT json_object(
    'queued', json((SELECT json_group_array(${EDIT_AS_JSON}) FROM edit
      WHERE guild_id = :guildId AND event_id BETWEEN :firstId AND :lastId)),
    'refusals', json((SELECT json_group_array(${REFUSAL_AS_JSON}) FROM refused_field WHERE guild_id = :guildId)),
    'isUnsettled', EXISTS (SELECT 1 FROM flush WHERE guild_id = :guildId AND state IN ('sending', 'unknown')),
    'lastEditId', (SELECT last_edit_id FROM queue WHERE guild_id = :guildId)) AS found`),
  raise: database.prepare(`
    INSERT INTO queue (guild_id, revision, last_edit_id) VALUES (?, 1, ?)
    ON CONFLICT (guild_id) DO UPDATE
      SET revision = queue.revision + 1, last_edit_id = excluded.last_edit_id`),
  remove: database.prepare('DELETE FROM edit WHERE guild_id = ? AND id = ?'),
  write: database.prepare(`
    INSERT OR REPLACE INTO edit
      (guild_id, id, event_id, event_name, event_page, field, base, wanted, user_id, staged_at, refusal)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)`),
});

type Statements = ReturnType<typeof prepare>;

const placeOf = ({ eventId, field }: WantedEdit): string => `${eventId} ${field}`;

/** Writes down what a staging changes. Throws on two edits of one field, of which one would be lost. */
function keep(
  to: Statements,
  { guildId, userId }: Caller,
  staged: readonly Staged[],
  now: number,
  lastEditId: number,
): void {
  const [gone, fresh] = [withdrawn(staged), added(staged)];
  if (new Set(fresh.map(placeOf)).size < fresh.length) throw new Error('two edits of one field in one staging');
  if (gone.length === 0 && fresh.length === 0) return;
  to.raise.run([guildId, lastEditId + fresh.length]);
  for (const { id } of gone) to.remove.run([guildId, id]);
  for (const [index, { eventId, eventName, eventPage, field, base, wanted }] of fresh.entries()) {
    const [was, will] = [JSON.stringify(base), JSON.stringify(wanted)];
    to.write.run([guildId, lastEditId + 1 + index, eventId, eventName, eventPage, field, was, will, userId, now]);
  }
}

/** Staging, which every submitted form waits for. */
export function createStage(db: Db, database: Database): QueueStore['stage'] {
  const statements = prepare(database);
  const run = database.transaction(
    (...[caller, wanted, mayDrop, now, mayReplace = [], basis]: Parameters<QueueStore['stage']>): readonly Staged[] => {
      const { guildId, userId } = caller;
      const ids = eventIdsOf(wanted);
      const seen = statements.look.get({ guildId, firstId: Math.min(...ids), lastId: Math.max(...ids) });
      const { queued, refusals, isUnsettled, lastEditId } = parsePlace(seen);
      const staged = stage(queued, wanted, mayDrop && !isUnsettled, replaceableBy(userId, mayReplace), basis);
      keep(statements, caller, staged, now, lastEditId ?? 0);
      return recall(staged, refusals);
    },
  ).immediate;

  return (...args) => directly(db, database, () => run(...args));
}
