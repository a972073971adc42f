import { expect, test } from 'vitest';
import { describeAlerts } from '../../src/discord/reminder-words.ts';
import type { EventValues } from '../../src/domain/event.ts';
import { alertsOf } from '../../src/domain/reminder.ts';
import { buildValues } from '../fixtures/domain.ts';

const BASE = { starts: '2026-12-08T18:00:00Z', notifications_interval: ['pt1h'] };

test.each<[Partial<EventValues>, string]>([
  [{}, '🔔 Email, Discord (Public) · 1 hour before: Tuesday 8 December 2026, 17:00 (UTC) <t:1796749200:R>'],
  [{ notifications_enabled: false }, '🔕 Notifications are off · channels: Email, Discord (Public)'],
  [{ registration_enabled: false }, '🔕 No reminders, as registration is off · channels: Email, Discord (Public)'],
  [{ notifications_enabled: false, notifications_channels: [] }, '🔕 Notifications are off · no channels'],
  [{ notifications_channels: null }, '🔕 No notification channels'],
  [{ notifications_interval: [] }, '🔔 Email, Discord (Public) · no reminder times'],
  [{ notifications_interval: ['p2*w'] }, '🔔 Email, Discord (Public) · p2\\*w: when that is I do not know'],
  [{ repeats: true }, '🔔 Email, Discord (Public) · by the schedule of the series: 1 hour before'],
  [
    { repeats: true, notifications_interval: ['p2w', 'pt1h'] },
    '🔔 Email, Discord (Public) · by the schedule of the series: 1 hour before, p2w',
  ],
])('an event with %j is told as “%s”', (values, line) => {
  const alerts = alertsOf(buildValues({ ...BASE, ...values }), Date.parse('2026-12-01T00:00:00Z'));
  expect(describeAlerts(alerts, 'UTC')).toBe(line);
});
