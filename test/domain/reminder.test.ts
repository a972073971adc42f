import { describe, expect, test } from 'vitest';
import { channelsOf, remindersOf } from '../../src/domain/reminder.ts';
import { buildValues } from '../fixtures/domain.ts';

const STARTS = '2026-12-08T18:00:00Z';
const at = (instant: string): number => Date.parse(instant);

describe('the reminders of an event', () => {
  test('come earliest first, each as long before the start as its interval says', () => {
    const values = buildValues({ starts: STARTS, notifications_interval: ['pt0m', 'pt15m', 'pt1h', 'p1d', 'p1w'] });
    expect(remindersOf(values, at('2026-11-01T00:00:00Z'))).toEqual([
      { label: '1 week before', at: '2026-12-01T18:00:00Z', isPast: false },
      { label: '1 day before', at: '2026-12-07T18:00:00Z', isPast: false },
      { label: '1 hour before', at: '2026-12-08T17:00:00Z', isPast: false },
      { label: '15 minutes before', at: '2026-12-08T17:45:00Z', isPast: false },
      { label: 'At time of event', at: STARTS, isPast: false },
    ]);
  });

  test('are past as soon as their time is over', () => {
    const values = buildValues({ starts: STARTS, notifications_interval: ['p1d', 'pt1h'] });
    const isPastAt = (now: string) => remindersOf(values, at(now)).map(({ isPast }) => isPast);
    expect(isPastAt('2026-12-07T18:00:00Z')).toEqual([false, false]);
    expect(isPastAt('2026-12-07T18:00:01Z')).toEqual([true, false]);
    expect(isPastAt('2026-12-09T00:00:00Z')).toEqual([true, true]);
  });

  test('are none without intervals, and none for an interval that nobody knows', () => {
    expect(remindersOf(buildValues({ notifications_interval: null }), 0)).toEqual([]);
    expect(remindersOf(buildValues({ notifications_interval: [] }), 0)).toEqual([]);
    expect(remindersOf(buildValues({ notifications_interval: ['p2w', 'pt1h'] }), 0)).toHaveLength(1);
  });
});

test("the channels of an event are named as PERSCOM's dashboard names them", () => {
  expect(channelsOf(buildValues({ notifications_channels: ['sms', 'discord_private', 'pigeon'] }))).toEqual([
    'SMS',
    'Discord (Private)',
    'pigeon',
  ]);
  expect(channelsOf(buildValues({ notifications_channels: null }))).toEqual([]);
});
