import type { Instant } from '../domain/event.ts';
import type { Alerts, Reminder } from '../domain/reminder.ts';
import { assertNever } from '../domain/result.ts';
import { describeBriefly, describeTime, toSeconds } from '../domain/times/time.ts';
import { plain } from './text.ts';

/** What PERSCOM makes of reminders (perscom-app, a job at 10:00 UTC each day; perscom-api, section 12). */
export const REMINDER_NOTE =
  'Reminder times are what PERSCOM is set to; it sends them for repeating events only, and takes back none that it has queued.';

/** One reminder, with its time as `show` shows it. */
function describeReminder({ label, at, isPast }: Reminder, show: (at: Instant) => string): string {
  if (at === null) return `${plain(label, 60)}: when that is I do not know`;
  return `${label}: ${isPast ? 'already past, will not be sent' : show(at)}`;
}

const nameAll = (names: readonly string[]): string => plain(names.join(', '), 200);

/** The channels of an event that has no reminders. */
const idle = (channels: readonly string[]): string =>
  channels.length === 0 ? 'no channels' : `channels: ${nameAll(channels)}`;

/** Where and when reminders are set to go out, as a line; times in `zone`. */
export function describeAlerts(alerts: Alerts, zone: string): string {
  switch (alerts.kind) {
    case 'off':
      return `🔕 Notifications are off · ${idle(alerts.channels)}`;
    case 'no-sign-up':
      return `🔕 No reminders, as registration is off · ${idle(alerts.channels)}`;
    case 'no-channels':
      return '🔕 No notification channels';
    case 'no-times':
      return `🔔 ${nameAll(alerts.channels)} · no reminder times`;
    case 'series':
      return `🔔 ${nameAll(alerts.channels)} · by the schedule of the series: ${nameAll(alerts.labels)}`;
    case 'single': {
      const show = (at: Instant): string => `${describeTime(at, zone)} <t:${toSeconds(at)}:R>`;
      return `🔔 ${nameAll(alerts.channels)} · ${alerts.reminders.map((one) => describeReminder(one, show)).join('; ')}`;
    }
    default:
      return assertNever(alerts);
  }
}

/** When reminders are set to go out, as a short line; none for an event that has none. Times in `zone`. */
export function nameReminders(alerts: Alerts, zone: string): readonly string[] {
  if (alerts.kind === 'series') return [`🔔 by the schedule of the series: ${nameAll(alerts.labels)}`];
  if (alerts.kind !== 'single') return [];
  const named = alerts.reminders.map((one) => describeReminder(one, (at) => describeBriefly(at, zone)));
  return [`🔔 ${named.join('; ')}`];
}
