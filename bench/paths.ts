import { median, quantile } from './statistics.ts';

/** Does something once and tells how many milliseconds it took. */
export type Act = () => Promise<number>;

/** One act of Frago's and the same of the bare handler's. */
export type Path = { readonly name: string; readonly frago: Act; readonly bare: Act };

/** What measuring a path came to. Times are in ms; ratios are Frago's time over the bare handler's. */
export type PathResult = {
  readonly name: string;
  readonly frago: { readonly median: number; readonly p99: number };
  readonly bare: { readonly median: number; readonly p99: number };
  readonly ratio: number;
  /** Of the medians of each round: their median and quartiles. */
  readonly perRound: { readonly median: number; readonly low: number; readonly high: number };
};

/** How often to measure: in every round both sides have one block of acts. The first `uncounted` only wake both up. */
export type Rounds = { readonly uncounted: number; readonly rounds: number; readonly block: number };

async function runBlock(act: Act, times: number): Promise<readonly number[]> {
  const tookMs: number[] = [];
  for (let count = 0; count < times; count += 1) tookMs.push(await act());
  return tookMs;
}

type Round = { readonly frago: readonly number[]; readonly bare: readonly number[] };

/** Both sides, one after the other; who begins alternates. */
async function runRound({ frago, bare }: Path, block: number, isFragoFirst: boolean): Promise<Round> {
  if (isFragoFirst) return { frago: await runBlock(frago, block), bare: await runBlock(bare, block) };
  const bareMs = await runBlock(bare, block);
  return { frago: await runBlock(frago, block), bare: bareMs };
}

const describe = (tookMs: readonly number[]) => ({ median: median(tookMs), p99: quantile(tookMs, 0.99) });

function summarise(name: string, rounds: readonly Round[]): PathResult {
  const frago = describe(rounds.flatMap((round) => round.frago));
  const bare = describe(rounds.flatMap((round) => round.bare));
  const ratios = rounds.map((round) => median(round.frago) / median(round.bare));
  const perRound = { median: median(ratios), low: quantile(ratios, 0.25), high: quantile(ratios, 0.75) };
  return { name, frago, bare, ratio: frago.median / bare.median, perRound };
}

/**
 * Measures a path in alternating blocks, so that whatever disturbs the machine disturbs both sides. A side that has waited for its
 * turn is cold: V8 gives back the code, and the machine the memory, of what is idle.
 */
export async function measurePath(path: Path, { uncounted, rounds, block }: Rounds): Promise<PathResult> {
  const done: Round[] = [];
  for (let round = 0; round < uncounted; round += 1) await runRound(path, block, round % 2 === 0);
  for (let round = 0; round < rounds; round += 1) done.push(await runRound(path, block, round % 2 === 0));
  return summarise(path.name, done);
}

/** Acts without measuring, until code is compiled and caches are filled. */
export const warmUp = async (acts: readonly Act[], times: number): Promise<void> => {
  for (const act of acts) await runBlock(act, times);
};
