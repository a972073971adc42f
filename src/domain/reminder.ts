import type { EventValues, Instant } from './event.ts';
import { CHANNELS, INTERVALS, labelOf } from './field.ts';
import { before, toMillis } from './time.ts';

/** One reminder of an event: when PERSCOM is set to send it, and whether that is past. */
export type Reminder = { readonly label: string; readonly at: Instant; readonly isPast: boolean };

/** The reminders that an event is set to, earliest first. An interval that we do not know has no time and is left out. */
export function remindersOf(values: EventValues, nowMs: number): readonly Reminder[] {
  const chosen = INTERVALS.filter(({ value }) => values.notifications_interval?.includes(value) ?? false);
  return chosen.map(({ label, secondsBefore }) => {
    const at = before(values.starts, secondsBefore);
    return { label, at, isPast: toMillis(at) < nowMs };
  });
}

/** The labels of an event's notification channels. */
export const channelsOf = ({ notifications_channels }: EventValues): readonly string[] =>
  (notifications_channels ?? []).map((channel) => labelOf(CHANNELS, channel));
