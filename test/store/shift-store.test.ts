import Database from 'libsql';
import { expect, test } from 'vitest';
import type { KeptShift } from '../../src/app/shift-port.ts';
import { presentOps } from '../../src/domain/selection.ts';
import { shiftOps } from '../../src/domain/shift.ts';
import { buildEdit, buildEvent } from '../fixtures/domain.ts';
import { BY_ANNA, databasePath, GUILD, OTHER_GUILD, openTestStore } from '../fixtures/store.ts';

const DAY_MS = 86_400_000;

/** Ops whose times can be moved, and others that clocks skip, double, or take all day. */
const OPS = presentOps(
  [
    buildEvent(1),
    buildEvent(2, { starts: '2027-03-27T01:30:00Z', ends: null, registration_deadline: null }),
    buildEvent(3, { starts: '2026-10-24T00:30:00Z', registration_deadline: null }),
    buildEvent(4, { all_day: true }),
  ],
  [buildEdit({ field: 'starts', base: '2026-12-01T18:00:00Z', wanted: '2026-12-02T18:00:00Z' })],
);

const REQUEST = {
  ...{ by: '', to: '03/04', event: '', eventIds: [1, 2], name: 'Op', calendar: '2', from: '', until: 'Sunday' },
};

const KEPT: readonly KeptShift[] = [
  { kind: 'preview', shift: shiftOps(OPS, { days: 1, ms: 0 }, 'Europe/Berlin') },
  { kind: 'preview', shift: { ...shiftOps(OPS, { days: 1, ms: 60_000 }, 'UTC'), leavesEnds: true, leftOut: [1] } },
  { kind: 'chosen', eventIds: [3, 1], by: '+1d', to: 'Sunday' },
  {
    kind: 'question',
    alternatives: [
      { request: { ...REQUEST, to: '2027-04-03' }, dateOrder: 'day-first' },
      { request: { ...REQUEST, eventIds: null }, dateOrder: null },
    ],
  },
];

test('a shift is read back as it was saved, whatever is known of it', async () => {
  const { shifts } = await openTestStore();
  for (const [index, kept] of KEPT.entries()) {
    await shifts.save(BY_ANNA, `s${index}`, kept, 1_000);
    expect(await shifts.load(GUILD, `s${index}`)).toEqual(kept);
  }
});

test('a shift is for the guild in which it was asked for', async () => {
  const { shifts } = await openTestStore();
  await shifts.save(BY_ANNA, 's1', { kind: 'chosen', eventIds: [1], by: '', to: '' }, 1_000);
  expect(await shifts.load(OTHER_GUILD, 's1')).toBeNull();
  expect(await shifts.load(GUILD, 's2')).toBeNull();
});

test('a shift is kept for a day', async () => {
  const { shifts } = await openTestStore();
  await shifts.save(BY_ANNA, 's1', { kind: 'chosen', eventIds: [1], by: '', to: '' }, 0);
  await shifts.save(BY_ANNA, 's2', { kind: 'chosen', eventIds: [1], by: '', to: '' }, DAY_MS);
  expect(await shifts.load(GUILD, 's1')).not.toBeNull();
  await shifts.save(BY_ANNA, 's3', { kind: 'chosen', eventIds: [1], by: '', to: '' }, DAY_MS + 1);
  expect(await shifts.load(GUILD, 's1')).toBeNull();
  expect(await shifts.load(GUILD, 's2')).not.toBeNull();
});

test('a shift that another version kept is no longer kept', async () => {
  const path = databasePath();
  const { shifts } = await openTestStore(path);
  await shifts.save(BY_ANNA, 's1', { kind: 'chosen', eventIds: [1], by: '', to: '' }, 1_000);
  const database = new Database(path);
  database.prepare('UPDATE shift SET content = ?').run(JSON.stringify({ kind: 'preview', shift: {} }));
  database.close();
  expect(await shifts.load(GUILD, 's1')).toBeNull();
});
