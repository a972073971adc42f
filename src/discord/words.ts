import type { PreviewError, SendError } from '../app/flush-queue.ts';
import type { OpenError, ReadError } from '../app/open-form.ts';
import type { SubmitError } from '../app/submit-form.ts';
import type { ApiError } from '../domain/api-error.ts';
import type { Field } from '../domain/field.ts';
import { FIELDS } from '../domain/field.ts';
import type { FieldError } from '../domain/form.ts';
import type { Refusal } from '../domain/refusal.ts';
import { assertNever } from '../domain/result.ts';
import { describeTime } from '../domain/time.ts';
import type { Verdict } from '../domain/verdict.ts';
import { count, plain } from './text.ts';

/** Who may use the bot, in Discord's words. */
export const NEEDS_PERMISSION =
  'You need the **Manage Events** permission in this server for that. Nothing was changed. Ask an administrator for it.';

/** The bot works in servers only. */
export const GUILD_ONLY = 'Frago works in a server, not in direct messages. Nothing was changed.';

/** A button of an older or unknown version of the bot. */
export const OUTDATED_BUTTON =
  'This button is from another version of the bot and does nothing any more. Nothing was changed. Use `/queue view` to go on.';

/** A bug of ours; `reference` is in the log. Whether anything changed is not known here, so it is not said. */
export const describeCrash = (reference: string): string =>
  `Something broke on our side (reference \`${reference}\`). What was confirmed as queued is still queued. Look at \`/queue view\` before you try again.`;

/** Where the report of a flush went. */
export const describePosting = (isPublic: boolean): string =>
  isPublic
    ? 'The report follows in the channel.'
    : 'The report could not be posted in the channel, so it is shown to you only. Check what the bot may do there.';

/** What a failed call to PERSCOM means, as a sentence about PERSCOM. */
export function describeApiError(error: ApiError): string {
  switch (error.kind) {
    case 'unreachable':
      return 'PERSCOM could not be reached, so nothing was sent.';
    case 'disconnected':
      return 'The connection to PERSCOM broke before it answered.';
    case 'timeout':
      return `PERSCOM did not answer within ${error.timeoutMs / 1000} seconds.`;
    case 'unauthorized':
      return "PERSCOM does not accept the bot's token (401): it is wrong, expired or revoked. Someone with access has to make a new one.";
    case 'payment-required':
      return 'PERSCOM says that your organisation has no valid subscription (402).';
    case 'forbidden':
      return "The bot's token lacks a scope (403). It needs `view:event`, `update:event` and `view:calendar`.";
    case 'not-found':
      return 'PERSCOM does not know that address (404). Check `PERSCOM_API_URL` and `PERSCOM_API_VERSION`.';
    case 'invalid':
      return 'PERSCOM refused the whole batch, because a value in it is not valid (422).';
    case 'rate-limited':
      return 'PERSCOM is answering too many requests (429). Wait a minute.';
    case 'maintenance':
      return 'PERSCOM is down for maintenance (503).';
    case 'server-error':
      return `PERSCOM failed with an error of its own (${error.status}).`;
    case 'gateway-error':
      return `Something in front of PERSCOM answered in its place (${error.status}).`;
    case 'unexpected-status':
      return `PERSCOM answered with a status that its API does not have (${error.status}).`;
    case 'unreadable':
      return "PERSCOM's answer was not what its API promises, so it proves nothing.";
    default:
      return assertNever(error);
  }
}

const NOT_CONNECTED =
  'This server is not connected to PERSCOM. Nothing was changed. Whoever runs the bot sets `DISCORD_GUILD_ID` and `PERSCOM_API_TOKEN` for it.';

/** Why events or calendars cannot be listed. */
export function describeReadError(error: ReadError): string {
  switch (error.kind) {
    case 'not-connected':
      return NOT_CONNECTED;
    case 'slow':
      return 'PERSCOM is slow to answer. Try again in a moment.';
    case 'api':
      return describeApiError(error.error);
    default:
      return assertNever(error);
  }
}

/** Why a form did not open. */
export function describeOpenError(error: OpenError): string {
  switch (error.kind) {
    case 'not-connected':
    case 'api':
      return error.kind === 'api' ? `${describeReadError(error)} The form was not opened.` : NOT_CONNECTED;
    case 'no-such-event':
      return `PERSCOM has no event “${plain(error.text)}”. Nothing was changed. Choose one from the list that appears while you type.`;
    case 'several-events':
      return `Several events are called “${plain(error.text)}”. Nothing was changed. Choose one from the list that appears while you type.`;
    case 'no-such-draft':
      return 'What you had typed there is no longer kept (drafts last a week). Nothing was changed. Open the form again with `/event edit`.';
    case 'slow-form':
      return 'PERSCOM is slow to answer, and Discord does not wait. Nothing is lost: open the form with the button.';
    default:
      return assertNever(error);
  }
}

/** Why a submitted form was not taken. */
export function describeSubmitError(error: SubmitError): string {
  switch (error.kind) {
    case 'not-connected':
      return NOT_CONNECTED;
    case 'form-forgotten':
      return 'The event changed while the bot restarted, so it cannot tell what you touched. Nothing was queued, and what you typed is kept: open the form again, compare, and submit.';
    default:
      return assertNever(error);
  }
}

/** Why one input was not taken. */
export function describeFieldError(field: Field, error: FieldError, zone: string): string {
  switch (error.kind) {
    case 'unreadable-time':
      return `I cannot read that as a time. Type it like \`${error.example}\`.`;
    case 'no-such-date':
      return 'There is no such date or time in the calendar.';
    case 'skipped-by-dst':
      return `That time does not exist in ${error.zone}: clocks jump from ${error.before} to ${error.after}. Choose one outside the gap.`;
    case 'ambiguous-by-dst':
      return `That time happens twice in ${error.zone}, as clocks go back. Say which one: \`${error.candidates[0]}\` is the first, \`${error.candidates[1]}\` the second.`;
    case 'must-not-be-empty':
      return `${FIELDS[field].label} cannot be empty in PERSCOM.`;
    case 'too-long':
      return `That is ${count(error.characters, 'character')}; PERSCOM takes ${error.maxCharacters}.`;
    case 'not-a-user-id':
      return 'That is not the number of a PERSCOM user, such as `12`.';
    case 'ends-before-start':
      return `The event would end (${describeTime(error.ends, zone)}) before it starts (${describeTime(error.starts, zone)}). Change both.`;
    default:
      return assertNever(error);
  }
}

/** Why there is no preview. */
export function describePreviewError(error: PreviewError): string {
  switch (error.kind) {
    case 'not-connected':
      return NOT_CONNECTED;
    case 'queue-empty':
      return 'The queue is empty: there is nothing to send. Use `/event edit` to queue something.';
    case 'all-hold':
      return `PERSCOM holds everything that was queued already, so nothing had to be sent and ${count(error.dropped.length, 'edit')} left the queue.`;
    case 'api':
      return `${describeApiError(error.error)} Nothing was sent; the queue is as it was. Try again with \`/queue flush\`.`;
    default:
      return assertNever(error);
  }
}

/** Why a flush was not sent; an outdated one is shown anew instead. */
export function describeSendError(error: Exclude<SendError, { kind: 'outdated' }>): string {
  switch (error.kind) {
    case 'no-such-flush':
      return 'That preview is no longer kept. Nothing was sent. Use `/queue flush` for a fresh one.';
    case 'nothing-left':
      return 'Nothing of that is left to send. Nothing was sent. `/queue view` shows what is queued.';
    case 'taken':
      return 'That flush was sent already, and is not sent twice. Its report is in the channel.';
    case 'busy':
      return 'Another flush of this server is under way. Nothing was sent by this click. Try again when its report is there.';
    case 'not-connected':
    case 'api':
      return describePreviewError(error);
    default:
      return assertNever(error);
  }
}

/** Why a change was not applied, in a clause for its line. */
export function describeRefusal(refusal: Refusal): string {
  switch (refusal.kind) {
    case 'field':
    case 'batch':
      return `PERSCOM says: ${plain(refusal.text, 200)}`;
    case 'other-fields':
      return 'not at fault: PERSCOM refuses a whole batch when one value in it is wrong';
    case 'suspect':
      return `PERSCOM failed (${refusal.status}), as it is known to on this field`;
    case 'beside-suspect':
      return `PERSCOM failed (${refusal.status}), most likely on another field of the batch`;
    case 'ignored':
      return 'PERSCOM accepted it and did not store it';
    case 'gone':
      return 'the event no longer exists in PERSCOM';
    case 'call':
      return describeApiError(refusal.error);
    case 'not-read':
      return 'PERSCOM accepted it, but the event could not be read again to prove it';
    default:
      return assertNever(refusal);
  }
}

/** A verdict as a symbol and a word, so that colour and symbol never stand alone. */
export function nameVerdict(kind: Verdict['kind']): string {
  switch (kind) {
    case 'applied':
      return '✅ applied';
    case 'normalised':
      return '✅ applied (PERSCOM wrote it its own way)';
    case 'ignored':
      return '⚠️ NOT applied (ignored)';
    case 'rejected':
      return '❌ NOT applied (rejected)';
    case 'missing':
      return '❌ NOT applied (event is gone)';
    case 'unknown':
      return '❓ UNKNOWN';
    default:
      return assertNever(kind);
  }
}
