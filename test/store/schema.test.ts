import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'libsql';
import { expect, test } from 'vitest';
import { buildChange, buildVerdict } from '../fixtures/domain.ts';
import { ANNA, BY_ANNA, databasePath, GUILD, openTestStore } from '../fixtures/store.ts';

/** The tables as the first released version made them, and kysely's notes of it. */
const FIRST_TABLES = `
  CREATE TABLE kysely_migration (name varchar(255) NOT NULL PRIMARY KEY, timestamp varchar(255) NOT NULL);
  CREATE TABLE kysely_migration_lock (id varchar(255) NOT NULL PRIMARY KEY, is_locked integer DEFAULT 0 NOT NULL);
  INSERT INTO kysely_migration VALUES ('001-first-tables', '2026-11-01T00:00:00.000Z');
  INSERT INTO kysely_migration_lock VALUES ('migration_lock', 0);
  CREATE TABLE queue (guild_id TEXT PRIMARY KEY, revision INTEGER NOT NULL, last_edit_id INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE edit (
    id INTEGER NOT NULL, guild_id TEXT NOT NULL, event_id INTEGER NOT NULL, event_name TEXT NOT NULL, event_page TEXT,
    field TEXT NOT NULL, base TEXT NOT NULL, wanted TEXT NOT NULL, user_id TEXT NOT NULL, staged_at INTEGER NOT NULL,
    refusal TEXT, PRIMARY KEY (guild_id, event_id, field)) WITHOUT ROWID;
  CREATE TABLE flush (
    id TEXT PRIMARY KEY, guild_id TEXT NOT NULL, user_id TEXT NOT NULL, state TEXT NOT NULL, revision INTEGER NOT NULL,
    changes TEXT NOT NULL, verdicts TEXT NOT NULL, parent_id TEXT UNIQUE, previewed_at INTEGER NOT NULL,
    sent_at INTEGER, settled_at INTEGER);
  CREATE UNIQUE INDEX one_flush_at_a_time ON flush (guild_id) WHERE state = 'sending';
  CREATE INDEX flush_by_guild ON flush (guild_id, sent_at);
  CREATE TABLE draft (
    id TEXT PRIMARY KEY, guild_id TEXT NOT NULL, user_id TEXT NOT NULL, event_id INTEGER NOT NULL, form TEXT NOT NULL,
    typed TEXT NOT NULL, saved_at INTEGER NOT NULL);`;

const CHANGE = buildChange({ userId: ANNA, wanted: 'Op Bravo' });
const { changedAt: _, ...OLD_CHANGE } = CHANGE;

/** A database of the first version, with a queued edit, and flushes in these states that are called after them. */
function writeFirstDatabase(path: string, states: readonly string[]): void {
  mkdirSync(dirname(path), { recursive: true });
  const database = new Database(path);
  database.exec(FIRST_TABLES);
  const { id, eventId, eventName, field, base, wanted, userId, stagedAt } = CHANGE.edit;
  const values = [id, GUILD, eventId, eventName, null, field, JSON.stringify(base), JSON.stringify(wanted)];
  database.prepare('INSERT INTO queue VALUES (?, 4, 9)').run(GUILD);
  database.prepare('INSERT INTO edit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)').run(...values, userId, stagedAt);
  const { change: __, ...rest } = buildVerdict(CHANGE.edit, { kind: 'unknown', after: null });
  const verdicts = JSON.stringify([{ change: OLD_CHANGE, ...rest }]);
  const insert = database.prepare('INSERT INTO flush VALUES (?, ?, ?, ?, 4, ?, ?, NULL, 2000, ?, ?)');
  for (const state of states) {
    const [isSent, isSettled] = [state !== 'previewed', !['previewed', 'sending'].includes(state)];
    const known = [JSON.stringify([OLD_CHANGE]), isSettled ? verdicts : '[]'];
    insert.run(state, GUILD, ANNA, state, ...known, isSent ? 3_000 : null, isSettled ? 4_000 : null);
  }
  database.close();
}

test('what an older version queued is still queued', async () => {
  const path = databasePath();
  writeFirstDatabase(path, []);
  const store = await openTestStore(path);
  expect(await store.queues.load(GUILD)).toEqual({ revision: 4, edits: [CHANGE.edit] });
});

test('what an older version kept of a form can be opened again', async () => {
  const path = databasePath();
  writeFirstDatabase(path, []);
  const database = new Database(path);
  const draft = ['d1', GUILD, ANNA, 7, 'text', '[["content","a"]]'];
  database.prepare('INSERT INTO draft VALUES (?, ?, ?, ?, ?, ?, 2000)').run(...draft);
  database.close();
  const { drafts } = await openTestStore(path);
  const texts = { typed: new Map([['content', 'a']]), syntaxes: new Map(), longTexts: 'append' };
  expect(await drafts.load(BY_ANNA, 'd1')).toMatchObject({ eventId: 7, form: 'text', ...texts });
});

test('a flush that an older version left open is looked after at once, and what it sent is long over', async () => {
  const path = databasePath();
  writeFirstDatabase(path, ['sending', 'unknown', 'done', 'rejected', 'previewed']);
  const store = await openTestStore(path);
  const due = await store.flushes.loadDue(0);
  expect(new Set(due.map(({ id }) => id))).toEqual(new Set(['sending', 'unknown']));
  for (const flush of due)
    expect(flush).toMatchObject({
      ...{ guildId: GUILD, userId: ANNA, state: flush.id, changes: [CHANGE], channelId: null, reason: null },
      ...{ answer: { ok: false, error: { kind: 'interrupted' } }, attempts: 1, sentAt: 3_000, overAt: 0, dueAt: 0 },
      ...{ requestId: null, acceptsUnknown: false, settledAt: null },
    });
  expect(await store.flushes.loadPosts(GUILD, 'sending')).toEqual([]);
});

test.each([
  ['done', { ok: true, value: null }],
  ['rejected', null],
  ['previewed', null],
] as const)('a flush that an older version left %s stays so, and nobody looks after it', async (state, answer) => {
  const path = databasePath();
  writeFirstDatabase(path, [state]);
  const store = await openTestStore(path);
  expect(await store.flushes.load(GUILD, state)).toMatchObject({ state, answer, changes: [CHANGE], dueAt: null });
  expect(await store.flushes.loadDue(Number.MAX_SAFE_INTEGER)).toEqual([]);
});

test('a flush that an older version was sending can be settled, and then nothing is in the way of the next', async () => {
  const path = databasePath();
  writeFirstDatabase(path, ['sending', 'previewed']);
  const store = await openTestStore(path);
  const [left] = await store.flushes.loadDue(0);
  const next = await store.flushes.load(GUILD, 'previewed');
  if (left === undefined || next === null) throw new Error('both flushes are there');
  const sent = { ...next, state: 'sending', sentAt: 5_000 } as const;
  expect(await store.flushes.claim(sent)).toEqual({ ok: false, error: { kind: 'busy' } });
  expect(await store.flushes.settle({ ...left, state: 'rejected', dueAt: null })).toBe(true);
  expect(await store.flushes.claim(sent)).toMatchObject({ ok: true });
});
