import Database from 'libsql';
import { describe, expect, test } from 'vitest';
import type { App } from '../../src/app/app.ts';
import { previewFlush } from '../../src/app/preview-flush.ts';
import { sendFlush } from '../../src/app/send-flush.ts';
import { EXPIRES_AFTER_MS, LEASE_MS, OVER_AFTER_MS } from '../../src/domain/flush.ts';
import { flushQueue, NOW, preview, recorded, setUpApp } from '../fixtures/app.ts';
import { buildWanted } from '../fixtures/domain.ts';
import { BY_ANNA, BY_BEN, GUILD } from '../fixtures/store.ts';

const RENAME = buildWanted({ base: 'Op Alpha', wanted: 'Op Bravo' });
const HOLDS = buildWanted({ field: 'location', base: 'Malden', wanted: 'Altis' });
const BATCH = { method: 'PATCH', path: /events\/batch/ };

/** An app with a queued new name for event 1. */
async function setUpQueued() {
  const setup = await setUpApp();
  await setup.app.queues.stage(BY_ANNA, [RENAME], false, NOW);
  return setup;
}

/** What the queue wants to be called now. */
const wantedNow = async ({ queues }: App) => (await queues.load(GUILD)).edits.map(({ wanted }) => wanted);

test.each([
  ['and nothing dropped out', [RENAME]],
  ['and an edit that PERSCOM holds already dropped out', [RENAME, HOLDS]],
])('a preview during which an edit was replaced is not sent as if it were the queue, %s', async (_, queued) => {
  const { app, server, whileReading } = await setUpApp();
  await app.queues.stage(BY_ANNA, queued, false, NOW);
  whileReading(() => app.queues.stage(BY_ANNA, [{ ...RENAME, wanted: 'Op Charlie' }], false, NOW));
  const { flush } = await preview(app);
  expect(await sendFlush(app, BY_ANNA, flush.id)).toMatchObject({
    ok: false,
    error: { kind: 'outdated', preview: { value: { flush: { changes: [{ edit: { wanted: 'Op Charlie' } }] } } } },
  });
  expect(server.patches()).toEqual([]);
});

test('an edit that PERSCOM holds already drops out, and what is left can be sent', async () => {
  const { app, server } = await setUpApp();
  await app.queues.stage(BY_ANNA, [RENAME, HOLDS], false, NOW);
  const { flush, dropped } = await preview(app);
  expect(dropped).toMatchObject([{ edit: HOLDS }]);
  expect(await sendFlush(app, BY_ANNA, flush.id)).toMatchObject({
    ok: true,
    value: { flush: { state: 'done', verdicts: [{ kind: 'applied' }] }, queued: 0 },
  });
  expect(server.patches()).toMatchObject([{ body: { resources: { 1: { name: 'Op Bravo' } } } }]);
});

test('a flush whose end cannot be written down is reported all the same, and the log knows why', async () => {
  const { app, server, path, logged, whileReading } = await setUpQueued();
  const { flush } = await preview(app);
  const other = new Database(path);
  whileReading(async () => undefined);
  whileReading(async () => other.exec('BEGIN IMMEDIATE'));
  const report = await sendFlush(app, BY_ANNA, flush.id);
  other.close();
  expect(report).toMatchObject({ ok: true, value: { queued: null, flush: { verdicts: [{ kind: 'applied' }] } } });
  expect(logged).toEqual(['how a flush ended could not be written down']);
  expect(server.patches()).toHaveLength(1);
  expect(await recorded(app, flush)).toMatchObject({ state: 'sending', dueAt: NOW + LEASE_MS });
});

test('a flush keeps who sent it and where, why, what PERSCOM said to it and when', async () => {
  const { app, server, pass } = await setUpQueued();
  const { flush } = await preview(app, 'Rain is forecast');
  pass(1_000);
  server.inject({ on: BATCH, kind: 'handle', after: () => pass(2_000) });
  expect(await sendFlush(app, { ...BY_BEN, channelId: '502' }, flush.id)).toMatchObject({ ok: true });
  expect(await recorded(app, flush)).toEqual({
    ...flush,
    ...{ state: 'done', userId: BY_BEN.userId, channelId: '502', reason: 'Rain is forecast', acceptsUnknown: false },
    ...{ answer: { ok: true, value: null }, attempts: 1, requestId: expect.anything(), verdicts: [expect.anything()] },
    ...{ sentAt: NOW + 1_000, overAt: NOW + 1_000 + OVER_AFTER_MS, settledAt: NOW + 3_000, dueAt: expect.any(Number) },
  });
});

describe('a preview of a day ago', () => {
  const OUTDATED = { ok: false, error: { kind: 'outdated', preview: { ok: true } } };

  test('is not sent: a fresh one is shown, with the same reason', async () => {
    const { app, server, pass } = await setUpQueued();
    const { flush } = await preview(app, 'Rain');
    pass(EXPIRES_AFTER_MS);
    const sent = await sendFlush(app, BY_ANNA, flush.id);
    expect(sent).toMatchObject(OUTDATED);
    expect(sent).toMatchObject({ error: { preview: { value: { flush: { reason: 'Rain', state: 'previewed' } } } } });
    expect(server.patches()).toEqual([]);
  });

  test('nor is it when it has expired, before or just as it was to be sent', async () => {
    const { app, server, pass, whileReading } = await setUpQueued();
    const { flush } = await preview(app);
    pass(EXPIRES_AFTER_MS - 1);
    const late = await preview(app);
    whileReading(async () => {
      pass(2);
      await preview(app);
    });
    expect(await sendFlush(app, BY_ANNA, flush.id)).toMatchObject(OUTDATED);
    expect(await recorded(app, flush)).toMatchObject({ state: 'expired' });
    expect(await sendFlush(app, BY_ANNA, flush.id)).toMatchObject(OUTDATED);
    expect(server.patches()).toEqual([]);
    expect(await sendFlush(app, BY_ANNA, late.flush.id)).toMatchObject({ ok: true });
  });
});

describe('after a flush of which nobody knows what became', () => {
  /** The same, with the first flush unknown: PERSCOM never got it. */
  async function setUpUnknown() {
    const setup = await setUpQueued();
    setup.server.inject({ on: BATCH, kind: 'drop' });
    expect((await flushQueue(setup.app)).flush.state).toBe('unknown');
    return setup;
  }

  test('a preview says so, and is sent all the same by who confirms it', async () => {
    const { app, server } = await setUpUnknown();
    const { flush, open } = await preview(app);
    expect([flush.acceptsUnknown, open.map(({ state }) => state)]).toEqual([true, ['unknown']]);
    expect(await sendFlush(app, BY_ANNA, flush.id)).toMatchObject({ ok: true, value: { flush: { state: 'done' } } });
    expect(server.patches()).toHaveLength(2);
  });

  test('a preview of before is not sent: the fresh one says so', async () => {
    const { app, server } = await setUpQueued();
    const [older, sent] = [await preview(app), await preview(app)];
    server.inject({ on: BATCH, kind: 'drop' });
    await sendFlush(app, BY_ANNA, sent.flush.id);
    expect(await sendFlush(app, BY_ANNA, older.flush.id)).toMatchObject({
      ok: false,
      error: { kind: 'outdated', preview: { value: { flush: { acceptsUnknown: true } } } },
    });
    expect(server.patches()).toHaveLength(1);
  });

  test('what it sent and PERSCOM holds by now drops out of the queue', async () => {
    const { app, server } = await setUpUnknown();
    const event = server.world.events.get(1);
    if (event !== undefined) event.name = 'Op Bravo';
    expect(await previewFlush(app, BY_ANNA)).toMatchObject({ ok: false, error: { kind: 'all-hold' } });
    expect(await wantedNow(app)).toEqual([]);
  });

  test('a wish for what PERSCOM held before stays queued, as what was sent may yet land', async () => {
    const { app } = await setUpUnknown();
    await app.queues.stage(BY_ANNA, [{ ...RENAME, wanted: RENAME.base }], true, NOW);
    expect(await wantedNow(app)).toEqual(['Op Alpha']);
    await previewFlush(app, BY_BEN);
    expect(await wantedNow(app)).toEqual(['Op Alpha']);
  });
});
