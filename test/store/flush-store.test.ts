import { describe, expect, test } from 'vitest';
import type { Flush, FlushState } from '../../src/domain/flush.ts';
import type { Verdict } from '../../src/domain/verdict.ts';
import type { Store } from '../../src/store/open.ts';
import { buildVerdict, buildWanted, REFUSALS } from '../fixtures/domain.ts';
import { BEN, buildFlush, GUILD, OTHER_GUILD, openTestStore, queueUp, saveFlush } from '../fixtures/store.ts';

const RENAME = buildWanted();
const MOVE = buildWanted({ field: 'location', base: 'Altis', wanted: 'Stratis' });
const DAY_MS = 86_400_000;

/** A store whose guild has two edits and a saved preview of them. */
async function previewed(): Promise<{ store: Store; flush: Flush }> {
  const store = await openTestStore();
  await queueUp(store, GUILD, RENAME, MOVE);
  return { store, flush: await saveFlush(store, GUILD) };
}

/** The same, claimed by Ben. */
async function claimed(): Promise<{ store: Store; flush: Flush }> {
  const { store, flush } = await previewed();
  await store.flushes.claim({ ...flush, userId: BEN }, 3_000);
  return { store, flush };
}

/** `flush` as it ended. */
const ended = (flush: Flush, state: FlushState, verdicts: readonly Verdict[] = []): Flush => ({
  ...flush,
  userId: BEN,
  state,
  verdicts,
});

const stateOf = async ({ flushes }: Store, { guildId, id }: Flush) => (await flushes.load(guildId, id))?.state;

describe('a previewed flush', () => {
  test('is read back as it was saved', async () => {
    const { store, flush } = await previewed();
    expect(await store.flushes.load(GUILD, flush.id)).toEqual(flush);
  });

  test('is forgotten after a day; one that was sent never is', async () => {
    const { store, flush: sent } = await claimed();
    const old = await saveFlush(store, GUILD, { id: 'old' });
    await store.flushes.save(await buildFlush(store, GUILD, { id: 'new' }), 2_000 + DAY_MS + 1);
    expect(await store.flushes.load(GUILD, old.id)).toBeNull();
    expect(await store.flushes.load(GUILD, sent.id)).toMatchObject({ state: 'sending' });
    expect(await store.flushes.load(GUILD, 'new')).toMatchObject({ state: 'previewed' });
  });

  test('does not count as sent', async () => {
    const { store } = await previewed();
    expect(await store.flushes.lastState(GUILD)).toBeNull();
  });
});

describe('claiming a flush', () => {
  test('moves it to sending, in the name of who sent it', async () => {
    const { store, flush } = await claimed();
    expect(await store.flushes.load(GUILD, flush.id)).toEqual({ ...flush, state: 'sending', userId: BEN });
    expect(await store.flushes.lastState(GUILD)).toBe('sending');
  });

  test('succeeds once, of 50 clicks at once', async () => {
    const { store, flush } = await previewed();
    const claims = await Promise.all(
      Array.from({ length: 50 }, (_, index) => store.flushes.claim({ ...flush, userId: String(index) }, 3_000)),
    );
    expect(claims.filter(({ ok }) => ok)).toHaveLength(1);
    expect(claims.filter((claim) => !claim.ok && claim.error.kind === 'taken')).toHaveLength(49);
  });

  test('is refused while another flush of the guild is under way', async () => {
    const { store } = await claimed();
    const second = await saveFlush(store, GUILD, { id: 'second' });
    expect(await store.flushes.claim(second, 4_000)).toEqual({ ok: false, error: { kind: 'busy' } });
    expect(await stateOf(store, second)).toBe('previewed');
  });

  test('is possible again when the other has ended', async () => {
    const { store, flush } = await claimed();
    await store.flushes.settle(ended(flush, 'rejected'), 4_000);
    const second = await saveFlush(store, GUILD, { id: 'second' });
    expect(await store.flushes.claim(second, 5_000)).toMatchObject({ ok: true });
  });

  test('never succeeds again once it has ended, even if the queue is still the same', async () => {
    const { store, flush } = await claimed();
    await store.flushes.settle(ended(flush, 'rejected'), 4_000);
    expect(await store.flushes.claim(flush, 5_000)).toEqual({ ok: false, error: { kind: 'taken' } });
    expect(await stateOf(store, flush)).toBe('rejected');
  });

  test('is refused when the queue is no longer what was previewed', async () => {
    const { store, flush } = await previewed();
    await queueUp(store, GUILD, buildWanted({ eventId: 2 }));
    expect(await store.flushes.claim(flush, 3_000)).toEqual({ ok: false, error: { kind: 'outdated' } });
    expect(await stateOf(store, flush)).toBe('previewed');
  });

  test('is refused when it was never saved', async () => {
    const { store, flush } = await previewed();
    expect((await store.flushes.claim({ ...flush, id: 'nobody' }, 3_000)).ok).toBe(false);
  });

  test("takes no notice of another guild's flushes", async () => {
    const { store } = await claimed();
    await queueUp(store, OTHER_GUILD, RENAME);
    const theirs = await saveFlush(store, OTHER_GUILD);
    expect(await store.flushes.claim(theirs, 4_000)).toMatchObject({ ok: true });
  });
});

describe('claiming the rest of a flush', () => {
  const rest = async (store: Store, parent: Flush, id: string): Promise<Flush> =>
    buildFlush(store, parent.guildId, { id, state: 'sending', parentId: parent.id });

  async function refused(): Promise<{ store: Store; parent: Flush }> {
    const { store, flush } = await claimed();
    await store.flushes.settle(ended(flush, 'rejected'), 4_000);
    return { store, parent: flush };
  }

  test('saves it as sending', async () => {
    const { store, parent } = await refused();
    const child = await rest(store, parent, 'child');
    expect(await store.flushes.claimRest(child, 5_000)).toMatchObject({ ok: true });
    expect(await store.flushes.load(GUILD, 'child')).toEqual(child);
    expect(await store.flushes.lastState(GUILD)).toBe('sending');
  });

  test('succeeds once, of 50 clicks at once, and never again', async () => {
    const { store, parent } = await refused();
    const children = await Promise.all(Array.from({ length: 50 }, (_, index) => rest(store, parent, `child-${index}`)));
    const claims = await Promise.all(children.map((child) => store.flushes.claimRest(child, 5_000)));
    expect(claims.filter(({ ok }) => ok)).toHaveLength(1);
    expect(claims.filter((claim) => !claim.ok && claim.error.kind === 'taken')).toHaveLength(49);
    const winner = children[claims.findIndex(({ ok }) => ok)];
    if (winner !== undefined) await store.flushes.settle(ended(winner, 'rejected'), 6_000);
    const late = await rest(store, parent, 'late');
    expect(await store.flushes.claimRest(late, 7_000)).toEqual({ ok: false, error: { kind: 'taken' } });
  });

  test('is refused when one of its edits was taken back or replaced meanwhile', async () => {
    const { store, parent } = await refused();
    const child = await rest(store, parent, 'child');
    await queueUp(store, GUILD, { ...RENAME, wanted: 'newer' });
    expect(await store.flushes.claimRest(child, 5_000)).toEqual({ ok: false, error: { kind: 'outdated' } });
    expect(await store.flushes.load(GUILD, 'child')).toBeNull();
  });

  test('is refused while another flush of the guild is under way', async () => {
    const { store, parent } = await refused();
    const other = await saveFlush(store, GUILD, { id: 'other' });
    await store.flushes.claim(other, 5_000);
    const child = await rest(store, parent, 'child');
    expect(await store.flushes.claimRest(child, 6_000)).toEqual({ ok: false, error: { kind: 'busy' } });
    expect(await store.flushes.load(GUILD, 'child')).toBeNull();
  });
});

describe('settling a flush', () => {
  test('that is not sending changes nothing: not a preview, and not one that has ended', async () => {
    const { store, flush } = await previewed();
    const before = await store.queues.load(GUILD);
    const verdicts = before.edits.map((edit) => buildVerdict(edit));
    await store.flushes.settle(ended(flush, 'done', verdicts), 4_000);
    expect(await store.flushes.load(GUILD, flush.id)).toEqual(flush);
    await store.flushes.claim(flush, 5_000);
    await store.flushes.settle(ended(flush, 'unknown'), 6_000);
    await store.flushes.settle(ended(flush, 'done', verdicts), 7_000);
    expect(await stateOf(store, flush)).toBe('unknown');
    expect(await store.queues.load(GUILD)).toEqual(before);
  });

  test('records its end, and lets only what the server now holds leave the queue', async () => {
    const { store, flush } = await claimed();
    const [rename, move] = (await store.queues.load(GUILD)).edits;
    if (rename === undefined || move === undefined) throw new Error('two edits are queued');
    const refusal = { kind: 'field', text: 'Too long.' } as const;
    const verdicts = [buildVerdict(rename, { kind: 'normalised' }), buildVerdict(move, { kind: 'rejected', refusal })];
    await store.flushes.settle(ended(flush, 'rejected', verdicts), 4_000);
    expect(await store.flushes.load(GUILD, flush.id)).toEqual({ ...flush, userId: BEN, state: 'rejected', verdicts });
    expect((await store.queues.load(GUILD)).edits).toEqual([{ ...move, refusal }]);
    expect(await store.flushes.lastState(GUILD)).toBeNull();
  });

  test('leaves an edit alone that replaced a sent one meanwhile, whatever became of that', async () => {
    const { store, flush } = await claimed();
    const replaced = (await store.queues.load(GUILD)).edits;
    await queueUp(store, GUILD, { ...RENAME, wanted: 'newer' }, { ...MOVE, wanted: 'newer' });
    const newer = (await store.queues.load(GUILD)).edits;
    const verdicts = replaced.map((edit, index) =>
      buildVerdict(edit, index === 0 ? {} : { kind: 'ignored', refusal: { kind: 'ignored' } }),
    );
    await store.flushes.settle(ended(flush, 'done', verdicts), 4_000);
    expect((await store.queues.load(GUILD)).edits).toEqual(newer);
  });

  test('raises the revision with the edits that leave, so that older previews are stale', async () => {
    const { store, flush } = await claimed();
    const waiting = await saveFlush(store, GUILD, { id: 'waiting' });
    const { edits } = await store.queues.load(GUILD);
    const verdicts = edits.map((edit) => buildVerdict(edit));
    await store.flushes.settle(ended(flush, 'done', verdicts), 4_000);
    expect(await store.flushes.claim(waiting, 5_000)).toEqual({ ok: false, error: { kind: 'outdated' } });
  });

  test.each(REFUSALS)('keeps the reason %j with the edit and in the record', async (refusal) => {
    const { store, flush } = await claimed();
    const { edits } = await store.queues.load(GUILD);
    const verdicts = edits.map((edit) => buildVerdict(edit, { kind: 'rejected', after: null, refusal }));
    await store.flushes.settle(ended(flush, 'rejected', verdicts), 4_000);
    expect((await store.queues.load(GUILD)).edits).toEqual(edits.map((edit) => ({ ...edit, refusal })));
    expect((await store.flushes.load(GUILD, flush.id))?.verdicts).toEqual(verdicts);
  });
});

test('a reason goes with the edit that it was about: its replacement has none', async () => {
  const { store, flush } = await claimed();
  const [rename] = flush.changes;
  if (rename === undefined) throw new Error('two changes were previewed');
  const refusal = { kind: 'gone' } as const;
  await store.flushes.settle(
    ended(flush, 'rejected', [buildVerdict(rename.edit, { kind: 'missing', refusal })]),
    4_000,
  );
  const edits = await queueUp(store, GUILD, { ...RENAME, wanted: 'another' });
  expect(edits.find(({ field }) => field === 'name')?.refusal).toBeNull();
});

test('what a stopped process left in sending is unknown, and in nobody’s way', async () => {
  const { store, flush } = await claimed();
  const waiting = await saveFlush(store, GUILD, { id: 'waiting' });
  expect(await store.flushes.abandon()).toBe(1);
  expect(await store.flushes.abandon()).toBe(0);
  expect(await stateOf(store, flush)).toBe('unknown');
  expect(await store.flushes.lastState(GUILD)).toBe('unknown');
  expect(await store.flushes.claim(waiting, 4_000)).toMatchObject({ ok: true });
});

test('the last state is that of the flush that was sent last, not of the one previewed last', async () => {
  const { store, flush } = await claimed();
  await store.flushes.settle(ended(flush, 'unknown'), 4_000);
  const second = await saveFlush(store, GUILD, { id: 'second' });
  expect(await store.flushes.lastState(GUILD)).toBe('unknown');
  await store.flushes.claim(second, 5_000);
  await store.flushes.settle(ended(second, 'done'), 6_000);
  expect(await store.flushes.lastState(GUILD)).toBe('done');
});

test("no guild sees, claims or settles another's flush", async () => {
  const { store, flush } = await previewed();
  const before = await store.queues.load(GUILD);
  const asTheirs = { ...flush, guildId: OTHER_GUILD };
  expect(await store.flushes.load(OTHER_GUILD, flush.id)).toBeNull();
  expect((await store.flushes.claim(asTheirs, 3_000)).ok).toBe(false);
  await store.flushes.claim(flush, 3_500);
  const verdicts = before.edits.map((edit) => buildVerdict(edit));
  await store.flushes.settle(ended(asTheirs, 'done', verdicts), 4_000);
  const refused = before.edits.map((edit) => buildVerdict(edit, { kind: 'missing', refusal: { kind: 'gone' } }));
  await store.flushes.settle(ended(asTheirs, 'done', refused), 4_000);
  expect(await store.flushes.load(GUILD, flush.id)).toEqual({ ...flush, state: 'sending' });
  expect(await store.queues.load(GUILD)).toEqual(before);
  expect(await store.flushes.lastState(OTHER_GUILD)).toBeNull();
});
