import { once } from 'node:events';
import {
  type APIApplicationCommandBasicOption,
  ApplicationCommandOptionType,
  Client,
  type ClientOptions,
  Events,
  GatewayIntentBits,
  type Interaction,
  type RESTPutAPIApplicationCommandsJSONBody,
} from 'discord.js';
import type { DiscordSandbox } from '../../../sandbox/discord/index.ts';

type Behaviour = (interaction: Interaction) => Promise<unknown>;

/** An unmodified discord.js client in front of the sandbox, and what it threw. */
export type Bot = { readonly client: Client<true>; readonly errors: Error[]; on(behaviour: Behaviour): void };

/** Logs an unmodified discord.js client in to the sandbox. */
export async function startBot(
  discord: DiscordSandbox,
  commands: RESTPutAPIApplicationCommandsJSONBody = [],
  options: Partial<ClientOptions> = {},
): Promise<Bot> {
  const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: discord.apiUrl }, ...options });
  const errors: Error[] = [];
  let behave: Behaviour = async () => undefined;
  client.on(Events.Error, (error) => errors.push(error));
  client.on(Events.InteractionCreate, (interaction) => {
    behave(interaction).catch((error: unknown) =>
      errors.push(error instanceof Error ? error : new Error(String(error))),
    );
  });
  await client.login('the.bot.token');
  await discord.ready();
  if (!client.isReady()) await once(client, Events.ClientReady);
  if (!client.isReady()) throw new Error('The client is not ready');
  if (commands.length > 0) await client.application.commands.set(commands);
  return {
    client,
    errors,
    on: (behaviour) => {
      behave = behaviour;
    },
  };
}

/** A command that does nothing but start an interaction. */
export function plainCommand(name: string, options: APIApplicationCommandBasicOption[] = []) {
  return { name, description: `Runs ${name}`, options };
}

/** A text option. */
export function textOption(name: string, more: object = {}): APIApplicationCommandBasicOption {
  return { type: ApplicationCommandOptionType.String, name, description: `The ${name}`, ...more };
}
