import { describe, expect, test } from 'vitest';
import type { ApiError } from '../../src/domain/api-error.ts';
import { err, ok } from '../../src/domain/result.ts';
import { type Answer, amend, judge, outcomeOf, restOf, type Verdict } from '../../src/domain/verdict.ts';
import { API_ERRORS, buildChange, buildEvent, eventsById } from '../fixtures/domain.ts';

const RENAME = buildChange({ base: 'Op Alpha', wanted: 'Op Bravo' });
const UNCHANGED = eventsById(buildEvent(1));
const WANTED = eventsById(buildEvent(1, { name: 'Op Bravo' }));

const invalid = (...refusals: Extract<ApiError, { kind: 'invalid' }>['refusals']): Answer =>
  err({ kind: 'invalid', refusals });

describe('a flush', () => {
  const verdict = (kind: Verdict['kind']): Verdict => ({ change: RENAME, kind, after: null, refusal: null });

  test.each<[Verdict['kind'][], Answer, string]>([
    [['applied', 'normalised'], ok(null), 'done'],
    [['applied', 'ignored', 'missing'], ok(null), 'done'],
    [['applied', 'unknown'], ok(null), 'unknown'],
    [['rejected', 'rejected'], err(API_ERRORS.invalid), 'rejected'],
    [['applied', 'rejected'], err(API_ERRORS['server-error']), 'rejected'],
    [['rejected', 'unknown'], err(API_ERRORS.timeout), 'unknown'],
    [['applied', 'normalised'], err(API_ERRORS['server-error']), 'done'],
    [['applied'], err(API_ERRORS.timeout), 'done'],
    [['missing'], err(API_ERRORS.forbidden), 'rejected'],
  ])('with the verdicts %j after %j is %s', (kinds, answer, outcome) => {
    expect(outcomeOf(kinds.map(verdict), answer)).toBe(outcome);
  });
});

describe('a later look at a flush', () => {
  const MOVE = buildChange({ id: 2, field: 'location', base: 'Altis', wanted: 'Stratis' });
  const TIMEOUT = err(API_ERRORS.timeout);
  const look = (before: readonly Verdict[], after: typeof UNCHANGED | null, isOver = false, answer: Answer = TIMEOUT) =>
    amend(before, judge([RENAME, MOVE], answer, after, isOver));
  const first = look([], UNCHANGED);
  const kindsOf = (verdicts: readonly Verdict[]) => verdicts.map(({ kind }) => kind);

  test('that is the first says what it saw', () => {
    expect(first).toEqual(judge([RENAME, MOVE], TIMEOUT, UNCHANGED));
    expect(kindsOf(first)).toEqual(['unknown', 'unknown']);
  });

  test('finds what has landed meanwhile, and rejects the rest once it is over', () => {
    const second = look(first, WANTED);
    expect(kindsOf(second)).toEqual(['applied', 'unknown']);
    expect(kindsOf(look(second, WANTED, true))).toEqual(['applied', 'rejected']);
  });

  test.each(['applied', 'normalised'] as const)(
    'keeps as %s what was once seen so, whatever others did since',
    (kind) => {
      const stored: Verdict = { change: RENAME, kind, after: { value: 'Op Bravo' }, refusal: null };
      const others = [UNCHANGED, eventsById(buildEvent(1, { name: 'Op Zulu' })), eventsById(), null];
      for (const after of others) expect(look([stored], after, true)[0]).toBe(stored);
    },
  );

  test('that sees nothing changes nothing, be it over or not', () => {
    for (const isOver of [false, true]) expect(look(first, null, isOver)).toEqual(first);
    const unread = look([], null, false, ok(null));
    expect(look(unread, null, true, ok(null))).toEqual(unread);
    expect(kindsOf(look(unread, UNCHANGED, false, ok(null)))).toEqual(['ignored', 'ignored']);
  });

  test('believes what it sees of what is not stored: an event that is gone may come back', () => {
    const gone = look(first, eventsById());
    expect(kindsOf(gone)).toEqual(['missing', 'missing']);
    expect(kindsOf(look(gone, WANTED))).toEqual(['applied', 'unknown']);
  });

  test('tells changes apart by their edits, not by their places', () => {
    const applied = look(first, WANTED);
    expect(kindsOf(amend([...applied].reverse(), judge([RENAME, MOVE], TIMEOUT, UNCHANGED)))).toEqual([
      'applied',
      'unknown',
    ]);
  });
});

describe('the rest of a refused flush', () => {
  const MOVE = buildChange({ id: 2, field: 'location', base: 'Altis', wanted: 'Stratis' });
  const RESCHEDULE = buildChange({
    id: 3,
    field: 'starts',
    base: '2026-12-01T18:00:00Z',
    wanted: '2026-12-02T18:00:00Z',
  });
  const GONE = buildChange({ id: 4, eventId: 9 }, { state: 'gone', live: null });
  const idsOfRest = (verdicts: readonly Verdict[]) => restOf(verdicts).map(({ edit }) => edit.id);
  const NAME_REFUSED = invalid({ eventId: 1, field: 'name', text: 'Too long.' });

  test('after a 422 is all that it does not name', () => {
    expect(idsOfRest(judge([RENAME, MOVE, RESCHEDULE], NAME_REFUSED, UNCHANGED))).toEqual([2, 3]);
  });

  test('has no start without the end that was moved with it, which could turn the event around', () => {
    const end = buildChange({ id: 5, field: 'ends', base: '2026-12-01T20:00:00Z', wanted: '2026-12-02T20:00:00Z' });
    const endRefused = invalid({ eventId: 1, field: 'ends', text: 'No.' });
    expect(idsOfRest(judge([RENAME, RESCHEDULE, end], endRefused, UNCHANGED))).toEqual([1]);
  });

  test('has no place for an event that is gone', () => {
    expect(idsOfRest(judge([RENAME, MOVE, GONE], NAME_REFUSED, UNCHANGED))).toEqual([2]);
  });

  test('after a 5xx of PERSCOM itself is all but the fields that the server as shipped breaks on', () => {
    const verdicts = judge([RENAME, MOVE, RESCHEDULE], err(API_ERRORS['server-error']), UNCHANGED);
    expect(idsOfRest(verdicts)).toEqual([1, 2]);
  });

  test('after a 5xx leaves out what was stored nevertheless', () => {
    const verdicts = judge([RENAME, MOVE, RESCHEDULE], err(API_ERRORS['server-error']), WANTED);
    expect(idsOfRest(verdicts)).toEqual([2]);
  });

  test.each<[string, readonly Verdict[]]>([
    ['only culprits were sent', judge([RENAME], NAME_REFUSED, UNCHANGED)],
    ['a 422 names no field', judge([RENAME, MOVE], invalid({ eventId: null, field: null, text: 'No.' }), UNCHANGED)],
    [
      'a 5xx met fields that PERSCOM is known to take',
      judge([RENAME, MOVE], err(API_ERRORS['server-error']), UNCHANGED),
    ],
    ['anything is unknown', judge([RENAME, RESCHEDULE], err(API_ERRORS['server-error']), null)],
    [
      'something in front of PERSCOM answered',
      judge([RENAME, RESCHEDULE], err(API_ERRORS['gateway-error']), UNCHANGED),
    ],
    ['PERSCOM never looked at the batch', judge([RENAME, RESCHEDULE], err(API_ERRORS.maintenance), UNCHANGED)],
    ['the server said yes and ignored one', judge([RENAME, RESCHEDULE], ok(null), UNCHANGED)],
  ])('is empty when %s', (_, verdicts) => {
    expect(restOf(verdicts)).toEqual([]);
  });
});
