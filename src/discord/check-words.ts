import type { Checked } from '../app/check-edits.ts';
import type { Neighbour, Warning } from '../domain/checks.ts';
import type { Instant } from '../domain/event.ts';
import { alertsOf, touchesReminders } from '../domain/reminder.ts';
import { assertNever } from '../domain/result.ts';
import { countDays, type Dates, datesOf, describeDates } from '../domain/times/all-day.ts';
import { describeLength, describeTime, toSeconds } from '../domain/times/time.ts';
import { describeAlerts } from './reminder-words.ts';
import { count, plain } from './text.ts';

const at = (instant: Instant, zone: string): string => `${describeTime(instant, zone)} <t:${toSeconds(instant)}:R>`;

function describeNeighbour(neighbour: Neighbour, hasEnd: boolean): string {
  const name = `**${plain(neighbour.name, 60)}**`;
  const own = hasEnd ? 'ends' : 'starts';
  switch (neighbour.kind) {
    case 'before':
      return neighbour.gapMs === 0
        ? `${own} as ${name} starts`
        : `${own} ${describeLength(neighbour.gapMs)} before ${name} starts`;
    case 'after': {
      const other = neighbour.hasEnd ? 'ends' : 'starts';
      return neighbour.gapMs === 0
        ? `starts as ${name} ${other}`
        : `starts ${describeLength(neighbour.gapMs)} after ${name} ${other}`;
    }
    case 'overlapping':
      return neighbour.overlapMs === 0
        ? `is at the same time as ${name}`
        : `overlaps ${name} by ${describeLength(neighbour.overlapMs)}`;
    case 'same-dates':
      return `has dates in common with ${name}, which takes all day too`;
    default:
      return assertNever(neighbour);
  }
}

function describeOverlaps({ neighbours, hasEnd, more }: Extract<Warning, { kind: 'overlaps' }>): string {
  const named = neighbours.map((neighbour) => describeNeighbour(neighbour, hasEnd));
  const rest = more === 0 ? '' : `; and ${count(more, 'more op')} of that calendar`;
  return `In its calendar it ${named.join('; it ')}${rest}.`;
}

function describeOffMidnight(
  { fields, dates }: Extract<Warning, { kind: 'all-day-off-midnight' }>,
  zone: string,
): string {
  const what = fields.map((field) => (field === 'starts' ? 'start' : 'end')).join(' and ');
  return `It takes all day, but its ${what} ${fields.length === 1 ? 'is' : 'are'} not at midnight on the unit’s clocks (${zone}). There it takes up ${describeDates(dates)}, elsewhere perhaps other dates.`;
}

/** What is odd about an event, in a sentence or two; times in `zone`, which is the unit's. */
export function describeWarning(warning: Warning, zone: string): string {
  switch (warning.kind) {
    case 'ends-too-early':
      return `With what else is queued it would not end after it starts: it starts ${at(warning.starts, zone)} and ends ${at(warning.ends, zone)}. Neither time is sent until one of them is changed.`;
    case 'starts-in-past':
      return `It would start in the past: ${at(warning.starts, zone)}.`;
    case 'deadline-in-past':
      return `Its registration deadline is past, ${at(warning.deadline, zone)}, while it is yet to come.`;
    case 'deadline-after-start':
      return `Its registration deadline is ${describeLength(warning.lateMs)} after its start: ${at(warning.deadline, zone)}.`;
    case 'deadline-after-end':
      return `Its registration deadline is after its end: ${at(warning.deadline, zone)}.`;
    case 'overlaps':
      return describeOverlaps(warning);
    case 'series-keeps-rhythm':
      return 'The series keeps its rhythm: PERSCOM’s API does not move its schedule. Move that on the event’s page in PERSCOM.';
    case 'no-schedule':
      return 'It gets no schedule from PERSCOM’s API, and a repeating event without one vanishes from PERSCOM’s calendar. Give it one on its page there.';
    case 'schedule-stays':
      return `It keeps the schedule of its series, which PERSCOM’s API does not remove, and is shown once: ${at(warning.starts, zone)}.`;
    case 'all-day-off-midnight':
      return describeOffMidnight(warning, zone);
    case 'all-day-length':
      return `It takes up ${count(countDays(warning.after), 'day')} instead of ${countDays(warning.before)}: ${describeDates(warning.after)}.`;
    default:
      return assertNever(warning);
  }
}

const isSameDates = (a: Dates, b: Dates): boolean => a.first === b.first && a.last === b.last;

/** The dates of an all-day event as a line, where an edit changes them or makes them count; those of the unit's calendar. */
function datesLine({ before, after }: Checked, zone: string): readonly string[] {
  const [was, is] = [datesOf(before, zone), datesOf(after, zone)];
  if (!after.all_day || (before.all_day && isSameDates(was, is))) return [];
  const former = before.all_day ? `~~${describeDates(was)}~~ → ` : '';
  return [`📅 All day: ${former}${describeDates(is)} (${zone})`];
}

/** The warnings of an event, a line each; times in `zone`, which is the unit's. */
export const warningLines = ({ warnings }: Pick<Checked, 'warnings'>, zone: string): readonly string[] =>
  warnings.map((warning) => `⚠️ ${describeWarning(warning, zone)}`);

/** What the edits of an event do to its reminders, as a line; none where they do nothing to them. */
const reminderLine = ({ before, after }: Checked, zone: string, nowMs: number): readonly string[] =>
  touchesReminders(before, after) ? [describeAlerts(alertsOf(after, nowMs), zone)] : [];

/** All that there is to say of an event's edits besides them: its dates if it takes all day, warnings, reminders. */
export const checkLines = (checked: Checked, zone: string, nowMs: number): readonly string[] => [
  ...datesLine(checked, zone),
  ...warningLines(checked, zone),
  ...reminderLine(checked, zone, nowMs),
];

/** Says that not all could be checked, above what could. */
export const UNCHECKED =
  '⚠️ PERSCOM could not be read whole, so overlaps with other ops, and other warnings, may be missing below.';
