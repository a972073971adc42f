import { afterEach, describe, expect, test } from 'vitest';
import { type PerscomOptions, type PerscomSandbox, startPerscom } from '../../../sandbox/perscom/server.ts';
import { buildWorld } from '../../../sandbox/perscom/world.ts';
import { ask, patch } from './client.ts';

let perscom: PerscomSandbox | undefined;

afterEach(() => perscom?.close());

async function start(options: Partial<PerscomOptions> = {}): Promise<PerscomSandbox> {
  perscom = await startPerscom({ profile: 'shipped', ...options });
  return perscom;
}

describe('who may do what', () => {
  test('an unpaid unit is sent to the billing page when JSON is not asked for', async () => {
    const shipped = await start();
    shipped.world.subscribed = false;
    const answer = await ask(shipped, { path: '/v2/events', headers: { accept: '*/*' } });
    expect(answer).toMatchObject({ status: 302, headers: { location: '/billing' }, text: '' });
  });

  test('a scope taken away takes effect at once', async () => {
    const shipped = await start();
    for (const key of shipped.world.tokens.values()) key.scopes = ['view:event'];
    const answer = await patch(shipped, { 1: { name: 'x' } });
    expect(answer.status).toBe(403);
    expect(shipped.world.events.get(1)?.name).not.toBe('x');
  });

  test('a method that a path does not have answers 405 and names those it has', async () => {
    const answer = await ask(await start(), { method: 'POST', path: '/v2/me' });
    expect(answer.status).toBe(405);
    expect(answer.text).toContain('Supported methods: GET');
  });

  test('calendars need a scope of their own', async () => {
    const shipped = await start();
    for (const key of shipped.world.tokens.values()) key.scopes = ['view:event', 'update:event'];
    expect((await ask(shipped, { path: '/v2/calendars' })).status).toBe(403);
  });
});

describe('the rate limit', () => {
  test('opens again a minute after the first request, not before', async () => {
    let now = Date.parse('2026-11-22T13:00:00Z');
    const limited = await start({ rateLimit: true, now: () => now });
    const statusAt = async (path: string) => (await ask(limited, { path })).status;
    for (let made = 0; made < 100; made += 1) await statusAt('/health');
    now += 59_999;
    expect(await statusAt('/v2/me')).toBe(429);
    now += 1;
    expect(await statusAt('/v2/me')).toBe(200);
  });

  test('is off unless asked for, and then no header mentions it', async () => {
    const answer = await ask(await start(), { path: '/v2/me' });
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('x-ratelimit'))).toEqual([]);
  });
});

test('a key without the tenant of this world is refused', async () => {
  const world = buildWorld({ tokens: { foreign: { scopes: ['*'], tenant: 2 } } });
  const headers = { authorization: 'Bearer foreign' };
  expect((await ask(await start({ world }), { path: '/v2/me', headers })).status).toBe(401);
});
