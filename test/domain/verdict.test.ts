import { describe, expect, test } from 'vitest';
import { type ApiError, mayHaveLanded, mayYetLand } from '../../src/domain/api-error.ts';
import type { Change } from '../../src/domain/change.ts';
import { err, ok } from '../../src/domain/result.ts';
import { type Answer, judge, type Verdict } from '../../src/domain/verdict.ts';
import { API_ERRORS, buildChange, buildEvent, eventsById } from '../fixtures/domain.ts';

const RENAME = buildChange({ base: 'Op Alpha', wanted: 'Op Bravo' });
const UNCHANGED = eventsById(buildEvent(1));
const WANTED = eventsById(buildEvent(1, { name: 'Op Bravo' }));
const ABSENT = eventsById();

const invalid = (...refusals: Extract<ApiError, { kind: 'invalid' }>['refusals']): Answer =>
  err({ kind: 'invalid', refusals });

describe('a change whose event can be read again', () => {
  const answers = [ok(null), ...Object.values(API_ERRORS).map((error) => err(error))];

  test.each(answers)('is applied when the event holds what was wanted, even after %j', (answer) => {
    expect(judge([RENAME], answer, WANTED)).toEqual([
      { change: RENAME, kind: 'applied', after: { value: 'Op Bravo' }, refusal: null },
    ]);
  });

  test.each(answers)('is missing when the event is gone, even after %j', (answer) => {
    expect(judge([RENAME], answer, ABSENT)).toEqual([
      { change: RENAME, kind: 'missing', after: null, refusal: { kind: 'gone' } },
    ]);
  });

  test.each([
    ['blanks at its ends are gone', { field: 'name', wanted: ' Op Bravo\n' } as const, { name: 'Op Bravo' }],
    [
      'an empty set became none',
      { field: 'notifications_channels', wanted: [] } as const,
      { notifications_channels: null },
    ],
    ['its line breaks became others', { field: 'content', wanted: 'a\nb' } as const, { content: 'a\r\nb' }],
  ])('is normalised when %s', (_, edit, held) => {
    const change = buildChange(edit);
    expect(judge([change], ok(null), eventsById(buildEvent(1, held)))).toMatchObject([
      { kind: 'normalised', after: { value: Object.values(held)[0] }, refusal: null },
    ]);
  });

  test('is applied when a set comes back in another order', () => {
    const change = buildChange({ field: 'notifications_interval', base: null, wanted: ['p1d', 'pt1h'] });
    const held = eventsById(buildEvent(1, { notifications_interval: ['pt1h', 'p1d'] }));
    expect(judge([change], ok(null), held)).toMatchObject([{ kind: 'applied' }]);
  });

  test('is ignored when the server said yes and kept the old value, or holds a third', () => {
    expect(judge([RENAME], ok(null), UNCHANGED)).toMatchObject([
      { kind: 'ignored', after: { value: 'Op Alpha' }, refusal: { kind: 'ignored' } },
    ]);
    const overwritten = eventsById(buildEvent(1, { name: 'Op Charlie' }));
    expect(judge([RENAME], ok(null), overwritten)).toMatchObject([
      { kind: 'ignored', after: { value: 'Op Charlie' }, refusal: { kind: 'other-value' } },
    ]);
  });
});

const STILL_UNCHANGED = {
  unreachable: 'rejected',
  disconnected: 'unknown',
  interrupted: 'unknown',
  timeout: 'unknown',
  unauthorized: 'rejected',
  'payment-required': 'rejected',
  forbidden: 'rejected',
  'not-found': 'rejected',
  invalid: 'rejected',
  'rate-limited': 'rejected',
  maintenance: 'rejected',
  'server-error': 'rejected',
  'gateway-error': 'unknown',
  'unexpected-status': 'rejected',
  unreadable: 'rejected',
} as const satisfies Record<ApiError['kind'], Verdict['kind']>;

/** What an unchanged event makes of a failed call that is over: nothing lands any more. */
const OVER = {
  ...STILL_UNCHANGED,
  disconnected: 'rejected',
  interrupted: 'rejected',
  timeout: 'rejected',
  'gateway-error': 'rejected',
} as const satisfies Record<ApiError['kind'], Verdict['kind']>;

const UNREAD = {
  ...STILL_UNCHANGED,
  'server-error': 'unknown',
  unreadable: 'unknown',
} as const satisfies Record<ApiError['kind'], Verdict['kind']>;

const cases = <Expected>(table: Readonly<Record<string, Expected>>) =>
  Object.values(API_ERRORS).flatMap((error): [string, ApiError, Expected][] => {
    const expected = table[error.kind];
    return expected === undefined ? [] : [[error.kind, error, expected]];
  });

describe('a failed call', () => {
  test.each(cases(STILL_UNCHANGED))('%s makes of an unchanged event: %j → %s', (_, error, kind) => {
    expect(judge([RENAME], err(error), UNCHANGED)).toMatchObject([{ kind, after: { value: 'Op Alpha' } }]);
  });

  test.each(cases(OVER))('%s that is over makes of an unchanged event: %j → %s', (_, error, kind) => {
    expect(judge([RENAME], err(error), UNCHANGED, true)).toMatchObject([
      { kind, after: { value: 'Op Alpha' }, refusal: expect.anything() },
    ]);
  });

  test.each(cases(UNREAD))('%s makes of an unread event, over or not: %j → %s', (_, error, kind) => {
    for (const isOver of [false, true])
      expect(judge([RENAME], err(error), null, isOver)).toMatchObject([{ kind, after: null }]);
  });

  test('is the reason that stays with the edit', () => {
    const refused = judge([RENAME], err(API_ERRORS['rate-limited']), UNCHANGED);
    expect(refused).toMatchObject([{ refusal: { kind: 'call', error: { kind: 'rate-limited' } } }]);
  });

  test.each(cases(UNREAD))('%s may have landed only if an unread event is unknown after it', (_, error, kind) => {
    expect(mayHaveLanded(error)).toBe(kind === 'unknown');
  });

  test.each(cases(STILL_UNCHANGED))(
    '%s may yet land only if an unchanged event is unknown after it',
    (_, error, kind) => {
      expect(mayYetLand(error)).toBe(kind === 'unknown');
    },
  );
});

test.each([ok(null), ...Object.values(API_ERRORS).map((error) => err(error))])(
  'what is stored, ignored, gone or unread after %j is so whether or not the call is over',
  (answer) => {
    for (const after of [WANTED, ABSENT, null])
      expect(judge([RENAME], answer, after, true)).toEqual(judge([RENAME], answer, after, false));
    expect(judge([RENAME], ok(null), UNCHANGED, true)).toMatchObject([{ kind: 'ignored' }]);
  },
);

describe('a change that was not sent', () => {
  const gone = buildChange({}, { state: 'gone', live: null });

  test('because its event was gone is missing, whatever the answer and whatever can be read', () => {
    for (const after of [null, ABSENT, UNCHANGED])
      expect(judge([gone], err(API_ERRORS.timeout), after)).toEqual([
        { change: gone, kind: 'missing', after: null, refusal: { kind: 'gone' } },
      ]);
  });

  test.each(['holds', 'conflict', 'held', 'out-of-order'] as const)('because it was %s gets no verdict', (state) => {
    expect(judge([buildChange({}, { state })], ok(null), UNCHANGED)).toEqual([]);
  });
});

test('a good answer proves nothing while the event cannot be read', () => {
  expect(judge([RENAME], ok(null), null)).toMatchObject([
    { kind: 'unknown', after: null, refusal: { kind: 'not-read' } },
  ]);
});

describe('a 422', () => {
  const MOVE = buildChange({ id: 2, field: 'location', base: 'Altis', wanted: 'Stratis' });
  const OTHER_EVENT = buildChange({ id: 3, eventId: 2 });
  const held = eventsById(buildEvent(1), buildEvent(2));
  const refusalsAfter = (answer: Answer) =>
    judge([RENAME, MOVE, OTHER_EVENT], answer, held).map(({ refusal }) => refusal);

  test('puts each reason to the field of the event that it names, and the rest down to those', () => {
    const answer = invalid(
      { eventId: 1, field: 'name', text: 'Too long.' },
      { eventId: 1, field: 'name', text: 'Too loud.' },
    );
    const others = { kind: 'other-fields' };
    expect(refusalsAfter(answer)).toEqual([{ kind: 'field', text: 'Too long. Too loud.' }, others, others]);
  });

  test('that names only fields which nobody sent is a reason for all, in its own words', () => {
    const batch = { kind: 'batch', text: 'Starts is required. No.' };
    const answer = invalid(
      { eventId: 1, field: 'starts', text: 'Starts is required.' },
      { eventId: 7, field: 'name', text: 'No.' },
    );
    expect(refusalsAfter(answer)).toEqual([batch, batch, batch]);
  });

  test('that names no field is a reason for all', () => {
    const batch = { kind: 'batch', text: 'The resources field is required.' };
    expect(refusalsAfter(invalid({ eventId: null, field: null, text: batch.text }))).toEqual([batch, batch, batch]);
  });
});

describe('a 5xx of PERSCOM itself', () => {
  const SUSPECT = buildChange({ id: 2, field: 'starts', base: '2026-12-01T18:00:00Z', wanted: '2026-12-02T18:00:00Z' });
  const OTHER_EVENT = buildChange({ id: 3, eventId: 2 });
  const held = eventsById(buildEvent(1), buildEvent(2));
  const refusalsOf = (changes: readonly Change[]) =>
    judge(changes, err(API_ERRORS['server-error']), held).map(({ refusal }) => refusal);

  test('is put down to the fields that the server as shipped breaks on, wherever in the batch they are', () => {
    const beside = { kind: 'beside-suspect', status: 500 };
    expect(refusalsOf([RENAME, SUSPECT, OTHER_EVENT])).toEqual([beside, { kind: 'suspect', status: 500 }, beside]);
  });

  test('is the fault of a change that was sent alone, and nobody’s where more were, without such a field', () => {
    const call = { kind: 'call', error: API_ERRORS['server-error'] };
    expect(refusalsOf([RENAME, OTHER_EVENT])).toEqual([call, call]);
    expect(refusalsOf([RENAME])).toEqual([{ kind: 'culprit', status: 500 }]);
    const notSent = { ...SUSPECT, state: 'gone', edit: { ...SUSPECT.edit, eventId: 9 } } as const;
    expect(refusalsOf([RENAME, OTHER_EVENT, notSent])).toEqual([call, call, { kind: 'gone' }]);
  });
});
