import { fileURLToPath } from 'node:url';
import { documentedStory } from './demo/documented-story.ts';
import { createNarrator } from './demo/narrator.ts';
import { runStories } from './demo/run.ts';
import { shiftStory } from './demo/shift-story.ts';
import { shippedStory } from './demo/shipped-story.ts';

const DEADLINE_MS = 60_000;
/** Tidying up takes milliseconds; should it not, the process ends all the same. */
const TIDYING_MS = 5_000;
const MIN_WIDTH = 60;
const MAX_WIDTH = 100;

const { stdout } = process;
const main = fileURLToPath(new URL('../src/main.js', import.meta.url));
const interrupt = new AbortController();
const stop = (reason: Error): void => interrupt.abort(reason);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => stop(new Error(`It was interrupted by ${signal}.`)));
process.on('uncaughtException', stop);
stdout.on('error', stop);
setTimeout(() => process.exit(1), DEADLINE_MS + TIDYING_MS).unref();

const tell = createNarrator({
  write: (text) => void stdout.write(text),
  isColoured: stdout.isTTY === true && !process.env.NO_COLOR,
  width: Math.max(MIN_WIDTH, Math.min(stdout.columns || MAX_WIDTH, MAX_WIDTH)),
});
tell.title('Frago: a demo');
tell.say(
  'Moderators change their unit’s ops from Discord. Their edits collect in a queue, and one flush sends them to PERSCOM as one PATCH. Nothing here leaves this machine. Every line with a ✓ has just been checked; if one does not hold, the demo stops there and exits with 1.',
);
const exitCode = await runStories({
  tell,
  stories: [documentedStory(main), shiftStory(main), shippedStory(main)],
  deadlineMs: DEADLINE_MS,
  interrupt: interrupt.signal,
});
if (exitCode === 0) tell.say(`The end: ${tell.claims()} claims were checked, and all of them hold.`);
stdout.write('', () => process.exit(exitCode));
