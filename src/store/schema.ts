import { type Kysely, type Migration, Migrator, sql } from 'kysely';
import type Libsql from 'libsql';

/** The tables. Times are milliseconds since the epoch; JSON columns are parsed by `rows.ts`. */
export type Tables = {
  /** `last_edit_id` only ever rises, so that no edit gets the id of one that is gone. */
  queue: { guild_id: string; revision: number; last_edit_id: number };
  edit: {
    id: number;
    guild_id: string;
    event_id: number;
    event_name: string;
    event_page: string | null;
    field: string;
    base: string;
    wanted: string;
    user_id: string;
    staged_at: number;
    refusal: string | null;
  };
  flush: {
    id: string;
    guild_id: string;
    user_id: string;
    state: string;
    revision: number;
    changes: string;
    verdicts: string;
    parent_id: string | null;
    previewed_at: number;
    sent_at: number | null;
    settled_at: number | null;
    channel_id: string | null;
    answer: string | null;
    request_id: string | null;
    attempts: number;
    reason: string | null;
    accepts_unknown: number;
    over_at: number | null;
    due_at: number | null;
    posts: string;
  };
  draft: {
    id: string;
    guild_id: string;
    user_id: string;
    event_id: number;
    form: string;
    typed: string;
    saved_at: number;
    /** How the texts in it were meant. */
    texts: string;
    /** What its form showed; null where nobody knows. */
    seen: string | null;
    /** What its times were said to mean. */
    picks: string;
  };
  /** `wanted` are edits, `in_the_way` the ids of those that they would replace. */
  contest: {
    id: string;
    guild_id: string;
    user_id: string;
    wanted: string;
    in_the_way: string;
    saved_at: number;
  };
  refused_field: {
    guild_id: string;
    field: string;
    refusal: string;
    flush_id: string;
    seen_at: number;
  };
  guild_setting: { guild_id: string; zone: string };
  user_setting: { user_id: string; zone: string | null; date_order: string | null };
  /** `content` is a shift as it was previewed. */
  shift: { id: string; guild_id: string; user_id: string; content: string; saved_at: number };
};

/** A connection to the bot's database. */
export type Db = Kysely<Tables>;

/** The database behind that one connection, for statements that kysely would make slower: see `directly`. */
export type Database = InstanceType<typeof Libsql>;

const FIRST_TABLES = [
  sql`CREATE TABLE queue (
    guild_id TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    last_edit_id INTEGER NOT NULL) WITHOUT ROWID`,
  sql`CREATE TABLE edit (
    id INTEGER NOT NULL,
    guild_id TEXT NOT NULL,
    event_id INTEGER NOT NULL,
    event_name TEXT NOT NULL,
    event_page TEXT,
    field TEXT NOT NULL,
    base TEXT NOT NULL,
    wanted TEXT NOT NULL,
    user_id TEXT NOT NULL,
    staged_at INTEGER NOT NULL,
    refusal TEXT,
    PRIMARY KEY (guild_id, event_id, field)) WITHOUT ROWID`,
  sql`CREATE TABLE flush (
    id TEXT PRIMARY KEY,
    guild_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    state TEXT NOT NULL,
    revision INTEGER NOT NULL,
    changes TEXT NOT NULL,
    verdicts TEXT NOT NULL,
    parent_id TEXT UNIQUE,
    previewed_at INTEGER NOT NULL,
    sent_at INTEGER,
    settled_at INTEGER)`,
  sql`CREATE UNIQUE INDEX one_flush_at_a_time ON flush (guild_id) WHERE state = 'sending'`,
  sql`CREATE INDEX flush_by_guild ON flush (guild_id, sent_at)`,
  sql`CREATE TABLE draft (
    id TEXT PRIMARY KEY,
    guild_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    event_id INTEGER NOT NULL,
    form TEXT NOT NULL,
    typed TEXT NOT NULL,
    saved_at INTEGER NOT NULL)`,
];

/** A flush that an older version left open is looked after at once, and what it sent is long over. */
const FOLLOWED_UP = [
  sql`ALTER TABLE flush ADD COLUMN channel_id TEXT`,
  sql`ALTER TABLE flush ADD COLUMN answer TEXT`,
  sql`ALTER TABLE flush ADD COLUMN request_id TEXT`,
  sql`ALTER TABLE flush ADD COLUMN attempts INTEGER NOT NULL DEFAULT 1`,
  sql`ALTER TABLE flush ADD COLUMN reason TEXT`,
  sql`ALTER TABLE flush ADD COLUMN accepts_unknown INTEGER NOT NULL DEFAULT 0`,
  sql`ALTER TABLE flush ADD COLUMN over_at INTEGER`,
  sql`ALTER TABLE flush ADD COLUMN due_at INTEGER`,
  sql`ALTER TABLE flush ADD COLUMN posts TEXT NOT NULL DEFAULT '[]'`,
  sql`UPDATE flush SET answer = CASE state WHEN 'done' THEN '{"ok":true,"value":null}' WHEN 'rejected' THEN NULL
    ELSE '{"ok":false,"error":{"kind":"interrupted"}}' END WHERE sent_at IS NOT NULL`,
  sql`UPDATE flush SET settled_at = NULL, due_at = 0, over_at = 0 WHERE state IN ('sending', 'unknown')`,
  sql`CREATE INDEX flush_to_look_after ON flush (due_at) WHERE due_at IS NOT NULL`,
  sql`CREATE UNIQUE INDEX one_flush_waits_at_a_time ON flush (guild_id) WHERE state = 'waiting'`,
];

/** Of one form of an event its author has one draft; of those that an older version kept, the newest. */
const REMEMBERED = [
  sql`DELETE FROM draft WHERE rowid NOT IN (
    SELECT rowid FROM (SELECT rowid, max(saved_at) FROM draft GROUP BY guild_id, user_id, event_id, form))`,
  sql`CREATE UNIQUE INDEX one_draft_of_a_form ON draft (guild_id, user_id, event_id, form)`,
  sql`CREATE TABLE contest (
    id TEXT PRIMARY KEY,
    guild_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    wanted TEXT NOT NULL,
    in_the_way TEXT NOT NULL,
    saved_at INTEGER NOT NULL)`,
  sql`CREATE TABLE refused_field (
    guild_id TEXT NOT NULL,
    field TEXT NOT NULL,
    refusal TEXT NOT NULL,
    flush_id TEXT NOT NULL,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (guild_id, field)) WITHOUT ROWID`,
];

const SET_UP = [
  sql`CREATE TABLE guild_setting (guild_id TEXT PRIMARY KEY, zone TEXT NOT NULL) WITHOUT ROWID`,
  sql`CREATE TABLE user_setting (user_id TEXT PRIMARY KEY, zone TEXT, date_order TEXT) WITHOUT ROWID`,
  sql`CREATE TABLE shift (
    id TEXT PRIMARY KEY,
    guild_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    content TEXT NOT NULL,
    saved_at INTEGER NOT NULL)`,
];

/** What an older version kept does not say how its texts were meant, what its form showed, nor what was picked. */
const DRAFTS_AS_MEANT = [
  sql`ALTER TABLE draft ADD COLUMN texts TEXT NOT NULL DEFAULT '{"syntaxes":[],"longTexts":"append"}'`,
  sql`ALTER TABLE draft ADD COLUMN seen TEXT`,
  sql`ALTER TABLE draft ADD COLUMN picks TEXT NOT NULL DEFAULT '[]'`,
];

/** Every step of the schema, by name, in order; a step that has been released is never changed. */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '001-first-tables': {
    async up(db) {
      for (const statement of FIRST_TABLES) await statement.execute(db);
    },
  },
  '002-flushes-are-followed-up': {
    async up(db) {
      for (const statement of FOLLOWED_UP) await statement.execute(db);
    },
  },
  '003-drafts-contests-and-refused-fields': {
    async up(db) {
      for (const statement of REMEMBERED) await statement.execute(db);
    },
  },
  '004-settings-and-shifts': {
    async up(db) {
      for (const statement of SET_UP) await statement.execute(db);
    },
  },
  '005-drafts-as-they-were-meant': {
    async up(db) {
      for (const statement of DRAFTS_AS_MEANT) await statement.execute(db);
    },
  },
};

/** Brings the tables to the newest step. Throws when one fails, as nothing can be kept then. */
export async function migrate(db: Db): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...MIGRATIONS }) } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}
