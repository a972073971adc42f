import { describe, expect, test } from 'vitest';
import { startPerscom } from '../../sandbox/perscom/server.ts';
import type { Perscom } from '../../src/app/ports.ts';
import { createBudget, type Errand } from '../../src/perscom/budget.ts';
import { clientAt, connect, ON_PATCH, ON_SEARCH, PERSCOM_SAYS, RENAME } from './connect.ts';

/** A clock that only tests move. */
function createClock() {
  const clock = { ms: 1_000_000, now: () => clock.ms };
  return clock;
}

/** A simulated PERSCOM and a client whose budget is still whole, by a clock of its own. */
async function setUp() {
  const clock = createClock();
  const budget = createBudget(clock);
  return { ...(await connect({ options: { budget } })), budget, clock };
}

const SEND: Readonly<Record<Errand, (perscom: Perscom) => Promise<{ readonly ok: boolean }>>> = {
  list: (perscom) => perscom.fetchCalendars(),
  form: (perscom) => perscom.fetchEvents([1], 'form'),
  flush: (perscom) => perscom.fetchEvents([1], 'flush'),
  patch: async (perscom) => (await perscom.patchEvents(RENAME)).answer,
};

/** Sends requests for one errand until one of them is refused; answers how many were not. */
async function spend(perscom: Perscom, errand: Errand): Promise<number> {
  for (let sent = 0; ; sent += 1) if (!(await SEND[errand](perscom)).ok) return sent;
}

const refusedFor = (retryAfterMs: number | null) => ({ ok: false, error: { kind: 'rate-limited', retryAfterMs } });

const WINDOW_MS = 61_000;

describe('the budget of an address', () => {
  test('refuses lists first, then forms, and gives a flush the last request', async () => {
    const { server, perscom } = await setUp();
    expect(await spend(perscom, 'list')).toBe(61);
    expect(await spend(perscom, 'form')).toBe(20);
    expect(await spend(perscom, 'list')).toBe(0);
    expect(await spend(perscom, 'flush')).toBe(19);
    expect(server.requests).toHaveLength(100);
  });

  test.each<[Errand, number]>([
    ['list', 61],
    ['form', 81],
    ['flush', 100],
    ['patch', 99],
  ])('has, for %s alone, %i requests', async (errand, most) => {
    const { server, perscom } = await setUp();
    expect(await spend(perscom, errand)).toBe(most);
    expect(server.requests).toHaveLength(most);
  });

  test('is that of all its clients, whatever their token and version', async () => {
    const { server, perscom, budget } = await setUp();
    const another = clientAt(server.url, { budget, version: 'v1' });
    expect(await spend(perscom, 'list')).toBe(61);
    expect(await spend(another, 'list')).toBe(0);
    expect(await spend(another, 'flush')).toBe(39);
    expect(await spend(perscom, 'patch')).toBe(0);
    expect(server.requests).toHaveLength(100);
  });

  test('says how long there is none left, and is whole again then', async () => {
    const { perscom, clock } = await setUp();
    await spend(perscom, 'flush');
    clock.ms += 1_000;
    expect(await perscom.fetchEventPage(1)).toEqual(refusedFor(WINDOW_MS - 1_000));
    expect(await perscom.fetchEvents([1], 'form')).toEqual(refusedFor(WINDOW_MS - 1_000));
    expect(await perscom.fetchEvents([1], 'flush')).toEqual(refusedFor(WINDOW_MS - 1_000));
    clock.ms += WINDOW_MS - 1_000;
    expect(await spend(perscom, 'list')).toBe(61);
  });

  test('does not send a PATCH that there is none left for', async () => {
    const { server, perscom } = await setUp();
    await spend(perscom, 'flush');
    const answer = refusedFor(WINDOW_MS);
    expect(await perscom.patchEvents(RENAME)).toEqual({ answer, attempts: 0, requestId: null });
    expect(server.patches()).toEqual([]);
  });

  test('holds back, until its window ends, the flush that can wait for it', async () => {
    const { server, perscom, clock } = await setUp();
    await spend(perscom, 'flush');
    clock.ms += WINDOW_MS;
    await spend(perscom, 'flush');
    expect(server.requests).toHaveLength(200);
    clock.ms += WINDOW_MS - 20;
    const reading = perscom.fetchEvents([1], 'flush');
    const sending = perscom.patchEvents(RENAME);
    clock.ms += 20;
    expect(await reading).toMatchObject({ ok: true });
    expect(await sending).toMatchObject({ answer: { ok: true }, attempts: 1 });
  });

  test('counts every try', async () => {
    const { server, perscom } = await setUp();
    server.inject({ on: ON_SEARCH, times: 3, kind: 'drop' });
    expect(await perscom.fetchEvents([1], 'form')).toMatchObject({ ok: true });
    expect(await spend(perscom, 'list')).toBe(57);
  });

  test('does not count what never left', async () => {
    const budget = createBudget(createClock());
    const { url, close } = await startPerscom({ profile: 'documented' });
    await close();
    const nowhere = clientAt(url, { budget });
    for (let call = 0; call < 70; call += 1)
      expect(await nowhere.fetchCalendars()).toMatchObject({ error: { kind: 'unreachable' } });
    const { perscom } = await connect({ options: { budget } });
    expect(await spend(perscom, 'flush')).toBe(100);
  });

  test('is not kept closed by a clock that was put back', async () => {
    const { perscom, clock } = await setUp();
    await spend(perscom, 'flush');
    clock.ms -= 3_600_000;
    expect(await perscom.fetchEvents([1], 'flush')).toMatchObject({ ok: true });
  });
});

describe('what PERSCOM says of the requests that are left', () => {
  const says = (remaining: string) => ({
    ...({ on: ON_SEARCH, kind: 'answer', status: 404, body: PERSCOM_SAYS } as const),
    headers: { 'x-ratelimit-remaining': remaining },
  });

  test.each([
    ['50', 11, 51],
    ['25', 0, 26],
    ['5', 0, 5],
    ['0', 0, 0],
  ])('lowers the budget to %s, as others share the address', async (remaining, lists) => {
    const { server, perscom } = await setUp();
    server.inject(says(remaining));
    await perscom.fetchEvents([1], 'form');
    expect(await spend(perscom, 'list')).toBe(lists);
    expect(await spend(perscom, 'flush')).toBe(Number(remaining) - lists);
  });

  test.each(['99', '5000', 'many', '-1', ''])('changes nothing if it is %j', async (remaining) => {
    const { server, perscom } = await setUp();
    server.inject(says(remaining));
    await perscom.fetchEvents([1], 'form');
    expect(await spend(perscom, 'flush')).toBe(99);
  });

  test('is forgotten with its window', async () => {
    const { server, perscom, clock } = await setUp();
    server.inject(says('0'));
    await perscom.fetchEvents([1], 'form');
    clock.ms += WINDOW_MS;
    expect(await spend(perscom, 'list')).toBe(61);
  });

  test('is what the budget is: nothing of a PERSCOM that counts as recorded is ever refused', async () => {
    const clock = createClock();
    const server = await startPerscom({ profile: 'documented', rateLimit: true, now: clock.now });
    const perscom = clientAt(server.url, { budget: createBudget(clock) });
    const elsewhere = clientAt(server.url);
    for (let call = 0; call < 30; call += 1) await elsewhere.fetchEvents([1], 'form');
    expect(await spend(perscom, 'list')).toBe(31);
    expect(await spend(perscom, 'flush')).toBe(39);
    clock.ms += WINDOW_MS;
    expect(await spend(perscom, 'patch')).toBe(99);
    await server.close();
    expect(server.requests.map(({ status }) => status)).not.toContain(429);
    expect(server.requests).toHaveLength(199);
  });
});

describe('a 429', () => {
  const refuse = (headers: Record<string, string> = {}, body: unknown = PERSCOM_SAYS) =>
    ({ on: ON_SEARCH, kind: 'answer', status: 429, body, headers }) as const;

  test.each<[string, Record<string, string>, number]>([
    ['a minute where it does not say for how long', {}, 60_000],
    ['as long as it says', { 'retry-after': '90' }, 90_000],
    ['as long as it says with a date', { 'retry-after': new Date(1_030_000).toUTCString() }, 30_000],
    ['a minute where what it says makes no sense', { 'retry-after': 'soon' }, 60_000],
    ['a minute where it wants too much', { 'retry-after': '3601' }, 60_000],
    ['a minute where the date has passed', { 'retry-after': new Date(0).toUTCString() }, 60_000],
  ])('closes the budget for %s', async (_, headers, closedMs) => {
    const { server, perscom, clock } = await setUp();
    server.inject(refuse(headers));
    await perscom.fetchEvents([1], 'flush');
    for (const errand of ['list', 'form', 'flush', 'patch'] as const)
      expect(await SEND[errand](perscom)).toEqual(refusedFor(closedMs));
    clock.ms += closedMs - 10_001;
    expect(await perscom.patchEvents(RENAME)).toMatchObject({ answer: refusedFor(10_001), attempts: 0 });
    expect(server.requests).toHaveLength(1);
    clock.ms += 10_001;
    expect(await perscom.patchEvents(RENAME)).toMatchObject({ answer: { ok: true }, attempts: 1 });
  });

  test('closes the budget for every client of the address', async () => {
    const { server, perscom, budget } = await setUp();
    server.inject(refuse());
    await perscom.fetchEventPage(1);
    expect(await clientAt(server.url, { budget }).fetchEvents([1], 'flush')).toEqual(refusedFor(60_000));
  });

  test('from a proxy closes it too', async () => {
    const { server, perscom } = await setUp();
    server.inject(refuse({}, '<h1>Too Many Requests</h1>'));
    expect(await perscom.fetchEventPage(1)).toEqual({ ok: false, error: { kind: 'rate-limited', retryAfterMs: null } });
    expect(await perscom.fetchEvents([1], 'flush')).toEqual(refusedFor(60_000));
  });

  test('is not undone by answers that were under way', async () => {
    const { server, perscom } = await setUp();
    server.inject({ on: ON_PATCH, kind: 'handle', delayMs: 50, rewrite: (body) => body });
    const slow = perscom.patchEvents(RENAME);
    server.inject(refuse());
    await perscom.fetchEvents([1], 'flush');
    expect(await slow).toMatchObject({ answer: { ok: true } });
    expect(await perscom.fetchEvents([1], 'flush')).toEqual(refusedFor(60_000));
  });
});
