import fc from 'fast-check';
import { IANAZone } from 'luxon';
import { describe, expect, test } from 'vitest';
import {
  describeBriefly,
  describeDate,
  describeTime,
  formatTime,
  before as instantBefore,
  parseInstant,
  parseTime,
  toMillis,
  toSeconds,
} from '../../src/domain/time.ts';

const BERLIN = 'Europe/Berlin';
const ZONES = Intl.supportedValuesOf('timeZone');
const HOUR = 3_600;
const [FROM, TO] = [Date.parse('2000-01-01T00:00:00Z') / 1000, Date.parse('2037-12-31T23:59:59Z') / 1000];

const instantAt = (epochSeconds: number): string => `${new Date(epochSeconds * 1000).toISOString().slice(0, 19)}Z`;
/** A clock that shows `wallSeconds` since 1970, as it would be typed. */
const wallText = (wallSeconds: number): string => instantAt(wallSeconds).replace('T', ' ').slice(0, 19);
const offsetAt = (zone: string, seconds: number): number => IANAZone.create(zone).offset(seconds * 1000) * 60;

type Transition = { readonly zone: string; readonly at: number; readonly before: number; readonly after: number };

/** The switches of a zone's clocks in one year; `at` is the first second with the new offset, in seconds. */
function transitionsIn(zone: string, year: number): Transition[] {
  const found: Transition[] = [];
  const step = 7 * 24 * HOUR;
  const start = Date.UTC(year, 0, 1) / 1000;
  for (let week = 0; week < 53; week += 1) {
    let [low, high] = [start + week * step, start + (week + 1) * step];
    const [before, after] = [offsetAt(zone, low), offsetAt(zone, high)];
    if (before === after) continue;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (offsetAt(zone, middle) === before) low = middle;
      else high = middle;
    }
    found.push({ zone, at: high, before, after });
  }
  return found;
}

const someTransition = fc
  .tuple(fc.constantFrom(...ZONES), fc.integer({ min: 2000, max: 2037 }))
  .chain(([zone, year]) => {
    const transitions = transitionsIn(zone, year);
    return transitions.length === 0 ? fc.constant(null) : fc.constantFrom(...transitions);
  })
  .filter((transition) => transition !== null);

describe('a typed time', () => {
  test.each([
    ['2026-11-28 19:00', BERLIN, '2026-11-28T18:00:00Z'],
    ['2026-07-28 19:00', BERLIN, '2026-07-28T17:00:00Z'],
    ['2026-11-28 19:00', 'UTC', '2026-11-28T19:00:00Z'],
    ['2026-11-28 19:00', 'Asia/Kathmandu', '2026-11-28T13:15:00Z'],
    ['2026-11-28 19:00', 'America/Los_Angeles', '2026-11-29T03:00:00Z'],
    ['2026-11-28 19:00:07', BERLIN, '2026-11-28T18:00:07Z'],
    ['2026-11-28T19:00', BERLIN, '2026-11-28T18:00:00Z'],
    ['  2026-11-28   19:00 ', BERLIN, '2026-11-28T18:00:00Z'],
    ['2026-1-2 3:04', BERLIN, '2026-01-02T02:04:00Z'],
    ['2028-02-29 00:00', 'UTC', '2028-02-29T00:00:00Z'],
  ])('%j on the clocks of %s means %s', (text, zone, instant) => {
    expect(parseTime(text, zone)).toEqual({ ok: true, value: instant });
  });

  test.each([
    ['2026-11-28 19:00 Z', '2026-11-28T19:00:00Z'],
    ['2026-11-28 19:00z', '2026-11-28T19:00:00Z'],
    ['2026-11-28 19:00 +01:00', '2026-11-28T18:00:00Z'],
    ['2026-11-28 19:00+0100', '2026-11-28T18:00:00Z'],
    ['2026-11-28 19:00 -05:00', '2026-11-29T00:00:00Z'],
    ['2026-11-28 19:00 +05:45', '2026-11-28T13:15:00Z'],
    ['2026-11-28 19:00 +14:00', '2026-11-28T05:00:00Z'],
  ])('%j means what its offset says, whatever the zone', (text, instant) => {
    expect(parseTime(text, 'America/New_York')).toEqual({ ok: true, value: instant });
  });

  test.each([
    ['', 'tomorrow', '19:00', '2026-11-28', '28.11.2026 19:00', '11/28/2026 7:00 PM', '2026-11-28 7pm'],
    [
      '2026-11-28 19',
      '2026-11-28 19:00 CET',
      '2026-11-28 19:00 and more',
      '20261128 1900',
      '0026-11-28 19:00',
      '٢٠٢٦-11-28 19:00',
    ],
  ])('is not read when it is in another form, and the refusal shows the form', (...texts) => {
    for (const text of texts)
      expect(parseTime(text, BERLIN), text).toEqual({
        ok: false,
        error: { kind: 'unreadable-time', example: '2026-11-28 19:00' },
      });
  });

  test('takes its own example', () => {
    const refused = parseTime('?', BERLIN);
    const example = !refused.ok && refused.error.kind === 'unreadable-time' ? refused.error.example : '';
    expect(parseTime(example, BERLIN).ok).toBe(true);
  });

  test.each([
    '2026-02-31 10:00',
    '2027-02-29 10:00',
    '2026-04-31 10:00',
    '2026-13-01 10:00',
    '2026-00-10 10:00',
    '2026-11-00 10:00',
    '2026-11-28 24:00',
    '2026-11-28 25:00',
    '2026-11-28 19:60',
    '2026-11-28 19:00:60',
    '2026-11-28 24:00 Z',
    '2026-02-31 10:00 +01:00',
    '2026-11-28 19:00 +25:00',
    '2026-11-28 19:00 +01:99',
    '9999-12-31 23:59 -05:00',
  ])('%j is in no calendar and on no clock', (text) => {
    expect(parseTime(text, BERLIN)).toEqual({ ok: false, error: { kind: 'no-such-date' } });
  });
});

describe('a time that the clocks skip', () => {
  test.each([
    ['2027-03-28 02:30', BERLIN, '2027-03-28 02:00', '2027-03-28 03:00'],
    ['2027-03-28 02:00', BERLIN, '2027-03-28 02:00', '2027-03-28 03:00'],
    ['2027-03-28 02:59:59', BERLIN, '2027-03-28 02:00', '2027-03-28 03:00'],
    ['2027-03-14 02:30', 'America/New_York', '2027-03-14 02:00', '2027-03-14 03:00'],
    ['2026-10-04 02:15', 'Australia/Lord_Howe', '2026-10-04 02:00', '2026-10-04 02:30'],
    ['2011-12-30 12:00', 'Pacific/Apia', '2011-12-30 00:00', '2011-12-31 00:00'],
  ])('%s in %s is refused with what the clocks jump from and to', (text, zone, before, after) => {
    expect(parseTime(text, zone)).toEqual({ ok: false, error: { kind: 'skipped-by-dst', zone, before, after } });
  });

  test('is not the minute before or after the gap', () => {
    expect(parseTime('2027-03-28 01:59', BERLIN)).toEqual({ ok: true, value: '2027-03-28T00:59:00Z' });
    expect(parseTime('2027-03-28 03:00', BERLIN)).toEqual({ ok: true, value: '2027-03-28T01:00:00Z' });
  });

  test('is refused, in every zone and at every second of the gap', () => {
    const gap = someTransition.filter(({ before, after }) => after > before);
    fc.assert(
      fc.property(gap, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (transition, part) => {
        const { zone, at, before, after } = transition;
        const wall = at + before + Math.floor(part * (after - before));
        const [edgeBefore, edgeAfter] = [wallText(at + before).slice(0, 16), wallText(at + after).slice(0, 16)];
        expect(parseTime(wallText(wall), zone), `${wallText(wall)} ${zone}`).toEqual({
          ok: false,
          error: { kind: 'skipped-by-dst', zone, before: edgeBefore, after: edgeAfter },
        });
      }),
      { numRuns: 150 },
    );
  });
});

describe('a time that the clocks show twice', () => {
  test.each([
    ['2026-10-25 02:30', BERLIN, ['2026-10-25 02:30 +02:00', '2026-10-25 02:30 +01:00']],
    ['2026-10-25 02:00', BERLIN, ['2026-10-25 02:00 +02:00', '2026-10-25 02:00 +01:00']],
    ['2026-10-25 02:30:07', BERLIN, ['2026-10-25 02:30:07 +02:00', '2026-10-25 02:30:07 +01:00']],
    ['2026-11-01 01:15', 'America/New_York', ['2026-11-01 01:15 -04:00', '2026-11-01 01:15 -05:00']],
    ['2026-04-05 01:45', 'Australia/Lord_Howe', ['2026-04-05 01:45 +11:00', '2026-04-05 01:45 +10:30']],
  ])('%s in %s is refused with both candidates, the earlier first', (text, zone, candidates) => {
    expect(parseTime(text, zone)).toEqual({ ok: false, error: { kind: 'ambiguous-by-dst', zone, candidates } });
  });

  test('is over when the clocks show the hour after', () => {
    expect(parseTime('2026-10-25 03:00', BERLIN)).toEqual({ ok: true, value: '2026-10-25T02:00:00Z' });
  });

  test('is refused with candidates that are read as exactly the two instants it may mean', () => {
    const overlap = someTransition.filter(({ before, after }) => after < before);
    fc.assert(
      fc.property(overlap, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (transition, part) => {
        const { zone, at, before, after } = transition;
        const wall = at + after + Math.floor(part * (before - after));
        const parsed = parseTime(wallText(wall), zone);
        expect(parsed, `${wallText(wall)} ${zone}`).toMatchObject({
          ok: false,
          error: { kind: 'ambiguous-by-dst', zone },
        });
        if (parsed.ok || parsed.error.kind !== 'ambiguous-by-dst') return;
        const meant = parsed.error.candidates.map((candidate) => parseTime(candidate, zone));
        expect(meant).toEqual([wall - before, wall - after].map((at) => ({ ok: true, value: instantAt(at) })));
      }),
      { numRuns: 150 },
    );
  });
});

describe('an instant that is shown in a form', () => {
  test.each([
    ['2026-11-28T18:00:00Z', BERLIN, '2026-11-28 19:00'],
    ['2026-11-28T18:00:07Z', BERLIN, '2026-11-28 19:00:07'],
    ['2026-10-25T00:30:00Z', BERLIN, '2026-10-25 02:30 +02:00'],
    ['2026-10-25T01:30:05Z', BERLIN, '2026-10-25 02:30:05 +01:00'],
  ])('%s in %s reads %j', (instant, zone, text) => {
    expect(formatTime(instant, zone)).toBe(text);
  });

  const readsBack = (zone: string, epochSeconds: number): void => {
    const instant = instantAt(epochSeconds);
    expect(parseTime(formatTime(instant, zone), zone), `${instant} ${zone}`).toEqual({ ok: true, value: instant });
  };

  test.each([
    ['America/Scoresbysund', '2023-10-28T23:59:59Z'],
    ['Asia/Almaty', '2004-10-30T18:59:59Z'],
    ['Asia/Ust-Nera', '2011-09-12T10:59:59Z'],
    ['Pacific/Apia', '2010-09-26T11:00:00Z'],
    ['Pacific/Norfolk', '2015-10-03T15:29:59Z'],
  ])('is read back in %s, whose clocks were far from where they are today', (zone, instant) => {
    readsBack(zone, Date.parse(instant) / 1000);
  });

  test('is read back as itself in every zone', () => {
    const anyTime = fc.integer({ min: FROM, max: TO });
    fc.assert(
      fc.property(anyTime, (seconds) => {
        for (const zone of ZONES) readsBack(zone, seconds);
      }),
      { numRuns: 15 },
    );
  });

  test('is read back as itself to the second where the clocks are switched', () => {
    fc.assert(
      fc.property(someTransition, fc.integer({ min: -2 * HOUR, max: 2 * HOUR }), ({ zone, at }, near) => {
        for (const seconds of [at - 1, at, at + 1, at + near, at + near - (near % 60)]) readsBack(zone, seconds);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a described time', () => {
  test('is a full date that names its zone', () => {
    expect(describeTime('2026-11-28T18:00:00Z', BERLIN)).toBe('Saturday 28 November 2026, 19:00 (Europe/Berlin)');
  });

  test('has seconds and an offset only where they tell it from another', () => {
    expect(describeDate('2026-11-28T18:00:30Z', BERLIN)).toBe('Saturday 28 November 2026, 19:00:30');
    expect(describeDate('2026-10-25T01:30:00Z', BERLIN)).toBe('Sunday 25 October 2026, 02:30 +01:00');
  });

  test('is short in lists', () => {
    expect(describeBriefly('2026-11-28T23:30:00Z', BERLIN)).toBe('Sun 29 Nov 2026 00:30');
  });
});

describe("PERSCOM's ISO times", () => {
  test.each([
    ['2026-12-01T18:00:00.000000Z', '2026-12-01T18:00:00Z'],
    ['2026-12-01T18:00:00.999999Z', '2026-12-01T18:00:00Z'],
    ['2026-12-01T18:30:00+02:00', '2026-12-01T16:30:00Z'],
    ['2026-12-01 18:00:00', '2026-12-01T18:00:00Z'],
    ['2026-12-01', '2026-12-01T00:00:00Z'],
  ])('%s is the instant %s', (iso, instant) => {
    expect(parseInstant(iso)).toBe(instant);
  });

  test.each([
    '',
    'soon',
    '2026-02-31T10:00:00Z',
    '2026-12-01T25:00:00Z',
    '18:00',
    '18:00:00Z',
    'T18:00:00Z',
    '2026',
    '2026-12',
    '2026-W49-2',
    '2026-335',
    '20261201T180000Z',
    '2026-12-01x',
  ])('%j is none, as it names no date of a calendar', (iso) => {
    expect(parseInstant(iso)).toBeNull();
  });

  test('count in milliseconds and in seconds, forwards and back', () => {
    expect(toMillis('2001-09-09T01:46:40Z')).toBe(1_000_000_000_000);
    expect(toSeconds('2001-09-09T01:46:40Z')).toBe(1_000_000_000);
    expect(instantBefore('2026-03-01T00:15:00Z', 900)).toBe('2026-03-01T00:00:00Z');
    expect(instantBefore('2026-03-01T00:00:00Z', 86_400)).toBe('2026-02-28T00:00:00Z');
  });
});
