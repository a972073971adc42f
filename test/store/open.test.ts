import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import Database from 'libsql';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Draft } from '../../src/app/ports.ts';
import type { Flush } from '../../src/domain/flush.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { buildVerdict, buildWanted } from '../fixtures/domain.ts';
import {
  ANNA,
  asSentByBen,
  BY_ANNA,
  CHANNEL,
  databasePath,
  GUILD,
  OTHER_GUILD,
  openTestStore,
  queueUp,
  saveFlush,
} from '../fixtures/store.ts';

test('a database is created where there is none, folder and all', async () => {
  const path = databasePath();
  const store = await openTestStore(path);
  expect(await queueUp(store, GUILD, buildWanted())).toHaveLength(1);
});

test('a file that is no database is refused', async () => {
  const path = databasePath();
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, 'This is a shopping list, long enough to be more than a page header.\n'.repeat(40));
  await expect(openStore(path)).rejects.toThrow(/not a database/);
});

const DRAFT: Draft = {
  eventId: 1,
  form: 'text',
  typed: new Map([['content', 'x']]),
  syntaxes: new Map(),
  longTexts: 'append',
  seen: null,
  picks: [],
};

test('everything is there after the file is opened again', async () => {
  const path = databasePath();
  const first = await openStore(path);
  const [edit] = await queueUp(first, GUILD, buildWanted(), buildWanted({ eventId: 2 }));
  if (edit === undefined) throw new Error('two edits are queued');
  const flush = await saveFlush(first, GUILD);
  await first.flushes.claim(asSentByBen(flush));
  const verdicts = [buildVerdict(edit, { kind: 'ignored', refusal: { kind: 'ignored' } })];
  await first.flushes.settle({ ...asSentByBen(flush), state: 'unknown', verdicts });
  await first.flushes.savePosts(GUILD, flush.id, [{ channelId: CHANNEL, messageId: '601' }], 9_000);
  await first.drafts.save(BY_ANNA, 'd1', DRAFT, 1_000);
  const before = [await first.queues.load(GUILD), await first.flushes.load(GUILD, flush.id)];
  await first.close();

  const second = await openTestStore(path);
  expect([await second.queues.load(GUILD), await second.flushes.load(GUILD, flush.id)]).toEqual(before);
  expect(await second.flushes.loadOpen(GUILD)).toMatchObject([{ id: flush.id, state: 'unknown' }]);
  expect(await second.flushes.loadPosts(GUILD, flush.id)).toMatchObject([{ messageId: '601' }]);
  expect(await second.drafts.load(BY_ANNA, 'd1')).toMatchObject({ eventId: 1, form: 'text' });
});

const BUILT_STORE = pathToFileURL(resolve(import.meta.dirname, '../../dist/src/store/open.js')).href;

/** Another process, which does `work` with the store, and what it then writes; rejects unless it ends well. */
function runWithStore(path: string, work: string): Promise<string> {
  const script = `
    import { openStore } from ${JSON.stringify(BUILT_STORE)};
    const store = await openStore(${JSON.stringify(path)}, 5_000);
    ${work}
    await store.close();`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill());
  const ends = new Promise((resolve, reject) => {
    child.once('exit', (code) => (code === 0 ? resolve(code) : reject(new Error(`it ended with ${code}`))));
  });
  return Promise.all([text(child.stdout), ends]).then(([written]) => written);
}

test('three processes that stage into one queue at once lose nothing', async () => {
  const path = databasePath();
  const store = await openTestStore(path);
  /** Stages 30 edits of events of its own and one that everybody wants. */
  const stager = (number: number): string => `
    const caller = { guildId: '${GUILD}', userId: '${ANNA}', channelId: null };
    const edit = (eventId) => ({ eventId, eventName: 'Op', eventPage: null, field: 'name', base: 'Op', wanted: 'by ${number}' });
    for (let index = 1; index <= 30; index += 1)
      await store.queues.stage(caller, [edit(${number} * 100 + index), edit(7)], true, index);`;
  await Promise.all([1, 2, 3].map((number) => runWithStore(path, stager(number))));
  const { edits } = await store.queues.load(GUILD);
  const own = [1, 2, 3].flatMap((number) => Array.from({ length: 30 }, (_, index) => number * 100 + index + 1));
  expect(edits.map(({ eventId }) => eventId).sort((a, b) => a - b)).toEqual([7, ...own]);
});

test('of 60 claims of each of 20 flushes by three processes at once, one succeeds', async () => {
  const path = databasePath();
  const store = await openTestStore(path);
  const guilds = Array.from({ length: 20 }, (_, index) => String(1_000 + index));
  for (const guildId of guilds) {
    await queueUp(store, guildId, buildWanted());
    await saveFlush(store, guildId);
  }
  const claimer = `
    const won = [];
    for (const guildId of ${JSON.stringify(guilds)}) {
      const flush = await store.flushes.load(guildId, 'flush-' + guildId);
      const sent = { ...flush, state: 'sending', sentAt: 3_000, dueAt: 13_000 };
      const claims = await Promise.all(Array.from({ length: 20 }, () => store.flushes.claim(sent)));
      won.push(...claims.filter(({ ok }) => ok).map(() => guildId));
    }
    process.stdout.write(won.join(' ') + ' ');`;
  const won = await Promise.all([1, 2, 3].map(() => runWithStore(path, claimer)));
  expect(won.join('').trim().split(/ +/).sort()).toEqual(guilds);
});

describe('a store that another program kept from writing for too long', () => {
  const BUSY_TIMEOUT_MS = 20;
  const RENAME = buildWanted();

  type Write = (store: Store, flush: Flush) => Promise<unknown>;

  /** Every way to write. `flush` is previewed, and of one edit that is queued. */
  const WRITES: { readonly [Name in `${keyof Omit<Store, 'close'>}.${string}`]: Write } = {
    'queues.stage': ({ queues }) => queues.stage(BY_ANNA, [buildWanted({ eventId: 2 })], true, 1_000),
    'queues.remove': ({ queues }, { changes }) =>
      queues.remove(
        GUILD,
        changes.map(({ edit }) => edit.id),
      ),
    'queues.clear': ({ queues }, { revision }) => queues.clear(GUILD, revision),
    'queues.rebase': ({ queues }, { changes }) => queues.rebase(GUILD, changes),
    'flushes.save': ({ flushes }, flush) => flushes.save({ ...flush, id: 'another' }),
    'flushes.wait': ({ flushes }, flush) => flushes.wait({ ...flush, id: 'another', state: 'waiting' }),
    'flushes.claim': ({ flushes }, flush) => flushes.claim(asSentByBen(flush)),
    'flushes.claimPart': ({ flushes }, flush) =>
      flushes.claimPart({ ...asSentByBen(flush), id: 'rest', parentId: flush.id }),
    'flushes.settle': ({ flushes }, flush) => flushes.settle({ ...flush, state: 'unknown' }),
    'flushes.cancel': ({ flushes }, { id }) => flushes.cancel(GUILD, id),
    'flushes.postpone': ({ flushes }, flush) => flushes.postpone(flush, 9_000),
    'flushes.hurry': ({ flushes }) => flushes.hurry(GUILD, 9_000),
    'flushes.savePosts': ({ flushes }, { id }) => flushes.savePosts(GUILD, id, [], 9_000),
    'drafts.save': ({ drafts }) => drafts.save(BY_ANNA, 'd1', DRAFT, 3_000),
    'drafts.saveContest': ({ drafts }) => drafts.saveContest(BY_ANNA, 'c1', { wanted: [], inTheWay: [] }, 3_000),
    'drafts.remove': ({ drafts }) => drafts.remove(BY_ANNA, 'd1'),
  };

  /** Somebody else's connection to the same file. */
  function openOther(path: string): InstanceType<typeof Database> {
    const other = new Database(path);
    onTestFinished(() => void other.close());
    return other;
  }

  test.each(Object.entries(WRITES))('fails %s, and whatever comes next works again', async (_, write) => {
    const path = databasePath();
    const store = await openTestStore(path, BUSY_TIMEOUT_MS);
    await queueUp(store, GUILD, RENAME);
    const flush = await saveFlush(store, GUILD);
    const before = await store.queues.load(GUILD);
    const other = openOther(path);
    other.exec('BEGIN IMMEDIATE');
    for (let attempt = 0; attempt < 3; attempt += 1) await expect(write(store, flush)).rejects.toThrow(/locked/);
    expect(await store.queues.load(GUILD)).toEqual(before);
    expect(await store.flushes.load(GUILD, flush.id)).toEqual(flush);
    other.exec("INSERT INTO queue VALUES ('333', 7, 0)");
    other.exec('COMMIT');

    expect(await queueUp(store, OTHER_GUILD, RENAME)).toHaveLength(1);
    await write(store, flush);
    expect((await store.queues.load('333')).revision).toBe(7);
  });

  test('waits for a lock that is let go of in time', async () => {
    const path = databasePath();
    const store = await openTestStore(path, 5_000);
    const script = `
      import Database from 'libsql';
      const database = new Database(${JSON.stringify(path)});
      database.exec('BEGIN IMMEDIATE');
      process.stdout.write('locked');
      setTimeout(() => { database.exec('COMMIT'); database.close(); }, 150);`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: import.meta.dirname,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void child.kill());
    await new Promise((settle) => child.stdout.once('data', settle));
    expect(await queueUp(store, GUILD, RENAME)).toHaveLength(1);
  });
});
