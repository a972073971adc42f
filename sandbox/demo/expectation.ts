import { inspect } from 'node:util';

/** Throws, naming `claim`, unless `condition` holds; `seen` is what there was instead. */
export function expectThat(claim: string, condition: boolean, seen?: unknown): asserts condition {
  if (condition) return;
  const shown = typeof seen === 'string' ? seen : inspect(seen, { depth: 8 });
  throw new Error(`This does not hold: ${claim}${seen === undefined ? '' : `\nWhat was seen instead:\n${shown}`}`);
}
