import { withIds } from './components.ts';
import type { StoredMessage } from './message.ts';
import { snowflakeTime } from './snowflake.ts';
import { InteractionKind } from './wire.ts';
import { type Account, appAccount, type World } from './world.ts';

/** A user object as Discord sends it in 2026. */
export function accountJson(account: Account) {
  return {
    id: account.id,
    username: account.name,
    global_name: account.bot ? null : account.name,
    discriminator: account.bot ? '8969' : '0',
    avatar: null,
    avatar_decoration_data: null,
    clan: null,
    collectibles: null,
    display_name_styles: null,
    primary_guild: null,
    public_flags: 0,
    ...(account.bot && { bot: true }),
  };
}

/** A message object as Discord sends it in 2026; a reply holds the message it replies to, if that is still there. */
export function messageJson(world: World, message: StoredMessage) {
  if (message.replyTo === null) return plainJson(world, message);
  const target = world.messages.get(message.replyTo);
  return {
    ...plainJson(world, message),
    message_reference: {
      type: 0,
      channel_id: message.channelId,
      message_id: message.replyTo,
      guild_id: world.channels.get(message.channelId)?.guildId ?? undefined,
    },
    referenced_message: target && !target.deleted ? plainJson(world, target) : null,
  };
}

function plainJson(world: World, message: StoredMessage) {
  const isOwn = message.authorId === world.applicationId;
  return {
    id: message.id,
    channel_id: message.channelId,
    type: messageType(message),
    content: message.content,
    embeds: message.embeds.map((embed) => ({ type: 'rich', ...embed })),
    components: withIds(message.components),
    attachments: message.attachments.map((file) => ({
      ...file,
      url: `https://cdn.discordapp.com/${file.id}`,
      proxy_url: '',
    })),
    flags: message.flags,
    author: accountJson(world.accounts.get(message.authorId) ?? appAccount(world)),
    mentions: [],
    mention_roles: [],
    mention_everyone: message.pings.includes('@everyone') || message.pings.includes('@here'),
    pinned: false,
    tts: false,
    timestamp: snowflakeTime(message.id),
    edited_timestamp: message.editedAt,
    application_id: isOwn ? world.applicationId : undefined,
    webhook_id: message.origin ? world.applicationId : undefined,
    interaction_metadata: message.origin ? originJson(world, message.origin) : undefined,
  };
}

/** 20 for the answer to a command, 19 for any other reply, 0 for the rest. */
function messageType({ origin, replyTo }: StoredMessage): number {
  if (origin?.kind === InteractionKind.command) return 20;
  return origin || replyTo ? 19 : 0;
}

function originJson(world: World, origin: NonNullable<StoredMessage['origin']>) {
  const account = world.accounts.get(origin.userId);
  return {
    id: origin.id,
    type: origin.kind,
    user: account && accountJson(account),
    authorizing_integration_owners: {},
  };
}
