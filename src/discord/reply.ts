import type {
  APIActionRowComponent,
  APIButtonComponentWithCustomId,
  APIEmbed,
  APIModalInteractionResponseCallbackData,
  APIStringSelectComponent,
} from 'discord.js';
import type { Post } from '../app/ports.ts';

/** A row of up to five buttons, or of one select. */
export type Row = APIActionRowComponent<APIButtonComponentWithCustomId | APIStringSelectComponent>;

/** A message as Discord takes it. An edit replaces all three parts. */
export type Message = {
  readonly content: string;
  readonly embeds: readonly APIEmbed[];
  readonly components: readonly Row[];
  /** Files for what no embed can hold. */
  readonly files?: readonly { readonly name: string; readonly attachment: Buffer }[];
};

/** A modal as Discord takes it. */
export type Modal = APIModalInteractionResponseCallbackData;

/** A message that only its reader sees, and what goes to the channel after it, for all to read. */
export type MessageReply = {
  readonly kind: 'message';
  readonly message: Message;
  readonly posts: readonly Message[];
  /** Is told where the posts stand, as far as they could be posted. */
  readonly onPosted?: (posts: readonly Post[]) => Promise<void>;
};

/** A form that opens. */
export type ModalReply = { readonly kind: 'modal'; readonly modal: Modal };

/** What to say to an interaction. */
export type Reply = MessageReply | ModalReply;

/**
 * How a reply reaches its reader: `message` is a new private one, `update` replaces the message that was clicked, and
 * `modal` may be a form, which has to be the first answer and is never deferred.
 */
export type Delivery = 'message' | 'update' | 'modal';

/** A private answer. */
export const say = (message: Partial<Message>): MessageReply => ({
  kind: 'message',
  message: { content: '', embeds: [], components: [], ...message },
  posts: [],
});

/** A private answer that is a sentence. */
export const sayText = (content: string, components: readonly Row[] = []): MessageReply => say({ content, components });
