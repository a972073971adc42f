import { type Answer, excused, invalidForm, refusals } from '../answer.ts';
import type { StoredMessage } from '../message.ts';
import type { MessageReference } from '../wire.ts';
import type { Channel, World } from '../world.ts';

const FORWARD = 1;

/** The message that a new one in `channel` replies to, null for none, or why it cannot. */
export function repliedMessage(
  world: World,
  channel: Channel,
  reference: MessageReference | null | undefined,
  mayRead: boolean,
): StoredMessage | null | { readonly refusal: Answer } {
  if (!reference) return null;
  if (reference.type === FORWARD) throw new Error('The stand-in forwards no messages');
  if (!mayRead) return { refusal: refusals.unreadableReference() };
  const target = world.messages.get(reference.message_id);
  if ((reference.channel_id ?? channel.id) !== channel.id) return { refusal: refused(OTHER_CHANNEL) };
  if (target && isThere(target, channel)) return target;
  if (reference.fail_if_not_exists === false) return null;
  return { refusal: target?.isTakenAway ? excused(refused(UNKNOWN)) : refused(UNKNOWN) };
}

const UNKNOWN = { code: 'REPLIES_UNKNOWN_MESSAGE', message: 'Unknown message' };
const OTHER_CHANNEL = {
  code: 'REPLIES_CANNOT_REFERENCE_OTHER_CHANNEL',
  message: 'Cannot reply to a message in a different channel',
};

function refused(issue: typeof UNKNOWN): Answer {
  return invalidForm([{ path: ['message_reference'], ...issue }]);
}

function isThere({ channelId, deleted, ephemeral }: StoredMessage, channel: Channel): boolean {
  return channelId === channel.id && !deleted && !ephemeral;
}
