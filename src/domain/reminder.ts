import type { EventValues, Instant } from './event.ts';
import { CHANNELS, type Field, INTERVALS, labelOf } from './field.ts';
import { before, toMillis } from './times/time.ts';
import { meansSame } from './value.ts';

/** One reminder of an event: when PERSCOM is set to send it, null if that is not known, and whether that is past. */
export type Reminder = { readonly label: string; readonly at: Instant | null; readonly isPast: boolean };

/** The reminders that an event is set to, earliest first. Those that we do not know come last, as one without a time. */
export function remindersOf({ starts, notifications_interval }: EventValues, nowMs: number): readonly Reminder[] {
  const chosen = notifications_interval ?? [];
  const known = INTERVALS.filter(({ value }) => chosen.includes(value)).map(({ label, secondsBefore }) => {
    const at = before(starts, secondsBefore);
    return { label, at, isPast: toMillis(at) < nowMs };
  });
  const others = chosen.filter((value) => INTERVALS.every((interval) => interval.value !== value));
  return others.length === 0 ? known : [...known, { label: others.join(', '), at: null, isPast: false }];
}

/** The labels of an event's notification channels. */
const channelsOf = ({ notifications_channels }: EventValues): readonly string[] =>
  (notifications_channels ?? []).map((channel) => labelOf(CHANNELS, channel));

/** What PERSCOM is set to do to remind people of an event. */
export type Alerts =
  | { readonly kind: 'off'; readonly channels: readonly string[] }
  | { readonly kind: 'no-sign-up'; readonly channels: readonly string[] }
  | { readonly kind: 'no-channels' }
  | { readonly kind: 'no-times'; readonly channels: readonly string[] }
  /** They come before every op of a series, whose schedule the API does not show. */
  | { readonly kind: 'series'; readonly channels: readonly string[]; readonly labels: readonly string[] }
  | { readonly kind: 'single'; readonly channels: readonly string[]; readonly reminders: readonly Reminder[] };

/** Whether and when an event with these values has reminders (perscom-api, section 12). */
export function alertsOf(values: EventValues, nowMs: number): Alerts {
  const channels = channelsOf(values);
  if (!values.notifications_enabled) return { kind: 'off', channels };
  if (!values.registration_enabled) return { kind: 'no-sign-up', channels };
  if (channels.length === 0) return { kind: 'no-channels' };
  const reminders = remindersOf(values, nowMs);
  if (reminders.length === 0) return { kind: 'no-times', channels };
  if (values.repeats) return { kind: 'series', channels, labels: reminders.map(({ label }) => label) };
  return { kind: 'single', channels, reminders };
}

/** The fields on which reminders depend. */
const ALERT_FIELDS = [
  'starts',
  'repeats',
  'registration_enabled',
  'notifications_enabled',
  'notifications_interval',
  'notifications_channels',
] as const satisfies readonly Field[];

/** Whether an edit does something to an event's reminders. */
export const touchesReminders = (before: EventValues, after: EventValues): boolean =>
  ALERT_FIELDS.some((field) => !meansSame(before[field], after[field]));
