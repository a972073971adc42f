import { parseInstant, parseWallTime } from './instant.ts';
import { exception } from './refusal.ts';
import type { World } from './world.ts';

/** A value under validation, with the name its error text calls it by. */
export type Input = { readonly value: unknown; readonly label: string; readonly world: World };

/** A value that passed, or the text that says why not. */
export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: string };

/** A validation rule. */
export type Parse<T> = (input: Input) => Parsed<T>;

/** A passed value. */
export function pass<T>(value: T): Parsed<T> {
  return { ok: true, value };
}

/** A refused value. */
function fail(error: string): Parsed<never> {
  return { ok: false, error };
}

/** Lets null through before `parse` looks. */
export function orNull<T>(parse: Parse<T>): Parse<T | null> {
  return (input) => (input.value === null ? pass(null) : parse(input));
}

/** A text of at most `max` code points. */
export function text(max: number): Parse<string> {
  return ({ value, label }) => {
    if (typeof value !== 'string') return fail(`The ${label} field must be a string.`);
    return [...value].length > max
      ? fail(`The ${label} field must not be greater than ${max} characters.`)
      : pass(value);
  };
}

/** An id as it was sent, and as it will be stored. */
type SentId = { readonly id: number; readonly sent: number | string };

const WHOLE_NUMBER = /^[+-]?(0|[1-9]\d*)$/;

/** An integer, also as a text, that is the id of a row of `table`. */
export function looseId(table: 'calendars' | 'users'): Parse<SentId> {
  return ({ value, label, world }) => {
    const isText = typeof value === 'string' && WHOLE_NUMBER.test(value);
    if (!isText && !Number.isInteger(value)) return fail(`The ${label} field must be an integer.`);
    const id = Number(value);
    return world[table].has(id) ? pass({ id, sent: isText ? value : id }) : fail(`The selected ${label} is invalid.`);
  };
}

/** A JSON integer that is the id of a row of `table`. */
export function strictId(table: 'calendars' | 'users'): Parse<SentId> {
  const loose = looseId(table);
  return (input) => (typeof input.value === 'string' ? loose({ ...input, value: undefined }) : loose(input));
}

/** A boolean as Laravel takes it: true, false, 1, 0, "1", "0". */
export function looseBoolean({ value, label }: Input): Parsed<boolean> {
  if (value === true || value === 1 || value === '1') return pass(true);
  if (value === false || value === 0 || value === '0') return pass(false);
  return fail(`The ${label} field must be true or false.`);
}

/** A JSON boolean. */
export function strictBoolean({ value, label }: Input): Parsed<boolean> {
  return typeof value === 'boolean' ? pass(value) : fail(`The ${label} field must be true or false.`);
}

/** An ISO date-time with `Z` or an offset, converted to UTC. */
export function instant({ value, label }: Input): Parsed<string> {
  const parsed = typeof value === 'string' ? parseInstant(value) : null;
  return parsed === null ? fail(`The ${label} field must be a valid date.`) : pass(parsed);
}

/** A date whose offset is thrown away, as the shipped server does. */
export function wallTime({ value, label }: Input): Parsed<string> {
  const parsed = typeof value === 'string' ? parseWallTime(value) : null;
  return parsed === null ? fail(`The ${label} field must be a valid date.`) : pass(parsed);
}

/** The rule `datetime`, which Laravel does not have: looking at any value ends in an exception. */
export function missingDatetimeRule(): never {
  throw exception('BadMethodCallException');
}

/** One of `words`, as a bare text. */
export function oneOf(words: readonly string[]): Parse<string> {
  return ({ value, label }) =>
    typeof value === 'string' && words.includes(value) ? pass(value) : fail(`The selected ${label} is invalid.`);
}

/** A list of `words`, possibly empty. */
export function listOf(words: readonly string[]): Parse<string[]> {
  return ({ value, label }) => {
    if (!Array.isArray(value)) return fail(`The ${label} field must be an array.`);
    const known = value.filter((item): item is string => typeof item === 'string' && words.includes(item));
    return known.length === value.length ? pass(known) : fail(`The selected ${label} is invalid.`);
  };
}
