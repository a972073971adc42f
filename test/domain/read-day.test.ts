import { describe, expect, test } from 'vitest';
import { readDay } from '../../src/domain/read-time.ts';
import { USUAL } from './phrases.ts';

type Day = readonly [text: string, outcome: string, ...candidates: readonly string[]];

/** On Sunday 22 November 2026. */
const DAYS: readonly Day[] = [
  ['2026-11-28', '2026-11-28'],
  ['2026-1-2', '2026-01-02'],
  ['28 Nov', '2026-11-28'],
  ['Nov 28', '2026-11-28'],
  ['28 November 2024', '2024-11-28'],
  ['28 Nov 1999', '1999-11-28'],
  ['28NOV26', '2026-11-28'],
  ['28 NOV 26', '2026-11-28'],
  ['28.11.', '2026-11-28'],
  ['28.11.2025', '2025-11-28'],
  ['28/11', '2026-11-28'],
  ['11/28', '2026-11-28'],
  ['1 Jan', '2026-01-01'],
  ['Sat', '2026-11-28'],
  ['Sunday', '2026-11-22'],
  ['next Saturday', '2026-11-28'],
  ['next Sunday', '2026-11-29'],
  ['today', '2026-11-22'],
  ['tomorrow', '2026-11-23'],
  ['day after tomorrow', '2026-11-24'],
  ['yesterday', '2026-11-21'],
  ['+1w', '2026-11-29'],
  ['-30d', '2026-10-23'],
  ['in 2 weeks', '2026-12-06'],
  ['2 weeks later', '2026-12-06'],
  ['Sat 28 Nov', '2026-11-28'],
  ['Mon 28 Nov', 'no-such-date', '2026-11-28', '2026-11-30'],
  ['03/04', 'ambiguous-order', '2026-04-03', '2026-03-04'],
  ['31 Feb', 'no-such-date', '2026-02-28', '2026-03-01'],
  ['29.2.2027', 'no-such-date', '2027-02-28', '2027-03-01'],
  ['13/13', 'no-such-date'],
  ['28 Nov 19:00', 'unreadable-time'],
  ['2026-11-28 19:00', 'unreadable-time'],
  ['19:00', 'unreadable-time'],
  ['281900ZNOV26', 'unreadable-time'],
  ['+2h', 'unreadable-time'],
  ['1d', 'unreadable-time'],
  ['28 Nov CET', 'unreadable-time'],
  ['', 'unreadable-time'],
  ['soon', 'unreadable-time'],
];

describe('a typed day', () => {
  test.each(DAYS)('%j is %s', (text, outcome, ...candidates) => {
    const read = readDay(text, USUAL);
    const offered = read.ok ? [] : read.error.candidates.map((candidate) => candidate.text);
    expect([read.ok ? read.value : read.error.kind, ...offered]).toEqual([outcome, ...candidates]);
  });

  test('is one of the unit, wherever its author is', () => {
    const niue = { ...USUAL, zone: 'Europe/Berlin', unitZone: 'Pacific/Niue' };
    expect(readDay('today', niue)).toEqual({ ok: true, value: '2026-11-21' });
    expect(readDay('today', { ...niue, unitZone: 'Pacific/Kiritimati' })).toEqual({ ok: true, value: '2026-11-23' });
  });

  test('is read in the order that its author writes', () => {
    expect(readDay('03/04', { ...USUAL, dateOrder: 'month-first' })).toEqual({ ok: true, value: '2026-03-04' });
  });

  test('that is unclear is offered with the instant at which it begins, even where clocks skip midnight', () => {
    const read = readDay('6/9', { ...USUAL, unitZone: 'America/Santiago' });
    expect(read).toMatchObject({
      ok: false,
      error: {
        candidates: [
          { instant: '2026-09-06T04:00:00Z', text: '2026-09-06', zone: 'America/Santiago', dateOrder: 'day-first' },
          { instant: '2026-06-09T04:00:00Z', text: '2026-06-09', zone: 'America/Santiago', dateOrder: 'month-first' },
        ],
      },
    });
  });

  test('can be typed as it is offered', () => {
    for (const [text] of DAYS) {
      const read = readDay(text, USUAL);
      for (const candidate of read.ok ? [] : read.error.candidates)
        expect(readDay(candidate.text, USUAL)).toEqual({ ok: true, value: candidate.text });
    }
  });
});
