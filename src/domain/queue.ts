import { type EventId, endsTooEarly } from './event.ts';
import { FIELD_NAMES, FIELDS, type Field, type FieldValue } from './field.ts';
import type { KnownRefusal, Refusal } from './refusal.ts';
import { meansSame, sameValue } from './value.ts';

/** One field's wanted value for one event, as a moderator asks for it. */
export type WantedEdit = {
  readonly eventId: EventId;
  /** The event's name when the form was opened. */
  readonly eventName: string;
  /** The event's page in PERSCOM, if it was known then. */
  readonly eventPage: string | null;
  readonly field: Field;
  /** What PERSCOM held when the form was opened. */
  readonly base: FieldValue;
  readonly wanted: FieldValue;
};

/** Whether two edits are about the same field of the same event. */
export const isSamePlace = (a: WantedEdit, b: WantedEdit): boolean => a.eventId === b.eventId && a.field === b.field;

/** A wanted edit in the queue. */
export type Edit = WantedEdit & {
  /** Replacing an edit gives it a new one. */
  readonly id: number;
  /** Discord user id. */
  readonly userId: string;
  /** Milliseconds since the epoch. */
  readonly stagedAt: number;
  /** Why the last flush could not apply it; null if none tried. */
  readonly refusal: Refusal | null;
};

/** A guild's queue: its edits in the order in which they were staged, and a revision that rises with every change. */
export type Queue = { readonly revision: number; readonly edits: readonly Edit[] };

type Outcome =
  | { readonly kind: 'queued'; readonly edit: WantedEdit }
  /** It took the place of `previous`. */
  | { readonly kind: 'replaced'; readonly edit: WantedEdit; readonly previous: Edit }
  /** The same value was queued already. */
  | { readonly kind: 'already-queued'; readonly edit: WantedEdit; readonly previous: Edit }
  /** PERSCOM holds it, so `previous`, which wanted something else, was taken back. */
  | { readonly kind: 'withdrawn'; readonly edit: WantedEdit; readonly previous: Edit }
  /** PERSCOM holds it already; nothing was queued. */
  | { readonly kind: 'holds'; readonly edit: WantedEdit }
  /** What is queued for the event is not what its author was shown; nothing was done. */
  | { readonly kind: 'outdated'; readonly edit: WantedEdit }
  /** Another time of the event, which was asked for with it, could not be queued; nothing was done. */
  | { readonly kind: 'held'; readonly edit: WantedEdit }
  /** It would take the place of another moderator's `previous`, or take that back; nothing was done. */
  | { readonly kind: 'contested'; readonly edit: WantedEdit; readonly previous: Edit }
  /** With `previous`, the event's other time as it is queued, the event would end before it starts; nothing was done. */
  | { readonly kind: 'out-of-order'; readonly edit: WantedEdit; readonly previous: Edit };

/** What staging one wanted edit came to, with how PERSCOM refused or ignored its field, if it did when that was last sent. */
export type Staged = Outcome & { readonly known?: KnownRefusal };

/** A wanted edit in whose way another moderator's stands. */
export type Contested = Extract<Staged, { readonly kind: 'contested' }>;

/** A wanted time that does not fit the event's other one, as that is queued. */
export type Disordered = Extract<Staged, { readonly kind: 'out-of-order' }>;

/** Which queued edits somebody may replace or take back without being asked: their own, and those with `ids`. */
export const replaceableBy =
  (userId: string, ids: readonly number[]) =>
  (edit: Edit): boolean =>
    edit.userId === userId || ids.includes(edit.id);

type MayReplace = ReturnType<typeof replaceableBy>;

/** What was queued for a field when its author was shown what staging would do: the edit's id; null for nothing. */
export type SeenEdit = { readonly eventId: EventId; readonly field: Field; readonly editId: number | null };

/** What a staging goes by besides the queue. */
export type Basis = {
  /** Of an event of which this is not so any more, nothing is staged. */
  readonly seen?: readonly SeenEdit[];
  /** The events that take all day: they may end as they start. */
  readonly allDay?: readonly EventId[];
};

const findAt = <Place extends Pick<WantedEdit, 'eventId' | 'field'>>(
  all: readonly Place[],
  { eventId, field }: Pick<WantedEdit, 'eventId' | 'field'>,
): Place | undefined => all.find((one) => one.eventId === eventId && one.field === field);

/** Whether something else is queued than was seen, which is neither what is wanted nor to be asked about. */
function isOutdated(
  seen: SeenEdit,
  edits: readonly Edit[],
  wanted: readonly WantedEdit[],
  mayReplace: MayReplace,
): boolean {
  const [now, own] = [findAt(edits, seen), findAt(wanted, seen)];
  if ((now?.id ?? null) === seen.editId) return false;
  if (now === undefined || own === undefined) return true;
  return !sameValue(now.wanted, own.wanted) && mayReplace(now);
}

function stageOne(edits: readonly Edit[], edit: WantedEdit, mayDrop: boolean, mayReplace: MayReplace): Staged {
  const previous = findAt(edits, edit);
  const holds = mayDrop && meansSame(edit.wanted, edit.base);
  if (previous === undefined) return holds ? { kind: 'holds', edit } : { kind: 'queued', edit };
  const isFree = mayReplace(previous);
  if (holds && isFree) return { kind: 'withdrawn', edit, previous };
  if (sameValue(edit.wanted, previous.wanted)) return { kind: 'already-queued', edit, previous };
  return { kind: isFree ? 'replaced' : 'contested', edit, previous };
}

const OTHER_TIME: Partial<Record<Field, Field>> = { starts: 'ends', ends: 'starts' };

/** Whether two edits of an event's times, one the start and one the end, have it end too early. */
function isTurnedAround(edit: WantedEdit, other: WantedEdit, all_day: boolean): boolean {
  const [start, end] = edit.field === 'starts' ? [edit, other] : [other, edit];
  const [starts, ends] = [start.wanted, end.wanted];
  return typeof starts === 'string' && typeof ends === 'string' && endsTooEarly({ starts, ends, all_day });
}

type IsAllDay = (eventId: EventId) => boolean;

/**
 * Refuses a time that does not fit the event's other one as it stays queued, which its author cannot have seen. Where both are
 * asked for, their form has looked at them; a flush holds back what gets past either.
 */
function checkOrder(entry: Staged, edits: readonly Edit[], all: readonly Staged[], isAllDay: IsAllDay): Staged {
  const { edit, kind } = entry;
  const isAskedFor = (one: Edit): boolean =>
    all.some((own) => own.kind !== 'already-queued' && isSamePlace(own.edit, one));
  const other = edits.find((one) => one.eventId === edit.eventId && one.field === OTHER_TIME[edit.field]);
  const isAdded = kind === 'queued' || kind === 'replaced';
  if (!isAdded || other === undefined || isAskedFor(other)) return entry;
  return isTurnedAround(edit, other, isAllDay(edit.eventId)) ? { kind: 'out-of-order', edit, previous: other } : entry;
}

/** Whether an edit is about one of an event's times. */
export const isTime = ({ field }: WantedEdit): boolean => FIELDS[field].input.kind === 'time';

/** Whether an edit says when its event is: by a time, or by whether it takes all day. */
const isWhen = (edit: WantedEdit): boolean => isTime(edit) || edit.field === 'all_day';

/** What says when an event is, and is asked for together, is queued together: half of a move would tear the event apart. */
function holdTogether(all: readonly Staged[]): readonly Staged[] {
  const refused = all.filter(({ kind, edit }) => (kind === 'contested' || kind === 'out-of-order') && isWhen(edit));
  const torn = new Set(refused.map(({ edit }) => edit.eventId));
  return all.map((entry) => {
    const { edit, kind } = entry;
    const isDone = kind === 'queued' || kind === 'replaced' || kind === 'withdrawn';
    return isDone && isWhen(edit) && torn.has(edit.eventId) ? { kind: 'held', edit } : entry;
  });
}

/** Edits as they are shown: those of one event together, events as first staged, fields in display order. */
export function arrange(edits: readonly Edit[]): readonly Edit[] {
  const events = [...new Set(edits.map(({ eventId }) => eventId))];
  const rank = ({ eventId, field }: Edit): number =>
    events.indexOf(eventId) * FIELD_NAMES.length + FIELD_NAMES.indexOf(field);
  return [...edits].sort((a, b) => rank(a) - rank(b));
}

/**
 * What staging `wanted` into a queue of `edits` comes to, in the order of `wanted`. An edit that asks for its own base is
 * dropped only if `mayDrop`: when the base was just read, and no flush is under way that may alter it. An edit in the way is
 * replaced or taken back only if `mayReplace` says so of it. A time that would have its event end before a queued start, or
 * start after a queued end, is not queued; nor is a time that was asked for together with one that is not. Of an event that is
 * not as it was seen, nothing is.
 */
export function stage(
  edits: readonly Edit[],
  wanted: readonly WantedEdit[],
  mayDrop: boolean,
  mayReplace: MayReplace,
  { seen = [], allDay = [] }: Basis = {},
): readonly Staged[] {
  const stale = new Set(seen.filter((one) => isOutdated(one, edits, wanted, mayReplace)).map(({ eventId }) => eventId));
  const isAllDay: IsAllDay = (eventId) => {
    const edit = findAt([...wanted, ...edits], { eventId, field: 'all_day' });
    return edit === undefined ? allDay.includes(eventId) : edit.wanted === true;
  };
  const all = wanted.map(
    (edit): Staged =>
      stale.has(edit.eventId) ? { kind: 'outdated', edit } : stageOne(edits, edit, mayDrop, mayReplace),
  );
  return holdTogether(all.map((entry) => checkOrder(entry, edits, all, isAllDay)));
}

/** `staged`, each with what is known of its field. */
export const recall = (staged: readonly Staged[], refusals: readonly KnownRefusal[]): readonly Staged[] =>
  staged.map((entry) => {
    const known = refusals.find(({ field }) => field === entry.edit.field);
    return known === undefined ? entry : { ...entry, known };
  });

/** The edits that a staging takes back. */
export const withdrawn = (staged: readonly Staged[]): readonly Edit[] =>
  staged.flatMap((entry) => (entry.kind === 'withdrawn' ? [entry.previous] : []));

/** What a staging left alone, as another moderator's edits were in the way. */
export const contested = (staged: readonly Staged[]): readonly Contested[] =>
  staged.filter((entry) => entry.kind === 'contested');

/** What a staging held back, as another time of the event that was asked for with it could not be queued. */
export const held = (staged: readonly Staged[]): readonly Staged[] => staged.filter(({ kind }) => kind === 'held');

/** What a staging left alone, as the event would end before it starts. */
export const disordered = (staged: readonly Staged[]): readonly Disordered[] =>
  staged.filter((entry) => entry.kind === 'out-of-order');

/** Whether what a staged edit asks for is queued now. */
export const isQueued = ({ kind }: Staged): boolean =>
  kind === 'queued' || kind === 'replaced' || kind === 'already-queued';

/** What a staging left alone, as the queue is not what its author was shown. */
export const outdated = (staged: readonly Staged[]): readonly Staged[] =>
  staged.filter(({ kind }) => kind === 'outdated');

/** The edits that a staging adds to the queue, each in the place of what was queued for its field. */
export const added = (staged: readonly Staged[]): readonly WantedEdit[] =>
  staged.flatMap((entry) => (entry.kind === 'queued' || entry.kind === 'replaced' ? [entry.edit] : []));
