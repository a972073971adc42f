import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DiscordSandbox, startDiscord } from '../discord/index.ts';
import { type PerscomSandbox, type Profile, startPerscom } from '../perscom/server.ts';
import { SANDBOX_TOKEN, type World } from '../perscom/world.ts';
import type { Backstage } from './backstage.ts';
import { type BotProcess, describeEnding, launchBot } from './bot-process.ts';
import { ZONE } from './when.ts';

/** A real bot process between a Discord and a PERSCOM, all on this machine. */
export type Stage = {
  readonly discord: DiscordSandbox;
  readonly perscom: PerscomSandbox;
  /** Where the bot runs and keeps its database; gone when the story is over. */
  readonly directory: string;
  /** The bot that is running now, or ran last. */
  bot(): BotProcess;
  /** Starts the bot, again on the same database, and resolves when it is ready for moderators. */
  startBot(): Promise<void>;
};

/** What a stage is built from. */
export type StagePlan = {
  readonly profile: Profile;
  /** What PERSCOM holds; a small made-up unit by default. */
  readonly world?: World;
  /** Path of the bot's built `main.js`. */
  readonly main: string;
  readonly backstage: Backstage;
};

const BOT_TOKEN = 'sandbox-bot-token';
const START_WITHIN_MS = 20_000;

async function temporaryDirectory(backstage: Backstage): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'frago-demo-'));
  await backstage.undoLater(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

function environment(discord: DiscordSandbox, perscom: PerscomSandbox, directory: string) {
  return {
    DISCORD_TOKEN: BOT_TOKEN,
    DISCORD_API_URL: discord.apiUrl,
    DISCORD_GUILD_ID: discord.guildIds[0] ?? '',
    PERSCOM_API_URL: perscom.url,
    PERSCOM_API_TOKEN: SANDBOX_TOKEN,
    DATABASE_URL: `file:${join(directory, 'frago.db')}`,
    TIME_ZONE: ZONE,
    LOG_LEVEL: 'info',
  };
}

const hasListedCalendars = ({ requests }: PerscomSandbox, from: number): boolean =>
  requests.slice(from).some(({ path, status }) => path.endsWith('/calendars') && status === 200);

/** Keeps what a bot logged, and how it ended if it has, for the case that the story fails. */
function keepLog(backstage: Backstage, name: string, bot: BotProcess): void {
  let end = '';
  void bot.ended.then((ending) => {
    end = `(${describeEnding(ending)})`;
  });
  backstage.keepEvidence(name, () => bot.output() + end);
}

async function failWhenEnded(bot: BotProcess): Promise<never> {
  throw new Error(`The bot did not start: ${describeEnding(await bot.ended)}`);
}

/** The bot has logged in, Discord has its commands, and it has read what it shows while somebody types. */
async function untilReady({ discord, perscom }: Pick<Stage, 'discord' | 'perscom'>, requestsBefore: number) {
  await discord.ready();
  await discord.until(() => discord.commands(discord.guildIds[0]).length > 0, START_WITHIN_MS);
  await discord.until(() => hasListedCalendars(perscom, requestsBefore), START_WITHIN_MS);
}

/** Builds the stage; the bot is not running yet. `backstage` takes it down again. */
export async function buildStage({ profile, world, main, backstage }: StagePlan): Promise<Stage> {
  const directory = await temporaryDirectory(backstage);
  const perscom = await startPerscom({ profile, ...(world !== undefined && { world }) });
  await backstage.undoLater(() => perscom.close());
  const discord = await startDiscord({ token: BOT_TOKEN });
  await backstage.undoLater(() => discord.close());
  backstage.keepEvidence(`What Discord refused (${profile})`, () => JSON.stringify(discord.violations, null, 2));
  const env = environment(discord, perscom, directory);
  let bot: BotProcess | null = null;
  return {
    discord,
    perscom,
    directory,
    bot() {
      if (bot === null) throw new Error('The bot was never started');
      return bot;
    },
    async startBot() {
      discord.disconnectBot(); // a killed bot leaves a connection that may not have been noticed as gone
      const requestsBefore = perscom.requests.length;
      const started = launchBot({ main, env, directory });
      bot = started;
      keepLog(backstage, `What the bot (process ${started.pid}, ${profile}) logged`, started);
      await backstage.undoLater(async () => void (await started.stop('SIGKILL')));
      await Promise.race([untilReady({ discord, perscom }, requestsBefore), failWhenEnded(started)]);
    },
  };
}
