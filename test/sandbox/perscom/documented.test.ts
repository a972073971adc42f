import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PerscomSandbox, startPerscom } from '../../../sandbox/perscom/server.ts';
import { buildEvent, buildWorld } from '../../../sandbox/perscom/world.ts';
import { errorsOf, eventsOf, patch, search } from './client.ts';

const NOW = Date.parse('2026-11-22T13:00:00Z');

/** A value for each of the 16 fields, and what is read afterwards. */
const FIELDS: readonly { readonly field: string; readonly value: unknown; readonly read: unknown }[] = [
  same('name', 'Op Renamed'),
  same('calendar_id', 2),
  same('description', '<p>New</p>'),
  same('content', '<b>Orders</b>'),
  same('location', 'Tanoa'),
  same('url', 'https://example.test/new'),
  same('author_id', 3),
  same('all_day', true),
  { field: 'starts', value: '2026-12-24T20:00:00+02:00', read: '2026-12-24T18:00:00.000000Z' },
  { field: 'ends', value: '2026-12-24T21:30:00Z', read: '2026-12-24T21:30:00.000000Z' },
  same('repeats', true),
  same('registration_enabled', false),
  { field: 'registration_deadline', value: '2026-12-23T23:59:00-05:00', read: '2026-12-24T04:59:00.000000Z' },
  same('notifications_enabled', false),
  same('notifications_interval', ['p1w', 'pt0m']),
  same('notifications_channels', ['sms', 'broadcast']),
];

function same(field: string, value: unknown) {
  return { field, value, read: value };
}

const NULLABLE = [
  ...['description', 'content', 'location', 'ends', 'registration_deadline'],
  ...['notifications_interval', 'notifications_channels'],
];

let perscom: PerscomSandbox;

beforeAll(async () => {
  perscom = await startPerscom({ profile: 'documented', world: buildWorld({ events: 4, now: NOW }), now: () => NOW });
});

afterAll(() => perscom.close());

function reset(): void {
  perscom.world.events.set(1, buildEvent({ id: 1 }, NOW));
}

describe('the documented profile', () => {
  test.each(FIELDS)('changes $field by a batch PATCH, and a search reads it back', async ({ field, value, read }) => {
    reset();
    expect(perscom.world.events.get(1)).not.toMatchObject({ [field]: read });
    const answer = await patch(perscom, { 1: { [field]: value } });
    expect(answer.status).toBe(200);
    expect(eventsOf(answer)).toMatchObject([{ id: 1, [field]: read }]);
    expect(eventsOf(await search(perscom, [1]))).toMatchObject([{ id: 1, [field]: read }]);
  });

  test('changes all 16 fields of several events in one batch PATCH', async () => {
    const wanted = Object.fromEntries(FIELDS.map(({ field, value }) => [field, value]));
    const read = Object.fromEntries(FIELDS.map((tried) => [tried.field, tried.read]));
    await patch(perscom, { 1: wanted, 2: wanted });
    expect(eventsOf(await search(perscom, [1, 2]))).toMatchObject([
      { id: 1, ...read },
      { id: 2, ...read },
    ]);
  });

  test.each(NULLABLE)('stores null for %s', async (field) => {
    reset();
    const answer = await patch(perscom, { 1: { [field]: null } });
    expect(eventsOf(answer)).toMatchObject([{ id: 1, [field]: null }]);
  });

  test('answers a generated link for a url of null', async () => {
    const answer = await patch(perscom, { 1: { url: null } });
    expect(eventsOf(answer)).toMatchObject([{ url: `${perscom.url}/events/1?tenant=1` }]);
    expect(perscom.world.events.get(1)?.url).toBeNull();
  });

  test.each([
    ['name', null],
    ['name', 5],
    ['calendar_id', null],
    ['calendar_id', '2'],
    ['calendar_id', 999],
    ['author_id', 'abc'],
    ['description', 5],
    ['url', false],
    ['all_day', 1],
    ['repeats', 'true'],
    ['registration_enabled', null],
    ['starts', null],
    ['starts', 'tomorrow'],
    ['starts', '2026-02-31T10:00:00Z'],
    ['starts', '2026-12-10 18:30:00'],
    ['ends', 1796000000],
    ['registration_deadline', 'soon'],
    ['notifications_interval', 'pt1h'],
    ['notifications_interval', ['pt2h']],
    ['notifications_channels', ['mail', 'fax']],
    ['notifications_channels', { 0: 'mail' }],
  ])('refuses %s = %j with 422 under resources.1.<field> and changes nothing', async (field, value) => {
    reset();
    const answer = await patch(perscom, { 2: { location: 'elsewhere' }, 1: { [field]: value } });
    expect(answer.status).toBe(422);
    expect(Object.keys(errorsOf(answer))).toEqual([`resources.1.${field}`]);
    expect(perscom.world.events.get(1)).toEqual(buildEvent({ id: 1 }, NOW));
    expect(perscom.world.events.get(2)?.location).not.toBe('elsewhere');
  });

  test('leaves unknown ids out of a 200', async () => {
    const answer = await patch(perscom, { 999: { name: 'ghost' }, 2: { name: 'real' } });
    expect(answer.status).toBe(200);
    expect(eventsOf(answer)).toMatchObject([{ id: 2, name: 'real' }]);
  });

  test('does not move updated_at for the instant that is already stored, however it is written', async () => {
    reset();
    const { starts, updated_at } = buildEvent({ id: 1 }, NOW);
    const written = `${starts.slice(0, 19)}+00:00`;
    expect(eventsOf(await patch(perscom, { 1: { starts: written } }))).toMatchObject([{ starts, updated_at }]);
  });
});
