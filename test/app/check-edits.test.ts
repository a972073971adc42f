import { describe, expect, test } from 'vitest';
import { buildEvent } from '../../sandbox/perscom/world.ts';
import { checkAgain, checkEdits } from '../../src/app/check-edits.ts';
import type { Warning } from '../../src/domain/checks.ts';
import { connectionIn, NOW, preview, setUpApp } from '../fixtures/app.ts';
import { buildWanted } from '../fixtures/domain.ts';
import { BY_ANNA } from '../fixtures/store.ts';

const at = (clock: string): string => `2026-12-05T${clock}:00.000000Z`;
const STARTS = '2026-12-05T18:00:00Z';
const ENDS = '2026-12-05T20:00:00Z';
const DETAILS = { calendar_id: 1, registration_deadline: null, repeats: false, all_day: false };

/** Op Alpha on 1 December, and on the 5th Op Bravo, 20:30 to 22:00, in the same calendar. */
async function setUp() {
  const stage = await setUpApp({
    ...DETAILS,
    starts: '2026-12-01T18:00:00.000000Z',
    ends: '2026-12-01T20:00:00.000000Z',
  });
  const { world } = stage.server;
  const bravo = buildEvent({ ...DETAILS, id: 2, name: 'Op Bravo', starts: at('20:30'), ends: at('22:00') }, NOW);
  world.events.set(2, bravo);
  return stage;
}

const edit = (field: 'starts' | 'ends', wanted: string, eventId = 1) =>
  buildWanted({ eventId, field, wanted, base: `2026-12-01T${field === 'starts' ? '18' : '20'}:00:00Z` });

const MOVE = [edit('starts', STARTS), edit('ends', ENDS)];

const kindsOf = (warnings: readonly Warning[] | undefined) => warnings?.map(({ kind }) => kind);

describe('checking edits from memory', () => {
  test('holds an event as it would be against what is known of the others, and asks nobody', async () => {
    const { app, server } = await setUp();
    const { cache } = connectionIn(app);
    await cache.agenda(10_000);
    const asked = server.requests.length;
    const { events, isComplete } = checkEdits(app, BY_ANNA, [1], MOVE);
    expect(kindsOf(events.get(1)?.warnings)).toEqual(['overlaps']);
    expect(events.get(1)).toMatchObject({ before: { ends: '2026-12-01T20:00:00Z' }, after: { ends: ENDS } });
    expect(isComplete).toBe(true);
    expect(server.requests).toHaveLength(asked);
  });

  test('goes by what is queued of the others too', async () => {
    const { app } = await setUp();
    await connectionIn(app).cache.agenda(10_000);
    const away = [edit('starts', '2026-12-06T20:30:00Z', 2), edit('ends', '2026-12-06T22:00:00Z', 2)];
    expect(kindsOf(checkEdits(app, BY_ANNA, [1], [...MOVE, ...away]).events.get(1)?.warnings)).toEqual([]);
  });

  test('sees an end that somebody queued before the start that another queued', async () => {
    const { app } = await setUp();
    await connectionIn(app).cache.agenda(10_000);
    const { events } = checkEdits(app, BY_ANNA, [1], [edit('starts', STARTS), edit('ends', '2026-12-05T17:00:00Z')]);
    expect(kindsOf(events.get(1)?.warnings)).toEqual(['ends-too-early']);
  });

  test('goes by where an event was last seen, also when the list of all is older', async () => {
    const { app, server } = await setUp();
    const { cache } = connectionIn(app);
    await cache.agenda(10_000);
    const bravo = server.world.events.get(2);
    if (bravo !== undefined) server.world.events.set(2, { ...bravo, starts: at('22:00'), ends: at('23:00') });
    await cache.event(2, { waitMs: 10_000, maxAgeMs: 0 });
    expect(kindsOf(checkEdits(app, BY_ANNA, [1], MOVE).events.get(1)?.warnings)).toEqual([]);
  });

  test('says that it is incomplete where nothing is known', async () => {
    const { app } = await setUp();
    expect(checkEdits(app, BY_ANNA, [1], MOVE)).toEqual({ events: new Map(), isComplete: false });
    expect(checkEdits(app, { ...BY_ANNA, guildId: '999' }, [1], MOVE)).toEqual({
      events: new Map(),
      isComplete: false,
    });
  });
});

describe('the checks of a preview', () => {
  test('are the same when another process shows it again', async () => {
    const { app, openAnother } = await setUp();
    await app.queues.stage(BY_ANNA, MOVE, false, NOW);
    const { flush, checks } = await preview(app);
    expect(kindsOf(checks.events.get(1)?.warnings)).toEqual(['overlaps']);
    expect(await checkAgain(openAnother(), BY_ANNA, flush.changes)).toEqual(checks);
  });

  test('go by what the preview showed, not by what has changed since', async () => {
    const { app, server, openAnother } = await setUp();
    await app.queues.stage(BY_ANNA, [edit('starts', '2026-12-01T17:00:00Z')], false, NOW);
    const { flush, checks } = await preview(app);
    const alpha = server.world.events.get(1);
    if (alpha !== undefined) server.world.events.set(1, { ...alpha, starts: '2026-12-01T17:00:00.000000Z' });
    const again = await checkAgain(openAnother(), BY_ANNA, flush.changes);
    expect(again.events.get(1)?.before.starts).toBe(checks.events.get(1)?.before.starts);
  });

  test('are incomplete, and nothing worse, when PERSCOM cannot be read any more', async () => {
    const { app, server, openAnother } = await setUp();
    await app.queues.stage(BY_ANNA, MOVE, false, NOW);
    const { flush } = await preview(app);
    server.world.maintenance = true;
    expect(await checkAgain(openAnother(), BY_ANNA, flush.changes)).toEqual({ events: new Map(), isComplete: false });
  });
});
