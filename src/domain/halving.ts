import type { Change } from './change.ts';
import type { Verdict } from './verdict.ts';

/** Changes that are only sent together: a start without its end could turn an event around. */
export type Unit = readonly Change[];

const keyOf = ({ edit }: Change): string =>
  edit.field === 'starts' || edit.field === 'ends' ? `${edit.eventId} times` : `${edit.eventId} ${edit.field}`;

/** The smallest parts in which `changes` can be sent. */
export function unitsOf(changes: readonly Change[]): readonly Unit[] {
  const units = new Map<string, Change[]>();
  for (const change of changes) {
    const unit = units.get(keyOf(change)) ?? [];
    unit.push(change);
    units.set(keyOf(change), unit);
  }
  return [...units.values()];
}

/** The first and the second half of more than one unit. */
export function halve(units: readonly Unit[]): readonly [readonly Unit[], readonly Unit[]] {
  const middle = Math.ceil(units.length / 2);
  return [units.slice(0, middle), units.slice(middle)];
}

/** The rejected changes of a batch on which the server failed for a reason that nobody knows; none of any other. */
export function unexplained(verdicts: readonly Verdict[]): readonly Change[] {
  const isUnexplained = ({ refusal }: Verdict): boolean =>
    refusal?.kind === 'call' && refusal.error.kind === 'server-error';
  if (verdicts.some(({ kind }) => kind === 'unknown')) return [];
  return verdicts
    .filter((verdict) => verdict.kind === 'rejected' && isUnexplained(verdict))
    .map(({ change }) => change);
}
