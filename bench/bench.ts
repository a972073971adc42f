import { cpus, totalmem } from 'node:os';
import { createBackstage } from '../sandbox/demo/backstage.ts';
import { type Contestant, MEMORY_AFTER, residentMib } from './contestant.ts';
import { type Ground, measureStarts, prepareGround } from './ground.ts';
import type { Moderator } from './moderator.ts';
import { measureParsing } from './parsing.ts';
import { measurePath, type Path, type PathResult, warmUp } from './paths.ts';
import { type Bar, describeBars, describePaths } from './report.ts';
import { type Sides, startSides } from './sides.ts';
import { IN_FLIGHT, measureThroughput, type Side } from './throughput.ts';

const EVENTS = 1_000;
const STARTS = 3;
/** By then V8 has compiled all that it will; the side with more code is compiled later. */
const WARM_UP = 3_000;
const ROUNDS = { uncounted: 15, rounds: 40, block: 50 };
const LOAD = { slices: 3, sliceMs: 2_000 };
const GIVE_UP_AFTER_MS = 180_000;
const MIB_PER_GIB = 2 ** 30;

type PathBar = Path & { readonly bar: string | null };

const pathsOf = ({ frago, bare, bareDurable }: Sides): readonly PathBar[] => [
  { name: '/event edit → modal', bar: 'modal', frago: frago.moderator.openForm, bare: bare.moderator.openForm },
  { name: 'autocomplete', bar: 'autocomplete', frago: frago.moderator.type, bare: bare.moderator.type },
  {
    name: 'submit → queued, bare + one insert',
    bar: 'submit → queued',
    frago: frago.moderator.submitForm,
    bare: bareDurable.moderator.submitForm,
  },
  {
    name: 'submit → queued, bare without insert',
    bar: null,
    frago: frago.moderator.submitForm,
    bare: bare.moderator.submitForm,
  },
];

const warmUpSide = ({ openForm, type, submitForm }: Moderator): Promise<void> =>
  warmUp([openForm, type, submitForm], WARM_UP);

async function measurePaths(sides: Sides): Promise<readonly (PathResult & Pick<PathBar, 'bar'>)[]> {
  for (const { moderator } of Object.values(sides)) await warmUpSide(moderator);
  const results: (PathResult & Pick<PathBar, 'bar'>)[] = [];
  for (const path of pathsOf(sides)) results.push({ ...(await measurePath(path, ROUNDS)), bar: path.bar });
  return results;
}

/** The memory of a bot after {@link MEMORY_AFTER} interactions and now, after all that it was sent. */
async function measureMemory({ contestant, moderator }: Side) {
  while (contestant.interactions() < MEMORY_AFTER) await moderator.openForm();
  const interactions = contestant.interactions();
  const { readyMib, bot } = contestant;
  return { readyMib, mib: contestant.memoryMib(), interactions, finalMib: residentMib(bot.pid) };
}

/** What Frago itself says that is queued. */
async function queueTitle({ command }: Contestant): Promise<string> {
  const { embeds } = (await command('queue view')).messageOrThrow();
  return embeds[0]?.title ?? 'nothing';
}

async function measure(ground: Ground) {
  const parsing = measureParsing();
  const freshStartMs = await measureStarts(ground, STARTS, true);
  const sides = await startSides(ground);
  const readsBefore = ground.perscom.requests.length;
  const paths = await measurePaths(sides);
  const throughput = await measureThroughput(sides.frago, sides.bare, LOAD);
  const reads = ground.perscom.requests.length - readsBefore;
  const memory = await measureMemory(sides.frago);
  const bareMemory = await measureMemory(sides.bare);
  const queue = await queueTitle(sides.frago.contestant);
  await sides.frago.contestant.stop();
  const existingStartMs = await measureStarts(ground, STARTS, false);
  return { parsing, paths, throughput, reads, memory, bareMemory, queue, freshStartMs, existingStartMs };
}

type Figures = Awaited<ReturnType<typeof measure>>;

function barsOf({ parsing, paths, throughput, memory, freshStartMs, existingStartMs }: Figures): readonly Bar[] {
  return [
    ...paths.flatMap(({ bar, ratio }) =>
      bar === null ? [] : [{ name: bar, figure: ratio, is: '≤', threshold: 1.5, unit: '× bare' } as const],
    ),
    { name: 'parsing one phrase, median', figure: parsing.median, is: '<', threshold: 1, unit: 'ms' },
    { name: 'throughput', figure: throughput.frago.perSecond, is: '≥', threshold: 500, unit: 'per second' },
    { name: 'start, fresh database', figure: freshStartMs / 1_000, is: '<', threshold: 3, unit: 's' },
    { name: 'start, existing database', figure: existingStartMs / 1_000, is: '<', threshold: 3, unit: 's' },
    { name: 'resident memory', figure: memory.mib, is: '<', threshold: 160, unit: 'MiB' },
  ];
}

const round = (value: number): string => value.toFixed(value < 10 ? 2 : 0);

const inMicros = (ms: number): string => `${round(ms * 1_000)} µs`;

const describeMemory = ({ readyMib, mib, finalMib, interactions }: Figures['memory']): string =>
  `${round(readyMib)} MiB, ${round(mib)} MiB, ${round(finalMib)} MiB (after ${interactions})`;

function describe(figures: Figures): string {
  const { parsing, paths, throughput, reads, memory, bareMemory, queue } = figures;
  const { frago, bare } = throughput;
  return [
    `${cpus().length} cores, ${round(totalmem() / MIB_PER_GIB)} GiB, Node ${process.versions.node}`,
    `${EVENTS} events. ${queue}. Requests to PERSCOM while measuring: ${reads}.`,
    `${ROUNDS.rounds} rounds of ${ROUNDS.block} + ${ROUNDS.block} interactions per path.\n`,
    `${describePaths(paths)}\n`,
    `A typed time, one of ${parsing.phrases} phrases: ${inMicros(parsing.median)} at the median, p99 ${inMicros(parsing.p99)}.\n`,
    `${IN_FLIGHT} in flight, forms and typing by turns:`,
    `  Frago ${round(frago.perSecond)} per second, ${round(frago.cpuMs)} ms CPU each`,
    `  bare  ${round(bare.perSecond)} per second, ${round(bare.cpuMs)} ms CPU each\n`,
    `Resident memory when ready, after ${MEMORY_AFTER} interactions, and after all:`,
    `  Frago ${describeMemory(memory)}`,
    `  bare  ${describeMemory(bareMemory)}\n`,
    describeBars(barsOf(figures)),
  ].join('\n');
}

async function giveUp(): Promise<never> {
  await new Promise((resolve) => {
    setTimeout(resolve, GIVE_UP_AFTER_MS).unref();
  });
  throw new Error(`Gave up after ${GIVE_UP_AFTER_MS} ms`);
}

async function run(): Promise<number> {
  const backstage = createBackstage();
  const leave = () => void backstage.tidyUp().then(() => process.exit(1));
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, leave);
  try {
    const ground = await prepareGround(EVENTS, backstage);
    console.log(describe(await Promise.race([measure(ground), giveUp()])));
    return 0;
  } catch (error) {
    console.error(error, `\n${backstage.evidence()}`);
    return 1;
  } finally {
    for (const problem of await backstage.tidyUp()) console.error(problem);
  }
}

process.exit(await run());
