import { test } from 'vitest';
import type { Row } from './row.ts';
import { play } from './run.ts';

/** Runs rows side by side, each on a stage of its own. */
export function runMatrix(rows: readonly Row[]): void {
  test.concurrent.for(rows.map((row) => [row.name, row] as const))('%s', ([, row], { onTestFinished }) =>
    play(row, onTestFinished),
  );
}
