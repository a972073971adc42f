import { test } from 'vitest';
import type { Row } from './row.ts';
import { play } from './run.ts';

/** Every other row, so that each kind of trouble is met; all of them are in test/long. */
export const everyOther = (rows: readonly Row[]): readonly Row[] => rows.filter((_, index) => index % 2 === 0);

/** Runs rows side by side, each on a stage of its own. */
export function runMatrix(rows: readonly Row[]): void {
  test.concurrent.for(rows.map((row) => [row.name, row] as const))('%s', ([, row], { onTestFinished }) =>
    play(row, onTestFinished),
  );
}
