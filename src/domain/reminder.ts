import type { EventValues, Instant } from './event.ts';
import { CHANNELS, INTERVALS, labelOf } from './field.ts';
import { secondsBefore, toMillis } from './time.ts';

const SECONDS_BEFORE: Readonly<Record<string, number>> = {
  p1w: 604_800,
  p1d: 86_400,
  pt1h: 3_600,
  pt15m: 900,
  pt0m: 0,
};

/** One reminder of an event: when PERSCOM is set to send it, and whether that is past. */
export type Reminder = { readonly label: string; readonly at: Instant; readonly isPast: boolean };

/** The reminders that an event is set to, earliest first. An interval that we do not know has no time and is left out. */
export function remindersOf(values: EventValues, nowMs: number): readonly Reminder[] {
  return INTERVALS.filter(({ value }) => values.notifications_interval?.includes(value) ?? false).map(
    ({ value, label }) => {
      const at = secondsBefore(values.starts, SECONDS_BEFORE[value] ?? 0);
      return { label, at, isPast: toMillis(at) < nowMs };
    },
  );
}

/** The labels of an event's notification channels. */
export const channelsOf = ({ notifications_channels }: EventValues): readonly string[] =>
  (notifications_channels ?? []).map((channel) => labelOf(CHANNELS, channel));
