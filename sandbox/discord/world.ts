import type { Violation } from './answer.ts';
import type { CommandStore } from './command-store.ts';
import type { Denying } from './denial.ts';
import { type Exchange, TOKEN_LIFETIME_MS } from './exchange.ts';
import type { StoredMessage } from './message.ts';
import type { Validator } from './validate/validator.ts';
import { Permission } from './wire.ts';

/** A guild the bot is a member of. */
export type Guild = { readonly id: string; readonly name: string; readonly locale: string };

/** A channel; `guildId` is null for a direct-message channel. */
export type Channel = {
  readonly id: string;
  readonly guildId: string | null;
  /** Whose direct messages with the bot these are; null in a guild. */
  readonly recipientId: string | null;
  readonly name: string;
  /** What the app may do there. */
  readonly appPermissions: bigint;
};

/** Somebody with a Discord account. */
export type Account = { readonly id: string; readonly name: string; readonly bot: boolean };

/** A request the bot made, as it was answered; `at` is by the stand-in's clock. */
export type RecordedRequest = {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly body: unknown;
  readonly status: number;
  readonly at: number;
};

/** A file that a user uploaded with a modal, kept where the bot can fetch it. */
export type UploadedFile = {
  readonly id: string;
  readonly name: string;
  readonly content: Buffer;
  /** Below the stand-in's origin. */
  readonly path: string;
  /** Whether it cannot be fetched any more. */
  isLost: boolean;
};

/** Everything the stand-in knows; routes, gateway and driver share one. */
export type World = {
  readonly applicationId: string;
  readonly token: string | null;
  readonly now: () => number;
  readonly nextId: () => string;
  /** How many interactions are remembered at most. */
  readonly memory: number;
  readonly validator: Validator | null;
  readonly guilds: Map<string, Guild>;
  readonly channels: Map<string, Channel>;
  readonly deletedChannels: Map<string, Channel>;
  readonly accounts: Map<string, Account>;
  readonly roles: Map<string, { readonly id: string; readonly guildId: string; readonly name: string }>;
  readonly messages: Map<string, StoredMessage>;
  readonly uploads: Map<string, UploadedFile>;
  readonly commands: CommandStore;
  readonly exchanges: Map<string, Exchange>;
  readonly denials: Set<Denying>;
  readonly violations: Violation[];
  readonly requests: RecordedRequest[];
};

/** What an app that was invited with sensible permissions may do. */
export const DEFAULT_APP_PERMISSIONS =
  Permission.viewChannel |
  Permission.sendMessages |
  Permission.embedLinks |
  Permission.attachFiles |
  Permission.readMessageHistory;

/** The app's own account. */
export function appAccount(world: World): Account {
  return { id: world.applicationId, name: 'Frago', bot: true };
}

/** What the app may do in a channel. */
export function appPermissions(world: World, channelId: string): bigint {
  return world.channels.get(channelId)?.appPermissions ?? 0n;
}

/** Keeps a message so that it can be found by id. */
export function keepMessage(world: World, message: StoredMessage): StoredMessage {
  world.messages.set(message.id, message);
  dropOldest(world.messages, world.memory);
  return message;
}

/** Keeps an exchange by its token and forgets those whose token has expired. */
export function keepExchange(world: World, exchange: Exchange): void {
  world.exchanges.set(exchange.token, exchange);
  dropOldest(world.exchanges, world.memory);
}

/** Keeps a file as Discord keeps what comes with an interaction. */
export function keepUpload(world: World, name: string, content: Buffer): UploadedFile {
  const id = world.nextId();
  const path = `/ephemeral-attachments/${world.applicationId}/${id}/${encodeURIComponent(name)}`;
  const file = { id, name, content, path, isLost: false };
  world.uploads.set(id, file);
  dropOldest(world.uploads, world.memory);
  return file;
}

/** From now on a file cannot be fetched, although it was submitted. */
export function loseUpload(world: World, id: string): void {
  const file = world.uploads.get(id);
  if (file === undefined) throw new Error(`There is no file ${id}`);
  file.isLost = true;
}

function dropOldest(map: Map<string, unknown>, limit: number): void {
  if (map.size <= limit) return;
  const [oldest] = map.keys();
  if (oldest !== undefined) map.delete(oldest);
}

/** Whether an exchange's token has run out. */
export function isExpired(world: World, exchange: Exchange): boolean {
  return world.now() - exchange.sentAt > TOKEN_LIFETIME_MS;
}
