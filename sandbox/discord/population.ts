import { deny } from './denial.ts';
import type { Actor } from './envelope.ts';
import type { Gateway } from './gateway.ts';
import { channelJson, DEFAULT_USER_PERMISSIONS, roleJson } from './guild-json.ts';
import type { Message } from './message.ts';
import { Flag } from './wire.ts';
import { type Channel, DEFAULT_APP_PERMISSIONS, type World } from './world.ts';

/** Who a user is and where they act; every member has a default. */
export type UserOptions = {
  readonly id?: string;
  readonly name?: string;
  /** `null` for the bot's direct messages. */
  readonly guildId?: string | null;
  readonly channelId?: string;
  readonly permissions?: bigint;
  readonly roles?: readonly string[];
  readonly locale?: string;
};

/** A channel to add or to change. */
export type ChannelOptions = {
  readonly id?: string;
  readonly guildId?: string;
  readonly name?: string;
  /** What the app may do there. */
  readonly appPermissions?: bigint;
};

/** A role to add. */
export type RoleOptions = { readonly id?: string; readonly guildId?: string; readonly name?: string };

const GUILDS_INTENT = 1;

/** What everybody can see in a channel now, in order. */
export function publicMessages(world: World, channelId: string): readonly Message[] {
  const isShown = (message: Message) => !message.ephemeral && !message.deleted && (message.flags & Flag.loading) === 0;
  if (!world.channels.has(channelId)) return [];
  return [...world.messages.values()].filter((message) => message.channelId === channelId && isShown(message));
}

function firstGuild(world: World): string {
  const [guildId] = world.guilds.keys();
  if (guildId === undefined) throw new Error('The sandbox was started without guilds');
  return guildId;
}

/** Adds a channel, or changes the one with this id. */
export function addChannel(world: World, options: ChannelOptions): Channel {
  if (world.deletedChannels.has(options.id ?? '')) throw new Error(`The channel ${options.id} was deleted`);
  const known = options.id === undefined ? undefined : world.channels.get(options.id);
  const channel: Channel = {
    id: options.id ?? world.nextId(),
    guildId: options.guildId ?? known?.guildId ?? firstGuild(world),
    recipientId: null,
    name: options.name ?? known?.name ?? 'channel',
    appPermissions: options.appPermissions ?? known?.appPermissions ?? DEFAULT_APP_PERMISSIONS,
  };
  world.channels.set(channel.id, channel);
  return channel;
}

/** Adds or changes a channel and tells the bot. */
export function announcedChannel(world: World, gateway: Gateway, options: ChannelOptions): Channel {
  const event = options.id !== undefined && world.channels.has(options.id) ? 'CHANNEL_UPDATE' : 'CHANNEL_CREATE';
  const channel = addChannel(world, options);
  gateway.dispatch(event, channelJson(world, channel), GUILDS_INTENT);
  return channel;
}

/** Deletes a channel as a moderator does: the bot is told if it listens, and its requests are refused, which is no fault. */
export function deleteChannel(world: World, gateway: Gateway, channelId: string): void {
  const channel = world.channels.get(channelId);
  if (!channel) throw new Error(`There is no channel ${channelId}`);
  world.channels.delete(channelId);
  world.deletedChannels.set(channelId, channel);
  deny(world, { reason: 'unknownChannel', channelId });
  gateway.dispatch('CHANNEL_DELETE', channelJson(world, channel), GUILDS_INTENT);
}

/** Deletes a message as a moderator does; that requests of the bot are refused then is no fault. */
export function deleteMessage(world: World, { id }: Message): void {
  const message = world.messages.get(id);
  if (!message || message.deleted) throw new Error('The message is not there (any more)');
  message.deleted = true;
  message.isTakenAway = true;
  deny(world, { reason: 'unknownMessage', messageId: id });
}

/** Adds a role, tells the bot and returns its id. */
export function addRole(world: World, gateway: Gateway, options: RoleOptions): string {
  const id = options.id ?? world.nextId();
  const role = { id, guildId: options.guildId ?? firstGuild(world), name: options.name ?? 'role' };
  world.roles.set(id, role);
  const created = { guild_id: role.guildId, role: roleJson(id, role.name, 0n) };
  gateway.dispatch('GUILD_ROLE_CREATE', created, GUILDS_INTENT);
  return id;
}

/** The actor `options` describe; accounts and channels that are not there yet are added. */
export function actorOf(world: World, options: UserOptions): Actor {
  const id = options.id ?? world.nextId();
  const account = { id, name: options.name ?? world.accounts.get(id)?.name ?? `user${id.slice(-4)}`, bot: false };
  world.accounts.set(id, account);
  return {
    account,
    channel: actorChannel(world, id, options),
    permissions: options.permissions ?? DEFAULT_USER_PERMISSIONS,
    roles: options.roles ?? [],
    locale: options.locale ?? 'en-GB',
  };
}

function actorChannel(world: World, userId: string, options: UserOptions): Channel {
  if (options.guildId === null) return openDirectChannel(world, userId, options.channelId);
  const guildId = options.guildId ?? firstGuild(world);
  if (!world.guilds.has(guildId))
    throw new Error(`The bot is not in the guild ${guildId}; name it in startDiscord({ guilds })`);
  if (options.channelId !== undefined)
    return world.channels.get(options.channelId) ?? addChannel(world, { id: options.channelId, guildId });
  const first = [...world.channels.values()].find((channel) => channel.guildId === guildId);
  return first ?? addChannel(world, { guildId });
}

/** What to call an id: `@name` or `#channel`; `null` when it is not known. */
export function nameOf(world: World, id: string): string | null {
  const person = world.accounts.get(id) ?? world.roles.get(id);
  const channel = world.channels.get(id);
  if (person) return `@${person.name}`;
  return channel ? `#${channel.name}` : null;
}

function directChannel(world: World, userId: string): Channel | undefined {
  return [...world.channels.values()].find(({ recipientId }) => recipientId === userId);
}

/** The one channel of a user's direct messages with the bot; added, with this id, if there is none yet. */
export function openDirectChannel(world: World, userId: string, id: string = world.nextId()): Channel {
  const known = directChannel(world, userId);
  if (known) return known;
  const channel: Channel = {
    id,
    guildId: null,
    recipientId: userId,
    name: 'direct message',
    appPermissions: DEFAULT_APP_PERMISSIONS,
  };
  world.channels.set(id, channel);
  return channel;
}

/** What the bot and a user wrote each other, in order. */
export function directMessages(world: World, userId: string): readonly Message[] {
  const channel = directChannel(world, userId);
  return channel ? publicMessages(world, channel.id) : [];
}
