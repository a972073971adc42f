import { Client, Events, Options, Routes } from 'discord.js';
import type { App } from '../app/app.ts';
import type { Command } from './command.ts';
import type { DispatchLog } from './deliver.ts';
import { createDispatcher } from './dispatch.ts';
import { registerCommands } from './register.ts';

/** What the bot tells the log. */
export type BotLog = DispatchLog & {
  info(details: object, message: string): void;
};

/** How to reach Discord, and what to answer with. */
export type BotOptions = {
  readonly token: string;
  /** REST base without a version, such as `https://discord.com/api`. */
  readonly apiUrl: string;
  /** The one guild whose commands are registered; null registers them for all. */
  readonly guildId: string | null;
  readonly app: App;
  readonly commands: readonly Command[];
  readonly log: BotLog;
  /** Called when Discord has closed the gateway for good, for instance because the token was reset. */
  readonly onLost: () => void;
};

/** A running bot. */
export type Bot = {
  /** Takes no more interactions, finishes those under way, and closes the gateway. */
  stop(): Promise<void>;
};

/**
 * Interactions need no intent, and every one carries what is needed to answer it, so hardly anything is kept. No reply
 * pings anybody.
 */
function createClient(apiUrl: string): Client {
  return new Client({
    intents: [],
    allowedMentions: { parse: [] },
    rest: { api: apiUrl },
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      UserManager: 100,
      GuildMemberManager: 0,
      MessageManager: 0,
    }),
  });
}

const ready = (client: Client): Promise<Client<true>> =>
  new Promise((resolve) => {
    client.once(Events.ClientReady, resolve);
  });

/**
 * Logs in, registers the commands where they differ, and answers interactions. Rejects when Discord refuses the token. A
 * bot that cannot register its commands stays up: starting over and over would use up its logins of the day.
 */
export async function startBot({ token, apiUrl, guildId, app, commands, log, onLost }: BotOptions): Promise<Bot> {
  const client = createClient(apiUrl);
  const dispatcher = createDispatcher({
    app,
    commands,
    log,
    async postToChannel(channelId, { content, embeds, components }) {
      const body = { content, embeds, components, allowed_mentions: { parse: [] } };
      await client.rest.post(Routes.channelMessages(channelId), { body });
    },
  });
  client.on(Events.InteractionCreate, dispatcher.dispatch);
  client.on(Events.Error, (err) => log.error({ err }, 'discord client error'));
  client.on(Events.ShardError, (err) => log.error({ err }, 'gateway connection error'));
  client.on(Events.ShardDisconnect, onLost);
  const isReady = ready(client);
  await client.login(token);
  const { application } = await isReady;
  const register = registerCommands(application.commands, commands, guildId);
  const hasRegistered = await register.catch((err: unknown) => {
    log.error({ err, guildId }, 'the commands could not be registered: is the bot a member of that server?');
    return false;
  });
  log.info({ hasRegistered }, 'ready');
  return {
    async stop() {
      client.off(Events.InteractionCreate, dispatcher.dispatch);
      client.off(Events.ShardDisconnect, onLost);
      await dispatcher.idle();
      await client.destroy();
    },
  };
}
