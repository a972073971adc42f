import type { Terms } from '../app/connections.ts';
import type { Preview } from '../app/flush-queue.ts';
import { type Change, type ChangeState, changesIn, eventIdsOf } from '../domain/change.ts';
import { FIELDS } from '../domain/field.ts';
import type { Flush } from '../domain/flush.ts';
import { button, buttons, pager, primary } from './components.ts';
import { IDS } from './custom-id.ts';
import { type Reply, type Row, say } from './reply.ts';
import { type Block, count, linked, mention, paginate, plain } from './text.ts';
import { showChange, showValue } from './values.ts';

const editsOf = (changes: readonly Change[]) => changes.map(({ edit }) => edit);

function changeLine({ edit, state, live }: Change, terms: Terms): string {
  const { field, base, wanted, userId } = edit;
  const label = `**${FIELDS[field].label}**`;
  const show = (value: typeof live): string => showValue(field, value, terms);
  const states: Readonly<Record<ChangeState, () => string>> = {
    ready: () => `• ${showChange(field, live, wanted, terms)} · by ${mention(userId)}`,
    conflict: () =>
      `⚠️ ${label} is in **conflict**: it was ${show(base)} when ${mention(userId)} queued ${show(wanted)}, and is now ${show(live)}`,
    gone: () => `❌ ${label} → ${show(wanted)}: the event no longer exists in PERSCOM, so this cannot be sent`,
    holds: () => `• ${label}: PERSCOM has ${show(wanted)} already`,
  };
  return states[state]();
}

const blocksOf = (changes: readonly Change[]): readonly Block<Change>[] =>
  eventIdsOf(editsOf(changes)).map((eventId) => {
    const items = changes.filter(({ edit }) => edit.eventId === eventId);
    const [first] = items;
    return { heading: linked(first?.eventName ?? '', first?.page ?? null), items };
  });

function summary(changes: readonly Change[]): string {
  const ready = changesIn(changes, 'ready');
  const conflicts = changesIn(changes, 'conflict').length;
  const gone = changesIn(changes, 'gone').length;
  const parts = [`${count(ready.length, 'change')} of ${count(eventIdsOf(editsOf(ready)).length, 'event')} to send`];
  if (conflicts > 0) parts.push(`${count(conflicts, 'conflict')} to settle (not sent until then)`);
  if (gone > 0) parts.push(`${count(gone, 'edit')} of events that are gone`);
  return `${parts.join(' · ')}. Nothing has been sent yet.`;
}

const FOLLOWS_UNKNOWN =
  '❓ What became of the previous flush is **unknown**. What it did apply shows below as already held, and the rest as still to send.';

function choices(flush: Flush, page: number, pages: number): readonly Row[] {
  const ready = changesIn(flush.changes, 'ready').length;
  const hasConflicts = changesIn(flush.changes, 'conflict').length > 0;
  const settle = hasConflicts
    ? buttons(
        button('Conflicts: use ours', IDS.keepOurs.of(flush.id)),
        button('Conflicts: keep theirs, drop ours', IDS.keepTheirs.of(flush.id)),
      )
    : [];
  const send = ready > 0 ? [primary(`Send ${count(ready, 'change')}`, IDS.sendFlush.of(flush.id))] : [];
  return [
    ...buttons(
      ...send,
      button('View queue', IDS.viewQueue.of()),
      button('Not now', IDS.cancel.of()),
      ...pager(page, pages, (next) => IDS.turnPreview.of(flush.id, next)),
    ),
    ...settle,
  ];
}

/** Page `page` (from 0) of what a flush would do, under `notes`. Its buttons can do nothing but what it shows. */
export function previewPage(flush: Flush, page: number, terms: Terms, notes: readonly string[] = []): Reply {
  const pages = paginate(blocksOf(flush.changes), (change) => changeLine(change, terms));
  const index = Math.min(page, pages.length - 1);
  const embed = {
    title: 'Preview of the flush',
    description: [...notes, summary(flush.changes), pages[index]?.text ?? ''].join('\n'),
    footer: { text: `Page ${index + 1} of ${pages.length}` },
  };
  return say({ embeds: [embed], components: choices(flush, index, pages.length) });
}

/** Says what left the queue because PERSCOM holds it already; at most some 300 characters. */
export function droppedNote(dropped: readonly Change[]): string {
  const names = dropped.map(({ edit, eventName }) => `${FIELDS[edit.field].label} of ${plain(eventName, 40)}`);
  const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
  return `Already so in PERSCOM, and taken out of the queue: ${names.slice(0, 3).join(', ')}${more}.`;
}

/** The first page of a fresh preview; `because` says why it is shown, where nobody asked for it. */
export function previewReply({ flush, dropped, followsUnknown }: Preview, terms: Terms, because: string[] = []): Reply {
  const notes = [...because];
  if (followsUnknown) notes.push(FOLLOWS_UNKNOWN);
  if (dropped.length > 0) notes.push(droppedNote(dropped));
  return previewPage(flush, 0, terms, notes);
}
