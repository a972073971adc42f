import { type Kysely, type Migration, Migrator, sql } from 'kysely';

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
  };
  draft: {
    id: string;
    guild_id: string;
    user_id: string;
    event_id: number;
    form: string;
    typed: string;
    saved_at: number;
  };
};

/** A connection to the bot's database. */
export type Db = Kysely<Tables>;

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

/** Every step of the schema, by name, in order; a step that has been released is never changed. */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '001-first-tables': {
    async up(db) {
      for (const statement of FIRST_TABLES) await statement.execute(db);
    },
  },
};

/** Brings the tables to the newest step. Throws when one fails, as nothing can be kept then. */
export async function migrate(db: Db): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...MIGRATIONS }) } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}
