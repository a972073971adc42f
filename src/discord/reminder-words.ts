import type { Alerts, Reminder } from '../domain/reminder.ts';
import { assertNever } from '../domain/result.ts';
import { describeBriefly, describeTime, toSeconds } from '../domain/times/time.ts';
import { plain } from './text.ts';

/** What PERSCOM makes of reminders (perscom-app, a job at 10:00 UTC each day; perscom-api, section 12). */
export const REMINDER_NOTE =
  'Reminder times are what PERSCOM is set to; it sends them for repeating events only, and takes back none that it has queued.';

const describeReminder = ({ label, at, isPast }: Reminder, zone: string): string =>
  `${label}: ${isPast ? 'already past, will not be sent' : `${describeTime(at, zone)} <t:${toSeconds(at)}:R>`}`;

const nameAll = (channels: readonly string[]): string => plain(channels.join(', '));

/** Where and when reminders are set to go out, as a line; times in `zone`. */
export function describeAlerts(alerts: Alerts, zone: string): string {
  switch (alerts.kind) {
    case 'off':
      return '🔕 Notifications are off';
    case 'no-sign-up':
      return '🔕 No reminders, as registration is off';
    case 'no-channels':
      return '🔕 No notification channels';
    case 'no-times':
      return `🔔 ${nameAll(alerts.channels)} · no reminder times`;
    case 'series':
      return `🔔 ${nameAll(alerts.channels)} · by the schedule of the series: ${alerts.labels.join(', ')}`;
    case 'single':
      return `🔔 ${nameAll(alerts.channels)} · ${alerts.reminders.map((one) => describeReminder(one, zone)).join('; ')}`;
    default:
      return assertNever(alerts);
  }
}

/** When reminders are set to go out, as a short line; none for an event that has none. Times in `zone`. */
export function nameReminders(alerts: Alerts, zone: string): readonly string[] {
  if (alerts.kind === 'series') return [`🔔 by the schedule of the series: ${alerts.labels.join(', ')}`];
  if (alerts.kind !== 'single') return [];
  const named = alerts.reminders.map(
    ({ label, at, isPast }) => `${label}: ${isPast ? 'already past, will not be sent' : describeBriefly(at, zone)}`,
  );
  return [`🔔 ${named.join('; ')}`];
}
