import { describe, expect, test } from 'vitest';
import { moveInstant, readMove } from '../../../src/domain/times/read-time.ts';

const HOUR = 3_600_000;

describe('a typed distance', () => {
  test.each([
    ['+1d', { days: 1, ms: 0 }],
    ['1d', { days: 1, ms: 0 }],
    ['-90m', { days: 0, ms: -1.5 * HOUR }],
    ['+1w 2h', { days: 7, ms: 2 * HOUR }],
    ['-1w 2h', { days: -7, ms: -2 * HOUR }],
    ['+1d -2h', { days: 1, ms: -2 * HOUR }],
    ['- 1 day', { days: -1, ms: 0 }],
    ['1.5h', { days: 0, ms: 1.5 * HOUR }],
    ['2h30', { days: 0, ms: 2.5 * HOUR }],
    ['2 weeks and 1 day', { days: 15, ms: 0 }],
    ['1 day later', { days: 1, ms: 0 }],
    ['2h earlier', { days: 0, ms: -2 * HOUR }],
  ])('%j is %j', (text, move) => {
    expect(readMove(text)).toEqual(move);
  });

  test.each([
    '',
    '+',
    '1',
    '+1',
    '0d',
    '+1d -1d',
    '+0100',
    'd',
    '1.5d',
    '+1d 8pm',
    '+1d x',
    'next Saturday',
    '+1 y',
    '1e3d',
  ])('%j is none', (text) => {
    expect(readMove(text)).toBeNull();
  });
});

describe('an instant that is moved', () => {
  const BERLIN = 'Europe/Berlin';
  const moved = (instant: string, text: string, zone = BERLIN) => {
    const move = readMove(text);
    if (move === null) throw new Error(`${text} is no distance`);
    return moveInstant(instant, move, zone);
  };

  test.each([
    ['2027-03-27T18:00:00Z', '+1d', '2027-03-28T17:00:00Z'],
    ['2027-03-27T18:00:00Z', '+24h', '2027-03-28T18:00:00Z'],
    ['2027-10-30T17:00:00Z', '+1d', '2027-10-31T18:00:00Z'],
    ['2027-10-31T18:00:00Z', '-1d', '2027-10-30T17:00:00Z'],
    ['2027-03-27T00:30:07Z', '+1d 1h', '2027-03-28T01:30:07Z'],
    ['2027-03-28T01:30:07Z', '-1d 1h', '2027-03-27T00:30:07Z'],
  ])('%s %s is %s in Berlin', (instant, text, result) => {
    expect(moved(instant, text)).toEqual({ ok: true, value: result });
  });

  test('is refused where the clocks skip or double its time of day, with what may be meant', () => {
    expect(moved('2027-03-27T01:30:00Z', '+1d')).toMatchObject({
      ok: false,
      error: {
        kind: 'skipped-by-dst',
        before: '2027-03-28 02:00',
        after: '2027-03-28 03:00',
        candidates: [{ instant: '2027-03-28T00:30:00Z' }, { instant: '2027-03-28T01:30:00Z' }],
      },
    });
    expect(moved('2027-10-30T00:30:00Z', '+1d 1h')).toMatchObject({
      ok: false,
      error: {
        kind: 'ambiguous-by-dst',
        candidates: [{ instant: '2027-10-31T01:30:00Z' }, { instant: '2027-10-31T02:30:00Z' }],
      },
    });
  });

  test('is refused beyond the years 1 to 9999', () => {
    const refused = { ok: false, error: { kind: 'no-such-date', candidates: [] } };
    expect(moved('9999-12-31T12:00:00Z', '+1d')).toEqual(refused);
    expect(moved('9999-12-31T12:00:00Z', '+12h')).toEqual(refused);
    expect(moved('2026-11-28T18:00:00Z', '-999999w')).toEqual(refused);
    expect(moved('2026-11-28T18:00:00Z', '+999999w 999999w 999999w 999999w')).toEqual(refused);
  });
});
