import type { Change, Field } from './fields.ts';
import { invalid } from './refusal.ts';
import type { World } from './world.ts';

/** The fields sent for one event, and how errors about them are called. */
export type Sent = {
  readonly key: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** The key of a field in `errors`. */
  readonly nameOf: (field: string) => string;
  /** The name of a field inside an error's text. */
  readonly labelOf: (field: string) => string;
};

/**
 * What each of `all` would change, by key; an entry without any known field has none.
 * Refuses with every error there is, ordered by field, then as sent.
 */
export function validate(all: readonly Sent[], fields: readonly Field[], world: World): Map<string, Change> {
  const changes = new Map<string, Change>();
  const errors: Record<string, string[]> = {};
  for (const { name, parse } of fields) {
    for (const sent of all.filter(({ values }) => Object.hasOwn(values, name))) {
      const parsed = parse({ value: sent.values[name], label: sent.labelOf(name), world });
      if (parsed.ok) changes.set(sent.key, merge(changes.get(sent.key), parsed.value));
      else errors[sent.nameOf(name)] = [parsed.error];
    }
  }
  if (Object.keys(errors).length > 0) throw invalid(errors);
  return changes;
}

function merge(one: Change | undefined, other: Change): Change {
  if (one === undefined) return other;
  return {
    set: { ...one.set, ...other.set },
    sent: { ...one.sent, ...other.sent },
    unknownColumn: one.unknownColumn || other.unknownColumn,
  };
}
