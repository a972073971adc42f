import { expect } from 'vitest';
import type { DiscordUser, Message } from '../../sandbox/discord/index.ts';
import type { StoredEvent } from '../../sandbox/perscom/server.ts';
import type { createGate, Random } from './chance.ts';
import { createReader, lookAtFiles, type Written, type WrittenEdit } from './crash-record.ts';
import { type BotProcess, buildSurroundings, type Surroundings, scratch } from './process.ts';
import { buttonOn, edit, openPreview, shown } from './stage.ts';

/** A bot of its own between a Discord and a PERSCOM of their own, which is killed and started again and again. */
export type Lane = Pick<Surroundings, 'discord' | 'perscom'> & {
  readonly channelId: string;
  readonly joker: DiscordUser;
  readonly viper: DiscordUser;
  /** Where the bot keeps its database. */
  directory: string;
  bot: BotProcess;
  /** What is in the database. */
  read(): Written;
  /** Starts the bot again on the database that it left. */
  restart(): Promise<void>;
  /** Gives the bot a new database. */
  renew(): Promise<void>;
};

/** Opens a lane with its bot running; `gate` keeps many bots from starting at once. */
export async function openLane(gate: ReturnType<typeof createGate>): Promise<Lane> {
  const { discord, perscom, directory, start } = await buildSurroundings();
  const channelId = discord.channel().id;
  const read = createReader();
  const lane: Lane = {
    ...{ discord, perscom, directory, channelId },
    joker: discord.user({ name: 'joker', channelId }),
    viper: discord.user({ name: 'viper', channelId }),
    bot: await gate(() => start()),
    read: () => read(lane.directory),
    async restart() {
      lane.bot = await gate(() => start(lane.directory));
    },
    async renew() {
      lane.bot.signal('SIGKILL');
      await lane.bot.exit;
      lane.directory = scratch();
      await lane.restart();
    },
  };
  return lane;
}

/** What a moderator wants of an event; nobody else ever wants the same. */
export type Wish = WrittenEdit & {
  readonly eventId: number;
  readonly field: 'name' | 'location' | 'description';
  readonly wanted: string;
  /** Whether the bot has said that it is queued. */
  isQueued: boolean;
};

type FormOfWishes = { readonly form: 'details' | 'text'; readonly wishes: readonly Wish[] };

const LABELS = { name: 'Name', location: 'Location', description: 'Description' } as const;

/** One to three forms of events that are this moderator's alone, with up to three wishes. */
function formsFor(who: string, eventIds: readonly number[], random: Random): readonly FormOfWishes[] {
  const count = 1 + Math.floor(random() * eventIds.length);
  return eventIds.slice(0, count).map((eventId) => {
    const wish = (field: Wish['field']): Wish => ({
      ...{ eventId, field, isQueued: false },
      wanted: `${who} ${field} ${Math.floor(random() * 1e9)}`,
    });
    if (random() < 0.4) return { form: 'text', wishes: [wish('description')] };
    return { form: 'details', wishes: random() < 0.5 ? [wish('name')] : [wish('name'), wish('location')] };
  });
}

/** Whether PERSCOM holds what was wished for. */
export function isStored({ perscom }: Lane, { eventId, field, wanted }: WrittenEdit): boolean {
  const event: StoredEvent | undefined = perscom.world.events.get(eventId);
  return event !== undefined && Object.entries(event).some(([name, value]) => name === field && value === wanted);
}

/** What was to be seen from outside when the bot was killed. */
export type Death = {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly isStaged: boolean;
  readonly isPreviewed: boolean;
  readonly isStored: boolean;
  readonly isAnswered: boolean;
  readonly isReported: boolean;
};

/** One run: two moderators stage, one flushes, and the bot is killed at some point. */
export type Scene = {
  readonly lane: Lane;
  readonly wishes: readonly Wish[];
  readonly random: Random;
  /** Who flushes, and the other one. */
  readonly presser: DiscordUser;
  readonly other: DiscordUser;
  /** How many there were when it began. */
  readonly before: { readonly messages: number; readonly requests: number };
  /** The flushes that were on record when it began. */
  readonly known: ReadonlySet<string>;
  isStaged: boolean;
  preview: Message | null;
  /** How many there were when it was confirmed; null before. */
  confirmed: { readonly requests: number; readonly callbacks: number; readonly files: string } | null;
  /** When PERSCOM's answer to the PATCH is out, by `performance.now()`, where it is held back. */
  answerOutAt: number;
  /** Whether the PATCH is cut off before PERSCOM looks at it. */
  isPatchLost: boolean;
  /** Kills the bot of this scene; the first time, that is. */
  kill(): void;
  readonly death: Promise<Death>;
  isDead(): boolean;
};

/** How a scene is cut short: what is done just before the moderators stage, ask for the preview, or confirm. */
export type Strike = {
  readonly staging?: (scene: Scene) => void;
  readonly preview?: (scene: Scene) => void;
  readonly confirm?: (scene: Scene) => void;
};

const callbacksIn = ({ discord }: Lane): number =>
  discord.requests.filter(({ path }) => path.endsWith('/callback')).length;

/** The requests to PERSCOM that belong to the scene. */
export const requestsOf = ({ lane, before }: Scene) => lane.perscom.requests.slice(before.requests);

/** The messages in the channel that belong to the scene. */
export const messagesOf = ({ lane, before }: Scene): readonly Message[] =>
  lane.discord.channelMessages(lane.channelId).slice(before.messages);

/** Whether a message is a flush report. */
export const isReport = ({ embeds }: Message): boolean => embeds[0]?.title?.startsWith('Flush report') === true;

/** Whether a request reads events by their ids, as it is done for a flush. */
const isRead = ({ path, body }: { readonly path: string; readonly body: unknown }): boolean =>
  path.endsWith('/events/search') && JSON.stringify(body).includes('"filters"');

const isPatch = ({ method }: { readonly method: string }): boolean => method === 'PATCH';

/** How far a scene has come, as seen from outside. */
export const hasCome = {
  /** PERSCOM has the PATCH. */
  patch: (scene: Scene): boolean => requestsOf(scene).some(isPatch),
  /** PERSCOM has answered the PATCH. */
  answer: (scene: Scene): boolean =>
    performance.now() >= scene.answerOutAt && requestsOf(scene).some((one) => isPatch(one) && one.status !== null),
  /** PERSCOM has answered the last look before the PATCH. */
  check: ({ lane, confirmed }: Scene): boolean =>
    confirmed !== null &&
    lane.perscom.requests.slice(confirmed.requests).some((one) => isRead(one) && one.status !== null),
  /** The flush is on record as being sent, or is about to be. */
  claim: ({ lane, confirmed }: Scene): boolean => confirmed !== null && confirmed.files !== lookAtFiles(lane.directory),
  /** PERSCOM has been read again after the PATCH. */
  readBack(scene: Scene): boolean {
    const requests = requestsOf(scene);
    const patch = requests.findIndex(isPatch);
    return patch >= 0 && requests.slice(patch).some((one) => isRead(one) && one.status !== null);
  },
  /** Whoever confirmed has an answer. */
  word: ({ lane, confirmed }: Scene): boolean => confirmed !== null && callbacksIn(lane) > confirmed.callbacks,
  report: (scene: Scene): boolean => messagesOf(scene).some(isReport),
} as const;

/** Whether every PATCH of the scene but the first follows a look at the events. */
export function hasReadBetween(scene: Scene): boolean {
  const kinds = requestsOf(scene).map((one) => (isPatch(one) ? 'patch' : isRead(one) ? 'read' : 'other'));
  const [, ...later] = kinds.join(' ').split('patch').slice(0, -1);
  return later.every((between) => between.includes('read'));
}

function setScene(lane: Lane, random: Random, wishes: readonly Wish[]): Scene {
  const [presser, other] = random() < 0.5 ? [lane.joker, lane.viper] : [lane.viper, lane.joker];
  const { bot } = lane;
  let announce = (_: Death): void => undefined;
  let isDead = false;
  const death = new Promise<Death>((resolve) => {
    announce = resolve;
  });
  const messages = lane.discord.channelMessages(lane.channelId).length;
  const scene: Scene = {
    ...{ lane, wishes, random, presser, other, death, isStaged: false, preview: null, confirmed: null },
    ...{ answerOutAt: 0, isPatchLost: false, before: { messages, requests: lane.perscom.requests.length } },
    known: new Set(lane.read().flushes.map(({ id }) => id)),
    isDead: () => isDead,
    kill() {
      if (isDead) return;
      isDead = true;
      const seen = {
        at: Date.now(),
        isStaged: scene.isStaged,
        isPreviewed: scene.preview !== null,
        isStored: wishes.some((wish) => isStored(lane, wish)),
        isAnswered: hasCome.answer(scene),
        isReported: hasCome.report(scene),
      };
      bot.signal('SIGKILL');
      announce(seen);
    },
  };
  return scene;
}

async function stageForms(user: DiscordUser, forms: readonly FormOfWishes[]): Promise<void> {
  for (const { form, wishes } of forms) {
    const typed = Object.fromEntries(wishes.map(({ field, wanted }) => [LABELS[field], wanted]));
    const answer = await edit(user, wishes[0]?.eventId ?? 0, form, typed);
    expect(shown(answer)).toContain(`Queued: ${wishes.length} edit`);
    for (const wish of wishes) wish.isQueued = true;
  }
}

/** Lets a scene run, as far as it comes, until the bot is dead; one that nothing cut short is killed at its end. */
export async function playScene(lane: Lane, random: Random, strike: Strike): Promise<[Scene, Death]> {
  const [jokers, vipers] = [formsFor('joker', [1, 2], random), formsFor('viper', [3, 4, 5], random)];
  const scene = setScene(
    lane,
    random,
    [...jokers, ...vipers].flatMap(({ wishes }) => wishes),
  );

  async function play(): Promise<void> {
    strike.staging?.(scene);
    await Promise.all([stageForms(lane.joker, jokers), stageForms(lane.viper, vipers)]);
    scene.isStaged = true;
    strike.preview?.(scene);
    const preview = await openPreview(scene.presser);
    expect(buttonOn(preview, 'Send')).toMatch(`Send ${scene.wishes.length} change`);
    scene.preview = preview;
    scene.confirmed = {
      requests: lane.perscom.requests.length,
      callbacks: callbacksIn(lane),
      files: lookAtFiles(lane.directory),
    };
    strike.confirm?.(scene);
    await scene.presser.click(preview, buttonOn(preview, 'Send'));
    await lane.discord.until(() => hasCome.report(scene));
    await new Promise((resolve) => setTimeout(resolve, 50));
    scene.kill();
  }

  const played = play();
  const failed = new Promise<never>((_, reject) => {
    played.catch((error: unknown) => (scene.isDead() ? undefined : reject(error)));
  });
  const death = await Promise.race([scene.death, failed]);
  return [scene, death];
}
