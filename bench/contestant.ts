import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Backstage } from '../sandbox/demo/backstage.ts';
import { type BotProcess, describeEnding, launchBot } from '../sandbox/demo/bot-process.ts';
import {
  type Choice,
  type DiscordSandbox,
  type Interaction,
  type Modal,
  startDiscord,
} from '../sandbox/discord/index.ts';

/** A bot in a process of its own, on a Discord of its own, with one moderator in front of it. */
export type Contestant = {
  readonly discord: DiscordSandbox;
  readonly bot: BotProcess;
  /** From the start of the process until it is logged in and Discord knows its commands. */
  readonly readyAfterMs: number;
  /** Its resident memory in MiB when it was ready. */
  readonly readyMib: number;
  /** How many interactions it was sent. */
  interactions(): number;
  /** Its resident memory in MiB when it had been sent {@link MEMORY_AFTER} interactions; NaN before. */
  memoryMib(): number;
  command(name: string, options?: Readonly<Record<string, string>>): Promise<Interaction>;
  /** What `/event edit` offers for `text`. */
  complete(text: string): Promise<readonly Choice[]>;
  submit(modal: Modal, typed: Readonly<Record<string, string>>): Promise<Interaction>;
  /** Ends the process as an operator would. */
  stop(): Promise<void>;
};

/** What to start: a name, a file of the build, and what its environment holds besides Discord's address. */
export type Entry = {
  readonly name: string;
  readonly main: string;
  readonly env: Readonly<Record<string, string>>;
};

const BOT_TOKEN = 'sandbox-bot-token';
/** The number of interactions after which a bot's memory is looked at. */
export const MEMORY_AFTER = 5_000;
const READY_WITHIN_MS = 20_000;

/** Where a file is, by its path from the root of the build. */
export const built = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

async function untilReady(discord: DiscordSandbox, bot: BotProcess): Promise<void> {
  const registered = discord.until(() => discord.commands(discord.guildIds[0]).length > 0, READY_WITHIN_MS);
  const ended = bot.ended.then((ending) => {
    throw new Error(`The bot did not start: ${describeEnding(ending)}`);
  });
  await Promise.race([Promise.all([discord.ready(), registered]), ended]);
}

function launch({ main, env }: Entry, discord: DiscordSandbox, directory: string): BotProcess {
  const address = {
    DISCORD_TOKEN: BOT_TOKEN,
    DISCORD_API_URL: discord.apiUrl,
    DISCORD_GUILD_ID: discord.guildIds[0] ?? '',
  };
  return launchBot({ main: built(main), env: { ...address, ...env }, directory });
}

/** Starts a contestant and resolves when it is ready; `backstage` ends it. */
export async function startContestant(entry: Entry, directory: string, backstage: Backstage): Promise<Contestant> {
  const discord = await startDiscord({ token: BOT_TOKEN, validate: false, record: false });
  await backstage.undoLater(() => discord.close());
  const user = discord.user();
  const startedAt = performance.now();
  const bot = launch(entry, discord, directory);
  backstage.keepEvidence(`What ${entry.name} logged`, bot.output);
  await backstage.undoLater(async () => void (await bot.stop('SIGKILL')));
  await untilReady(discord, bot);
  const readyAfterMs = performance.now() - startedAt;
  let interactions = 0;
  let memoryMib = Number.NaN;
  const counted = <Answer>(answer: Promise<Answer>): Promise<Answer> => {
    interactions += 1;
    if (interactions === MEMORY_AFTER) memoryMib = residentMib(bot.pid);
    return answer;
  };
  return {
    discord,
    bot,
    readyAfterMs,
    readyMib: residentMib(bot.pid),
    interactions: () => interactions,
    memoryMib: () => memoryMib,
    command: (name, options = {}) => counted(user.command(name, options)),
    complete: (text) => counted(user.autocomplete('event edit', 'event', { event: text })),
    submit: (modal, typed) => counted(user.submit(modal, typed)),
    async stop() {
      const { code, signal } = await bot.stop('SIGTERM');
      if (code !== 0 && signal !== 'SIGTERM') throw new Error(`${entry.name} did not stop cleanly`);
      await discord.close();
    },
  };
}

/** The memory of a process that is in RAM now, in MiB. */
export function residentMib(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1024;
}

const MS_PER_TICK = 10;

/** The CPU time that a process has used so far. */
export function cpuMs(pid: number | undefined): number {
  const [, after = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const [user, system] = after.split(' ').slice(11, 13);
  return (Number(user) + Number(system)) * MS_PER_TICK;
}
