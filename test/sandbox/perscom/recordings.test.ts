import { afterAll, describe, expect, test } from 'vitest';
import {
  type ApiKey,
  type PerscomSandbox,
  type StoredEvent,
  startPerscom,
  type World,
} from '../../../sandbox/perscom/server.ts';
import { buildUser, buildWorld } from '../../../sandbox/perscom/world.ts';
import { type Incoming, send } from './http.ts';
import { expectedBody, expectedHeaders, LEFT_OUT, RECORDINGS, type Recording, START, uncut } from './recording.ts';

const NOW = '2026-11-22T13:00:00.000000Z';
const EVERYTHING = 'key with all scopes';

/** The keys of the recordings, by the words the recordings have for them. */
const KEYS: Readonly<Record<string, ApiKey>> = {
  [EVERYTHING]: { scopes: ['*'] },
  'API key, expired': { scopes: ['*'], standing: 'expired' },
  'API key, revoked': { scopes: ['*'], standing: 'revoked' },
  'API key without scopes': { scopes: [] },
  'API key with scopes view:event, view:calendar': { scopes: ['view:event', 'view:calendar'] },
  'API key with scope update:event only': { scopes: ['update:event'] },
  'API key of tenant 2, all scopes': { scopes: ['*'], tenant: 2 },
  'HS256 JWT signed with a wrong key': { scopes: ['*'], standing: 'revoked' },
  'HS256 JWT, tenant claim 999 (unknown tenant)': { scopes: ['*'], tenant: 999 },
  'HS256 JWT without tenant claim': { scopes: ['*'], tenant: null },
  'HS256 JWT signed with the single-sign-on key, scopes ["*"]': { scopes: ['*'] },
  'HS256 JWT signed with the single-sign-on key, scopes ["*"], prv claim': { scopes: ['*'] },
  'HS256 JWT signed with the single-sign-on key, no scopes claim': { scopes: [] },
};

let sandbox: PerscomSandbox | undefined;
let startRows = new Map<number, Row>();

describe.each(topics())('the shipped profile answers as recorded: %s', (topic) => {
  test.each(RECORDINGS.filter((recording) => recording.topic === topic))('case $case: $name', async (recording) => {
    if (recording.continues !== true) await begin(recording);
    const answer = await replay(recording);
    expect(answer.status).toBe(recording.status);
    compareHeaders(recording, answer);
    compareBody(recording, answer);
    compareRows(recording);
  });
});

test('every recording is either replayed or left out for a reason', () => {
  const places = [...RECORDINGS.map((recording) => recording.case), ...LEFT_OUT].sort((one, other) => one - other);
  expect(places).toEqual(Array.from({ length: 322 }, (_, index) => index));
});

afterAll(() => sandbox?.close());

function topics(): string[] {
  return [...new Set(RECORDINGS.map(({ topic }) => topic))];
}

type Row = Readonly<Record<string, string | null>>;

/** Starts from the recorded state, with what was special about the server. */
async function begin({ given }: Recording): Promise<void> {
  await sandbox?.close();
  sandbox = await startPerscom({
    profile: 'shipped',
    world: startWorld(),
    rateLimit: true,
    now: () => Date.parse(NOW),
  });
  const { world, url } = sandbox;
  if (given === 'unsubscribed') world.subscribed = false;
  if (given === 'self-hosted') world.selfHosted = true;
  if (given === 'maintenance') world.maintenance = true;
  if (given === 'event 1 has the channel discord') eventOf(world, 1).notifications_channels = ['discord'];
  if (given === '100 requests within the minute') {
    for (let made = 0; made < 100; made += 1) await send(url, { path: '/health' });
  }
  startRows = new Map([...world.events].map(([id, event]) => [id, rowOf(event)]));
}

function startWorld(): World {
  return buildWorld({
    events: START.events.map(storedEvent),
    calendars: START.calendars.map(({ label: _, ...calendar }) => calendar),
    users: [START.user, buildUser({ id: 2 })],
    tokens: Object.fromEntries(Object.entries(KEYS).map(([words, key]) => [tokenOf(words), { ...key }])),
  });
}

/** Only event 1 had a url of its own. */
function storedEvent({ label: _, ...event }: (typeof START.events)[number]): StoredEvent {
  return { ...event, url: event.id === 1 ? event.url : null };
}

function replay({ method, path, request, auth = EVERYTHING, request_headers = {} }: Recording): Promise<Incoming> {
  const usual = {
    host: 'api.perscom.test',
    accept: 'application/json',
    'content-type': 'application/json',
    ...(auth === 'none' ? {} : { authorization: `Bearer ${tokenOf(auth)}` }),
  };
  const own = new Map(Object.entries(request_headers).map(([name, value]) => [name.toLowerCase(), value]));
  const sent = [...new Map<string, string | null>([...Object.entries(usual), ...own])];
  return send(running().url, {
    method,
    path: path.replace('<jwt>', tokenOf(EVERYTHING)),
    headers: Object.fromEntries(sent.flatMap(([name, value]) => (value === null ? [] : [[name, value]]))),
    body: uncut(request),
  });
}

function tokenOf(words: string): string {
  return words.replace(/\W+/g, '-');
}

function compareHeaders(recording: Recording, { headers }: Incoming): void {
  const expected = expectedHeaders(recording);
  const told = ['retry-after', 'x-ratelimit-limit', 'x-perscom-request-id', 'x-perscom-trace-id'];
  const actual = [...told, ...Object.keys(expected)].map((name) => [name, wordFor(name, headers[name])]);
  expect(Object.fromEntries(actual.filter(([, value]) => value !== undefined))).toEqual(expected);
}

function wordFor(name: string, value: unknown): unknown {
  return name.startsWith('x-perscom-') && value !== undefined ? `<${name.replace('x-perscom-', '')}>` : value;
}

/** Texts cut in the recording are compared at full length, except for the HTML page of the maintenance mode. */
function compareBody(recording: Recording, { headers, text }: Incoming): void {
  if (headers['content-type']?.startsWith('text/html') === true) {
    expect(text).toMatch(/^<!DOCTYPE html>/);
    return;
  }
  const anonymous = text
    .replaceAll(/"request_id":"[^"]*"/g, '"request_id":"<request-id>"')
    .replaceAll(/"trace_id":"[^"]*"/g, '"trace_id":"<trace-id>"');
  expect(anonymous === '' ? '' : JSON.parse(anonymous)).toEqual(uncut(expectedBody(recording, NOW)));
  const error = text === '' ? undefined : JSON.parse(text).error;
  if (recording.status !== 503 && error !== undefined) expect(error.request_id).toBe(headers['x-perscom-request-id']);
}

function compareRows({ stored = {} }: Recording): void {
  for (const [id, columns] of Object.entries(stored)) {
    const expected = { ...startRows.get(Number(id)), ...columns };
    const actual = rowOf(eventOf(running().world, Number(id)));
    const moved = columns.updated_at === '<now>' ? { updated_at: columnText('updated_at', NOW) } : {};
    const unrecorded = columns.updated_at === undefined ? { updated_at: actual.updated_at } : {};
    expect(actual).toEqual({ ...expected, ...moved, ...unrecorded });
  }
}

function rowOf(event: StoredEvent): Row {
  return Object.fromEntries(Object.entries(event).map(([name, value]) => [name, columnText(name, value)]));
}

function columnText(name: string, value: unknown): string | null {
  if (value === null) return null;
  if (typeof value === 'boolean') return String(Number(value));
  if (name.startsWith('notifications_')) return JSON.stringify(value).replaceAll(',', ', ');
  return /^\d{4}-\d\d-\d\dT/.test(String(value)) ? String(value).slice(0, 19).replace('T', ' ') : String(value);
}

function eventOf(world: World, id: number): StoredEvent {
  const event = world.events.get(id);
  if (event === undefined) throw new Error(`no event ${id}`);
  return event;
}

function running(): PerscomSandbox {
  if (sandbox === undefined) throw new Error('no sandbox runs');
  return sandbox;
}
