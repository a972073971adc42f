import type { Events } from './change.ts';
import type { Instant } from './event.ts';
import { FIELDS, type Field, type FieldValue } from './field.ts';
import type { Flush } from './flush.ts';
import { type Edit, isSamePlace, type WantedEdit } from './queue.ts';
import { meansSame, sameValue } from './value.ts';
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
  | { readonly kind: 'queued-by-another'; readonly queued: Edit };

/** A change that a flush applied, with the edit that would put it back: from what PERSCOM holds now to what it held. */
export type Inverse = { readonly edit: WantedEdit } & Standing;

/** Whether a flush has applied anything. */
export const hasApplied = ({ verdicts }: Pick<Flush, 'verdicts'>): boolean => verdicts.some(isStored);

function mayBeEmpty(field: Field): boolean {
  const { input } = FIELDS[field];
  if (input.kind === 'time' || input.kind === 'text') return input.mayBeEmpty;
  return input.kind === 'set';
}

/** How an edit that would put something back stands to what is queued. */
function holdAgainstQueue(edit: WantedEdit, queue: readonly Edit[], userId: string): Standing {
  const queued = queue.find((other) => isSamePlace(other, edit));
  if (queued === undefined) return { kind: 'open', replaces: null };
  if (sameValue(queued.wanted, edit.wanted)) return { kind: 'queued', queued };
  return queued.userId === userId ? { kind: 'open', replaces: queued } : { kind: 'queued-by-another', queued };
}

function invertOne(
  { change, after }: Verdict,
  live: Events,
  queue: readonly Edit[],
  userId: string,
): readonly Inverse[] {
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
  return [{ edit, ...holdAgainstQueue(edit, queue, userId) }];
}

/**
 * What a flush applied, turned around and held against the live events and the queue, for `userId` to queue: only what
 * still is as the flush wrote it, and nothing for which somebody else has an edit queued.
 */
export const invert = (
  verdicts: readonly Verdict[],
  live: Events,
  queue: readonly Edit[],
  userId: string,
): readonly Inverse[] => verdicts.filter(isStored).flatMap((verdict) => invertOne(verdict, live, queue, userId));

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
