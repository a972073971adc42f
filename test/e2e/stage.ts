import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, vi } from 'vitest';
import {
  type DiscordSandbox,
  type DiscordUser,
  type Interaction,
  type Message,
  startDiscord,
} from '../../sandbox/discord/index.ts';
import {
  type PerscomSandbox,
  type Profile,
  type StoredEvent,
  startPerscom,
  type World,
} from '../../sandbox/perscom/server.ts';
import { buildWorld, SANDBOX_TOKEN } from '../../sandbox/perscom/world.ts';
import type { Clock } from '../../src/app/ports.ts';
import { type Config, loadConfig } from '../../src/config.ts';
import type { Bot } from '../../src/discord/client.ts';
import { startFrago, type Tuning } from '../../src/frago.ts';
import { createLog } from '../../src/log.ts';

/** When it is for the bot when a story begins, and when the ops of the sandbox are planned: a Sunday noon. */
export const NOW = Date.parse('2026-11-22T12:00:00Z');

/** A bot between a Discord and a PERSCOM, all on this machine. */
export type Stage = {
  readonly discord: DiscordSandbox;
  readonly perscom: PerscomSandbox;
  readonly guildId: string;
  /** Everything that the bot has logged. */
  readonly logged: () => string;
  /** The bot's database, for who disturbs it or looks into it. */
  readonly databasePath: string;
  /** Stops the bot and starts it again on the same database, with these changes to its environment. */
  restart(env?: Readonly<Record<string, string>>): Promise<void>;
};

/** How a stage differs from the ordinary one. */
export type StageOptions = {
  readonly profile?: Profile;
  readonly world?: World;
  readonly env?: Readonly<Record<string, string>>;
  /** The guilds that the bot is in; it serves the first. */
  readonly guilds?: readonly string[];
  /** Discord's clock; the real one by default. */
  readonly discordNow?: () => number;
  /** How long a user waits for an answer that was announced. */
  readonly answerTimeoutMs?: number;
  /** Error codes with which Discord may refuse something in this story. */
  readonly refusals?: readonly number[];
  /** The clock of the bot and of PERSCOM; by default one that shows {@link NOW} as the story begins. */
  readonly clock?: Clock;
  readonly tuning?: Tuning;
  /** Has the stage torn down; the running test's own by default, which tests that run side by side have to name. */
  readonly onFinished?: (tearDown: () => Promise<void>) => void;
};

const BOT_TOKEN = 'sandbox-bot-token';

function configOf(env: Readonly<Record<string, string>>): Config {
  const config = loadConfig(env);
  if (!config.ok) throw new Error(config.error);
  return config.value;
}

const interactionTokens = ({ requests }: DiscordSandbox): readonly string[] =>
  requests.flatMap(({ path }) => /\/(?:interactions|webhooks)\/\d+\/([^/?]+)/.exec(path)?.[1] ?? []);

/** Builds a stage that is torn down with the test, on which Discord must have had nothing to refuse and the log must hold no token. */
export async function startStage(options: StageOptions = {}): Promise<Stage> {
  const directory = mkdtempSync(join(tmpdir(), 'frago-'));
  const world = options.world ?? buildWorld({ now: NOW });
  const aheadMs = NOW - Date.now();
  const clock = options.clock ?? { now: () => Date.now() + aheadMs };
  const perscom = await startPerscom({ profile: options.profile ?? 'documented', world, now: clock.now });
  const discord = await startDiscord({
    token: BOT_TOKEN,
    now: options.discordNow ?? Date.now,
    answerTimeoutMs: options.answerTimeoutMs ?? 20_000,
    ...(options.guilds === undefined ? {} : { guilds: options.guilds }),
  });
  const [guildId = ''] = discord.guildIds;
  const lines: string[] = [];
  const databasePath = join(directory, 'frago.db');
  const environment = {
    DISCORD_TOKEN: BOT_TOKEN,
    DISCORD_API_URL: discord.apiUrl,
    DISCORD_GUILD_ID: guildId,
    PERSCOM_API_URL: perscom.url,
    PERSCOM_API_TOKEN: SANDBOX_TOKEN,
    DATABASE_URL: `file:${databasePath}`,
    TIME_ZONE: 'Europe/Berlin',
    ...options.env,
  };
  const log = createLog('info', [], { write: (line) => void lines.push(line) });
  async function start(env: Readonly<Record<string, string>> = {}): Promise<Bot> {
    const started = await startFrago(configOf({ ...environment, ...env }), log, clock, () => undefined, options.tuning);
    await Promise.all([discord.ready(), started.registered]);
    return started;
  }
  let bot = await start();
  const onFinished = options.onFinished ?? onTestFinished;
  onFinished(async () => {
    await bot.stop();
    await perscom.close();
    await discord.close();
    rmSync(directory, { recursive: true, force: true });
    expect(discord.violations.filter(({ code }) => !options.refusals?.includes(code))).toEqual([]);
    for (const secret of [BOT_TOKEN, SANDBOX_TOKEN, ...interactionTokens(discord)])
      expect(lines.join('')).not.toContain(secret);
  });
  return {
    discord,
    perscom,
    guildId,
    logged: () => lines.join(''),
    databasePath,
    async restart(env) {
      await bot.stop();
      bot = await start(env);
    },
  };
}

/** All that a message says: its content and its embeds. */
const textOf = ({ content, embeds }: Message): string =>
  [content, ...embeds.map(({ title, description, footer }) => [title, description, footer?.text].join('\n'))].join(
    '\n',
  );

/** Text as Discord draws it: without the backslashes that escape markup. */
export const shown = (message: Message): string => textOf(message).replaceAll(/\\([\\*_~|`[\]<>#])/g, '$1');

/** Opens a form with `/event edit` and submits it with these inputs; answers the private message that follows. */
export async function edit(
  user: DiscordUser,
  eventId: number,
  form: 'schedule' | 'details' | 'text' | 'alerts',
  typed: Readonly<Record<string, string | boolean | readonly string[]>>,
): Promise<Message> {
  const opened = await user.command('event edit', { event: String(eventId), form });
  const answer = await user.submit(opened.modalOrThrow(), typed);
  return answer.messageOrThrow();
}

const buttonsOf = (message: Message): readonly string[] =>
  message.components.flatMap((row) =>
    'components' in row ? row.components.flatMap((part) => ('label' in part && part.label ? [part.label] : [])) : [],
  );

/** Whether the message has a button whose label begins like this. */
export const hasButton = (message: Message, beginning: string): boolean =>
  buttonsOf(message).some((label) => label.startsWith(beginning));

/** The label of the button whose label begins like this. */
export function buttonOn(message: Message, beginning: string): string {
  const label = buttonsOf(message).find((candidate) => candidate.startsWith(beginning));
  if (label === undefined) throw new Error(`no button “${beginning}” among ${buttonsOf(message).join(', ')}`);
  return label;
}

/** Flushes the queue as a moderator does: command, preview (its text is answered), confirm. */
export async function flush(
  user: DiscordUser,
): Promise<{ preview: string; sent: Interaction; reports: readonly Message[] }> {
  const message = await openPreview(user);
  const text = shown(message);
  const sent = await user.click(message, buttonOn(message, 'Send'));
  return { preview: text, sent, reports: await reportsOf(sent) };
}

/** The report that a click led to, once all of it is posted. */
export async function reportsOf(sent: Interaction): Promise<readonly Message[]> {
  await vi.waitFor(() => {
    const title = sent.followUps[0]?.embeds[0]?.title ?? '';
    expect(title).toMatch(/^Flush report/);
    expect(sent.followUps).toHaveLength(Number(/of (\d+)/.exec(title)?.[1] ?? 1));
  });
  return sent.followUps;
}

/** What the board says now. */
export const board = async (user: DiscordUser): Promise<string> =>
  shown((await user.command('queue view')).messageOrThrow());

/** Opens the preview of a flush. */
export const openPreview = async (user: DiscordUser): Promise<Message> =>
  (await user.command('queue flush')).messageOrThrow();

/** What somebody else does in PERSCOM's own dashboard. */
export function changeOnPerscom({ world }: PerscomSandbox, id: number, values: Partial<StoredEvent>): void {
  const event = world.events.get(id);
  if (event === undefined) throw new Error(`PERSCOM has no event ${id}`);
  world.events.set(id, { ...event, ...values });
}
