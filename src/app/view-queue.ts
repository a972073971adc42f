import type { EventId } from '../domain/event.ts';
import type { Field } from '../domain/field.ts';
import { arrange, type Queue } from '../domain/queue.ts';
import { ok, type Result } from '../domain/result.ts';
import type { App } from './app.ts';
import { connectionOf, type NotConnected } from './open-form.ts';

/** Shows the guild's queue, arranged for reading. It does not ask PERSCOM: the board is there during an outage too. */
export async function viewQueue(app: App, guildId: string): Promise<Result<Queue, NotConnected>> {
  const connection = connectionOf(app, guildId);
  if (!connection.ok) return connection;
  const { revision, edits } = await app.queues.load(guildId);
  return ok({ revision, edits: arrange(edits) });
}

/** Takes back the queued edits of an event, or of one of its fields; answers how many there were. */
export async function removeEdits(app: App, guildId: string, eventId: EventId, field: Field | null): Promise<number> {
  const { edits } = await app.queues.load(guildId);
  const chosen = edits.filter((edit) => edit.eventId === eventId && (field === null || edit.field === field));
  return app.queues.remove(
    guildId,
    chosen.map(({ id }) => id),
  );
}

/** Takes back one queued edit, unless it was replaced or sent meanwhile; answers whether it did. */
export const removeEdit = async (app: App, guildId: string, editId: number): Promise<boolean> =>
  (await app.queues.remove(guildId, [editId])) === 1;

/** Discards the whole queue if it is still at `revision`; answers how many edits went, or null if it has changed. */
export const clearQueue = (app: App, guildId: string, revision: number): Promise<number | null> =>
  app.queues.clear(guildId, revision);
