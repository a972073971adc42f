import { createServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { startPerscom, type World } from '../../sandbox/perscom/server.ts';
import { buildCalendar, buildEvent, buildWorld, SANDBOX_TOKEN } from '../../sandbox/perscom/world.ts';
import type { Perscom } from '../../src/app/ports.ts';
import { clientAt, connect, NOW, ON_PATCH, ON_SEARCH, PERSCOM_SAYS, RENAME } from './connect.ts';

/** A world that holds only one event, which is described by `overrides`. */
const worldWith = (overrides: Partial<Parameters<typeof buildEvent>[0]>): World =>
  buildWorld({ events: [buildEvent({ id: 1, ...overrides }, NOW)], now: NOW });

async function readEvent(perscom: Perscom, id = 1) {
  const events = await perscom.fetchEvents([id], 'form');
  if (!events.ok) throw new Error(`not read: ${events.error.kind}`);
  return events.value.get(id);
}

describe('every request', () => {
  test('carries the token and asks for JSON', async () => {
    const { server, perscom } = await connect();
    await perscom.fetchEvents([1], 'form');
    await perscom.fetchEventPage(1);
    await perscom.fetchCalendars();
    await perscom.patchEvents(RENAME);
    expect(server.requests).toHaveLength(4);
    for (const { headers } of server.requests)
      expect(headers).toMatchObject({ accept: 'application/json', authorization: `Bearer ${SANDBOX_TOKEN}` });
  });

  test('goes to the version that was chosen', async () => {
    const { server, perscom } = await connect({ options: { version: 'v1' } });
    expect((await perscom.fetchCalendars()).ok).toBe(true);
    expect((await perscom.patchEvents(RENAME)).answer.ok).toBe(true);
    expect(server.requests.map(({ path }) => path)).toEqual(['/v1/calendars', '/v1/events/batch']);
  });
});

describe('reading an event', () => {
  test('gives its 16 fields, with times in whole seconds', async () => {
    const { perscom } = await connect({
      world: worldWith({
        name: 'Op Alpha',
        calendar_id: 2,
        url: 'https://example.test/alpha',
        starts: '2026-12-01T18:00:00.000000Z',
        ends: null,
        registration_deadline: '2026-11-30T12:00:00.000000Z',
      }),
    });
    expect(await readEvent(perscom)).toMatchObject({
      id: 1,
      values: {
        name: 'Op Alpha',
        calendar_id: 2,
        url: 'https://example.test/alpha',
        starts: '2026-12-01T18:00:00Z',
        ends: null,
        registration_deadline: '2026-11-30T12:00:00Z',
        all_day: false,
      },
    });
    expect(Object.keys((await readEvent(perscom))?.values ?? {})).toHaveLength(16);
  });

  test('never takes the link that PERSCOM generates for the url: it is the page', async () => {
    const { server, perscom } = await connect({ world: worldWith({ url: null }) });
    expect(await readEvent(perscom)).toMatchObject({ values: { url: null }, page: `${server.url}/events/1?tenant=1` });
  });

  test('knows the pages of all events once it has seen one generated link', async () => {
    const events = [buildEvent({ id: 1, url: 'https://example.test/1' }, NOW), buildEvent({ id: 2, url: null }, NOW)];
    const { server, perscom } = await connect({ world: buildWorld({ events, now: NOW }) });
    expect(await readEvent(perscom, 1)).toMatchObject({ page: null });
    await readEvent(perscom, 2);
    expect(await readEvent(perscom, 1)).toMatchObject({
      values: { url: 'https://example.test/1' },
      page: `${server.url}/events/1?tenant=1`,
    });
  });

  test.each([
    'https://perscom.test/events/12?tenant=1',
    'https://perscom.test/events/2',
    'https://perscom.test/events/1?tenant=1&tab=orders',
    'see https://perscom.test/events/1?tenant=1',
  ])('takes %s, which PERSCOM never generates for event 1, for a real url', async (url) => {
    const { perscom } = await connect({ world: worldWith({ url }) });
    expect(await readEvent(perscom)).toMatchObject({ values: { url }, page: null });
  });

  test.each([
    ['pt15m', ['pt15m']],
    [
      ['pt1h', 'p1d'],
      ['pt1h', 'p1d'],
    ],
    [[], []],
    [null, null],
  ])('takes the interval %j, as PERSCOM answers it, for %j', async (stored, read) => {
    const { perscom } = await connect({ world: worldWith({ notifications_interval: stored }) });
    expect((await readEvent(perscom))?.values.notifications_interval).toEqual(read);
  });

  test('takes ids that come as text and flags that come as numbers', async () => {
    const { server, perscom } = await connect({ world: worldWith({}) });
    const asText = { calendar_id: '3', author_id: '12', all_day: 1, repeats: 0 };
    server.inject({ on: ON_SEARCH, kind: 'handle', rewrite: (body) => withFirst(body, asText) });
    expect((await readEvent(perscom))?.values).toMatchObject({
      calendar_id: 3,
      author_id: 12,
      all_day: true,
      repeats: false,
    });
  });

  test('says when it was last changed, by anybody', async () => {
    const { perscom } = await connect({ world: worldWith({ updated_at: '2026-11-20T10:11:12.000000Z' }) });
    expect(await readEvent(perscom)).toMatchObject({ updatedAt: '2026-11-20T10:11:12Z' });
    await perscom.patchEvents(RENAME);
    expect(await readEvent(perscom)).toMatchObject({ updatedAt: '2026-11-22T12:00:00Z' });
  });

  test.each([null, undefined])('does without the time of its last change where PERSCOM says %j', async (updated_at) => {
    const { server, perscom } = await connect();
    server.inject({ on: ON_SEARCH, kind: 'handle', rewrite: (body) => withFirst(body, { updated_at }) });
    expect(await readEvent(perscom)).toMatchObject({ updatedAt: null });
  });

  test('that does not exist leaves it out', async () => {
    const { perscom } = await connect();
    const events = await perscom.fetchEvents([1, 999], 'form');
    expect(events.ok && [...events.value.keys()]).toEqual([1]);
  });

  test('that nobody asked for is not believed', async () => {
    const { server, perscom } = await connect();
    server.inject({ on: ON_SEARCH, kind: 'handle', rewrite: (body) => withFirst(body, { id: 4 }) });
    expect(await perscom.fetchEvents([1], 'form')).toEqual({ ok: true, value: new Map() });
  });

  test('no id asks nothing of PERSCOM', async () => {
    const { server, perscom } = await connect();
    expect(await perscom.fetchEvents([], 'form')).toEqual({ ok: true, value: new Map() });
    expect(server.requests).toEqual([]);
  });

  test('of 250 takes three searches by id, as none may ask for more than 100', async () => {
    const { server, perscom } = await connect({ world: buildWorld({ events: 250, now: NOW }) });
    const ids = Array.from({ length: 250 }, (_, index) => index + 1);
    const events = await perscom.fetchEvents(ids, 'form');
    expect(events.ok && [...events.value.keys()]).toEqual(ids);
    expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(
      Array(3).fill('POST /v2/events/search'),
    );
  });

  test('fails as a whole when one of several searches fails', async () => {
    const { server, perscom } = await connect({ world: buildWorld({ events: 150, now: NOW }) });
    server.inject({ on: ON_SEARCH, kind: 'handle' });
    server.inject({ on: ON_SEARCH, kind: 'answer', status: 403, body: PERSCOM_SAYS });
    const events = await perscom.fetchEvents(
      Array.from({ length: 150 }, (_, index) => index + 1),
      'form',
    );
    expect(events).toEqual({ ok: false, error: { kind: 'forbidden' } });
  });
});

/** `body` with `overrides` in its first event. */
function withFirst(body: unknown, overrides: object): unknown {
  const page = z.looseObject({ data: z.array(z.looseObject({})) }).parse(body);
  return { ...page, data: page.data.map((event, index) => (index === 0 ? { ...event, ...overrides } : event)) };
}

describe('listing', () => {
  test('gives events 500 a page, latest start first, until the last page', async () => {
    const { perscom } = await connect({ world: buildWorld({ events: 1_100, now: NOW }) });
    const pages = [await perscom.fetchEventPage(1), await perscom.fetchEventPage(2), await perscom.fetchEventPage(3)];
    expect(pages.map((page) => page.ok && [page.value.events.length, page.value.isLast])).toEqual([
      [500, false],
      [500, false],
      [100, true],
    ]);
    const starts = pages.flatMap((page) => (page.ok ? page.value.events.map(({ values }) => values.starts) : []));
    expect(starts).toEqual([...starts].sort().reverse());
  });

  test('gives one empty last page where there are no events', async () => {
    const { perscom } = await connect({ world: buildWorld({ events: 0, now: NOW }) });
    expect(await perscom.fetchEventPage(1)).toEqual({ ok: true, value: { events: [], isLast: true } });
  });

  test('gives every calendar, on however many pages', async () => {
    const calendars = Array.from({ length: 230 }, (_, index) => buildCalendar({ id: index + 1 }));
    const { server, perscom } = await connect({ world: buildWorld({ calendars, now: NOW }) });
    const answer = await perscom.fetchCalendars();
    expect(answer).toEqual({ ok: true, value: calendars.map(({ id, name }) => ({ id, name })) });
    expect(server.requests).toHaveLength(3);
  });
});

describe('one batch PATCH', () => {
  test('is sent as it was planned, as JSON', async () => {
    const { server, perscom } = await connect();
    const patch = { resources: { 2: { location: null, notifications_channels: ['mail'] }, 1: { all_day: true } } };
    expect((await perscom.patchEvents(patch)).answer).toEqual({ ok: true, value: null });
    expect(server.patches()).toMatchObject([{ path: '/v2/events/batch', body: patch, status: 200 }]);
    expect(server.patches()[0]?.headers['content-type']).toMatch('application/json');
    expect(server.world.events.get(2)).toMatchObject({ location: null, notifications_channels: ['mail'] });
  });

  test('is a success also where PERSCOM knows none of the events', async () => {
    const { perscom } = await connect();
    expect(await perscom.patchEvents({ resources: { 999: { name: 'x' } } })).toMatchObject({
      answer: { ok: true, value: null },
    });
  });

  test('that is not valid is told event by event and field by field', async () => {
    const { perscom } = await connect();
    const { answer } = await perscom.patchEvents({
      resources: { 1: { location: 'fine' }, 2: { name: 'x'.repeat(300), calendar_id: 999 } },
    });
    expect(answer).toEqual({
      ok: false,
      error: {
        kind: 'invalid',
        refusals: [
          { eventId: 2, field: 'name', text: 'The name field must not be greater than 255 characters.' },
          { eventId: 2, field: 'calendar_id', text: 'The selected calendar id is invalid.' },
        ],
      },
    });
  });

  test('that the server as shipped cannot take is a server error: it breaks on any start', async () => {
    const { perscom } = await connect({ profile: 'shipped' });
    const { answer } = await perscom.patchEvents({ resources: { 1: { starts: '2026-12-02T18:00:00Z' } } });
    expect(answer).toEqual({ ok: false, error: { kind: 'server-error', status: 500 } });
  });
});

describe('a refusal', () => {
  const own = PERSCOM_SAYS;

  test.each<[number, unknown, object]>([
    [401, own, { kind: 'unauthorized' }],
    [402, own, { kind: 'payment-required' }],
    [403, own, { kind: 'forbidden' }],
    [404, own, { kind: 'not-found' }],
    [429, own, { kind: 'rate-limited', retryAfterMs: null }],
    [400, own, { kind: 'unexpected-status', status: 400 }],
    [405, own, { kind: 'unexpected-status', status: 405 }],
    [401, '<h1>Unauthorized</h1>', { kind: 'unexpected-status', status: 401 }],
    [402, '', { kind: 'unexpected-status', status: 402 }],
    [403, '<h1>Attention Required! | Cloudflare</h1>', { kind: 'unexpected-status', status: 403 }],
    [404, '<h1>Not Found</h1>', { kind: 'unexpected-status', status: 404 }],
    [422, '<h1>Unprocessable</h1>', { kind: 'unexpected-status', status: 422 }],
    [429, {}, { kind: 'rate-limited', retryAfterMs: null }],
    [422, own, { kind: 'invalid', refusals: [{ eventId: null, field: null, text: own.error.message }] }],
    [500, own, { kind: 'server-error', status: 500 }],
    [500, { message: 'Server Error' }, { kind: 'server-error', status: 500 }],
    [503, own, { kind: 'maintenance' }],
    [503, { message: 'Service Unavailable' }, { kind: 'gateway-error', status: 503 }],
    [500, {}, { kind: 'gateway-error', status: 500 }],
    [501, own, { kind: 'gateway-error', status: 501 }],
    [502, own, { kind: 'gateway-error', status: 502 }],
    [504, own, { kind: 'gateway-error', status: 504 }],
    [500, '<h1>Internal Server Error</h1>', { kind: 'gateway-error', status: 500 }],
    [502, '<h1>Bad Gateway</h1>', { kind: 'gateway-error', status: 502 }],
    [503, '<h1>Service Unavailable</h1>', { kind: 'gateway-error', status: 503 }],
    [504, '', { kind: 'gateway-error', status: 504 }],
    [504, { message: 'Endpoint request timed out' }, { kind: 'gateway-error', status: 504 }],
  ])('with status %i and body %j is told apart as %j', async (status, body, error) => {
    const { server } = await connect();
    server.inject({ on: {}, times: Infinity, kind: 'answer', status, body });
    expect((await clientAt(server.url).patchEvents(RENAME)).answer).toEqual({ ok: false, error });
    expect(await clientAt(server.url).fetchEvents([1], 'form')).toEqual({ ok: false, error });
    expect(await clientAt(server.url).fetchCalendars()).toEqual({ ok: false, error });
  });

  test.each<[string, (world: World) => void, object]>([
    ['a token that nobody knows', ({ tokens }) => tokens.clear(), { kind: 'unauthorized' }],
    ['a unit that has not paid', (world) => Object.assign(world, { subscribed: false }), { kind: 'payment-required' }],
    ['maintenance', (world) => Object.assign(world, { maintenance: true }), { kind: 'maintenance' }],
    ['a key without a scope', ({ tokens }) => tokens.set(SANDBOX_TOKEN, { scopes: [] }), { kind: 'forbidden' }],
  ])('for %s is recognised in what PERSCOM really answers', async (_, spoil, error) => {
    const { server, perscom } = await connect();
    spoil(server.world);
    expect((await perscom.patchEvents(RENAME)).answer).toEqual({ ok: false, error });
    expect(await perscom.fetchEvents([1], 'form')).toEqual({ ok: false, error });
  });

  test('for too many requests is recognised in what PERSCOM really answers', async () => {
    const server = await startPerscom({ profile: 'documented', rateLimit: true, now: () => NOW });
    onTestFinished(() => server.close());
    const answers = await Promise.all(Array.from({ length: 101 }, () => clientAt(server.url).fetchCalendars()));
    const refusal = { ok: false, error: { kind: 'rate-limited', retryAfterMs: null } };
    expect(answers.filter((answer) => !answer.ok)).toEqual([refusal]);
  });

  test('by redirect is not followed, so the token goes nowhere else', async () => {
    const { server, perscom } = await connect();
    const { server: elsewhere } = await connect();
    const headers = { location: `${elsewhere.url}/v2/calendars` };
    server.inject({ on: {}, kind: 'answer', status: 302, body: '', headers });
    expect(await perscom.fetchCalendars()).toEqual({ ok: false, error: { kind: 'unexpected-status', status: 302 } });
    expect(elsewhere.requests).toEqual([]);
  });
});

describe('a success that is none', () => {
  const asJson = { 'content-type': 'application/json' };

  test.each<[string, unknown]>([
    ['a web page', '<!DOCTYPE html><h1>Welcome</h1>'],
    ['nothing', ''],
    ['text that is cut', '{"data":[{"id":1,'],
    ['a list', []],
    ['another object', { ok: true }],
    ['no page numbers', { data: [] }],
  ])('because its body is %s is unreadable', async (_, body) => {
    const { server, perscom } = await connect();
    server.inject({ on: ON_SEARCH, times: 2, kind: 'answer', status: 200, body, headers: asJson });
    expect(await perscom.fetchEvents([1], 'form')).toEqual({ ok: false, error: { kind: 'unreadable' } });
    expect(await perscom.fetchEventPage(1)).toEqual({ ok: false, error: { kind: 'unreadable' } });
  });

  test('because one of the events that were asked for is none; a list only leaves it out', async () => {
    const { server, perscom } = await connect();
    const [good] = server.world.events.values();
    const body = { data: [{ id: 1 }, { ...good, id: 2 }], meta: { current_page: 1, last_page: 1 } };
    server.inject({ on: ON_SEARCH, times: 2, kind: 'answer', status: 200, body, headers: asJson });
    expect(await perscom.fetchEvents([1, 2], 'form')).toEqual({ ok: false, error: { kind: 'unreadable' } });
    expect(await perscom.fetchEventPage(1)).toMatchObject({ ok: true, value: { events: [{ id: 2 }], isLast: true } });
  });

  test.each<[string, unknown]>([
    ['a web page', '<h1>Welcome</h1>'],
    ['nothing', ''],
    ['a list without its data', []],
    ['data that is no list', { data: {} }],
  ])('after a PATCH, because its body is %s, is unreadable', async (_, body) => {
    const { server, perscom } = await connect();
    server.inject({ on: ON_PATCH, kind: 'answer', status: 200, body, headers: asJson, afterHandling: true });
    expect((await perscom.patchEvents(RENAME)).answer).toEqual({ ok: false, error: { kind: 'unreadable' } });
    expect(server.world.events.get(1)?.name).toBe('Op Renamed');
  });

  test.each([
    ['name', null],
    ['starts', null],
    ['starts', 'tomorrow'],
    ['starts', '18:00'],
    ['id', 'x'],
    ['calendar_id', 'two'],
    ['all_day', 'yes'],
    ['notifications_channels', { mail: true }],
  ])('because an event’s %s is %j is unreadable', async (field, value) => {
    const { server, perscom } = await connect();
    server.inject({ on: ON_SEARCH, kind: 'handle', rewrite: (body) => withFirst(body, { [field]: value }) });
    expect(await perscom.fetchEvents([1], 'form')).toEqual({ ok: false, error: { kind: 'unreadable' } });
  });
});

describe('no answer', () => {
  const IMPATIENT = {
    persistence: { form: { tryTimeoutMs: 300, retryForMs: 0 }, patch: { tryTimeoutMs: 400 } },
  };

  test('ever: reading and patching give up after their own time', async () => {
    const { server, perscom } = await connect({ options: IMPATIENT });
    server.inject({ on: {}, times: Infinity, kind: 'hang' });
    expect(await perscom.fetchEvents([1], 'form')).toEqual({ ok: false, error: { kind: 'timeout', timeoutMs: 300 } });
    expect(await perscom.patchEvents(RENAME)).toMatchObject({
      answer: { ok: false, error: { kind: 'timeout', timeoutMs: 400 } },
    });
  });

  test('but a trickle of one: the time covers the body too', async () => {
    const { server, perscom } = await connect({ options: IMPATIENT });
    server.inject({ on: {}, times: Infinity, kind: 'drip', bytes: 1, everyMs: 20 });
    expect(await perscom.fetchEvents([1], 'form')).toEqual({ ok: false, error: { kind: 'timeout', timeoutMs: 300 } });
    expect(await perscom.patchEvents(RENAME)).toMatchObject({
      answer: { ok: false, error: { kind: 'timeout', timeoutMs: 400 } },
    });
    expect(server.world.events.get(1)?.name).toBe('Op Renamed');
  });

  test.each([false, true])(
    'because the connection is cut (after the work: %s) is a broken connection',
    async (done) => {
      const { server, perscom } = await connect();
      server.inject({ on: {}, times: Infinity, kind: 'drop', afterHandling: done });
      expect(await perscom.patchEvents(RENAME)).toMatchObject({
        answer: { ok: false, error: { kind: 'disconnected' } },
      });
      expect(await perscom.fetchEvents([1], 'form')).toEqual({ ok: false, error: { kind: 'disconnected' } });
      expect(server.world.events.get(1)?.name === 'Op Renamed').toBe(done);
    },
  );

  test('but half of one is a broken connection', async () => {
    const { server, perscom } = await connect();
    server.inject({ on: ON_PATCH, kind: 'truncate', bytes: 20 });
    expect((await perscom.patchEvents(RENAME)).answer).toEqual({ ok: false, error: { kind: 'disconnected' } });
  });

  test('because nothing listens there is proof that nothing was sent', async () => {
    const { server, perscom } = await connect();
    await server.close();
    expect((await perscom.patchEvents(RENAME)).answer).toEqual({ ok: false, error: { kind: 'unreachable' } });
    expect(await perscom.fetchEvents([1], 'form')).toEqual({ ok: false, error: { kind: 'unreachable' } });
  });

  test('because the name leads nowhere is proof that nothing was sent', async () => {
    const perscom = clientAt('http://perscom.invalid');
    expect((await perscom.patchEvents(RENAME)).answer).toEqual({ ok: false, error: { kind: 'unreachable' } });
  });

  test('in HTTP is a broken connection', async () => {
    const server = createServer((socket) => void socket.end('SSH-2.0-OpenSSH_9.6\r\n'));
    onTestFinished(() => void server.close());
    await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const perscom = clientAt(`http://127.0.0.1:${port}`);
    expect((await perscom.patchEvents(RENAME)).answer).toEqual({ ok: false, error: { kind: 'disconnected' } });
  });
});

test('no error holds the token', async () => {
  const options = { persistence: { list: { tryTimeoutMs: 400 }, patch: { tryTimeoutMs: 400 } } };
  const { server, perscom } = await connect({ options });
  const errors: unknown[] = [];
  for (const kind of ['hang', 'drop'] as const) {
    server.inject({ on: {}, times: 2, kind });
    errors.push(await perscom.fetchCalendars(), await perscom.patchEvents(RENAME));
  }
  await server.close();
  errors.push(await perscom.fetchCalendars(), await perscom.patchEvents(RENAME));
  const kinds = ['timeout', 'disconnected', 'unreachable'];
  expect(errors).toMatchObject(
    kinds.flatMap((kind) => {
      const answer = { ok: false, error: { kind } };
      return [answer, { answer }];
    }),
  );
  expect(JSON.stringify(errors)).not.toContain(SANDBOX_TOKEN);
});
