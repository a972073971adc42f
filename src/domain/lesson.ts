import type { Field } from './field.ts';
import { isOfField, type Refusal } from './refusal.ts';
import { isStored, type Verdict } from './verdict.ts';

/** What a flush teaches of fields: those that PERSCOM stored, and those that it refused or ignored, with how. */
export type Lesson = {
  readonly stored: readonly Field[];
  readonly refused: ReadonlyMap<Field, Refusal>;
};

/** Why PERSCOM did not take this very field; null where it did, or where that is not known or had another reason. */
function refusalOf({ kind, refusal }: Verdict): Refusal | null {
  if (refusal === null || (kind !== 'rejected' && kind !== 'ignored')) return null;
  return isOfField(refusal) ? refusal : null;
}

/** What `verdicts` teach. A field that was stored in one event and refused in another counts as refused. */
export function lessonOf(verdicts: readonly Verdict[]): Lesson {
  const refused = new Map<Field, Refusal>();
  for (const verdict of verdicts) {
    const refusal = refusalOf(verdict);
    if (refusal !== null) refused.set(verdict.change.edit.field, refusal);
  }
  const stored = verdicts.filter(isStored).map(({ change }) => change.edit.field);
  return { stored: [...new Set(stored)].filter((field) => !refused.has(field)), refused };
}
