import { describe, test } from 'vitest';
import { confirmInBoth, confirmOneInBoth } from './two-processes.ts';

describe('two processes on one database', () => {
  test('send one PATCH when fifty in each confirm, over several previews, and tell all others the truth', async () => {
    process.stdout.write(`${JSON.stringify(await confirmInBoth(50))}\n`);
  });

  test('send one PATCH when both get fifty confirmations of the same preview', async () => {
    process.stdout.write(`${JSON.stringify(await confirmOneInBoth(50, false))}\n`);
  });

  test('send one PATCH when both get fifty confirmations of the same preview, also where PERSCOM fails on it', async () => {
    process.stdout.write(`${JSON.stringify(await confirmOneInBoth(50, true))}\n`);
  });
});
