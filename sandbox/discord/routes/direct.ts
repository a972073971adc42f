import { type Answer, ok, refusals } from '../answer.ts';
import { channelJson } from '../guild-json.ts';
import { openDirectChannel } from '../population.ts';
import { isObject } from '../wire.ts';
import { type Call, formError } from './call.ts';

/** `POST /users/@me/channels`: opens a user's direct messages, or finds them open. */
export function postDirectChannel({ world, body }: Call): Answer {
  const bad = formError(world, 'direct-channel', body);
  if (bad) return bad;
  const account = world.accounts.get(isObject(body) ? String(body.recipient_id) : '');
  return account ? ok(channelJson(world, openDirectChannel(world, account.id))) : refusals.invalidRecipient();
}
