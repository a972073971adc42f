import { test } from 'vitest';
import { killAfterQueued } from '../e2e/kill.ts';

test('a kill -9 right after “queued” loses no edit, 100 times out of 100', async () => {
  await killAfterQueued(100);
});
