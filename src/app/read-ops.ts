import type { EventId } from '../domain/event.ts';
import type { Edit } from '../domain/queue.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { type PresentOp, presentOps, type Selection, select } from '../domain/selection.ts';
import type { Connection } from './connections.ts';
import { toUnread, type Unread } from './find-events.ts';

/** As many ops as one shift moves. */
export const MAX_OPS = 200;

/** The list of all events may take several pages, and texts are long; Discord is told meanwhile that an answer will come. */
export const READ_WAIT_MS = 8_000;

/** The ops of a selection as they are now, earliest first. */
export type ReadOps = {
  readonly ops: readonly PresentOp[];
  /** How many more it would mean, had past ones been asked for. */
  readonly past: number;
  /** How many it seemed to mean that are gone by now, or are not as asked for. */
  readonly gone: number;
};

/** More ops are meant than one shift moves. */
export type TooMany = { readonly kind: 'too-many'; readonly count: number };

/** Against what a selection is held: what is queued, the unit's zone, and the time. */
export type SelectedFrom = { readonly edits: readonly Edit[]; readonly zone: string; readonly nowMs: number };

type Meant = { readonly ids: readonly EventId[]; readonly past: number };

/** The events that a selection means, by what the list of all says of them. */
async function findMeant(
  { cache }: Connection,
  selection: Selection,
  { edits, zone, nowMs }: SelectedFrom,
): Promise<Result<Meant, Unread>> {
  if (selection.eventIds !== null) return ok({ ids: selection.eventIds, past: 0 });
  const list = await cache.list(READ_WAIT_MS);
  if (!list.ok) return err(toUnread(list.error));
  if (!list.value.isWhole) return err({ kind: 'slow' });
  const events = list.value.events.map(({ id, name, calendarId, starts, allDay }) => ({
    id,
    values: { name, calendar_id: calendarId, starts, all_day: allDay },
  }));
  const { chosen, past } = select(presentOps(events, edits), selection, zone, nowMs);
  return ok({ ids: chosen.map(({ event }) => event.id), past });
}

/** The ops that a selection means: found in the list that everybody shares, then read anew. */
export async function readOps(
  connection: Connection,
  selection: Selection,
  from: SelectedFrom,
): Promise<Result<ReadOps, Unread | TooMany>> {
  const meant = await findMeant(connection, selection, from);
  if (!meant.ok) return meant;
  const { ids, past } = meant.value;
  if (ids.length > MAX_OPS) return err({ kind: 'too-many', count: ids.length });
  if (ids.length === 0) return ok({ ops: [], past, gone: 0 });
  const read = await connection.cache.readSome(ids, READ_WAIT_MS);
  if (!read.ok) return err(toUnread(read.error));
  const { chosen } = select(presentOps(read.value.values(), from.edits), selection, from.zone, from.nowMs);
  return ok({ ops: chosen, past, gone: ids.length - chosen.length });
}
