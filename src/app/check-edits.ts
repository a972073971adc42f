import { type Agenda, agendaOf } from '../domain/agenda.ts';
import { type Change, type Events, editsIn, eventIdsOf, groupByEvent, valuesAfter } from '../domain/change.ts';
import { type Warning, warningsOf } from '../domain/checks.ts';
import { type EventId, type EventRecord, type EventValues, summaryOf } from '../domain/event.ts';
import type { WantedEdit } from '../domain/queue.ts';
import { type App, connectionOf, zoneOf } from './app.ts';
import type { Connection } from './connections.ts';
import { WAIT_MS } from './find-events.ts';
import type { Caller } from './ports.ts';
import type { UnitAgenda } from './unit-agenda.ts';

/** An event as it is and as it would be, and what is odd about that. */
export type Checked = {
  readonly before: EventValues;
  readonly after: EventValues;
  readonly warnings: readonly Warning[];
};

/** What the checks say, by event. Events of which nothing is known are absent: they could not be checked. */
export type Checks = {
  readonly events: ReadonlyMap<EventId, Checked>;
  /** Whether each was held against all other events of its calendar; false where not all of those have been read. */
  readonly isComplete: boolean;
};

const UNCHECKED: Checks = { events: new Map(), isComplete: false };

type EditOf = Pick<WantedEdit, 'eventId' | 'field' | 'wanted'>;

/** How every event of `live` would be after `edits`; those that have none stay as they are. */
function afterAll(live: Events, edits: readonly EditOf[]): ReadonlyMap<EventId, EventValues> {
  const own = groupByEvent(edits, ({ eventId }) => eventId);
  return new Map([...live.values()].map(({ id, values }) => [id, valuesAfter(values, own.get(id) ?? [])]));
}

/** The unit's events as they would be. */
const lay = (after: ReadonlyMap<EventId, EventValues>, planned: UnitAgenda | null): Agenda =>
  agendaOf(
    [...after].map(([id, values]) => summaryOf(id, values)),
    planned?.agenda ?? null,
  );

/** Checks those of `live` with `ids` as they would be after `edits`, against each other and all that is planned. */
function check(
  app: App,
  { guildId }: Caller,
  live: Events,
  { ids, edits, planned }: { ids: readonly EventId[]; edits: readonly EditOf[]; planned: UnitAgenda | null },
): Checks {
  const afters = afterAll(live, edits);
  const context = { nowMs: app.clock.now(), zone: zoneOf(app, guildId), others: lay(afters, planned) };
  const checked = ids.flatMap((id): readonly (readonly [EventId, Checked])[] => {
    const [event, after] = [live.get(id), afters.get(id)];
    if (event === undefined || after === undefined) return [];
    return [[id, { before: event.values, after, warnings: warningsOf(event, after, context) }]];
  });
  const isComplete = planned?.isWhole === true && checked.length === ids.length;
  return { events: new Map(checked), isComplete };
}

/**
 * Checks the events with `ids` as they would be after `edits`: all that is queued, and what may be queued besides, of which
 * the last for a field counts. Asks nobody: it goes by what was last read of the events.
 */
export function checkEdits(app: App, caller: Caller, ids: readonly EventId[], edits: readonly EditOf[]): Checks {
  const connection = connectionOf(app, caller);
  if (!connection.ok) return UNCHECKED;
  const { cache } = connection.value;
  const known = [...new Set([...ids, ...eventIdsOf(edits)])].map((id) => cache.knownEvent(id));
  const live = new Map(known.flatMap((event) => (event === null ? [] : [[event.id, event] as const])));
  return check(app, caller, live, { ids, edits, planned: cache.knownAgenda() });
}

/** The events as a flush was previewed with them: what it would change is as it was then. */
function asPreviewed(live: Events, changes: readonly Change[]): Events {
  const own = groupByEvent(changes, ({ edit }) => edit.eventId);
  const then = ({ id, values, ...event }: EventRecord): EventRecord => {
    const seen = (own.get(id) ?? []).map(({ edit, live: wanted }) => ({ field: edit.field, wanted }));
    return { ...event, id, values: valuesAfter(values, seen) };
  };
  return new Map([...live].map(([id, event]) => [id, then(event)]));
}

/** Checks what a flush would leave: the events that it changes, as they are in `live`, after its changes that are ready. */
export async function checkChanges(
  app: App,
  caller: Caller,
  { cache }: Connection,
  changes: readonly Change[],
  live: Events,
): Promise<Checks> {
  const edits = editsIn(changes, 'ready');
  return check(app, caller, live, { ids: eventIdsOf(edits), edits, planned: await cache.agenda(WAIT_MS) });
}

/** What is known of these events; what is not is read. One that cannot be read, or not soon, is absent. */
async function recall({ cache }: Connection, ids: readonly EventId[]): Promise<Events> {
  const known = new Map(ids.flatMap((id) => cache.knownEvent(id) ?? []).map((event) => [event.id, event]));
  const missing = ids.filter((id) => !known.has(id));
  const read = missing.length === 0 ? null : await cache.readSome(missing, WAIT_MS);
  return read?.ok ? new Map([...known, ...read.value]) : known;
}

/** As `checkEdits`, but what is not known of the events is read, and the list of all where that is due. */
export async function checkFresh(
  app: App,
  caller: Caller,
  ids: readonly EventId[],
  edits: readonly EditOf[],
): Promise<Checks> {
  const connection = connectionOf(app, caller);
  if (!connection.ok) return UNCHECKED;
  const { cache } = connection.value;
  const about = [...new Set([...ids, ...eventIdsOf(edits)])];
  const [live, planned] = await Promise.all([recall(connection.value, about), cache.agenda(WAIT_MS)]);
  return check(app, caller, live, { ids, edits, planned });
}

/** Checks a flush that was previewed before, perhaps by another process. */
export async function checkAgain(app: App, caller: Caller, changes: readonly Change[]): Promise<Checks> {
  const connection = connectionOf(app, caller);
  if (!connection.ok) return UNCHECKED;
  const live = await recall(connection.value, eventIdsOf(editsIn(changes, 'ready')));
  const present = changes.filter(({ state }) => state !== 'gone');
  return checkChanges(app, caller, connection.value, changes, asPreviewed(live, present));
}
