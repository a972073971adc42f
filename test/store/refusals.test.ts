import { expect, test } from 'vitest';
import type { Refusal } from '../../src/domain/refusal.ts';
import type { Verdict } from '../../src/domain/verdict.ts';
import type { Store } from '../../src/store/open.ts';
import { buildVerdict, buildWanted, REFUSALS } from '../fixtures/domain.ts';
import {
  asSentByBen,
  BY_ANNA,
  BY_BEN,
  GUILD,
  OTHER_GUILD,
  openTestStore,
  queueUp,
  saveFlush,
} from '../fixtures/store.ts';

type Outcome = Pick<Verdict, 'kind' | 'refusal'>;

const APPLIED: Outcome = { kind: 'applied', refusal: null };
const rejected = (refusal: Refusal): Outcome => ({ kind: 'rejected', refusal });
const SUSPECT = rejected({ kind: 'suspect', status: 500 });

const STARTS = buildWanted({ field: 'starts', base: '2026-12-01T18:00:00Z', wanted: '2026-12-01T19:00:00Z' });

/** What is remembered in a guild. */
const refusalsOf = async ({ drafts }: Store, guildId: string) =>
  (await drafts.loadOpening({ ...BY_ANNA, guildId }, 1, 'text')).refusals;

/** Settles a flush of one edit of `starts` in each of as many events, which came to `outcomes`. */
async function flush(store: Store, id: string, settledAt: number, ...outcomes: readonly Outcome[]): Promise<void> {
  const { edits: left } = await store.queues.load(GUILD);
  await store.queues.remove(
    GUILD,
    left.map((edit) => edit.id),
  );
  const edits = await queueUp(store, GUILD, ...outcomes.map((_, index) => ({ ...STARTS, eventId: index + 1 })));
  const sent = asSentByBen(await saveFlush(store, GUILD, { id }));
  await store.flushes.claim(sent);
  const verdicts = edits.flatMap((edit, index) => {
    const outcome = outcomes[index];
    return outcome === undefined ? [] : [buildVerdict(edit, outcome)];
  });
  await store.flushes.settle({ ...sent, state: 'done', verdicts, settledAt, dueAt: null });
}

const REMEMBERED: readonly Refusal['kind'][] = ['field', 'suspect', 'culprit'];

test.each(REFUSALS.filter(({ kind }) => kind !== 'ignored' && kind !== 'other-value'))(
  'a field rejected because of %j is remembered if that is about the field',
  async (refusal) => {
    const store = await openTestStore();
    await flush(store, 'f1', 5_000, rejected(refusal));
    const known = REMEMBERED.includes(refusal.kind) ? [{ field: 'starts', refusal, seenAt: 5_000 }] : [];
    expect(await refusalsOf(store, GUILD)).toEqual(known);
  },
);

test('a field that PERSCOM ignored is remembered, and one where somebody else was faster is not', async () => {
  const store = await openTestStore();
  await flush(store, 'f1', 5_000, { kind: 'ignored', refusal: { kind: 'other-value' } });
  expect(await refusalsOf(store, GUILD)).toEqual([]);
  await flush(store, 'f2', 6_000, { kind: 'ignored', refusal: { kind: 'ignored' } });
  expect(await refusalsOf(store, GUILD)).toMatchObject([{ refusal: { kind: 'ignored' }, seenAt: 6_000 }]);
});

test('the latest refusal counts, and is forgotten when the field is seen to be stored', async () => {
  const store = await openTestStore();
  await flush(store, 'f1', 5_000, SUSPECT);
  await flush(store, 'f2', 6_000, rejected({ kind: 'field', text: 'Too early.' }));
  expect(await refusalsOf(store, GUILD)).toMatchObject([{ refusal: { text: 'Too early.' }, seenAt: 6_000 }]);
  await flush(store, 'f3', 7_000, APPLIED);
  expect(await refusalsOf(store, GUILD)).toEqual([]);
});

test('a field that one event took and another did not counts as refused', async () => {
  const store = await openTestStore();
  await flush(store, 'f1', 5_000, SUSPECT, APPLIED);
  expect(await refusalsOf(store, GUILD)).toMatchObject([{ field: 'starts' }]);
});

test('what is not known yet neither teaches nor makes forget anything', async () => {
  const store = await openTestStore();
  const unknown: Outcome = { kind: 'unknown', refusal: { kind: 'suspect', status: 502 } };
  await flush(store, 'f1', 5_000, unknown);
  expect(await refusalsOf(store, GUILD)).toEqual([]);
  await flush(store, 'f2', 6_000, SUSPECT);
  await flush(store, 'f3', 7_000, unknown);
  expect(await refusalsOf(store, GUILD)).toHaveLength(1);
});

test('no guild knows what another’s PERSCOM refused', async () => {
  const store = await openTestStore();
  await flush(store, 'f1', 5_000, SUSPECT);
  expect(await refusalsOf(store, OTHER_GUILD)).toEqual([]);
});

test('whoever stages such a field again is told, in their own guild, whatever becomes of the edit', async () => {
  const store = await openTestStore();
  await flush(store, 'f1', 5_000, SUSPECT);
  const known = { field: 'starts', refusal: SUSPECT.refusal, seenAt: 5_000 };
  const edits = [{ ...STARTS, wanted: '2026-12-02T19:00:00Z' }, { ...STARTS, field: 'name', wanted: 'Op' } as const];
  expect(await store.queues.stage(BY_BEN, edits, true, 6_000)).toMatchObject([
    { kind: 'contested', known },
    { kind: 'queued', edit: { field: 'name' } },
  ]);
  const [, name] = await store.queues.stage(BY_BEN, edits, true, 6_000);
  expect(name?.known).toBeUndefined();
  const elsewhere = await store.queues.stage({ ...BY_BEN, guildId: OTHER_GUILD }, edits, true, 6_000);
  expect(elsewhere.map((staged) => staged.known)).toEqual([undefined, undefined]);
});
