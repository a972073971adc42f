import { describe, expect, test } from 'vitest';
import type { App } from '../../src/app/app.ts';
import { leaveWaiting, sendWaiting, stopWaiting } from '../../src/app/wait-for-perscom.ts';
import { EXPIRES_AFTER_MS, type Flush, OVER_AFTER_MS } from '../../src/domain/flush.ts';
import { connectionIn, flushQueue, NOW, preview, recorded, setUpApp } from '../fixtures/app.ts';
import { buildWanted } from '../fixtures/domain.ts';
import { setUpQueued } from '../fixtures/follow.ts';
import { BY_ANNA, BY_BEN, GUILD, OTHER_GUILD } from '../fixtures/store.ts';

const RENAME = buildWanted({ base: 'Op Alpha', wanted: 'Op Bravo' });
const MOVE = buildWanted({ field: 'location', base: 'Malden', wanted: 'Stratis' });
const HOLDS = buildWanted({ field: 'location', base: 'Malden', wanted: 'Altis' });
const OF_EVENT_2 = buildWanted({ eventId: 2 });
const [BATCH, SEARCH] = [{ path: /events\/batch/ }, { path: /events\/search/ }];

const MOVED_ON = { ok: false, error: { kind: 'moved-on' } };

/** An app whose PERSCOM is down, in which Ben has left the queue to be sent later. */
async function setUpWaiting(queued = [RENAME]) {
  const setup = await setUpApp();
  const { app, server } = setup;
  await app.queues.stage(BY_ANNA, queued, false, NOW);
  server.world.maintenance = true;
  const left = await leaveWaiting(app, BY_BEN, (await app.queues.load(GUILD)).revision);
  if (!left.ok) throw new Error(`not left: ${left.error.kind}`);
  return { ...setup, flush: left.value };
}

/** Looks after a waiting flush as it is on record. */
const look = async (app: App, flush: Flush) => sendWaiting(app, connectionIn(app), await recorded(app, flush));

describe('leaving a flush to be sent later', () => {
  test('keeps who left it, where and when, and is looked after at once; nothing is sent', async () => {
    const { app, server, flush } = await setUpWaiting();
    expect(await recorded(app, flush)).toEqual(flush);
    expect(flush).toMatchObject({
      ...BY_BEN,
      state: 'waiting',
      previewedAt: NOW,
      dueAt: NOW,
      changes: [],
      sentAt: null,
    });
    expect(server.requests).toEqual([]);
  });

  test('is refused where the queue is not what was left, or there is none', async () => {
    const { app } = await setUpApp();
    expect(await leaveWaiting(app, BY_ANNA, 0)).toEqual(MOVED_ON);
    await app.queues.stage(BY_ANNA, [RENAME], false, NOW);
    const { revision } = await app.queues.load(GUILD);
    await app.queues.stage(BY_ANNA, [OF_EVENT_2], false, NOW);
    expect(await leaveWaiting(app, BY_ANNA, revision)).toEqual(MOVED_ON);
    expect(await app.flushes.loadOpen(GUILD)).toEqual([]);
  });

  test('is refused while another one waits, and where there is no PERSCOM', async () => {
    const { app, flush } = await setUpWaiting();
    expect(await leaveWaiting(app, BY_ANNA, flush.revision)).toEqual({ ok: false, error: { kind: 'waiting-already' } });
    expect(await leaveWaiting(app, { ...BY_ANNA, guildId: OTHER_GUILD }, 1)).toEqual({
      ok: false,
      error: { kind: 'not-connected' },
    });
  });
});

describe('a flush that waits', () => {
  test('goes on waiting while PERSCOM is down, ever more patiently, and is sent once when it is back', async () => {
    const { app, server, flush, pass } = await setUpWaiting();
    expect(await look(app, flush)).toBeNull();
    expect(await recorded(app, flush)).toEqual({ ...flush, dueAt: NOW + 2_000 });
    pass(3_600_000);
    expect(await look(app, flush)).toBeNull();
    expect(await recorded(app, flush)).toEqual({ ...flush, dueAt: NOW + 3_600_000 + 300_000 });
    server.world.maintenance = false;
    expect(await look(app, flush)).toMatchObject({ ok: true, value: { flush: { state: 'done' }, queued: 0 } });
    expect(await recorded(app, flush)).toMatchObject({
      ...BY_BEN,
      state: 'done',
      sentAt: NOW + 3_600_000,
    });
    expect(server.patches()).toMatchObject([{ body: { resources: { 1: { name: 'Op Bravo' } } } }]);
  });

  test.each([
    ['the connection breaks', { kind: 'drop' }],
    ['a gateway answers', { kind: 'answer', status: 504, body: '' }],
    ['it takes no more requests', { kind: 'answer', status: 429, body: { error: { message: 'Too many.' } } }],
  ] as const)('goes on waiting while %s', async (_, effect) => {
    const { app, server, flush } = await setUpWaiting();
    server.world.maintenance = false;
    server.inject({ on: SEARCH, ...effect });
    expect(await look(app, flush)).toBeNull();
    expect(await recorded(app, flush)).toMatchObject({ state: 'waiting', dueAt: NOW + 2_000 });
  });

  test('is not sent when the queue has changed, and who left it is to be told', async () => {
    const { app, server, flush } = await setUpWaiting();
    await app.queues.stage(BY_ANNA, [OF_EVENT_2], false, NOW);
    server.world.maintenance = false;
    expect(await look(app, flush)).toEqual(MOVED_ON);
    expect(await recorded(app, flush)).toEqual({ ...flush, state: 'expired', dueAt: null });
    expect(server.requests).toEqual([]);
    expect((await app.queues.load(GUILD)).edits).toHaveLength(2);
  });

  test('is not sent when the queue changes just before', async () => {
    const { app, server, flush, whileReading } = await setUpWaiting();
    server.world.maintenance = false;
    whileReading(() => app.queues.stage(BY_ANNA, [OF_EVENT_2], false, NOW));
    expect(await look(app, flush)).toBeNull();
    expect(await look(app, flush)).toEqual(MOVED_ON);
    expect(server.patches()).toEqual([]);
  });

  test('is given up after a day', async () => {
    const { app, server, flush, pass } = await setUpWaiting();
    pass(EXPIRES_AFTER_MS - 1);
    expect(await look(app, flush)).toBeNull();
    pass(1);
    server.world.maintenance = false;
    expect(await look(app, flush)).toEqual({ ok: false, error: { kind: 'too-late' } });
    expect(await recorded(app, flush)).toMatchObject({ state: 'expired' });
    expect(server.requests.filter(({ status }) => status !== 503)).toEqual([]);
  });

  test('is given up where waiting does not help', async () => {
    const { app, server, flush } = await setUpWaiting();
    server.world.maintenance = false;
    server.world.tokens.clear();
    expect(await look(app, flush)).toEqual({ ok: false, error: { kind: 'api', error: { kind: 'unauthorized' } } });
    expect(await recorded(app, flush)).toMatchObject({ state: 'expired' });
  });

  test.each([
    ['is in conflict', MOVE],
    ['holds already', HOLDS],
    ['is of an event that is gone', OF_EVENT_2],
  ])('is given up where all of it %s', async (_, edit) => {
    const { app, server, flush } = await setUpWaiting([edit]);
    server.world.maintenance = false;
    expect(await look(app, flush)).toEqual({ ok: false, error: { kind: 'nothing-left' } });
    expect(server.patches()).toEqual([]);
  });

  test('holds back what is in conflict, drops what holds, and sends the rest', async () => {
    const { app, server, flush } = await setUpWaiting([RENAME, HOLDS, OF_EVENT_2]);
    server.world.maintenance = false;
    expect(await look(app, flush)).toMatchObject({
      ok: true,
      value: { flush: { verdicts: [{ kind: 'applied' }, { kind: 'missing' }] }, queued: 1 },
    });
    expect(server.patches()).toMatchObject([{ body: { resources: { 1: { name: 'Op Bravo' } } } }]);
    expect((await app.queues.load(GUILD)).edits).toMatchObject([{ eventId: 2 }]);
  });

  test('is unknown, as any other, when its PATCH breaks off', async () => {
    const { app, server, flush } = await setUpWaiting();
    server.world.maintenance = false;
    server.inject({ on: BATCH, kind: 'drop' });
    expect(await look(app, flush)).toMatchObject({ ok: true, value: { flush: { state: 'unknown' }, queued: 1 } });
    expect(await recorded(app, flush)).toMatchObject({ state: 'unknown', overAt: NOW + OVER_AFTER_MS });
  });
});

describe('a flush that waits beside another', () => {
  test('is not sent while that is unknown', async () => {
    const { app, server, pass } = await setUpQueued();
    server.inject({ on: BATCH, kind: 'drop' });
    const other = await flushQueue(app);
    expect(other.flush.state).toBe('unknown');
    pass(1);
    const { revision } = await app.queues.load(GUILD);
    const left = await leaveWaiting(app, BY_BEN, revision);
    if (!left.ok) throw new Error('not left waiting');
    const requestsBefore = server.requests.length;
    expect(await look(app, left.value)).toBeNull();
    expect(server.requests).toHaveLength(requestsBefore);
    expect(await recorded(app, left.value)).toMatchObject({ state: 'waiting', dueAt: NOW + 2_001 });
    await app.flushes.settle({ ...other.flush, state: 'rejected', dueAt: null });
    expect(await look(app, left.value)).toMatchObject({ ok: true, value: { flush: { state: 'done' } } });
  });

  test('is not sent where that is sent just before', async () => {
    const { app, server, flush, whileReading } = await setUpWaiting();
    server.world.maintenance = false;
    server.inject({ on: BATCH, kind: 'drop' });
    whileReading(() => flushQueue(app));
    expect(await look(app, flush)).toBeNull();
    expect(await recorded(app, flush)).toMatchObject({ state: 'waiting' });
    expect(server.patches()).toHaveLength(1);
  });

  test('is not sent once that has applied the queue', async () => {
    const { app, server, flush } = await setUpWaiting();
    server.world.maintenance = false;
    await flushQueue(app);
    expect(await look(app, flush)).toEqual({ ok: false, error: { kind: 'flushed-meanwhile' } });
    expect(server.patches()).toHaveLength(1);
  });
});

describe('stopping a flush from waiting', () => {
  test('works once, and it is not sent then', async () => {
    const { app, server, flush } = await setUpWaiting();
    expect(await stopWaiting(app, { ...BY_ANNA, guildId: OTHER_GUILD }, flush.id)).toBe(false);
    expect(await stopWaiting(app, BY_ANNA, flush.id)).toBe(true);
    expect(await stopWaiting(app, BY_ANNA, flush.id)).toBe(false);
    server.world.maintenance = false;
    expect(await sendWaiting(app, connectionIn(app), flush)).toBeNull();
    expect(server.patches()).toEqual([]);
    expect((await preview(app)).open).toEqual([]);
  });

  test('is heeded even while it is about to be sent, or given up', async () => {
    for (const queued of [[RENAME], [MOVE]]) {
      const { app, server, flush, whileReading } = await setUpWaiting(queued);
      server.world.maintenance = false;
      whileReading(() => stopWaiting(app, BY_ANNA, flush.id));
      expect(await look(app, flush)).toBeNull();
      expect(server.patches()).toEqual([]);
    }
  });
});

test('of two processes that find PERSCOM back at once, one sends', async () => {
  const { app, server, flush, openAnother } = await setUpWaiting();
  server.world.maintenance = false;
  const outcomes = await Promise.all([look(app, flush), look(openAnother(), flush)]);
  expect(outcomes.filter((outcome) => outcome === null)).toHaveLength(1);
  expect(server.patches()).toHaveLength(1);
});
