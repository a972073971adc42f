import { type App, termsOf } from '../../app/app.ts';
import type { Terms } from '../../app/connections.ts';
import type { Caller } from '../../app/ports.ts';
import type { Undo, UndoError } from '../../app/undo-flush.ts';
import { FIELDS } from '../../domain/field.ts';
import type { Staged } from '../../domain/queue.ts';
import { assertNever, type Result } from '../../domain/result.ts';
import { toSeconds } from '../../domain/times/time.ts';
import type { Inverse } from '../../domain/undo.ts';
import { isStored } from '../../domain/verdict.ts';
import { button, buttons, pager, primary, viewQueueButton } from '../components.ts';
import { customId } from '../custom-id.ts';
import { type Block, byEvent, paginate } from '../pages.ts';
import { type MessageReply, type Row, say, sayText } from '../reply.ts';
import { count, drawTime, linked, mention, plain } from '../text.ts';
import { showApart, showChange, showValue } from '../values.ts';
import { describeApiError, describeNotConnected } from '../words.ts';
import { SETTLE_BUTTON } from './open-flush.ts';

/** Who or what changed a field since a flush wrote it. */
function describeChanger({ by, changedAt }: Extract<Inverse, { kind: 'changed' }>): string {
  if (by !== null) return `by the flush of ${mention(by.userId)} ${drawTime(by.sentAt ?? by.previewedAt, 'f')}`;
  const when = changedAt === null ? '' : `; the event was last changed <t:${toSeconds(changedAt)}:f>`;
  return `by somebody in PERSCOM${when}`;
}

function inverseLine(inverse: Inverse, terms: Terms): string {
  const { field, base, wanted } = inverse.edit;
  const label = `**${FIELDS[field].label}**`;
  const show = (value: typeof base): string => showValue(field, value, terms);
  switch (inverse.kind) {
    case 'queued':
      return `• ${showChange(field, base, wanted, terms)} · queued by ${mention(inverse.queued.userId)} ${drawTime(inverse.queued.stagedAt, 'R')}`;
    case 'open':
      return `• ${showChange(field, base, wanted, terms)} · not in the queue`;
    case 'gone':
      return `❌ ${label}: the event no longer exists in PERSCOM`;
    case 'holds':
      return `☑️ ${label}: PERSCOM holds ${show(wanted)} again already`;
    case 'changed': {
      const showBoth = showApart(field, [inverse.written, base], terms);
      return `⚠️ ${label}: the flush made it ${showBoth(inverse.written)}; it is ${showBoth(base)} now, changed since ${describeChanger(inverse)}`;
    }
    case 'was-empty':
      return `⚠️ ${label}: it was empty before, and PERSCOM does not take it empty; it stays ${show(base)}`;
    case 'queued-by-another':
      return `⚠️ ${label}: ${mention(inverse.queued.userId)} has queued ${show(inverse.queued.wanted)} ${drawTime(inverse.queued.stagedAt, 'R')}; that is left as it is`;
    case 'out-of-order': {
      const { field: other, wanted: queued, userId, stagedAt } = inverse.queued;
      const theirs = `${mention(userId)} has queued ${FIELDS[other].label} → ${showValue(other, queued, terms)} ${drawTime(stagedAt, 'R')}`;
      return `⚠️ ${label} ${show(wanted)}: ${theirs}, and the event would end before it starts`;
    }
    case 'held':
      return `⚠️ ${label} ${show(wanted)}: it goes together with a time that is left as it is`;
    default:
      return assertNever(inverse);
  }
}

const isInQueue = ({ kind }: Inverse): boolean => kind === 'queued';
const isOpen = ({ kind }: Inverse): boolean => kind === 'open';
const isLeft = (inverse: Inverse): boolean => !isInQueue(inverse) && !isOpen(inverse);

const blocksOf = (inverses: readonly Inverse[], note: string): readonly Block<Inverse>[] =>
  byEvent(
    inverses,
    ({ edit }) => edit.eventId,
    ([first]) => `${linked(first?.edit.eventName ?? '', first?.edit.eventPage ?? null)}${note}`,
  );

/** Says which queued edits were replaced, which are the reader's own; at most some 300 characters. */
function replacedNote(staged: readonly Staged[]): readonly string[] {
  const names = staged.flatMap((one) =>
    one.kind === 'replaced' ? [`${FIELDS[one.edit.field].label} of ${plain(one.edit.eventName, 40)}`] : [],
  );
  const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
  return names.length === 0
    ? []
    : [`In the place of what you had queued there: ${names.slice(0, 3).join(', ')}${more}.`];
}

function headline({ inverses, staged }: Undo, isFresh: boolean): string {
  const queued = inverses.filter(isInQueue).length;
  if (staged.length > 0)
    return `**Queued ${count(staged.length, 'edit')}** to put back what the flush changed. Nothing has been sent: *Flush* previews it first.`;
  if (!isFresh) return `**${count(queued, 'edit')} of this undo in the queue.** Nothing has been sent by it.`;
  if (queued > 0)
    return '**Nothing new was queued:** what can be put back is in the queue already. Nothing has been sent.';
  return '**Nothing was queued,** as nothing of that flush can be put back as things are. Nothing has been sent.';
}

function headOf(undo: Undo, isFresh: boolean): string {
  const { userId, sentAt, previewedAt, verdicts } = undo.flush;
  const left = undo.inverses.filter(isLeft).length;
  const unapplied = verdicts.filter((verdict) => !isStored(verdict)).length;
  const lines = [
    `Undo of the flush by ${mention(userId)} ${drawTime(sentAt ?? previewedAt, 'f')}`,
    headline(undo, isFresh),
    ...replacedNote(undo.staged),
  ];
  if (left > 0) lines.push(`${count(left, 'change')} left as PERSCOM has ${left === 1 ? 'it' : 'them'}: first below.`);
  if (unapplied > 0) lines.push(`${count(unapplied, 'edit')} of that flush never applied: nothing to put back.`);
  return lines.join('\n');
}

function nextSteps({ flush, inverses }: Undo, page: number, pages: number): readonly Row[] {
  const again = inverses.some(isOpen) ? [button('Queue the rest', customId('undo-flush', flush.id))] : [];
  const send = inverses.some(isInQueue) ? [primary('Flush', customId('preview-flush'))] : [];
  const turn = pager(page, pages, (to) => customId('turn-undo', flush.id, to));
  return [...buttons(...send, ...again, viewQueueButton), ...buttons(...turn)];
}

/** Page `page` (from 0) of an undo: what of the flush is left as it is, and why; then what is queued, old → new. */
function undoPage(undo: Undo, page: number, terms: Terms, isFresh: boolean): MessageReply {
  const left = undo.inverses.filter(isLeft);
  const back = undo.inverses.filter((inverse) => !isLeft(inverse));
  const pages = paginate([...blocksOf(left, ' · left as it is'), ...blocksOf(back, '')], (inverse) =>
    inverseLine(inverse, terms),
  );
  const index = Math.max(0, Math.min(page, pages.length - 1));
  const embed = {
    title: 'Undo',
    description: `${headOf(undo, isFresh)}\n\n${pages[index]?.text ?? ''}`,
    footer: { text: `Page ${index + 1} of ${Math.max(1, pages.length)}` },
  };
  return say({ embeds: [embed], components: nextSteps(undo, index, pages.length) });
}

/** Why a flush was not undone. */
function describeUndoError(error: UndoError): string {
  switch (error.kind) {
    case 'not-connected':
      return describeNotConnected(error);
    case 'no-such-flush':
      return 'The history of this server has no such flush. Nothing was queued. Choose one from the list that appears while you type, or from `/queue history`.';
    case 'none-applied':
      return 'No flush of this server has changed anything in PERSCOM yet, so there is nothing to undo. Nothing was queued.';
    case 'nothing-applied':
      return 'That flush has changed nothing in PERSCOM, so there is nothing to undo. Nothing was queued. `/queue history` shows what became of it.';
    case 'not-settled':
      return error.state === 'sending'
        ? 'That flush is being sent right now, so it cannot be undone yet. Nothing was queued. Try again when its report is there.'
        : 'What became of all of that flush is not known yet, so it cannot be undone. Nothing was queued. I keep looking; settle it first, then undo it.';
    case 'api':
      return `${describeApiError(error.error)} An undo needs to know what PERSCOM holds now, so nothing was queued. Try again with \`/queue undo\`.`;
    default:
      return assertNever(error);
  }
}

function errorReply(error: UndoError): MessageReply {
  const settle = error.kind === 'not-settled' && error.state === 'unknown' ? [SETTLE_BUTTON] : [];
  return sayText(describeUndoError(error), buttons(...settle, viewQueueButton));
}

/** What an undo came to. */
export const undoReply = (app: App, caller: Caller, undo: Result<Undo, UndoError>): MessageReply =>
  undo.ok ? undoPage(undo.value, 0, termsOf(app, caller), true) : errorReply(undo.error);

/** Page `page` (from 0) of an undo as it stands, long after or right after it was asked for. */
export const undoPageReply = (app: App, caller: Caller, undo: Result<Undo, UndoError>, page: number): MessageReply =>
  undo.ok ? undoPage(undo.value, page, termsOf(app, caller), false) : errorReply(undo.error);
