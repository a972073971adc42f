import { request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type PerscomSandbox, startPerscom } from '../../../sandbox/perscom/server.ts';
import { SANDBOX_TOKEN } from '../../../sandbox/perscom/world.ts';
import { ask, eventsOf, patch, search } from './client.ts';

const ON_PATCH = { method: 'PATCH', path: '/v2/events/batch' };

let perscom: PerscomSandbox;

beforeEach(async () => {
  perscom = await startPerscom({ profile: 'documented' });
});

afterEach(() => perscom.close());

function rename(name = 'renamed') {
  return patch(perscom, { 1: { name } });
}

function storedName(): string | undefined {
  return perscom.world.events.get(1)?.name;
}

describe('a fault that answers', () => {
  test('instead of handling leaves the world alone', async () => {
    perscom.inject({
      on: ON_PATCH,
      kind: 'answer',
      status: 503,
      body: { busy: true },
      headers: { 'retry-after': '7' },
    });
    const answer = await rename();
    expect(answer).toMatchObject({ status: 503, text: '{"busy":true}' });
    expect(answer.headers).toMatchObject({ 'content-type': 'application/json', 'retry-after': '7' });
    expect(storedName()).not.toBe('renamed');
  });

  test('after handling hides that the change was committed', async () => {
    perscom.inject({
      on: ON_PATCH,
      kind: 'answer',
      afterHandling: true,
      status: 500,
      body: { message: 'Server Error' },
    });
    expect((await rename()).status).toBe(500);
    expect(storedName()).toBe('renamed');
  });

  test('with a text sends it as HTML', async () => {
    perscom.inject({ on: ON_PATCH, kind: 'answer', status: 502, body: '<h1>Bad gateway</h1>' });
    const answer = await rename();
    expect(answer).toMatchObject({ status: 502, text: '<h1>Bad gateway</h1>' });
    expect(answer.headers['content-type']).toMatch('text/html');
  });

  test('may send text that claims to be JSON', async () => {
    const headers = { 'content-type': 'application/json' };
    perscom.inject({ on: ON_PATCH, kind: 'answer', status: 200, body: 'no { json', headers });
    expect(await rename()).toMatchObject({ status: 200, text: 'no { json', headers });
  });
});

describe('a fault that loses the answer', () => {
  test('drops the connection before the work', async () => {
    perscom.inject({ on: ON_PATCH, kind: 'drop' });
    await expect(rename()).rejects.toThrow('socket hang up');
    expect(storedName()).not.toBe('renamed');
    expect(perscom.patches()).toMatchObject([{ status: null }]);
  });

  test('drops the connection after the work', async () => {
    perscom.inject({ on: ON_PATCH, kind: 'drop', afterHandling: true });
    await expect(rename()).rejects.toThrow('socket hang up');
    expect(storedName()).toBe('renamed');
  });

  test('never answers, until closing cuts the connection', async () => {
    perscom.inject({ on: ON_PATCH, kind: 'hang' });
    const lost = expect(rename()).rejects.toThrow('socket hang up');
    await vi.waitFor(() => expect(perscom.patches()).toHaveLength(1));
    await perscom.close();
    await lost;
    expect(storedName()).not.toBe('renamed');
    expect(perscom.patches()).toMatchObject([{ status: null }]);
  });

  test('never answers although the work is done', async () => {
    perscom.inject({ on: ON_PATCH, kind: 'hang', afterHandling: true });
    const lost = expect(rename()).rejects.toThrow('socket hang up');
    await vi.waitFor(() => expect(storedName()).toBe('renamed'));
    await perscom.close();
    await lost;
  });

  test('cuts the body short after promising all of it', async () => {
    perscom.inject({ on: ON_PATCH, kind: 'truncate', bytes: 20 });
    await expect(rename()).rejects.toThrow('aborted');
    expect(storedName()).toBe('renamed');
    expect(perscom.patches()).toMatchObject([{ status: 200 }]);
  });
});

test('a client that leaves early has its change made, and is on record as not answered', async () => {
  perscom.inject({ on: ON_PATCH, kind: 'drip', bytes: 1, everyMs: 5, delayMs: 300 });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${SANDBOX_TOKEN}` };
  const outgoing = request(`${perscom.url}${ON_PATCH.path}`, { method: 'PATCH', headers, agent: false });
  outgoing.on('error', () => undefined).end('{"resources":{"1":{"name":"renamed"}}}');
  await vi.waitFor(() => expect(perscom.patches()).toHaveLength(1), { interval: 1 });
  outgoing.destroy();
  await vi.waitFor(() => expect(storedName()).toBe('renamed'));
  expect(perscom.patches()).toMatchObject([{ status: null }]);
  expect((await search(perscom, [1])).status).toBe(200);
});

describe('a fault that handles the request', () => {
  test('lets the body trickle, whole in the end', async () => {
    perscom.inject({ on: ON_PATCH, kind: 'drip', bytes: 64, everyMs: 1 });
    expect(eventsOf(await rename())).toMatchObject([{ id: 1, name: 'renamed' }]);
  });

  test('waits first when told to', async () => {
    perscom.inject({ on: ON_PATCH, kind: 'handle', delayMs: 60_000 });
    const lost = expect(rename()).rejects.toThrow('socket hang up');
    await vi.waitFor(() => expect(perscom.patches()).toHaveLength(1));
    expect(storedName()).not.toBe('renamed');
    await perscom.close();
    await lost;
    expect(storedName()).not.toBe('renamed');
  });

  test('answers normally once the delay is over', async () => {
    perscom.inject({ on: ON_PATCH, kind: 'handle', delayMs: 5 });
    expect((await rename()).status).toBe(200);
  });

  test('lets another editor be faster', async () => {
    perscom.inject({ on: ON_PATCH, kind: 'handle', before: ({ events }) => void events.delete(1) });
    expect(eventsOf(await rename())).toEqual([]);
  });

  test('lets another editor follow at once, which the answer does not show', async () => {
    const overwrite = () => Object.assign(perscom.world.events.get(1) ?? {}, { name: 'theirs' });
    perscom.inject({ on: ON_PATCH, kind: 'handle', after: overwrite });
    expect(eventsOf(await rename('ours'))).toMatchObject([{ name: 'ours' }]);
    expect(eventsOf(await search(perscom, [1]))).toMatchObject([{ name: 'theirs' }]);
  });

  test('answers a body of another shape', async () => {
    perscom.inject({ on: ON_PATCH, kind: 'handle', rewrite: (body) => [body] });
    expect(JSON.parse((await rename()).text)).toMatchObject([{ data: [{ id: 1 }] }]);
  });
});

describe('the queue of faults', () => {
  test('gives each request one fault, in the order they were injected', async () => {
    perscom.inject({ on: ON_PATCH, kind: 'answer', status: 500, body: {} });
    perscom.inject({ on: ON_PATCH, kind: 'answer', status: 429, body: {} });
    expect([await rename(), await rename(), await rename()].map(({ status }) => status)).toEqual([500, 429, 200]);
  });

  test('leaves requests alone that do not match', async () => {
    perscom.inject({ on: ON_PATCH, kind: 'answer', status: 500, body: {} });
    expect((await search(perscom, [1])).status).toBe(200);
    expect((await rename()).status).toBe(500);
  });

  test('matches a path by pattern, as often as told', async () => {
    perscom.inject({ on: { path: /\/events/ }, times: 2, kind: 'answer', status: 500, body: {} });
    expect((await rename()).status).toBe(500);
    expect((await ask(perscom, { path: '/v2/me' })).status).toBe(200);
    expect((await search(perscom, [1])).status).toBe(500);
    expect((await search(perscom, [1])).status).toBe(200);
  });

  test('never ends for times: Infinity', async () => {
    perscom.inject({ on: {}, times: Infinity, kind: 'answer', status: 503, body: {} });
    for (let made = 0; made < 5; made += 1) expect((await rename()).status).toBe(503);
  });
});

test('closing cuts connections that are open and idle', async () => {
  const socket = connect(Number(new URL(perscom.url).port), '127.0.0.1');
  await new Promise((resolve) => socket.once('connect', resolve));
  const cut = new Promise((resolve) => socket.once('close', resolve));
  await perscom.close();
  await cut;
});
