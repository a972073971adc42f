import { type EventId, type EventRecord, type EventValues, endsTooEarly, type Instant } from './event.ts';
import type { Field, FieldValue } from './field.ts';
import { type Edit, isTime } from './queue.ts';
import { meansSame } from './value.ts';

/** What is known of an edit once it is held against the live event. */
export type ChangeState =
  /** It would alter what PERSCOM holds, which is what its author saw. */
  | 'ready'
  /** PERSCOM holds the wanted value already. */
  | 'holds'
  /** Somebody changed the field since; sending would overwrite that. */
  | 'conflict'
  /** Another time of the event cannot be sent as it is; sending this one alone would tear the event apart. */
  | 'held'
  /** Together with the other changes it would make the event end before it starts. */
  | 'out-of-order'
  /** The event no longer exists. */
  | 'gone';

/** An edit held against the live event. */
export type Change = {
  readonly edit: Edit;
  readonly state: ChangeState;
  /** What PERSCOM holds now; null when the event is gone. */
  readonly live: FieldValue;
  /** The event's present name, or the queued one when it is gone. */
  readonly eventName: string;
  /** The event's page in PERSCOM, if known. */
  readonly page: string | null;
  /** When the event, by whatever field, was last changed in PERSCOM; null if that is not known. */
  readonly changedAt: Instant | null;
};

/** Events by id; one that PERSCOM does not have is absent. */
export type Events = ReadonlyMap<EventId, EventRecord>;

function holdAgainst(edit: Edit, event: EventRecord | undefined): Change {
  if (event === undefined)
    return { edit, state: 'gone', live: null, eventName: edit.eventName, page: edit.eventPage, changedAt: null };
  const live = event.values[edit.field];
  const known = {
    edit,
    live,
    eventName: event.values.name,
    page: event.page ?? edit.eventPage,
    changedAt: event.updatedAt,
  };
  if (meansSame(live, edit.wanted)) return { ...known, state: 'holds' };
  return { ...known, state: meansSame(live, edit.base) ? 'ready' : 'conflict' };
}

/** What an event with these values would be after `edits` of it. */
export function valuesAfter(
  values: EventValues,
  edits: readonly { readonly field: Field; readonly wanted: FieldValue }[],
): EventValues {
  const after = { ...values };
  const byField: Record<Field, FieldValue> = after;
  for (const { field, wanted } of edits) byField[field] = wanted;
  return after;
}

/** `items` by the event that they are about, in their order. */
export function groupByEvent<Item>(
  items: readonly Item[],
  eventIdOf: (item: Item) => EventId,
): ReadonlyMap<EventId, readonly Item[]> {
  const groups = new Map<EventId, Item[]>();
  for (const item of items) {
    const group = groups.get(eventIdOf(item)) ?? [];
    group.push(item);
    groups.set(eventIdOf(item), group);
  }
  return groups;
}

const isReady = (change: Change, eventId: EventId, fields: readonly Field[]): boolean =>
  change.state === 'ready' && change.edit.eventId === eventId && fields.includes(change.edit.field);

/** The changes that make an event end before it starts: of its times, or else of whether it takes all day. */
function culpritsOf({ id }: EventRecord, changes: readonly Change[]): readonly Change[] {
  const times = changes.filter((change) => isReady(change, id, ['starts', 'ends']));
  return times.length > 0 ? times : changes.filter((change) => isReady(change, id, ['all_day']));
}

/** The changes, with those held back that would make an event end before it starts. */
function checkOrder(changes: readonly Change[], live: Events): readonly Change[] {
  const ready = groupByEvent(editsIn(changes, 'ready'), ({ eventId }) => eventId);
  const disordered = [...live.values()].filter(({ id, values }) =>
    endsTooEarly(valuesAfter(values, ready.get(id) ?? [])),
  );
  const culprits = new Set(disordered.flatMap((event) => culpritsOf(event, changes)));
  return changes.map((change) => (culprits.has(change) ? { ...change, state: 'out-of-order' } : change));
}

/** The changes, with the times held back of which the event has another one in `state`. */
function holdBeside(changes: readonly Change[], state: ChangeState): readonly Change[] {
  const torn = new Set(eventIdsOf(editsIn(changes, state).filter(isTime)));
  return changes.map((change) => {
    const isHeld = change.state === 'ready' && isTime(change.edit) && torn.has(change.edit.eventId);
    return isHeld ? { ...change, state: 'held' } : change;
  });
}

/** Every edit held against the live events, in the order of `edits`. */
export function diff(edits: readonly Edit[], live: Events): readonly Change[] {
  const changes = edits.map((edit) => holdAgainst(edit, live.get(edit.eventId)));
  return holdBeside(checkOrder(holdBeside(changes, 'conflict'), live), 'out-of-order');
}

/** The changes in one of `states`. */
export const changesIn = (changes: readonly Change[], ...states: readonly ChangeState[]): readonly Change[] =>
  changes.filter((change) => states.includes(change.state));

/** The edits of the changes in one of `states`. */
export const editsIn = (changes: readonly Change[], ...states: readonly ChangeState[]): readonly Edit[] =>
  changesIn(changes, ...states).map(({ edit }) => edit);

/** The distinct events of `edits`, in the order in which they first appear. */
export const eventIdsOf = (edits: readonly { readonly eventId: EventId }[]): readonly EventId[] => [
  ...new Set(edits.map((edit) => edit.eventId)),
];

/** `meant`, and of `changes` what is decided with it: the times of an event in conflict, with those that wait for them. */
export function decidedWith(changes: readonly Change[], meant: readonly Change[]): readonly Change[] {
  const undecided = changesIn(changes, 'conflict', 'held').filter(({ edit }) => isTime(edit));
  const events = new Set(eventIdsOf(undecided.filter((change) => meant.includes(change)).map(({ edit }) => edit)));
  const along = new Set(undecided.filter(({ edit }) => events.has(edit.eventId)));
  return changes.filter((change) => meant.includes(change) || along.has(change));
}

/** Whether what PERSCOM holds for `now` is still what `then` was previewed with. */
export const isUnchangedSince = (then: readonly Change[], now: readonly Change[]): boolean =>
  then.length === now.length &&
  then.every((change, index) => {
    const fresh = now[index];
    return fresh !== undefined && fresh.state === change.state && meansSame(fresh.live, change.live);
  });

/** The body of one batch PATCH: per event id, only the fields to change. */
export type BatchPatch = {
  readonly resources: Readonly<Record<string, Readonly<Partial<Record<Field, FieldValue>>>>>;
};

/** The one PATCH that applies the changes that are ready; the others are left out. */
export function plan(changes: readonly Change[]): BatchPatch {
  const resources: Record<string, Partial<Record<Field, FieldValue>>> = {};
  for (const { edit } of changesIn(changes, 'ready')) {
    const resource = resources[edit.eventId] ?? {};
    resource[edit.field] = edit.wanted;
    resources[edit.eventId] = resource;
  }
  return { resources };
}
