import type { NotConnected } from '../app/app.ts';
import type { ChooseError } from '../app/choose-value.ts';
import type { NoSuchCalendar, ReadError, Unread } from '../app/find-events.ts';
import type { OpenError } from '../app/open-form.ts';
import type { PickError } from '../app/pick-time.ts';
import type { TakeBackError } from '../app/queue.ts';
import type { ReplaceError } from '../app/replace-edits.ts';
import type { SubmitError } from '../app/submit-form.ts';
import type { ApiError } from '../domain/api-error.ts';
import type { Instant } from '../domain/event.ts';
import { FIELDS, type Field } from '../domain/field.ts';
import type { FieldError } from '../domain/form.ts';
import { assertNever } from '../domain/result.ts';
import { describeTime } from '../domain/times/time.ts';
import { count, plain } from './text.ts';
import { describeTextError } from './text-words.ts';
import { describeTimeError } from './time-words.ts';

/** Somebody lacks a permission, which is called `name` in Discord. */
export const needsPermission = (name: string): string =>
  `You need the **${name}** permission in this server for that. Nothing was changed. Ask an administrator for it.`;

/** Who may use the bot. */
export const NEEDS_PERMISSION = needsPermission('Manage Events');

/** The bot works in servers only. */
export const GUILD_ONLY = 'Frago works in a server, not in direct messages. Nothing was changed.';

/** A command or button that this version of the bot does not have. */
export const OTHER_VERSION =
  'That is from another version of the bot and does nothing any more. Nothing was changed. Use `/queue view` to go on.';

/** A bug of ours; `reference` is in the log. Whether anything changed is not known here, so it is not said. */
export const describeCrash = (reference: string): string =>
  `Something broke on our side (reference \`${reference}\`). What was confirmed as queued is still queued, unless it was sent. Look at \`/queue view\` before you try again.`;

const describeWait = (waitMs: number | null): string =>
  waitMs === null ? 'a minute' : count(Math.ceil(waitMs / 1000), 'second');

/** What a failed call to PERSCOM means, as a sentence about PERSCOM. */
export function describeApiError(error: ApiError): string {
  switch (error.kind) {
    case 'unreachable':
      return 'PERSCOM could not be reached, so nothing was sent.';
    case 'disconnected':
      return 'The connection to PERSCOM broke before it answered.';
    case 'interrupted':
      return 'The bot stopped before it knew of PERSCOM’s answer.';
    case 'timeout':
      return `PERSCOM did not answer within ${count(Math.ceil(error.timeoutMs / 1000), 'second')}.`;
    case 'unauthorized':
      return 'PERSCOM does not accept the bot’s token (401): it is wrong, expired or revoked. Someone with access has to make a new one.';
    case 'payment-required':
      return 'PERSCOM says that your organisation has no valid subscription (402).';
    case 'forbidden':
      return 'The bot’s token lacks a scope (403). It needs `view:event`, `update:event` and `view:calendar`.';
    case 'not-found':
      return 'PERSCOM does not know that address (404). Check `PERSCOM_API_URL` and `PERSCOM_API_VERSION`.';
    case 'invalid':
      return 'PERSCOM refused the whole batch, because a value in it is not valid (422).';
    case 'rate-limited':
      return `PERSCOM takes only so many requests a minute (429), and none is left for this. Wait ${describeWait(error.retryAfterMs)}.`;
    case 'maintenance':
      return 'PERSCOM is down for maintenance (503).';
    case 'server-error':
      return `PERSCOM failed with an error of its own (${error.status}).`;
    case 'gateway-error':
      return `Something in front of PERSCOM answered in its place (${error.status}).`;
    case 'unexpected-status':
      return `What answered does not speak as PERSCOM’s API does (${error.status}). Check \`PERSCOM_API_URL\`.`;
    case 'unreadable':
      return 'PERSCOM’s answer was not what its API promises, so it proves nothing.';
    default:
      return assertNever(error);
  }
}

/** The guild has no PERSCOM. */
export const NOT_CONNECTED =
  'This server is not connected to PERSCOM. Nothing was changed. Whoever runs the bot sets `DISCORD_GUILD_ID` and `PERSCOM_API_TOKEN` for it.';

/** The guild has no PERSCOM. */
export const describeNotConnected = (_: NotConnected): string => NOT_CONNECTED;

const describeUnread = (error: Unread): string =>
  error.kind === 'slow' ? 'PERSCOM is slow to answer. Try again in a moment.' : describeApiError(error.error);

/** Why events or calendars cannot be listed. */
export const describeReadError = (error: ReadError): string =>
  error.kind === 'not-connected' ? NOT_CONNECTED : describeUnread(error);

const describeSeveral = (text: string): string =>
  `Several events are called “${plain(text)}”. Nothing was changed. Choose one from the list that appears while you type.`;

const GONE = 'The event no longer exists in PERSCOM.';

/** Why a form did not open. */
export function describeOpenError(error: OpenError): string {
  switch (error.kind) {
    case 'not-connected':
      return NOT_CONNECTED;
    case 'api':
    case 'slow':
      return `${describeUnread(error)} The form was not opened.`;
    case 'no-such-event':
      return `I find no event “${plain(error.text)}” in PERSCOM. Nothing was changed. Choose one from the list that appears while you type.`;
    case 'several-events':
      return describeSeveral(error.text);
    case 'no-such-draft':
      return 'What you had typed there is no longer kept (drafts last a week). Nothing was changed. Open the form again with `/event edit`.';
    case 'slow-form':
      return 'PERSCOM is slow to answer, and Discord does not wait. Nothing is lost: open the form with the button.';
    default:
      return assertNever(error);
  }
}

/** What is kept of a form that could not be taken. */
function describeKept({ draftId, hasFiles }: Extract<SubmitError, { kind: 'form-forgotten' }>): string {
  if (draftId === null)
    return `Nothing was queued. Open the form again${hasFiles ? ', and upload your files again' : ''}.`;
  const files = hasFiles ? ' Your files are not: upload them again there.' : '';
  return `Nothing was queued, and what you typed is kept: try again with *Fix*.${files}`;
}

/** Why a submitted form was not taken. */
export function describeSubmitError(error: SubmitError): string {
  if (error.kind === 'not-connected') return NOT_CONNECTED;
  if (error.kind === 'broken')
    return `Something broke on our side, and nothing was queued. ${error.draftId === null ? 'What you typed is kept nowhere else: copy it from here, and try again in a moment.' : 'What you typed is below, and kept for a week: try again with *Fix*, or later with `/event drafts`.'}`;
  const { because } = error;
  const reason = because.kind === 'gone' ? GONE : describeUnread(because);
  return `The bot no longer knows what that form showed, as after a restart, and cannot look it up. ${reason} ${describeKept(error)}`;
}

/** Why no edit was replaced. */
export const describeReplaceError = ({ kind }: ReplaceError): string =>
  kind === 'not-connected'
    ? NOT_CONNECTED
    : 'What you wanted in their place is no longer kept (it lasts a week). Nothing was replaced. Open the form again with `/event edit`.';

/** Why what a time was said to mean was not queued. */
export function describePickError(error: PickError): string {
  if (error.kind !== 'form-forgotten') return describeOpenError(error);
  const reason = error.because.kind === 'gone' ? GONE : describeUnread(error.because);
  return `${reason} Nothing was queued, and what you typed is kept: try again with *Fix*.`;
}

const describeOrder = (starts: Instant, ends: Instant, zone: string): string =>
  `The event would start ${describeTime(starts, zone)} and end ${describeTime(ends, zone)}.`;

/** Why a chosen value was not queued. */
export function describeChooseError(error: ChooseError, zone: string): string {
  if (error.kind === 'ends-too-early') return `${describeOrder(error.starts, error.ends, zone)} That was not queued.`;
  return `${error.kind === 'gone' ? GONE : describeReadError(error)} What you chose was not queued.`;
}

/** Why one input was not taken. */
export function describeFieldError(field: Field, error: FieldError, zone: string): string {
  switch (error.kind) {
    case 'must-not-be-empty':
      return `${FIELDS[field].label} cannot be empty in PERSCOM.`;
    case 'too-long':
      return `That is ${count(error.characters, 'character')}; PERSCOM takes ${error.maxCharacters}.`;
    case 'not-a-user-id':
      return 'That is not the number of a PERSCOM user, such as `12`.';
    case 'changed-meanwhile':
      return 'This changed after you opened the form. *Fix* shows what it is now beside what you typed.';
    case 'held':
      return `${error.instant === null ? '' : `${describeTime(error.instant, zone)}. `}It goes together with a time that was not queued, and waits with it.`;
    case 'ends-too-early':
      return `${describeOrder(error.starts, error.ends, zone)} ${error.candidates.length === 0 ? 'Change both.' : 'Pick a later end below, or change both.'}`;
    default:
      return 'candidates' in error ? describeTimeError(error, zone) : describeTextError(error);
  }
}

/** A flush is under way. */
export const BUSY =
  'A flush of this server is under way, and what is queued may be on its way to PERSCOM. Try again when its report is there.';

/** Why edits were not taken back. */
export function describeTakeBackError(error: TakeBackError): string {
  switch (error.kind) {
    case 'not-connected':
      return NOT_CONNECTED;
    case 'busy':
      return `${BUSY} Nothing was taken back.`;
    case 'nothing-queued':
      return `Nothing is queued for “${plain(error.text)}”, so nothing was taken back.`;
    case 'several-events':
      return describeSeveral(error.text);
    default:
      return assertNever(error);
  }
}

/** Why the queue was not discarded. */
export const describeDiscardError = ({ kind }: { readonly kind: 'busy' | 'moved-on' }): string =>
  kind === 'busy' ? `${BUSY} Nothing was discarded.` : 'The queue changed meanwhile, so nothing was discarded.';

/** Why a text means no calendar. */
export function describeNoCalendar({ text, count }: NoSuchCalendar): string {
  const what = count > 1 ? `PERSCOM has ${count} calendars called` : 'PERSCOM has no calendar called';
  return `${what} “${plain(text)}”. Nothing was changed. Choose one from the list that appears while you type.`;
}
