import type { App } from '../app/app.ts';
import { termsOf } from '../app/connections.ts';
import { previewFlush } from '../app/flush-queue.ts';
import type { NotConnected } from '../app/open-form.ts';
import { removeEdits, viewQueue } from '../app/view-queue.ts';
import { eventIdsOf } from '../domain/change.ts';
import { FIELDS, type Field } from '../domain/field.ts';
import type { Edit, Queue } from '../domain/queue.ts';
import type { Result } from '../domain/result.ts';
import { askClearReply, boardReply } from './board.ts';
import type { Caller, Choice } from './command.ts';
import { button, buttons } from './components.ts';
import { IDS } from './custom-id.ts';
import { droppedNote, previewReply } from './preview.ts';
import { type Reply, sayText } from './reply.ts';
import { count, plain, shorten } from './text.ts';
import { describePreviewError, describeReadError } from './words.ts';

/** Answers with the queue, or with why there is none. */
async function withQueue(app: App, { guildId }: Caller, answer: (queue: Queue) => Reply): Promise<Reply> {
  const queue: Result<Queue, NotConnected> = await viewQueue(app, guildId);
  return queue.ok ? answer(queue.value) : sayText(describeReadError(queue.error));
}

/** Page `page` of the board. */
export const showQueue = (app: App, caller: Caller, page: number): Promise<Reply> =>
  withQueue(app, caller, (queue) => boardReply(queue, page, termsOf(app.connections, caller.guildId)));

/** Asks whether the whole queue is to be discarded. */
export const askClear = (app: App, caller: Caller): Promise<Reply> => withQueue(app, caller, askClearReply);

/** Previews a flush of the queue. */
export async function previewQueue(app: App, { guildId, userId }: Caller): Promise<Reply> {
  const preview = await previewFlush(app, guildId, userId);
  if (preview.ok) return previewReply(preview.value, termsOf(app.connections, guildId));
  const { error } = preview;
  const note = error.kind === 'all-hold' ? `\n${droppedNote(error.dropped)}` : '';
  return sayText(`${describePreviewError(error)}${note}`);
}

/** The queued edits that `text` (an event's id or name) means. */
const editsNamed = ({ edits }: Queue, text: string): readonly Edit[] =>
  edits.filter(({ eventId, eventName }) => String(eventId) === text || eventName.toLowerCase() === text.toLowerCase());

const describeScope = (field: Field | null): string => (field === null ? 'edit' : `edit of ${FIELDS[field].label}`);

/** Takes back what is queued for the event that `text` means, or for one field of it. */
export async function removeFromQueue(app: App, caller: Caller, text: string, field: Field | null): Promise<Reply> {
  const queue = await viewQueue(app, caller.guildId);
  if (!queue.ok) return sayText(describeReadError(queue.error));
  const [edit, ...others] = editsNamed(queue.value, text.trim());
  if (edit === undefined || others.some(({ eventId }) => eventId !== edit.eventId))
    return sayText(
      `Nothing is queued for one event “${plain(text)}”, so nothing was taken back. Choose one from the list.`,
    );
  const removed = await removeEdits(app, caller.guildId, edit.eventId, field);
  const name = `**${plain(edit.eventName)}**`;
  const said =
    removed === 0
      ? `No ${describeScope(field)} is queued for ${name}, so nothing was taken back.`
      : `Took back ${count(removed, 'queued edit')} of ${name}. Nothing in PERSCOM changed.`;
  return sayText(said, buttons(button('View queue', IDS.viewQueue.of())));
}

/** The events with queued edits whose name contains `text`, as choices. */
export async function queuedEventChoices(app: App, { guildId }: Caller, text: string): Promise<Choice[]> {
  const queue = await viewQueue(app, guildId);
  if (!queue.ok) return [];
  const named = queue.value.edits.filter(({ eventName }) =>
    eventName.toLowerCase().includes(text.trim().toLowerCase()),
  );
  return eventIdsOf(named)
    .slice(0, 25)
    .map((eventId) => {
      const own = named.filter((edit) => edit.eventId === eventId);
      const size = count(own.length, 'edit');
      return { name: `${shorten(own[0]?.eventName ?? '', 80)} · ${size}`, value: String(eventId) };
    });
}
