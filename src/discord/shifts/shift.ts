import type { APIButtonComponentWithCustomId } from 'discord.js';
import type { App } from '../../app/app.ts';
import { type Checks, checkFresh } from '../../app/check-edits.ts';
import type { Caller } from '../../app/ports.ts';
import type { NoSuchShift, ShiftError, ShiftPreview } from '../../app/shift-events.ts';
import { FIELDS } from '../../domain/field.ts';
import type { Result } from '../../domain/result.ts';
import { editsOfShift, movingOps, type Shift, type ShiftedOp, stateOf, type TimeField } from '../../domain/shift.ts';
import { formatTime } from '../../domain/times/time.ts';
import type { Candidate } from '../../domain/times/typed-time.ts';
import { UNCHECKED } from '../check-words.ts';
import { button, buttons, multiSelect, pager, primary, select } from '../components.ts';
import { customId, settlementOfAllOption, settlementOption } from '../custom-id.ts';
import { paginate } from '../pages.ts';
import { REMINDER_NOTE } from '../reminder-words.ts';
import { type MessageReply, type Row, say, sayText } from '../reply.ts';
import { count } from '../text.ts';
import { nameCandidate } from '../time-words.ts';
import { nameMove, opLine, reminderLines } from './shift-lines.ts';
import { describeShiftError } from './shift-words.ts';

/** Discord takes five buttons in a row, and five rows. */
const PER_ROW = 5;
const MAX_CANDIDATES = 20;

function describeFollowers({ leavesEnds, leavesDeadlines }: Shift): string {
  if (leavesEnds === leavesDeadlines)
    return `The ends and the registration deadlines ${leavesEnds ? 'stay where they are' : 'move along'}.`;
  const [moved, left] = leavesEnds ? ['registration deadlines', 'ends'] : ['ends', 'registration deadlines'];
  return `The ${moved} move along, the ${left} stay where they are.`;
}

function headOf(shift: Shift, isChecked: boolean): string {
  const moving = movingOps(shift).length;
  const states = shift.ops.map((op) => stateOf(shift, op).kind);
  const stuck = states.filter((kind) => kind === 'stuck' || kind === 'ends-too-early').length;
  const leftOut = states.filter((kind) => kind === 'left-out').length;
  const lines = [
    `**${moving} of ${count(shift.ops.length, 'op')} ${moving === 1 || shift.ops.length === 1 ? 'moves' : 'move'} by ${nameMove(shift.move)}.** Nothing is queued yet.`,
    `${describeFollowers(shift)} Days are moved on the clocks of ${shift.zone}.`,
  ];
  if (stuck > 0) lines.push(`${count(stuck, 'op')} cannot be moved: marked ⛔, with the reason.`);
  if (leftOut > 0) lines.push(`${count(leftOut, 'op')} taken out: marked ▫️.`);
  if (shift.gone > 0) lines.push(`${count(shift.gone, 'chosen op')} left out: gone from PERSCOM, or not as asked for.`);
  if (!isChecked && moving > 0) lines.push(UNCHECKED);
  if (shift.past > 0) {
    const left =
      shift.past === 1 ? '1 matching op that has begun is' : `${shift.past} matching ops that have begun are`;
    lines.push(`${left} left out: say from which day on with \`from\` to have them too.`);
  }
  return lines.join('\n');
}

const has = ({ ops }: Shift, field: TimeField): boolean =>
  ops.some(({ times }) => times.some((time) => time.field === field));

function toggles({ id, shift }: ShiftPreview, page: number): readonly APIButtonComponentWithCustomId[] {
  const ends = button(
    shift.leavesEnds ? 'Move the ends' : 'Leave the ends',
    customId('toggle-shift', id, 'ends', page),
  );
  const deadlines = button(
    shift.leavesDeadlines ? 'Move the deadlines' : 'Leave the deadlines',
    customId('toggle-shift', id, 'deadlines', page),
  );
  return [...(has(shift, 'ends') ? [ends] : []), ...(has(shift, 'registration_deadline') ? [deadlines] : [])];
}

/** The candidates for the times of an op that clocks skip or double. */
function settlements(shift: Shift, op: ShiftedOp) {
  const state = stateOf(shift, op);
  if (state.kind !== 'stuck' || !('candidates' in state.problem)) return [];
  const { field } = state.time;
  return state.problem.candidates.map((candidate, index) => ({
    label: `${formatTime(candidate, shift.zone)} · ${FIELDS[field].label} of ${op.eventName}`,
    value: settlementOption(op.eventId, field, index),
  }));
}

/** The candidates of the ops of a page, below those that settle all of the shift at once, where there are several. */
function allSettlements(shift: Shift, shown: readonly ShiftedOp[]) {
  const unsettled = shift.ops.filter((op) => settlements(shift, op).length > 0).length;
  const ofAll = ['the earlier time', 'the later time'].map((which, index) => ({
    label: `All ${unsettled} ops: ${which}`,
    value: settlementOfAllOption(index),
  }));
  return [...(unsettled > 1 ? ofAll : []), ...shown.flatMap((op) => settlements(shift, op))];
}

/** All that can be done with a shift; a shift of one op leaves nothing to choose from. */
function choices(preview: ShiftPreview, shown: readonly ShiftedOp[], page: number, pages: number): readonly Row[] {
  const { id, shift } = preview;
  const moving = movingOps(shift).length;
  const queue = moving === 0 ? [] : [primary(`Queue ${count(moving, 'shift')}`, customId('queue-shift', id))];
  const options = shown.map(({ eventId, eventName }) => ({
    label: eventName,
    value: String(eventId),
    isChosen: !shift.leftOut.includes(eventId),
  }));
  const placeholder = pages > 1 ? 'Of this page, move only these…' : 'Move only these…';
  const first = shift.ops.findIndex(({ eventId }) => eventId === shown[0]?.eventId);
  const range = customId('choose-shifted', id, page, Math.max(0, first), shown.length);
  const among = shift.ops.length > 1 ? multiSelect(range, placeholder, options) : [];
  return [
    ...among,
    ...select(customId('settle-shifted', id, page), 'Pick a time that the clocks show…', allSettlements(shift, shown)),
    ...buttons(...queue, ...toggles(preview, page), button('Cancel', customId('cancel'))),
    ...buttons(...pager(page, pages, (to) => customId('turn-shift', id, to))),
  ];
}

/** What is odd about where the ops of a shift would be, with all that is queued besides. */
async function checkShift(app: App, caller: Caller, shift: Shift): Promise<Checks> {
  const { edits } = await app.queues.load(caller.guildId);
  const ids = movingOps(shift).map(({ eventId }) => eventId);
  return checkFresh(app, caller, ids, [...edits, ...editsOfShift(shift)]);
}

async function previewPage(app: App, caller: Caller, preview: ShiftPreview, page: number): Promise<MessageReply> {
  const { shift } = preview;
  const { events, isComplete } = await checkShift(app, caller, shift);
  const nowMs = app.clock.now();
  const pages = paginate([{ heading: '**Before → after**', items: shift.ops }], (op) =>
    opLine(shift, op, events.get(op.eventId), nowMs),
  );
  const index = Math.min(page, pages.length - 1);
  const shown = pages[index] ?? { text: '', items: [] };
  const isReminded = shown.items.some(
    ({ eventId }) => reminderLines(events.get(eventId), shift.zone, nowMs).length > 0,
  );
  const embed = {
    title: 'Shift',
    description: `${headOf(shift, isComplete)}\n\n${shown.text}`,
    footer: { text: `Page ${index + 1} of ${pages.length}${isReminded ? ` · ${REMINDER_NOTE}` : ''}` },
  };
  return say({ embeds: [embed], components: choices(preview, shown.items, index, pages.length) });
}

/** A button for each of the days that may be meant. */
function candidateRows(questionId: string, candidates: readonly Candidate[], nowMs: number): readonly Row[] {
  const all = candidates
    .slice(0, MAX_CANDIDATES)
    .map((one, index) => button(nameCandidate(one, nowMs, one.zone), customId('shift-instead', questionId, index)));
  return Array.from({ length: Math.ceil(all.length / PER_ROW) }, (_, row) =>
    buttons(...all.slice(row * PER_ROW, (row + 1) * PER_ROW)),
  ).flat();
}

/** Page `page` (from 0) of a shift, before → after; or why there is none, above `otherwise`. */
export async function shiftReply(
  app: App,
  caller: Caller,
  preview: Result<ShiftPreview, ShiftError | NoSuchShift>,
  page = 0,
  otherwise: readonly Row[] = [],
): Promise<MessageReply> {
  if (preview.ok) return previewPage(app, caller, preview.value, page);
  const { error } = preview;
  const isQuestion = error.kind === 'refused-day' && error.questionId !== null;
  const candidates = isQuestion ? candidateRows(error.questionId, error.error.candidates, app.clock.now()) : [];
  return sayText(describeShiftError(error), [...candidates, ...otherwise]);
}
