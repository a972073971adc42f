import { describe, expect, test } from 'vitest';
import type { QueueShiftError } from '../../../src/app/queue-shift.ts';
import type { NoSuchShift, ShiftError } from '../../../src/app/shift-events.ts';
import { nameMove } from '../../../src/discord/shifts/shift-lines.ts';
import {
  describeProblem,
  describeQueueShiftError,
  describeShiftError,
} from '../../../src/discord/shifts/shift-words.ts';
import { type ShiftedTime, type ShiftProblem, TIME_FIELDS } from '../../../src/domain/shift.ts';
import type { DayError } from '../../../src/domain/times/read-time.ts';
import { API_ERRORS } from '../../fixtures/domain.ts';
import { type Every, expectSentence, sentencesOf, told } from '../../fixtures/words.ts';

const HOSTILE = 'Op @everyone **x**';
const BERLIN = 'Europe/Berlin';
const WHEN = '2026-10-25T00:30:00Z';

const NONE = { candidates: [] };
const DAY_ERRORS = {
  'unreadable-time': { kind: 'unreadable-time', example: '2026-11-28', ...NONE },
  'no-such-date': { kind: 'no-such-date', ...NONE },
  'other-weekday': { kind: 'other-weekday', day: '2026-11-28', ...NONE },
  'ambiguous-order': { kind: 'ambiguous-order', ...NONE },
  past: { kind: 'past', instant: WHEN, ...NONE },
} as const satisfies Every<DayError>;

const refusedDay = (error: DayError): ShiftError => ({
  kind: 'refused-day',
  option: 'until',
  text: HOSTILE,
  error,
  questionId: null,
});

const asked = { questionId: null };
const SHIFT_ERRORS = {
  'not-connected': { kind: 'not-connected' },
  slow: { kind: 'slow' },
  api: { kind: 'api', error: API_ERRORS.maintenance },
  'no-such-event': { kind: 'no-such-event', text: HOSTILE },
  'several-events': { kind: 'several-events', text: HOSTILE },
  'by-or-to': { kind: 'by-or-to', ...asked },
  'nothing-selected': { kind: 'nothing-selected', ...asked },
  'unreadable-move': { kind: 'unreadable-move', text: HOSTILE, ...asked },
  'refused-day': { kind: 'refused-day', option: 'to', text: HOSTILE, error: DAY_ERRORS.past, ...asked },
  'disordered-days': { kind: 'disordered-days', ...asked },
  'no-such-calendar': { kind: 'no-such-calendar', text: HOSTILE, count: 2 },
  'no-match': { kind: 'no-match', past: 0 },
  'too-many': { kind: 'too-many', count: 201 },
  'there-already': { kind: 'there-already' },
  'no-such-shift': { kind: 'no-such-shift' },
} as const satisfies Every<ShiftError | NoSuchShift>;

const QUEUE_ERRORS = {
  'not-connected': { kind: 'not-connected' },
  'no-such-shift': { kind: 'no-such-shift' },
  'nothing-to-move': { kind: 'nothing-to-move' },
} as const satisfies Every<QueueShiftError>;

const PROBLEMS = {
  'skipped-by-dst': { kind: 'skipped-by-dst', before: '2027-03-28 02:00', after: '2027-03-28 03:00', candidates: [] },
  'ambiguous-by-dst': { kind: 'ambiguous-by-dst', candidates: [WHEN, '2026-10-25T01:30:00Z'] },
  'no-such-date': { kind: 'no-such-date' },
  'hours-of-all-day': { kind: 'hours-of-all-day' },
} as const satisfies Every<ShiftProblem>;

const SHIFT_SAID = [
  ...told('shift', SHIFT_ERRORS, describeShiftError),
  ...told('day', DAY_ERRORS, (error) => describeShiftError(refusedDay(error))),
  ...told('queue', QUEUE_ERRORS, describeQueueShiftError),
];

describe('why there is no shift', () => {
  test.each(SHIFT_SAID)('is a sentence that says that nothing was changed (%s)', (_, sentence) => {
    expectSentence(sentence);
    expect(sentence).toMatch(/Nothing was (queued|changed)/);
  });

  test('shows what was typed as text', () => {
    for (const sentence of sentencesOf(SHIFT_SAID)) expect(sentence).not.toMatch(/@everyone|\*\*x/);
  });

  test('counts ops that would match and have begun', () => {
    expect(describeShiftError({ kind: 'no-match', past: 1 })).toContain('1 op matches and has begun');
    expect(describeShiftError({ kind: 'no-match', past: 3 })).toContain('3 ops match and have begun');
  });
});

describe('why a time cannot be moved', () => {
  const timeOf = (field: ShiftedTime['field'], error: ShiftProblem): ShiftedTime => ({
    ...{ field, live: WHEN, base: WHEN, from: WHEN, queued: null },
    to: { ok: false, error },
  });

  test.each(TIME_FIELDS)('is the end of a sentence, for each of the times: %s', (field) => {
    for (const problem of Object.values(PROBLEMS))
      expectSentence(describeProblem(timeOf(field, problem), problem, BERLIN));
  });

  test('names both times that clocks show twice, and where else to set it', () => {
    const problem = PROBLEMS['ambiguous-by-dst'];
    expect(describeProblem(timeOf('starts', problem), problem, BERLIN)).toBe(
      'its start would happen twice in Europe/Berlin, as clocks go back. Pick `2026-10-25 02:30 +02:00` or `2026-10-25 02:30 +01:00` below, or set it with `/event edit`.',
    );
  });
});

test.each([
  [{ days: 7, ms: 0 }, '+7 days'],
  [{ days: -1, ms: 0 }, '−1 day'],
  [{ days: 0, ms: 5_400_000 }, '+1 h 30 min'],
  [{ days: 0, ms: -2_700_000 }, '−45 min'],
  [{ days: 7, ms: 7_200_000 }, '+7 days +2 h'],
])('a distance is named with its direction: %j', (move, name) => {
  expect(nameMove(move)).toBe(name);
});
