import type { Exchange } from './exchange.ts';
import { interactionChannelJson, memberJson } from './guild-json.ts';
import { accountJson, messageJson } from './message-json.ts';
import { type Account, appPermissions, type Channel, type World } from './world.ts';

/** Who acts, where, and what Discord says about them. */
export type Actor = {
  readonly account: Account;
  readonly channel: Channel;
  readonly permissions: bigint;
  readonly roles: readonly string[];
  readonly locale: string;
};

/** The INTERACTION_CREATE body for an exchange, with every member a 2026 payload carries. */
export function interactionJson(world: World, exchange: Exchange, actor: Actor, data: unknown) {
  return {
    version: 1,
    id: exchange.id,
    application_id: world.applicationId,
    token: exchange.token,
    type: exchange.kind,
    data,
    ...placeJson(world, actor),
    channel_id: actor.channel.id,
    channel: interactionChannelJson(actor.channel, actor.permissions),
    locale: actor.locale,
    app_permissions: String(appPermissions(world, actor.channel.id)),
    attachment_size_limit: 10_485_760,
    authorizing_integration_owners: { '0': actor.channel.guildId ?? '0' },
    entitlements: [],
    entitlement_sku_ids: [],
    ...(exchange.source && { message: messageJson(world, exchange.source) }),
  };
}

function placeJson(world: World, actor: Actor) {
  const user = accountJson(actor.account);
  const guild = actor.channel.guildId === null ? undefined : world.guilds.get(actor.channel.guildId);
  if (!guild) return { context: 1, user };
  return {
    context: 0,
    guild_id: guild.id,
    guild_locale: guild.locale,
    guild: { id: guild.id, locale: guild.locale, features: [] },
    member: { ...memberJson(actor.permissions, actor.roles), user, deaf: false, mute: false },
  };
}
