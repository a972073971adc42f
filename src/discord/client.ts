import { Client, Events, Options, type REST, Routes } from 'discord.js';
import { z } from 'zod';
import type { App } from '../app/app.ts';
import { followUp } from '../app/follow-up.ts';
import type { Command } from './command.ts';
import type { DispatchLog } from './deliver.ts';
import { createDispatcher } from './dispatch.ts';
import { type Channels, createAnnounce } from './flushes/announce.ts';
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
  /** Resolves once Discord knows the commands, or has refused them. */
  readonly registered: Promise<void>;
  /** Takes no more interactions, finishes those under way, and closes the gateway. */
  stop(): Promise<void>;
};

/**
 * Interactions need no intent, and every one carries what is needed to answer it, so hardly anything is kept. No reply
 * pings anybody. What is sent is in Discord's own JSON as it stands, so nothing has to look at each of its keys once more.
 */
function createClient(apiUrl: string): Client {
  return new Client({
    intents: [],
    allowedMentions: { parse: [] },
    rest: { api: apiUrl },
    jsonTransformer: (json) => json,
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      UserManager: 100,
      GuildMemberManager: 0,
      MessageManager: 0,
    }),
  });
}

const posted = z.object({ id: z.string() });

/** Channels by REST: nothing of them is cached, and what is posted pings nobody but who it says. */
const createChannels = (rest: REST): Channels => ({
  async post(channelId, message, pinged) {
    const allowed_mentions = { parse: [], users: pinged === undefined ? [] : [pinged] };
    const { id } = posted.parse(
      await rest.post(Routes.channelMessages(channelId), { body: { ...message, allowed_mentions } }),
    );
    return { channelId, messageId: id };
  },
  async edit({ channelId, messageId }, message) {
    const body = { ...message, allowed_mentions: { parse: [] } };
    await rest.patch(Routes.channelMessage(channelId, messageId), { body });
  },
  openDirect: async (userId) =>
    posted.parse(await rest.post(Routes.userChannels(), { body: { recipient_id: userId } })).id,
});

const ready = (client: Client): Promise<Client<true>> =>
  new Promise((resolve) => {
    client.once(Events.ClientReady, resolve);
  });

/**
 * Logs in and answers interactions; meanwhile the commands are registered where they differ. Rejects when Discord refuses the
 * token. A bot that cannot register its commands stays up: starting over and over would use up its logins of the day.
 */
export async function startBot({ token, apiUrl, guildId, app, commands, log, onLost }: BotOptions): Promise<Bot> {
  const client = createClient(apiUrl);
  const channels = createChannels(client.rest);
  const dispatcher = createDispatcher({
    app,
    commands,
    log,
    postToChannel: channels.post,
  });
  client.on(Events.InteractionCreate, dispatcher.dispatch);
  client.on(Events.Error, (err) => log.error({ err }, 'discord client error'));
  client.on(Events.ShardError, (err) => log.error({ err }, 'gateway connection error'));
  client.on(Events.ShardDisconnect, onLost);
  const isReady = ready(client);
  await client.login(token);
  const { application } = await isReady;
  const registered = registerCommands(application.commands, commands, guildId)
    .catch((err: unknown) => {
      log.error({ err, guildId }, 'the commands could not be registered: is the bot a member of that server?');
      return false;
    })
    .then((hasRegistered) => log.info({ hasRegistered }, 'ready'));
  const following = followUp(app, createAnnounce(app, channels, log));
  return {
    registered,
    async stop() {
      client.off(Events.InteractionCreate, dispatcher.dispatch);
      client.off(Events.ShardDisconnect, onLost);
      await Promise.all([dispatcher.idle(), following.stop()]);
      await client.destroy();
    },
  };
}
