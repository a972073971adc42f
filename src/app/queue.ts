import type { Field } from '../domain/field.ts';
import type { Flush } from '../domain/flush.ts';
import { arrange, type Edit, type Queue } from '../domain/queue.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { type App, connectionOf, type NotConnected } from './app.ts';
import type { Caller, FlushUnderWay } from './ports.ts';

/** A guild's queue, and its flushes that wait, are under way or are unknown. */
export type Board = Queue & { readonly open: readonly Flush[] };

/** Shows the guild's queue, arranged for reading. It does not ask PERSCOM: the board is there during an outage too. */
export async function viewQueue(app: App, caller: Caller): Promise<Result<Board, NotConnected>> {
  const connection = connectionOf(app, caller);
  if (!connection.ok) return connection;
  const { revision, edits } = await app.queues.load(caller.guildId);
  return ok({ revision, edits: arrange(edits), open: await app.flushes.loadOpen(caller.guildId) });
}

/** Why edits were not taken back. */
export type TakeBackError =
  | NotConnected
  | FlushUnderWay
  /** Nothing is queued for what was named. */
  | { readonly kind: 'nothing-queued'; readonly text: string }
  | { readonly kind: 'several-events'; readonly text: string };

/** How many edits of an event were taken back; they are no longer queued. */
export type TakenBack = { readonly eventName: string; readonly count: number };

async function takeOut(
  app: App,
  { guildId }: Caller,
  edits: readonly Edit[],
  text: string,
): Promise<Result<TakenBack, TakeBackError>> {
  const [first] = edits;
  if (first === undefined) return err({ kind: 'nothing-queued', text });
  const ids = edits.map(({ id }) => id);
  const removal = await app.queues.remove(guildId, ids);
  if (!removal.ok) return removal;
  if (removal.value.removed === 0) return err({ kind: 'nothing-queued', text });
  return ok({ eventName: first.eventName, count: removal.value.removed });
}

/** Takes back what is queued for the event that `text` (its id or name) means, or for one `field` of it. */
export async function takeBack(
  app: App,
  caller: Caller,
  text: string,
  field: Field | null,
): Promise<Result<TakenBack, TakeBackError>> {
  const queue = await viewQueue(app, caller);
  if (!queue.ok) return queue;
  const wanted = text.trim().toLowerCase();
  const named = queue.value.edits.filter(
    ({ eventId, eventName }) => String(eventId) === wanted || eventName.trim().toLowerCase() === wanted,
  );
  if (new Set(named.map(({ eventId }) => eventId)).size > 1) return err({ kind: 'several-events', text });
  const chosen = named.filter((edit) => field === null || edit.field === field);
  return takeOut(app, caller, chosen, text);
}

/** Takes back one queued edit, unless it was replaced, sent or taken back meanwhile. */
export async function takeBackOne(app: App, caller: Caller, editId: number): Promise<Result<TakenBack, TakeBackError>> {
  const queue = await viewQueue(app, caller);
  if (!queue.ok) return queue;
  const chosen = queue.value.edits.filter(({ id }) => id === editId);
  return takeOut(app, caller, chosen, 'that edit');
}

/** Discards the whole queue if it is still at `revision`; answers how many edits went. */
export async function discardQueue(
  app: App,
  { guildId }: Caller,
  revision: number,
): Promise<Result<number, FlushUnderWay | { readonly kind: 'moved-on' }>> {
  const removal = await app.queues.clear(guildId, revision);
  return removal.ok ? ok(removal.value.removed) : removal;
}
