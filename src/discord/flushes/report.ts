import { type App, termsOf } from '../../app/app.ts';
import type { Terms } from '../../app/connections.ts';
import { MAX_PIECES } from '../../app/halve-flush.ts';
import type { Caller, Post } from '../../app/ports.ts';
import type { SendError } from '../../app/send-flush.ts';
import { keepPosts, type Pieces, type Report } from '../../app/settle-flush.ts';
import { wasTurnedAway } from '../../domain/api-error.ts';
import { changesIn } from '../../domain/change.ts';
import { FIELDS } from '../../domain/field.ts';
import { unexplained, unitsOf } from '../../domain/halving.ts';
import type { Edit } from '../../domain/queue.ts';
import { alertsOf } from '../../domain/reminder.ts';
import type { Result } from '../../domain/result.ts';
import { isStored, restOf, type Verdict } from '../../domain/verdict.ts';
import { buttons, primary, viewQueueButton } from '../components.ts';
import { customId } from '../custom-id.ts';
import { fixSelect } from '../forms/fix.ts';
import { byEvent, type Page, paginate } from '../pages.ts';
import { describeAlerts, REMINDER_NOTE } from '../reminder-words.ts';
import { type Message, type MessageReply, type Row, sayText } from '../reply.ts';
import { count, linked, linkTarget, mention, plain } from '../text.ts';
import { showApart, showChange } from '../values.ts';
import { describeApiError } from '../words.ts';
import { describeSendError } from './flush-words.ts';
import { SETTLE_BUTTON, sendLaterButton } from './open-flush.ts';
import { previewReply } from './preview.ts';
import { describeRefusal, nameVerdict } from './verdict-words.ts';

/** What stands behind a colour is always said in words too. */
const GREEN = 0x2e_8b_57;
const AMBER = 0xd9_a4_04;
const RED = 0xc0_39_2b;

function verdictLine({ change, kind, after, refusal }: Verdict, terms: Terms): string {
  const { field, wanted } = change.edit;
  if (kind === 'applied') return `${nameVerdict(kind)} · ${showChange(field, change.live, wanted, terms)}`;
  const show = showApart(field, [change.live, wanted, after?.value ?? null], terms);
  const was = change.state === 'gone' ? '' : `was ${show(change.live)} · `;
  const asked = `**${FIELDS[field].label}**: ${was}asked for ${show(wanted)}`;
  const holds = after === null ? '' : ` · PERSCOM holds ${show(after.value)}`;
  const why = refusal === null ? '' : ` · ${describeRefusal(refusal)}`;
  return `${nameVerdict(kind)} · ${asked}${holds}${why}`;
}

function headingOf([first]: readonly Verdict[], { after }: Report, zone: string, nowMs: number): string {
  if (first === undefined) return '';
  const { edit, eventName, page } = first.change;
  const event = after?.get(edit.eventId);
  if (event === undefined) return linked(eventName, page);
  const link = event.page ?? linkTarget(event.values.url);
  return `${linked(event.values.name, link)}\n${describeAlerts(alertsOf(event.values, nowMs), zone)}`;
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
  '⚠️ The bot could not write this down: its disk may be full or locked. The queue still shows what was sent; the bot looks again in a while and reports anew.';

function describePieces({ ids, isThrough }: Pieces): string {
  const sent = `Sent in ${count(ids.length, 'smaller PATCH', 'smaller PATCHes')}, each read back, to find what it fails on.`;
  return isThrough ? sent : `${sent} The search stopped before it was through; what is left is still queued.`;
}

function headline({ flush, queued, pieces }: Report): string {
  const { verdicts, answer, attempts, reason } = flush;
  const refused = countKinds(verdicts, 'rejected', 'ignored');
  const unknown = countKinds(verdicts, 'unknown');
  const gone = countKinds(verdicts, 'missing');
  const conflicts = changesIn(flush.changes, 'conflict', 'held', 'out-of-order').length;
  const lines = [`**${summarise(verdicts)}.** Flushed by ${mention(flush.userId)}.`];
  if (reason !== null) lines.push(`Reason: ${plain(reason, 300)}`);
  if (answer?.ok === false) lines.push(describeApiError(answer.error));
  if (pieces !== null) lines.push(describePieces(pieces));
  if (attempts > 1) lines.push(`It took ${attempts} tries; PERSCOM did not look at the earlier ones.`);
  if (refused > 0) lines.push(`${count(refused, 'edit')} not applied: still queued, with the reason.`);
  if (unknown > 0)
    lines.push(`${count(unknown, 'edit')} unknown: still queued. I keep looking and complete this report when I know.`);
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

const FOOTER = `Read back from PERSCOM after the flush. ${REMINDER_NOTE}`;

const NOT_READ = 'Could not be read back from PERSCOM.';

/** What can be done about a report: one way forward, and the forms of what was not applied. */
function nextSteps({ flush, pieces }: Report): readonly Row[] {
  const { id, verdicts, answer, parentId } = flush;
  const revision = parentId === null ? flush.revision : null;
  const rest = restOf(verdicts).length;
  if (rest > 0)
    return [
      ...buttons(primary(`Send the rest (${count(rest, 'change')})`, customId('send-rest', id))),
      ...fixSelect(refusedEdits(verdicts)),
    ];
  if (pieces === null && unitsOf(unexplained(verdicts)).length > 1)
    return buttons(primary(`Find what PERSCOM fails on (up to ${MAX_PIECES} PATCHes)`, customId('halve-flush', id)));
  if (flush.state === 'unknown') return buttons(SETTLE_BUTTON);
  const isTurnedAway = answer?.ok === false && wasTurnedAway(answer.error);
  const later = isTurnedAway ? sendLaterButton({ error: answer.error, revision }) : [];
  return [...later, ...fixSelect(refusedEdits(verdicts))];
}

const refusedEdits = (verdicts: readonly Verdict[]): readonly Edit[] =>
  verdicts.filter(({ kind }) => kind === 'rejected' || kind === 'ignored').map(({ change }) => change.edit);

/** The report of a flush as messages for the channel: the first one sums up and carries the next step. */
export function reportMessages(report: Report, terms: Terms, nowMs: number): readonly Message[] {
  const { verdicts } = report.flush;
  const blocks = byEvent(
    verdicts,
    ({ change }) => change.edit.eventId,
    (own) => headingOf(own, report, terms.zone, nowMs),
  );
  const pages = paginate(blocks, (verdict) => verdictLine(verdict, terms));
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
    components: index === 0 ? nextSteps(report) : [],
  });
  return pages.map(message);
}

const OUTDATED =
  '**Not sent:** the queue, an event in PERSCOM or an earlier flush changed since the preview. This is how it is now.';

function sendErrorReply(app: App, caller: Caller, error: SendError): MessageReply {
  if (error.kind === 'outdated') return previewReply(app, caller, error.preview, [OUTDATED]);
  const later = error.kind === 'api' ? sendLaterButton(error) : [];
  return sayText(describeSendError(error), [...later, ...buttons(viewQueueButton)]);
}

/** What became of a flush: the report for the channel and a word to who sent it; or why it was not sent. */
export function reportReply(app: App, caller: Caller, result: Result<Report, SendError>): MessageReply {
  if (!result.ok) return sendErrorReply(app, caller, result.error);
  const { flush, pieces } = result.value;
  const { id, guildId, verdicts } = flush;
  const next = verdicts.every(isStored) ? [] : buttons(viewQueueButton);
  const posts = reportMessages(result.value, termsOf(app, caller), app.clock.now());
  async function onPosted(posted: readonly Post[]): Promise<void> {
    await keepPosts(app, guildId, id, posted);
    const last = pieces?.ids.at(-1);
    if (last !== undefined) await keepPosts(app, guildId, last, []);
  }
  return { ...sayText(`${summarise(verdicts)}.`, next), posts, onPosted };
}
