import { describe, expect, test } from 'vitest';
import type { App } from '../../src/app/app.ts';
import { hurryUp, keepPosts, reportAgain, settleFlush } from '../../src/app/settle-flush.ts';
import { INTERRUPTED, OVER_AFTER_MS } from '../../src/domain/flush.ts';
import { connectionIn, flushQueue, NOW, recorded, setUpApp } from '../fixtures/app.ts';
import { buildWanted } from '../fixtures/domain.ts';
import { BY_ANNA, BY_BEN, GUILD, OTHER_GUILD } from '../fixtures/store.ts';

const RENAME = buildWanted({ base: 'Op Alpha', wanted: 'Op Bravo' });
const MOVE = buildWanted({ field: 'location', base: 'Altis', wanted: 'Stratis' });
const [BATCH, SEARCH] = [{ path: /events\/batch/ }, { path: /events\/search/ }];

/** An app with a queued new name and a new place for event 1. */
async function setUpQueued() {
  const setup = await setUpApp();
  await setup.app.queues.stage(BY_ANNA, [RENAME, MOVE], false, NOW);
  const store = (values: { readonly name?: string; readonly location?: string }): void => {
    Object.assign(setup.server.world.events.get(1) ?? {}, values);
  };
  return { ...setup, store };
}

/** The same, with a PATCH that broke off before PERSCOM did anything. */
async function setUpUnknown() {
  const setup = await setUpQueued();
  setup.server.inject({ on: BATCH, kind: 'drop' });
  return { ...setup, flush: (await flushQueue(setup.app)).flush };
}

/** Looks after a flush as it is on record. */
const look = async (app: App, flush: { readonly id: string }) =>
  settleFlush(app, connectionIn(app), await recorded(app, flush));

const edits = async ({ queues }: App) => (await queues.load(GUILD)).edits;
const kindsOf = ({ verdicts }: { readonly verdicts: readonly { readonly kind: string }[] }) =>
  verdicts.map(({ kind }) => kind);

describe('a PATCH whose answer never came', () => {
  test.each([
    ['the connection broke', { kind: 'drop', afterHandling: true }],
    ['the answer broke off', { kind: 'truncate', bytes: 5 }],
    ['a gateway answered', { kind: 'answer', status: 502, body: '<h1>Bad Gateway</h1>', afterHandling: true }],
  ] as const)('is done at once where PERSCOM holds all of it: %s', async (_, effect) => {
    const { app, server } = await setUpQueued();
    server.inject({ on: BATCH, ...effect });
    const { flush, queued } = await flushQueue(app);
    expect([flush.state, kindsOf(flush), queued]).toEqual(['done', ['applied', 'applied'], 0]);
    expect(await recorded(app, flush)).toEqual(flush);
    expect(flush).toMatchObject({ settledAt: NOW, answer: { ok: false } });
    expect(server.patches()).toHaveLength(1);
  });

  test('is unknown where PERSCOM does not, and the edits stay queued with the reason', async () => {
    const { app, flush } = await setUpUnknown();
    expect(flush).toMatchObject({
      state: 'unknown',
      settledAt: null,
      overAt: NOW + OVER_AFTER_MS,
      dueAt: NOW + 30_000,
    });
    expect(kindsOf(flush)).toEqual(['unknown', 'unknown']);
    expect(await recorded(app, flush)).toEqual(flush);
    const refusal = { kind: 'call', error: { kind: 'disconnected' } };
    expect(await edits(app)).toMatchObject([{ refusal }, { refusal }]);
  });

  test('stays unknown until it is over, and is rejected then: nothing was stored, and nothing is lost', async () => {
    const { app, server, flush, pass } = await setUpUnknown();
    pass(OVER_AFTER_MS - 1);
    expect((await look(app, flush)).flush).toMatchObject({ state: 'unknown', dueAt: NOW + 1.5 * OVER_AFTER_MS - 1.5 });
    pass(1);
    const last = await look(app, flush);
    expect(last).toMatchObject({
      flush: { state: 'rejected', settledAt: NOW + OVER_AFTER_MS },
      queued: 2,
    });
    expect(kindsOf(last.flush)).toEqual(['rejected', 'rejected']);
    expect(await edits(app)).toMatchObject([{ wanted: 'Op Bravo' }, { wanted: 'Stratis' }]);
    expect(server.patches()).toHaveLength(1);
  });

  test('is done when it lands late, and what was once seen stored stays so whatever others do', async () => {
    const { app, flush, store } = await setUpUnknown();
    store({ name: 'Op Bravo' });
    expect(kindsOf((await look(app, flush)).flush)).toEqual(['applied', 'unknown']);
    expect(await edits(app)).toMatchObject([{ field: 'location' }]);
    store({ name: 'Op Zulu', location: 'Stratis' });
    const last = await look(app, flush);
    expect([last.flush.state, kindsOf(last.flush), last.queued]).toEqual(['done', ['applied', 'applied'], 0]);
  });

  test('is looked after ever more seldom', async () => {
    const { app, flush, pass } = await setUpUnknown();
    const waits: number[] = [];
    for (const elapsedMs of [2_000, 3_000, 10_000]) {
      pass(elapsedMs);
      const { dueAt } = (await look(app, flush)).flush;
      waits.push((dueAt ?? 0) - app.clock.now());
    }
    expect(waits).toEqual([2_000, 2_500, 7_500]);
  });
});

describe('a look that cannot read PERSCOM', () => {
  test('proves nothing after a good answer, and is made up for by the next', async () => {
    const { app, server } = await setUpQueued();
    server.inject({ on: BATCH, kind: 'handle' });
    const beforeThat = ['the preview', 'what else is planned', 'the look before the PATCH'];
    server.inject({ on: SEARCH, kind: 'handle', times: beforeThat.length });
    server.inject({ on: SEARCH, kind: 'drop' });
    const first = await flushQueue(app);
    expect(first).toMatchObject({ after: null, queued: 2, flush: { state: 'unknown', answer: { ok: true } } });
    expect((await look(app, first.flush)).flush).toMatchObject({ state: 'done', settledAt: NOW });
    expect(await edits(app)).toEqual([]);
  });

  test('changes nothing, also when the flush is over', async () => {
    const { app, server, flush, store, pass } = await setUpUnknown();
    store({ name: 'Op Bravo' });
    const before = (await look(app, flush)).flush.verdicts;
    pass(OVER_AFTER_MS);
    server.world.maintenance = true;
    expect(await look(app, flush)).toMatchObject({ after: null, flush: { state: 'unknown', verdicts: before } });
    server.world.maintenance = false;
    expect(kindsOf((await look(app, flush)).flush)).toEqual(['applied', 'rejected']);
  });
});

describe('settling by hand', () => {
  test('does not wait until what was sent is over', async () => {
    const { app, flush, pass } = await setUpUnknown();
    pass(3_000);
    expect(await hurryUp(app, BY_BEN)).toBe(1);
    expect(await app.flushes.loadDue(NOW + 3_000)).toMatchObject([{ id: flush.id, overAt: NOW + 3_000 }]);
    expect((await look(app, flush)).flush).toMatchObject({ state: 'rejected' });
    expect(await hurryUp(app, BY_BEN)).toBe(0);
  });

  test('counts what PERSCOM holds', async () => {
    const { app, flush, store } = await setUpUnknown();
    store({ name: 'Op Bravo', location: 'Stratis' });
    await hurryUp(app, BY_BEN);
    expect((await look(app, flush)).flush).toMatchObject({ state: 'done' });
  });

  test('holds although somebody was just looking, and saw nothing yet', async () => {
    const { app, flush, whileReading } = await setUpUnknown();
    whileReading(() => hurryUp(app, BY_BEN));
    expect((await look(app, flush)).flush.state).toBe('unknown');
    expect(await app.flushes.loadDue(NOW)).toMatchObject([{ id: flush.id }]);
    expect((await look(app, flush)).flush.state).toBe('rejected');
  });

  test("is about one's own guild", async () => {
    const { app } = await setUpUnknown();
    expect(await hurryUp(app, { ...BY_BEN, guildId: OTHER_GUILD })).toBe(0);
  });
});

test('of two who look at once, one records what there is to tell', async () => {
  const { app, flush, pass, whileReading } = await setUpUnknown();
  pass(OVER_AFTER_MS);
  const other: Awaited<ReturnType<typeof look>>[] = [];
  whileReading(async () => void other.push(await look(app, flush)));
  const mine = await look(app, flush);
  expect([mine, ...other]).toMatchObject([{ hasMoved: false }, { hasMoved: true }]);
});

test('a flush without an answer on record counts as interrupted', async () => {
  const { app, flush } = await setUpUnknown();
  const report = await settleFlush(app, connectionIn(app), { ...flush, answer: null });
  expect(report.flush.verdicts).toMatchObject([
    { kind: 'unknown', refusal: { kind: 'call', ...(INTERRUPTED.ok ? {} : { error: INTERRUPTED.error }) } },
    {},
  ]);
});

describe('what became of a flush', () => {
  const POSTS = [{ channelId: '501', messageId: '601' }];

  test('is told again after half a minute by somebody else, unless its report stands by then', async () => {
    const { app } = await setUpQueued();
    const { flush } = await flushQueue(app);
    expect(await app.flushes.loadDue(NOW + 29_999)).toEqual([]);
    expect(await app.flushes.loadDue(NOW + 30_000)).toEqual([flush]);
    expect(await reportAgain(app, connectionIn(app), flush)).toMatchObject({
      ...{ flush, after: new Map([[1, { values: { name: 'Op Bravo' } }]]), queued: 0, hasMoved: true },
    });
    await keepPosts(app, GUILD, flush.id, POSTS);
    expect(await app.flushes.loadPosts(GUILD, flush.id)).toEqual(POSTS);
    expect(await app.flushes.loadDue(Number.MAX_SAFE_INTEGER)).toEqual([]);
  });

  test('is still looked for where a report stands that does not know it yet', async () => {
    const { app, flush } = await setUpUnknown();
    await keepPosts(app, GUILD, flush.id, POSTS);
    expect(await app.flushes.loadDue(NOW + 2_000)).toEqual([{ ...flush, dueAt: NOW + 2_000 }]);
  });

  test('is told without the events where PERSCOM cannot be read', async () => {
    const { app, server } = await setUpQueued();
    const { flush } = await flushQueue(app);
    server.world.maintenance = true;
    expect(await reportAgain(app, connectionIn(app), flush)).toMatchObject({ flush, after: null, queued: 0 });
  });
});
