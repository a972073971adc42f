import { describe, expect, test } from 'vitest';
import type { Flush, FlushState } from '../../src/domain/flush.ts';
import type { Verdict } from '../../src/domain/verdict.ts';
import { buildVerdict, buildWanted, REFUSALS } from '../fixtures/domain.ts';
import {
  asSentByBen,
  GUILD,
  queueUp,
  saveFlush,
  storeWithPreview,
  storeWithSent,
  storeWithSettled,
} from '../fixtures/store.ts';

const RENAME = buildWanted();
const MOVE = buildWanted({ field: 'location', base: 'Altis', wanted: 'Stratis' });

/** `flush` as it ended. */
const settledAs = (flush: Flush, state: FlushState, verdicts: readonly Verdict[] = []): Flush => ({
  ...flush,
  ...{ state, verdicts, settledAt: 9_000, dueAt: state === 'unknown' ? 11_000 : null },
});

describe('settling a flush', () => {
  test.each(['previewed', 'waiting', 'expired'] as const)('that is %s changes nothing', async (state) => {
    const { store, flush } = await storeWithPreview({ state });
    const before = await store.queues.load(GUILD);
    const verdicts = before.edits.map((edit) => buildVerdict(edit));
    expect(await store.flushes.settle(settledAs(flush, 'done', verdicts))).toBe(false);
    expect(await store.flushes.load(GUILD, flush.id)).toEqual(flush);
    expect(await store.queues.load(GUILD)).toEqual(before);
  });

  test.each(['done', 'rejected'] as const)('that is %s already changes nothing', async (state) => {
    const { store, flush } = await storeWithSettled(state);
    const before = await store.queues.load(GUILD);
    const verdicts = before.edits.map((edit) => buildVerdict(edit));
    for (const other of ['done', 'rejected', 'unknown'] as const)
      expect(await store.flushes.settle(settledAs(flush, other, verdicts))).toBe(false);
    expect(await store.flushes.load(GUILD, flush.id)).toEqual(flush);
    expect(await store.queues.load(GUILD)).toEqual(before);
  });

  test('records all that is known of its end, and lets only what the server now holds leave the queue', async () => {
    const { store, flush } = await storeWithSent();
    const [rename, move] = (await store.queues.load(GUILD)).edits;
    if (rename === undefined || move === undefined) throw new Error('two edits are queued');
    const refusal = { kind: 'field', text: 'Too long.' } as const;
    const verdicts = [buildVerdict(rename, { kind: 'normalised' }), buildVerdict(move, { kind: 'rejected', refusal })];
    const answer = { ok: false, error: { kind: 'server-error', status: 500 } } as const;
    const settled = { ...settledAs(flush, 'rejected', verdicts), answer, attempts: 3, requestId: 'req-7' };
    expect(await store.flushes.settle(settled)).toBe(true);
    expect(await store.flushes.load(GUILD, flush.id)).toEqual(settled);
    expect((await store.queues.load(GUILD)).edits).toEqual([{ ...move, refusal }]);
    expect(await store.flushes.loadOpen(GUILD)).toEqual([]);
  });

  test('that is unknown records it as often as it is looked after, and at last how it ended', async () => {
    const { store, flush } = await storeWithSent();
    const [rename, move] = (await store.queues.load(GUILD)).edits;
    if (rename === undefined || move === undefined) throw new Error('two edits are queued');
    const lost = { kind: 'call', error: { kind: 'interrupted' } } as const;
    const unseen = buildVerdict(move, { kind: 'unknown', after: null, refusal: lost });
    const first = settledAs(flush, 'unknown', [buildVerdict(rename, { kind: 'unknown', refusal: lost }), unseen]);
    expect(await store.flushes.settle(first)).toBe(true);
    expect((await store.queues.load(GUILD)).edits).toEqual([rename, move].map((edit) => ({ ...edit, refusal: lost })));
    const second = { ...settledAs(flush, 'unknown', [buildVerdict(rename), unseen]), dueAt: 15_000 };
    expect(await store.flushes.settle(second)).toBe(true);
    expect(await store.flushes.loadOpen(GUILD)).toEqual([second]);
    expect((await store.queues.load(GUILD)).edits).toMatchObject([{ id: move.id }]);
    const last = settledAs(flush, 'done', [buildVerdict(rename), buildVerdict(move)]);
    expect(await store.flushes.settle(last)).toBe(true);
    expect(await store.flushes.load(GUILD, flush.id)).toEqual(last);
    expect((await store.queues.load(GUILD)).edits).toEqual([]);
  });

  test('leaves an edit queued that replaced a sent one meanwhile, on what that made of the event', async () => {
    const { store, flush } = await storeWithSent();
    const replaced = (await store.queues.load(GUILD)).edits;
    await queueUp(store, GUILD, { ...RENAME, wanted: 'newer' }, { ...MOVE, wanted: 'newer' });
    const newer = (await store.queues.load(GUILD)).edits;
    const verdicts = replaced.map((edit, index) =>
      buildVerdict(edit, index === 0 ? {} : { kind: 'ignored', refusal: { kind: 'ignored' } }),
    );
    await store.flushes.settle(settledAs(flush, 'done', verdicts));
    const [name, ...others] = newer;
    expect((await store.queues.load(GUILD)).edits).toEqual([{ ...name, base: RENAME.wanted }, ...others]);
  });

  test('leaves an edit as its author made it that was queued once nobody knew what became of the flush', async () => {
    const { store, flush } = await storeWithSent();
    const [rename, move] = (await store.queues.load(GUILD)).edits;
    if (rename === undefined || move === undefined) throw new Error('two edits were sent');
    const lost = { kind: 'unknown', after: null, refusal: REFUSALS[0] ?? null } as const;
    await store.flushes.settle(settledAs(flush, 'unknown', [buildVerdict(rename, lost), buildVerdict(move, lost)]));
    await store.queues.remove(GUILD, [rename.id]);
    await queueUp(store, GUILD, { ...RENAME, wanted: 'third' });
    const third = (await store.queues.load(GUILD)).edits.find(({ wanted }) => wanted === 'third');
    await store.flushes.settle(settledAs(flush, 'done', [buildVerdict(rename), buildVerdict(move)]));
    expect((await store.queues.load(GUILD)).edits).toEqual([third]);
  });

  test('raises the revision with the edits that leave, so that older previews are stale', async () => {
    const { store, flush } = await storeWithSent();
    const older = await saveFlush(store, GUILD, { id: 'older' });
    const { edits } = await store.queues.load(GUILD);
    const verdicts = edits.map((edit) => buildVerdict(edit));
    await store.flushes.settle(settledAs(flush, 'done', verdicts));
    expect(await store.flushes.claim(asSentByBen(older))).toEqual({ ok: false, error: { kind: 'outdated' } });
  });

  test.each(REFUSALS)('keeps the reason %j with the edit and in the record', async (refusal) => {
    const { store, flush } = await storeWithSent();
    const { edits } = await store.queues.load(GUILD);
    const verdicts = edits.map((edit) => buildVerdict(edit, { kind: 'rejected', after: null, refusal }));
    await store.flushes.settle(settledAs(flush, 'rejected', verdicts));
    expect((await store.queues.load(GUILD)).edits).toEqual(edits.map((edit) => ({ ...edit, refusal })));
    expect((await store.flushes.load(GUILD, flush.id))?.verdicts).toEqual(verdicts);
  });

  test('is done once where two settle at once', async () => {
    const { store, flush } = await storeWithSent();
    const settled = await Promise.all(
      (['done', 'rejected'] as const).map((state) => store.flushes.settle(settledAs(flush, state))),
    );
    expect(settled).toEqual([true, false]);
    expect(await store.flushes.load(GUILD, flush.id)).toMatchObject({ state: 'done' });
  });
});

test('a reason goes with the edit that it was about: its replacement has none', async () => {
  const { store, flush } = await storeWithSent();
  const [rename] = flush.changes;
  if (rename === undefined) throw new Error('two changes were previewed');
  const refusal = { kind: 'gone' } as const;
  await store.flushes.settle(settledAs(flush, 'rejected', [buildVerdict(rename.edit, { kind: 'missing', refusal })]));
  const edits = await queueUp(store, GUILD, { ...RENAME, wanted: 'another' });
  expect(edits.find(({ field }) => field === 'name')?.refusal).toBeNull();
});
