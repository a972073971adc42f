import { type App, termsOf } from '../app/app.ts';
import type { Terms } from '../app/connections.ts';
import type { Caller } from '../app/ports.ts';
import type { Report, SendError } from '../app/send-flush.ts';
import { changesIn } from '../domain/change.ts';
import type { EventRecord } from '../domain/event.ts';
import { FIELDS } from '../domain/field.ts';
import { channelsOf, remindersOf } from '../domain/reminder.ts';
import type { Result } from '../domain/result.ts';
import { toSeconds } from '../domain/time.ts';
import { isStored, restOf, type Verdict } from '../domain/verdict.ts';
import { buttons, primary, viewQueueButton } from './components.ts';
import { customId } from './custom-id.ts';
import { byEvent, type Page, paginate } from './pages.ts';
import { previewReply } from './preview.ts';
import { type Message, type MessageReply, sayText } from './reply.ts';
import { count, linked, linkTarget, mention, plain } from './text.ts';
import { showChange, showValue } from './values.ts';
import { describeRefusal, nameVerdict } from './verdict-words.ts';
import { describeApiError, describeSendError } from './words.ts';

/** What stands behind a colour is always said in words too. */
const GREEN = 0x2e_8b_57;
const AMBER = 0xd9_a4_04;
const RED = 0xc0_39_2b;

function verdictLine({ change, kind, after, refusal }: Verdict, terms: Terms): string {
  const { field, wanted } = change.edit;
  if (kind === 'applied') return `${nameVerdict(kind)} · ${showChange(field, change.live, wanted, terms)}`;
  const was = change.state === 'gone' ? '' : `was ${showValue(field, change.live, terms)} · `;
  const asked = `**${FIELDS[field].label}**: ${was}asked for ${showValue(field, wanted, terms)}`;
  const holds = after === null ? '' : ` · PERSCOM holds ${showValue(field, after.value, terms)}`;
  const why = refusal === null ? '' : ` · ${describeRefusal(refusal)}`;
  return `${nameVerdict(kind)} · ${asked}${holds}${why}`;
}

/** Where and when reminders are set to go out, as the event now is. */
function notificationLine({ values }: EventRecord, nowMs: number): string {
  if (!values.notifications_enabled) return '🔕 Notifications are off';
  const channels = channelsOf(values);
  if (channels.length === 0) return '🔕 No notification channels';
  const reminders = remindersOf(values, nowMs).map(({ label, at, isPast }) =>
    isPast ? `${label} (already past)` : `${label} <t:${toSeconds(at)}:F>`,
  );
  const when = reminders.length === 0 ? 'no reminder times' : reminders.join(', ');
  return `🔔 ${plain(channels.join(', '))} · ${when}`;
}

function headingOf([first]: readonly Verdict[], { after }: Report, nowMs: number): string {
  if (first === undefined) return '';
  const { edit, eventName, page } = first.change;
  const event = after?.get(edit.eventId);
  if (event === undefined) return linked(eventName, page);
  const link = event.page ?? linkTarget(event.values.url);
  return `${linked(event.values.name, link)}\n${notificationLine(event, nowMs)}`;
}

const eventsWhere = (verdicts: readonly Verdict[], isMeant: (verdict: Verdict) => boolean): Set<number> =>
  new Set(verdicts.filter(isMeant).map(({ change }) => change.edit.eventId));

/** `5 of 6 events updated, 1 no longer exists`: an event counts as updated when every change to it was applied. */
export function summarise(verdicts: readonly Verdict[]): string {
  const all = eventsWhere(verdicts, () => true);
  const stored = eventsWhere(verdicts, isStored);
  const failed = eventsWhere(verdicts, (verdict) => !isStored(verdict));
  const missing = eventsWhere(verdicts, ({ kind }) => kind === 'missing').size;
  const unknown = eventsWhere(verdicts, ({ kind }) => kind === 'unknown').size;
  const partly = [...stored].filter((id) => failed.has(id)).length;
  const parts = [`${all.size - failed.size} of ${count(all.size, 'event')} updated`];
  if (partly > 0) parts.push(`${partly} only in part`);
  if (missing > 0) parts.push(`${missing} no longer ${missing === 1 ? 'exists' : 'exist'}`);
  if (unknown > 0) parts.push(`${unknown} unknown`);
  return parts.join(', ');
}

const countKinds = (verdicts: readonly Verdict[], ...kinds: readonly Verdict['kind'][]): number =>
  verdicts.filter(({ kind }) => kinds.includes(kind)).length;

const NOT_RECORDED =
  '⚠️ The bot could not write this down: its disk may be full or locked. The queue still shows what was sent, and no other flush is sent before the bot has been restarted.';

function headline({ answer, flush, queued }: Report): string {
  const { verdicts } = flush;
  const refused = countKinds(verdicts, 'rejected', 'ignored');
  const unknown = countKinds(verdicts, 'unknown');
  const gone = countKinds(verdicts, 'missing');
  const conflicts = changesIn(flush.changes, 'conflict', 'out-of-order').length;
  const lines = [`**${summarise(verdicts)}.** Flushed by ${mention(flush.userId)}.`];
  if (!answer.ok) lines.push(describeApiError(answer.error));
  if (refused > 0) lines.push(`${count(refused, 'edit')} not applied: still queued, with the reason.`);
  if (unknown > 0) lines.push(`${count(unknown, 'edit')} unknown: still queued until PERSCOM can be read again.`);
  if (gone > 0) lines.push(`${count(gone, 'edit')} of events that are gone: still queued until taken back.`);
  if (conflicts > 0) lines.push(`${count(conflicts, 'edit')} held back at the preview: still queued.`);
  if (queued === null) lines.push(NOT_RECORDED);
  else if (queued > refused + unknown + gone + conflicts) lines.push(`The queue holds ${count(queued, 'edit')} now.`);
  if (refused > 0) lines.push('What PERSCOM does not take from a bot can be entered on the event’s page there.');
  return lines.join('\n');
}

function colourOf(verdicts: readonly Verdict[]): number {
  if (verdicts.every(isStored)) return GREEN;
  return verdicts.some(isStored) ? AMBER : RED;
}

/** PERSCOM as shipped sends reminders for repeating events only (perscom-app, daily job at 10:00 UTC). */
const FOOTER =
  'Read back from PERSCOM after the flush. Reminder times are what PERSCOM is set to; it sends them for repeating events only.';

const NOT_READ = 'Could not be read back from PERSCOM.';

/** The report of a flush as messages for the channel: the first one sums up and carries the next step. */
function reportMessages(report: Report, terms: Terms, nowMs: number): readonly Message[] {
  const { id, verdicts } = report.flush;
  const blocks = byEvent(
    verdicts,
    ({ change }) => change.edit.eventId,
    (own) => headingOf(own, report, nowMs),
  );
  const pages = paginate(blocks, (verdict) => verdictLine(verdict, terms));
  const rest = restOf(verdicts).length;
  const sendRest = rest === 0 ? [] : [primary(`Send the rest (${count(rest, 'change')})`, customId('send-rest', id))];
  const message = ({ text }: Page<Verdict>, index: number): Message => ({
    content: '',
    embeds: [
      {
        title: pages.length === 1 ? 'Flush report' : `Flush report (${index + 1} of ${pages.length})`,
        description: index === 0 ? `${headline(report)}\n\n${text}` : text,
        color: colourOf(verdicts),
        footer: { text: report.after === null ? NOT_READ : FOOTER },
      },
    ],
    components: index === 0 ? buttons(...sendRest) : [],
  });
  return pages.map(message);
}

const OUTDATED = '**Not sent:** the queue, or an event in PERSCOM, changed since the preview. This is how it is now.';

function sendErrorReply(app: App, caller: Caller, error: SendError): MessageReply {
  return error.kind === 'outdated'
    ? previewReply(app, caller, error.preview, [OUTDATED])
    : sayText(describeSendError(error), buttons(viewQueueButton));
}

/** What became of a flush: the report for the channel and a word to who sent it; or why it was not sent. */
export function reportReply(app: App, caller: Caller, result: Result<Report, SendError>): MessageReply {
  if (!result.ok) return sendErrorReply(app, caller, result.error);
  const { verdicts } = result.value.flush;
  const next = verdicts.every(isStored) ? [] : buttons(viewQueueButton);
  const posts = reportMessages(result.value, termsOf(app, caller), app.clock.now());
  return { ...sayText(`${summarise(verdicts)}.`, next), posts };
}
