import { expect, test } from 'vitest';
import { killInEveryWindow } from './crash.ts';

test('a kill -9 in any window of staging and flushing loses nothing, sends nothing twice, and ends in a true report', async () => {
  const { failures, summary } = await killInEveryWindow();
  process.stdout.write(`${summary}\n`);
  expect(failures).toEqual([]);
}, 60_000);
