import { type App, termsOf } from '../app/app.ts';
import type { Terms } from '../app/connections.ts';
import type { Caller } from '../app/ports.ts';
import { editsOf, type Preview, type PreviewError } from '../app/preview-flush.ts';
import { type Change, type ChangeState, changesIn, eventIdsOf } from '../domain/change.ts';
import { FIELDS } from '../domain/field.ts';
import type { Flush } from '../domain/flush.ts';
import type { Result } from '../domain/result.ts';
import { button, buttons, pager, primary, viewQueueButton } from './components.ts';
import { customId } from './custom-id.ts';
import { byEvent, paginate } from './pages.ts';
import { type MessageReply, type Row, say, sayText } from './reply.ts';
import { count, linked, mention, plain } from './text.ts';
import { showChange, showValue } from './values.ts';
import { describePreviewError } from './words.ts';

function changeLine({ edit, state, live }: Change, terms: Terms): string {
  const { field, base, wanted, userId } = edit;
  const label = `**${FIELDS[field].label}**`;
  const show = (value: typeof live): string => showValue(field, value, terms);
  const lines: Readonly<Record<ChangeState, () => string>> = {
    ready: () => `• ${showChange(field, live, wanted, terms)} · by ${mention(userId)}`,
    holds: () => `• ${label}: PERSCOM has ${show(wanted)} already`,
    conflict: () =>
      `⚠️ ${label} is in **conflict**: it was ${show(base)} when ${mention(userId)} queued ${show(wanted)}, and is now ${show(live)}`,
    'out-of-order': () => `⛔ ${label} → ${show(wanted)}: the event would end before it starts, so this is not sent`,
    gone: () => `❌ ${label} → ${show(wanted)}: the event no longer exists in PERSCOM, so this is not sent`,
  };
  return lines[state]();
}

function summarise(changes: readonly Change[]): string {
  const ready = changesIn(changes, 'ready');
  const conflicts = changesIn(changes, 'conflict').length;
  const disordered = changesIn(changes, 'out-of-order').length;
  const gone = changesIn(changes, 'gone').length;
  const parts = [`${count(ready.length, 'change')} of ${count(eventIdsOf(editsOf(ready)).length, 'event')} to send`];
  if (conflicts > 0) parts.push(`${count(conflicts, 'conflict')} to settle (not sent until then)`);
  if (disordered > 0) parts.push(`${count(disordered, 'time')} that would end an event before it starts`);
  if (gone > 0) parts.push(`${count(gone, 'edit')} of events that are gone`);
  return `${parts.join(' · ')}. Nothing has been sent yet.`;
}

const FOLLOWS_UNKNOWN =
  '❓ What became of the previous flush is **unknown**. What PERSCOM holds by now has dropped out; the rest shows below.';

/** Says what left the queue because PERSCOM holds it already; at most some 300 characters. */
function droppedNote(dropped: readonly Change[]): string {
  const names = dropped.map(({ edit, eventName }) => `${FIELDS[edit.field].label} of ${plain(eventName, 40)}`);
  const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
  return `Already so in PERSCOM, and taken out of the queue: ${names.slice(0, 3).join(', ')}${more}.`;
}

function choices(flush: Flush, page: number, pages: number): readonly Row[] {
  const ready = changesIn(flush.changes, 'ready').length;
  const hasConflicts = changesIn(flush.changes, 'conflict').length > 0;
  const settle = hasConflicts
    ? buttons(
        button('Conflicts: use ours', customId('keep-ours', flush.id)),
        button('Conflicts: keep theirs, drop ours', customId('keep-theirs', flush.id)),
      )
    : [];
  const send = ready > 0 ? [primary(`Send ${count(ready, 'change')}`, customId('send-flush', flush.id))] : [];
  return [
    ...buttons(
      ...send,
      viewQueueButton,
      button('Not now', customId('cancel')),
      ...pager(page, pages, (next) => customId('turn-preview', flush.id, next)),
    ),
    ...settle,
  ];
}

/** Page `page` (from 0) of what a flush would do, under `notes`. Its buttons can do nothing but what it shows. */
export function previewPage(
  app: App,
  caller: Caller,
  flush: Flush,
  page: number,
  notes: readonly string[] = [],
): MessageReply {
  const terms = termsOf(app, caller);
  const blocks = byEvent(
    flush.changes,
    ({ edit }) => edit.eventId,
    ([first]) => linked(first?.eventName ?? '', first?.page ?? null),
  );
  const pages = paginate(blocks, (change) => changeLine(change, terms));
  const index = Math.min(page, pages.length - 1);
  const embed = {
    title: 'Preview of the flush',
    description: `${[...notes, summarise(flush.changes)].join('\n')}\n\n${pages[index]?.text ?? ''}`,
    footer: { text: `Page ${index + 1} of ${pages.length}` },
  };
  return say({ embeds: [embed], components: choices(flush, index, pages.length) });
}

/** The first page of a fresh preview, or why there is none; `because` says why it is shown, where nobody asked for it. */
export function previewReply(
  app: App,
  caller: Caller,
  preview: Result<Preview, PreviewError>,
  because: readonly string[] = [],
): MessageReply {
  const dropped = preview.ok ? preview.value.dropped : preview.error.kind === 'all-hold' ? preview.error.dropped : [];
  const droppedNotes = dropped.length > 0 ? [droppedNote(dropped)] : [];
  if (!preview.ok) return sayText([...because, describePreviewError(preview.error), ...droppedNotes].join('\n'));
  const { flush, followsUnknown } = preview.value;
  const notes = [...because, ...(followsUnknown ? [FOLLOWS_UNKNOWN] : []), ...droppedNotes];
  return previewPage(app, caller, flush, 0, notes);
}
