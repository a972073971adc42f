import { afterEach, describe, expect, test } from 'vitest';
import { type PerscomOptions, type PerscomSandbox, startPerscom } from '../../../sandbox/perscom/server.ts';
import { buildWorld } from '../../../sandbox/perscom/world.ts';
import { ask, eventsOf, patch, search } from './client.ts';

const NOW = Date.parse('2026-11-22T13:00:00Z');

let perscom: PerscomSandbox | undefined;

afterEach(() => perscom?.close());

async function start(options: Partial<PerscomOptions> = {}): Promise<PerscomSandbox> {
  perscom = await startPerscom({ profile: 'shipped', now: () => NOW, ...options });
  return perscom;
}

describe('stale GETs', () => {
  test('answer from before the last PATCH, while search tells the truth', async () => {
    const stale = await start({ staleGets: true });
    const before = stale.world.events.get(1)?.name;
    await patch(stale, { 1: { name: 'new' } });
    expect(JSON.parse((await ask(stale, { path: '/v2/events/1' })).text)).toMatchObject({ data: { name: before } });
    expect(eventsOf(await ask(stale, { path: '/v2/events?limit=1' }))).toMatchObject([{ name: before }]);
    expect(eventsOf(await search(stale, [1]))).toMatchObject([{ name: 'new' }]);
  });

  test('catch up with the PATCH before the last', async () => {
    const stale = await start({ staleGets: true });
    await patch(stale, { 1: { name: 'first' } });
    await patch(stale, { 1: { name: 'second' } });
    expect(eventsOf(await ask(stale, { path: '/v2/events' }))).toContainEqual(
      expect.objectContaining({ name: 'first' }),
    );
  });

  test('do not happen unless asked for', async () => {
    const fresh = await start();
    await patch(fresh, { 1: { name: 'new' } });
    expect(JSON.parse((await ask(fresh, { path: '/v2/events/1' })).text)).toMatchObject({ data: { name: 'new' } });
  });
});

describe('lists', () => {
  test('hold 15 of many events unless told otherwise', async () => {
    const many = await start({ world: buildWorld({ events: 40, now: NOW }) });
    const answer = await ask(many, { path: '/v2/events?page=3' });
    expect(eventsOf(answer).map(({ id }) => id)).toEqual([31, 32, 33, 34, 35, 36, 37, 38, 39, 40]);
    expect(JSON.parse(answer.text).meta).toMatchObject({ current_page: 3, last_page: 3, per_page: 15, total: 40 });
  });

  test('are ordered by id, whatever the order in which the world was filled', async () => {
    const { events, ...world } = buildWorld({ events: 4, now: NOW });
    const shuffled = await start({ world: { ...world, events: new Map([...events].reverse()) } });
    expect(eventsOf(await ask(shuffled, { path: '/v2/events' })).map(({ id }) => id)).toEqual([1, 2, 3, 4]);
  });

  test('name the link to a page only for the pages near the current one', async () => {
    const many = await start({ world: buildWorld({ events: 30, now: NOW }) });
    const { meta } = JSON.parse((await ask(many, { path: '/v2/events?limit=1&page=15' })).text);
    const labels: string[] = meta.links.map(({ label }: { label: string }) => label);
    expect(labels.slice(1, -1).join(' ')).toBe('1 2 ... 12 13 14 15 16 17 18 ... 29 30');
  });
});

describe('requests are recorded', () => {
  test('with what was sent and what was answered', async () => {
    const shipped = await start();
    await patch(shipped, { 1: { starts: '2026-12-10T18:30:00Z' } });
    await ask(shipped, { path: '/v2/events?limit=2&page=%31' });
    expect(shipped.requests).toMatchObject([
      { method: 'PATCH', path: '/v2/events/batch', query: '', status: 500, at: NOW },
      { method: 'GET', path: '/v2/events', query: 'limit=2&page=%31', status: 200, body: '' },
    ]);
    expect(shipped.patches()).toEqual([shipped.requests[0]]);
    expect(shipped.patches()).toMatchObject([{ body: { resources: { 1: { starts: '2026-12-10T18:30:00Z' } } } }]);
  });

  test('as raw text where the body is no JSON', async () => {
    const shipped = await start();
    await ask(shipped, { method: 'PATCH', path: '/v2/events/batch', body: '{"resources":' });
    expect(shipped.patches()).toMatchObject([{ body: '{"resources":', status: 422 }]);
  });
});

describe('the world built by default', () => {
  test('has upcoming events in calendars that exist, by authors who exist', () => {
    const { events, calendars, users } = buildWorld({ events: 12, now: NOW });
    for (const event of events.values()) {
      expect(Date.parse(event.starts)).toBeGreaterThan(NOW);
      expect(Date.parse(event.ends ?? '')).toBeGreaterThan(Date.parse(event.starts));
      expect(calendars.has(event.calendar_id ?? 0)).toBe(true);
      expect(users.has(event.author_id ?? 0)).toBe(true);
    }
  });

  test('gives every event its own name', () => {
    const names = [...buildWorld({ events: 12, now: NOW }).events.values()].map(({ name }) => name);
    expect(new Set(names).size).toBe(12);
  });

  test('shares nothing with another world', () => {
    const [one, other] = [buildWorld({ now: NOW }), buildWorld({ now: NOW })];
    one.events.get(1)?.notifications_channels?.push('sms');
    expect(other.events.get(1)?.notifications_channels).toEqual(['discord_public', 'mail']);
  });
});

test('an answer lists events by ascending id, in whatever order their keys were written', async () => {
  const body = '{"resources":{"4":{"name":"d"},"1":{"name":"a"},"2":{"name":"b"}}}';
  const answer = await ask(await start(), { method: 'PATCH', path: '/v2/events/batch', body });
  expect(eventsOf(answer).map(({ id }) => id)).toEqual([1, 2, 4]);
});
