import { type App, termsOf } from '../../app/app.ts';
import type { Checks } from '../../app/check-edits.ts';
import type { Terms } from '../../app/connections.ts';
import type { Caller } from '../../app/ports.ts';
import { editsOf, type Preview, type PreviewError } from '../../app/preview-flush.ts';
import { type Change, type ChangeState, changesIn, decidedWith, editsIn, eventIdsOf } from '../../domain/change.ts';
import { FIELDS } from '../../domain/field.ts';
import type { Flush } from '../../domain/flush.ts';
import type { Edit } from '../../domain/queue.ts';
import { isOfField } from '../../domain/refusal.ts';
import { touchesReminders } from '../../domain/reminder.ts';
import type { Result } from '../../domain/result.ts';
import { toSeconds } from '../../domain/times/time.ts';
import { checkLines, UNCHECKED } from '../check-words.ts';
import { button, buttons, danger, pager, primary, select, viewQueueButton } from '../components.ts';
import { customId } from '../custom-id.ts';
import { type Block, byEvent, MAX_ABOVE, type Page, paginate } from '../pages.ts';
import { REMINDER_NOTE } from '../reminder-words.ts';
import { type MessageReply, type Row, say, sayText } from '../reply.ts';
import { count, linked, mention, plain } from '../text.ts';
import { showApart, showChange, showValue } from '../values.ts';
import { describePreviewError } from './flush-words.ts';
import { SENDING_NOTE, SETTLE_BUTTON, sendLaterButton, UNKNOWN_NOTE, waitingNote } from './open-flush.ts';

function conflictLine({ edit, live, changedAt }: Change, terms: Terms): string {
  const { field, base, wanted, userId } = edit;
  const show = showApart(field, [base, wanted, live], terms);
  const when = changedAt === null ? '' : ` (the event was last changed <t:${toSeconds(changedAt)}:R>)`;
  return `⚠️ **${FIELDS[field].label}** is in **conflict**: it was ${show(base)} when ${mention(userId)} queued ${show(wanted)}, and is now ${show(live)}${when}`;
}

/** Says that PERSCOM did not take a change itself when it was last sent; else nothing. */
const againNote = ({ refusal }: Edit): string =>
  refusal !== null && (isOfField(refusal) || refusal.kind === 'other-value')
    ? ' · ⚠️ PERSCOM did not take it last time'
    : '';

function changeLine(change: Change, terms: Terms): string {
  const { field, wanted, userId } = change.edit;
  const label = `**${FIELDS[field].label}**`;
  const show = (value: typeof wanted): string => showValue(field, value, terms);
  const lines: Readonly<Record<ChangeState, () => string>> = {
    ready: () => `• ${showChange(field, change.live, wanted, terms)} · by ${mention(userId)}${againNote(change.edit)}`,
    holds: () => `• ${label}: PERSCOM has ${show(wanted)} already`,
    conflict: () => conflictLine(change, terms),
    held: () => `⏸️ ${label} → ${show(wanted)}: waits for the event’s other times, so half of the move is not sent`,
    'out-of-order': () => `⛔ ${label} → ${show(wanted)}: the event would end before it starts, so this is not sent`,
    gone: () => `❌ ${label} → ${show(wanted)}: the event no longer exists in PERSCOM, so this is not sent`,
  };
  return lines[change.state]();
}

function summarise(changes: readonly Change[], { events }: Checks): string {
  const ready = changesIn(changes, 'ready');
  const conflicts = changesIn(changes, 'conflict').length;
  const held = changesIn(changes, 'held').length;
  const disordered = changesIn(changes, 'out-of-order').length;
  const gone = changesIn(changes, 'gone').length;
  const warnings = [...events.values()].flatMap((checked) => checked.warnings).length;
  const parts = [`${count(ready.length, 'change')} of ${count(eventIdsOf(editsOf(ready)).length, 'event')} to send`];
  if (conflicts > 0) parts.push(`${count(conflicts, 'conflict')} to resolve (not sent until then)`);
  if (disordered > 0) parts.push(`${count(disordered, 'time')} that would end an event before it starts`);
  if (held > 0) parts.push(`${count(held, 'other time')} of the same events not sent either`);
  if (gone > 0) parts.push(`${count(gone, 'edit')} of events that are gone`);
  if (warnings > 0) parts.push(`⚠️ ${count(warnings, 'warning')}`);
  return `${parts.join(' · ')}. This preview has sent nothing yet.`;
}

const FOLLOWS_UNKNOWN = `${UNKNOWN_NOTE} What PERSCOM holds by now has dropped out; the rest shows below.`;

/** Says what left the queue because PERSCOM holds it already; at most some 300 characters. */
function droppedNote(dropped: readonly Change[]): string {
  const names = dropped.map(({ edit, eventName }) => `${FIELDS[edit.field].label} of ${plain(eventName, 40)}`);
  const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
  return `Already so in PERSCOM, and taken out of the queue: ${names.slice(0, 3).join(', ')}${more}.`;
}

/** A flush after an unknown one is confirmed in so many words. */
function sendButton({ id, changes, acceptsUnknown }: Flush) {
  const ready = changesIn(changes, 'ready').length;
  if (ready === 0) return [];
  const send = customId('send-flush', id);
  if (!acceptsUnknown) return [primary(`Send ${count(ready, 'change')}`, send)];
  return [danger(`Send ${count(ready, 'change')} all the same`, send), SETTLE_BUTTON];
}

function resolutions({ id, changes }: Flush) {
  const hasConflicts = changesIn(changes, 'conflict').length > 0;
  const gone = changesIn(changes, 'gone').length;
  return [
    ...(hasConflicts ? [button('Conflicts: use ours', customId('keep-ours', id, 0))] : []),
    ...(hasConflicts ? [button('Conflicts: keep theirs, drop ours', customId('keep-theirs', id, 0))] : []),
    ...(gone > 0 ? [danger(`Remove ${count(gone, 'edit')} of gone events`, customId('drop-gone', id))] : []),
  ];
}

/** A line of a preview: a change, or something to know of the event's changes. */
type Line = Change | { readonly state: 'note'; readonly text: string };

const isChange = (line: Line): line is Change => line.state !== 'note';

const conflictOptions = (lines: readonly Line[]) =>
  changesIn(lines.filter(isChange), 'conflict').map(({ edit, eventName }) => ({
    label: `${FIELDS[edit.field].label} of ${eventName}`,
    value: String(edit.id),
  }));

function choices(flush: Flush, { items }: Page<Line>, page: number, pages: number): readonly Row[] {
  const turn = pager(page, pages, (next) => customId('turn-preview', flush.id, next));
  return [
    ...select(customId('choose-conflict', flush.id), 'Resolve one conflict…', conflictOptions(items)),
    ...buttons(...sendButton(flush), viewQueueButton, button('Not now', customId('cancel'))),
    ...buttons(...resolutions(flush)),
    ...buttons(...turn),
  ];
}

/** The changes of each event, and under them what the checks say of it. */
function blocksOf({ changes }: Flush, { events }: Checks, zone: string, nowMs: number): readonly Block<Line>[] {
  const blocks = byEvent(
    changes,
    ({ edit }) => edit.eventId,
    ([first]) => linked(first?.eventName ?? '', first?.page ?? null),
  );
  return blocks.map(({ heading, items }) => {
    const checked = items[0] === undefined ? undefined : events.get(items[0].edit.eventId);
    const texts = checked === undefined ? [] : checkLines(checked, zone, nowMs);
    return { heading, items: [...items, ...texts.map((text) => ({ state: 'note', text }) as const)] };
  });
}

function footerOf({ events }: Checks, page: number, pages: number): string {
  const hasReminders = [...events.values()].some(({ before, after }) => touchesReminders(before, after));
  return `Page ${page + 1} of ${pages}${hasReminders ? ` · ${REMINDER_NOTE}` : ''}`;
}

/** The reason of a flush as a line of its own, cut where it would take more than `room`; nothing if there is none. */
function reasonLine(reason: string | null, room: number): string {
  const lines = reason === null ? [] : [500, 150, 40].map((max) => `\nReason: ${plain(reason, max)}`);
  return lines.find(({ length }) => length <= room) ?? lines.at(-1) ?? '';
}

/** Page `page` (from 0) of what a flush would do, under `notes`. Its buttons can do nothing but what it shows. */
export function previewPage(
  app: App,
  caller: Caller,
  { flush, checks }: Pick<Preview, 'flush' | 'checks'>,
  page: number,
  notes: readonly string[] = [],
): MessageReply {
  const terms = termsOf(app, caller);
  const blocks = blocksOf(flush, checks, terms.zone, app.clock.now());
  const pages = paginate(blocks, (line) => (isChange(line) ? changeLine(line, terms) : line.text));
  const index = Math.min(page, pages.length - 1);
  const shown = pages[index] ?? { text: '', items: [] };
  const facts = [
    ...(flush.acceptsUnknown ? [FOLLOWS_UNKNOWN] : []),
    ...notes,
    summarise(flush.changes, checks),
    ...(checks.isComplete || editsIn(flush.changes, 'ready').length === 0 ? [] : [UNCHECKED]),
  ].join('\n');
  const head = `${facts}${reasonLine(flush.reason, MAX_ABOVE - facts.length)}`;
  const embed = {
    title: 'Preview of the flush',
    description: `${head}\n\n${shown.text}`,
    footer: { text: footerOf(checks, index, pages.length) },
  };
  return say({ embeds: [embed], components: choices(flush, shown, index, pages.length) });
}

const DECIDED_TOGETHER = 'The times of an event are decided together: all of them ours, or all of them theirs.';

/** One conflict of a preview, and what is decided with it, with the ways to resolve it. */
export function conflictReply(app: App, caller: Caller, { id, changes }: Flush, editId: number): MessageReply {
  const conflict = changesIn(changes, 'conflict').find(({ edit }) => edit.id === editId);
  if (conflict === undefined) return sayText('That is no conflict of this preview. Nothing was changed.');
  const heading = linked(conflict.eventName, conflict.page);
  const lines = decidedWith(changes, [conflict]).map((change) => changeLine(change, termsOf(app, caller)));
  const description = [heading, ...lines, ...(lines.length > 1 ? [DECIDED_TOGETHER] : [])].join('\n');
  return say({
    embeds: [{ description }],
    components: buttons(
      button('Use ours', customId('keep-ours', id, editId)),
      button('Keep theirs, drop ours', customId('keep-theirs', id, editId)),
      button('Leave it queued', customId('turn-preview', id, 0)),
    ),
  });
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
  if (!preview.ok) {
    const text = [...because, describePreviewError(preview.error), ...droppedNotes].join('\n');
    return sayText(text, preview.error.kind === 'api' ? sendLaterButton(preview.error) : []);
  }
  const { open } = preview.value;
  const sending = open.some(({ state }) => state === 'sending') ? [SENDING_NOTE] : [];
  const waiting = open.filter(({ state }) => state === 'waiting').map(waitingNote);
  const notes = [...because, ...sending, ...waiting, ...droppedNotes];
  return previewPage(app, caller, preview.value, 0, notes);
}
