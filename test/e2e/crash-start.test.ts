import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { scratch } from './process.ts';

const BUILT_STORE = pathToFileURL(resolve(import.meta.dirname, '../../dist/src/store/open.js')).href;

/** A process that opens the store at `path`, as a bot does when it starts. */
function spawnStore(path: string) {
  const script = `
    import { openStore } from ${JSON.stringify(BUILT_STORE)};
    await (await openStore(process.argv.at(-1))).close();`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script, path], { stdio: 'pipe' });
  onTestFinished(() => void child.kill('SIGKILL'));
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  const ended = new Promise<string>((settle) => child.once('close', () => settle(complaint)));
  return { child, ended };
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** Kills a process that makes a new database when the log of that has grown to `bytes`. */
async function killAt(path: string, bytes: number): Promise<void> {
  const { child, ended } = spawnStore(path);
  let hasEnded = false;
  void ended.then(() => {
    hasEnded = true;
  });
  while (!hasEnded && sizeOf(`${path}-wal`) < bytes) await turn();
  child.kill('SIGKILL');
  await ended;
}

const KILLS = 6;
const STEP_BYTES = 25_000;

describe('a new database', () => {
  test('can be opened after a kill -9 at any point of its making', async () => {
    const directory = scratch();
    for (let kill = 0; kill < KILLS; kill += 1) {
      const path = join(directory, `${kill}.db`);
      await killAt(path, kill * STEP_BYTES);
      expect(await spawnStore(path).ended).toBe('');
    }
  }, 60_000);

  test('can be opened by several processes at once', async () => {
    const directory = scratch();
    for (let round = 0; round < 3; round += 1) {
      const path = join(directory, `${round}.db`);
      const both = [spawnStore(path), spawnStore(path), spawnStore(path)];
      expect(await Promise.all(both.map(({ ended }) => ended))).toEqual(['', '', '']);
    }
  }, 60_000);
});
