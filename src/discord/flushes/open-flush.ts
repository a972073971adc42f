import type { WaitError } from '../../app/wait-for-perscom.ts';
import { type ApiError, isOutage } from '../../domain/api-error.ts';
import type { Flush } from '../../domain/flush.ts';
import { assertNever, type Result } from '../../domain/result.ts';
import { button, buttons, danger, viewQueueButton } from '../components.ts';
import { customId } from '../custom-id.ts';
import { type MessageReply, type Row, sayText } from '../reply.ts';
import { drawTime, mention } from '../text.ts';
import { describeNotConnected } from '../words.ts';

/** The button that leaves the queue at `revision` to be sent later, where `error` may pass by itself. */
export const sendLaterButton = ({
  error,
  revision,
}: {
  readonly error: ApiError;
  readonly revision: number | null;
}): readonly Row[] =>
  revision !== null && isOutage(error)
    ? buttons(button('Send it when PERSCOM is back', customId('leave-waiting', revision)))
    : [];

/** Says that a flush is unknown. */
export const UNKNOWN_NOTE =
  '❓ What became of an earlier flush is **unknown**, and what it sent may yet land. I keep looking.';

/** Says that a flush is under way. */
export const SENDING_NOTE = '📡 A flush is being sent right now, with what was queued then.';

/** The button that asks what became of unknown flushes. */
export const SETTLE_BUTTON = button('Settle it now: what is not there counts as not applied', customId('settle-flush'));

/** Says that a flush waits. */
export const waitingNote = ({ userId, previewedAt }: Flush): string =>
  `⏳ A flush waits for PERSCOM, left by ${mention(userId)} ${drawTime(previewedAt, 'R')}. It is sent when PERSCOM is back, unless the queue changes before.`;

/** The button that stops a flush from waiting. */
export const stopWaitingButton = ({ id }: Flush) => danger('Cancel the waiting flush', customId('stop-waiting', id));

function describeWaitError(error: WaitError): string {
  switch (error.kind) {
    case 'not-connected':
      return describeNotConnected(error);
    case 'moved-on':
      return 'The queue has changed since, so nothing was left waiting and nothing was sent. Use `/queue flush` for a fresh preview.';
    case 'waiting-already':
      return 'Another flush of this server waits for PERSCOM already. Nothing was sent.';
    default:
      return assertNever(error);
  }
}

/** What came of leaving a flush to be sent later. */
export function leftWaitingReply(result: Result<Flush, WaitError>): MessageReply {
  if (!result.ok) return sayText(describeWaitError(result.error), buttons(viewQueueButton));
  return sayText(
    'PERSCOM cannot be reached. I will send this when it is back, within a day, and post the report in this channel. Nothing is sent if the queue changes before; conflicts are held back and reported.',
    buttons(stopWaitingButton(result.value), viewQueueButton),
  );
}
