import type { PreviewError } from '../../app/preview-flush.ts';
import type { SendError } from '../../app/send-flush.ts';
import type { ApiError } from '../../domain/api-error.ts';
import { assertNever } from '../../domain/result.ts';
import { BUSY, describeApiError, NOT_CONNECTED } from '../words.ts';

/** Where the report of a flush went. */
export const describePosting = (isPublic: boolean): string =>
  isPublic
    ? 'The report follows in the channel.'
    : 'Not all of the report could be posted in the channel; `/queue history` has all of it. Check what the bot may do there.';

const describeUnsent = (error: ApiError): string =>
  `${describeApiError(error)} Nothing was sent; the queue is as it was. Try again with \`/queue flush\`.`;

/** Why there is no preview. */
export function describePreviewError(error: PreviewError): string {
  switch (error.kind) {
    case 'not-connected':
      return NOT_CONNECTED;
    case 'queue-empty':
      return 'The queue is empty: there is nothing to send. Use `/event edit` to queue something.';
    case 'all-hold':
      return 'PERSCOM holds everything that was queued already, so there is nothing to send.';
    case 'api':
      return describeUnsent(error.error);
    default:
      return assertNever(error);
  }
}

function describeTaken(state: Extract<SendError, { kind: 'taken' }>['state']): string {
  if (state === 'sending') return 'That flush is being sent right now. Its report is on its way.';
  if (state === 'unknown')
    return 'That flush was sent, and what became of it is not known yet. I keep looking and complete its report.';
  if (state === 'expired')
    return 'That flush was not sent and never will be. `/queue view` shows what is still queued.';
  if (state === 'waiting') return 'That flush waits for PERSCOM. `/queue view` shows it.';
  return 'That flush was sent already, and is not sent twice. `/queue view` shows what is still queued.';
}

/** What was done about `unknown` flushes that somebody wants settled. */
export const describeHurried = (unknown: number): string =>
  unknown === 0
    ? 'No flush is unknown any more. `/queue view` shows what is still queued.'
    : 'I am reading PERSCOM again, and do not wait any longer for what that flush sent: what is not there counts as not applied and stays queued. Its report is completed as soon as PERSCOM has been read.';

/** Why a flush was not sent; an outdated one is shown anew instead. */
export function describeSendError(error: Exclude<SendError, { kind: 'outdated' }>): string {
  switch (error.kind) {
    case 'no-such-flush':
      return 'That preview is no longer kept. Nothing was sent. Use `/queue flush` for a fresh one.';
    case 'nothing-left':
      return 'Nothing of that is left to send. Nothing was sent. `/queue view` shows what is queued.';
    case 'taken':
      return describeTaken(error.state);
    case 'busy':
      return `${BUSY} Nothing was sent by this click.`;
    case 'not-connected':
      return NOT_CONNECTED;
    case 'api':
      return describeUnsent(error.error);
    default:
      return assertNever(error);
  }
}
