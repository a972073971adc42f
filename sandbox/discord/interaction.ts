import type { Exchange } from './exchange.ts';
import type { Message } from './message.ts';
import type { Modal } from './modal.ts';

/** What became of a user's action; live, so later edits and followups show up in it. */
export type Interaction = {
  readonly id: string;
  readonly token: string;
  readonly modal: Modal | null;
  /** The bot's message, or the updated message under the component. */
  readonly message: Message | null;
  readonly followUps: readonly Message[];
  /** From dispatch until the callback's body had fully arrived. */
  readonly acknowledgedAfterMs: number;
  modalOrThrow(): Modal;
  messageOrThrow(): Message;
  /** The only followup, or the one at `index`. */
  followUpOrThrow(index?: number): Message;
};

/** A reader's view of an exchange. */
export function interactionView(exchange: Exchange): Interaction {
  return {
    id: exchange.id,
    token: exchange.token,
    get modal() {
      return exchange.modal;
    },
    get message() {
      return exchange.original;
    },
    followUps: exchange.followUps,
    acknowledgedAfterMs: exchange.acknowledgedAfterMs,
    modalOrThrow: () => exchange.modal ?? fail(`The bot opened no modal; it answered: ${describe(exchange.original)}`),
    messageOrThrow: () => exchange.original ?? fail('The bot answered with no message'),
    followUpOrThrow: (index = 0) => exchange.followUps[index] ?? fail(`There is no followup ${index}`),
  };
}

function describe(message: Message | null): string {
  const embed = message?.embeds[0];
  return message?.content || embed?.title || embed?.description || 'nothing';
}

function fail(reason: string): never {
  throw new Error(reason);
}
