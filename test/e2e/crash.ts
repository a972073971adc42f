import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { inspect } from 'node:util';
import { expect } from 'vitest';
import type { Fault } from '../../sandbox/perscom/server.ts';
import { LEASE_MS } from '../../src/domain/flush.ts';
import { createGate, pick, type Random, randomFrom } from './chance.ts';
import { type Outcome, recover, WINDOWS, type Window } from './crash-recovery.ts';
import { hasCome, type Lane, openLane, playScene, type Scene, type Strike } from './crash-story.ts';

const PATCH = { method: 'PATCH', path: /\/events\/batch$/ } as const;
const SEARCH = { method: 'POST', path: /\/events\/search$/ } as const;

/** Waits as long as that, more finely than a timer does. */
async function pass(ms: number): Promise<void> {
  const end = performance.now() + ms;
  if (ms > 3) await sleep(ms - 2);
  while (performance.now() < end) await turn();
}

/** Kills the bot `ms` after `has` comes true. */
async function killAfter(scene: Scene, has: (scene: Scene) => boolean, ms: number): Promise<void> {
  while (!scene.isDead() && !has(scene)) await turn();
  await pass(ms);
  scene.kill();
}

const killIn = (scene: Scene, ms: number): Promise<void> => killAfter(scene, () => true, ms);

/** The PATCH is cut off before PERSCOM looks at it; nobody notices for a while. */
const LOST: Fault = { on: PATCH, kind: 'hang' };

/** PERSCOM takes `ms` over the PATCH before it commits. */
const slowBefore = (ms: number): Fault => ({ on: PATCH, kind: 'handle', delayMs: ms });

/** PERSCOM commits at once, and answers `ms` later. */
const slowAfter = (scene: Scene, ms: number): Fault => ({
  ...{ on: PATCH, kind: 'drip', bytes: 1_000_000, everyMs: ms },
  after() {
    scene.answerOutAt = performance.now() + ms;
  },
});

/** The moments at which a bot is killed at random, so that no window is too short to be hit. */
const MOMENTS: readonly ((random: Random) => Strike)[] = [
  (random) => ({ staging: (scene) => void killIn(scene, random() * 150) }),
  (random) => ({ preview: (scene) => void killIn(scene, random() * 25) }),
  (random) => ({ confirm: (scene) => void killIn(scene, random() * 15) }),
  (random) => ({ confirm: (scene) => void killAfter(scene, hasCome.check, random() * 6) }),
  (random) => ({ confirm: (scene) => void killAfter(scene, hasCome.claim, random() * 2) }),
  (random) => ({
    confirm(scene) {
      const ms = 10 + random() * 90;
      scene.lane.perscom.inject(slowBefore(ms));
      void killAfter(scene, hasCome.patch, random() * ms);
    },
  }),
  (random) => ({
    confirm(scene) {
      const isLost = random() < 0.5;
      scene.isPatchLost = isLost;
      scene.lane.perscom.inject(isLost ? LOST : slowBefore(LEASE_MS + random() * 3_000));
      void killAfter(scene, hasCome.patch, random() * 50);
    },
  }),
  (random) => ({
    confirm(scene) {
      const ms = 10 + random() * 90;
      scene.lane.perscom.inject(slowAfter(scene, ms));
      void killAfter(scene, hasCome.patch, random() * ms);
    },
  }),
  (random) => ({ confirm: (scene) => void killAfter(scene, hasCome.answer, random() * 6) }),
  (random) => ({ confirm: (scene) => void killAfter(scene, hasCome.readBack, random() * 10) }),
  (random) => ({ confirm: (scene) => void killAfter(scene, hasCome.word, random() * 8) }),
];

/** Kills the bot for certain in each window that can be hit from outside. */
const STRIKES: Readonly<Record<Exclude<Window, 'reported' | 'over'>, Strike>> = {
  staging: { staging: (scene) => void killIn(scene, 0) },
  preview: { preview: (scene) => scene.lane.perscom.inject({ on: SEARCH, kind: 'handle', before: scene.kill }) },
  confirmed: { confirm: (scene) => scene.lane.perscom.inject({ on: SEARCH, kind: 'handle', before: scene.kill }) },
  claimed: {
    confirm(scene) {
      scene.isPatchLost = true;
      scene.lane.perscom.inject({ on: PATCH, kind: 'drop', before: scene.kill });
    },
  },
  patching: { confirm: (scene) => scene.lane.perscom.inject({ on: PATCH, kind: 'handle', before: scene.kill }) },
  committed: { confirm: (scene) => scene.lane.perscom.inject({ on: PATCH, kind: 'handle', after: scene.kill }) },
  answered: {
    confirm({ lane: { perscom }, kill }) {
      const after = () => perscom.inject({ on: SEARCH, kind: 'handle', before: kill });
      perscom.inject({ on: PATCH, kind: 'handle', after });
    },
  },
  settled: {
    confirm: (scene) => void scene.lane.discord.until(() => hasCome.word(scene)).then(scene.kill, scene.kill),
  },
};

/** One run on a lane, of which the outcome is as it has to be. */
async function run(lane: Lane, random: Random, strike: Strike, isHasty = false): Promise<Outcome> {
  const [scene, death] = await playScene(lane, random, strike);
  return recover(scene, death, { leaseMs: LEASE_MS, isHasty });
}

const count = (outcomes: readonly Outcome[], is: (outcome: Outcome) => boolean): number => outcomes.filter(is).length;

/** Where the kills hit, and what came of them. */
function summarise(outcomes: readonly Outcome[]): string {
  const rows = Object.entries(WINDOWS).map(([window, meaning]) => {
    const own = outcomes.filter((outcome) => outcome.window === window);
    const facts = [
      `${count(own, ({ isSettledByHand }) => isSettledByHand)} settled by hand`,
      `${count(own, ({ isPinged }) => isPinged)} pinged`,
      `${count(own, ({ reports }) => reports > 1)} reported twice`,
    ];
    return `${String(own.length).padStart(5)}  ${meaning}${own.length === 0 ? '' : ` (${facts.join(', ')})`}`;
  });
  const waits = outcomes.flatMap(({ lookedAfterMs }) => lookedAfterMs ?? []).sort((a, b) => a - b);
  const [median, most] = [waits[Math.floor(waits.length / 2)] ?? 0, waits.at(-1) ?? 0];
  const looked = `${waits.length} flushes under way were looked after, ${(median / 1000).toFixed(1)} s after the kill (median), ${(most / 1000).toFixed(1)} s at most`;
  return [`${outcomes.length} kills:`, ...rows, looked].join('\n');
}

/** What went wrong, and what the bot said last. */
const describe = (error: unknown, { bot }: Lane): string => `${inspect(error)}\n${bot.output().slice(-2_000)}`;

const LANES = 6;
const STARTING_AT_ONCE = 2;

/** What came of killing bots at random. */
export type Killed = {
  readonly outcomes: readonly Outcome[];
  readonly failures: readonly string[];
  readonly summary: string;
};

/**
 * Kills the bot at a random moment of staging and flushing, `runs` times, on some lanes at once, starts it again and looks
 * whether all is well. The same seed draws the same stories and moments; where a kill hits depends on the machine too.
 */
export async function killAtRandom(runs: number, seed: number): Promise<Killed> {
  const gate = createGate(STARTING_AT_ONCE);
  const outcomes: Outcome[] = [];
  const failures: string[] = [];
  let begun = 0;

  async function work(): Promise<void> {
    let lane = await openLane(gate);
    while (begun < runs) {
      begun += 1;
      const own = seed + begun;
      const random = randomFrom(own);
      const strike = pick(random, MOMENTS)(random);
      try {
        if (random() < 0.15) await lane.renew();
        outcomes.push(await run(lane, random, strike));
      } catch (error) {
        failures.push(`seed ${own}: ${describe(error, lane)}`);
        lane.bot.signal('SIGKILL');
        lane = await openLane(gate);
      }
      expect(lane.discord.violations).toEqual([]);
    }
    lane.bot.signal('SIGKILL');
  }

  await Promise.all(Array.from({ length: Math.min(LANES, runs) }, work));
  return { outcomes, failures, summary: summarise(outcomes) };
}

/** The windows, as lanes take them; those first after which there is a lease to wait for. */
const TURNS = [
  ...(['claimed', 'patching', 'committed', 'answered', 'settled'] as const).map((window) => [window]),
  ['staging', 'preview', 'confirmed'],
] as const;

/** Kills a bot for certain in every window in which that can be done from outside. */
export async function killInEveryWindow(): Promise<Killed> {
  const gate = createGate(STARTING_AT_ONCE);
  const outcomes: Outcome[] = [];
  const failures: string[] = [];

  async function work(windows: (typeof TURNS)[number], seed: number): Promise<void> {
    const lane = await openLane(gate);
    const random = randomFrom(seed);
    for (const window of windows) {
      try {
        const outcome = await run(lane, random, STRIKES[window], true);
        outcomes.push(outcome);
        if (outcome.window !== window) failures.push(`${window}: hit ${outcome.window}`);
      } catch (error) {
        failures.push(`${window}: ${describe(error, lane)}`);
      }
    }
    lane.bot.signal('SIGKILL');
    expect(lane.discord.violations).toEqual([]);
  }

  await Promise.all(TURNS.map(work));
  return { outcomes, failures, summary: summarise(outcomes) };
}

/** For so long nobody else looks after a flush that somebody began to look after. */
const LOOK_LEASE_MS = 30_000;

/** Kills a bot while PERSCOM has its PATCH, and the next one while it looks what became of that. */
export async function killTwice(): Promise<Outcome> {
  const lane = await openLane(createGate(1));
  const [scene, death] = await playScene(lane, randomFrom(1), STRIKES.patching);
  await lane.bot.exit;
  await lane.restart();
  const { bot } = lane;
  const at = await new Promise<number>((settle) => {
    const before = (): void => {
      bot.signal('SIGKILL');
      settle(Date.now());
    };
    lane.perscom.inject({ on: SEARCH, kind: 'handle', before });
  });
  return recover(scene, { ...death, at }, { leaseMs: LOOK_LEASE_MS, isHasty: false });
}
