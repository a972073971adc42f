import { describe, expect, test } from 'vitest';
import { type Kept, keep, within } from '../../src/app/kept.ts';
import type { ApiError } from '../../src/domain/api-error.ts';
import { err, ok, type Result } from '../../src/domain/result.ts';

const LONG_MS = 10_000;
const GOOD_FOR_MS = 30_000;
const MAINTENANCE: ApiError = { kind: 'maintenance' };

type Reading = {
  readonly publish: (part: string) => void;
  readonly end: (answer: Result<{ value: string; goodForMs: number }, ApiError>) => void;
};

/** A kept text whose readings the test ends by hand, and a clock that stands still until it is moved. */
function setUp(): { kept: Kept<string>; readings: Reading[]; clock: { ms: number; now(): number } } {
  const readings: Reading[] = [];
  const clock = { ms: 1_000_000, now: () => clock.ms };
  const kept = keep<string>((publish) => new Promise((end) => void readings.push({ publish, end })), clock);
  return { kept, readings, clock };
}

const read = (value: string) => ok({ value, goodForMs: GOOD_FOR_MS });

/** One that has been read once. */
async function withValue(value: string) {
  const all = setUp();
  const first = all.kept.get(LONG_MS);
  all.readings[0]?.end(read(value));
  await first;
  return all;
}

describe('a value that was never read', () => {
  test('is read when it is first asked for, once for all who ask', async () => {
    const { kept, readings } = setUp();
    expect([kept.current, readings.length]).toEqual([null, 0]);
    const asked = [kept.get(LONG_MS), kept.get(LONG_MS), kept.get(LONG_MS)];
    expect(readings).toHaveLength(1);
    readings[0]?.end(read('a'));
    expect(await Promise.all(asked)).toEqual(Array(3).fill({ ok: true, value: 'a' }));
    expect(kept.current).toBe('a');
  });

  test('is waited for only so long; the reading goes on and serves the next who asks', async () => {
    const { kept, readings } = setUp();
    expect(await kept.get(0)).toEqual({ ok: false, error: { kind: 'still-waiting' } });
    const second = kept.get(LONG_MS);
    readings[0]?.end(read('a'));
    expect(await second).toEqual({ ok: true, value: 'a' });
    expect(readings).toHaveLength(1);
  });

  test('is there as soon as its first part is published, and whole in the end', async () => {
    const { kept, readings } = setUp();
    const first = kept.get(LONG_MS);
    readings[0]?.publish('a…');
    expect(await first).toEqual({ ok: true, value: 'a…' });
    readings[0]?.publish('ab…');
    expect(await kept.get(0)).toEqual({ ok: true, value: 'ab…' });
    readings[0]?.end(read('abc'));
    await expect.poll(() => kept.current).toBe('abc');
    expect(readings).toHaveLength(1);
  });

  test('keeps its first part when the rest cannot be read', async () => {
    const { kept, readings } = setUp();
    const first = kept.get(LONG_MS);
    readings[0]?.publish('a…');
    readings[0]?.end(err(MAINTENANCE));
    expect(await first).toEqual({ ok: true, value: 'a…' });
    expect(await kept.get(0)).toEqual({ ok: true, value: 'a…' });
  });
});

describe('a kept value', () => {
  test('is served without reading as long as it is good', async () => {
    const { kept, readings, clock } = await withValue('old');
    clock.ms += GOOD_FOR_MS - 1;
    expect(await kept.get(0)).toEqual({ ok: true, value: 'old' });
    expect(readings).toHaveLength(1);
  });

  test('is served at once also when it is due, while one reading goes on behind it', async () => {
    const { kept, readings, clock } = await withValue('old');
    clock.ms += GOOD_FOR_MS;
    expect(await Promise.all([kept.get(0), kept.get(0)])).toEqual(Array(2).fill({ ok: true, value: 'old' }));
    expect(readings).toHaveLength(2);
    readings[1]?.end(read('new'));
    await expect.poll(() => kept.current).toBe('new');
  });

  test('does not shrink to a part of itself while it is read again', async () => {
    const { kept, readings, clock } = await withValue('abc');
    clock.ms += GOOD_FOR_MS;
    await kept.get(0);
    readings[1]?.publish('x…');
    expect(await kept.get(0)).toEqual({ ok: true, value: 'abc' });
  });

  test('outlives an outage, which at no moment starts another reading at once', async () => {
    const { kept, readings, clock } = await withValue('old');
    clock.ms += GOOD_FOR_MS;
    await kept.get(0);
    readings[1]?.end(err(MAINTENANCE));
    for (let moment = 0; moment < 10; moment += 1) expect(await kept.get(0)).toEqual({ ok: true, value: 'old' });
    expect(readings).toHaveLength(2);
  });
});

describe('a kept value, wanted fresh', () => {
  test('is served at once as long as it is good', async () => {
    const { kept, readings } = await withValue('old');
    expect(await kept.getFresh(0)).toEqual({ ok: true, value: 'old' });
    expect(readings).toHaveLength(1);
  });

  test('is waited for when it is due, by all who ask', async () => {
    const { kept, readings, clock } = await withValue('old');
    clock.ms += GOOD_FOR_MS;
    const asked = [kept.getFresh(LONG_MS), kept.getFresh(LONG_MS)];
    readings[1]?.end(read('new'));
    expect(await Promise.all(asked)).toEqual(Array(2).fill({ ok: true, value: 'new' }));
    expect(readings).toHaveLength(2);
  });

  test('is the old one where the new one takes too long or cannot be read', async () => {
    const { kept, readings, clock } = await withValue('old');
    clock.ms += GOOD_FOR_MS;
    expect(await kept.getFresh(0)).toEqual({ ok: true, value: 'old' });
    readings[1]?.end(err(MAINTENANCE));
    expect(await kept.getFresh(LONG_MS)).toEqual({ ok: true, value: 'old' });
  });

  test('is waited for whole; its first part does where the rest takes too long', async () => {
    const { kept, readings } = setUp();
    const [patient, hasty] = [kept.getFresh(LONG_MS), kept.getFresh(0)];
    readings[0]?.publish('a…');
    expect(await hasty).toEqual({ ok: true, value: 'a…' });
    readings[0]?.end(read('abc'));
    expect(await patient).toEqual({ ok: true, value: 'abc' });
  });

  test('is none where there never was one', async () => {
    const { kept, readings } = setUp();
    const asked = kept.getFresh(LONG_MS);
    readings[0]?.end(err(MAINTENANCE));
    expect(await asked).toEqual({ ok: false, error: MAINTENANCE });
  });
});

test('after a failed reading the next waits five seconds, and who asks until then gets the failure', async () => {
  const { kept, readings, clock } = setUp();
  const first = kept.get(LONG_MS);
  readings[0]?.end(err(MAINTENANCE));
  expect(await first).toEqual({ ok: false, error: MAINTENANCE });
  clock.ms += 4_999;
  expect(await kept.get(LONG_MS)).toEqual({ ok: false, error: MAINTENANCE });
  expect(readings).toHaveLength(1);
  clock.ms += 1;
  const next = kept.get(LONG_MS);
  readings[1]?.end(read('a'));
  expect(await next).toEqual({ ok: true, value: 'a' });
});

test('work that ends in time is not waited for any longer', async () => {
  expect(await within(Promise.resolve(ok('done')), LONG_MS)).toEqual({ ok: true, value: 'done' });
  expect(await within(new Promise<never>(() => undefined), 0)).toEqual({ ok: false, error: { kind: 'still-waiting' } });
});
