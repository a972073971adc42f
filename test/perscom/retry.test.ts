import { describe, expect, onTestFinished, test } from 'vitest';
import type { Effect } from '../../sandbox/perscom/fault.ts';
import { type PerscomSandbox, startPerscom } from '../../sandbox/perscom/server.ts';
import type { Perscom } from '../../src/app/ports.ts';
import { createBudget } from '../../src/perscom/budget.ts';
import type { PerscomOptions } from '../../src/perscom/client.ts';
import { backOffMs } from '../../src/perscom/persistence.ts';
import { clientAt, connect, ON_PATCH, ON_SEARCH, PERSCOM_SAYS, RENAME } from './connect.ts';

const answer = (status: number, body: unknown = PERSCOM_SAYS, headers: Record<string, string> = {}): Effect => ({
  ...{ kind: 'answer', status, body, headers },
});

const limited = (retryAfter: string): Effect => answer(429, PERSCOM_SAYS, { 'retry-after': retryAfter });

/** A try that hangs is given up soon, so that it does not hold up the test; any other has its time. */
const patienceWith = ({ kind }: Effect): Partial<PerscomOptions> => {
  const soon = { tryTimeoutMs: 400 };
  return kind === 'hang' || kind === 'drip' ? { persistence: { flush: soon, form: soon, patch: soon } } : {};
};

const READS = [
  ['a flush', (perscom: Perscom) => perscom.fetchEvents([1], 'flush')],
  ['a form', (perscom: Perscom) => perscom.fetchEvents([1], 'form')],
] as const;

/** The address of a port on which nothing listens until it is told to. */
async function quietAddress(): Promise<{ url: string; port: number }> {
  const { url, close } = await startPerscom({ profile: 'documented' });
  await close();
  return { url, port: Number(new URL(url).port) };
}

describe.each(READS)('reading for %s', (_, read) => {
  test.each<[string, Effect]>([
    ['the connection is cut', { kind: 'drop' }],
    ['half of the answer', { kind: 'truncate', bytes: 20 }],
    ['no answer in time', { kind: 'hang' }],
    ['502 from a proxy', answer(502, '<h1>Bad Gateway</h1>')],
    ['504 from a proxy', answer(504, '')],
    ['503 from a proxy', answer(503, '<h1>Service Unavailable</h1>')],
    ['maintenance', answer(503)],
    ['429 with a short wait', limited('0')],
    ['429 from a proxy', answer(429, '<h1>Slow down</h1>', { 'retry-after': '0' })],
  ])('is tried again after: %s', async (_, effect) => {
    const { server, perscom } = await connect({ options: patienceWith(effect) });
    server.inject({ on: ON_SEARCH, ...effect });
    expect(await read(perscom)).toMatchObject({ ok: true });
    expect(server.requests).toHaveLength(2);
  });

  test('is tried again until something listens', async () => {
    const { url, port } = await quietAddress();
    let started: Promise<PerscomSandbox> | null = null;
    const random = (): number => {
      started ??= startPerscom({ profile: 'documented', port });
      return 0.1;
    };
    const found = await read(clientAt(url, { random }));
    onTestFinished(async () => (await started)?.close());
    expect(found).toMatchObject({ ok: true });
  });

  test.each<[string, Effect, object]>([
    ['401', answer(401), { kind: 'unauthorized' }],
    ['402', answer(402), { kind: 'payment-required' }],
    ['403', answer(403), { kind: 'forbidden' }],
    ['404', answer(404), { kind: 'not-found' }],
    ['422', answer(422), { kind: 'invalid' }],
    ['500 in PERSCOM’s own words', answer(500), { kind: 'server-error' }],
    ['a redirect', answer(302, ''), { kind: 'unexpected-status' }],
    ['a web page', answer(200, '<h1>Welcome</h1>'), { kind: 'unreadable' }],
    ['429 without a wait', answer(429), { kind: 'rate-limited', retryAfterMs: null }],
    ['429 with a long wait', limited('30'), { kind: 'rate-limited', retryAfterMs: 30_000 }],
  ])('is answered at once by: %s', async (_, effect, error) => {
    const { server, perscom } = await connect();
    server.inject({ on: ON_SEARCH, times: Infinity, ...effect });
    expect(await read(perscom)).toMatchObject({ ok: false, error });
    expect(server.requests).toHaveLength(1);
  });

  test('gives up some time, also where the clock stands still', async () => {
    const { server, perscom } = await connect({ options: { budget: createBudget({ now: () => 0 }) } });
    server.inject({ on: {}, times: Infinity, kind: 'drop' });
    expect(await read(perscom)).toEqual({ ok: false, error: { kind: 'disconnected' } });
    expect(server.requests).toHaveLength(11);
  });
});

describe('the time for reading', () => {
  /** A PERSCOM that drops every connection after `eachMs` by a clock of its own. */
  async function connectSlowly(eachMs: number) {
    const clock = { ms: 0, now: () => clock.ms };
    const setup = await connect({ options: { budget: createBudget(clock) } });
    const before = (): void => {
      clock.ms += eachMs;
    };
    setup.server.inject({ on: {}, times: Infinity, kind: 'drop', before });
    return setup;
  }

  test.each([
    ['flush', 1_000, 7],
    ['flush', 3_000, 3],
    ['flush', 5_500, 2],
    ['form', 300, 5],
    ['form', 1_000, 2],
    ['form', 1_300, 1],
  ] as const)('for a %s allows, at %i ms a try, %i tries', async (purpose, eachMs, tries) => {
    const { server, perscom } = await connectSlowly(eachMs);
    expect(await perscom.fetchEvents([1], purpose)).toMatchObject({ ok: false });
    expect(server.requests).toHaveLength(tries);
  });

  test('cuts the last try short', async () => {
    const clock = { ms: 0, now: () => clock.ms };
    const persistence = { flush: { totalMs: 6_080 } };
    const { server, perscom } = await connect({ options: { budget: createBudget(clock), persistence } });
    const before = (): void => {
      clock.ms += 6_000;
    };
    server.inject({ on: {}, kind: 'drop', before });
    server.inject({ on: {}, kind: 'hang', before });
    const events = await perscom.fetchEvents([1], 'flush');
    expect(events).toEqual({ ok: false, error: { kind: 'timeout', timeoutMs: 80 } });
    expect(server.requests).toHaveLength(2);
  });

  test('is not spent on a wait that PERSCOM asks for when little of it is left', async () => {
    const clock = { ms: 0, now: () => clock.ms };
    const { server, perscom } = await connect({ options: { budget: createBudget(clock) } });
    const before = (): void => {
      clock.ms += 5_000;
    };
    server.inject({ on: {}, ...limited('8'), before });
    const error = { kind: 'rate-limited', retryAfterMs: 8_000 };
    expect(await perscom.fetchEvents([1], 'flush')).toEqual({ ok: false, error });
    expect(server.requests).toHaveLength(1);
  });

  test.each(['flush', 'form'] as const)('is not spent on a wait that is too long for a %s', async (purpose) => {
    const persistence = { [purpose]: { firstWaitMs: 100, retryForMs: 50 } };
    const { server, perscom } = await connect({ options: { random: () => 1, persistence } });
    server.inject({ on: {}, times: Infinity, kind: 'drop' });
    expect(await perscom.fetchEvents([1], purpose)).toEqual({ ok: false, error: { kind: 'disconnected' } });
    expect(server.requests).toHaveLength(1);
  });
});

test('lists are not tried again: who asked for them comes back', async () => {
  const { server, perscom } = await connect();
  server.inject({ on: {}, times: Infinity, kind: 'drop' });
  expect(await perscom.fetchEventPage(1)).toMatchObject({ ok: false });
  expect(await perscom.fetchCalendars()).toMatchObject({ ok: false });
  expect(server.requests).toHaveLength(2);
});

describe('a PATCH', () => {
  test.each<[string, Effect, object]>([
    ['the connection is cut before the work', { kind: 'drop' }, { kind: 'disconnected' }],
    ['the connection is cut after the work', { kind: 'drop', afterHandling: true }, { kind: 'disconnected' }],
    ['half of the answer', { kind: 'truncate', bytes: 20 }, { kind: 'disconnected' }],
    ['no answer in time', { kind: 'hang' }, { kind: 'timeout' }],
    ['no answer in time after the work', { kind: 'hang', afterHandling: true }, { kind: 'timeout' }],
    ['a trickle', { kind: 'drip', bytes: 1, everyMs: 20 }, { kind: 'timeout' }],
    ['500 in PERSCOM’s own words', answer(500), { kind: 'server-error' }],
    ['502 from a proxy', answer(502, '<h1>Bad Gateway</h1>'), { kind: 'gateway-error' }],
    ['503 from a proxy', answer(503, '', { 'retry-after': '0' }), { kind: 'gateway-error' }],
    ['504 from a proxy', answer(504, ''), { kind: 'gateway-error' }],
    ['maintenance', answer(503), { kind: 'maintenance' }],
    ['401', answer(401), { kind: 'unauthorized' }],
    ['422', answer(422), { kind: 'invalid' }],
    ['a web page', answer(200, '<h1>Welcome</h1>'), { kind: 'unreadable' }],
    ['a redirect', answer(307, '', { location: '/v2/events/batch' }), { kind: 'unexpected-status' }],
    ['429 without a wait', answer(429), { kind: 'rate-limited', retryAfterMs: null }],
    ['429 with a long wait', limited('6'), { kind: 'rate-limited', retryAfterMs: 6_000 }],
  ])('is sent once, although it meets: %s', async (_, effect, error) => {
    const { server, perscom } = await connect({ options: patienceWith(effect) });
    server.inject({ on: ON_PATCH, times: Infinity, ...effect });
    expect(await perscom.patchEvents(RENAME)).toMatchObject({ answer: { ok: false, error }, attempts: 1 });
    expect(server.patches()).toHaveLength(1);
  });

  test('that was refused for a moment is sent once more', async () => {
    const { server, perscom } = await connect();
    server.inject({ on: ON_PATCH, ...limited('0') });
    expect(await perscom.patchEvents(RENAME)).toMatchObject({ answer: { ok: true }, attempts: 2 });
    expect(server.patches().map(({ status }) => status)).toEqual([429, 200]);
  });

  test('that was refused for a second is sent once more when that is over', async () => {
    const { server, perscom } = await connect();
    server.inject({ on: ON_PATCH, ...limited('1') });
    expect(await perscom.patchEvents(RENAME)).toMatchObject({ answer: { ok: true }, attempts: 2 });
  });

  test('that is refused for a moment again and again is not sent a third time', async () => {
    const { server, perscom } = await connect();
    server.inject({ on: ON_PATCH, times: Infinity, ...limited('0') });
    const error = { kind: 'rate-limited', retryAfterMs: 0 };
    expect(await perscom.patchEvents(RENAME)).toMatchObject({ answer: { ok: false, error }, attempts: 2 });
    expect(server.patches()).toHaveLength(2);
  });

  test('that meets a broken connection after a refusal is not sent again', async () => {
    const { server, perscom } = await connect();
    server.inject({ on: ON_PATCH, ...limited('0') });
    server.inject({ on: ON_PATCH, kind: 'drop', afterHandling: true });
    const error = { kind: 'disconnected' };
    expect(await perscom.patchEvents(RENAME)).toMatchObject({ answer: { ok: false, error }, attempts: 2 });
    expect(server.patches()).toHaveLength(2);
  });

  test('that finds nothing listening is tried three times', async () => {
    const { url } = await quietAddress();
    const error = { kind: 'unreachable' };
    const sent = await clientAt(url).patchEvents(RENAME);
    expect(sent).toEqual({ answer: { ok: false, error }, attempts: 3, requestId: null });
  });

  test('that finds somebody listening by the second try is sent then', async () => {
    const { url, port } = await quietAddress();
    let started: Promise<PerscomSandbox> | null = null;
    const random = (): number => {
      started ??= startPerscom({ profile: 'documented', port });
      return 0.2;
    };
    const sent = await clientAt(url, { random }).patchEvents(RENAME);
    onTestFinished(async () => (await started)?.close());
    expect(sent).toMatchObject({ answer: { ok: true }, attempts: 2, requestId: expect.any(String) });
  });

  test('is not tried again where it took too long to find that nothing listens', async () => {
    const { url } = await quietAddress();
    const clock = { ms: 0, now: () => (clock.ms += 5_001) };
    const sent = await clientAt(url, { budget: createBudget(clock) }).patchEvents(RENAME);
    expect(sent).toMatchObject({ answer: { error: { kind: 'unreachable' } }, attempts: 1 });
  });
});

describe('what comes before another try', () => {
  test.each([
    [1, 250],
    [2, 500],
    [3, 1_000],
    [5, 4_000],
    [11, 4_000],
  ])('is, after %i failures, a wait of anything up to %i ms', (failures, mostMs) => {
    expect(backOffMs(failures, 250, () => 0)).toBe(0);
    expect(backOffMs(failures, 250, () => 0.5)).toBe(mostMs / 2);
    expect(backOffMs(failures, 250, () => 1)).toBe(mostMs);
  });
});
