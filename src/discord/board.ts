import { type App, type NotConnected, termsOf } from '../app/app.ts';
import type { Terms } from '../app/connections.ts';
import type { Caller } from '../app/ports.ts';
import type { Board, TakeBackError, TakenBack } from '../app/queue.ts';
import { FIELDS } from '../domain/field.ts';
import type { Flush } from '../domain/flush.ts';
import type { Edit, Queue } from '../domain/queue.ts';
import type { Result } from '../domain/result.ts';
import { button, buttons, danger, pager, primary, select, viewQueueButton } from './components.ts';
import { customId } from './custom-id.ts';
import { SENDING_NOTE, SETTLE_BUTTON, stopWaitingButton, UNKNOWN_NOTE, waitingNote } from './flushes/open-flush.ts';
import { describeRefusal } from './flushes/verdict-words.ts';
import { fixSelect } from './forms/fix.ts';
import { byEvent, paginate } from './pages.ts';
import { type MessageReply, say, sayText } from './reply.ts';
import { count, drawTime, linked, mention, plain } from './text.ts';
import { nameValue, showChange } from './values.ts';
import { describeNotConnected, describeTakeBackError } from './words.ts';

function editLine(edit: Edit, terms: Terms): string {
  const change = showChange(edit.field, edit.base, edit.wanted, terms);
  const staged = `by ${mention(edit.userId)} ${drawTime(edit.stagedAt, 'R')}`;
  const refusal = edit.refusal === null ? '' : `\n  ↳ last flush: ${describeRefusal(edit.refusal)}`;
  return `• ${change} · ${staged}${refusal}`;
}

const optionsOf = (edits: readonly Edit[], terms: Terms) =>
  edits.map((edit) => ({
    label: `${FIELDS[edit.field].label} → ${nameValue(edit.field, edit.wanted, terms)} (${edit.eventName})`,
    value: String(edit.id),
  }));

const noteOf = (flush: Flush): string => {
  if (flush.state === 'waiting') return waitingNote(flush);
  return flush.state === 'unknown' ? UNKNOWN_NOTE : SENDING_NOTE;
};

const notesOf = (open: readonly Flush[]): string => [...new Set(open.map(noteOf))].map((note) => `${note}\n`).join('');

const buttonsFor = (open: readonly Flush[]) => [
  ...(open.some(({ state }) => state === 'unknown') ? [SETTLE_BUTTON] : []),
  ...open.filter(({ state }) => state === 'waiting').map(stopWaitingButton),
];

function pageOf({ edits, open }: Board, page: number, terms: Terms): MessageReply {
  const blocks = byEvent(
    edits,
    ({ eventId }) => eventId,
    ([first]) => linked(first?.eventName ?? '', first?.eventPage ?? null),
  );
  const pages = paginate(blocks, (edit) => editLine(edit, terms));
  const index = Math.min(page, pages.length - 1);
  const shown = pages[index];
  if (shown === undefined)
    return sayText(
      `${notesOf(open)}The queue is empty. Use \`/event edit\` to queue something.`,
      buttons(...buttonsFor(open)),
    );
  const embed = {
    title: `Queue: ${count(edits.length, 'edit')} of ${count(blocks.length, 'event')}`,
    description: `${notesOf(open)}${shown.text}`,
    footer: { text: `Page ${index + 1} of ${pages.length} · nothing is sent before a flush` },
  };
  const next = buttons(
    primary('Flush', customId('preview-flush')),
    danger('Discard all', customId('ask-discard')),
    ...pager(index, pages.length, (to) => customId('turn-queue', to)),
  );
  const takeBack = select(customId('take-back', index), 'Take back an edit…', optionsOf(shown.items, terms));
  const fix = fixSelect(shown.items.filter(({ refusal }) => refusal !== null));
  return say({ embeds: [embed], components: [...takeBack, ...fix, ...next, ...buttons(...buttonsFor(open))] });
}

/** The board: page `page` (from 0, or the last there is) of the guild's queue, with what can be done about it. */
export const boardReply = (app: App, caller: Caller, queue: Result<Board, NotConnected>, page: number): MessageReply =>
  queue.ok ? pageOf(queue.value, page, termsOf(app, caller)) : sayText(describeNotConnected(queue.error));

/** Asks before the whole queue is discarded; the answer counts only for the queue as it is now. */
export function askDiscardReply(queue: Result<Queue, NotConnected>, because = ''): MessageReply {
  if (!queue.ok) return sayText(describeNotConnected(queue.error));
  const { edits, revision } = queue.value;
  if (edits.length === 0) return sayText(`${because} The queue is empty.`.trim());
  const authors = [...new Set(edits.map(({ userId }) => userId))];
  const named = authors.slice(0, 20).map(mention).join(', ') + (authors.length > 20 ? ' and others' : '');
  const size = count(edits.length, 'queued edit');
  return sayText(
    `${because} Discard all ${size}, queued by ${named}? This cannot be undone. Nothing in PERSCOM changes.`.trim(),
    buttons(
      danger(`Discard ${count(edits.length, 'edit')}`, customId('discard-queue', revision)),
      button('Keep them', customId('cancel')),
    ),
  );
}

/** Says what was taken back. */
export function takenBackReply(result: Result<TakenBack, TakeBackError>): MessageReply {
  if (!result.ok) return sayText(describeTakeBackError(result.error), buttons(viewQueueButton));
  const { eventName } = result.value;
  const text = `Took back ${count(result.value.count, 'queued edit')} of **${plain(eventName)}**. Nothing in PERSCOM changed.`;
  return sayText(text, buttons(viewQueueButton));
}
