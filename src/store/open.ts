import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Kysely, SqliteAdapter, type SqliteDatabase, SqliteDialect, type SqliteStatement } from 'kysely';
import Libsql from 'libsql';
import type { DraftStore, FlushStore, QueueStore, Settings } from '../app/ports.ts';
import type { ShiftStore } from '../app/shift-port.ts';
import { createDraftStore } from './draft-store.ts';
import { createFlushStore } from './flush-store.ts';
import { createQueueStore } from './queue-store.ts';
import { type Database, type Db, migrate, type Tables } from './schema.ts';
import { loadSettings } from './settings.ts';
import { createShiftStore } from './shift-store.ts';
import { createStage } from './staging.ts';

/** Everything the bot keeps on disk. */
export type Store = {
  readonly queues: QueueStore;
  readonly flushes: FlushStore;
  readonly drafts: DraftStore;
  readonly settings: Settings;
  readonly shifts: ShiftStore;
  close(): Promise<void>;
};

/**
 * Waiting for a lock stops everything, and Discord waits 3 s for an answer: two waits, the second for the draft of a form
 * that could not be queued, have to fit in.
 */
const BUSY_TIMEOUT_MS = 1_000;

/** `synchronous = FULL`: a commit is on disk when it returns, also after a power cut. */
function openDatabase(path: string, busyTimeoutMs: number): Database {
  mkdirSync(dirname(path), { recursive: true });
  const database = new Libsql(path);
  database.pragma(`busy_timeout = ${busyTimeoutMs}`);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  return database;
}

/** A statement that answers nothing, run as it stands. */
const execute = (database: Database, sql: string): SqliteStatement => ({
  reader: false,
  all: () => [],
  iterate: () => [][Symbol.iterator](),
  run() {
    database.exec(sql);
    return { changes: 0, lastInsertRowid: 0 };
  },
});

/**
 * The database as kysely drives it. The bot has some thirty statements, and the driver would compile them every time. A
 * transaction begins at once as a writer, and not by a prepared statement: one that fails because the database is locked
 * leaves libsql's connection broken for good.
 */
function driveDatabase(database: Database): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>([
    ['begin', execute(database, 'BEGIN IMMEDIATE')],
    ['commit', execute(database, 'COMMIT')],
    ['rollback', execute(database, 'ROLLBACK')],
  ]);
  return {
    close: () => database.close(),
    prepare(sql) {
      const statement = statements.get(sql) ?? database.prepare(sql);
      statements.set(sql, statement);
      return statement;
    },
  };
}

/** SQLite takes back what was altered of a schema with everything else, which kysely does not count on by itself. */
class AtomicAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** SQLite, with all steps of the schema in one transaction: a process that dies halfway has changed nothing. */
class AtomicDialect extends SqliteDialect {
  override createAdapter(): AtomicAdapter {
    return new AtomicAdapter();
  }
}

/**
 * Opens, and on first use creates, the database in the file at `path`. Throws when that cannot be done. Another process
 * that writes is waited for, `busyTimeoutMs` at most.
 */
export async function openStore(path: string, busyTimeoutMs = BUSY_TIMEOUT_MS): Promise<Store> {
  const database = openDatabase(path, busyTimeoutMs);
  const db: Db = new Kysely<Tables>({ dialect: new AtomicDialect({ database: driveDatabase(database) }) });
  await migrate(db);
  return {
    queues: createQueueStore(db, createStage(db, database)),
    flushes: createFlushStore(db),
    drafts: createDraftStore(db, database),
    settings: await loadSettings(db),
    shifts: createShiftStore(db),
    close: () => db.destroy(),
  };
}
