import { type App, type NotConnected, termsOf } from '../../app/app.ts';
import type { Terms } from '../../app/connections.ts';
import type { HistoryPage, NoSuchFlush, PastFlush } from '../../app/history.ts';
import type { Caller, Post } from '../../app/ports.ts';
import { type Change, changesIn } from '../../domain/change.ts';
import { FIELDS, type FieldValue } from '../../domain/field.ts';
import type { Flush } from '../../domain/flush.ts';
import { assertNever, type Result } from '../../domain/result.ts';
import { describeBriefly } from '../../domain/times/time.ts';
import { hasApplied } from '../../domain/undo.ts';
import { meansSame, sameValue } from '../../domain/value.ts';
import { isStored, type Verdict } from '../../domain/verdict.ts';
import { button, buttons, pager, select, viewQueueButton } from '../components.ts';
import { customId } from '../custom-id.ts';
import { byEvent, paginate } from '../pages.ts';
import { type MessageReply, say, sayText } from '../reply.ts';
import { count, drawTime, linked, mention, plain } from '../text.ts';
import { showApart } from '../values.ts';
import { describeApiError, describeNotConnected } from '../words.ts';
import { SETTLE_BUTTON, stopWaitingButton } from './open-flush.ts';
import { summarise } from './report.ts';
import { describeRefusal, nameVerdict } from './verdict-words.ts';

/** How a flush stands, as a symbol and words. */
function describeStanding({ state, verdicts }: Flush): string {
  switch (state) {
    case 'previewed':
      return '👀 only previewed, not sent';
    case 'waiting':
      return '⏳ waits for PERSCOM';
    case 'expired':
      return '⌛ waited for PERSCOM and was never sent';
    case 'sending':
      return '📡 is being sent';
    case 'unknown':
      return `❓ UNKNOWN: ${verdicts.length === 0 ? 'nobody has seen what became of it' : summarise(verdicts)}`;
    case 'done':
    case 'rejected':
      return `${nameOutcome(verdicts)}: ${summarise(verdicts)}`;
    default:
      return assertNever(state);
  }
}

function nameOutcome(verdicts: readonly Verdict[]): string {
  if (verdicts.every(isStored)) return '✅ applied';
  return verdicts.some(isStored) ? '⚠️ applied in part' : '❌ NOT applied';
}

/** When a flush was sent or, if it never was, when it was left waiting. */
const timeOf = ({ sentAt, previewedAt }: Flush): number => sentAt ?? previewedAt;

function flushLine(flush: Flush): string {
  const when = `${drawTime(timeOf(flush), 'f')} (${drawTime(timeOf(flush), 'R')})`;
  const why = flush.reason === null ? '' : `\n  ↳ ${plain(flush.reason, 80)}`;
  return `• ${when} · by ${mention(flush.userId)} · ${describeStanding(flush)}${why}`;
}

/** A flush in some words without markup, for a select or an autocomplete: when, how it stands, and its reason. */
export function nameFlush(flush: Flush, { zone }: Terms): string {
  const when = describeBriefly(new Date(timeOf(flush)).toISOString(), zone);
  return [when, describeStanding(flush), ...(flush.reason === null ? [] : [flush.reason])].join(' · ');
}

/** A page of the history, with a select to open one of its flushes. */
export function historyReply(app: App, caller: Caller, history: Result<HistoryPage, NotConnected>): MessageReply {
  if (!history.ok) return sayText(describeNotConnected(history.error));
  const { flushes, page, isLast } = history.value;
  const turn = pager(page, isLast ? page + 1 : page + 2, (to) => customId('turn-history', to));
  if (flushes.length === 0)
    return sayText(page === 0 ? 'Nothing was flushed yet.' : 'The history ends before this page.', buttons(...turn));
  const terms = termsOf(app, caller);
  const options = flushes.map((flush) => ({ label: nameFlush(flush, terms), value: flush.id }));
  const embed = {
    title: 'History of flushes, latest first',
    description: flushes.map(flushLine).join('\n'),
    footer: { text: `Page ${page + 1}` },
  };
  const components = [...select(customId('show-flush', page), 'Open a flush…', options), ...buttons(...turn)];
  return say({ embeds: [embed], components });
}

type Entry = { readonly change: Change; readonly verdict: Verdict | null };

const entriesOf = ({ changes, verdicts }: Flush): readonly Entry[] => {
  const byEdit = new Map(verdicts.map((verdict) => [verdict.change.edit.id, verdict]));
  return changes.map((change) => ({ change, verdict: byEdit.get(change.edit.id) ?? null }));
};

/** What became of a change, or why it was not sent. */
function describeFate({ change: { state }, verdict }: Entry): string {
  if (state === 'conflict') return '⏸️ NOT sent (in conflict at the preview)';
  if (state === 'held') return '⏸️ NOT sent (another time of the event could not be)';
  if (state === 'out-of-order') return '⏸️ NOT sent (the event would have ended before it starts)';
  if (state === 'gone') return '⏸️ NOT sent (the event was gone at the preview)';
  return verdict === null ? '❓ not known yet' : nameVerdict(verdict.kind);
}

/** What PERSCOM held after a change, and why that is not what was wanted. */
function describeVerdict({ change, after, refusal }: Verdict, show: (value: FieldValue) => string): string {
  const { wanted } = change.edit;
  if (change.state === 'gone') return '';
  const why = refusal === null ? '' : ` · ${describeRefusal(refusal)}`;
  if (after === null) return why;
  if (sameValue(after.value, wanted)) return ' · PERSCOM held that after the flush';
  const held = meansSame(after.value, change.live) ? 'what it had' : show(after.value);
  return ` · PERSCOM held ${held} after the flush${why}`;
}

function entryLine({ change, verdict }: Entry, terms: Terms): string {
  const { field, base, wanted, userId, stagedAt } = change.edit;
  const show = showApart(field, [base, change.live, wanted, verdict?.after?.value ?? null], terms);
  const isKnown = change.state !== 'gone' && !meansSame(base, change.live);
  const was = isKnown ? `was ${show(base)} when queued, ${show(change.live)} at the preview` : `was ${show(base)}`;
  const name = describeFate({ change, verdict });
  const what = `**${FIELDS[field].label}** ${was} · wanted ${show(wanted)}`;
  const result = verdict === null ? '' : describeVerdict(verdict, show);
  return `• ${name} · ${what}${result}\n  ↳ queued by ${mention(userId)} ${drawTime(stagedAt, 'f')}`;
}

const linkTo = (guildId: string, { channelId, messageId }: Post): string =>
  `https://discord.com/channels/${guildId}/${channelId}/${messageId}`;

/** Where the report of a flush is; one that no channel took is here alone. */
function reportLine({ guildId, channelId, sentAt, state }: Flush, [first]: readonly Post[]): readonly string[] {
  if (sentAt === null || state === 'sending') return [];
  if (first === undefined) return ['No post of its report is on record; all of it is here.'];
  return [first.channelId === channelId ? `Its report: ${linkTo(guildId, first)}` : 'Its report went to its author.'];
}

function timesLine({ previewedAt, sentAt, settledAt, state }: Flush): string {
  const times = [`Previewed ${drawTime(previewedAt, 'f')}`];
  if (sentAt !== null) times.push(`sent ${drawTime(sentAt, 'f')}`);
  if (settledAt !== null) times.push(`settled ${drawTime(settledAt, 'f')}`);
  if (state === 'unknown') times.push('not settled yet');
  return `${times.join(' · ')}.`;
}

/** What is said of a flush above its changes; at most some 1,500 characters. */
function headOf({ flush, posts }: PastFlush): string {
  const { changes, answer, requestId, attempts, reason, parentId, sentAt } = flush;
  const heldBack = changesIn(changes, 'conflict', 'held', 'out-of-order', 'gone').length;
  const by = `${sentAt === null ? 'Left to be sent' : 'Flushed'} by ${mention(flush.userId)}.`;
  const lines = [`**${describeStanding(flush)}.**`, `${by} ${timesLine(flush)}`];
  if (reason !== null) lines.push(`Reason: ${plain(reason, 300)}`);
  if (parentId !== null) lines.push('It sent some of what an earlier flush could not.');
  if (answer?.ok === false) lines.push(describeApiError(answer.error));
  if (attempts > 1) lines.push(`It took ${attempts} tries; PERSCOM did not look at the earlier ones.`);
  if (requestId !== null) lines.push(`PERSCOM’s request id: \`${requestId}\``);
  if (heldBack > 0) lines.push(`${count(heldBack, 'edit')} held back at the preview, not sent.`);
  if (changes.length === 0) lines.push('What it was to send is the queue as it was. `/queue view` shows the queue.');
  return [...lines, ...reportLine(flush, posts)].join('\n');
}

function nextSteps(flush: Flush, listPage: number) {
  const isUndoable = hasApplied(flush) && (flush.state === 'done' || flush.state === 'rejected');
  return [
    button('Back to the list', customId('turn-history', listPage)),
    ...(isUndoable ? [button('Undo this flush', customId('undo-flush', flush.id))] : []),
    ...(flush.state === 'unknown' ? [SETTLE_BUTTON] : []),
    ...(flush.state === 'waiting' ? [stopWaitingButton(flush)] : []),
    viewQueueButton,
  ];
}

/** Page `page` (from 0) of one flush: all that is on record; with the way back to page `listPage` of the history. */
export function flushReply(
  app: App,
  caller: Caller,
  past: Result<PastFlush, NotConnected | NoSuchFlush>,
  page: number,
  listPage: number,
): MessageReply {
  if (!past.ok) return sayText(describeOpenError(past.error));
  const { flush } = past.value;
  const terms = termsOf(app, caller);
  const blocks = byEvent(
    entriesOf(flush),
    ({ change }) => change.edit.eventId,
    ([first]) => linked(first?.change.eventName ?? '', first?.change.page ?? null),
  );
  const pages = paginate(blocks, (entry) => entryLine(entry, terms));
  const index = Math.max(0, Math.min(page, pages.length - 1));
  const shown = pages[index];
  const head = { title: 'A flush of the history', description: headOf(past.value) };
  const changes = { description: shown?.text ?? '', footer: { text: `Page ${index + 1} of ${pages.length}` } };
  const turn = pager(index, pages.length, (to) => customId('turn-flush', flush.id, to, listPage));
  return say({
    embeds: shown === undefined ? [head] : [head, changes],
    components: [...buttons(...nextSteps(flush, listPage)), ...buttons(...turn)],
  });
}

const describeOpenError = (error: NotConnected | NoSuchFlush): string =>
  error.kind === 'not-connected'
    ? describeNotConnected(error)
    : 'The history of this server has no such flush. Nothing was changed. `/queue history` lists those that it has.';
