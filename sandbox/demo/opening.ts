import type { StoredEvent } from '../perscom/server.ts';
import type { Scene } from './acting.ts';
import { describeEnding } from './bot-process.ts';
import type { Narrator } from './narrator.ts';
import { buildStage, type StagePlan } from './stage.ts';

/** Builds a stage, starts the bot on it, and says so. */
export async function openScene(tell: Narrator, plan: StagePlan): Promise<Scene> {
  const stage = await buildStage(plan);
  tell.show(`PERSCOM   ${stage.perscom.url}  (profile “${plan.profile}”)\nDiscord   ${stage.discord.apiUrl}`);
  await stage.startBot();
  const commands = stage.discord.commands(stage.discord.guildIds[0]).map(({ name }) => `/${name}`);
  tell.show(`Frago     process ${stage.bot().pid}, started as npm start does`);
  tell.claim('the bot is ready, and Discord offers its commands', commands.join() === '/event,/queue,/setup', commands);
  const { id: channelId } = stage.discord.channel({ name: 'ops-staff' });
  const enter = (name: string) => stage.discord.user({ name, channelId });
  return { stage, tell, mara: enter('Mara'), owen: enter('Owen') };
}

/** The event of the unit with this id. */
export function opNumbered({ stage }: Scene, id: number): StoredEvent {
  const event = stage.perscom.world.events.get(id);
  if (event === undefined) throw new Error(`The unit of the demo has no event ${id}`);
  return event;
}

/** Stops the bot as a service manager does, and claims that all was clean. */
export async function closeScene({ stage, tell }: Scene): Promise<void> {
  const ending = await stage.bot().stop('SIGTERM');
  tell.claim('told to stop with SIGTERM, the bot ended with exit code 0', ending.code === 0, describeEnding(ending));
  tell.claim('its commands were sent to Discord once', stage.discord.commandOverwrites() === 1);
  const { violations, requests } = stage.discord;
  const claim = `of the bot’s ${requests.length} requests, Discord had to refuse none`;
  tell.claim(claim, requests.length > 0 && violations.length === 0, violations);
}
