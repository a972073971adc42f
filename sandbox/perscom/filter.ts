import { parseWallTime } from './instant.ts';
import { exception, invalid, phpError } from './refusal.ts';
import { isRecord } from './request.ts';
import type { StoredEvent, World } from './world.ts';

/** Whether an event is part of a search's result. */
type Test = (event: StoredEvent) => boolean;

const DATES = ['starts', 'ends', 'registration_deadline', 'created_at', 'updated_at'] as const;
const PLAIN = [
  ...['id', 'name', 'calendar_id', 'description', 'content', 'location', 'url', 'author_id'],
  ...['all_day', 'repeats', 'registration_enabled', 'notifications_enabled'],
];
const OPERATORS = ['<', '<=', '>', '>=', '=', '!=', 'like', 'not like', 'ilike', 'not ilike', 'in', 'not in'];

type Scalar = string | number | null;

/** A column's value as SQL compares it: booleans are numbers, texts ignore case, times are `YYYY-MM-DD HH:MM:SS`. */
export function column(event: StoredEvent, field: string, world: World): Scalar {
  if (field === 'calendar.name') return scalar(world.calendars.get(event.calendar_id ?? 0)?.name);
  const value = scalar(new Map<string, unknown>(Object.entries(event)).get(field));
  return isDate(field) && typeof value === 'string' ? value.slice(0, 19).replace('t', ' ') : value;
}

/** Whether searches may filter and sort by `field`. */
export function isSearchable(field: unknown): field is string {
  return typeof field === 'string' && (PLAIN.includes(field) || isDate(field) || field === 'calendar.name');
}

/** What `filters` of a search keep: `and` binds tighter than `or`, one list may be nested in another. */
export function compileFilters(filters: unknown, world: World, path = 'filters'): Test {
  if (!Array.isArray(filters)) return () => true;
  const alternatives: Test[][] = [[]];
  filters.forEach((filter: unknown, index) => {
    const given = isRecord(filter) ? filter : {};
    if (given.type === 'or') alternatives.push([]);
    alternatives.at(-1)?.push(compile(given, `${path}.${index}`, world));
  });
  const given = alternatives.filter((tests) => tests.length > 0);
  return (event) => given.length === 0 || given.some((tests) => tests.every((test) => test(event)));
}

function compile(filter: Record<string, unknown>, at: string, world: World): Test {
  if (Array.isArray(filter.nested)) return compileFilters(filter.nested, world, `${at}.nested`);
  const { field, operator, value } = filter;
  check(filter, at);
  if (!Object.hasOwn(filter, 'value')) throw exception('ErrorException');
  if (operator === 'ilike' || operator === 'not ilike') throw exception('QueryException');
  if (!isSearchable(field)) return () => false;
  const matches = isDate(field) ? dateTest(String(operator), value) : plainTest(String(operator), value);
  return (event) => matches(column(event, field, world));
}

function check({ field, operator }: Record<string, unknown>, at: string): void {
  const missing = `The ${at}.field field is required when ${at}.nested is not present.`;
  if (field === undefined || field === null) throw invalid({ [`${at}.field`]: [missing] });
  if (!isSearchable(field)) throw invalid({ [`${at}.field`]: [`The ${String(field)} field is not whitelisted.`] });
  const isKnown = typeof operator === 'string' && OPERATORS.includes(operator);
  if (!isKnown) throw invalid({ [`${at}.operator`]: [`The selected ${at}.operator is invalid.`] });
}

/** A value at midnight is compared by date, any other as the wall time it is written as, offset or not. */
function dateTest(operator: string, value: unknown): (actual: Scalar) => boolean {
  if (value === null) return compared(operator, null);
  if (typeof value !== 'string') throw phpError();
  const wall = parseWallTime(value)?.slice(0, 19).replace('T', ' ');
  if (wall === undefined) throw exception('InvalidFormatException');
  const matches = compared(operator, wall.endsWith('00:00:00') ? wall.slice(0, 10) : wall);
  if (!wall.endsWith('00:00:00')) return matches;
  return (actual) => matches(typeof actual === 'string' ? actual.slice(0, 10) : actual);
}

function plainTest(operator: string, value: unknown): (actual: Scalar) => boolean {
  if (operator === 'in' || operator === 'not in') return listTest(operator === 'in', value);
  return compared(operator, scalar(value));
}

/** A value that is no list holds nothing, so that "1,4" finds no event. */
function listTest(isWanted: boolean, value: unknown): (actual: Scalar) => boolean {
  const items = Array.isArray(value) ? value.map(scalar) : [];
  return (actual) => actual !== null && items.some((item) => order(actual, item) === 0) === isWanted;
}

function compared(operator: string, wanted: Scalar): (actual: Scalar) => boolean {
  if (wanted === null) return (actual) => (operator === '=' ? actual === null : operator === '!=' && actual !== null);
  if (operator.endsWith('like')) return likeTest(operator === 'like', String(wanted));
  return (actual) => actual !== null && holds(operator, order(actual, wanted));
}

function holds(operator: string, difference: number): boolean {
  if (operator === '=') return difference === 0;
  if (operator === '!=') return difference !== 0;
  if (operator.endsWith('=') && difference === 0) return true;
  return operator.startsWith('<') ? difference < 0 : difference > 0;
}

function likeTest(isWanted: boolean, pattern: string): (actual: Scalar) => boolean {
  const escaped = pattern.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const like = new RegExp(`^${escaped.replaceAll('%', '.*').replaceAll('_', '.')}$`, 'isu');
  return (actual) => actual !== null && like.test(String(actual)) === isWanted;
}

/** Negative, zero or positive as `one` sorts before, with or after `other`; nulls come first. */
export function order(one: Scalar, other: Scalar): number {
  if (one === null || other === null) return Number(one !== null) - Number(other !== null);
  if (typeof one === 'number' || typeof other === 'number') return Number(one) - Number(other);
  return one < other ? -1 : Number(one > other);
}

function scalar(value: unknown): Scalar {
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? value.toLowerCase() : null;
}

function isDate(field: string): boolean {
  return DATES.some((date) => date === field);
}
