import { interactionChannelJson, memberJson, roleJson } from './guild-json.ts';
import { accountJson } from './message-json.ts';
import { Component, Option } from './wire.ts';
import { DEFAULT_APP_PERMISSIONS, type World } from './world.ts';

/** Something a user picked by id: which kinds of thing were on offer there. */
export type Pick = {
  readonly id: string;
  readonly kinds: readonly EntityKind[];
  /** Which channel types are on offer; all when absent. */
  readonly channelTypes?: readonly number[] | undefined;
};

/** The kinds of things that can be picked by id. */
export type EntityKind = 'user' | 'role' | 'channel';

/** Every channel of the stand-in is a text channel. */
const TEXT_CHANNEL = 0;

const OPTION_KINDS: ReadonlyMap<number, readonly EntityKind[]> = new Map([
  [Option.user, ['user']],
  [Option.channel, ['channel']],
  [Option.role, ['role']],
  [Option.mentionable, ['role', 'user']],
]);

const SELECT_KINDS: ReadonlyMap<number, readonly EntityKind[]> = new Map([
  [Component.userSelect, ['user']],
  [Component.channelSelect, ['channel']],
  [Component.roleSelect, ['role']],
  [Component.mentionableSelect, ['role', 'user']],
]);

/** What a command option of this type lets one pick; empty for plain values. */
export function optionKinds(type: number): readonly EntityKind[] {
  return OPTION_KINDS.get(type) ?? [];
}

/** What a select of this type lets one pick; empty for a string select. */
export function selectKinds(type: number): readonly EntityKind[] {
  return SELECT_KINDS.get(type) ?? [];
}

/** The `resolved` object for what was picked, or undefined; an id that is not there is an error of the caller. */
export function resolvedJson(world: World, guildId: string | null, picks: readonly Pick[]) {
  if (picks.length === 0) return undefined;
  const found = picks.map((pick) => resolve(world, guildId, pick));
  const of = (kind: string) => found.flatMap((entry) => (entry.kind === kind ? [[entry.id, entry.json]] : []));
  const members = found.flatMap(({ kind, id }) =>
    kind === 'users' && guildId ? [[id, memberJson(DEFAULT_APP_PERMISSIONS, [])]] : [],
  );
  const parts = { users: of('users'), members, roles: of('roles'), channels: of('channels') };
  const filled = Object.entries(parts).filter(([, entries]) => entries.length > 0);
  return Object.fromEntries(filled.map(([name, entries]) => [name, Object.fromEntries(entries)]));
}

type Found = { readonly kind: 'users' | 'roles' | 'channels'; readonly id: string; readonly json: unknown };

function resolve(world: World, guildId: string | null, { id, kinds, channelTypes = [TEXT_CHANNEL] }: Pick): Found {
  const role = world.roles.get(id) ?? (id === guildId ? { id, guildId, name: '@everyone' } : undefined);
  if (kinds.includes('role') && role && role.guildId === guildId) {
    return { kind: 'roles', id, json: roleJson(id, role.name, 0n) };
  }
  const account = world.accounts.get(id);
  if (kinds.includes('user') && account) return { kind: 'users', id, json: accountJson(account) };
  const channel = world.channels.get(id);
  if (kinds.includes('channel') && channel?.guildId === guildId && channelTypes.includes(TEXT_CHANNEL)) {
    return { kind: 'channels', id, json: interactionChannelJson(channel, DEFAULT_APP_PERMISSIONS) };
  }
  throw new Error(
    `A user cannot pick ${id}: there is no such ${kinds.join(' or ')} in this guild; add it to the sandbox first`,
  );
}
