import { describe, expect, test } from 'vitest';
import { readTime } from '../../../src/domain/times/read-time.ts';
import type { Reading, TimeError } from '../../../src/domain/times/typed-time.ts';
import { PHRASES, USUAL } from './phrases.ts';

const read = (text: string, reading: Partial<Reading> = {}) => readTime(text, { ...USUAL, ...reading });

/** What `text` is refused with; throws when it is read. */
function refusal(text: string, reading: Partial<Reading> = {}): TimeError {
  const result = read(text, reading);
  if (result.ok) throw new Error(`${text} is read as ${result.value.instant}`);
  return result.error;
}

const outcomeOf = (text: string, reading: Partial<Reading>): readonly string[] => {
  const result = read(text, reading);
  return result.ok
    ? [result.value.instant]
    : [result.error.kind, ...result.error.candidates.map(({ instant }) => instant)];
};

test('there are at least 300 phrases, none twice', () => {
  const rows = PHRASES.flatMap(({ title, rows }) => rows.map(([text]) => `${title}: ${text}`));
  expect(rows.length).toBeGreaterThanOrEqual(300);
  expect(new Set(rows).size).toBe(rows.length);
});

describe.each(PHRASES)('$title', ({ reading, rows }) => {
  test.each(rows)('%j is %s', (text, ...outcome) => {
    expect(outcomeOf(text, reading)).toEqual(outcome);
  });
});

test('what a refused phrase may mean can be typed by anybody', () => {
  for (const { reading, rows } of PHRASES) {
    for (const [text] of rows) {
      const result = read(text, reading);
      for (const candidate of result.ok ? [] : result.error.candidates) {
        const elsewhere = { zone: 'Asia/Kathmandu', unitZone: 'Pacific/Niue', dateOrder: 'month-first' as const };
        const again = read(candidate.text, { ...elsewhere, nowMs: USUAL.nowMs * 2, mayBePast: true });
        expect(again, `${text} → ${candidate.text}`).toMatchObject({ ok: true, value: { instant: candidate.instant } });
      }
    }
  }
});

describe('an understood time says on whose clocks it was read', () => {
  test.each([
    ['28 Nov 19:00', 'Europe/Berlin'],
    ['28 Nov 19:00 Europe/London', 'Europe/London'],
    ['28 Nov 19:00 EUROPE/LONDON', 'Europe/London'],
    ['28 Nov 19:00 US/Central', 'America/Chicago'],
    ['28 Nov 19:00 asia/kolkata', 'Asia/Kolkata'],
    ['28 Nov 19:00 Europe/Kiev', 'Europe/Kyiv'],
    ['28 Nov 19:00 Z', 'Europe/Berlin'],
    ['28 Nov 19:00 +05:45', 'Europe/Berlin'],
    ['281900RNOV26', 'Europe/Berlin'],
    ['281900JNOV26', 'America/New_York'],
    ['281900NOV26', 'America/New_York'],
    ['28 Nov 19:00 ET', 'America/New_York'],
    ['28 Nov 19:00 PST', 'America/Los_Angeles'],
    ['28 Jul 2027 19:00 PST', 'Europe/Berlin'],
    ['+1d', 'Europe/Berlin'],
  ])('%j: %s', (text, zone) => {
    const result = read(text, { unitZone: 'America/New_York', present: '2026-11-28T18:00:00Z' });
    expect(result).toMatchObject({ ok: true, value: { zone } });
  });

  test('or would be read, had it not been refused', () => {
    const zonesOf = (text: string) => refusal(text).candidates.map(({ zone }) => zone);
    expect(zonesOf('28 Nov 19:00 CST')).toEqual(['America/Chicago', 'Asia/Shanghai', 'America/Havana']);
    expect(zonesOf('21 Nov 19:00 ET')).toEqual(['America/New_York', 'America/New_York']);
  });
});

describe('a refusal', () => {
  test('says what the clocks jump from and to', () => {
    expect(refusal('2027-03-28 02:30')).toMatchObject({
      kind: 'skipped-by-dst',
      zone: 'Europe/Berlin',
      before: '2027-03-28 02:00',
      after: '2027-03-28 03:00',
    });
  });

  test('names what it does not know', () => {
    expect(refusal('28 Nov 19:00 Mars/Base')).toMatchObject({ kind: 'unknown-zone', name: 'Mars/Base' });
    expect(refusal('19:00 XyzT')).toMatchObject({ kind: 'unknown-zone', name: 'XyzT' });
    expect(refusal('28 Nov 19:00 cst')).toMatchObject({ kind: 'ambiguous-zone', name: 'CST' });
  });

  test('says what each candidate takes the clocks for, where that is in question', () => {
    const meanings = (text: string) => refusal(text).candidates.map(({ meaning }) => meaning);
    expect(meanings('28 Nov 19:00 IST')).toEqual(['IST in Kolkata', 'IST in Dublin', 'IST in Jerusalem']);
    expect(meanings('28 Nov 19:00 London')).toEqual(['London']);
    expect(meanings('0730p')).toEqual([undefined, 'zone P']);
  });

  test('names a date that has not the weekday beside it', () => {
    expect(refusal('Fri 28 Nov 1900')).toMatchObject({ kind: 'other-weekday', day: '2026-11-28' });
    expect(refusal('Sun 1 Jan 10:00')).toMatchObject({ kind: 'other-weekday', day: '2027-01-01' });
  });

  test('of a past time says which one', () => {
    expect(refusal('21 Nov 19:00')).toMatchObject({ kind: 'past', instant: '2026-11-21T18:00:00Z' });
  });

  test('says which order of day and month each candidate shows', () => {
    const orders = refusal('03/04 1900').candidates.map(({ dateOrder }) => dateOrder);
    expect(orders).toEqual(['day-first', 'month-first']);
    expect(refusal('21 Nov 19:00').candidates.map(({ dateOrder }) => dateOrder)).toEqual([null, null]);
  });

  test('of a time in several ways unclear offers every combination, and leaves nothing open', () => {
    const { kind, candidates } = refusal('03/04/2027 19:00 CST');
    expect([kind, candidates.length]).toEqual(['ambiguous-order', 6]);
  });

  test.each(['', '3h', '2h30', 'soon', 'tomorrow 19'])('of %j gives an example that is read', (text) => {
    const error = refusal(text);
    const example = error.kind === 'unreadable-time' ? error.example : '';
    expect(read(example, { present: '2026-11-28T18:00:00Z' }).ok, example).toBe(true);
  });
});
