import type { Server } from 'node:http';
import type { Violation } from './answer.ts';
import type { RegisteredCommand } from './command-store.ts';
import { type Denial, deny, type StandingDenial } from './denial.ts';
import { createGateway, type Gateway } from './gateway.ts';
import { createRestServer } from './http.ts';
import type { Message } from './message.ts';
import {
  actorOf,
  addChannel,
  addRole,
  announcedChannel,
  type ChannelOptions,
  deleteChannel,
  deleteMessage,
  nameOf,
  publicMessages,
  type RoleOptions,
  type UserOptions,
} from './population.ts';
import { snowflakes } from './snowflake.ts';
import { createUser, type DiscordUser, type Stage } from './user.ts';
import { type Channel, loseUpload, type RecordedRequest, type World } from './world.ts';

/** How to start the stand-in; every member has a default. */
export type DiscordOptions = {
  /** 0 (the default) takes any free port. */
  readonly port?: number;
  /** The bot token to insist on; without it any will do. */
  readonly token?: string;
  readonly applicationId?: string;
  /** Guilds the bot is in; one by default. */
  readonly guilds?: readonly string[];
  /** Whether bodies are judged against Discord's rules; off for benchmarks only. */
  readonly validate?: boolean;
  /** Whether requests are kept; off, only the latest messages and interactions are remembered either. */
  readonly record?: boolean;
  /** The clock of the 3 s and 15 min rules and of snowflakes. */
  readonly now?: () => number;
  /** How long, by the wall clock, a user waits for the first answer; 3000 by default. */
  readonly acknowledgeTimeoutMs?: number;
  /** How long a user waits for the answer to a deferral; 20000 by default. */
  readonly answerTimeoutMs?: number;
};

/** A Discord on loopback, with everything it saw and ways to act in it. */
export type DiscordSandbox = {
  /** What goes into `rest.api` of discord.js, without a version. */
  readonly apiUrl: string;
  readonly applicationId: string;
  readonly guildIds: readonly string[];
  /** What the bot should not have sent; a refusal that the test asked for is none. */
  readonly violations: readonly Violation[];
  readonly requests: readonly RecordedRequest[];
  /** Resolves when a bot has identified and processed READY; after a disconnect, when the next one has. */
  ready(): Promise<void>;
  /** The commands of a guild, or the global ones. */
  commands(guildId?: string): readonly RegisteredCommand[];
  /** How many bulk overwrites were accepted. */
  commandOverwrites(): number;
  /** What everybody can see in a channel now, in order. */
  channelMessages(channelId: string): readonly Message[];
  /** Adds a channel, or changes the one with this id. */
  channel(options?: ChannelOptions): Channel;
  /** Deletes a channel: 10003 from now on. */
  deleteChannel(channelId: string): void;
  /** Deletes a message as somebody else than the bot: 10008 from now on. */
  deleteMessage(message: Message): void;
  /** Loses a file that a user uploaded: 404 for whoever fetches it. */
  loseUpload(id: string): void;
  /** Makes Discord refuse what the bot sends, from now on or the next few times. */
  deny(denial: Denial): StandingDenial;
  /** Adds a role and returns its id. */
  role(options?: RoleOptions): string;
  user(options?: UserOptions): DiscordUser;
  /** What to call an id: `@name` or `#channel`; `null` when it is not known. */
  nameOf(id: string): string | null;
  /** Resolves once `condition` holds; it is looked at after every request of the bot and every few milliseconds. */
  until(condition: () => boolean, timeoutMs?: number): Promise<void>;
  /** Cuts the gateway connections; the bot may resume. */
  disconnectBot(): void;
  close(): Promise<void>;
};

const DEFAULT_APPLICATION_ID = '1100000000000000001';
const DEFAULT_GUILD_ID = '1200000000000000001';
const LEAN_MEMORY = 5_000;
const POLL_EVERY_MS = 5;

/** Starts a Discord on 127.0.0.1. */
export async function startDiscord(options: DiscordOptions = {}): Promise<DiscordSandbox> {
  const world = await createWorld(options);
  const watchers = new Set<() => void>();
  let origin = '';
  const gatewayUrl = () => `ws://${origin}`;
  const onAnswered = () => {
    for (const look of watchers) look();
  };
  const server = createRestServer({ world, record: options.record ?? true, gatewayUrl, onAnswered });
  const gateway = createGateway(server, world, gatewayUrl);
  origin = `127.0.0.1:${await listen(server, options.port ?? 0)}`;
  const stage: Stage = {
    world,
    origin: `http://${origin}`,
    gateway,
    acknowledgeTimeoutMs: options.acknowledgeTimeoutMs ?? 3_000,
    answerTimeoutMs: options.answerTimeoutMs ?? 20_000,
  };
  return sandboxOf(stage, server, watchers, `http://${origin}/api`);
}

async function createWorld(options: DiscordOptions): Promise<World> {
  const now = options.now ?? Date.now;
  const guilds = options.guilds ?? [DEFAULT_GUILD_ID];
  const world: World = {
    applicationId: options.applicationId ?? DEFAULT_APPLICATION_ID,
    token: options.token ?? null,
    now,
    nextId: snowflakes(now),
    memory: (options.record ?? true) ? Number.POSITIVE_INFINITY : LEAN_MEMORY,
    validator: (options.validate ?? true) ? await loadValidator() : null,
    guilds: new Map(guilds.map((id, index) => [id, { id, name: `Guild ${index + 1}`, locale: 'en-US' }])),
    channels: new Map(),
    deletedChannels: new Map(),
    accounts: new Map(),
    roles: new Map(),
    messages: new Map(),
    uploads: new Map(),
    commands: { scopes: new Map(), overwrites: 0 },
    exchanges: new Map(),
    denials: new Set(),
    violations: [],
    requests: [],
  };
  for (const guildId of guilds) addChannel(world, { guildId, name: 'general' });
  return world;
}

/** Loaded only when wanted: the schemas take a while to import. */
async function loadValidator(): Promise<World['validator']> {
  const { judge } = await import('./validate/judge.ts');
  return judge;
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

function sandboxOf(stage: Stage, server: Server, watchers: Set<() => void>, apiUrl: string): DiscordSandbox {
  const { world, gateway } = stage;
  return {
    apiUrl,
    applicationId: world.applicationId,
    guildIds: [...world.guilds.keys()],
    violations: world.violations,
    requests: world.requests,
    ready: () => gateway.ready(),
    commands: (guildId) => world.commands.scopes.get(guildId ?? null) ?? [],
    commandOverwrites: () => world.commands.overwrites,
    loseUpload: (id) => loseUpload(world, id),
    channelMessages: (channelId) => publicMessages(world, channelId),
    channel: (options = {}) => announcedChannel(world, gateway, options),
    deleteChannel: (channelId) => deleteChannel(world, gateway, channelId),
    deleteMessage: (message) => deleteMessage(world, message),
    deny: (denial) => deny(world, denial),
    role: (options = {}) => addRole(world, gateway, options),
    user: (options = {}) => createUser(stage, actorOf(world, options)),
    nameOf: (id) => nameOf(world, id),
    until: (condition, timeoutMs = 5_000) => until(watchers, condition, timeoutMs),
    disconnectBot: () => gateway.disconnect(),
    close: () => close(server, gateway),
  };
}

function until(watchers: Set<() => void>, condition: () => boolean, timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void) => {
      clearTimeout(deadline);
      clearInterval(poll);
      watchers.delete(look);
      settle();
    };
    const look = () => {
      if (condition()) finish(resolve);
    };
    const giveUp = () => finish(() => reject(new Error(`The condition did not hold within ${timeoutMs} ms`)));
    const deadline = setTimeout(giveUp, timeoutMs);
    const poll = setInterval(look, POLL_EVERY_MS);
    watchers.add(look);
    look();
  });
}

function close(server: Server, gateway: Gateway): Promise<void> {
  gateway.close();
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
