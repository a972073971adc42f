import { describe, expect, test } from 'vitest';
import { createSnapshots, isTouched, markOf, showInputs } from '../../src/app/snapshots.ts';
import { snapshotOf, type Typed } from '../../src/domain/snapshot.ts';
import { buildEdit, buildEvent } from '../fixtures/domain.ts';

const IN_BERLIN = { zone: 'Europe/Berlin', unitZone: 'Europe/Berlin' };
const SCHEDULE = snapshotOf(buildEvent(1), 'schedule', [], IN_BERLIN);

/** A memory whose keys are `1`, `2`, and so on. */
function setUp() {
  let made = 0;
  return createSnapshots(() => String(++made));
}

test('what a form showed is found again by its key, which is a new id', () => {
  const snapshots = setUp();
  const text = snapshotOf(buildEvent(2), 'text', [], IN_BERLIN);
  expect([snapshots.remember(SCHEDULE), snapshots.remember(text)]).toEqual(['1', '2']);
  expect([snapshots.recall('1'), snapshots.recall('2')]).toEqual([SCHEDULE, text]);
});

test('a key that this process never made leads to nothing', () => {
  const snapshots = setUp();
  snapshots.remember(SCHEDULE);
  expect([snapshots.recall('2'), snapshots.recall(''), setUp().recall('1')]).toEqual([null, null, null]);
});

test('a form that is opened again has another key, and neither takes the place of the other', () => {
  const snapshots = setUp();
  const moved = snapshotOf(buildEvent(1, { starts: '2026-12-08T18:00:00Z' }), 'schedule', [], IN_BERLIN);
  const keys = [SCHEDULE, SCHEDULE, moved].map((snapshot) => snapshots.remember(snapshot));
  expect(new Set(keys).size).toBe(3);
  expect(keys.map((key) => snapshots.recall(key))).toEqual([SCHEDULE, SCHEDULE, moved]);
});

test('of more than 2,000 forms, those that were opened longest ago are forgotten', () => {
  const snapshots = setUp();
  const keys = Array.from({ length: 2_002 }, (_, id) => snapshots.remember({ ...SCHEDULE, eventId: id + 1 }));
  const known = keys.filter((key) => snapshots.recall(key) !== null);
  expect(known).toEqual(keys.slice(2));
  expect(snapshots.recall(keys[2_001] ?? '')?.eventId).toBe(2_002);
});

describe('the mark of an input', () => {
  test.each<[Typed, Typed]>([
    ['one\ntwo', ' one\r\ntwo '],
    [
      ['mail', 'sms'],
      ['sms', 'mail'],
    ],
    [true, true],
  ])('is the same for %j and %j, between which Discord makes no difference', (a, b) => {
    expect(markOf(a)).toBe(markOf(b));
  });

  test('is another for every other input', () => {
    const marks = ['', 'a', 'A', 'true', 'mail', true, false, [], ['mail'], ['mail', 'sms']].map(markOf);
    expect(new Set(marks).size).toBe(marks.length);
    expect(marks.filter((mark) => !/^[A-Za-z0-9_-]{10}$/.test(mark))).toEqual([]);
  });

  test('is the same in every process and in every version, as forms outlive both', () => {
    expect([markOf(''), markOf('Stratis'), markOf(true), markOf(['sms', 'mail'])]).toEqual([
      'Eq4yyx7ALQ',
      '1x0NLDT9OM',
      'tb6kG2xiP3',
      'AqgY3lWn6a',
    ]);
  });
});

describe('the inputs of a form', () => {
  test('show its values on the clocks of who types, each with its mark', () => {
    const inputs = showInputs(SCHEDULE);
    expect([...inputs].map(([field, { typed }]) => [field, typed])).toEqual([
      ['starts', '2026-12-01 19:00'],
      ['ends', '2026-12-01 21:00'],
      ['all_day', false],
      ['repeats', false],
    ]);
    for (const { typed, mark } of inputs.values()) expect(mark).toBe(markOf(typed));
    expect(showInputs({ ...SCHEDULE, zone: 'UTC' }).get('starts')).toEqual({
      typed: '2026-12-01 18:00',
      mark: markOf('2026-12-01 18:00'),
    });
  });

  test('show the queued value where there is one, and carry a mark of it and of what PERSCOM holds', () => {
    const queued = buildEdit({ field: 'location', base: 'Altis', wanted: 'Stratis' });
    const inputs = showInputs(snapshotOf(buildEvent(1), 'details', [queued], IN_BERLIN));
    const { typed = '', mark = '' } = inputs.get('location') ?? {};
    expect([typed, isTouched({ typed, mark })]).toEqual(['Stratis', false]);
    expect(isTouched({ typed: 'Malden', mark })).toBe(true);
    expect(mark).not.toBe(markOf('Stratis'));
    expect(inputs.get('calendar_id')).toEqual({ typed: ['2'], mark: markOf(['2']) });
  });
});
