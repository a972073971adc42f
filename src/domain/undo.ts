import { type Events, eventIdsOf } from './change.ts';
import type { EventId, Instant } from './event.ts';
import { FIELDS, type Field, type FieldValue } from './field.ts';
import type { Flush } from './flush.ts';
import { type Edit, isSamePlace, isTime, replaceableBy, type Staged, stage, type WantedEdit } from './queue.ts';
import { assertNever } from './result.ts';
import { meansSame } from './value.ts';
import { isStored, type Verdict } from './verdict.ts';

/** Whether and how one change that a flush applied can be put back. */
type Standing =
  /** It can be queued, in the place of what its author has queued for that field. */
  | { readonly kind: 'open'; readonly replaces: Edit | null }
  /** It is queued already, by whomever. */
  | { readonly kind: 'queued'; readonly queued: Edit }
  /** The event no longer exists. */
  | { readonly kind: 'gone' }
  /** PERSCOM holds again what was there before the flush. */
  | { readonly kind: 'holds' }
  /** PERSCOM holds something else by now: `by` a later flush; or else by somebody in PERSCOM, as far as is known. */
  | {
      readonly kind: 'changed';
      readonly written: FieldValue;
      /** When the event, by whatever field, was last changed in PERSCOM; null if that is not known. */
      readonly changedAt: Instant | null;
      readonly by: Flush | null;
    }
  /** The field was empty before, and PERSCOM does not take it empty. */
  | { readonly kind: 'was-empty' }
  /** Somebody else wants something else there. */
  | { readonly kind: 'queued-by-another'; readonly queued: Edit }
  /** With `queued`, the event's other time as that is queued, the event would end before it starts. */
  | { readonly kind: 'out-of-order'; readonly queued: Edit }
  /** Another time of the event cannot be put back, and they go together. */
  | { readonly kind: 'held' };

/** A change that a flush applied, with the edit that would put it back: from what PERSCOM holds now to what it held. */
export type Inverse = { readonly edit: WantedEdit } & Standing;

/** Whether a flush has applied anything. */
export const hasApplied = ({ verdicts }: Pick<Flush, 'verdicts'>): boolean => verdicts.some(isStored);

function mayBeEmpty(field: Field): boolean {
  const { input } = FIELDS[field];
  if (input.kind === 'time' || input.kind === 'text') return input.mayBeEmpty;
  return input.kind === 'set';
}

/** How an edit that would put something back stands to what is queued, from what staging it would come to. */
function toStanding(staged: Staged): Standing {
  switch (staged.kind) {
    case 'queued':
      return { kind: 'open', replaces: null };
    case 'replaced':
      return { kind: 'open', replaces: staged.previous };
    case 'already-queued':
      return { kind: 'queued', queued: staged.previous };
    case 'contested':
      return { kind: 'queued-by-another', queued: staged.previous };
    case 'out-of-order':
      return { kind: 'out-of-order', queued: staged.previous };
    case 'held':
    case 'outdated':
      return { kind: 'held' };
    case 'withdrawn':
    case 'holds':
      return { kind: 'holds' };
    default:
      return assertNever(staged);
  }
}

/** The events that take all day. */
export const allDayIn = (live: Events): readonly EventId[] =>
  [...live.values()].filter(({ values }) => values.all_day).map(({ id }) => id);

function invertOne({ change, after }: Verdict, live: Events): readonly Inverse[] {
  if (after === null) return [];
  const { eventId, field } = change.edit;
  const { eventName, page, live: former } = change;
  const event = live.get(eventId);
  const place = { eventId, eventName: event?.values.name ?? eventName, eventPage: event?.page ?? page, field };
  if (event === undefined) return [{ edit: { ...place, base: after.value, wanted: former }, kind: 'gone' }];
  const now = event.values[field];
  const edit = { ...place, base: now, wanted: former };
  if (meansSame(now, former)) return [{ edit, kind: 'holds' }];
  if (!meansSame(now, after.value))
    return [{ edit, kind: 'changed', written: after.value, changedAt: event.updatedAt, by: null }];
  if (meansSame(former, null) && !mayBeEmpty(field)) return [{ edit, kind: 'was-empty' }];
  return [{ edit, kind: 'open', replaces: null }];
}

/** The times of an event are put back together or not at all: half of a move would tear it apart. */
function holdTogether(inverses: readonly Inverse[]): readonly Inverse[] {
  const isLeft = ({ edit, kind }: Inverse): boolean => isTime(edit) && (kind === 'changed' || kind === 'was-empty');
  const torn = new Set(eventIdsOf(inverses.filter(isLeft).map(({ edit }) => edit)));
  return inverses.map((inverse) => {
    const { edit, kind } = inverse;
    return kind === 'open' && isTime(edit) && torn.has(edit.eventId) ? { edit, kind: 'held' } : inverse;
  });
}

/**
 * What a flush applied, turned around and held against the live events and the queue, for `userId` to queue: only what
 * still is as the flush wrote it, and nothing for which somebody else has an edit queued.
 */
export function invert(
  verdicts: readonly Verdict[],
  live: Events,
  queue: readonly Edit[],
  userId: string,
): readonly Inverse[] {
  const inverses = holdTogether(verdicts.filter(isStored).flatMap((verdict) => invertOne(verdict, live)));
  const open = inverses.filter(({ kind }) => kind === 'open').map(({ edit }) => edit);
  const staged = stage(queue, open, false, replaceableBy(userId, []), { allDay: allDayIn(live) });
  const standings = new Map(staged.map((one) => [one.edit, toStanding(one)]));
  return inverses.map((inverse) => ({ ...inverse, ...standings.get(inverse.edit) }));
}

/** The edits that put back what can be put back. */
export const wantedIn = (inverses: readonly Inverse[]): readonly WantedEdit[] =>
  inverses.filter(({ kind }) => kind === 'open').map(({ edit }) => edit);

/** Which of `later`, newest first, wrote what PERSCOM holds for `edit`; null if the last that wrote there wrote something else. */
function writerOf(edit: WantedEdit, later: readonly Flush[]): Flush | null {
  for (const flush of later) {
    const own = flush.verdicts.find((verdict) => isStored(verdict) && isSamePlace(verdict.change.edit, edit));
    if (own !== undefined) return own.after !== null && meansSame(own.after.value, edit.base) ? flush : null;
  }
  return null;
}

/** `inverses`, with those that were changed since put down to the flush that did it, if it is among `later`, newest first. */
export const attribute = (inverses: readonly Inverse[], later: readonly Flush[]): readonly Inverse[] =>
  inverses.map((inverse) => (inverse.kind === 'changed' ? { ...inverse, by: writerOf(inverse.edit, later) } : inverse));
