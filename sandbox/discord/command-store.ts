import { isDeepStrictEqual } from 'node:util';
import { type CommandOption, isObject, type JsonObject, Permission } from './wire.ts';

/** A command as Discord stores and returns it. */
export type RegisteredCommand = {
  readonly id: string;
  readonly application_id: string;
  /** Changes exactly when the command does. */
  readonly version: string;
  readonly type: number;
  readonly name: string;
  readonly description: string;
  readonly default_member_permissions: string | null;
  readonly nsfw: boolean;
  readonly options?: readonly CommandOption[];
  readonly guild_id?: string;
  readonly dm_permission?: boolean;
  readonly contexts?: readonly number[] | null;
  readonly integration_types?: readonly number[];
  readonly name_localizations?: JsonObject | null;
  readonly description_localizations?: JsonObject | null;
};

/** A command as a bot sends it. */
export type CommandBody = {
  readonly name: string;
  readonly type?: number | null;
  readonly description?: string | null;
  readonly options?: readonly CommandOption[] | null;
  readonly default_member_permissions?: string | null;
  readonly nsfw?: boolean | null;
  readonly dm_permission?: boolean | null;
  readonly contexts?: readonly number[] | null;
  readonly integration_types?: readonly number[] | null;
  readonly name_localizations?: JsonObject | null;
  readonly description_localizations?: JsonObject | null;
};

/** The registered commands by scope; `null` is the global scope. */
export type CommandStore = { readonly scopes: Map<string | null, readonly RegisteredCommand[]>; overwrites: number };

/** The scope a command is registered in. */
export type Scope = { readonly applicationId: string; readonly guildId: string | null };

/** The commands of a scope after a bulk overwrite; known ones keep their id, unchanged ones their version. */
export function overwriteCommands(
  store: CommandStore,
  scope: Scope,
  bodies: readonly CommandBody[],
  nextId: () => string,
): readonly RegisteredCommand[] {
  const before = store.scopes.get(scope.guildId) ?? [];
  const after = bodies.map((body) => registered(body, scope, before, nextId));
  store.scopes.set(scope.guildId, after);
  store.overwrites += 1;
  return after;
}

function registered(
  body: CommandBody,
  scope: Scope,
  before: readonly RegisteredCommand[],
  nextId: () => string,
): RegisteredCommand {
  const known = before.find((command) => command.name === body.name && command.type === (body.type ?? 1));
  const settings = { ...commonSettings(body), ...scopeSettings(body, scope) };
  const isSame = known !== undefined && isDeepStrictEqual(settingsOf(known), settings);
  const version = isSame ? known.version : nextId();
  return { id: known?.id ?? nextId(), application_id: scope.applicationId, version, ...settings };
}

function settingsOf({ id: _id, application_id: _application, version: _version, ...settings }: RegisteredCommand) {
  return settings;
}

function commonSettings(body: CommandBody) {
  return {
    default_member_permissions: body.default_member_permissions ?? null,
    type: body.type ?? 1,
    name: body.name,
    name_localizations: body.name_localizations ?? null,
    description: body.description ?? '',
    description_localizations: body.description_localizations ?? null,
    nsfw: body.nsfw ?? false,
    ...(body.options && body.options.length > 0 && { options: body.options.map(storedOption) }),
  };
}

function scopeSettings(body: CommandBody, scope: Scope) {
  if (scope.guildId !== null) return { guild_id: scope.guildId };
  return {
    dm_permission: body.dm_permission ?? body.contexts?.includes(1) ?? true,
    contexts: body.contexts ?? null,
    integration_types: body.integration_types ?? [0],
  };
}

/** An option as Discord returns it: false and empty members are dropped, absent localizations are null. */
function storedOption(option: CommandOption): CommandOption {
  const { required, autocomplete, choices = [], options = [], ...rest } = option;
  return {
    ...rest,
    name_localizations: rest.name_localizations ?? null,
    description_localizations: rest.description_localizations ?? null,
    ...(required && { required }),
    ...(autocomplete && { autocomplete }),
    ...(choices.length > 0 && { choices: choices.map((choice) => ({ name_localizations: null, ...choice })) }),
    ...(options.length > 0 && { options: options.map(storedOption) }),
  };
}

/** A command as `GET` lists it: localizations only when asked for. */
export function listed(command: RegisteredCommand, withLocalizations: boolean): unknown {
  return withLocalizations ? command : withoutLocalizations(command);
}

function withoutLocalizations(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutLocalizations);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([key]) => !key.endsWith('_localizations'));
  return Object.fromEntries(kept.map(([key, member]) => [key, withoutLocalizations(member)]));
}

/** Whether Discord shows the command to somebody with these permissions, in a guild or (`null`) in the bot's DMs. */
export function isOffered(command: RegisteredCommand, permissions: bigint, guildId: string | null): boolean {
  if (guildId === null)
    return command.guild_id === undefined && (command.contexts?.includes(1) ?? command.dm_permission ?? true);
  if (command.contexts && !command.contexts.includes(0)) return false;
  if (command.default_member_permissions === null || (permissions & Permission.administrator) !== 0n) return true;
  const needed = BigInt(command.default_member_permissions);
  return needed !== 0n && (permissions & needed) === needed;
}
