import { column, compileFilters, isSearchable, order } from './filter.ts';
import { exception, invalid } from './refusal.ts';
import { isRecord } from './request.ts';
import type { StoredEvent, World } from './world.ts';

const BROKEN_SCOPES = ['datePeriod', 'tags'];

/** The events a search finds, sorted as it asks, else by id; what breaks the server breaks here. */
export function search(events: readonly StoredEvent[], input: Record<string, unknown>, world: World): StoredEvent[] {
  refuseScopes(input.scopes);
  refuseAggregates(input.aggregates);
  const isWanted = compileFilters(input.filters, world);
  const compare = compileSort(input.sort, world);
  if (input.search !== undefined) throw exception('QueryException');
  return events.filter(isWanted).sort(compare);
}

function compileSort(sort: unknown, world: World): (one: StoredEvent, other: StoredEvent) => number {
  const keys = records(sort).map(({ field, direction }, index) => {
    if (isSearchable(field)) return { field, sign: direction === 'desc' ? -1 : 1 };
    throw invalid({ [`sort.${index}.field`]: [`The ${String(field)} field is not whitelisted.`] });
  });
  return (one, other) => {
    const differences = keys.map(
      ({ field, sign }) => sign * order(column(one, field, world), column(other, field, world)),
    );
    return differences.find((difference) => difference !== 0) ?? one.id - other.id;
  };
}

/** The scopes the server allows are calls to methods it does not have. */
function refuseScopes(scopes: unknown): void {
  records(scopes).forEach(({ name }, index) => {
    if (BROKEN_SCOPES.includes(String(name))) throw exception('BadMethodCallException');
    throw invalid({ [`scopes.${index}.name`]: [`The selected scopes.${index}.name is invalid.`] });
  });
}

function refuseAggregates(aggregates: unknown): void {
  records(aggregates).forEach(({ relation }, index) => {
    throw invalid({ [`aggregates.${index}.field`]: [`The ${String(relation)} field is not whitelisted.`] });
  });
}

function records(list: unknown): Record<string, unknown>[] {
  return Array.isArray(list) ? list.map((item) => (isRecord(item) ? item : {})) : [];
}
