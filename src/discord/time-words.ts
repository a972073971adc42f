import type { FieldValue } from '../domain/field.ts';
import type { Echo } from '../domain/form.ts';
import { assertNever } from '../domain/result.ts';
import { dayOf, describeDates } from '../domain/times/all-day.ts';
import type { DayError } from '../domain/times/read-time.ts';
import { describeBrieflyOnClocks, describeMove, describeOnClocks, toMillis } from '../domain/times/time.ts';
import type { Candidate, TimeError } from '../domain/times/typed-time.ts';
import { plain } from './text.ts';

const describeOtherWeekday = (day: string): string =>
  `The weekday does not go with the date, which is ${describeDates({ first: day, last: day })}.`;

/** Why a text is no day. */
export function describeDayError(error: DayError): string {
  switch (error.kind) {
    case 'unreadable-time':
      return `I cannot read that as a day. Type it like \`${error.example}\`.`;
    case 'no-such-date':
      return 'There is no such day in the calendar.';
    case 'other-weekday':
      return describeOtherWeekday(error.day);
    case 'ambiguous-order':
      return 'That may be a day and a month, or a month and a day. Which you choose is remembered.';
    case 'past':
      return 'That day is past.';
    default:
      return assertNever(error);
  }
}

function describeProblem(error: TimeError, zone: string): string {
  switch (error.kind) {
    case 'unreadable-time':
      return `I cannot read that as a time. Type it like \`${error.example}\`, \`sat 2000\`, \`28 Nov 7pm\`, \`281900Z NOV\` or \`+1d\`.`;
    case 'no-such-date':
      return 'There is no such date or time in the calendar.';
    case 'other-weekday':
      return describeOtherWeekday(error.day);
    case 'ambiguous-clock':
      return 'That may be more than one time.';
    case 'needs-time':
      return 'That is a day without a time of day.';
    case 'takes-days':
      return 'This op takes all day, so a day is what counts. For a time of day, untick *All day*, too.';
    case 'skipped-by-dst':
      return `That time does not exist in ${error.zone}: clocks jump from ${error.before} to ${error.after}.`;
    case 'ambiguous-by-dst':
      return `That time happens twice in ${error.zone}, as clocks go back.`;
    case 'ambiguous-order':
      return 'That may be a day and a month, or a month and a day. Which you choose is remembered.';
    case 'ambiguous-zone':
      return `“${plain(error.name, 20)}” is the name of several time zones.`;
    case 'unknown-zone':
      if (error.candidates.length > 0) return `“${plain(error.name, 40)}” is a place and no time zone by that name.`;
      return `I know no time zone “${plain(error.name, 40)}”. Use a name such as \`Europe/Berlin\`, or an offset such as \`UTC+2\`.`;
    case 'past':
      return `That is in the past: ${describeOnClocks(error.instant, zone)}.`;
    case 'no-origin':
      return 'There is nothing to count that from.';
    case 'awaits-start':
      return 'That depends on the start, so it waits until that is clear.';
    default:
      return assertNever(error);
  }
}

/** Why a typed time was not understood, and that its author may pick what was meant, where there is something to pick. */
export function describeTimeError(error: TimeError, zone: string): string {
  const problem = describeProblem(error, zone);
  return error.candidates.length === 0 ? problem : `${problem} Pick what you mean below.`;
}

/** Whether a candidate stands for a whole day, whose last instant may be that of the next. */
const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);

/** A candidate, for a button, on the clocks of `unitZone` where it stands for one of several zones; what lies in the past says so. */
export function nameCandidate({ instant, zone, text, meaning }: Candidate, nowMs: number, unitZone: string): string {
  const clocks = meaning === undefined ? zone : unitZone;
  const time = isDay(text) ? describeDates({ first: text, last: text }) : describeBrieflyOnClocks(instant, clocks);
  const when = meaning === undefined ? time : `${time} (${meaning})`;
  const isPast = isDay(text) ? text < dayOf(nowMs, zone) : toMillis(instant) < nowMs;
  return isPast ? `${when} (past)` : when;
}

/** How a time was understood that was typed where PERSCOM has `base`; the unit reads the same time on the clocks of `unitZone`. */
export function describeEcho({ typed, zone }: Echo, base: FieldValue, wanted: FieldValue, unitZone: string): string {
  if (typeof wanted !== 'string') return '';
  const move = typeof base === 'string' && base !== wanted ? `, moves by ${describeMove(base, wanted, unitZone)}` : '';
  return `you typed “${plain(typed, 60)}”: ${describeOnClocks(wanted, zone)}${move}`;
}
