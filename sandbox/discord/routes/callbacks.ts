import type { APIModalInteractionResponseCallbackData } from 'discord.js';
import { type Answer, type Issue, invalidForm, noContent, ok, refusals } from '../answer.ts';
import { ACKNOWLEDGE_WITHIN_MS, type Choice, type Exchange, mayUpdateSource } from '../exchange.ts';
import { editMessage, type StoredMessage } from '../message.ts';
import { messageJson } from '../message-json.ts';
import { openModal } from '../modal.ts';
import { offeredIssues } from '../validate/autocomplete-rules.ts';
import type { BodyKind } from '../validate/validator.ts';
import { CallbackKind, Flag, InteractionKind, isObject } from '../wire.ts';
import { isExpired, type World } from '../world.ts';
import { type Call, formError, isMessageBody, param } from './call.ts';
import { mergedIssues } from './merge.ts';
import { postedMessage } from './webhooks.ts';

const BODY_KINDS: ReadonlyMap<unknown, BodyKind> = new Map([
  [CallbackKind.message, 'callback-message'],
  [CallbackKind.deferredMessage, 'callback-deferred-message'],
  [CallbackKind.deferredUpdate, 'callback-deferred-update'],
  [CallbackKind.update, 'callback-update'],
  [CallbackKind.autocomplete, 'callback-autocomplete'],
  [CallbackKind.modal, 'callback-modal'],
]);

/** `POST /interactions/:id/:token/callback`: the bot's first answer to an interaction. */
export function postCallback(call: Call): Answer {
  const { world, body } = call;
  const exchange = world.exchanges.get(param(call, 'token'));
  if (!exchange || exchange.id !== param(call, 'id') || isExpired(world, exchange))
    return refusals.unknownInteraction();
  if (exchange.callback !== null) return refusals.alreadyAcknowledged();
  if (world.now() - exchange.sentAt > ACKNOWLEDGE_WITHIN_MS) return tooLate(exchange);
  const refused = refusedCallback(world, exchange, body);
  if (refused) return refused;
  return acknowledge(call, exchange, body);
}

function tooLate(exchange: Exchange): Answer {
  exchange.outcome.failed(`The application did not respond: its answer came after ${ACKNOWLEDGE_WITHIN_MS} ms`);
  return refusals.unknownInteraction();
}

function refusedCallback(world: World, exchange: Exchange, body: unknown): Answer | null {
  const type = isObject(body) ? body.type : undefined;
  const kind = BODY_KINDS.get(type);
  const allowed = allowedTypes(exchange);
  if (!kind || !allowed.some((candidate) => candidate === type)) return invalidForm([wrongType(allowed)]);
  const invalid = formError(world, kind, body);
  return invalid ?? refusedOffer(world, exchange, body) ?? refusedUpdate(world, exchange, body);
}

function refusedOffer(world: World, exchange: Exchange, body: unknown): Answer | null {
  if (!world.validator || !exchange.focused || !isObject(body)) return null;
  const issues = offeredIssues(exchange.focused, body.data);
  return issues.length > 0 ? invalidForm(issues) : null;
}

/** Which callback types Discord takes for an interaction. */
function allowedTypes(exchange: Exchange): readonly number[] {
  if (exchange.kind === InteractionKind.autocomplete) return [CallbackKind.autocomplete];
  const { message, deferredMessage, deferredUpdate, update, modal } = CallbackKind;
  return [
    message,
    deferredMessage,
    ...(mayUpdateSource(exchange) ? [deferredUpdate, update] : []),
    ...(exchange.kind === InteractionKind.modalSubmit ? [] : [modal]),
  ];
}

function wrongType(allowed: readonly number[]): Issue {
  return { path: ['type'], code: 'BASE_TYPE_CHOICES', message: `Value must be one of {${allowed.join(', ')}}.` };
}

function refusedUpdate(world: World, exchange: Exchange, body: unknown): Answer | null {
  if (!world.validator || !isObject(body) || body.type !== CallbackKind.update) return null;
  if (!exchange.source || !isMessageBody(body.data)) return null;
  const issues = mergedIssues(exchange.source, body.data, []);
  if (issues === 'empty') return refusals.emptyMessage();
  return issues.length > 0 ? invalidForm(issues.map((issue) => ({ ...issue, path: ['data', ...issue.path] }))) : null;
}

function acknowledge(call: Call, exchange: Exchange, body: unknown): Answer {
  if (!isCallback(body)) return refusals.notJson();
  exchange.callback = body.type;
  exchange.acknowledgedAfterMs = call.receivedAt - exchange.startedAt;
  const message = applyCallback(call, exchange, body);
  const isDeferred = body.type === CallbackKind.deferredMessage || body.type === CallbackKind.deferredUpdate;
  if (isDeferred) exchange.outcome.acknowledged();
  else exchange.outcome.visible();
  return call.query.get('with_response') === 'true' ? ok(callbackJson(call.world, exchange, message)) : noContent();
}

/** A callback whose type and data have been judged. */
type Callback = { readonly type: number; readonly data?: unknown };

function isCallback(body: unknown): body is Callback {
  return isObject(body) && typeof body.type === 'number';
}

function applyCallback(call: Call, exchange: Exchange, { type, data = {} }: Callback): StoredMessage | null {
  if (type === CallbackKind.modal) return openFor(exchange, data);
  if (type === CallbackKind.autocomplete) return offer(exchange, data);
  exchange.original = isUpdate(type) ? exchange.source : newOriginal(call, exchange, type, data);
  const original = exchange.original;
  if (type === CallbackKind.update && original && isMessageBody(data)) {
    editMessage(original, data, call.files, new Date(call.world.now()).toISOString());
  }
  return original;
}

function isUpdate(type: number): boolean {
  return type === CallbackKind.update || type === CallbackKind.deferredUpdate;
}

function newOriginal(call: Call, exchange: Exchange, type: number, data: unknown): StoredMessage | null {
  if (!isMessageBody(data)) return null;
  const loading = type === CallbackKind.deferredMessage ? Flag.loading : 0;
  return postedMessage(call.world, exchange, { ...data, flags: (data.flags ?? 0) | loading }, call.files);
}

function openFor(exchange: Exchange, data: unknown): null {
  if (isModalData(data)) exchange.modal = openModal(data, exchange);
  return null;
}

function isModalData(data: unknown): data is APIModalInteractionResponseCallbackData {
  return isObject(data) && Array.isArray(data.components);
}

function offer(exchange: Exchange, data: unknown): null {
  if (isObject(data) && isChoices(data.choices)) exchange.choices = data.choices;
  return null;
}

function isChoices(choices: unknown): choices is readonly Choice[] {
  return Array.isArray(choices);
}

function callbackJson(world: World, exchange: Exchange, message: StoredMessage | null): unknown {
  const shown = exchange.callback === CallbackKind.message || exchange.callback === CallbackKind.update;
  return {
    interaction: {
      id: exchange.id,
      type: exchange.kind,
      response_message_id: message?.id,
      response_message_loading: message ? (message.flags & Flag.loading) !== 0 : undefined,
      response_message_ephemeral: message?.ephemeral,
      channel_id: exchange.channelId,
      guild_id: exchange.guildId ?? undefined,
    },
    resource: { type: exchange.callback, message: shown && message ? messageJson(world, message) : undefined },
  };
}
