import { accountJson } from './message-json.ts';
import { Permission } from './wire.ts';
import { appAccount, type Channel, DEFAULT_APP_PERMISSIONS, type Guild, type World } from './world.ts';

const JOINED_AT = '2024-12-15T21:11:08.816000+00:00';

/** A channel object as the REST API returns it; overwrites make the app's permissions come out as configured. */
export function channelJson(world: World, channel: Channel) {
  if (channel.guildId === null) {
    const recipient = world.accounts.get(channel.recipientId ?? '');
    return {
      id: channel.id,
      type: 1,
      last_message_id: null,
      flags: 0,
      recipients: recipient ? [accountJson(recipient)] : [],
    };
  }
  return { ...guildChannelJson(channel), permission_overwrites: overwritesFor(world, channel) };
}

function guildChannelJson(channel: Channel) {
  return {
    id: channel.id,
    type: 0,
    guild_id: channel.guildId,
    name: channel.name,
    topic: null,
    position: 0,
    parent_id: null,
    nsfw: false,
    rate_limit_per_user: 0,
    last_message_id: null,
    flags: 0,
  };
}

function overwritesFor(world: World, channel: Channel) {
  const allow = channel.appPermissions & ~DEFAULT_APP_PERMISSIONS;
  const deny = DEFAULT_APP_PERMISSIONS & ~channel.appPermissions;
  return [{ id: world.applicationId, type: 1, allow: String(allow), deny: String(deny) }];
}

/** The partial channel inside an interaction: what the *user* may do there comes with it. */
export function interactionChannelJson(channel: Channel, permissions: bigint) {
  if (channel.guildId === null)
    return { id: channel.id, type: 1, flags: 0, last_message_id: null, permissions: String(permissions) };
  return { ...guildChannelJson(channel), permissions: String(permissions) };
}

/** A member object without its user. */
export function memberJson(permissions: bigint, roles: readonly string[]) {
  return {
    roles,
    permissions: String(permissions),
    nick: null,
    avatar: null,
    banner: null,
    collectibles: null,
    display_name_styles: null,
    communication_disabled_until: null,
    flags: 0,
    joined_at: JOINED_AT,
    pending: false,
    premium_since: null,
    unusual_dm_activity_until: null,
  };
}

/** A role object. */
export function roleJson(id: string, name: string, permissions: bigint) {
  return {
    id,
    name,
    permissions: String(permissions),
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    description: null,
    flags: 0,
    hoist: false,
    icon: null,
    managed: false,
    mentionable: false,
    position: 0,
    unicode_emoji: null,
  };
}

/** The GUILD_CREATE body for a guild. */
export function guildJson(world: World, guild: Guild) {
  const channels = [...world.channels.values()].filter((channel) => channel.guildId === guild.id);
  const roles = [...world.roles.values()].filter((role) => role.guildId === guild.id);
  const member = {
    ...memberJson(DEFAULT_APP_PERMISSIONS, []),
    user: accountJson(appAccount(world)),
    deaf: false,
    mute: false,
  };
  return {
    id: guild.id,
    name: guild.name,
    owner_id: guild.id,
    preferred_locale: guild.locale,
    features: [],
    joined_at: JOINED_AT,
    large: false,
    unavailable: false,
    member_count: 2,
    roles: [
      roleJson(guild.id, '@everyone', DEFAULT_APP_PERMISSIONS),
      ...roles.map((role) => roleJson(role.id, role.name, 0n)),
    ],
    channels: channels.map((channel) => channelJson(world, channel)),
    members: [member],
    threads: [],
    presences: [],
    voice_states: [],
    emojis: [],
    stickers: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

/** What a user may do unless told otherwise. */
export const DEFAULT_USER_PERMISSIONS =
  Permission.manageEvents |
  Permission.viewChannel |
  Permission.sendMessages |
  Permission.readMessageHistory |
  Permission.useApplicationCommands;
