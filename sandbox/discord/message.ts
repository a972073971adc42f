import type { APIEmbed, APIMessageTopLevelComponent } from 'discord.js';
import { pingsOf } from './pings.ts';
import { type AllowedMentions, Flag, type MessageBody } from './wire.ts';

/** A file that came with a message. */
export type Attachment = { readonly id: string; readonly filename: string; readonly size: number };

/** A message as people see it now; the object is live, so later edits show up in it. */
export type Message = {
  readonly id: string;
  readonly channelId: string;
  /** The bot, or the user who posted it. */
  readonly authorId: string;
  /** Visible to `invokerId` only. */
  readonly ephemeral: boolean;
  /** Who caused it; `null` for what the bot posted by itself. */
  readonly invokerId: string | null;
  readonly content: string;
  readonly embeds: readonly APIEmbed[];
  readonly components: readonly APIMessageTopLevelComponent[];
  readonly attachments: readonly Attachment[];
  readonly flags: number;
  /** Everyone it would notify, as markup (`<@id>`, `<@&id>`, `@everyone`, `@here`), whatever the app's permissions. */
  readonly pings: readonly string[];
  /** The message it replies to; `null` for one that is no reply. */
  readonly replyTo: string | null;
  readonly editedCount: number;
  readonly deleted: boolean;
};

/** A message as the stand-in keeps it. */
export type StoredMessage = { -readonly [Key in keyof Message]: Message[Key] } & {
  /** The interaction it answers, for `interaction_metadata`. */
  readonly origin: { readonly id: string; readonly kind: number; readonly userId: string } | null;
  /** Who wrote the message it replies to. */
  readonly repliedAuthorId: string | null;
  editedAt: string | null;
  /** Whether somebody other than the bot deleted it. */
  isTakenAway: boolean;
};

/** Where a new message goes and for whom. */
export type Placement = {
  readonly id: string;
  readonly channelId: string;
  readonly authorId: string;
  readonly invokerId: string | null;
  readonly origin: StoredMessage['origin'];
  readonly files: readonly Attachment[];
  readonly repliedTo?: StoredMessage | null;
};

const WEBHOOK_MENTIONS: AllowedMentions = { parse: ['users'] };
const CHANNEL_MENTIONS: AllowedMentions = { parse: ['users', 'roles', 'everyone'], replied_user: true };

/** A message made of `body`; `flags` of the body decide whether it is ephemeral. */
export function createMessage(body: MessageBody, { files, repliedTo = null, ...place }: Placement): StoredMessage {
  const flags = body.flags ?? 0;
  const message: StoredMessage = {
    ...place,
    ephemeral: (flags & Flag.ephemeral) !== 0,
    content: body.content ?? '',
    embeds: body.embeds ?? [],
    components: body.components ?? [],
    attachments: files,
    flags,
    pings: [],
    replyTo: repliedTo?.id ?? null,
    repliedAuthorId: repliedTo?.authorId ?? null,
    editedCount: 0,
    editedAt: null,
    deleted: false,
    isTakenAway: false,
  };
  message.pings = pingsOf(message, body.allowed_mentions ?? defaultMentions(message));
  return message;
}

/** Applies an edit; what the body does not mention stays, and the first edit of a placeholder is not counted. */
export function editMessage(
  message: StoredMessage,
  body: MessageBody,
  files: readonly Attachment[],
  editedAt: string,
): void {
  const wasLoading = (message.flags & Flag.loading) !== 0;
  if (body.content !== undefined) message.content = body.content ?? '';
  if (body.embeds !== undefined) message.embeds = body.embeds ?? [];
  if (body.components !== undefined) message.components = body.components ?? [];
  message.attachments = [...keptAttachments(message, body), ...files];
  message.flags = editedFlags(message.flags, body.flags);
  message.pings = pingsOf(message, body.allowed_mentions ?? defaultMentions(message));
  if (wasLoading) return;
  message.editedCount += 1;
  message.editedAt = editedAt;
}

/** Whether the bot knows that the message is not there any more. */
export function isGone(message: StoredMessage): boolean {
  return message.deleted && !message.isTakenAway;
}

function editedFlags(before: number, sent: number | null | undefined): number {
  const kept = before & ~Flag.loading;
  if (sent === null || sent === undefined) return kept;
  return (kept & ~Flag.suppressEmbeds) | (sent & (Flag.suppressEmbeds | Flag.componentsV2));
}

function keptAttachments(message: StoredMessage, body: MessageBody): readonly Attachment[] {
  if (body.attachments === undefined) return message.attachments;
  const kept = new Set(body.attachments.map(({ id }) => String(id)));
  return message.attachments.filter(({ id }) => kept.has(id));
}

function defaultMentions(message: StoredMessage): AllowedMentions {
  return message.origin ? WEBHOOK_MENTIONS : CHANNEL_MENTIONS;
}
