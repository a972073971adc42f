import { join } from 'node:path';
import { type Answers, saveAnswers } from './answers.ts';
import { type Contestant, startContestant } from './contestant.ts';
import { type Ground, startFrago, untilListed } from './ground.ts';
import { buildQueries, createModerator, QUEUED_EVENTS, typedEnd, upcoming } from './moderator.ts';
import { createRandom } from './statistics.ts';
import type { Side } from './throughput.ts';

/** Everybody who is measured. */
export type Sides = {
  readonly frago: Side;
  readonly bare: Side;
  /** The bare handler that makes one row durable before it answers a submitted form. */
  readonly bareDurable: Side;
};

const SEED = 7;

function withModerator(contestant: Contestant, { events }: Ground): Side {
  const random = createRandom(SEED);
  return { contestant, moderator: createModerator(contestant, events, buildQueries(events, random), random) };
}

/** Has Frago answer everything once, with the queue as full as it will be. */
async function listen({ contestant, moderator }: Side, { events }: Ground): Promise<Answers> {
  const { discord } = contestant;
  for (let count = 0; count < QUEUED_EVENTS; count += 1) await moderator.submitForm();
  const [event] = upcoming(events);
  if (event === undefined) throw new Error('No event is yet to come');
  const opened = await contestant.command('event edit', { event: String(event.id) });
  const { customId, title, components } = opened.modalOrThrow();
  const submitted = await contestant.submit(opened.modalOrThrow(), { Ends: typedEnd(event, 601) });
  return {
    commands: discord.commands(discord.guildIds[0]),
    modal: { custom_id: customId, title, components: [...components] },
    choices: await contestant.complete(''),
    reply: submitted.messageOrThrow(),
  };
}

/** Starts the bare handler, with or without a database. */
async function startBare(ground: Ground, answersPath: string, database: string | null): Promise<Side> {
  const { directory, backstage } = ground;
  const env = { BARE_ANSWERS: answersPath, ...(database === null ? {} : { BARE_DATABASE: join(directory, database) }) };
  const entry = { name: 'the bare handler', main: 'bench/bare.js', env };
  return withModerator(await startContestant(entry, directory, backstage), ground);
}

/** Starts Frago on a fresh database, and the bare handlers with what Frago has said. */
export async function startSides(ground: Ground): Promise<Sides> {
  const frago = withModerator(await startFrago(ground), ground);
  await untilListed(frago.contestant, ground);
  const answersPath = join(ground.directory, 'answers.json');
  saveAnswers(answersPath, await listen(frago, ground));
  const bare = await startBare(ground, answersPath, null);
  return { frago, bare, bareDurable: await startBare(ground, answersPath, 'bare.db') };
}
