import type { Flush } from '../domain/flush.ts';
import { lessonOf } from '../domain/lesson.ts';
import type { Write } from './queue-store.ts';

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
