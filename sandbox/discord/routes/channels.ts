import { type Answer, invalidForm, noContent, ok, refusals } from '../answer.ts';
import { denied } from '../denial.ts';
import { channelJson } from '../guild-json.ts';
import { createMessage, editMessage, isGone, type StoredMessage } from '../message.ts';
import { messageJson } from '../message-json.ts';
import { type MessageBody, Permission } from '../wire.ts';
import { type Channel, keepMessage } from '../world.ts';
import { type Call, formError, isMessageBody, param } from './call.ts';
import { mergedIssues } from './merge.ts';
import { repliedMessage } from './reply.ts';

/** `GET /channels/:channel`. */
export function getChannel(call: Call): Answer {
  return withChannel(
    call,
    Permission.viewChannel,
    (channel) => askedRefusal(call, channel) ?? ok(channelJson(call.world, channel)),
  );
}

/** `POST /channels/:channel/messages`. */
export function postMessage(call: Call): Answer {
  return withChannel(call, Permission.viewChannel | Permission.sendMessages, (channel) => {
    const bad = formError(call.world, 'channel-message', call.body);
    if (bad) return bad;
    if (!isMessageBody(call.body)) return refusals.notJson();
    if (!has(channel, neededFor(call.body, call))) return refusals.missingPermissions();
    const mayRead = has(channel, Permission.readMessageHistory);
    const repliedTo = repliedMessage(call.world, channel, call.body.message_reference, mayRead);
    if (repliedTo && 'refusal' in repliedTo) return repliedTo.refusal;
    return askedRefusal(call, channel) ?? posted(call, channel, call.body, repliedTo);
  });
}

function posted(
  { world, files }: Call,
  { id: channelId }: Channel,
  body: MessageBody,
  repliedTo: StoredMessage | null,
): Answer {
  const author = { authorId: world.applicationId, invokerId: null, origin: null };
  const message = createMessage(body, { ...author, id: world.nextId(), channelId, files, repliedTo });
  return ok(messageJson(world, keepMessage(world, message)));
}

/** `GET /channels/:channel/messages/:message`. */
export function getChannelMessage(call: Call): Answer {
  const needed = Permission.viewChannel | Permission.readMessageHistory;
  return withMessage(
    call,
    needed,
    (message, channel) => askedRefusal(call, channel, message) ?? ok(messageJson(call.world, message)),
  );
}

/** `PATCH /channels/:channel/messages/:message`: edits what the bot wrote, an answer to an interaction included. */
export function patchChannelMessage(call: Call): Answer {
  return withMessage(call, Permission.viewChannel, (message, channel) => {
    if (!isOwn(call, message)) return refusals.editOfAnothersMessage();
    const bad = formError(call.world, 'channel-edit', call.body);
    if (bad) return bad;
    if (!isMessageBody(call.body)) return refusals.notJson();
    const issues = call.world.validator ? mergedIssues(message, call.body, call.files) : [];
    if (issues === 'empty') return refusals.emptyMessage();
    if (issues.length > 0) return invalidForm(issues);
    const asked = askedRefusal(call, channel, message);
    if (asked) return asked;
    editMessage(message, call.body, call.files, new Date(call.world.now()).toISOString());
    return ok(messageJson(call.world, message));
  });
}

/** `DELETE /channels/:channel/messages/:message`. */
export function deleteChannelMessage(call: Call): Answer {
  return withMessage(call, Permission.viewChannel, (message, channel) => {
    if (!isOwn(call, message) && !has(channel, Permission.manageMessages)) return refusals.missingPermissions();
    const asked = askedRefusal(call, channel, message);
    if (asked) return asked;
    message.deleted = true;
    return noContent();
  });
}

function isOwn({ world }: Call, message: StoredMessage): boolean {
  return message.authorId === world.applicationId;
}

function withChannel(call: Call, needed: bigint, respond: (channel: Channel) => Answer): Answer {
  const { channels, deletedChannels } = call.world;
  const id = param(call, 'channel');
  const channel = channels.get(id) ?? deletedChannels.get(id);
  if (!channel) return refusals.unknownChannel();
  if (!has(channel, Permission.viewChannel)) return refusals.missingAccess();
  if (!has(channel, needed)) return refusals.missingPermissions();
  return respond(channel);
}

function withMessage(
  call: Call,
  needed: bigint,
  respond: (message: StoredMessage, channel: Channel) => Answer,
): Answer {
  return withChannel(call, needed, (channel) => {
    const message = call.world.messages.get(param(call, 'message'));
    const isThere = message && message.channelId === channel.id && !isGone(message) && !message.ephemeral;
    return isThere ? respond(message, channel) : refusals.unknownMessage();
  });
}

/** What a test asked for, which is looked at last: it refuses only what would have been taken. */
function askedRefusal({ world, method }: Call, channel: Channel, message?: StoredMessage): Answer | null {
  const { id: channelId, recipientId: userId } = channel;
  return denied(world, { method, via: 'channel', channelId, userId, messageId: message?.id ?? null });
}

function has(channel: Channel, needed: bigint): boolean {
  const isAdministrator = (channel.appPermissions & Permission.administrator) !== 0n;
  return isAdministrator || (channel.appPermissions & needed) === needed;
}

function neededFor(body: MessageBody, call: Call): bigint {
  const embeds = (body.embeds ?? []).length > 0 ? Permission.embedLinks : 0n;
  return embeds | (call.files.length > 0 ? Permission.attachFiles : 0n);
}
