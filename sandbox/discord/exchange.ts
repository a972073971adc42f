import { randomBytes } from 'node:crypto';
import type { StoredMessage } from './message.ts';
import type { Modal } from './modal.ts';
import { type CommandOption, InteractionKind } from './wire.ts';

/** How long Discord waits for the first answer. */
export const ACKNOWLEDGE_WITHIN_MS = 3_000;

/** How long an interaction's token may be used. */
export const TOKEN_LIFETIME_MS = 15 * 60_000;

/** A choice an autocomplete answer offers. */
export type Choice = { readonly name: string; readonly value: string | number };

/** One interaction from its dispatch to the end of its token, as the stand-in tracks it. */
export type Exchange = {
  readonly id: string;
  readonly token: string;
  readonly kind: number;
  readonly userId: string;
  readonly channelId: string;
  readonly guildId: string | null;
  /** The message whose component was used, or from which the submitted modal was opened. */
  readonly source: StoredMessage | null;
  /** The option being typed, for autocomplete. */
  readonly focused: CommandOption | null;
  /** By the stand-in's clock. */
  readonly sentAt: number;
  /** By the monotonic clock, for latencies. */
  readonly startedAt: number;
  /** The callback type with which the bot acknowledged. */
  callback: number | null;
  acknowledgedAfterMs: number;
  /** What `@original` means. */
  original: StoredMessage | null;
  modal: Modal | null;
  choices: readonly Choice[];
  readonly followUps: StoredMessage[];
  readonly outcome: Outcome;
};

/** Resolves when the user sees something, rejects when that can no longer happen. */
export type Outcome = {
  readonly promise: Promise<void>;
  acknowledged(): void;
  visible(): void;
  failed(reason: string): void;
};

/** What distinguishes a new exchange. */
export type ExchangeStart = Pick<
  Exchange,
  'id' | 'kind' | 'userId' | 'channelId' | 'guildId' | 'source' | 'focused' | 'sentAt'
>;

/** A fresh exchange whose clock starts now. */
export function openExchange(start: ExchangeStart, outcome: Outcome): Exchange {
  return {
    ...start,
    token: interactionToken(start.id),
    startedAt: performance.now(),
    callback: null,
    acknowledgedAfterMs: Number.NaN,
    original: null,
    modal: null,
    choices: [],
    followUps: [],
    outcome,
  };
}

function interactionToken(id: string): string {
  return Buffer.from(`interaction:${id}:${randomBytes(48).toString('base64url')}`).toString('base64url');
}

/** An outcome that fails by itself: first after `acknowledgeMs`, once acknowledged after `answerMs`. */
export function outcomeWithin(acknowledgeMs: number, answerMs: number): Outcome {
  const { promise, resolve, reject } = deferred();
  promise.catch(() => undefined);
  const expire = (reason: string) => reject(new Error(reason));
  let timer = setTimeout(
    expire,
    acknowledgeMs,
    `The application did not respond: no answer within ${acknowledgeMs} ms`,
  );
  return {
    promise,
    acknowledged: () => {
      clearTimeout(timer);
      timer = setTimeout(expire, answerMs, `The bot deferred its answer and sent none within ${answerMs} ms`);
    },
    visible: () => {
      clearTimeout(timer);
      resolve();
    },
    failed: (reason) => {
      clearTimeout(timer);
      expire(reason);
    },
  };
}

function deferred() {
  let resolve = (): void => undefined;
  let reject = (_: Error): void => undefined;
  const promise = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

/** Whether an interaction's source lets the bot update it (callback types 6 and 7). */
export function mayUpdateSource(exchange: Exchange): boolean {
  const kind = exchange.kind;
  return exchange.source !== null && (kind === InteractionKind.component || kind === InteractionKind.modalSubmit);
}
