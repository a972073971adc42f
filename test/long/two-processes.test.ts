import { describe, expect, test } from 'vitest';
import { confirmInBoth, confirmOneInBoth, takeLong } from '../e2e/two-processes.ts';

const ROUNDS = [1, 2, 3, 4, 5];

describe('two processes on one database', () => {
  test.each(ROUNDS)('send one PATCH when fifty in each confirm, over several previews (round %i of 5)', async () => {
    process.stdout.write(`${JSON.stringify(await confirmInBoth(50))}\n`);
  });

  test.each(ROUNDS)(
    'send one PATCH when both get fifty confirmations of one preview (round %i of 5)',
    async (round) => {
      process.stdout.write(`${JSON.stringify(await confirmOneInBoth(50, round % 2 === 0))}\n`);
    },
  );

  test('leave each other’s flushes alone, however long PERSCOM takes over a PATCH', async () => {
    const { renewals } = await takeLong(12_000);
    process.stdout.write(`The lease was renewed ${renewals} times.\n`);
    expect(renewals).toBeGreaterThanOrEqual(4);
  });
});
