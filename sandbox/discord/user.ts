import { everyPart, isSelect } from './components.ts';
import { resolvedJson, selectKinds } from './entities.ts';
import { type Actor, interactionJson } from './envelope.ts';
import { type Choice, type Exchange, openExchange, outcomeWithin } from './exchange.ts';
import type { Gateway } from './gateway.ts';
import { type Interaction, interactionView } from './interaction.ts';
import { autocompleteData, commandData, findInvocation, type OptionValue, optionNamed } from './invocation.ts';
import { createMessage, type Message, type StoredMessage } from './message.ts';
import type { Modal, OpenModal } from './modal.ts';
import { directMessages } from './population.ts';
import { optionValue, selectionProblem, submissionOf, type Typed } from './submission.ts';
import { Component, Flag, InteractionKind, type Part } from './wire.ts';
import { type Channel, keepExchange, keepMessage, keepUpload, type World } from './world.ts';

/** Somebody in front of a Discord client; every method throws what that client would not let them do. */
export type DiscordUser = {
  readonly id: string;
  readonly name: string;
  /** What the bot and this user wrote each other, in order. */
  readonly directMessages: readonly Message[];
  /** Sends a slash command: `command('event edit', { event: '7' })`. */
  command(name: string, options?: Readonly<Record<string, OptionValue>>): Promise<Interaction>;
  /** What is offered while `focused` is being typed; `options` holds what is filled in so far. */
  autocomplete(name: string, focused: string, options: Readonly<Record<string, string>>): Promise<readonly Choice[]>;
  /** Presses a button, named by its label or custom_id. */
  click(message: Message, button: string): Promise<Interaction>;
  /** Chooses in a select, named by custom_id or placeholder; values may be given as labels. */
  select(message: Message, customIdOrPlaceholder: string, values: readonly string[]): Promise<Interaction>;
  /** Chooses a file to be submitted with a modal; answers the id that a file upload takes as its value. */
  upload(name: string, content: string | Buffer): string;
  /** Submits a modal; what is not mentioned is sent as it was prefilled. */
  submit(modal: Modal, values?: Typed): Promise<Interaction>;
  /** Posts a message of their own, which the bot is not told of. */
  post(content: string): Message;
};

/** What acting takes. */
export type Stage = {
  readonly world: World;
  /** Where the stand-in is reached. */
  readonly origin: string;
  readonly gateway: Gateway;
  readonly acknowledgeTimeoutMs: number;
  readonly answerTimeoutMs: number;
};

type Sending = {
  readonly kind: number;
  readonly data: unknown;
  readonly source?: StoredMessage | null;
  readonly focused?: Exchange['focused'];
};

const NO_CHANNEL = 'The channel is not there (any more)';

/** A user who acts as `actor` says. */
export function createUser(stage: Stage, actor: Actor): DiscordUser {
  return {
    id: actor.account.id,
    name: actor.account.name,
    command: async (name, options = {}) => runCommand(stage, actor, name, options),
    autocomplete: async (name, focused, options) => complete(stage, actor, name, focused, options),
    click: async (message, button) => clickButton(stage, actor, message, button),
    select: async (message, key, values) => choose(stage, actor, message, key, values),
    upload: (name, content) => keepUpload(stage.world, name, Buffer.from(content)).id,
    submit: async (modal, values = {}) => submitModal(stage, actor, modal, values),
    post: (content) => postMessage(stage.world, actor, content),
    get directMessages() {
      return directMessages(stage.world, actor.account.id);
    },
  };
}

async function runCommand(stage: Stage, actor: Actor, name: string, options: Readonly<Record<string, OptionValue>>) {
  const invocation = findInvocation(stage.world, actor, name);
  const data = commandData(stage.world, actor, invocation, options);
  return interactionView(await send(stage, actor, { kind: InteractionKind.command, data }));
}

async function complete(
  stage: Stage,
  actor: Actor,
  name: string,
  focused: string,
  options: Readonly<Record<string, string>>,
): Promise<readonly Choice[]> {
  const invocation = findInvocation(stage.world, actor, name);
  const data = autocompleteData(invocation, focused, options);
  const sending = { kind: InteractionKind.autocomplete, data, focused: optionNamed(invocation, focused) };
  return (await send(stage, actor, sending)).choices;
}

async function clickButton(stage: Stage, actor: Actor, message: Message, key: string): Promise<Interaction> {
  const source = visibleMessage(stage.world, actor, message);
  const buttons = [...everyPart(source.components)].filter((part) => part.type === Component.button);
  const button = findPart(buttons, key, (part) => part.label);
  if (!button.custom_id) throw new Error(`The button “${key}” opens a link; it sends no interaction`);
  const data = { custom_id: button.custom_id, component_type: button.type, id: numericId(source, button) };
  return interactionView(
    await send(stage, elsewhere(stage, actor, source), { kind: InteractionKind.component, data, source }),
  );
}

async function choose(
  stage: Stage,
  actor: Actor,
  message: Message,
  key: string,
  entered: readonly string[],
): Promise<Interaction> {
  const source = visibleMessage(stage.world, actor, message);
  const select = findPart([...everyPart(source.components)].filter(isSelect), key, (part) => part.placeholder);
  const values = entered.map((value) => optionValue(select, value));
  const problem = values.length === 0 && select.min_values === 0 ? null : selectionProblem(select, values);
  if (problem) throw new Error(`A user cannot choose ${JSON.stringify(entered)} in “${key}”: ${problem}`);
  const kinds = selectKinds(select.type);
  const picks = kinds.length > 0 ? values.map((id) => ({ id, kinds, channelTypes: select.channel_types })) : [];
  const place = elsewhere(stage, actor, source);
  const resolved = resolvedJson(stage.world, place.channel.guildId, picks);
  const data = {
    custom_id: select.custom_id,
    component_type: select.type,
    id: numericId(source, select),
    values,
    ...(resolved && { resolved }),
  };
  return interactionView(await send(stage, place, { kind: InteractionKind.component, data, source }));
}

function postMessage(world: World, { account, channel }: Actor, content: string): Message {
  if (!world.channels.has(channel.id)) throw new Error(NO_CHANNEL);
  const place = { id: world.nextId(), channelId: channel.id, authorId: account.id, invokerId: account.id };
  return keepMessage(world, createMessage({ content }, { ...place, origin: null, files: [] }));
}

async function submitModal(stage: Stage, actor: Actor, shown: Modal, typed: Typed): Promise<Interaction> {
  const modal = stillOpen(shown, actor);
  const { data, picks, uploads } = submissionOf(modal, typed);
  const picked = resolvedJson(stage.world, modal.guildId, picks);
  const attachments = attachmentsJson(stage, uploads);
  const resolved = picked || attachments ? { ...picked, ...attachments } : undefined;
  const channel = stage.world.channels.get(modal.channelId) ?? actor.channel;
  const sending = {
    kind: InteractionKind.modalSubmit,
    data: { ...data, ...(resolved && { resolved }) },
    source: modal.source,
  };
  modal.isOpen = false;
  return send(stage, { ...actor, channel }, sending).then(interactionView, (error: unknown) => {
    modal.isOpen = true;
    throw error;
  });
}

/** Uploaded files as Discord tells of them (Discord docs, Attachment Object and the example of File Upload). */
function attachmentsJson({ world, origin }: Stage, ids: readonly string[]) {
  if (ids.length === 0) return undefined;
  const entries = ids.map((id) => {
    const file = world.uploads.get(id);
    if (file === undefined) throw new Error(`There is no file ${id}; upload it first`);
    const url = `${origin}${file.path}?ex=68dc7ce1&is=68db2b61&hm=5954f900&`;
    const { name: filename, content } = file;
    return [id, { id, filename, size: content.length, url, proxy_url: url, ephemeral: true }] as const;
  });
  return { attachments: Object.fromEntries(entries) };
}

function stillOpen(modal: Modal, actor: Actor): OpenModal {
  if (!isOpenModal(modal)) throw new Error('This modal was not opened by the bot');
  if (modal.userId !== actor.account.id) throw new Error(`The modal “${modal.title}” was opened for another user`);
  if (!modal.isOpen) throw new Error(`The modal “${modal.title}” was already submitted`);
  if (modal.source?.deleted) throw new Error(`The message under the modal “${modal.title}” was deleted`);
  return modal;
}

function isOpenModal(modal: Modal): modal is OpenModal {
  return 'isOpen' in modal;
}

function visibleMessage(world: World, actor: Actor, message: Message): StoredMessage {
  const stored = world.messages.get(message.id);
  if (!stored || stored.deleted) throw new Error('The message is not there (any more)');
  if ((stored.flags & Flag.loading) !== 0) throw new Error('The message has no content yet: the bot is still thinking');
  if (stored.ephemeral && stored.invokerId !== actor.account.id)
    throw new Error('The message is visible to another user only');
  const channel = world.channels.get(stored.channelId);
  if (!channel) throw new Error(NO_CHANNEL);
  const problem = accessProblem(channel, actor);
  if (problem) throw new Error(problem);
  return stored;
}

function accessProblem(channel: Channel, actor: Actor): string | null {
  if (channel.recipientId === actor.account.id) return null;
  if (channel.recipientId !== null) return 'The message is among the direct messages of another user';
  return channel.guildId === actor.channel.guildId ? null : 'The message is in another guild';
}

function findPart(parts: readonly Part[], key: string, words: (part: Part) => string | undefined): Part {
  const named = parts.filter((part) => part.custom_id === key);
  const found = named.length > 0 ? named : parts.filter((part) => words(part) === key);
  const [part, second] = found;
  const known = parts.map((candidate) => `“${words(candidate) ?? candidate.custom_id}”`).join(', ') || 'none';
  if (!part) throw new Error(`The message has no “${key}”; it has ${known}`);
  if (second) throw new Error(`The message has several “${key}”; name one by its custom_id`);
  if (part.disabled) throw new Error(`“${key}” is disabled`);
  return part;
}

/** The id Discord gave the component: components are numbered depth-first. */
function numericId(source: StoredMessage, part: Part): number {
  return [...everyPart(source.components)].indexOf(part) + 1;
}

function elsewhere({ world }: Stage, actor: Actor, message: StoredMessage): Actor {
  return { ...actor, channel: world.channels.get(message.channelId) ?? actor.channel };
}

async function send(
  stage: Stage,
  actor: Actor,
  { kind, data, source = null, focused = null }: Sending,
): Promise<Exchange> {
  const { world, gateway } = stage;
  if (!gateway.isReady()) throw new Error('The application did not respond: no bot is connected to the gateway');
  const { id: channelId, guildId } = actor.channel;
  if (!world.channels.has(channelId)) throw new Error(NO_CHANNEL);
  const start = {
    id: world.nextId(),
    kind,
    userId: actor.account.id,
    channelId,
    guildId,
    source,
    focused,
    sentAt: world.now(),
  };
  const exchange = openExchange(start, outcomeWithin(stage.acknowledgeTimeoutMs, stage.answerTimeoutMs));
  keepExchange(world, exchange);
  gateway.dispatch('INTERACTION_CREATE', interactionJson(world, exchange, actor, data));
  await exchange.outcome.promise;
  return exchange;
}
