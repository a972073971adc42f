import { describe, expect, test } from 'vitest';
import type { Flush } from '../../src/domain/flush.ts';
import type { Store } from '../../src/store/open.ts';
import { buildWanted } from '../fixtures/domain.ts';
import { asSentByBen, buildFlush, GUILD, queueUp, saveFlush, storeWithSettled } from '../fixtures/store.ts';

const RENAME = buildWanted();

const TAKEN = { ok: false, error: { kind: 'taken' } };
const BUSY = { ok: false, error: { kind: 'busy' } };
const OUTDATED = { ok: false, error: { kind: 'outdated' } };

describe('claiming the rest of a flush', () => {
  const rest = async (store: Store, parent: Flush, id: string): Promise<Flush> =>
    asSentByBen(await buildFlush(store, parent.guildId, { id, parentId: parent.id }));

  test('saves it as sending', async () => {
    const { store, flush: parent } = await storeWithSettled('rejected');
    const child = await rest(store, parent, 'child');
    expect(await store.flushes.claimPart(child)).toMatchObject({ ok: true });
    expect(await store.flushes.load(GUILD, 'child')).toEqual(child);
    expect(await store.flushes.loadOpen(GUILD)).toEqual([child]);
  });

  test('succeeds once, of 50 clicks at once, and never again', async () => {
    const { store, flush: parent } = await storeWithSettled('rejected');
    const children = await Promise.all(Array.from({ length: 50 }, (_, index) => rest(store, parent, `child-${index}`)));
    const claims = await Promise.all(children.map((child) => store.flushes.claimPart(child)));
    expect(claims.filter(({ ok }) => ok)).toHaveLength(1);
    expect(claims.filter((claim) => !claim.ok && claim.error.kind === 'taken')).toHaveLength(49);
    const winner = children[claims.findIndex(({ ok }) => ok)];
    if (winner !== undefined) await store.flushes.settle({ ...winner, state: 'rejected' });
    expect(await store.flushes.claimPart(await rest(store, parent, 'late'))).toEqual(TAKEN);
  });

  test('is refused when one of its edits was taken back or replaced meanwhile', async () => {
    const { store, flush: parent } = await storeWithSettled('rejected');
    const child = await rest(store, parent, 'child');
    await queueUp(store, GUILD, { ...RENAME, wanted: 'newer' });
    expect(await store.flushes.claimPart(child)).toEqual(OUTDATED);
    expect(await store.flushes.load(GUILD, 'child')).toBeNull();
  });

  test('is refused while another flush of the guild is under way, or unknown', async () => {
    const { store, flush: parent } = await storeWithSettled('rejected');
    const other = asSentByBen(await saveFlush(store, GUILD, { id: 'other' }));
    await store.flushes.claim(other);
    const child = await rest(store, parent, 'child');
    expect(await store.flushes.claimPart(child)).toEqual(BUSY);
    await store.flushes.settle({ ...other, state: 'unknown' });
    expect(await store.flushes.claimPart(child)).toEqual(OUTDATED);
    expect(await store.flushes.load(GUILD, 'child')).toBeNull();
    expect(
      await store.flushes.claimPart({ ...child, acceptsUnknown: true, previewedAt: other.sentAt ?? 0 }),
    ).toMatchObject({ ok: true });
  });
});
