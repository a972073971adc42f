import { type Answer, invalidForm, noContent, ok, refusals } from '../answer.ts';
import { denied } from '../denial.ts';
import type { Exchange } from '../exchange.ts';
import { createMessage, editMessage, isGone, type StoredMessage } from '../message.ts';
import { messageJson } from '../message-json.ts';
import { Flag, type MessageBody } from '../wire.ts';
import { isExpired, keepMessage, type World } from '../world.ts';
import { type Call, formError, isMessageBody, param } from './call.ts';
import { mergedIssues } from './merge.ts';

/** `POST /webhooks/:app/:token`: a followup, or (as Discord still does) the answer to a pending deferral. */
export function postFollowUp(call: Call): Answer {
  return withExchange(call, (exchange) => {
    const bad = formError(call.world, 'followup', call.body);
    if (bad) return bad;
    if (!isMessageBody(call.body)) return refusals.notJson();
    const asked = askedRefusal(call, exchange, null);
    if (asked) return asked;
    const pending = pendingPlaceholder(exchange);
    const message = pending ? applyEdit(call, pending, call.body) : addFollowUp(call, exchange, call.body);
    exchange.outcome.visible();
    return ok(messageJson(call.world, message));
  });
}

/** `PATCH /webhooks/:app/:token/messages/:message`. */
export function patchMessage(call: Call): Answer {
  return withMessage(call, (message, exchange) => {
    const bad = formError(call.world, 'webhook-edit', call.body);
    if (bad) return bad;
    if (!isMessageBody(call.body)) return refusals.notJson();
    const issues = call.world.validator ? mergedIssues(message, call.body, call.files) : [];
    if (issues === 'empty') return refusals.emptyMessage();
    if (issues.length > 0) return invalidForm(issues);
    const asked = askedRefusal(call, exchange, message);
    if (asked) return asked;
    applyEdit(call, message, call.body);
    exchange.outcome.visible();
    return ok(messageJson(call.world, message));
  });
}

/** `GET /webhooks/:app/:token/messages/:message`. */
export function getMessage(call: Call): Answer {
  return withMessage(
    call,
    (message, exchange) => askedRefusal(call, exchange, message) ?? ok(messageJson(call.world, message)),
  );
}

/** `DELETE /webhooks/:app/:token/messages/:message`. */
export function deleteMessage(call: Call): Answer {
  return withMessage(call, (message, exchange) => {
    const asked = askedRefusal(call, exchange, message);
    if (asked) return asked;
    message.deleted = true;
    return noContent();
  });
}

function withExchange(call: Call, respond: (exchange: Exchange) => Answer): Answer {
  const { world } = call;
  const exchange = world.exchanges.get(param(call, 'token'));
  if (param(call, 'app') !== world.applicationId || !exchange) return refusals.unknownWebhook();
  if (isExpired(world, exchange)) return refusals.tokenExpired();
  if (exchange.callback === null) return refusals.unknownWebhook();
  return respond(exchange);
}

function withMessage(call: Call, respond: (message: StoredMessage, exchange: Exchange) => Answer): Answer {
  return withExchange(call, (exchange) => {
    const message = messageOf(exchange, param(call, 'message'));
    return message && !isGone(message) ? respond(message, exchange) : refusals.unknownMessage();
  });
}

/** What a test asked for, which is looked at last: it refuses only what would have been taken. */
function askedRefusal({ world, method }: Call, exchange: Exchange, message: StoredMessage | null): Answer | null {
  const { channelId, userId } = exchange;
  return denied(world, { method, via: 'interaction', channelId, userId, messageId: message?.id ?? null });
}

function messageOf(exchange: Exchange, id: string): StoredMessage | undefined {
  if (id === '@original') return exchange.original ?? undefined;
  return [exchange.original, ...exchange.followUps].find((message) => message?.id === id) ?? undefined;
}

function pendingPlaceholder(exchange: Exchange): StoredMessage | null {
  const original = exchange.original;
  return original && !original.deleted && (original.flags & Flag.loading) !== 0 ? original : null;
}

function applyEdit(call: Call, message: StoredMessage, body: MessageBody): StoredMessage {
  editMessage(message, body, call.files, new Date(call.world.now()).toISOString());
  return message;
}

function addFollowUp(call: Call, exchange: Exchange, body: MessageBody): StoredMessage {
  const message = postedMessage(call.world, exchange, body, call.files);
  exchange.followUps.push(message);
  return message;
}

/** A new message that answers an interaction. */
export function postedMessage(
  world: World,
  exchange: Exchange,
  body: MessageBody,
  files: Call['files'],
): StoredMessage {
  const { channelId, userId, id, kind } = exchange;
  const author = { authorId: world.applicationId, invokerId: userId, origin: { id, kind, userId } };
  return keepMessage(world, createMessage(body, { ...author, id: world.nextId(), channelId, files }));
}
