import { describe, expect, test } from 'vitest';
import {
  describeBriefly,
  describeDate,
  describeTime,
  formatTime,
  before as instantBefore,
  parseInstant,
  toMillis,
  toSeconds,
} from '../../../src/domain/times/time.ts';

const BERLIN = 'Europe/Berlin';

describe('an instant that is shown in a form', () => {
  test.each([
    ['2026-11-28T18:00:00Z', BERLIN, '2026-11-28 19:00'],
    ['2026-11-28T18:00:07Z', BERLIN, '2026-11-28 19:00:07'],
    ['2026-10-25T00:30:00Z', BERLIN, '2026-10-25 02:30 +02:00'],
    ['2026-10-25T01:30:05Z', BERLIN, '2026-10-25 02:30:05 +01:00'],
  ])('%s in %s reads %j', (instant, zone, text) => {
    expect(formatTime(instant, zone)).toBe(text);
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
