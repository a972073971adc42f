import type { Checked } from '../../app/check-edits.ts';
import { FIELDS } from '../../domain/field.ts';
import { alertsOf } from '../../domain/reminder.ts';
import { assertNever } from '../../domain/result.ts';
import { movedTimes, type Shift, type ShiftedOp, type ShiftedTime, stateOf, timeOf } from '../../domain/shift.ts';
import { datesOf, describeDates } from '../../domain/times/all-day.ts';
import type { Move } from '../../domain/times/read-time.ts';
import { describeBriefly, describeTime, toMillis, toSeconds } from '../../domain/times/time.ts';
import { HOUR_MS, MINUTE_MS, nameOffset, offsetAt, wallAt } from '../../domain/zones/zone.ts';
import { warningLines } from '../check-words.ts';
import { nameReminders } from '../reminder-words.ts';
import { count, linked, mention } from '../text.ts';
import { describeProblem } from './shift-words.ts';

/** A distance in words, such as `+7 days 2 h`. */
export function nameMove({ days, ms }: Move): string {
  const size = Math.abs(ms);
  const [hours, minutes] = [Math.floor(size / HOUR_MS), Math.round((size % HOUR_MS) / MINUTE_MS)];
  const day = days === 0 ? [] : [`${days < 0 ? '−' : '+'}${count(Math.abs(days), 'day')}`];
  const parts = [...(hours === 0 ? [] : [`${hours} h`]), ...(minutes === 0 ? [] : [`${minutes} min`])].join(' ');
  return [...day, ...(parts === '' ? [] : [`${ms < 0 ? '−' : '+'}${parts}`])].join(' ');
}

/** The time of day on the clocks of `zone`. */
const hourOf = (instant: string, zone: string): string => wallAt(toMillis(instant), zone).toISOString().slice(11, 16);

const offsetOf = (instant: string, zone: string): number => offsetAt(zone, toMillis(instant));

/** Says that clocks change between the old and the new start, and what comes of it. */
function clockRemark({ move, zone }: Shift, { from, to }: ShiftedTime): readonly string[] {
  if (!to.ok || offsetOf(from, zone) === offsetOf(to.value, zone)) return [];
  const change = `${nameOffset(offsetOf(from, zone))} → ${nameOffset(offsetOf(to.value, zone))}`;
  const [was, is] = [hourOf(from, zone), hourOf(to.value, zone)];
  const why = move.ms === 0 ? 'as was picked' : 'as hours are moved exactly';
  const result = was === is ? `still ${is}` : `${was} becomes ${is}, ${why}`;
  return [`🕑 clocks change in between: ${change}, ${result}`];
}

/** Says that the end of an op reads otherwise on the clocks, as they change while it lasts or did so before. */
function lengthRemark(op: ShiftedOp, starts: ShiftedTime, zone: string): readonly string[] {
  const ends = timeOf(op, 'ends');
  if (op.allDay || ends === null || !ends.to.ok || !starts.to.ok) return [];
  const before = offsetOf(ends.from, zone) - offsetOf(starts.from, zone);
  const after = offsetOf(ends.to.value, zone) - offsetOf(starts.to.value, zone);
  if (before === after) return [];
  const what = after === 0 ? 'clocks no longer change while it lasts' : 'clocks change while it lasts';
  return [`🕑 ${what}: it keeps its length, and ends at ${hourOf(ends.to.value, zone)}`];
}

function queuedRemark(times: readonly ShiftedTime[]): readonly string[] {
  const authors = [...new Set(times.flatMap(({ queued }) => (queued === null ? [] : [mention(queued.userId)])))];
  return authors.length === 0 ? [] : [`📥 builds on what is queued by ${authors.join(' and ')}`];
}

/** Says where PERSCOM has something else by now than when that was queued which the shift builds on. */
const conflictRemarks = (times: readonly ShiftedTime[], zone: string): readonly string[] =>
  times
    .filter(({ live, base }) => live !== base)
    .map(({ field, live }) => {
      const now = live === null ? 'none' : describeBriefly(live, zone);
      return `⚠️ ${FIELDS[field].label} in PERSCOM is ${now} by now, not what it was when that was queued: the flush will ask which counts`;
    });

/** What an op was checked with, and when that is. */
type Known = { readonly checked: Checked | undefined; readonly nowMs: number };

/** What becomes of the reminders of an op that was `checked`, as a line; none where it has none. */
export const reminderLines = (checked: Checked | undefined, zone: string, nowMs: number): readonly string[] =>
  checked === undefined ? [] : nameReminders(alertsOf(checked.after, nowMs), zone);

/** What is to be known of an op that moves, a line each. */
function remarksOf(shift: Shift, op: ShiftedOp, starts: ShiftedTime, { checked, nowMs }: Known): readonly string[] {
  return [
    ...(op.allDay ? [] : clockRemark(shift, starts)),
    ...(shift.leavesEnds ? [] : lengthRemark(op, starts, shift.zone)),
    ...queuedRemark(movedTimes(shift, op)),
    ...conflictRemarks(movedTimes(shift, op), shift.zone),
    ...(checked === undefined ? [] : warningLines(checked, shift.zone)),
    ...reminderLines(checked, shift.zone, nowMs),
  ];
}

const strike = (text: string): string => `~~${text}~~`;

function startChange({ from, to }: ShiftedTime, zone: string): string {
  if (!to.ok) return '';
  return `${strike(describeBriefly(from, zone))} → ${describeTime(to.value, zone)} <t:${toSeconds(to.value)}:F>`;
}

/** The dates that an op takes up, before and after. */
function datesChange(op: ShiftedOp, { from, to }: ShiftedTime, isEndMoved: boolean, zone: string): string {
  const ends = timeOf(op, 'ends');
  const movedEnd = isEndMoved && ends?.to.ok ? ends.to.value : (ends?.from ?? null);
  const dates = (starts: string, ends: string | null): string => describeDates(datesOf({ starts, ends }, zone));
  return to.ok ? `${strike(dates(from, ends?.from ?? null))} → ${dates(to.value, movedEnd)}, all day` : '';
}

function followerLine({ field, from, to, queued }: ShiftedTime, isMoved: boolean, zone: string): string {
  const label = FIELDS[field].label;
  const author = queued === null ? '' : `, as ${mention(queued.userId)} has queued it`;
  if (!isMoved) return `${label} stays: ${describeBriefly(from, zone)}${author}`;
  return `${label}: ${strike(describeBriefly(from, zone))} → ${to.ok ? describeBriefly(to.value, zone) : ''}`;
}

const beneath = (lines: readonly string[]): string => lines.map((line) => `\n  ↳ ${line}`).join('');

function movingLine(shift: Shift, op: ShiftedOp, starts: ShiftedTime, known: Known): string {
  const moved = movedTimes(shift, op);
  const followers = op.times
    .filter(({ field }) => field !== 'starts' && !(field === 'ends' && op.allDay))
    .map((time) => followerLine(time, moved.includes(time), shift.zone));
  const change = op.allDay ? datesChange(op, starts, !shift.leavesEnds, shift.zone) : startChange(starts, shift.zone);
  return `• ${linked(op.eventName, op.eventPage)} ${change}${beneath([...followers, ...remarksOf(shift, op, starts, known)])}`;
}

/** An op of a shift: before → after and what is to be known of it, as it was `checked`; or why it stays. */
export function opLine(shift: Shift, op: ShiftedOp, checked: Checked | undefined, nowMs: number): string {
  const state = stateOf(shift, op);
  const starts = timeOf(op, 'starts');
  const name = linked(op.eventName, op.eventPage);
  const stays = `${name} stays ${starts === null ? '' : describeBriefly(starts.from, shift.zone)}`;
  switch (state.kind) {
    case 'moves':
      return starts === null ? `⛔ ${stays}` : movingLine(shift, op, starts, { checked, nowMs });
    case 'stuck':
      return `⛔ ${stays}: ${describeProblem(state.time, state.problem, shift.zone)}`;
    case 'ends-too-early':
      return `⛔ ${stays}: it would end before it starts. *Move the ends* has its end move along.`;
    case 'left-out':
      return `▫️ ${stays}: taken out of this shift`;
    default:
      return assertNever(state);
  }
}
