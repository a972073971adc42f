import { createHash } from 'node:crypto';
import type { Field } from '../domain/field.ts';
import { type Snapshot, type SnapshotField, type Typed, tidyTyped, typedOf } from '../domain/form.ts';

/** What forms showed, by a key that a modal carries. In memory only. */
export type Snapshots = {
  /** Remembers what a form shows and answers its key. */
  remember(snapshot: Snapshot): string;
  /** What the form with this key showed; null if that is forgotten, for instance after a restart. */
  recall(key: string): Snapshot | null;
};

const MAX_SNAPSHOTS = 2_000;

/** A memory of the latest 2,000 forms; `newId` makes their keys. */
export function createSnapshots(newId: () => string): Snapshots {
  const snapshots = new Map<string, Snapshot>();
  return {
    remember(snapshot) {
      const key = newId();
      snapshots.set(key, snapshot);
      const [oldest] = snapshots.keys();
      if (snapshots.size > MAX_SNAPSHOTS && oldest !== undefined) snapshots.delete(oldest);
      return key;
    },
    recall: (key) => snapshots.get(key) ?? null,
  };
}

/**
 * The mark of what an input showed, of 10 characters. An input carries it, so that after a restart too it can be told
 * whether somebody touched the input, and whether the value has changed since.
 */
export const markOf = (typed: Typed): string =>
  createHash('sha256')
    .update(JSON.stringify(tidyTyped(typed)))
    .digest('base64url')
    .slice(0, 10);

/** What an input shows, and its mark. */
export type ShownInput = { readonly typed: Typed; readonly mark: string };

/** What the inputs of a form show. */
export function showInputs({ fields }: Snapshot, zone: string): ReadonlyMap<Field, ShownInput> {
  const show = ({ field, shown }: SnapshotField): [Field, ShownInput] => {
    const typed = typedOf(field, shown, zone);
    return [field, { typed, mark: markOf(typed) }];
  };
  return new Map(fields.map(show));
}
