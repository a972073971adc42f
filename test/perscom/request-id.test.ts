import { expect, test } from 'vitest';
import type { Effect } from '../../sandbox/perscom/fault.ts';
import { createBudget } from '../../src/perscom/budget.ts';
import { clientAt, connect, ON_PATCH, RENAME } from './connect.ts';

const UUID = '0d9b3c9e-7f1a-4b0e-9d68-2f1f0a6f3a11';

const answer = (status: number, body: unknown, headers: Record<string, string> = {}): Effect => ({
  ...{ kind: 'answer', status, body, headers },
});

const errorWith = (request_id: unknown) => ({ error: { message: 'No.', type: 'HttpException', request_id } });
const inHeader = (id: string) => ({ 'x-perscom-request-id': id });

/** The id under which a PATCH that meets `effect` is reported. */
async function idAfter(effect: Effect) {
  const { server, perscom } = await connect({ options: { persistence: { patch: { tryTimeoutMs: 1_000 } } } });
  server.inject({ on: ON_PATCH, ...effect });
  return (await perscom.patchEvents(RENAME)).requestId;
}

test('the id of a request comes with every answer that PERSCOM really gives', async () => {
  const { server, perscom } = await connect();
  const success = await perscom.patchEvents(RENAME);
  const refused = await perscom.patchEvents({ resources: { 1: { calendar_id: 999 } } });
  server.world.maintenance = true;
  const turnedAway = await perscom.patchEvents(RENAME);
  expect([success.answer.ok, refused.answer.ok, turnedAway.answer.ok]).toEqual([true, false, false]);
  for (const { requestId } of [success, refused, turnedAway]) expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
});

test.each<[string, Effect, string | null]>([
  ['the header of a success', answer(200, { data: [] }, inHeader(UUID)), UUID],
  ['the header of a failure', answer(500, { message: 'Server Error' }, inHeader(UUID)), UUID],
  ['the header of a web page', answer(502, '<h1>Bad Gateway</h1>', inHeader(UUID)), UUID],
  ['the header, rather than the body', answer(422, errorWith('from-body'), inHeader(UUID)), UUID],
  ['the body without a header', answer(422, errorWith(UUID)), UUID],
  ['the body beside a header that is none', answer(422, errorWith(UUID), inHeader('<b>')), UUID],
  ['64 characters', answer(500, errorWith('x'.repeat(64))), 'x'.repeat(64)],
  ['65 characters', answer(500, errorWith('x'.repeat(65))), null],
  ['markup', answer(500, errorWith('@everyone')), null],
  ['a number', answer(500, errorWith(7)), null],
  ['nothing', answer(500, errorWith('')), null],
  ['a failure without any', answer(500, { error: { message: 'No.' } }), null],
  ['a success without any', answer(200, { data: [] }), null],
  ['no answer', { kind: 'hang' }, null],
])('the id of a request is taken from: %s', async (_, effect, id) => {
  expect(await idAfter(effect)).toBe(id);
});

test.each<[string, Effect]>([
  ['breaks off', { kind: 'truncate', bytes: 20 }],
  ['does not come to its end', { kind: 'drip', bytes: 1, everyMs: 20 }],
])('the id of a request is known although its answer %s', async (_, effect) => {
  expect(await idAfter(effect)).toMatch(/^[0-9a-f-]{36}$/);
});

test('a request without an id is still understood', async () => {
  const { server, perscom } = await connect();
  server.inject({ on: ON_PATCH, ...answer(503, { error: { message: 'Down.' } }) });
  expect(await perscom.patchEvents(RENAME)).toMatchObject({ answer: { error: { kind: 'maintenance' } } });
});

test('of two requests it is the id of the last', async () => {
  const { server, perscom } = await connect();
  server.inject({ on: ON_PATCH, ...answer(429, errorWith('first'), { 'retry-after': '0' }) });
  server.inject({ on: ON_PATCH, ...answer(403, errorWith('second')) });
  expect(await perscom.patchEvents(RENAME)).toMatchObject({ requestId: 'second', attempts: 2 });
});

test('it is the id of the last that was sent, where another was not', async () => {
  const { server } = await connect();
  const budget = createBudget({ now: () => 0 });
  server.inject({ on: ON_PATCH, ...answer(429, errorWith('first'), { 'retry-after': '1' }) });
  const persistence = { patch: { retryForMs: 1_000 } };
  const sent = await clientAt(server.url, { budget, persistence }).patchEvents(RENAME);
  expect(sent).toMatchObject({ requestId: 'first', attempts: 1 });
});
