import {
  type APIInteractionResponse,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  InteractionResponseType,
  MessageFlags,
  type ModalSubmitInteraction,
  Routes,
  type StringSelectMenuInteraction,
} from 'discord.js';
import { orAfter } from '../app/kept.ts';
import type { Post } from '../app/ports.ts';
import { describePosting } from './flushes/flush-words.ts';
import { type Delivery, type Message, type MessageReply, type Reply, sayText } from './reply.ts';
import { describeCrash } from './words.ts';

/** An interaction that wants a message or a modal. */
export type Answerable =
  | ChatInputCommandInteraction
  | ButtonInteraction
  | StringSelectMenuInteraction
  | ModalSubmitInteraction;

/** What is told to the log. */
export type DispatchLog = { error(details: object, message: string): void };

/** What delivering takes besides the interaction. */
export type DeliveryDeps = {
  readonly log: DispatchLog;
  /** Sends a message to a channel, for a report that the interaction cannot carry any more. */
  readonly postToChannel: (channelId: string, message: Message) => Promise<Post>;
};

/** An answer that takes longer than this is announced to Discord first, which waits 3 s. */
const DEFER_AFTER_MS = 1_500;

const isQuick = (work: Promise<unknown>): Promise<boolean> =>
  orAfter(
    work.then(() => true),
    DEFER_AFTER_MS,
    false,
  );

const isUpdate = (
  interaction: Answerable,
  delivery: Delivery,
): interaction is ButtonInteraction | StringSelectMenuInteraction =>
  delivery === 'update' && interaction.isMessageComponent();

/** Announces that an answer will come. A failure costs the private answer, never the work or its report. */
async function defer({ log }: DeliveryDeps, interaction: Answerable, delivery: Delivery): Promise<void> {
  try {
    if (isUpdate(interaction, delivery)) await interaction.deferUpdate();
    else await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  } catch (err) {
    log.error({ err, guildId: interaction.guildId }, 'Discord did not take a deferral');
  }
}

function toResponse(interaction: Answerable, delivery: Delivery, reply: Reply): APIInteractionResponse {
  if (reply.kind === 'modal') return { type: InteractionResponseType.Modal, data: reply.modal };
  const { content, embeds, components } = reply.message;
  const data = { content, embeds: [...embeds], components: [...components], allowed_mentions: { parse: [] } };
  if (isUpdate(interaction, delivery)) return { type: InteractionResponseType.UpdateMessage, data };
  const flags = MessageFlags.Ephemeral;
  return { type: InteractionResponseType.ChannelMessageWithSource, data: { ...data, flags } };
}

const filesOf = (reply: Reply) =>
  reply.kind === 'modal' ? [] : (reply.message.files ?? []).map(({ name, attachment }) => ({ name, data: attachment }));

/**
 * Gives the first answer. It is in Discord's JSON already, and what discord.js does to it on its own way there costs a
 * quarter as much as sending it.
 */
async function say(interaction: Answerable, delivery: Delivery, reply: Reply): Promise<void> {
  if (interaction.deferred && reply.kind === 'message') return void (await interaction.editReply(reply.message));
  await interaction.client.rest.post(Routes.interactionCallback(interaction.id, interaction.token), {
    body: toResponse(interaction, delivery, reply),
    files: filesOf(reply),
    auth: false,
  });
  interaction.replied = true;
}

/** Tries each way in turn; what the first one that worked came to, or null if none did. */
async function tryInTurn<Done>(
  { log }: DeliveryDeps,
  { guildId, id }: Answerable,
  ...ways: readonly (() => Promise<Done>)[]
): Promise<{ readonly done: Done } | null> {
  for (const way of ways) {
    try {
      return { done: await way() };
    } catch (err) {
      log.error({ err, guildId, interactionId: id }, 'an answer could not be delivered this way');
    }
  }
  return null;
}

async function followUp(interaction: Answerable, message: Message, flags: { flags?: MessageFlags.Ephemeral } = {}) {
  const { channelId, id } = await interaction.followUp({ ...message, ...flags });
  return { channelId, messageId: id };
}

/**
 * Posts to the channel: through the interaction, which needs no permission, else as an ordinary message, else to whoever
 * asked. Answers what the channel got. The first follow-up to an announced answer that was never given would take
 * its place, in private (Discord docs, Followup Messages), so there is none then.
 */
async function publish(
  deps: DeliveryDeps,
  interaction: Answerable,
  posts: readonly Message[],
  isAnswered: boolean,
): Promise<readonly Post[]> {
  const { channelId } = interaction;
  const posted: Post[] = [];
  for (const post of posts) {
    const viaInteraction = isAnswered ? [() => followUp(interaction, post)] : [];
    const viaChannel = channelId === null ? [] : [() => deps.postToChannel(channelId, post)];
    const way = await tryInTurn(deps, interaction, ...viaInteraction, ...viaChannel);
    if (way !== null) posted.push(way.done);
    else await tryInTurn(deps, interaction, () => followUp(interaction, post, { flags: MessageFlags.Ephemeral }));
  }
  return posted;
}

/** Answers, then posts. Where the channel could not be reached, the answer is made to say so. */
async function sayAndPublish(
  deps: DeliveryDeps,
  interaction: Answerable,
  delivery: Delivery,
  reply: MessageReply,
): Promise<void> {
  const tell = (isPublic: boolean): MessageReply => {
    const content = `${reply.message.content} ${describePosting(isPublic)}`;
    return { ...reply, message: { ...reply.message, content } };
  };
  const isAnswered = await tryInTurn(deps, interaction, () => say(interaction, delivery, tell(true)));
  const posted = await publish(deps, interaction, reply.posts, isAnswered !== null);
  await reply.onPosted?.(posted);
  if (posted.length === reply.posts.length) return;
  await tryInTurn(deps, interaction, () => interaction.editReply(tell(false).message));
}

/** Says `reply`; should Discord refuse it, its reader still gets a sentence and the log the reason. */
async function sayOrApologise(
  deps: DeliveryDeps,
  interaction: Answerable,
  delivery: Delivery,
  reply: Reply,
): Promise<void> {
  const apology = sayText(describeCrash(interaction.id.slice(-6)));
  await tryInTurn(
    deps,
    interaction,
    () => say(interaction, delivery, reply),
    () => say(interaction, delivery, apology),
  );
}

/** Delivers what `work` comes to, within Discord's time limits. `work` must not reject. */
export async function deliver(
  deps: DeliveryDeps,
  interaction: Answerable,
  delivery: Delivery,
  work: Promise<Reply>,
): Promise<void> {
  if (delivery !== 'modal' && !(await isQuick(work))) await defer(deps, interaction, delivery);
  const reply = await work;
  if (reply.kind === 'message' && reply.posts.length > 0) await sayAndPublish(deps, interaction, delivery, reply);
  else await sayOrApologise(deps, interaction, delivery, reply);
}
