import { describe, expect, test } from 'vitest';
import type { Flush } from '../../src/domain/flush.ts';
import { EXPIRES_AFTER_MS } from '../../src/domain/flush.ts';
import type { Store } from '../../src/store/open.ts';
import { buildWanted } from '../fixtures/domain.ts';
import {
  asSentByBen,
  buildFlush,
  GUILD,
  OTHER_GUILD,
  openTestStore,
  PREVIEWED_AT,
  queueUp,
  saveFlush,
  storeWithPreview,
  storeWithSent,
  storeWithSettled,
} from '../fixtures/store.ts';

const stateOf = async ({ flushes }: Store, { guildId, id }: Flush) => (await flushes.load(guildId, id))?.state;

/** A store in which a flush of the guild's queue waits since its preview, and is to be looked after at once. */
async function storeWithWaiting(): Promise<{ store: Store; flush: Flush }> {
  const store = await openTestStore();
  await queueUp(store, GUILD, buildWanted());
  const flush = await buildFlush(store, GUILD, { state: 'waiting', dueAt: PREVIEWED_AT });
  expect(await store.flushes.wait(flush)).toBe(true);
  return { store, flush };
}

/** A store with an unknown flush that is to be looked after at 11 s, and is over at 120 s. */
async function storeWithUnknown(): Promise<{ store: Store; flush: Flush }> {
  const { store, flush } = await storeWithSent();
  const unknown: Flush = { ...flush, state: 'unknown', dueAt: 11_000 };
  expect(await store.flushes.settle(unknown)).toBe(true);
  return { store, flush: unknown };
}

describe('a flush that waits', () => {
  test('is kept as it was left, and is open', async () => {
    const { store, flush } = await storeWithWaiting();
    expect(await store.flushes.load(GUILD, flush.id)).toEqual(flush);
    expect(await store.flushes.loadOpen(GUILD)).toEqual([flush]);
  });

  test('is the only one of its guild, of 20 that are left at once', async () => {
    const store = await openTestStore();
    await queueUp(store, GUILD, buildWanted());
    const ids = Array.from({ length: 20 }, (_, index) => `waiting-${index}`);
    const left = await Promise.all(
      ids.map(async (id) => store.flushes.wait(await buildFlush(store, GUILD, { id, state: 'waiting' }))),
    );
    expect(left.filter((isWaiting) => isWaiting)).toHaveLength(1);
    expect(await store.flushes.loadOpen(GUILD)).toMatchObject([{ id: ids[left.indexOf(true)] }]);
    expect(await store.flushes.wait(await buildFlush(store, OTHER_GUILD, { state: 'waiting' }))).toBe(true);
  });

  test('may be followed by another once it was sent or stopped', async () => {
    const { store, flush } = await storeWithWaiting();
    await store.flushes.claim(asSentByBen(flush));
    const next = await buildFlush(store, GUILD, { id: 'next', state: 'waiting' });
    expect(await store.flushes.wait(next)).toBe(true);
    expect(await store.flushes.cancel(GUILD, next.id)).toBe(true);
    expect(await store.flushes.wait({ ...next, id: 'last' })).toBe(true);
  });

  test('is stopped once, is not sent then, and nobody looks after it any more', async () => {
    const { store, flush } = await storeWithWaiting();
    expect(await store.flushes.cancel(GUILD, flush.id)).toBe(true);
    expect(await store.flushes.cancel(GUILD, flush.id)).toBe(false);
    expect(await store.flushes.load(GUILD, flush.id)).toEqual({ ...flush, state: 'expired', dueAt: null });
    expect(await store.flushes.claim(asSentByBen(flush))).toEqual({ ok: false, error: { kind: 'taken' } });
    expect(await store.flushes.postpone(flush, 9_000)).toBe(false);
    expect(await store.flushes.loadDue(Number.MAX_SAFE_INTEGER)).toEqual([]);
  });

  test('does not expire by itself, as who left it is to be told', async () => {
    const { store, flush } = await storeWithWaiting();
    await saveFlush(store, GUILD, { id: 'later', previewedAt: PREVIEWED_AT + 2 * EXPIRES_AFTER_MS });
    expect(await stateOf(store, flush)).toBe('waiting');
  });
});

describe('stopping a flush from waiting', () => {
  test.each(['previewed', 'expired'] as const)('does nothing to one that is %s', async (state) => {
    const { store, flush } = await storeWithPreview({ state });
    expect(await store.flushes.cancel(GUILD, flush.id)).toBe(false);
    expect(await store.flushes.load(GUILD, flush.id)).toEqual(flush);
  });

  test.each(['sending', 'unknown', 'done', 'rejected'] as const)('does nothing to one that is %s', async (state) => {
    const { store, flush } = state === 'sending' ? await storeWithSent() : await storeWithSettled(state);
    expect(await store.flushes.cancel(GUILD, flush.id)).toBe(false);
    expect(await store.flushes.load(GUILD, flush.id)).toEqual(flush);
  });
});

describe('looking after flushes', () => {
  test('is for those of all guilds that are due by then, those that have waited longest first', async () => {
    const store = await openTestStore();
    for (const [id, guildId, dueAt] of [
      ['late', GUILD, 30],
      ['first', OTHER_GUILD, 10],
      ['second', GUILD, 20],
      ['never', GUILD, null],
    ] as const)
      await saveFlush(store, guildId, { id, dueAt });
    const idsDue = async (now: number) => (await store.flushes.loadDue(now)).map(({ id }) => id);
    expect(await idsDue(9)).toEqual([]);
    expect(await idsDue(10)).toEqual(['first']);
    expect(await idsDue(29)).toEqual(['first', 'second']);
    expect(await idsDue(30)).toEqual(['first', 'second', 'late']);
  });

  test('is put off by one of any number that see it due', async () => {
    const { store, flush } = await storeWithUnknown();
    const [seen] = await store.flushes.loadDue(11_000);
    if (seen === undefined) throw new Error('the flush is due');
    const looks = await Promise.all(
      Array.from({ length: 20 }, (_, index) => store.flushes.postpone(seen, 41_000 + index)),
    );
    expect(looks).toEqual([true, ...Array(19).fill(false)]);
    expect(await store.flushes.load(GUILD, flush.id)).toEqual({ ...flush, dueAt: 41_000 });
    expect(await store.flushes.loadDue(40_999)).toEqual([]);
  });

  test('is over once a flush has ended: it cannot be put off then', async () => {
    const { store, flush } = await storeWithUnknown();
    await store.flushes.settle({ ...flush, state: 'done', dueAt: null });
    expect(await store.flushes.postpone(flush, 41_000)).toBe(false);
    expect(await store.flushes.loadDue(Number.MAX_SAFE_INTEGER)).toEqual([]);
  });
});

describe('hurrying', () => {
  test('declares what unknown flushes sent to be over, and has them looked after at once', async () => {
    const { store, flush } = await storeWithUnknown();
    expect(await store.flushes.hurry(GUILD, 4_000)).toBe(1);
    const hurried = { ...flush, overAt: 4_000, dueAt: 4_000 };
    expect(await store.flushes.loadDue(4_000)).toEqual([hurried]);
    expect(await store.flushes.load(GUILD, flush.id)).toEqual(hurried);
  });

  test('is not undone by somebody who was just looking and saw nothing yet', async () => {
    const { store, flush } = await storeWithUnknown();
    const looking = { ...flush, dueAt: 41_000 };
    await store.flushes.postpone(flush, looking.dueAt);
    await store.flushes.hurry(GUILD, 12_000);
    expect(await store.flushes.settle({ ...looking, dueAt: 16_000 })).toBe(true);
    expect(await store.flushes.loadDue(12_000)).toEqual([{ ...flush, overAt: 12_000, dueAt: 12_000 }]);
  });

  test("is about the guild's unknown flushes alone", async () => {
    const { store, flush } = await storeWithUnknown();
    expect(await store.flushes.hurry(OTHER_GUILD, 4_000)).toBe(0);
    expect(await store.flushes.load(GUILD, flush.id)).toEqual(flush);
  });

  test.each(['sending', 'done', 'rejected'] as const)('leaves one alone that is %s', async (state) => {
    const { store, flush } = state === 'sending' ? await storeWithSent() : await storeWithSettled(state);
    expect(await store.flushes.hurry(GUILD, 4_000)).toBe(0);
    expect(await store.flushes.load(GUILD, flush.id)).toEqual(flush);
  });
});

test('where a report stands is kept with its flush, and goes through all that becomes of it', async () => {
  const { store, flush } = await storeWithSent();
  const posts = [
    { channelId: '501', messageId: '601' },
    { channelId: '502', messageId: '602' },
  ];
  expect(await store.flushes.loadPosts(GUILD, flush.id)).toEqual([]);
  expect(await store.flushes.loadPosts(GUILD, 'nobody')).toEqual([]);
  await store.flushes.savePosts(GUILD, flush.id, posts, 9_000);
  await store.flushes.settle({ ...flush, state: 'unknown' });
  await store.flushes.settle({ ...flush, state: 'done', dueAt: null });
  expect(await store.flushes.loadPosts(GUILD, flush.id)).toEqual(posts);
  await store.flushes.savePosts(GUILD, flush.id, posts.slice(1), 9_000);
  expect(await store.flushes.loadPosts(GUILD, flush.id)).toEqual(posts.slice(1));
});
