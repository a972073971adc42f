import { describe, expect, test } from 'vitest';
import { readDay } from '../../../src/domain/times/read-time.ts';
import { USUAL } from './phrases.ts';

type Day = readonly [text: string, outcome: string, ...candidates: readonly string[]];

/** On Sunday 22 November 2026. */
const DAYS: readonly Day[] = [
  ['2026-11-28', '2026-11-28'],
  ['2027-1-2', '2027-01-02'],
  ['2026-1-2', 'past', '2027-01-02', '2026-01-02'],
  ['28 Nov', '2026-11-28'],
  ['Nov 28', '2026-11-28'],
  ['28 November 2024', 'past', '2026-11-28', '2024-11-28'],
  ['28 Nov 1999', 'past', '2026-11-28', '1999-11-28'],
  ['29 Feb 2024', 'past', '2028-02-29', '2024-02-29'],
  ['28NOV26', '2026-11-28'],
  ['28 NOV 26', '2026-11-28'],
  ['28.11.', '2026-11-28'],
  ['28.11.2025', 'past', '2026-11-28', '2025-11-28'],
  ['28/11', '2026-11-28'],
  ['11/28', '2026-11-28'],
  ['1 Jan', 'past', '2027-01-01', '2026-01-01'],
  ['21 Nov', 'past', '2027-11-21', '2026-11-21'],
  ['22 Nov', '2026-11-22'],
  ['Sat', '2026-11-28'],
  ['Sunday', '2026-11-22'],
  ['next Saturday', '2026-11-28'],
  ['next Sunday', '2026-11-29'],
  ['today', '2026-11-22'],
  ['tomorrow', '2026-11-23'],
  ['day after tomorrow', '2026-11-24'],
  ['yesterday', 'past', '2026-11-22', '2026-11-21'],
  ['+1w', '2026-11-29'],
  ['-30d', 'past', '2026-10-23'],
  ['in 2 weeks', '2026-12-06'],
  ['2 weeks later', '2026-12-06'],
  ['Sat 28 Nov', '2026-11-28'],
  ['Mon 28 Nov', 'other-weekday', '2026-11-28', '2026-11-30'],
  ['Sat 23 Nov', 'other-weekday', '2026-11-23', '2026-11-28'],
  ['Fri 1 Jan', 'past', '2027-01-01', '2026-01-01'],
  ['Sun 1 Jan', 'other-weekday', '2027-01-01', '2027-01-03'],
  ['03/04', 'ambiguous-order', '2027-04-03', '2027-03-04'],
  ['Sat 03/04/2027', '2027-04-03'],
  ['Thu 03/04/2027', '2027-03-04'],
  ['Mon 03/04/2027', 'ambiguous-order', '2027-04-03', '2027-04-05', '2027-03-04', '2027-03-01'],
  ['26-11-28', 'ambiguous-order', '2028-11-26', '2026-11-28'],
  ['31 Feb', 'no-such-date', '2027-02-28', '2027-03-01'],
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

/** On Sunday 22 November 2026, where a day may be past. */
const PERHAPS_PAST: readonly Day[] = [
  ['28 Nov 2024', '2024-11-28'],
  ['yesterday', '2026-11-21'],
  ['-30d', '2026-10-23'],
  ['1 Nov', '2026-11-01'],
  ['1 June', '2026-06-01'],
  ['5 Jan', '2027-01-05'],
  ['5 Jan 2026', '2026-01-05'],
  ['20 Dec', '2026-12-20'],
  ['03/04', 'ambiguous-order', '2027-04-03', '2027-03-04'],
  ['31 Feb', 'no-such-date', '2027-02-28', '2027-03-01'],
  ['Mon 1 Nov', 'other-weekday', '2026-11-01', '2026-11-02'],
];

/** The same, for the last of the days from 20 December 2026 on. */
const LAST_DAYS: readonly Day[] = [
  ['5 Jan', '2027-01-05'],
  ['1 Nov', '2027-11-01'],
  ['1 Nov 2026', '2026-11-01'],
  ['24 Dec', '2026-12-24'],
  ['Sun', '2026-12-20'],
  ['Mon', '2026-12-21'],
  ['tomorrow', '2026-11-23'],
];

describe('a typed day', () => {
  const PAST = { ...USUAL, mayBePast: true };
  const outcomeOf = (read: ReturnType<typeof readDay>): readonly string[] =>
    read.ok ? [read.value] : [read.error.kind, ...read.error.candidates.map(({ text }) => text)];

  test.each(DAYS)('%j is %s', (text, ...outcome) => {
    expect(outcomeOf(readDay(text, USUAL))).toEqual(outcome);
  });

  test.each(PERHAPS_PAST)('that may be past: %j is %s', (text, ...outcome) => {
    expect(outcomeOf(readDay(text, PAST))).toEqual(outcome);
  });

  test.each(LAST_DAYS)('that is the last from another on: %j is %s', (text, ...outcome) => {
    expect(outcomeOf(readDay(text, PAST, '2026-12-20'))).toEqual(outcome);
  });

  test('is the next such weekday from another on, and asked about where that is past', () => {
    expect(outcomeOf(readDay('fri', USUAL, '2026-11-19'))).toEqual(['past', '2026-11-27', '2026-11-20']);
    expect(outcomeOf(readDay('sun', USUAL, '2026-11-19'))).toEqual(['2026-11-22']);
  });

  test('is one of the unit, wherever its author is', () => {
    const niue = { ...USUAL, zone: 'Europe/Berlin', unitZone: 'Pacific/Niue' };
    expect(readDay('today', niue)).toEqual({ ok: true, value: '2026-11-21' });
    expect(readDay('today', { ...niue, unitZone: 'Pacific/Kiritimati' })).toEqual({ ok: true, value: '2026-11-23' });
  });

  test('is read in the order that its author writes', () => {
    expect(readDay('03/04', { ...PAST, dateOrder: 'month-first' })).toEqual({ ok: true, value: '2027-03-04' });
    expect(readDay('Sat 03/04/2027', { ...USUAL, dateOrder: 'month-first' })).toEqual({
      ok: true,
      value: '2027-04-03',
    });
  });

  test('that is unclear is offered with the instant at which it begins, even where clocks skip midnight', () => {
    const read = readDay('6/9/2026', { ...PAST, unitZone: 'America/Santiago' });
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
        expect(readDay(candidate.text, PAST)).toEqual({ ok: true, value: candidate.text });
    }
  });
});
