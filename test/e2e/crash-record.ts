import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { z } from 'zod';

const editOf = z.object({ eventId: z.number(), field: z.string(), wanted: z.unknown() });
const change = z.object({ state: z.string(), edit: editOf });
const editRow = z.object({ event_id: z.number(), field: z.string(), wanted: z.string() });
const flushRow = z.object({
  id: z.string(),
  state: z.string(),
  changes: z.string(),
  posts: z.string(),
  due_at: z.number().nullable(),
});

/** An edit as it is written down. */
export type WrittenEdit = z.output<typeof editOf>;

/** What is in a bot's database. */
export type Written = {
  readonly edits: readonly WrittenEdit[];
  readonly flushes: readonly {
    readonly id: string;
    readonly state: string;
    /** What its PATCH holds. */
    readonly sent: readonly WrittenEdit[];
    /** Whether the bot knows where its report stands. */
    readonly isReportKnown: boolean;
    /** When somebody looks after it next. */
    readonly dueAt: number | null;
  }[];
};

const FLUSHES = 'SELECT id, state, changes, posts, due_at FROM flush ORDER BY previewed_at';

function parseDatabase(path: string): Written {
  const database = new Database(path);
  const edits = z.array(editRow).parse(database.prepare('SELECT event_id, field, wanted FROM edit').all());
  const flushes = z.array(flushRow).parse(database.prepare(FLUSHES).all());
  database.close();
  return {
    edits: edits.map(({ event_id, field, wanted }) => ({ eventId: event_id, field, wanted: JSON.parse(wanted) })),
    flushes: flushes.map(({ id, state, changes, posts, due_at }) => ({
      id,
      state,
      sent: z
        .array(change)
        .parse(JSON.parse(changes))
        .flatMap((one) => (one.state === 'ready' ? [one.edit] : [])),
      isReportKnown: posts !== '[]',
      dueAt: due_at,
    })),
  };
}

const FILES = ['frago.db', 'frago.db-wal'] as const;

const look = (file: string): string => {
  const stats = statSync(file, { bigint: true, throwIfNoEntry: false });
  return stats === undefined ? 'none' : `${stats.size} ${stats.mtimeNs}`;
};

/** How the files of a database look from outside; writing to it changes that. */
export const lookAtFiles = (directory: string): string =>
  FILES.map((name) => look(join(directory, 'data', name))).join(' ');

function readCopy(directory: string): Written {
  const copy = mkdtempSync(join(tmpdir(), 'frago-copy-'));
  try {
    for (const name of FILES) {
      const file = join(directory, 'data', name);
      if (existsSync(file)) copyFileSync(file, join(copy, name));
    }
    return parseDatabase(join(copy, 'frago.db'));
  } finally {
    rmSync(copy, { recursive: true });
  }
}

const MAX_TRIES = 100;

/** Reads databases, each only where it has been written to since. */
export function createReader(): (directory: string) => Written {
  const known = new Map<string, { readonly look: string; readonly written: Written }>();

  /**
   * Reads the database of the bot that works in `directory`, or did. That is not opened, but a copy of it: libsql closes a
   * file some time after it is told to, and a process that has the file open keeps the next bot from recovering it.
   */
  return (directory) => {
    for (let attempt = 1; attempt <= MAX_TRIES; attempt += 1) {
      const before = lookAtFiles(directory);
      const last = known.get(directory);
      if (last?.look === before) return last.written;
      const written = readCopy(directory);
      if (lookAtFiles(directory) !== before) continue;
      known.set(directory, { look: before, written });
      return written;
    }
    throw new Error('the database is written to all the time');
  };
}

/** Has a flush looked after now, as if its time had come. */
export function makeDue(directory: string, flushId: string): void {
  const script = `
    import Database from 'libsql';
    const [path, id] = process.argv.slice(-2);
    const database = new Database(path);
    database.pragma('busy_timeout = 5000');
    database.prepare('UPDATE flush SET due_at = 0 WHERE id = ?').run(id);`;
  const args = ['--input-type=module', '--eval', script, join(directory, 'data', 'frago.db'), flushId];
  execFileSync(process.execPath, args, { cwd: import.meta.dirname });
}
