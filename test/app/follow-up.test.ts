import Database from 'libsql';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { connectOne } from '../../src/app/connections.ts';
import { followUp, type News } from '../../src/app/follow-up.ts';
import { hurryUp } from '../../src/app/settle-flush.ts';
import { LEASE_MS, OVER_AFTER_MS } from '../../src/domain/flush.ts';
import { flushQueue, NOW, recorded } from '../fixtures/app.ts';
import { buildWanted } from '../fixtures/domain.ts';
import {
  follow,
  leaveQueue,
  POSTS,
  SOON,
  setUpLeft,
  setUpQueued,
  setUpUnknown,
  statesOf,
  untilIdle,
  untilPutOff,
  untilTold,
} from '../fixtures/follow.ts';
import { BY_ANNA, BY_BEN, GUILD } from '../fixtures/store.ts';

describe('a flush whose process died', () => {
  test('is left alone while its lease lasts, then is told to be unknown, and at last what became of it', async () => {
    const { app, server, flush, pass } = await setUpLeft();
    pass(LEASE_MS - 1);
    const { told, stop } = follow(app);
    await stop();
    expect(told).toEqual([]);
    pass(1);
    follow(app, told);
    await untilTold(told, ['sending', 'unknown']);
    pass(OVER_AFTER_MS);
    await untilTold(told, ['sending', 'unknown'], ['unknown', 'rejected']);
    expect(await recorded(app, flush)).toMatchObject({ state: 'rejected', userId: BY_BEN.userId });
    expect((await app.queues.load(GUILD)).edits).toMatchObject([{ wanted: 'Op Bravo' }]);
    expect(server.patches()).toEqual([]);
  });

  test('after PERSCOM had taken it is told to be done', async () => {
    const { app, server, pass } = await setUpLeft();
    Object.assign(server.world.events.get(1) ?? {}, { name: 'Op Bravo' });
    pass(LEASE_MS);
    await untilTold(follow(app).told, ['sending', 'done']);
    expect((await app.queues.load(GUILD)).edits).toEqual([]);
  });

  test('after it was settled, and before anybody was told, is told of', async () => {
    const { app, pass } = await setUpQueued();
    const { flush } = await flushQueue(app);
    pass(30_000);
    await untilTold(follow(app).told, ['done', 'done']);
    expect(await app.flushes.loadPosts(GUILD, flush.id)).toEqual(POSTS);
    expect(await app.flushes.loadDue(Number.MAX_SAFE_INTEGER)).toEqual([]);
  });

  test('before PERSCOM can be read is unknown, and is not rejected before it has been read', async () => {
    const { app, server, flush, pass } = await setUpLeft();
    server.world.maintenance = true;
    pass(OVER_AFTER_MS);
    const { told } = follow(app);
    await untilTold(told, ['sending', 'unknown']);
    server.world.maintenance = false;
    pass(OVER_AFTER_MS);
    await untilTold(told, ['sending', 'unknown'], ['unknown', 'rejected']);
    expect(await recorded(app, flush)).toMatchObject({ state: 'rejected' });
  });
});

describe('an unknown flush', () => {
  test('is settled when somebody hurries, without waiting until it is over', async () => {
    const { app, flush } = await setUpUnknown();
    const { told } = follow(app);
    expect(await hurryUp(app, BY_BEN)).toBe(1);
    await untilTold(told, ['unknown', 'rejected']);
    expect(await recorded(app, flush)).toMatchObject({ state: 'rejected', settledAt: NOW });
  });

  test('is settled when somebody hurries just as it is being looked after', async () => {
    const { app, whileReading, pass } = await setUpUnknown();
    whileReading(() => hurryUp(app, BY_BEN));
    pass(2_000);
    await untilTold(follow(app).told, ['unknown', 'rejected']);
  });

  test('is no news as long as nothing is known', async () => {
    const { app, server, flush, pass } = await setUpUnknown();
    const requestsBefore = server.requests.length;
    pass(2_000);
    const { told } = follow(app);
    await untilPutOff(app);
    expect(await recorded(app, flush)).toMatchObject({ state: 'unknown', dueAt: NOW + 4_000 });
    expect(server.requests.length).toBe(requestsBefore + 1);
    expect(told).toEqual([]);
  });
});

describe('a flush that waits', () => {
  test('is sent when PERSCOM is back, and told of once', async () => {
    const { app, server, pass } = await setUpQueued();
    server.world.maintenance = true;
    await leaveQueue(app);
    const { told } = follow(app);
    await untilPutOff(app);
    expect([told, server.patches()]).toEqual([[], []]);
    server.world.maintenance = false;
    pass(2_000);
    await untilTold(told, ['waiting', 'done']);
    expect(await app.flushes.loadDue(Number.MAX_SAFE_INTEGER)).toEqual([]);
    expect(server.patches()).toHaveLength(1);
  });

  test('is told of when it is not sent, as the queue has changed', async () => {
    const { app, server } = await setUpQueued();
    await leaveQueue(app);
    await app.queues.stage(BY_ANNA, [buildWanted({ eventId: 2 })], false, NOW);
    await untilTold(follow(app).told, ['waiting', 'moved-on']);
    expect(server.patches()).toEqual([]);
  });
});

test('a guild without a connection is looked after again later', async () => {
  const { app, flush, pass } = await setUpLeft();
  pass(LEASE_MS);
  const { told } = follow({ ...app, connections: connectOne(null, app.clock) });
  await untilIdle(app);
  expect(await recorded(app, flush)).toMatchObject({ state: 'sending', dueAt: NOW + LEASE_MS + 300_000 });
  expect(told).toEqual([]);
});

test('stopping waits for what is being looked after, and all of it is told', async () => {
  const { app, holdReading, pass } = await setUpLeft();
  const { held, letGo } = holdReading();
  pass(LEASE_MS);
  const { told, stop } = follow(app);
  await held;
  const stopped = stop();
  expect(told).toEqual([]);
  letGo();
  await stopped;
  expect(statesOf(told)).toEqual([['sending', 'unknown']]);
});

describe('what goes wrong', () => {
  test('in telling is logged, and what became of the flush is told later', async () => {
    const { app, logged, pass } = await setUpUnknown();
    const told: News[] = [];
    pass(OVER_AFTER_MS);
    const following = followUp(app, async (news) => {
      told.push(news);
      throw new Error('Discord is down');
    });
    onTestFinished(() => following.stop());
    await vi.waitFor(() => expect(logged).toEqual(['a flush could not be followed up']), SOON);
    pass(30_000);
    await untilTold(told, ['unknown', 'rejected'], ['rejected', 'rejected']);
  });

  test('with the database is logged, and the next look is none the worse for it', async () => {
    const { app, path, logged, pass } = await setUpLeft();
    const other = new Database(path);
    onTestFinished(() => void other.close());
    other.exec('ALTER TABLE flush RENAME TO away');
    pass(LEASE_MS);
    const { told } = follow(app);
    await vi.waitFor(() => expect(logged).toEqual(['flushes could not be looked after']), SOON);
    other.exec('ALTER TABLE away RENAME TO flush');
    await untilTold(told, ['sending', 'unknown']);
  });
});
