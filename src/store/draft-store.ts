import { z } from 'zod';
import type { DraftStore } from '../app/ports.ts';
import { FORM_NAMES } from '../domain/field.ts';
import { parseTypedForm } from './rows.ts';
import type { Db } from './schema.ts';

const KEPT_MS = 7 * 86_400_000;

const form = z.enum(FORM_NAMES);

/** The drafts in `db`; each is kept for a week. */
export const createDraftStore = (db: Db): DraftStore => ({
  save: ({ guildId, userId }, id, draft, now) =>
    db.transaction().execute(async (tx) => {
      const old = now - KEPT_MS;
      await tx.deleteFrom('draft').where('saved_at', '<', old).execute();
      const row = {
        id,
        guild_id: guildId,
        user_id: userId,
        event_id: draft.eventId,
        form: draft.form,
        typed: JSON.stringify([...draft.typed]),
        saved_at: now,
      };
      await tx.insertInto('draft').values(row).execute();
    }),

  async load({ guildId, userId }, id) {
    const row = await db
      .selectFrom('draft')
      .selectAll()
      .where('guild_id', '=', guildId)
      .where('user_id', '=', userId)
      .where('id', '=', id)
      .executeTakeFirst();
    if (row === undefined) return null;
    return { eventId: row.event_id, form: form.parse(row.form), typed: parseTypedForm(row.typed) };
  },
});
