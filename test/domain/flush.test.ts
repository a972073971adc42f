import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backOffMs, EXPIRES_AFTER_MS, type Flush, INTERRUPTED, isOver, OVER_AFTER_MS } from '../../src/domain/flush.ts';
import { API_ERRORS } from '../fixtures/domain.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const FLUSH: Flush = {
  ...{ id: 'f1', guildId: '111', userId: '901', channelId: null, state: 'unknown', revision: 1, changes: [] },
  ...{ verdicts: [], answer: INTERRUPTED, requestId: null, attempts: 1, reason: null, parentId: null },
  ...{ acceptsUnknown: false, previewedAt: 0, sentAt: 0, settledAt: null, overAt: OVER_AFTER_MS, dueAt: 0 },
};

describe('the wait before another look', () => {
  test.each([
    ['a clock that was put back', -HOUR, 2 * SECOND],
    ['nothing at all', 0, 2 * SECOND],
    ['four seconds', 4 * SECOND, 2 * SECOND],
    ['a minute', MINUTE, 30 * SECOND],
    ['ten minutes', 10 * MINUTE, 5 * MINUTE],
    ['a day', 24 * HOUR, 5 * MINUTE],
  ])('after %s (%i ms) is %i ms', (_, elapsedMs, waitMs) => {
    expect(backOffMs(elapsedMs)).toBe(waitMs);
  });

  test('never becomes shorter, and keeps between 2 seconds and 5 minutes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30 * 24 * HOUR }), fc.integer({ min: 0, max: HOUR }), (elapsedMs, more) => {
        expect(backOffMs(elapsedMs + more)).toBeGreaterThanOrEqual(backOffMs(elapsedMs));
        expect(backOffMs(elapsedMs)).toBeGreaterThanOrEqual(2 * SECOND);
        expect(backOffMs(elapsedMs)).toBeLessThanOrEqual(5 * MINUTE);
      }),
    );
  });

  test('lets a flush be looked after some twenty times in its first hour, and at its end at the latest', () => {
    const looks: number[] = [];
    for (let atMs = 0; atMs < HOUR; atMs += backOffMs(atMs)) looks.push(atMs);
    expect(looks.length).toBeGreaterThan(15);
    expect(looks.length).toBeLessThan(30);
  });
});

describe('a flush', () => {
  test.each([
    [OVER_AFTER_MS - 1, false],
    [OVER_AFTER_MS, true],
    [OVER_AFTER_MS + HOUR, true],
  ])('of which nothing lands any more after two minutes is over at %i ms: %s', (nowMs, expected) => {
    expect(isOver(FLUSH, nowMs)).toBe(expected);
  });

  test('that was never sent is never over', () => {
    expect(isOver({ ...FLUSH, overAt: null }, Number.MAX_SAFE_INTEGER)).toBe(false);
  });

  test('that an older version left open is over, whatever the clock says', () => {
    expect(isOver({ ...FLUSH, overAt: 0 }, 0)).toBe(true);
  });

  test('may wait for PERSCOM far longer than what it sends may land', () => {
    expect(EXPIRES_AFTER_MS).toBeGreaterThan(100 * OVER_AFTER_MS);
  });
});

test('a flush that is on its way has no answer but that nobody knows', () => {
  expect(INTERRUPTED).toEqual({ ok: false, error: API_ERRORS.interrupted });
});
