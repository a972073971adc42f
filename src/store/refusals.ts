import type { Flush } from '../domain/flush.ts';
import { type KnownRefusal, lessonOf } from '../domain/known-refusal.ts';
import type { Write } from './queue-store.ts';
import { parseKnownRefusal } from './rows.ts';
import type { Db } from './schema.ts';

/** Remembers what a flush teaches of its guild's PERSCOM: refused fields until they are seen to be stored. */
export async function learn(
  db: Write,
  { id, guildId, verdicts, settledAt, sentAt, previewedAt }: Flush,
): Promise<void> {
  const { stored, refused } = lessonOf(verdicts);
  const known = db.deleteFrom('refused_field').where('guild_id', '=', guildId);
  if (stored.length > 0) await known.where('field', 'in', stored).execute();
  const origin = { guild_id: guildId, flush_id: id, seen_at: settledAt ?? sentAt ?? previewedAt };
  const rows = [...refused].map(([field, refusal]) => ({ ...origin, field, refusal: JSON.stringify(refusal) }));
  if (rows.length > 0) await db.replaceInto('refused_field').values(rows).execute();
}

/** What is remembered of a guild's PERSCOM. */
export async function loadRefusals(db: Db, guildId: string): Promise<readonly KnownRefusal[]> {
  const rows = await db.selectFrom('refused_field').selectAll().where('guild_id', '=', guildId).execute();
  return rows.map(parseKnownRefusal);
}
