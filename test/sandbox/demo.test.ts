import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { expectThat } from '../../sandbox/demo/expectation.ts';
import { createNarrator } from '../../sandbox/demo/narrator.ts';
import { runStories, type Story } from '../../sandbox/demo/run.ts';
import { buildStage, type Stage } from '../../sandbox/demo/stage.ts';

const DEMO = resolve('dist/sandbox/demo.js');
const MAIN = resolve('dist/src/main.js');

function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'frago-test-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** Runs the built demo as a newcomer does whose temporary files are in `tmp`. */
function runDemo(tmp: string): Promise<{ code: number | null; output: string }> {
  const env = { ...process.env, TMPDIR: tmp, FORCE_COLOR: '1' };
  const child = spawn(process.execPath, [DEMO], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  return new Promise((done) => child.once('close', (code) => done({ code, output })));
}

/** Tells `stories` to a buffer. */
async function run(stories: readonly Story[], deadlineMs = 10_000, interrupt?: AbortSignal) {
  let output = '';
  const write = (text: string) => {
    output += text;
  };
  const tell = createNarrator({ write, isColoured: false, width: 100 });
  const code = await runStories({ tell, stories, deadlineMs, ...(interrupt && { interrupt }) });
  return { code, output };
}

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('the demo tells the main job on both servers, ends with 0 and leaves nothing behind', async () => {
  const tmp = temporaryDirectory();
  const { code, output } = await runDemo(tmp);
  expect({ code, failure: output.split('✗')[1] }).toEqual({ code: 0, failure: undefined });
  for (const line of [
    'Op Iron Resolve · ',
    'Form: Schedule: Op Iron Resolve',
    'does not exist in Europe/Berlin',
    '✓ the form holds what was typed',
    '✓ the bot was ended by SIGKILL',
    'QUEUE: 6 EDITS OF 3 EVENTS',
    'PATCH /v2/events/batch\n  Authorization: Bearer ••••••••',
    '✓ it sums up: 3 of 3 events updated',
    '✓ PERSCOM holds what was typed',
    '/event shift  by: +2w  name: Weekend',
    '5 of 5 ops move by +14 days',
    '✓ the four timed ones start at the same time of day',
    '✓ pressed again, it moves nothing twice',
    '✓ it sums up: 5 of 5 events updated',
    'PERSCOM ▸ answers 500',
    '✓ it sums up: 0 of 2 events updated',
    '[ Send the rest (1 change) ]',
    '✓ the two new times are still queued, and only they',
    '✓ told to stop with SIGTERM, the bot ended with exit code 0',
    'and all of them hold.',
  ])
    expect(output).toContain(line);
  for (const unwanted of ['sandbox-api-key', 'sandbox-bot-token', '\u001b', '"level":'])
    expect(output).not.toContain(unwanted);
  expect(readdirSync(tmp)).toEqual([]);
}, 65_000);

test('a demo that cannot be set up says so and ends with 1', async () => {
  const { code, output } = await runDemo(join(temporaryDirectory(), 'missing'));
  expect(code).toBe(1);
  expect(output).toContain('✗ The demo stops at “1. The stage”.');
  expect(output).toContain('ENOENT');
});

test('a claim that does not hold ends the demo with 1, and names the step, the claim and what was seen', async () => {
  const told: string[] = [];
  const failing: Story = async (tell) => {
    tell.section('Counting');
    tell.claim('one and one are two', 1 + 1 === 2);
    tell.claim('two and two are five', 2 + 2 === Number('5'), { sum: 4 });
  };
  const next: Story = async () => void told.push('next');
  const { code, output } = await run([failing, next]);
  expect(code).toBe(1);
  expect(output).toContain('✓ one and one are two');
  expect(output).not.toContain('✓ two and two are five');
  expect(output).toMatch(
    /✗ The demo stops at “1\. Counting”\.\s+This does not hold: two and two are five\s+What was seen instead:\s+\{ sum: 4 \}/,
  );
  expect(told).toEqual([]);
});

test('an expectation that holds is silent', () => {
  expect(() => expectThat('one is one', true)).not.toThrow();
  expect(() => expectThat('one is two', false)).toThrow('This does not hold: one is two');
});

test('after a failure the bot is gone, its servers and files too, and what it logged is shown', async () => {
  const stages: Stage[] = [];
  const files: string[] = [];
  const { code, output } = await run([
    async (tell, backstage) => {
      const stage = await buildStage({ profile: 'documented', main: MAIN, backstage });
      stages.push(stage);
      files.push(stage.directory);
      await stage.startBot();
      expect(existsSync(stage.directory)).toBe(true);
      tell.claim('this cannot be', false);
    },
  ]);
  const [stage] = stages;
  expect(code).toBe(1);
  expect(output).toContain(`What the bot (process ${stage?.bot().pid}, documented) logged:`);
  expect(isRunning(stage?.bot().pid ?? 0)).toBe(false);
  expect(files.map((file) => existsSync(file))).toEqual([false]);
  await expect(fetch(stage?.perscom.url ?? '')).rejects.toThrow('fetch failed');
  await expect(fetch(stage?.discord.apiUrl ?? '')).rejects.toThrow('fetch failed');
});

test('a bot that does not start is a failure at once, with its last words', async () => {
  const { code, output } = await run([
    async (_, backstage) => {
      const main = join(temporaryDirectory(), 'no-main.js');
      await (await buildStage({ profile: 'documented', main, backstage })).startBot();
    },
  ]);
  expect(code).toBe(1);
  expect(output).toContain('The bot did not start: it ended with exit code 1');
  expect(output).toContain('Cannot find module');
});

test('a story that never ends is cut off, and what it left is undone', async () => {
  const undone: string[] = [];
  const { code, output } = await run(
    [
      async (_, backstage) => {
        await backstage.undoLater(() => void undone.push('first'));
        await backstage.undoLater(() => void undone.push('second'));
        await new Promise(() => undefined);
      },
    ],
    50,
  );
  expect({ code, undone }).toEqual({ code: 1, undone: ['second', 'first'] });
  expect(output).toContain('It was not over within 0.05 seconds.');
});

test('an interrupted story is a failure, with the reason', async () => {
  const interrupt = new AbortController();
  const story: Story = async () => {
    interrupt.abort(new Error('It was interrupted by SIGINT.'));
    await new Promise(() => undefined);
  };
  const { code, output } = await run([story], 10_000, interrupt.signal);
  expect(code).toBe(1);
  expect(output).toContain('It was interrupted by SIGINT.');
});

test('something that cannot be undone is a failure, and the rest is undone all the same', async () => {
  const undone: string[] = [];
  const { code, output } = await run([
    async (_, backstage) => {
      await backstage.undoLater(() => void undone.push('first'));
      await backstage.undoLater(() => Promise.reject(new Error('stuck')));
    },
  ]);
  expect({ code, undone }).toEqual({ code: 1, undone: ['first'] });
  expect(output).toContain('It could not be tidied up: Error: stuck');
});
