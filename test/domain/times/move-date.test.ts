import { describe, expect, test } from 'vitest';
import { dayOf as dayAt } from '../../../src/domain/times/all-day.ts';
import { moveDate } from '../../../src/domain/times/move-date.ts';
import { DAY_MS, instantsShowing, offsetAt } from '../../../src/domain/zones/zone.ts';

const ZONES = Intl.supportedValuesOf('timeZone');
const iso = (millis: number): string => `${new Date(millis).toISOString().slice(0, 19)}Z`;
const dayOf = (instant: string, zone: string): string => dayAt(Date.parse(instant), zone);
const plusDays = (day: string, days: number): string => iso(Date.parse(day) + days * DAY_MS).slice(0, 10);

/** The days from 2024 to 2030 around which the clocks of a zone change, looked for week by week. */
function switchesOf(zone: string): readonly number[] {
  const weeks = Array.from({ length: 366 }, (_, week) => Date.UTC(2024, 0, 1) + week * 7 * DAY_MS);
  return weeks.filter((millis) => offsetAt(zone, millis) !== offsetAt(zone, millis + 7 * DAY_MS));
}

/** Starts of all-day events: the beginnings of days on the zone's clocks, and midnights UTC, as PERSCOM may have them. */
const startsAround = (zone: string, millis: number): readonly string[] =>
  Array.from({ length: 9 }, (_, day) => Math.floor(millis / DAY_MS) * DAY_MS + (day - 1) * DAY_MS).flatMap((midnight) =>
    [midnight, ...instantsShowing(midnight, zone)].map(iso),
  );

test('whole days move dates by just as many in every zone, around every change of its clocks from 2024 to 2030', () => {
  const wrong: string[] = [];
  let checked = 0;
  for (const zone of ZONES)
    for (const millis of switchesOf(zone))
      for (const start of startsAround(zone, millis))
        for (const days of [-7, 1]) {
          const moved = moveDate(start, days, zone);
          checked += 1;
          if (moved === null || dayOf(moved, zone) !== plusDays(dayOf(start, zone), days))
            wrong.push(`${start} ${days} in ${zone}: ${moved}`);
        }
  expect(wrong).toEqual([]);
  expect(checked).toBeGreaterThan(30_000);
});

test('the beginning of a day stays one, there and back, in every zone', () => {
  const wrong: string[] = [];
  for (const zone of ZONES)
    for (const millis of switchesOf(zone))
      for (const start of startsAround(zone, millis).filter(
        (at) => dayOf(iso(Date.parse(at) - 1000), zone) < dayOf(at, zone),
      )) {
        const there = moveDate(start, 3, zone) ?? '';
        const isBeginning = dayOf(iso(Date.parse(there) - 1000), zone) < dayOf(there, zone);
        if (!isBeginning || moveDate(there, -3, zone) !== start) wrong.push(`${start} in ${zone}: ${there}`);
      }
  expect(wrong).toEqual([]);
});

describe('a day that has no midnight', () => {
  test('begins when its clocks do', () => {
    expect(moveDate('2024-04-24T22:00:00Z', 1, 'Africa/Cairo')).toBe('2024-04-25T22:00:00Z');
    expect(dayOf('2024-04-25T22:00:00Z', 'Africa/Cairo')).toBe('2024-04-26');
  });

  test('takes a time that it skips at the nearest that it has', () => {
    const half = moveDate('2024-04-24T22:30:00Z', 1, 'Africa/Cairo') ?? '';
    expect(dayOf(half, 'Africa/Cairo')).toBe('2024-04-26');
  });
});

test('there is no moving to a day that a zone left out, nor beyond the year 9999', () => {
  expect(moveDate('2011-12-29T10:00:00Z', 1, 'Pacific/Apia')).toBeNull();
  expect(moveDate('2026-11-28T00:00:00Z', 3_650_000, 'UTC')).toBeNull();
  expect(moveDate('2026-11-28T00:00:00Z', Number.MAX_SAFE_INTEGER, 'UTC')).toBeNull();
});
