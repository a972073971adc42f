import { describe, expect, onTestFinished, test } from 'vitest';
import { type PerscomSandbox, startPerscom, type World } from '../../sandbox/perscom/server.ts';
import { buildEvent, buildWorld, SANDBOX_TOKEN } from '../../sandbox/perscom/world.ts';
import { createEventCache, type EventCache } from '../../src/app/event-cache.ts';
import type { Perscom } from '../../src/app/ports.ts';
import { ok } from '../../src/domain/result.ts';
import { createBudget } from '../../src/perscom/budget.ts';
import { createPerscom } from '../../src/perscom/client.ts';
import { buildEvent as buildRecord } from '../fixtures/domain.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const LONG_MS = 10_000;
const FRESH_MS = 60_000;
const SEARCH = '/v2/events/search';

type Setup = { server: PerscomSandbox; cache: EventCache; clock: { ms: number; now(): number } };

async function setUp(world: World = buildWorld({ now: NOW })): Promise<Setup> {
  const clock = { ms: NOW, now: () => clock.ms };
  const server = await startPerscom({ profile: 'documented', world, now: () => clock.ms });
  onTestFinished(() => server.close());
  const perscom = createPerscom({
    ...{ apiUrl: server.url, version: 'v2', token: SANDBOX_TOKEN },
    ...{ budget: createBudget(clock), random: () => 0 },
  });
  return { server, cache: createEventCache(perscom, clock), clock };
}

/** A world of events that start so many hours from now, with ids from 1. */
const worldOf = (...hours: number[]): World =>
  buildWorld({
    events: hours.map((fromNow, index) => {
      const starts = new Date(NOW + fromNow * 3_600_000).toISOString().replace('.000Z', '.000000Z');
      return buildEvent({ id: index + 1, name: `Op ${index + 1}`, starts, ends: null }, NOW);
    }),
    now: NOW,
  });

/** Stands where nothing may be asked; the sandbox sorts 10,000 events too slowly for a unit test. */
const NO_PERSCOM: Perscom = {
  fetchEvents: () => Promise.reject(new Error('nobody asks for events by id here')),
  fetchEventPage: () => Promise.reject(new Error('nobody asks for a page here')),
  fetchCalendars: () => Promise.reject(new Error('nobody asks for calendars here')),
  patchEvents: () => Promise.reject(new Error('nobody patches here')),
};

async function idsFound(cache: EventCache, text = ''): Promise<readonly number[]> {
  const found = await cache.find(text, LONG_MS);
  if (!found.ok) throw new Error(`nothing found: ${found.error.kind}`);
  return found.value.events.map(({ id }) => id);
}

const rename = ({ world }: PerscomSandbox, id: number, name: string): void => {
  const event = world.events.get(id);
  if (event !== undefined) world.events.set(id, { ...event, name });
};

describe('finding events', () => {
  test('lists upcoming ones first, soonest first, then past ones, latest first', async () => {
    const { cache } = await setUp(worldOf(48, -1, 2, -72, 24, 2));
    expect(await idsFound(cache)).toEqual([3, 6, 5, 1, 2, 4]);
  });

  test('takes an event that starts this very moment for upcoming', async () => {
    const { cache } = await setUp(worldOf(-1, 0, 1));
    expect(await idsFound(cache)).toEqual([2, 3, 1]);
  });

  test('moves an event to the past as time goes by, without asking again', async () => {
    const { server, cache, clock } = await setUp(worldOf(0.001, 1));
    expect(await idsFound(cache)).toEqual([1, 2]);
    clock.ms += 10_000;
    expect(await idsFound(cache)).toEqual([2, 1]);
    expect(server.requests).toHaveLength(1);
  });

  test('finds a part of a name, whatever its case and the blanks around it', async () => {
    const { cache } = await setUp();
    const found = await cache.find('  SILENT h', LONG_MS);
    const harbor = { id: 2, name: 'Op Silent Harbor', calendarId: 1 };
    expect(found).toMatchObject({ ok: true, value: { events: [harbor], isWhole: true } });
    expect(await idsFound(cache, 'no such op')).toEqual([]);
  });

  test('works with 10,000 events, on pages of 500, each of which is read once', async () => {
    const records = Array.from({ length: 10_000 }, (_, index) => buildRecord(index + 1, { name: `Op ${index + 1}` }));
    const pagesRead: number[] = [];
    const fetchEventPage: Perscom['fetchEventPage'] = async (page) => {
      pagesRead.push(page);
      return ok({ events: records.slice((page - 1) * 500, page * 500), isLast: page === 20 });
    };
    const cache = createEventCache({ ...NO_PERSCOM, fetchEventPage }, { now: () => NOW });
    await expect.poll(() => idsFound(cache)).toHaveLength(10_000);
    expect(await idsFound(cache, 'op 9999')).toEqual([9_999]);
    expect(pagesRead).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });

  test('is possible as soon as the first page is there', async () => {
    const { server, cache } = await setUp(buildWorld({ events: 600, now: NOW }));
    server.inject({ on: { path: SEARCH }, kind: 'handle' });
    server.inject({ on: { path: SEARCH }, kind: 'hang' });
    expect(await idsFound(cache)).toHaveLength(500);
    expect(await cache.find('no such op', LONG_MS)).toEqual({ ok: true, value: { events: [], isWhole: false } });
  });

  test('gives up waiting while PERSCOM is slow, and finds what has arrived by the next time', async () => {
    const { server, cache } = await setUp();
    server.inject({ on: { path: SEARCH }, kind: 'handle', delayMs: 100 });
    expect(await cache.find('', 10)).toEqual({ ok: false, error: { kind: 'still-waiting' } });
    expect(await idsFound(cache)).toHaveLength(5);
    expect(server.requests).toHaveLength(1);
  });

  test('goes on with old names while new ones are read behind it', async () => {
    const { server, cache, clock } = await setUp();
    await idsFound(cache);
    rename(server, 1, 'Op Renamed');
    clock.ms += 30_000;
    expect(await idsFound(cache, 'Renamed')).toEqual([]);
    await expect.poll(() => idsFound(cache, 'Renamed')).toEqual([1]);
    expect(server.requests).toHaveLength(2);
  });

  test('reads a list that is due anew, and says as of when it is where that fails', async () => {
    const { server, cache, clock } = await setUp();
    const listed = async () => {
      const found = await cache.list(LONG_MS);
      if (!found.ok) throw new Error(found.error.kind);
      return [found.value.events.length, found.value.asOf];
    };
    const readAt = clock.ms;
    expect(await listed()).toEqual([5, null]);
    server.world.events.delete(1);
    clock.ms += 30_000;
    expect(await listed()).toEqual([4, null]);
    server.world.events.delete(2);
    server.world.maintenance = true;
    clock.ms += 3_600_000;
    expect(await listed()).toEqual([4, readAt + 30_000]);
    server.world.maintenance = false;
    clock.ms += 5_000;
    expect(await listed()).toEqual([3, null]);
  });

  test('tells an outage, and does not answer it with a flood', async () => {
    const { server, cache, clock } = await setUp();
    server.world.maintenance = true;
    for (let click = 0; click < 5; click += 1)
      expect(await cache.find('', LONG_MS)).toEqual({ ok: false, error: { kind: 'maintenance' } });
    expect(server.requests).toHaveLength(1);
    server.world.maintenance = false;
    clock.ms += 5_000;
    expect(await idsFound(cache)).toHaveLength(5);
  });
});

describe('the list of all events', () => {
  test('is waited for whole, and read once for all who ask', async () => {
    const { server, cache } = await setUp(buildWorld({ events: 600, now: NOW }));
    server.inject({ on: { path: SEARCH }, kind: 'handle', delayMs: 20, times: 2 });
    const lists = await Promise.all([cache.list(LONG_MS), cache.list(LONG_MS), cache.find('', LONG_MS)]);
    const found = lists.map((list) => list.ok && [list.value.events.length, list.value.isWhole]);
    expect(found).toEqual([
      [600, true],
      [600, true],
      [500, false],
    ]);
    expect(server.requests).toHaveLength(2);
  });

  test('that takes too long is read on, and is there for who asks again', async () => {
    const { server, cache } = await setUp(buildWorld({ events: 600, now: NOW }));
    server.inject({ on: { path: SEARCH }, kind: 'handle', delayMs: 100, times: 2 });
    expect(await cache.list(10)).toEqual({ ok: false, error: { kind: 'still-waiting' } });
    expect(await cache.list(LONG_MS)).toMatchObject({ ok: true, value: { isWhole: true } });
    expect(server.requests).toHaveLength(2);
  });

  test('is as it was learnt since, also for who looks for a name, until it is read again', async () => {
    const { server, cache, clock } = await setUp(worldOf(1, 2, 3));
    await idsFound(cache);
    clock.ms += 1;
    cache.learn([buildRecord(3, { name: 'Op Moved', starts: '2026-11-22T12:30:00Z' })]);
    expect(await idsFound(cache)).toEqual([3, 1, 2]);
    expect(await idsFound(cache, 'moved')).toEqual([3]);
    const list = await cache.list(LONG_MS);
    expect(list.ok && list.value.events.map(({ id }) => id)).toEqual([3, 1, 2]);
    expect(server.requests).toHaveLength(1);
    clock.ms += 30_000;
    await cache.list(LONG_MS);
    expect(await idsFound(cache)).toEqual([1, 2, 3]);
  });
});

describe('one event', () => {
  test('is read from PERSCOM once for all who ask at the same moment', async () => {
    const { server, cache } = await setUp();
    const asked = Array.from({ length: 10 }, () => cache.event(1, { waitMs: LONG_MS, maxAgeMs: FRESH_MS }));
    for (const answer of await Promise.all(asked)) expect(answer).toMatchObject({ ok: true, value: { id: 1 } });
    expect(server.requests).toHaveLength(1);
  });

  test('comes from memory while it is young enough for who asks, then from PERSCOM', async () => {
    const { server, cache, clock } = await setUp();
    const nameNow = async (maxAgeMs: number) => {
      const answer = await cache.event(1, { waitMs: LONG_MS, maxAgeMs });
      return answer.ok ? answer.value?.values.name : answer.error.kind;
    };
    await nameNow(FRESH_MS);
    rename(server, 1, 'Op Renamed');
    clock.ms += FRESH_MS - 1;
    expect(await nameNow(FRESH_MS)).toBe('Op Iron Resolve');
    clock.ms += 1;
    expect(await nameNow(Infinity)).toBe('Op Iron Resolve');
    expect(server.requests).toHaveLength(1);
    expect(await nameNow(FRESH_MS)).toBe('Op Renamed');
  });

  test('is read anew for who needs it as of now, and a slower read of before does not replace it', async () => {
    const { server, cache } = await setUp();
    server.inject({ on: { path: SEARCH }, kind: 'handle', delayMs: 150, rewrite: (body) => body });
    const slow = cache.event(1, { waitMs: LONG_MS, maxAgeMs: FRESH_MS });
    rename(server, 1, 'Op Renamed');
    expect(await cache.event(1, { waitMs: LONG_MS, maxAgeMs: 0 })).toMatchObject({
      value: { values: { name: 'Op Renamed' } },
    });
    await slow;
    expect(server.requests).toHaveLength(2);
  });

  test('comes from the list if that was read before', async () => {
    const { server, cache } = await setUp();
    await idsFound(cache);
    expect(await cache.event(3, { waitMs: 0, maxAgeMs: FRESH_MS })).toMatchObject({ ok: true, value: { id: 3 } });
    expect(server.requests).toHaveLength(1);
  });

  test('comes from what a flush has just read', async () => {
    const { server, cache } = await setUp();
    cache.learn([buildRecord(1, { name: 'Op Just Read' })]);
    expect(await cache.event(1, { waitMs: 0, maxAgeMs: FRESH_MS })).toMatchObject({
      ok: true,
      value: { values: { name: 'Op Just Read' } },
    });
    expect(server.requests).toEqual([]);
  });

  test('that is deleted is null, and is forgotten', async () => {
    const { server, cache, clock } = await setUp();
    await cache.event(1, { waitMs: LONG_MS, maxAgeMs: FRESH_MS });
    server.world.events.delete(1);
    clock.ms += FRESH_MS;
    expect(await cache.event(1, { waitMs: LONG_MS, maxAgeMs: FRESH_MS })).toEqual({ ok: true, value: null });
    expect(cache.knownEvent(1)).toBeNull();
  });

  test('is known as it was last read, however long ago that was', async () => {
    const { cache, clock } = await setUp();
    expect(cache.knownEvent(1)).toBeNull();
    await cache.event(1, { waitMs: LONG_MS, maxAgeMs: FRESH_MS });
    clock.ms += 100 * FRESH_MS;
    expect(cache.knownEvent(1)).toMatchObject({ id: 1, values: { name: 'Op Iron Resolve' } });
  });

  test('with a long text is not kept because a list brought it along, but because it was asked for', async () => {
    const long = buildEvent({ id: 1, content: 'x'.repeat(4_001), description: null }, NOW);
    const { server, cache } = await setUp(buildWorld({ events: [long, buildEvent({ id: 2 }, NOW)], now: NOW }));
    await idsFound(cache);
    expect([cache.knownEvent(1), cache.knownEvent(2)?.id]).toEqual([null, 2]);
    await cache.event(1, { waitMs: LONG_MS, maxAgeMs: FRESH_MS });
    expect(cache.knownEvent(1)?.values.content).toHaveLength(4_001);
    expect(server.requests).toHaveLength(2);
  });

  test('is waited for only so long, and is there for who asks again', async () => {
    const { server, cache } = await setUp();
    server.inject({ on: { path: SEARCH }, kind: 'handle', delayMs: 100 });
    expect(await cache.event(1, { waitMs: 10, maxAgeMs: FRESH_MS })).toEqual({
      ok: false,
      error: { kind: 'still-waiting' },
    });
    expect(await cache.event(1, { waitMs: LONG_MS, maxAgeMs: Infinity })).toMatchObject({ ok: true, value: { id: 1 } });
    expect(server.requests).toHaveLength(1);
  });

  test('that cannot be read is asked for again by the next', async () => {
    const { server, cache } = await setUp();
    server.inject({ on: { path: SEARCH }, kind: 'answer', status: 403, body: { error: { message: 'No.' } } });
    expect(await cache.event(1, { waitMs: LONG_MS, maxAgeMs: FRESH_MS })).toEqual({
      ok: false,
      error: { kind: 'forbidden' },
    });
    expect(await cache.event(1, { waitMs: LONG_MS, maxAgeMs: FRESH_MS })).toMatchObject({ ok: true, value: { id: 1 } });
  });
});

test('calendars are known from when they were first read', async () => {
  const { cache } = await setUp();
  expect(cache.knownCalendars()).toEqual([]);
  const calendars = [
    { id: 1, name: 'Main Operations' },
    { id: 2, name: 'Training' },
    { id: 3, name: 'Joint Operations' },
  ];
  expect(await cache.calendars(LONG_MS)).toEqual({ ok: true, value: calendars });
  expect(cache.knownCalendars()).toEqual(calendars);
});

describe('reading many events anew', () => {
  test('by their ids leaves out those that are gone, and forgets them', async () => {
    const { server, cache } = await setUp(worldOf(1, 2));
    await cache.readSome([1, 2], LONG_MS);
    server.world.events.delete(2);
    const some = await cache.readSome([1, 2], LONG_MS);
    expect(some.ok && [...some.value.keys()]).toEqual([1]);
    expect(cache.knownEvent(2)).toBeNull();
  });

  test('says why where PERSCOM does not let them be read', async () => {
    const { server, cache } = await setUp(worldOf(1));
    server.world.maintenance = true;
    const refused = { ok: false, error: { kind: 'maintenance' } };
    expect(await cache.readSome([1], LONG_MS)).toEqual(refused);
  });
});
