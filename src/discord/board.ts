import type { Terms } from '../app/connections.ts';
import { eventIdsOf } from '../domain/change.ts';
import { FIELDS } from '../domain/field.ts';
import type { Edit, Queue } from '../domain/queue.ts';
import { button, buttons, danger, pager, primary, select } from './components.ts';
import { IDS } from './custom-id.ts';
import { type Reply, say, sayText } from './reply.ts';
import { type Block, count, linked, mention, paginate } from './text.ts';
import { nameValue, showChange } from './values.ts';
import { describeRefusal } from './words.ts';

const seconds = (ms: number): number => Math.floor(ms / 1000);

function editLine(edit: Edit, terms: Terms): string {
  const change = showChange(edit.field, edit.base, edit.wanted, terms);
  const staged = `by ${mention(edit.userId)} <t:${seconds(edit.stagedAt)}:R>`;
  const refusal = edit.refusal === null ? '' : `\n  ↳ last flush: ${describeRefusal(edit.refusal)}`;
  return `• ${change} · ${staged}${refusal}`;
}

/** Edits of one event stand together, events in the order in which they were first staged. */
const blocksOf = (edits: readonly Edit[]): readonly Block<Edit>[] =>
  eventIdsOf(edits).map((eventId) => {
    const items = edits.filter((edit) => edit.eventId === eventId);
    return { heading: linked(items[0]?.eventName ?? '', items[0]?.eventPage ?? null), items };
  });

const removeOptions = (edits: readonly Edit[], terms: Terms) =>
  edits.map((edit) => ({
    label: `${FIELDS[edit.field].label} → ${nameValue(edit.field, edit.wanted, terms)} (${edit.eventName})`,
    value: String(edit.id),
  }));

/** The board: page `page` (from 0, or the last there is) of the guild's queue, with what can be done about it. */
export function boardReply({ edits }: Queue, page: number, terms: Terms): Reply {
  const pages = paginate(blocksOf(edits), (edit) => editLine(edit, terms));
  const index = Math.min(page, pages.length - 1);
  const shown = pages[index];
  if (shown === undefined) return sayText('The queue is empty. Use `/event edit` to queue something.');
  const embed = {
    title: `Queue: ${count(edits.length, 'edit')} of ${count(eventIdsOf(edits).length, 'event')}`,
    description: shown.text,
    footer: { text: `Page ${index + 1} of ${pages.length} · nothing is sent before a flush` },
  };
  return say({
    embeds: [embed],
    components: [
      ...select(IDS.removeEdit.of(index), 'Take back an edit…', removeOptions(shown.items, terms)),
      ...buttons(
        primary('Flush', IDS.previewFlush.of()),
        danger('Discard all', IDS.askClear.of()),
        ...pager(index, pages.length, (next) => IDS.turnQueue.of(next)),
      ),
    ],
  });
}

/** Asks before the whole queue is discarded; the answer counts only for the queue as it is now. */
export function askClearReply(queue: Queue): Reply {
  if (queue.edits.length === 0) return sayText('The queue is empty already.');
  const authors = [...new Set(queue.edits.map(({ userId }) => userId))].map(mention).join(', ');
  return sayText(
    `Discard all ${count(queue.edits.length, 'queued edit')}, staged by ${authors}? This cannot be undone. Nothing in PERSCOM changes.`,
    buttons(
      danger(`Discard ${count(queue.edits.length, 'edit')}`, IDS.clearQueue.of(queue.revision)),
      button('Keep them', IDS.cancel.of()),
    ),
  );
}
