import { test } from 'vitest';
import { FULL_ROWS } from './database-rows.ts';
import { canFillDisk } from './disk.ts';
import { play } from './run.ts';

/** A full disk would hit every row of this process, so these run one by one. */
if (canFillDisk())
  test.for(FULL_ROWS.map((row) => [row.name, row] as const))('%s', ([, row], { onTestFinished }) =>
    play(row, onTestFinished),
  );
else
  test.skip('a database that is full: this needs Linux’s prlimit, and tests in processes of their own', () =>
    undefined);
