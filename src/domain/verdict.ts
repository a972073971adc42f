import { type ApiError, type FieldRefusal, mayHaveLanded, mayYetLand } from './api-error.ts';
import { type Change, changesIn, type Events } from './change.ts';
import { FIELDS, type FieldValue } from './field.ts';
import type { Refusal } from './refusal.ts';
import type { Result } from './result.ts';
import { meansSame, sameValue } from './value.ts';

/** What became of one change in a flush, known from reading the event again. */
export type Verdict = {
  readonly change: Change;
  readonly kind: 'applied' | 'normalised' | 'ignored' | 'rejected' | 'missing' | 'unknown';
  /** What PERSCOM held when it was read again; null when it could not be read, or the event is gone. */
  readonly after: { readonly value: FieldValue } | null;
  /** Null for what was applied or normalised. */
  readonly refusal: Refusal | null;
};

/** What a batch PATCH ended with: nothing more than whether the server took it. */
export type Answer = Result<null, ApiError>;

const isAbout = (refusal: FieldRefusal, change: Change): boolean =>
  refusal.eventId === change.edit.eventId && refusal.field === change.edit.field;

const isSuspect = ({ edit }: Change): boolean => FIELDS[edit.field].isRefusedAsShipped;

function refusalFrom(error: ApiError, change: Change, batch: readonly Change[]): Refusal {
  if (error.kind === 'server-error' && batch.some(isSuspect))
    return { kind: isSuspect(change) ? 'suspect' : 'beside-suspect', status: error.status };
  if (error.kind === 'server-error' && batch.length === 1) return { kind: 'culprit', status: error.status };
  if (error.kind !== 'invalid') return { kind: 'call', error };
  const own = error.refusals.filter((refusal) => isAbout(refusal, change));
  if (own.length > 0) return { kind: 'field', text: own.map(({ text }) => text).join(' ') };
  if (error.refusals.some((refusal) => batch.some((other) => isAbout(refusal, other)))) return { kind: 'other-fields' };
  return { kind: 'batch', text: error.refusals.map(({ text }) => text).join(' ') };
}

function judgeUnread(change: Change, answer: Answer, batch: readonly Change[]): Verdict {
  if (answer.ok) return { change, kind: 'unknown', after: null, refusal: { kind: 'not-read' } };
  const kind = mayHaveLanded(answer.error) ? 'unknown' : 'rejected';
  return { change, kind, after: null, refusal: refusalFrom(answer.error, change, batch) };
}

function judgeOne(change: Change, answer: Answer, batch: readonly Change[], after: Events, isOver: boolean): Verdict {
  const event = after.get(change.edit.eventId);
  if (event === undefined) return missing(change);
  const { edit, live } = change;
  const value = event.values[edit.field];
  const seen = { change, after: { value } };
  if (sameValue(value, edit.wanted)) return { ...seen, kind: 'applied', refusal: null };
  if (meansSame(value, edit.wanted)) return { ...seen, kind: 'normalised', refusal: null };
  if (answer.ok)
    return { ...seen, kind: 'ignored', refusal: { kind: meansSame(value, live) ? 'ignored' : 'other-value' } };
  const kind = !isOver && mayYetLand(answer.error) ? 'unknown' : 'rejected';
  return { ...seen, kind, refusal: refusalFrom(answer.error, change, batch) };
}

const missing = (change: Change): Verdict => ({ change, kind: 'missing', after: null, refusal: { kind: 'gone' } });

/**
 * What became of each change, given the server's answer to those that were ready and the events read again after it
 * (null: they could not be). What was gone before was not sent, and is missing. What is not there yet is unknown while it
 * may yet land, and rejected once that `isOver`.
 */
export function judge(
  changes: readonly Change[],
  answer: Answer,
  after: Events | null,
  isOver = false,
): readonly Verdict[] {
  const batch = changesIn(changes, 'ready');
  return changesIn(changes, 'ready', 'gone').map((change) => {
    if (change.state === 'gone') return missing(change);
    return after === null ? judgeUnread(change, answer, batch) : judgeOne(change, answer, batch, after, isOver);
  });
}

/** Whether the server now holds what was wanted. */
export const isStored = (verdict: Verdict): boolean => verdict.kind === 'applied' || verdict.kind === 'normalised';

/**
 * The verdicts of a later look at the same flush: what was seen to be stored stays so, whatever others have done since,
 * and a look that saw nothing changes nothing.
 */
export const amend = (before: readonly Verdict[], now: readonly Verdict[]): readonly Verdict[] =>
  now.map((verdict) => {
    const earlier = before.find(({ change }) => change.edit.id === verdict.change.edit.id);
    const isKept =
      earlier !== undefined && (isStored(earlier) || (verdict.after === null && verdict.kind === 'unknown'));
    return isKept ? earlier : verdict;
  });

/** Where a flush stands after its verdicts: nothing unknown may be called done. */
export function outcomeOf(verdicts: readonly Verdict[], answer: Answer): 'done' | 'rejected' | 'unknown' {
  if (verdicts.some(({ kind }) => kind === 'unknown')) return 'unknown';
  return answer.ok || verdicts.every(isStored) ? 'done' : 'rejected';
}

const isAtFault = ({ refusal }: Verdict): boolean => refusal?.kind === 'field' || refusal?.kind === 'suspect';

const isStartOrEnd = ({ change }: Verdict): boolean => change.edit.field === 'starts' || change.edit.field === 'ends';

/**
 * What is worth sending again without asking for anything new: the rejected changes, less those that the server named
 * (422) or is known to break on (5xx). A start and an end go together: one without the other could turn an event around.
 * Empty when nothing was at fault, or nothing else is left.
 */
export function restOf(verdicts: readonly Verdict[]): readonly Change[] {
  const atFault = verdicts.filter(isAtFault);
  if (atFault.length === 0 || verdicts.some(({ kind }) => kind === 'unknown')) return [];
  const stuck = new Set(atFault.filter(isStartOrEnd).map(({ change }) => change.edit.eventId));
  const isHeldBack = (verdict: Verdict): boolean => isStartOrEnd(verdict) && stuck.has(verdict.change.edit.eventId);
  return verdicts
    .filter((verdict) => verdict.kind === 'rejected' && !isAtFault(verdict) && !isHeldBack(verdict))
    .map(({ change }) => change);
}
