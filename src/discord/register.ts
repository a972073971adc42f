import {
  type ApplicationCommandManager,
  ApplicationIntegrationType,
  type ChatInputApplicationCommandData,
  InteractionContextType,
} from 'discord.js';
import { type Command, toDiscord } from './command.ts';

type Body = ChatInputApplicationCommandData;

/** Registered for all guilds, a command says that it is for guilds only; a guild's own commands cannot say it. */
const forAllGuilds = (body: Body): Body => ({
  ...body,
  contexts: [InteractionContextType.Guild],
  integrationTypes: [ApplicationIntegrationType.GuildInstall],
});

async function registerIn(manager: ApplicationCommandManager, bodies: readonly Body[], guildId?: string) {
  const existing = await manager.fetch(guildId === undefined ? {} : { guildId });
  const isSame =
    existing.size === bodies.length &&
    bodies.every((body) => existing.find(({ name }) => name === body.name)?.equals(body, true) ?? false);
  if (isSame) return false;
  await (guildId === undefined ? manager.set(bodies) : manager.set(bodies, guildId));
  return true;
}

/**
 * Makes Discord know just these commands, in one guild or in all; answers whether anything had to change. With a guild
 * of its own the bot has no global commands, as Discord would show both.
 */
export async function registerCommands(
  manager: ApplicationCommandManager,
  commands: readonly Command[],
  guildId: string | null,
): Promise<boolean> {
  const bodies = commands.map(toDiscord);
  if (guildId === null) return registerIn(manager, bodies.map(forAllGuilds));
  const hasCleared = await registerIn(manager, []);
  return (await registerIn(manager, bodies, guildId)) || hasCleared;
}
