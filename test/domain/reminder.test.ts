import { describe, expect, test } from 'vitest';
import type { EventValues } from '../../src/domain/event.ts';
import { alertsOf, remindersOf, touchesReminders } from '../../src/domain/reminder.ts';
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

  test('are none without intervals, and without a time for an interval that nobody knows', () => {
    expect(remindersOf(buildValues({ notifications_interval: null }), 0)).toEqual([]);
    expect(remindersOf(buildValues({ notifications_interval: [] }), 0)).toEqual([]);
    expect(remindersOf(buildValues({ starts: STARTS, notifications_interval: ['p2w', 'pt1h'] }), 0)).toEqual([
      { label: '1 hour before', at: '2026-12-08T17:00:00Z', isPast: false },
      { label: 'p2w', at: null, isPast: false },
    ]);
  });
});

describe('what PERSCOM is set to do to remind people of an event', () => {
  const NOW = at('2026-12-07T20:00:00Z');
  const alertsWith = (values: Parameters<typeof buildValues>[0]) =>
    alertsOf(buildValues({ starts: STARTS, ...values }), NOW);

  test('is nothing while notifications or registration are off, or without a channel', () => {
    const channels = ['Email', 'Discord (Public)'];
    expect(alertsWith({ notifications_enabled: false })).toEqual({ kind: 'off', channels });
    expect(alertsWith({ registration_enabled: false })).toEqual({ kind: 'no-sign-up', channels });
    expect(alertsWith({ notifications_channels: [] })).toEqual({ kind: 'no-channels' });
    expect(alertsWith({ notifications_channels: null })).toEqual({ kind: 'no-channels' });
  });

  test('names the channels as its dashboard does, and knows of no times without intervals', () => {
    const notifications_channels = ['sms', 'discord_private', 'pigeon'];
    expect(alertsWith({ notifications_channels, notifications_interval: null })).toEqual({
      kind: 'no-times',
      channels: ['SMS', 'Discord (Private)', 'pigeon'],
    });
  });

  test('has a time for each interval of a single op, and none for those of a series', () => {
    const channels = ['Email', 'Discord (Public)'];
    expect(alertsWith({})).toEqual({
      kind: 'single',
      channels,
      reminders: [
        { label: '1 day before', at: '2026-12-07T18:00:00Z', isPast: true },
        { label: '1 hour before', at: '2026-12-08T17:00:00Z', isPast: false },
      ],
    });
    expect(alertsWith({ repeats: true })).toEqual({
      kind: 'series',
      channels,
      labels: ['1 day before', '1 hour before'],
    });
  });
});

test.each<[Partial<EventValues>, boolean]>([
  [{ starts: '2026-12-09T18:00:00Z' }, true],
  [{ notifications_enabled: false }, true],
  [{ registration_enabled: false }, true],
  [{ notifications_interval: ['p1w'] }, true],
  [{ notifications_channels: null }, true],
  [{ repeats: true }, true],
  [{ notifications_interval: ['p1d', 'pt1h'] }, false],
  [{ ends: '2026-12-09T18:00:00Z', name: 'Op Other' }, false],
])('an edit to %j touches the reminders: %s', (values, isTouched) => {
  expect(touchesReminders(buildValues(), buildValues(values))).toBe(isTouched);
});
