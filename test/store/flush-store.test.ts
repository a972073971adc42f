import { describe, expect, test } from 'vitest';
import { EXPIRES_AFTER_MS, type Flush } from '../../src/domain/flush.ts';
import type { Store } from '../../src/store/open.ts';
import { API_ERRORS, buildVerdict, buildWanted } from '../fixtures/domain.ts';
import {
  ANNA,
  asSentByBen,
  BEN,
  databasePath,
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

const RENAME = buildWanted();
const MOVE = buildWanted({ field: 'location', base: 'Altis', wanted: 'Stratis' });

const TAKEN = { ok: false, error: { kind: 'taken' } };
const BUSY = { ok: false, error: { kind: 'busy' } };
const OUTDATED = { ok: false, error: { kind: 'outdated' } };

const stateOf = async ({ flushes }: Store, { guildId, id }: Flush) => (await flushes.load(guildId, id))?.state;

describe('a previewed flush', () => {
  test('is read back as it was saved, whatever it says', async () => {
    const { store, flush } = await storeWithPreview();
    expect(await store.flushes.load(GUILD, flush.id)).toEqual(flush);
    const other = await saveFlush(store, GUILD, {
      ...{ id: 'other', channelId: null, reason: '“Rain”\nfrom 9', acceptsUnknown: true, dueAt: 7 },
      ...{ requestId: 'req-1', attempts: 2, answer: { ok: true, value: null }, overAt: 8 },
      changes: flush.changes.map((change) => ({
        ...change,
        page: 'https://x.test/1',
        changedAt: '2026-11-21T09:30:00Z',
      })),
    });
    expect(await store.flushes.load(GUILD, 'other')).toEqual(other);
  });

  test('is read back with its answer, whatever that was', async () => {
    const { store } = await storeWithPreview();
    for (const error of Object.values(API_ERRORS)) {
      const flush = await saveFlush(store, GUILD, { id: error.kind, answer: { ok: false, error } });
      expect(await store.flushes.load(GUILD, flush.id)).toEqual(flush);
    }
  });

  test('expires after a day; one that was sent never does', async () => {
    const { store, flush: sent } = await storeWithSent();
    const old = await saveFlush(store, GUILD, { id: 'old' });
    const dayOld = await saveFlush(store, GUILD, { id: 'day-old', previewedAt: PREVIEWED_AT + 1 });
    const fresh = await saveFlush(store, GUILD, { id: 'new', previewedAt: PREVIEWED_AT + EXPIRES_AFTER_MS + 1 });
    expect(await store.flushes.load(GUILD, old.id)).toEqual({ ...old, state: 'expired' });
    expect(await stateOf(store, dayOld)).toBe('previewed');
    expect(await stateOf(store, sent)).toBe('sending');
    expect(await stateOf(store, fresh)).toBe('previewed');
    expect(await store.flushes.claim(asSentByBen(old))).toEqual(TAKEN);
  });

  test('is forgotten a month after; one that was sent never is', async () => {
    const { store, flush: sent } = await storeWithSettled('rejected');
    const old = await saveFlush(store, GUILD, { id: 'old' });
    await saveFlush(store, GUILD, { id: 'next', previewedAt: PREVIEWED_AT + 30 * EXPIRES_AFTER_MS });
    expect(await stateOf(store, old)).toBe('expired');
    await saveFlush(store, GUILD, { id: 'last', previewedAt: PREVIEWED_AT + 30 * EXPIRES_AFTER_MS + 1 });
    expect(await store.flushes.load(GUILD, old.id)).toBeNull();
    expect(await stateOf(store, sent)).toBe('rejected');
  });

  test('is not open', async () => {
    const { store } = await storeWithPreview();
    expect(await store.flushes.loadOpen(GUILD)).toEqual([]);
  });
});

describe('claiming a flush', () => {
  test.each([
    ['previewed', PREVIEWED_AT + 1],
    ['waiting', PREVIEWED_AT + EXPIRES_AFTER_MS - 1],
  ] as const)('that was %s moves it to sending, in the name of who sent it', async (state, sentAt) => {
    const { store, flush } = await storeWithPreview({ state, userId: ANNA });
    const sent = asSentByBen(flush, sentAt);
    expect(await store.flushes.claim(sent)).toMatchObject({ ok: true });
    expect(await store.flushes.load(GUILD, flush.id)).toEqual(sent);
    expect(sent).toMatchObject({ state: 'sending', userId: BEN });
    expect(await store.flushes.loadOpen(GUILD)).toEqual([sent]);
  });

  /** What `claim` answers, once the other connection of this very thread does not keep it from writing. */
  async function insist(claim: () => ReturnType<Store['flushes']['claim']>): ReturnType<Store['flushes']['claim']> {
    try {
      return await claim();
    } catch (error) {
      if (String(error).includes('locked')) return insist(claim);
      throw error;
    }
  }

  test('succeeds once, of 50 clicks at once over two connections', async () => {
    const path = databasePath();
    const [first, second] = [await openTestStore(path, 0), await openTestStore(path, 0)];
    await queueUp(first, GUILD, RENAME, MOVE);
    const flush = asSentByBen(await saveFlush(first, GUILD));
    const clicks = Array.from({ length: 50 }, (_, index) => ({ ...flush, userId: String(index) }));
    const claims = await Promise.all(
      clicks.map((click, index) => insist(() => (index % 2 === 0 ? first : second).flushes.claim(click))),
    );
    expect(claims.filter(({ ok }) => ok)).toHaveLength(1);
    expect(claims.filter((claim) => !claim.ok && claim.error.kind === 'taken')).toHaveLength(49);
    const winner = clicks[claims.findIndex(({ ok }) => ok)];
    for (const { flushes } of [first, second]) expect(await flushes.load(GUILD, flush.id)).toEqual(winner);
  });

  test('is refused while another flush of the guild is under way, even to who accepts an unknown one', async () => {
    const { store } = await storeWithSent();
    const second = await saveFlush(store, GUILD, { id: 'second', acceptsUnknown: true });
    expect(await store.flushes.claim(asSentByBen(second))).toEqual(BUSY);
    expect(await store.flushes.load(GUILD, second.id)).toEqual(second);
  });

  test.each(['done', 'rejected'] as const)('is possible again when the other is %s', async (state) => {
    const { store } = await storeWithSettled(state);
    const second = await saveFlush(store, GUILD, { id: 'second' });
    expect(await store.flushes.claim(asSentByBen(second))).toMatchObject({ ok: true });
  });

  test('is refused while an earlier one is unknown, unless its preview said so of this one', async () => {
    const { store, flush: earlier } = await storeWithSettled('unknown');
    const unaware = await saveFlush(store, GUILD, { id: 'unaware' });
    const previewedAt = earlier.sentAt ?? 0;
    const aware = await saveFlush(store, GUILD, { id: 'aware', acceptsUnknown: true, previewedAt });
    const before = { acceptsUnknown: true, previewedAt: previewedAt - 1 };
    const ofAnother = await saveFlush(store, GUILD, { id: 'of-another', ...before });
    expect(await store.flushes.claim(asSentByBen(unaware))).toEqual(OUTDATED);
    expect(await store.flushes.claim(asSentByBen(ofAnother))).toEqual(OUTDATED);
    expect(await store.flushes.load(GUILD, unaware.id)).toEqual(unaware);
    expect(await store.flushes.claim(asSentByBen(aware))).toMatchObject({ ok: true });
  });

  test.each(['done', 'rejected', 'unknown'] as const)('never succeeds again once it is %s', async (state) => {
    const { store, flush } = await storeWithSettled(state);
    expect(await store.flushes.claim({ ...asSentByBen(flush), acceptsUnknown: true })).toEqual(TAKEN);
    expect(await stateOf(store, flush)).toBe(state);
  });

  test('is refused a day after its preview', async () => {
    const { store, flush } = await storeWithPreview();
    expect(await store.flushes.claim(asSentByBen(flush, PREVIEWED_AT + EXPIRES_AFTER_MS))).toEqual(OUTDATED);
    expect(await store.flushes.load(GUILD, flush.id)).toEqual(flush);
  });

  test.each(['previewed', 'waiting'] as const)('that is %s is refused when the queue has changed', async (state) => {
    const { store, flush } = await storeWithPreview({ state });
    await queueUp(store, GUILD, buildWanted({ eventId: 2 }));
    expect(await store.flushes.claim(asSentByBen(flush))).toEqual(OUTDATED);
    expect(await store.flushes.load(GUILD, flush.id)).toEqual(flush);
  });

  test('is refused when it was never saved', async () => {
    const { store, flush } = await storeWithPreview();
    expect(await store.flushes.claim(asSentByBen({ ...flush, id: 'nobody' }))).toEqual(TAKEN);
  });

  test("takes no notice of another guild's flushes", async () => {
    const { store } = await storeWithSent();
    await queueUp(store, OTHER_GUILD, RENAME);
    const theirs = await saveFlush(store, OTHER_GUILD);
    expect(await store.flushes.claim(asSentByBen(theirs))).toMatchObject({ ok: true });
  });
});

test("no guild sees, claims, settles, cancels or finds the posts of another's flush", async () => {
  const { store, flush } = await storeWithPreview({ state: 'waiting' });
  const before = await store.queues.load(GUILD);
  const sent = asSentByBen(flush);
  const asTheirs = { ...sent, guildId: OTHER_GUILD };
  const posts = [{ channelId: '501', messageId: '601' }];
  expect(await store.flushes.load(OTHER_GUILD, flush.id)).toBeNull();
  expect(await store.flushes.loadOpen(OTHER_GUILD)).toEqual([]);
  expect(await store.flushes.cancel(OTHER_GUILD, flush.id)).toBe(false);
  expect(await store.flushes.claim(asTheirs)).toEqual(TAKEN);
  await store.flushes.claim(sent);
  await store.flushes.savePosts(GUILD, flush.id, posts, 9_000);
  await store.flushes.savePosts(OTHER_GUILD, flush.id, [], 9_000);
  for (const kind of ['applied', 'missing'] as const) {
    const verdicts = before.edits.map((edit) => buildVerdict(edit, { kind, refusal: { kind: 'gone' } }));
    expect(await store.flushes.settle({ ...asTheirs, state: 'done', verdicts })).toBe(false);
  }
  expect(await store.flushes.load(GUILD, flush.id)).toEqual(sent);
  expect(await store.flushes.loadPosts(GUILD, flush.id)).toEqual(posts);
  expect(await store.flushes.loadPosts(OTHER_GUILD, flush.id)).toEqual([]);
  expect(await store.queues.load(GUILD)).toEqual(before);
});
