import { changed } from './event.ts';
import { type Change, DOCUMENTED_FIELDS, SHIPPED_FIELDS } from './fields.ts';
import { exception, type FieldErrors, invalid, phpError } from './refusal.ts';
import { isRecord } from './request.ts';
import { type Sent, validate } from './validate.ts';
import type { StoredEvent, World } from './world.ts';

/** Which server is simulated: as its API reference promises, or as it was recorded. */
export type Profile = 'documented' | 'shipped';

/** What a batch needs besides its input. */
type BatchScope = {
  readonly profile: Profile;
  readonly world: World;
  readonly nowMs: number;
  /** Throws when the key may not change events; asked for every event found. */
  readonly mayUpdate: () => void;
};

/** An event after its change, with the ids as they were sent. */
export type Updated = { readonly event: StoredEvent; readonly sent: Change['sent'] };

const NO_CHANGE: Change = { set: {}, sent: {}, unknownColumn: false };

/** Applies the `resources` of a batch, all or none; the updated events by ascending id, unknown ids left out. */
export function updateBatch(input: Record<string, unknown>, scope: BatchScope): Updated[] {
  const resources = readResources(input, scope.profile);
  const changes = validate(sentResources(resources), fieldsOf(scope.profile), scope.world);
  const updated = matches(resources, scope).map((event) => {
    scope.mayUpdate();
    const change = changes.get(String(event.id)) ?? withoutRules(scope.profile);
    return { event: changed(event, change, scope.nowMs), sent: change.sent };
  });
  for (const { event } of updated) scope.world.events.set(event.id, event);
  return updated;
}

/** Applies the body of a PATCH to one event; here a body without any known field is fine. */
export function updateOne(event: StoredEvent, input: Record<string, unknown>, scope: BatchScope): Updated {
  const sent = { key: '', values: input, nameOf: String, labelOf: (field: string) => field.replaceAll('_', ' ') };
  const change = validate([sent], fieldsOf(scope.profile), scope.world).get('') ?? NO_CHANGE;
  scope.mayUpdate();
  const next = changed(event, change, scope.nowMs);
  scope.world.events.set(next.id, next);
  return { event: next, sent: change.sent };
}

function fieldsOf(profile: Profile) {
  return profile === 'shipped' ? SHIPPED_FIELDS : DOCUMENTED_FIELDS;
}

/** A resource without any validated field reaches a function that wants an array as null. */
function withoutRules(profile: Profile): Change {
  if (profile === 'shipped') throw phpError();
  return NO_CHANGE;
}

type Resources = Readonly<Record<string, unknown>> | readonly unknown[];

const REQUIRED = 'The resources field is required.';
const NO_ARRAY = 'The resources field must be an array.';

function readResources(input: Record<string, unknown>, profile: Profile): Resources {
  const { resources } = input;
  if (!Object.hasOwn(input, 'resources')) throw invalid({ resources: [REQUIRED] });
  if (resources === null) throw invalid({ resources: [NO_ARRAY, REQUIRED] });
  if (!isRecord(resources) && !Array.isArray(resources)) throw invalid({ resources: [NO_ARRAY] });
  if (Object.keys(resources).length === 0) throw invalid({ resources: [REQUIRED] });
  if (profile === 'documented') refuseUndocumentedShapes(resources);
  return resources;
}

function refuseUndocumentedShapes(resources: Resources): void {
  if (Array.isArray(resources)) throw invalid({ resources: [NO_ARRAY] });
  const wrong = Object.entries(resources).filter(([, values]) => !isRecord(values));
  const errors: FieldErrors = Object.fromEntries(
    wrong.map(([key]) => [`resources.${key}`, [`The resources.${key} field must be an array.`]]),
  );
  if (wrong.length > 0) throw invalid(errors);
}

function sentResources(resources: Resources): Sent[] {
  return Object.entries(resources).flatMap(([key, values]) => {
    const nameOf = (field: string) => `resources.${key}.${field}`;
    return isRecord(values) ? [{ key, values, nameOf, labelOf: nameOf }] : [];
  });
}

/** The events meant: for an object its keys are the ids, for a list (shipped) its values are. */
function matches(resources: Resources, { world, profile }: BatchScope): StoredEvent[] {
  const keys = Array.isArray(resources) ? flattened(resources) : Object.keys(resources);
  const ids = new Set(keys.map(profile === 'shipped' ? looseNumber : canonicalNumber));
  return [...world.events.values()].filter(({ id }) => ids.has(id)).sort((one, other) => one.id - other.id);
}

/** A list's values one level down; the query builder refuses a list that grows by that. */
function flattened(resources: readonly unknown[]): unknown[] {
  const flat = resources.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : [item]));
  if (flat.length !== resources.length) throw exception('InvalidArgumentException');
  return flat;
}

/** A key as SQL compares it with a number: by the number it begins with. */
function looseNumber(key: unknown): number {
  return Number.parseFloat(String(key)) || 0;
}

function canonicalNumber(key: unknown): number {
  return /^[1-9]\d*$/.test(String(key)) ? Number(key) : 0;
}
