import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { Caller, Draft, DraftStore, KeptDraft } from '../app/ports.ts';
import { FORM_NAMES } from '../domain/field.ts';
import { directly } from './direct.ts';
import { parseDraftContent, parsePicks, parseSeen } from './draft-rows.ts';
import { EDIT_AS_JSON, parseContest, parseOpening, REFUSAL_AS_JSON } from './rows.ts';
import type { Database, Db, Tables } from './schema.ts';

const KEPT_MS = 7 * 86_400_000;

/** As many as one select offers. */
const MAX_LISTED = 25;

const form = z.enum(FORM_NAMES);

const parseDraft = (row: Selectable<Tables['draft']>): KeptDraft => ({
  id: row.id,
  savedAt: row.saved_at,
  eventId: row.event_id,
  form: form.parse(row.form),
  ...parseDraftContent(row),
  seen: parseSeen(row.seen),
  picks: parsePicks(row.picks),
});

const draftsOf = (db: Db, { guildId, userId }: Caller) =>
  db.selectFrom('draft').where('guild_id', '=', guildId).where('user_id', '=', userId);

/** Writes a draft in the place of the one that its author has of the same form, and drops those that are too old. */
async function saveDraft(db: Db, { guildId, userId }: Caller, id: string, draft: Draft, now: number): Promise<void> {
  const { eventId, form, typed, syntaxes, longTexts, seen, picks } = draft;
  await db
    .deleteFrom('draft')
    .where('saved_at', '<', now - KEPT_MS)
    .execute();
  const place = { guild_id: guildId, user_id: userId, event_id: eventId, form };
  const content = {
    typed: JSON.stringify([...typed]),
    texts: JSON.stringify({ syntaxes: [...syntaxes], longTexts }),
    seen: seen === null ? null : JSON.stringify(seen),
    picks: JSON.stringify(picks),
  };
  const row = { ...place, id, ...content, saved_at: now };
  await db.replaceInto('draft').values(row).execute();
}

/** Every form that opens waits for this, and a statement costs about the same whatever it reads: so it is one, prepared. */
function createOpening(db: Db, database: Database): DraftStore['loadOpening'] {
  const look = database.prepare(`SELECT json_object(
    'queued', json((SELECT json_group_array(${EDIT_AS_JSON}) FROM edit
      WHERE guild_id = :guildId AND event_id = :eventId)),
    'refusals', json((SELECT json_group_array(${REFUSAL_AS_JSON}) FROM refused_field WHERE guild_id = :guildId)),
    'draftId', (SELECT id FROM draft WHERE guild_id = :guildId AND user_id = :userId AND event_id = :eventId
      AND form = :form)) AS found`);
  return ({ guildId, userId }, eventId, form) =>
    directly(db, database, () => parseOpening(look.get({ guildId, userId, eventId, form })));
}

/** What was asked for over other moderators' edits. */
const createContests = (db: Db): Pick<DraftStore, 'saveContest' | 'loadContest'> => ({
  saveContest: ({ guildId, userId }, id, { wanted, inTheWay }, now) =>
    db.transaction().execute(async (tx) => {
      await tx
        .deleteFrom('contest')
        .where('saved_at', '<', now - KEPT_MS)
        .execute();
      const content = { wanted: JSON.stringify(wanted), in_the_way: JSON.stringify(inTheWay) };
      const row = { id, guild_id: guildId, user_id: userId, ...content, saved_at: now };
      await tx.insertInto('contest').values(row).execute();
    }),

  async loadContest({ guildId, userId }, id) {
    const found = db.selectFrom('contest').selectAll().where('guild_id', '=', guildId).where('user_id', '=', userId);
    const row = await found.where('id', '=', id).executeTakeFirst();
    return row === undefined ? null : parseContest(row);
  },
});

/** The drafts and contests in `db`; each is kept for a week. */
export const createDraftStore = (db: Db, database: Database): DraftStore => ({
  ...createContests(db),

  save: (caller, id, draft, now) => db.transaction().execute((tx) => saveDraft(tx, caller, id, draft, now)),

  async load(caller, id) {
    const row = await draftsOf(db, caller).selectAll().where('id', '=', id).executeTakeFirst();
    return row === undefined ? null : parseDraft(row);
  },

  async list(caller) {
    const newest = draftsOf(db, caller).selectAll().orderBy('saved_at', 'desc').orderBy('id').limit(MAX_LISTED);
    return (await newest.execute()).map(parseDraft);
  },

  loadOpening: createOpening(db, database),

  async findId(caller, eventId, form) {
    const own = draftsOf(db, caller).select('id').where('event_id', '=', eventId).where('form', '=', form);
    return (await own.executeTakeFirst())?.id ?? null;
  },

  remove: ({ guildId, userId }, id) =>
    db.transaction().execute(async (tx) => {
      const own = tx.deleteFrom('draft').where('guild_id', '=', guildId).where('user_id', '=', userId);
      await own.where('id', '=', id).execute();
    }),
});
