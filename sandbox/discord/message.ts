import type { APIEmbed, APIMessageTopLevelComponent } from 'discord.js';
import { pingsOf } from './pings.ts';
import { type AllowedMentions, Flag, type MessageBody } from './wire.ts';

/** A file that came with a message. */
export type Attachment = { readonly id: string; readonly filename: string; readonly size: number };

/** A message as people see it now; the object is live, so later edits show up in it. */
export type Message = {
  readonly id: string;
  readonly channelId: string;
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
  readonly editedCount: number;
  readonly deleted: boolean;
};

/** A message as the stand-in keeps it. */
export type StoredMessage = { -readonly [Key in keyof Message]: Message[Key] } & {
  /** The interaction it answers, for `interaction_metadata`. */
  readonly origin: { readonly id: string; readonly kind: number; readonly userId: string } | null;
  editedAt: string | null;
};

/** Where a new message goes and for whom. */
export type Placement = {
  readonly id: string;
  readonly channelId: string;
  readonly invokerId: string | null;
  readonly origin: StoredMessage['origin'];
  readonly files: readonly Attachment[];
};

const WEBHOOK_MENTIONS: AllowedMentions = { parse: ['users'] };
const CHANNEL_MENTIONS: AllowedMentions = { parse: ['users', 'roles', 'everyone'] };

/** A message made of `body`; `flags` of the body decide whether it is ephemeral. */
export function createMessage(body: MessageBody, place: Placement): StoredMessage {
  const flags = body.flags ?? 0;
  const message: StoredMessage = {
    ...place,
    ephemeral: (flags & Flag.ephemeral) !== 0,
    content: body.content ?? '',
    embeds: body.embeds ?? [],
    components: body.components ?? [],
    attachments: place.files,
    flags,
    pings: [],
    editedCount: 0,
    editedAt: null,
    deleted: false,
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
