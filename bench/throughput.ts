import { type Contestant, cpuMs } from './contestant.ts';
import type { Moderator } from './moderator.ts';
import { median } from './statistics.ts';

/** How many interactions are under way at any time. */
export const IN_FLIGHT = 50;

/** What a bot got done under load. */
export type Throughput = {
  readonly perSecond: number;
  /** CPU time of the bot's process per interaction. */
  readonly cpuMs: number;
};

/** A bot and the moderator in front of it. */
export type Side = { readonly contestant: Contestant; readonly moderator: Moderator };

/** Opens a form and types, in turns, until the time is over; answers how many interactions that were. */
async function actUntil(endsAt: number, { openForm, type }: Moderator, isFormFirst: boolean): Promise<number> {
  let done = 0;
  for (let isForm = isFormFirst; performance.now() < endsAt; isForm = !isForm) {
    await (isForm ? openForm() : type());
    done += 1;
  }
  return done;
}

async function load({ contestant: { bot }, moderator }: Side, sliceMs: number): Promise<Throughput> {
  const cpuBefore = cpuMs(bot.pid);
  const startedAt = performance.now();
  const workers = Array.from({ length: IN_FLIGHT }, (_, index) =>
    actUntil(startedAt + sliceMs, moderator, index % 2 === 0),
  );
  const done = (await Promise.all(workers)).reduce((sum, count) => sum + count, 0);
  const seconds = (performance.now() - startedAt) / 1_000;
  return { perSecond: done / seconds, cpuMs: (cpuMs(bot.pid) - cpuBefore) / done };
}

const middle = (slices: readonly Throughput[]): Throughput => ({
  perSecond: median(slices.map(({ perSecond }) => perSecond)),
  cpuMs: median(slices.map((slice) => slice.cpuMs)),
});

/** Loads both sides in turns; answers the median of each side's slices. */
export async function measureThroughput(
  frago: Side,
  bare: Side,
  { slices, sliceMs }: { readonly slices: number; readonly sliceMs: number },
): Promise<{ readonly frago: Throughput; readonly bare: Throughput }> {
  const done: { readonly frago: Throughput; readonly bare: Throughput }[] = [];
  for (let slice = 0; slice < slices; slice += 1)
    done.push({ frago: await load(frago, sliceMs), bare: await load(bare, sliceMs) });
  return { frago: middle(done.map((slice) => slice.frago)), bare: middle(done.map((slice) => slice.bare)) };
}
