import { eventIdsOf } from '../domain/change.ts';
import type { EventId, EventRecord } from '../domain/event.ts';
import { contested, disordered, held, type SeenEdit, type Staged, type WantedEdit } from '../domain/queue.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { meansSame } from '../domain/value.ts';
import type { App } from './app.ts';
import type { Connection } from './connections.ts';
import { toUnread, type Unread, WAIT_MS } from './find-events.ts';
import type { Caller } from './ports.ts';

/** The event does not exist in PERSCOM. */
export type Gone = { readonly kind: 'gone' };

/** The event as it was read at most `maxAgeMs` ago; at 0 it is read anew. */
export async function readEvent(
  { cache }: Connection,
  eventId: EventId,
  maxAgeMs: number,
): Promise<Result<EventRecord, Unread | Gone>> {
  const event = await cache.event(eventId, { waitMs: WAIT_MS, maxAgeMs });
  if (!event.ok) return err(toUnread(event.error));
  return event.value === null ? err({ kind: 'gone' }) : ok(event.value);
}

/** The events of `edits` that are known to take all day. */
export const allDayAmong = ({ cache }: Connection, edits: readonly WantedEdit[]): readonly EventId[] =>
  eventIdsOf(edits).filter((id) => cache.knownEvent(id)?.values.all_day === true);

/** Whether PERSCOM still has, this moment, what those of `edits` ask for that ask for what it had. */
async function isSureOfBases(connection: Connection, edits: readonly WantedEdit[]): Promise<boolean> {
  const doubtful = edits.filter(({ base, wanted }) => meansSame(base, wanted));
  if (doubtful.length === 0) return false;
  const events = await connection.cache.readSome(eventIdsOf(doubtful), WAIT_MS);
  if (!events.ok) return false;
  return doubtful.every(({ eventId, base, field }) => {
    const event = events.value.get(eventId);
    return event !== undefined && meansSame(base, event.values[field]);
  });
}

/**
 * Stages edits. One that asks for what PERSCOM had when its author saw it takes a queued edit back, so
 * PERSCOM is asked first; where it has something else by now or cannot tell, the edit is queued like any other. Of other
 * moderators' edits only those with the ids in `mayReplace` are touched, and of an event that is not as `seen`, none.
 */
export async function stageEdits(
  app: App,
  caller: Caller,
  connection: Connection,
  edits: readonly WantedEdit[],
  mayReplace: readonly number[] = [],
  seen: readonly SeenEdit[] = [],
): Promise<readonly Staged[]> {
  if (edits.length === 0) return [];
  const mayDrop = await isSureOfBases(connection, edits);
  return app.queues.stage(caller, edits, mayDrop, app.clock.now(), mayReplace, {
    seen,
    allDay: allDayAmong(connection, edits),
  });
}

/** What staging came to, with what its author has to know of it. What it says was staged is on disk. */
export type Staging = {
  readonly staged: readonly Staged[];
  /** Says that what was contested shall replace what is in its way; null if nothing was. */
  readonly contestId: string | null;
};

/**
 * Keeps what was contested, with what else was left of the same events, so that its author can be asked. What might be
 * replaced before still may: its author was shown it.
 */
export async function followStaging(
  app: App,
  caller: Caller,
  staged: readonly Staged[],
  mayReplace: readonly number[] = [],
): Promise<Staging> {
  const conflicts = contested(staged);
  if (conflicts.length === 0) return { staged, contestId: null };
  const contestId = app.newId();
  const events = new Set(eventIdsOf(conflicts.map(({ edit }) => edit)));
  const left = [...conflicts, ...held(staged), ...disordered(staged)].map(({ edit }) => edit);
  const wanted = left.filter(({ eventId }) => events.has(eventId));
  const inTheWay = [...mayReplace, ...conflicts.map(({ previous }) => previous.id)];
  await app.drafts.saveContest(caller, contestId, { wanted, inTheWay }, app.clock.now());
  return { staged, contestId };
}
