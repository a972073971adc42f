import { describe, expect, test } from 'vitest';
import { checkLines, describeWarning, warningLines } from '../../src/discord/check-words.ts';
import type { Neighbour, Warning } from '../../src/domain/checks.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/domain/zones/zone.ts';
import { buildValues } from '../fixtures/domain.ts';
import { type Every, expectSentence, sentencesOf, told } from '../fixtures/words.ts';

const ZONE = 'Europe/Berlin';
const starts = '2026-11-28T19:00:00Z';
const ends = '2026-11-28T18:00:00Z';
const deadline = '2026-11-28T19:30:00Z';
const sat = { first: '2026-11-28', last: '2026-11-28' };
const weekend = { first: '2026-11-28', last: '2026-11-29' };
const nearby = { id: 2, name: 'Op Bravo' } as const;

const NEIGHBOURS: readonly [Neighbour, string][] = [
  [{ ...nearby, kind: 'before', gapMs: 30 * MINUTE_MS }, 'ends 30 min before **Op Bravo** starts'],
  [{ ...nearby, kind: 'before', gapMs: 0 }, 'ends as **Op Bravo** starts'],
  [{ ...nearby, kind: 'before', gapMs: 20_000 }, 'ends less than a minute before **Op Bravo** starts'],
  [{ ...nearby, kind: 'after', gapMs: 30 * MINUTE_MS, hasEnd: true }, 'starts 30 min after **Op Bravo** ends'],
  [{ ...nearby, kind: 'after', gapMs: 0, hasEnd: true }, 'starts as **Op Bravo** ends'],
  [{ ...nearby, kind: 'after', gapMs: MINUTE_MS, hasEnd: false }, 'starts 1 min after **Op Bravo** starts'],
  [{ ...nearby, kind: 'overlapping', overlapMs: 25.5 * HOUR_MS }, 'overlaps **Op Bravo** by 1 day 1 h 30 min'],
  [{ ...nearby, kind: 'overlapping', overlapMs: 0 }, 'is at the same time as **Op Bravo**'],
  [{ ...nearby, kind: 'same-dates' }, 'has dates in common with **Op Bravo**, which takes all day too'],
];

const WARNINGS: Every<Warning> = {
  'ends-too-early': { kind: 'ends-too-early', starts, ends },
  'starts-in-past': { kind: 'starts-in-past', starts },
  'deadline-in-past': { kind: 'deadline-in-past', deadline },
  'deadline-after-start': { kind: 'deadline-after-start', deadline, lateMs: 30 * MINUTE_MS },
  'deadline-after-end': { kind: 'deadline-after-end', deadline },
  overlaps: { kind: 'overlaps', hasEnd: true, neighbours: NEIGHBOURS.map(([neighbour]) => neighbour), more: 1 },
  'series-keeps-rhythm': { kind: 'series-keeps-rhythm' },
  'no-schedule': { kind: 'no-schedule' },
  'schedule-stays': { kind: 'schedule-stays', starts },
  'all-day-off-midnight': { kind: 'all-day-off-midnight', fields: ['starts', 'ends'], dates: weekend },
  'all-day-length': { kind: 'all-day-length', before: sat, after: weekend },
};

const said = told('warning', WARNINGS, (warning) => describeWarning(warning, ZONE));

describe('a warning', () => {
  test.each(said)('%s is whole sentences', (_, sentence) => {
    expectSentence(sentence);
  });

  test('of each kind has words of its own', () => {
    expect(new Set(sentencesOf(said)).size).toBe(said.length);
  });

  test.each(NEIGHBOURS)('of a neighbour %j says how the op lies to it', (neighbour, text) => {
    const one = describeWarning({ kind: 'overlaps', hasEnd: true, neighbours: [neighbour], more: 0 }, ZONE);
    expect(one).toBe(`In its calendar it ${text}.`);
  });

  test('names an op without end by its start, and escapes what others are called', () => {
    const neighbour = { id: 2, name: '**@everyone** <t:0:R>', kind: 'before', gapMs: MINUTE_MS } as const;
    const text = describeWarning({ kind: 'overlaps', hasEnd: false, neighbours: [neighbour], more: 2 }, ZONE);
    expect(text).toContain('it starts 1 min before');
    expect(text).toContain('; and 2 more ops of that calendar.');
    expect(text).toContain('\\*\\*@\u200beveryone\\*\\* \\<t:0:R\\>');
  });

  test('writes times as full dates of the unit, and counts down to them', () => {
    expect(describeWarning(WARNINGS['deadline-after-start'], ZONE)).toBe(
      'Its registration deadline is 30 min after its start: Saturday 28 November 2026, 20:30 (Europe/Berlin) <t:1795894200:R>.',
    );
  });

  test('is a short line, whatever the names', () => {
    const long = { ...nearby, name: '*'.repeat(300) };
    const neighbours = [1, 2, 3].map(() => ({ ...long, kind: 'overlapping', overlapMs: 90 * HOUR_MS }) as const);
    const warnings: readonly Warning[] = [
      { kind: 'overlaps', hasEnd: true, neighbours, more: 9 },
      ...Object.values(WARNINGS),
    ];
    for (const line of warningLines({ warnings }, ZONE)) expect(line.length).toBeLessThan(700);
  });
});

describe('what is said of an event besides its edits', () => {
  const NOW = Date.parse('2026-11-22T12:00:00Z');
  const before = buildValues({ starts, ends: null, notifications_interval: ['p1w', 'p1d'] });

  test('is nothing where there is nothing to say', () => {
    expect(checkLines({ before, after: { ...before, name: 'x' }, warnings: [] }, ZONE, NOW)).toEqual([]);
  });

  test('is its dates if it takes all day, then warnings, then what becomes of its reminders', () => {
    const friday = '2026-11-26T23:00:00Z';
    const was = { ...before, all_day: true, starts: '2026-11-27T23:00:00Z', ends: '2026-11-29T23:00:00Z' };
    const after = { ...was, starts: friday, ends: '2026-11-28T23:00:00Z' };
    const warnings: readonly Warning[] = [{ kind: 'series-keeps-rhythm' }];
    expect(checkLines({ before: was, after, warnings }, ZONE, NOW)).toEqual([
      '📅 All day: ~~Sat 28 – Sun 29 November 2026~~ → Fri 27 – Sat 28 November 2026 (Europe/Berlin)',
      expect.stringMatching(/^⚠️ The series keeps its rhythm/),
      '🔔 Email, Discord (Public) · 1 week before: already past, will not be sent; 1 day before: Thursday 26 November 2026, 00:00 (Europe/Berlin) <t:1795647600:R>',
    ]);
    const [first] = checkLines({ before: { ...was, all_day: false }, after: was, warnings: [] }, ZONE, NOW);
    expect(first).toBe('📅 All day: Sat 28 – Sun 29 November 2026 (Europe/Berlin)');
  });
});
