import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Kysely, SqliteDialect } from 'kysely';
import Database from 'libsql';
import type { DraftStore, FlushStore, QueueStore } from '../app/ports.ts';
import { createDraftStore } from './draft-store.ts';
import { createFlushStore } from './flush-store.ts';
import { createQueueStore } from './queue-store.ts';
import { type Db, migrate, type Tables } from './schema.ts';

/** Everything the bot keeps on disk. */
export type Store = {
  readonly queues: QueueStore;
  readonly flushes: FlushStore;
  readonly drafts: DraftStore;
  close(): Promise<void>;
};

const BUSY_TIMEOUT_MS = 5_000;

/** `synchronous = FULL`: a commit is on disk when it returns, also after a power cut. */
function openDatabase(path: string): InstanceType<typeof Database> {
  mkdirSync(dirname(path), { recursive: true });
  const database = new Database(path);
  database.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  return database;
}

/** Opens, and on first use creates, the database in the file at `path`. Throws when that cannot be done. */
export async function openStore(path: string): Promise<Store> {
  const db: Db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: openDatabase(path) }) });
  await migrate(db);
  return {
    queues: createQueueStore(db),
    flushes: createFlushStore(db),
    drafts: createDraftStore(db),
    close: () => db.destroy(),
  };
}
