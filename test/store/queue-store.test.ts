import { describe, expect, test } from 'vitest';
import { FIELD_NAMES, type FieldValue } from '../../src/domain/field.ts';
import { buildEvent, buildWanted } from '../fixtures/domain.ts';
import {
  ANNA,
  asSentByBen,
  BEN,
  BY_ANNA,
  BY_BEN,
  GUILD,
  OTHER_GUILD,
  openTestStore,
  queueUp,
  saveFlush,
} from '../fixtures/store.ts';

const RENAME = buildWanted();
const MOVE = buildWanted({ field: 'location', base: 'Altis', wanted: 'Stratis' });
const OF_EVENT_2 = buildWanted({ eventId: 2, eventName: 'Op Zulu' });

test('a guild that has never queued anything has an empty queue at revision 0', async () => {
  const { queues } = await openTestStore();
  expect(await queues.load(GUILD)).toEqual({ revision: 0, edits: [] });
});

describe('staging', () => {
  test('keeps who queued what, when and over which value, in the order of staging', async () => {
    const { queues } = await openTestStore();
    await queues.stage(BY_ANNA, [OF_EVENT_2, RENAME], true, 1_000);
    await queues.stage(BY_BEN, [MOVE], true, 2_000);
    expect((await queues.load(GUILD)).edits).toEqual([
      { ...OF_EVENT_2, id: expect.any(Number), userId: ANNA, stagedAt: 1_000, refusal: null },
      { ...RENAME, id: expect.any(Number), userId: ANNA, stagedAt: 1_000, refusal: null },
      { ...MOVE, id: expect.any(Number), userId: BEN, stagedAt: 2_000, refusal: null },
    ]);
  });

  test('keeps values of all 16 fields as they are', async () => {
    const store = await openTestStore();
    const { values } = buildEvent(1, {
      name: 'Ünïcode 😀 "quoted" \\ \n',
      author_id: null,
      notifications_channels: [],
    });
    const wanted = FIELD_NAMES.map((field) => buildWanted({ field, base: 'before', wanted: values[field] }));
    const edits = await queueUp(store, GUILD, ...wanted);
    expect(Object.fromEntries(edits.map((edit): [string, FieldValue] => [edit.field, edit.wanted]))).toEqual(values);
  });

  test('replaces one’s own edit of the same field under a new id', async () => {
    const store = await openTestStore();
    const [previous] = await queueUp(store, GUILD, RENAME);
    const edit = { ...RENAME, wanted: 'Op Charlie' };
    expect(await store.queues.stage(BY_ANNA, [edit], true, 2_000)).toEqual([{ kind: 'replaced', edit, previous }]);
    const { edits } = await store.queues.load(GUILD);
    expect(edits).toMatchObject([{ wanted: 'Op Charlie', userId: ANNA }]);
    expect(edits[0]?.id).not.toBe(previous?.id);
  });

  test('leaves another moderator’s edit as it is, and queues the rest', async () => {
    const store = await openTestStore();
    const [previous] = await queueUp(store, GUILD, RENAME);
    const edits = [{ ...RENAME, wanted: 'Op Charlie' }, MOVE];
    expect(await store.queues.stage(BY_BEN, edits, true, 2_000)).toEqual([
      { kind: 'contested', edit: edits[0], previous },
      { kind: 'queued', edit: MOVE },
    ]);
    expect((await store.queues.load(GUILD)).edits).toMatchObject([previous, { ...MOVE, userId: BEN }]);
  });

  test.each([
    ['replaced', 'Op Charlie', [{ wanted: 'Op Charlie', userId: BEN }]],
    ['withdrawn', RENAME.base, []],
  ])('another moderator’s edit that may be is %s, and one that came after it is not', async (kind, wanted, left) => {
    const store = await openTestStore();
    const [seen] = await queueUp(store, GUILD, RENAME);
    const edit = { ...RENAME, wanted };
    const stage = (...mayReplace: number[]) => store.queues.stage(BY_BEN, [edit], true, 2_000, mayReplace);
    const [later] = await queueUp(store, GUILD, { ...RENAME, wanted: 'Op Delta' });
    expect(await stage(seen?.id ?? 0)).toMatchObject([{ kind: 'contested', previous: { wanted: 'Op Delta' } }]);
    expect((await store.queues.load(GUILD)).edits).toEqual([later]);
    expect(await stage(later?.id ?? 0)).toMatchObject([{ kind }]);
    expect((await store.queues.load(GUILD)).edits).toMatchObject(left);
  });

  test('withdraws one’s own edit whose wish has come to be what PERSCOM holds', async () => {
    const store = await openTestStore();
    await queueUp(store, GUILD, RENAME);
    const [staged] = await store.queues.stage(BY_ANNA, [{ ...RENAME, wanted: RENAME.base }], true, 2_000);
    expect(staged?.kind).toBe('withdrawn');
    expect((await store.queues.load(GUILD)).edits).toEqual([]);
  });

  test('never gives an id twice, so that a button for an edit that is gone hits nothing', async () => {
    const store = await openTestStore();
    const [first] = await queueUp(store, GUILD, RENAME);
    await store.queues.remove(GUILD, [first?.id ?? 0]);
    const [second] = await queueUp(store, GUILD, RENAME);
    expect(second?.id).not.toBe(first?.id);
  });

  test('of 50 at once loses none', async () => {
    const { queues } = await openTestStore();
    const wanted = Array.from({ length: 50 }, (_, index) => buildWanted({ eventId: index + 1 }));
    await Promise.all(
      wanted.map((edit, index) => queues.stage(index % 2 === 0 ? BY_ANNA : BY_BEN, [edit], true, index)),
    );
    const { edits } = await queues.load(GUILD);
    expect(edits.map(({ eventId }) => eventId).sort((a, b) => a - b)).toEqual(wanted.map(({ eventId }) => eventId));
  });

  test('that fails half-way leaves the queue as it was', async () => {
    const store = await openTestStore();
    await queueUp(store, GUILD, RENAME);
    const before = await store.queues.load(GUILD);
    const sameFieldTwice = [{ ...RENAME, wanted: 'Op Charlie' }, MOVE, MOVE];
    await expect(store.queues.stage(BY_ANNA, sameFieldTwice, true, 2_000)).rejects.toThrow();
    expect(await store.queues.load(GUILD)).toEqual(before);
  });
});

describe('the revision', () => {
  test('rises with whatever changes the queue', async () => {
    const store = await openTestStore();
    const { queues } = store;
    const revisions = [(await queues.load(GUILD)).revision];
    const note = async () => void revisions.push((await queues.load(GUILD)).revision);
    await queueUp(store, GUILD, RENAME, MOVE).then(note);
    await queueUp(store, GUILD, { ...RENAME, wanted: 'replaced' }).then(note);
    await queueUp(store, GUILD, { ...RENAME, wanted: RENAME.base }).then(note);
    const flush = await saveFlush(store, GUILD);
    const ids = flush.changes.map(({ edit }) => edit.id);
    await queues.rebase(GUILD, flush.changes).then(note);
    await queues.remove(GUILD, ids).then(note);
    expect(revisions).toEqual([...new Set(revisions)].sort((a, b) => a - b));
    expect(revisions).toHaveLength(6);
  });

  test('stays where nothing changes', async () => {
    const store = await openTestStore();
    await queueUp(store, GUILD, RENAME);
    const { revision } = await store.queues.load(GUILD);
    await store.queues.stage(BY_BEN, [RENAME, { ...MOVE, wanted: MOVE.base }], true, 2_000);
    await store.queues.stage(BY_BEN, [{ ...RENAME, wanted: 'Op Charlie' }], true, 2_000);
    await store.queues.remove(GUILD, [999]);
    await store.queues.remove(GUILD, []);
    expect((await store.queues.load(GUILD)).revision).toBe(revision);
  });
});

describe('taking edits back', () => {
  test('removes the ones that are named and are still there, and counts them', async () => {
    const store = await openTestStore();
    const [rename, move] = await queueUp(store, GUILD, RENAME, MOVE, OF_EVENT_2);
    const ids = [rename?.id ?? 0, move?.id ?? 0];
    expect(await store.queues.remove(GUILD, ids)).toMatchObject({ ok: true, value: { removed: 2 } });
    expect(await store.queues.remove(GUILD, ids)).toMatchObject({ ok: true, value: { removed: 0 } });
    expect((await store.queues.load(GUILD)).edits).toMatchObject([{ eventId: 2 }]);
  });

  test('leaves an edit alone that was replaced meanwhile', async () => {
    const store = await openTestStore();
    const [seen] = await queueUp(store, GUILD, RENAME);
    await queueUp(store, GUILD, { ...RENAME, wanted: 'Op Charlie' });
    expect(await store.queues.remove(GUILD, [seen?.id ?? 0])).toMatchObject({ ok: true, value: { removed: 0 } });
    expect((await store.queues.load(GUILD)).edits).toMatchObject([{ wanted: 'Op Charlie' }]);
  });

  test('clears the queue that was shown', async () => {
    const store = await openTestStore();
    await queueUp(store, GUILD, RENAME, MOVE);
    const { revision } = await store.queues.load(GUILD);
    expect(await store.queues.clear(GUILD, revision)).toMatchObject({ ok: true, value: { removed: 2 } });
    expect((await store.queues.load(GUILD)).edits).toEqual([]);
  });

  test('clears nothing when the queue has moved on since', async () => {
    const store = await openTestStore();
    await queueUp(store, GUILD, RENAME);
    const { revision } = await store.queues.load(GUILD);
    await queueUp(store, GUILD, MOVE);
    expect(await store.queues.clear(GUILD, revision)).toEqual({ ok: false, error: { kind: 'moved-on' } });
    expect((await store.queues.load(GUILD)).edits).toHaveLength(2);
  });
});

describe('taking edits back', () => {
  test('answers the revision that the queue then has', async () => {
    const store = await openTestStore();
    const [rename] = await queueUp(store, GUILD, RENAME, MOVE);
    const before = (await store.queues.load(GUILD)).revision;
    const nothing = await store.queues.remove(GUILD, [999]);
    expect(nothing).toEqual({ ok: true, value: { removed: 0, revision: before } });
    const one = await store.queues.remove(GUILD, [rename?.id ?? 0]);
    expect(one).toEqual({ ok: true, value: { removed: 1, revision: (await store.queues.load(GUILD)).revision } });
  });
});

test('a wish for what PERSCOM held is kept while what a flush sent may yet land, and dropped once it is settled', async () => {
  const store = await openTestStore();
  await queueUp(store, GUILD, RENAME);
  const flush = await saveFlush(store, GUILD);
  await store.flushes.claim(asSentByBen(flush));
  await store.flushes.settle({ ...asSentByBen(flush), state: 'unknown' });
  const back = [{ ...RENAME, wanted: RENAME.base }];
  expect(await store.queues.stage(BY_ANNA, back, true, 5_000)).toMatchObject([{ kind: 'replaced' }]);
  await store.flushes.settle({ ...asSentByBen(flush), state: 'rejected' });
  expect(await store.queues.stage(BY_BEN, [{ ...MOVE, wanted: MOVE.base }], true, 8_000)).toMatchObject([
    { kind: 'holds' },
  ]);
});

describe('while a flush is under way', () => {
  async function flushing() {
    const store = await openTestStore();
    const [rename] = await queueUp(store, GUILD, RENAME);
    const flush = await saveFlush(store, GUILD);
    await store.flushes.claim(asSentByBen(flush));
    return { store, flush, ids: [rename?.id ?? 0] };
  }

  test('nothing is taken out of the queue, which may be on its way to PERSCOM', async () => {
    const { store, ids } = await flushing();
    const before = await store.queues.load(GUILD);
    const busy = { ok: false, error: { kind: 'busy' } };
    expect(await store.queues.remove(GUILD, ids)).toEqual(busy);
    expect(await store.queues.clear(GUILD, before.revision)).toEqual(busy);
    expect(await store.queues.load(GUILD)).toEqual(before);
  });

  test('a wish for what PERSCOM held before is kept, as it may hold something else now', async () => {
    const { store } = await flushing();
    const edits = [
      { ...RENAME, wanted: RENAME.base },
      { ...MOVE, wanted: MOVE.base },
    ];
    const staged = await store.queues.stage(BY_ANNA, edits, true, 4_000);
    expect(staged.map(({ kind }) => kind)).toEqual(['replaced', 'queued']);
    expect(await queueUp(store, GUILD)).toMatchObject([{ wanted: RENAME.base }, { wanted: MOVE.base }]);
  });

  test('the queue can be cleared as soon as it has ended, and another guild’s at any time', async () => {
    const { store, flush, ids } = await flushing();
    const [theirs] = await queueUp(store, OTHER_GUILD, RENAME);
    expect(await store.queues.remove(OTHER_GUILD, [theirs?.id ?? 0])).toMatchObject({ ok: true });
    await store.flushes.settle({ ...asSentByBen(flush), state: 'rejected' });
    expect(await store.queues.remove(GUILD, ids)).toMatchObject({ ok: true, value: { removed: 1 } });
  });
});

describe('settling a conflict our way', () => {
  test('makes what PERSCOM held at the preview the base of the chosen edits, and nothing else', async () => {
    const store = await openTestStore();
    const [rename, move] = await queueUp(store, GUILD, RENAME, MOVE);
    const previewed = await saveFlush(store, GUILD);
    const changes = previewed.changes.map((change) => ({ ...change, state: 'conflict' as const, live: 'theirs' }));
    await store.queues.rebase(
      GUILD,
      changes.filter(({ edit }) => edit.id === rename?.id),
    );
    expect((await store.queues.load(GUILD)).edits).toEqual([{ ...rename, base: 'theirs' }, move]);
  });

  test('does not reach an edit that replaced the one in the preview', async () => {
    const store = await openTestStore();
    await queueUp(store, GUILD, RENAME);
    const previewed = await saveFlush(store, GUILD);
    await queueUp(store, GUILD, { ...RENAME, wanted: 'Op Charlie' });
    const changes = previewed.changes.map((change) => ({ ...change, live: 'theirs' }));
    await store.queues.rebase(GUILD, changes);
    expect((await store.queues.load(GUILD)).edits).toMatchObject([{ wanted: 'Op Charlie', base: RENAME.base }]);
  });
});

test('no guild sees, moves or takes what another has queued', async () => {
  const store = await openTestStore();
  await queueUp(store, GUILD, RENAME, MOVE);
  const mine = await store.queues.load(GUILD);
  const ids = mine.edits.map(({ id }) => id);
  const flush = await saveFlush(store, GUILD);
  const theirs = flush.changes.map((change) => ({ ...change, live: 'theirs' }));

  expect(await store.queues.load(OTHER_GUILD)).toEqual({ revision: 0, edits: [] });
  expect(await store.queues.remove(OTHER_GUILD, ids)).toMatchObject({ ok: true, value: { removed: 0 } });
  expect(await store.queues.clear(OTHER_GUILD, mine.revision)).toEqual({ ok: false, error: { kind: 'moved-on' } });
  expect(await store.queues.clear(OTHER_GUILD, 0)).toMatchObject({ ok: true, value: { removed: 0 } });
  await store.queues.rebase(OTHER_GUILD, theirs);
  expect(
    await store.queues.stage({ ...BY_BEN, guildId: OTHER_GUILD }, [{ ...RENAME, wanted: 'ours' }], true, 1),
  ).toMatchObject([{ kind: 'queued' }]);
  expect(
    await store.queues.stage({ ...BY_BEN, guildId: OTHER_GUILD }, [{ ...MOVE, wanted: MOVE.base }], true, 1),
  ).toMatchObject([{ kind: 'holds' }]);

  expect(await store.queues.load(GUILD)).toEqual(mine);
  expect((await store.queues.load(OTHER_GUILD)).edits).toMatchObject([{ wanted: 'ours' }]);
});
