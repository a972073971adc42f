import { type Answer, invalidForm, noContent, ok, refusals } from '../answer.ts';
import { channelJson } from '../guild-json.ts';
import { createMessage, editMessage, type StoredMessage } from '../message.ts';
import { messageJson } from '../message-json.ts';
import { type MessageBody, Permission } from '../wire.ts';
import { type Channel, keepMessage } from '../world.ts';
import { type Call, formError, isMessageBody, param } from './call.ts';
import { mergedIssues } from './merge.ts';

/** `GET /channels/:channel`. */
export function getChannel(call: Call): Answer {
  return withChannel(call, Permission.viewChannel, (channel) => ok(channelJson(call.world, channel)));
}

/** `POST /channels/:channel/messages`. */
export function postMessage(call: Call): Answer {
  return withChannel(call, Permission.viewChannel | Permission.sendMessages, (channel) => {
    const bad = formError(call.world, 'channel-message', call.body);
    if (bad) return bad;
    if (!isMessageBody(call.body)) return refusals.notJson();
    if (!has(channel, neededFor(call.body, call))) return refusals.missingPermissions();
    const place = { id: call.world.nextId(), channelId: channel.id, invokerId: null, origin: null, files: call.files };
    return ok(messageJson(call.world, keepMessage(call.world, createMessage(call.body, place))));
  });
}

/** `GET /channels/:channel/messages/:message`. */
export function getChannelMessage(call: Call): Answer {
  const needed = Permission.viewChannel | Permission.readMessageHistory;
  return withMessage(call, needed, (message) => ok(messageJson(call.world, message)));
}

/** `PATCH /channels/:channel/messages/:message`. */
export function patchChannelMessage(call: Call): Answer {
  return withMessage(call, Permission.viewChannel, (message) => {
    const bad = formError(call.world, 'channel-edit', call.body);
    if (bad) return bad;
    if (!isMessageBody(call.body)) return refusals.notJson();
    const issues = call.world.validator ? mergedIssues(message, call.body, call.files) : [];
    if (issues === 'empty') return refusals.emptyMessage();
    if (issues.length > 0) return invalidForm(issues);
    editMessage(message, call.body, call.files, new Date(call.world.now()).toISOString());
    return ok(messageJson(call.world, message));
  });
}

/** `DELETE /channels/:channel/messages/:message`. */
export function deleteChannelMessage(call: Call): Answer {
  return withMessage(call, Permission.viewChannel, (message) => {
    message.deleted = true;
    return noContent();
  });
}

function withChannel(call: Call, needed: bigint, respond: (channel: Channel) => Answer): Answer {
  const channel = call.world.channels.get(param(call, 'channel'));
  if (!channel) return refusals.unknownChannel();
  if (!has(channel, Permission.viewChannel)) return refusals.missingAccess();
  if (!has(channel, needed)) return refusals.missingPermissions();
  return respond(channel);
}

function withMessage(call: Call, needed: bigint, respond: (message: StoredMessage) => Answer): Answer {
  return withChannel(call, needed, (channel) => {
    const message = call.world.messages.get(param(call, 'message'));
    const isThere = message && message.channelId === channel.id && !message.deleted && !message.ephemeral;
    return isThere ? respond(message) : refusals.unknownMessage();
  });
}

function has(channel: Channel, needed: bigint): boolean {
  const isAdministrator = (channel.appPermissions & Permission.administrator) !== 0n;
  return isAdministrator || (channel.appPermissions & needed) === needed;
}

function neededFor(body: MessageBody, call: Call): bigint {
  const embeds = (body.embeds ?? []).length > 0 ? Permission.embedLinks : 0n;
  return embeds | (call.files.length > 0 ? Permission.attachFiles : 0n);
}
