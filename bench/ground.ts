import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Backstage } from '../sandbox/demo/backstage.ts';
import { type PerscomSandbox, type StoredEvent, startPerscom } from '../sandbox/perscom/server.ts';
import { buildWorld, SANDBOX_TOKEN } from '../sandbox/perscom/world.ts';
import { built, type Contestant, type Entry, startContestant } from './contestant.ts';
import { median } from './statistics.ts';

/** Where everything happens: the unit's PERSCOM, and a directory for databases. */
export type Ground = {
  readonly perscom: PerscomSandbox;
  readonly events: readonly StoredEvent[];
  readonly directory: string;
  readonly backstage: Backstage;
};

const manifest = z.object({ scripts: z.object({ start: z.string() }) });
const LISTED_WITHIN_MS = 10_000;
const LOOK_EVERY_MS = 50;

/** A PERSCOM with that many events; `backstage` takes everything down. */
export async function prepareGround(eventCount: number, backstage: Backstage): Promise<Ground> {
  const directory = mkdtempSync(join(tmpdir(), 'frago-bench-'));
  await backstage.undoLater(() => rmSync(directory, { recursive: true, force: true }));
  const perscom = await startPerscom({ profile: 'documented', world: buildWorld({ events: eventCount }) });
  await backstage.undoLater(() => perscom.close());
  return { perscom, events: [...perscom.world.events.values()], directory, backstage };
}

/** The flags that `npm start` gives to Node. */
function startFlags(): readonly string[] {
  const { scripts } = manifest.parse(JSON.parse(readFileSync(built('../package.json'), 'utf8')));
  return scripts.start.split(' ').filter((word) => word.startsWith('--'));
}

function fragoEntry({ perscom, directory }: Ground): Entry {
  const env = {
    PERSCOM_API_URL: perscom.url,
    PERSCOM_API_TOKEN: SANDBOX_TOKEN,
    DATABASE_URL: `file:${join(directory, 'frago.db')}`,
    TIME_ZONE: 'Europe/Berlin',
    LOG_LEVEL: 'info',
    NODE_OPTIONS: [...startFlags(), process.env.FRAGO_NODE_OPTIONS ?? ''].join(' '),
  };
  return { name: 'Frago', main: 'src/main.js', env };
}

/** Starts Frago as in production, on the database in the ground's directory. */
export const startFrago = (ground: Ground): Promise<Contestant> =>
  startContestant(fragoEntry(ground), ground.directory, ground.backstage);

/** Starts Frago and stops it again, `times` times; answers how long it took to be ready, in the middle. */
export async function measureStarts(ground: Ground, times: number, isFresh: boolean): Promise<number> {
  const tookMs: number[] = [];
  for (let start = 0; start < times; start += 1) {
    if (isFresh) forgetDatabase(ground);
    const contestant = await startFrago(ground);
    tookMs.push(contestant.readyAfterMs);
    await contestant.stop();
  }
  if (isFresh) forgetDatabase(ground);
  return median(tookMs);
}

function forgetDatabase({ directory }: Ground): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(join(directory, `frago.db${suffix}`), { force: true });
}

/** Resolves when Frago has read the whole list: then it offers the soonest event first. */
export async function untilListed({ complete }: Contestant, { events }: Ground): Promise<void> {
  const [soonest] = events.toSorted((a, b) => a.starts.localeCompare(b.starts));
  const giveUpAt = performance.now() + LISTED_WITHIN_MS;
  while (performance.now() < giveUpAt) {
    const [first] = await complete('');
    if (first?.value === String(soonest?.id)) return;
    await sleep(LOOK_EVERY_MS);
  }
  throw new Error(`Frago has not listed ${events.length} events within ${LISTED_WITHIN_MS} ms`);
}
