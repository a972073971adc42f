import { describe, expect, test } from 'vitest';
import type { Instant } from '../../../src/domain/event.ts';
import {
  addDays,
  countDays,
  type Dates,
  datesOf,
  dayOf,
  describeDates,
  isDayBreak,
  startOfDay,
} from '../../../src/domain/times/all-day.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, offsetAt } from '../../../src/domain/zones/zone.ts';

const ZONES = [...Intl.supportedValuesOf('timeZone'), 'Etc/GMT+12', 'Etc/GMT-14'];
const at = (millis: number): Instant => `${new Date(millis).toISOString().slice(0, 19)}Z`;

/** The days of a year around which something may go wrong in `zone`: those on which its clocks switch, and two others. */
function oddDays(zone: string, year: number): readonly string[] {
  const days = Array.from({ length: 366 }, (_, index) => Date.UTC(year, 0, 1) + index * DAY_MS);
  const isSwitch = (ms: number) => offsetAt(zone, ms) !== offsetAt(zone, ms + DAY_MS);
  const switches = days.filter(isSwitch).flatMap((ms) => [ms - DAY_MS, ms, ms + DAY_MS]);
  return [...switches, Date.UTC(year, 1, 28), Date.UTC(year, 11, 31)].map((ms) =>
    new Date(ms).toISOString().slice(0, 10),
  );
}

describe('the dates of an all-day event', () => {
  test.each<[Instant, Instant | null, string, Dates]>([
    ['2026-11-27T23:00:00Z', '2026-11-28T23:00:00Z', 'Europe/Berlin', { first: '2026-11-28', last: '2026-11-28' }],
    ['2026-11-27T23:00:00Z', '2026-11-29T23:00:00Z', 'Europe/Berlin', { first: '2026-11-28', last: '2026-11-29' }],
    ['2026-11-27T23:00:00Z', '2026-11-29T22:59:00Z', 'Europe/Berlin', { first: '2026-11-28', last: '2026-11-29' }],
    ['2026-11-27T23:00:00Z', '2026-11-27T23:00:00Z', 'Europe/Berlin', { first: '2026-11-28', last: '2026-11-28' }],
    ['2026-11-27T23:00:00Z', null, 'Europe/Berlin', { first: '2026-11-28', last: '2026-11-28' }],
    ['2026-11-28T00:00:00Z', '2026-11-29T00:00:00Z', 'America/New_York', { first: '2026-11-27', last: '2026-11-28' }],
    ['2026-11-28T00:00:00Z', '2026-11-29T00:00:00Z', 'Pacific/Kiritimati', { first: '2026-11-28', last: '2026-11-29' }],
    ['2026-11-28T10:00:00Z', '2026-11-28T08:00:00Z', 'UTC', { first: '2026-11-28', last: '2026-11-28' }],
    ['2026-04-23T22:00:00Z', '2026-04-24T22:00:00Z', 'Africa/Cairo', { first: '2026-04-24', last: '2026-04-25' }],
    ['2026-04-22T22:00:00Z', '2026-04-23T22:00:00Z', 'Africa/Cairo', { first: '2026-04-23', last: '2026-04-23' }],
  ])('%s to %s in %s', (starts, ends, zone, dates) => {
    expect(datesOf({ starts, ends }, zone)).toEqual(dates);
  });

  test('are those that were meant in every zone there is, also as its clocks switch, for ops of one to three days', () => {
    const wrong: string[] = [];
    for (const zone of ZONES)
      for (const first of oddDays(zone, 2026))
        for (const days of [1, 2, 3]) {
          const starts = at(startOfDay(first, zone));
          const endMs = startOfDay(addDays(first, days), zone);
          const last = addDays(first, days - 1);
          for (const ends of [endMs, endMs - MINUTE_MS, endMs - 1000]) {
            const dates = datesOf({ starts, ends: at(ends) }, zone);
            if (dates.first !== first || dates.last !== last) wrong.push(`${first} +${days} in ${zone}`);
          }
        }
    expect(wrong).toEqual([]);
  });
});

test('a day begins where its date does, in every zone, and nowhere else', () => {
  const wrong: string[] = [];
  for (const zone of ZONES)
    for (const day of oddDays(zone, 2026)) {
      const begins = startOfDay(day, zone);
      const isRight = isDayBreak(begins, zone) && dayOf(begins, zone) === day && dayOf(begins - 1000, zone) < day;
      if (!isRight || isDayBreak(begins - HOUR_MS, zone) || isDayBreak(begins + 5 * HOUR_MS, zone))
        wrong.push(`${day} in ${zone}`);
    }
  expect(wrong).toEqual([]);
});

test.each<[Dates, string, number]>([
  [{ first: '2026-11-28', last: '2026-11-28' }, 'Sat 28 November 2026', 1],
  [{ first: '2026-11-28', last: '2026-11-29' }, 'Sat 28 – Sun 29 November 2026', 2],
  [{ first: '2026-11-30', last: '2026-12-01' }, 'Mon 30 November – Tue 1 December 2026', 2],
  [{ first: '2026-12-31', last: '2027-01-01' }, 'Thu 31 December 2026 – Fri 1 January 2027', 2],
  [{ first: '2028-02-28', last: '2028-03-01' }, 'Mon 28 February – Wed 1 March 2028', 3],
])('%j is written %s', (dates, text, days) => {
  expect(describeDates(dates)).toBe(text);
  expect(countDays(dates)).toBe(days);
});
