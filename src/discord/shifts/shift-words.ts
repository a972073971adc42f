import type { QueueShiftError } from '../../app/queue-shift.ts';
import { MAX_OPS } from '../../app/read-ops.ts';
import type { NoSuchShift, ShiftError } from '../../app/shift-events.ts';
import { assertNever } from '../../domain/result.ts';
import type { ShiftedTime, ShiftProblem } from '../../domain/shift.ts';
import { formatTime } from '../../domain/times/time.ts';
import { count, plain } from '../text.ts';
import { describeDayError } from '../time-words.ts';
import { describeNoCalendar, describeNotConnected, describeOpenError, describeReadError } from '../words.ts';

const UNCHANGED = 'Nothing was queued.';

function describeNoMatch(past: number): string {
  if (past === 0) return `No op matches that. ${UNCHANGED} \`/event edit\` offers the names as you type.`;
  const verb = past === 1 ? 'matches and has' : 'match and have';
  return `No op to come matches that; ${count(past, 'op')} ${verb} begun. ${UNCHANGED} Name such ops with \`event\`, or from which day on with \`from\`.`;
}

/** Why there is no shift to show. */
export function describeShiftError(error: ShiftError | NoSuchShift): string {
  switch (error.kind) {
    case 'not-connected':
      return describeNotConnected(error);
    case 'api':
    case 'slow':
      return `${describeReadError(error)} ${UNCHANGED}`;
    case 'no-such-event':
    case 'several-events':
      return describeOpenError(error);
    case 'by-or-to':
      return `Say how far to move with \`by\` (like \`+1d\`), or to which day with \`to\` (like \`next Saturday\`), and not both. ${UNCHANGED}`;
    case 'nothing-selected':
      return `Say which ops to move, with \`event\`, \`name\`, \`calendar\`, \`from\` or \`until\`. ${UNCHANGED}`;
    case 'unreadable-move':
      return `I cannot read “${plain(error.text)}” as a distance. ${UNCHANGED} Type it like \`+1d\`, \`-90m\` or \`+1w 2h\`.`;
    case 'refused-day':
      return `\`${error.option}\` says “${plain(error.text)}”. ${describeDayError(error.error)} ${UNCHANGED}`;
    case 'disordered-days':
      return `\`until\` is before \`from\`, so no op can match. ${UNCHANGED} Put the earlier day into \`from\`.`;
    case 'no-such-calendar':
      return describeNoCalendar(error);
    case 'no-match':
      return describeNoMatch(error.past);
    case 'too-many':
      return `That matches ${error.count} ops, and one shift moves ${MAX_OPS} at most. ${UNCHANGED} Narrow it down with \`name\`, \`calendar\`, \`from\` and \`until\`, and move the rest after it.`;
    case 'there-already':
      return `The first of these ops is on that day already, or queued for it, so nothing would move. ${UNCHANGED}`;
    case 'no-such-shift':
      return `That shift is no longer kept (it lasts a day). Nothing was queued by this. Ask for it again with \`/event shift\`; \`/queue view\` shows what is queued.`;
    default:
      return assertNever(error);
  }
}

/** Why a shift was not queued. */
export function describeQueueShiftError(error: QueueShiftError): string {
  if (error.kind === 'nothing-to-move') return `No op of that shift is left to move. ${UNCHANGED}`;
  return describeShiftError(error);
}

const TIME_NAMES: Readonly<Record<ShiftedTime['field'], string>> = {
  starts: 'start',
  ends: 'end',
  registration_deadline: 'registration deadline',
};

/** The candidates, and how one of them is chosen. */
function chooseAmong(candidates: readonly string[], zone: string): string {
  if (candidates.length === 0) return 'Set it with `/event edit`.';
  const times = candidates.map((candidate) => `\`${formatTime(candidate, zone)}\``).join(' or ');
  return `Pick ${times} below, or set it with \`/event edit\`.`;
}

/** Why a time of an op cannot be moved, and what to do about it. */
export function describeProblem({ field }: ShiftedTime, problem: ShiftProblem, zone: string): string {
  const name = TIME_NAMES[field];
  switch (problem.kind) {
    case 'skipped-by-dst':
      return `its ${name} would not exist in ${zone}: clocks jump from ${problem.before} to ${problem.after}. ${chooseAmong(problem.candidates, zone)}`;
    case 'ambiguous-by-dst':
      return `its ${name} would happen twice in ${zone}, as clocks go back. ${chooseAmong(problem.candidates, zone)}`;
    case 'no-such-date':
      return `there is no such date for its ${name}.`;
    case 'hours-of-all-day':
      return 'it takes all day, so it moves by whole days only.';
    default:
      return assertNever(problem);
  }
}
