import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { buildEvent as buildStored } from '../../sandbox/perscom/world.ts';
import type { App } from '../../src/app/app.ts';
import { queueShift, replaceShifted } from '../../src/app/queue-shift.ts';
import {
  changeShift,
  chooseEvents,
  NO_REQUEST,
  type ShiftPreview,
  shiftChosen,
  shiftEvents,
  shiftInstead,
  viewShift,
} from '../../src/app/shift-events.ts';
import type { ShiftedOp } from '../../src/domain/shift.ts';
import { NOW, preview, setUpApp } from '../fixtures/app.ts';
import { buildWanted } from '../fixtures/domain.ts';
import { ANNA, BY_ANNA, BY_BEN, GUILD, OTHER_GUILD } from '../fixtures/store.ts';

/** Op 1 as these tests find it. */
const TIMES = {
  starts: '2026-12-01T18:00:00.000000Z',
  ends: '2026-12-01T20:00:00.000000Z',
  registration_deadline: null,
};
const [STARTS, ENDS] = ['2026-12-01T18:00:00Z', '2026-12-01T20:00:00Z'];
const [NEXT_START, NEXT_END] = ['2026-12-02T18:00:00Z', '2026-12-02T20:00:00Z'];
const A_DAY_LATER = { ...NO_REQUEST, by: '+1d', event: '1' };

/** A shift of op 1 by a day, shown to Anna. */
async function shown(app: App): Promise<ShiftPreview> {
  const shifted = await shiftEvents(app, BY_ANNA, A_DAY_LATER);
  if (!shifted.ok) throw new Error(`no shift: ${shifted.error.kind}`);
  return shifted.value;
}

async function queued(app: App, id: string, caller = BY_ANNA) {
  const staging = await queueShift(app, caller, id);
  if (!staging.ok) throw new Error(`not queued: ${staging.error.kind}`);
  return staging.value;
}

const kinds = ({ staged }: { readonly staged: readonly { readonly kind: string }[] }): readonly string[] =>
  staged.map(({ kind }) => kind);

const wantedIn = async ({ queues }: App): Promise<readonly unknown[]> =>
  (await queues.load(GUILD)).edits.map(({ field, base, wanted }) => [field, base, wanted]);

const startsOf = ([op]: readonly ShiftedOp[]) => op?.times[0]?.to;

describe('a shift of the ops with a name', () => {
  const THE_ALPHAS = { ...NO_REQUEST, by: '+1d', name: 'alpha' };

  test('moves them as they are now, and counts those that are gone or called otherwise since the list was read', async () => {
    const { app, server } = await setUpApp(TIMES);
    for (const id of [2, 3, 4]) server.world.events.set(id, buildStored({ id, name: `Op Alpha ${id}` }, NOW));
    expect(await shiftEvents(app, BY_ANNA, THE_ALPHAS)).toMatchObject({ ok: true, value: { shift: { gone: 0 } } });
    server.world.events.delete(2);
    server.world.events.set(3, buildStored({ id: 3, name: 'Op Bravo' }, NOW));
    server.world.events.set(4, buildStored({ id: 4, name: 'Op Alpha', starts: '2026-12-09T18:00:00.000000Z' }, NOW));
    const shifted = await shiftEvents(app, BY_ANNA, THE_ALPHAS);
    const ops = shifted.ok ? shifted.value.shift.ops : [];
    expect(ops.map(({ eventId }) => eventId)).toEqual([1, 4]);
    expect(startsOf(ops.slice(1))).toEqual({ ok: true, value: '2026-12-10T18:00:00Z' });
    expect(shifted).toMatchObject({ value: { shift: { gone: 2 } } });
  });

  test('goes by the names and days that are queued', async () => {
    const { app } = await setUpApp(TIMES);
    await app.queues.stage(BY_BEN, [buildWanted({ field: 'name', wanted: 'Op Zulu' })], false, NOW);
    expect(await shiftEvents(app, BY_ANNA, THE_ALPHAS)).toEqual({ ok: false, error: { kind: 'no-match', past: 0 } });
    expect(await shiftEvents(app, BY_ANNA, { ...THE_ALPHAS, name: 'zulu' })).toMatchObject({ ok: true });
  });
});

describe('a shift', () => {
  test('queues absolute times over what PERSCOM held, once, whoever clicks and however often', async () => {
    const { app } = await setUpApp(TIMES);
    const { id } = await shown(app);
    expect(await wantedIn(app)).toEqual([]);
    expect(kinds(await queued(app, id))).toEqual(['queued', 'queued']);
    const edits = [
      ['starts', STARTS, NEXT_START],
      ['ends', ENDS, NEXT_END],
    ];
    expect(await wantedIn(app)).toEqual(edits);
    expect(kinds(await queued(app, id))).toEqual(['already-queued', 'already-queued']);
    expect(kinds(await queued(app, id, BY_BEN))).toEqual(['already-queued', 'already-queued']);
    expect(await wantedIn(app)).toEqual(edits);
  });

  test('is in conflict at the flush where PERSCOM changed after it was shown, and no half of it is sent', async () => {
    const { app, server } = await setUpApp(TIMES);
    const { id } = await shown(app);
    const event = server.world.events.get(1);
    if (event !== undefined) server.world.events.set(1, { ...event, starts: '2026-12-01T17:00:00.000000Z' });
    await queued(app, id);
    const { changes } = (await preview(app)).flush;
    expect(changes.map(({ edit, state }) => [edit.field, state])).toEqual([
      ['starts', 'conflict'],
      ['ends', 'held'],
    ]);
  });

  test('leaves an op whole where another moderator queued one of its times meanwhile, until it is told to replace that', async () => {
    const { app } = await setUpApp(TIMES);
    const { id } = await shown(app);
    const theirs = buildWanted({ field: 'starts', base: STARTS, wanted: '2026-12-01T19:00:00Z' });
    await app.queues.stage(BY_BEN, [theirs], true, NOW);
    const staging = await queued(app, id);
    expect(kinds(staging)).toEqual(['contested', 'held']);
    expect(await wantedIn(app)).toEqual([['starts', STARTS, theirs.wanted]]);
    const replaced = await replaceShifted(app, BY_ANNA, staging.contestId ?? '');
    expect(replaced.ok && kinds(replaced.value)).toEqual(['replaced', 'queued']);
    expect(await replaceShifted(app, BY_BEN, staging.contestId ?? '')).toMatchObject({
      error: { kind: 'no-such-contest' },
    });
  });

  test('is replaced over all that its author was shown, however many have queued its times', async () => {
    const { app } = await setUpApp(TIMES);
    const theirStart = buildWanted({ field: 'starts', base: STARTS, wanted: '2026-12-01T19:00:00Z' });
    await app.queues.stage(BY_BEN, [theirStart], true, NOW);
    const { id } = await shown(app);
    const theirEnd = buildWanted({ field: 'ends', base: ENDS, wanted: '2026-12-01T23:00:00Z' });
    await app.queues.stage(BY_BEN, [theirEnd], true, NOW);
    const staging = await queued(app, id);
    expect(kinds(staging)).toEqual(['held', 'contested']);
    const replaced = await replaceShifted(app, BY_ANNA, staging.contestId ?? '');
    expect(replaced.ok && kinds(replaced.value)).toEqual(['replaced', 'replaced']);
  });

  test('that was flushed is there already, and is not shown anew', async () => {
    const { app, server } = await setUpApp(TIMES);
    const before = [
      buildWanted({ field: 'starts', base: STARTS, wanted: NEXT_START }),
      buildWanted({ field: 'ends', base: ENDS, wanted: NEXT_END }),
    ];
    await app.queues.stage(BY_ANNA, before, true, NOW);
    const { id } = await shown(app);
    await queued(app, id);
    const { edits } = await app.queues.load(GUILD);
    const event = server.world.events.get(1);
    if (event === undefined) throw new Error('no op');
    const stored = Object.fromEntries(
      edits.map(({ field, wanted }) => [field, String(wanted).replace('Z', '.000000Z')]),
    );
    server.world.events.set(1, { ...event, ...stored });
    await app.queues.remove(
      GUILD,
      edits.map((edit) => edit.id),
    );
    const again = await queued(app, id);
    expect([...new Set(kinds(again)), again.outdatedId]).toEqual(['holds', null]);
    expect(await wantedIn(app)).toEqual([]);
  });

  test('that is told to replace what stands in its way leaves alone the ops of which the queue is not as shown', async () => {
    const times = {
      ...TIMES,
      ends: '2026-12-06T20:00:00.000000Z',
      registration_deadline: '2026-11-30T18:00:00.000000Z',
    };
    const { app, server } = await setUpApp(times);
    server.world.events.set(2, buildStored({ ...times, id: 2 }, NOW));
    const shifted = await shiftEvents(app, BY_ANNA, { ...NO_REQUEST, by: '+2d', eventIds: [1, 2] });
    if (!shifted.ok) throw new Error(`no shift: ${shifted.error.kind}`);
    const { id } = shifted.value;
    const left = await changeShift(app, BY_ANNA, id, (shift) => ({ ...shift, leavesEnds: true }));
    if (!left.ok) throw new Error('not changed');
    const theirs = [
      buildWanted({ field: 'starts', base: STARTS, wanted: '2026-12-01T19:00:00Z' }),
      buildWanted({ eventId: 2, field: 'ends', base: '2026-12-06T20:00:00Z', wanted: '2026-12-02T18:00:00Z' }),
    ];
    await app.queues.stage(BY_BEN, theirs, true, NOW);
    const staging = await queued(app, left.value.id);
    expect(kinds(staging)).toEqual(['contested', 'held', 'outdated', 'outdated']);
    const replaced = await replaceShifted(app, BY_ANNA, staging.contestId ?? '');
    expect(replaced.ok && replaced.value.staged.map(({ kind, edit }) => [kind, edit.eventId, edit.field])).toEqual([
      ['replaced', 1, 'starts'],
      ['queued', 1, 'registration_deadline'],
    ]);
  });

  test('stays as it was shown when another one is made of it', async () => {
    const { app } = await setUpApp(TIMES);
    const { id } = await shown(app);
    const changed = await changeShift(app, BY_ANNA, id, (shift) => ({ ...shift, leftOut: [1] }));
    if (!changed.ok) throw new Error('not changed');
    expect(await queueShift(app, BY_ANNA, changed.value.id)).toMatchObject({ error: { kind: 'nothing-to-move' } });
    expect(kinds(await queued(app, id))).toEqual(['queued', 'queued']);
  });

  test('is known in its own guild only, and by what it is', async () => {
    const { app } = await setUpApp(TIMES);
    const { id } = await shown(app);
    const none = { ok: false, error: { kind: 'no-such-shift' } };
    expect(await viewShift(app, { ...BY_ANNA, guildId: OTHER_GUILD }, id)).toEqual(none);
    expect(await shiftChosen(app, BY_ANNA, id, { by: '+1d', to: '' })).toEqual(none);
    expect(await shiftInstead(app, BY_ANNA, id, 0)).toEqual(none);
    const chosen = await chooseEvents(app, BY_ANNA, [1]);
    expect(await queueShift(app, BY_ANNA, chosen)).toEqual(none);
    expect(await changeShift(app, BY_ANNA, chosen, (shift) => shift)).toEqual(none);
  });
});

test('events that were chosen from a list are moved once it is said how far', async () => {
  const { app } = await setUpApp(TIMES);
  const chosen = await chooseEvents(app, BY_ANNA, [1, 77]);
  const by = await shiftChosen(app, BY_ANNA, chosen, { by: '+1d', to: '' });
  expect(by.ok && startsOf(by.value.shift.ops)).toEqual({ ok: true, value: NEXT_START });
  expect(by.ok && by.value.shift.gone).toBe(1);
  const to = await shiftChosen(app, BY_ANNA, chosen, { by: '', to: '2026-12-02' });
  expect(to.ok && startsOf(to.value.shift.ops)).toEqual({ ok: true, value: NEXT_START });
  expect(await shiftChosen(app, BY_ANNA, chosen, { by: '', to: '' })).toMatchObject({ error: { kind: 'by-or-to' } });
});

test('a candidate of a refused text makes the same shift with that, and the order of its numbers is remembered', async () => {
  const { app } = await setUpApp(TIMES);
  const alternatives = [
    { request: { ...A_DAY_LATER, by: '', to: '2026-12-01' }, dateOrder: 'month-first' as const },
    { request: { ...A_DAY_LATER, by: '', to: '2026-12-02' }, dateOrder: 'day-first' as const },
  ];
  await app.shifts.save(BY_ANNA, 'question', { kind: 'question', alternatives }, NOW);
  const shifted = await shiftInstead(app, BY_ANNA, 'question', 1);
  expect(shifted.ok && startsOf(shifted.value.shift.ops)).toEqual({ ok: true, value: NEXT_START });
  expect(app.settings.habitsOf(ANNA).dateOrder).toBe('day-first');
  expect(await shiftInstead(app, BY_ANNA, 'question', 2)).toMatchObject({ error: { kind: 'no-such-shift' } });
});

describe('a PERSCOM that cannot be read', () => {
  test('makes no shift, and says why', async () => {
    const { app, server } = await setUpApp(TIMES);
    server.world.maintenance = true;
    for (const request of [A_DAY_LATER, { ...NO_REQUEST, by: '+1d', name: 'Op' }])
      expect(await shiftEvents(app, BY_ANNA, request)).toEqual({
        ok: false,
        error: { kind: 'api', error: { kind: 'maintenance' } },
      });
  });

  test('is not waited for longer than a moderator would', async () => {
    const { app, holdReading } = await setUpApp(TIMES);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const { held, letGo } = holdReading();
    const shifted = shiftEvents(app, BY_ANNA, A_DAY_LATER);
    await held;
    await vi.advanceTimersByTimeAsync(8_000);
    expect(await shifted).toEqual({ ok: false, error: { kind: 'slow' } });
    letGo();
  });
});
