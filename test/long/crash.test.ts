import { expect, test } from 'vitest';
import { killAtRandom, killTwice } from '../e2e/crash.ts';

const RUNS = Number(process.env.CRASH_RUNS ?? 300);
const SEED = Number(process.env.CRASH_SEED ?? 1);

test('a kill -9 at a random moment of staging and flushing loses nothing, sends nothing twice, and ends in a true report', async () => {
  const { failures, outcomes, summary } = await killAtRandom(RUNS, SEED);
  process.stdout.write(`seed ${SEED}: ${summary}\n`);
  expect(failures).toEqual([]);
  expect(outcomes).toHaveLength(RUNS);
});

test('a flush whose process dies while it looks after it is looked after by the next one', async () => {
  expect(await killTwice()).toMatchObject({ window: 'patching', reports: 1, isPinged: true });
});
