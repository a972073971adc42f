import { z } from 'zod';
import type { Issue } from '../answer.ts';
import { isObject, type JsonObject } from '../wire.ts';

type Schema = z.core.$ZodType;
type Path = readonly (string | number)[];

/** Adds to `issues` whatever is wrong with `value`. */
export type Check = (value: unknown, path: Path, issues: Issue[]) => void;

/** What an object schema lacks or has wrong: members to judge differently (by name). */
export type Patches = ReadonlyMap<Schema, Readonly<Record<string, Schema>>>;

/** Turns a zod schema into a check that closes objects, picks unions by `type` and words issues as Discord does. */
export function schemaChecks(patches: Patches): (schema: Schema) => Check {
  const known = new Map<Schema, Check>();
  const checkOf = (schema: Schema): Check => {
    const found = known.get(schema) ?? compile(schema, checkOf, patches);
    known.set(schema, found);
    return found;
  };
  return checkOf;
}

type Compile = (schema: Schema) => Check;

function compile(schema: Schema, checkOf: Compile, patches: Patches): Check {
  if (schema instanceof z.core.$ZodLazy) return lazyCheck(schema, checkOf);
  if (schema instanceof z.core.$ZodOptional) return exempting(undefined, checkOf(schema._zod.def.innerType));
  if (schema instanceof z.core.$ZodNullable) return exempting(null, checkOf(schema._zod.def.innerType));
  if (schema instanceof z.core.$ZodObject)
    return objectCheck({ ...schema._zod.def.shape, ...patches.get(schema) }, checkOf);
  if (schema instanceof z.core.$ZodArray) return arrayCheck(schema, checkOf);
  if (schema instanceof z.core.$ZodUnion) return unionCheck(schema._zod.def.options, checkOf);
  return leafCheck(schema);
}

function lazyCheck(schema: z.core.$ZodLazy, checkOf: Compile): Check {
  return (value, path, issues) => checkOf(schema._zod.def.getter())(value, path, issues);
}

function exempting(exempt: undefined | null, inner: Check): Check {
  return (value, path, issues) => {
    if (value !== exempt) inner(value, path, issues);
  };
}

function objectCheck(shape: Readonly<Record<string, Schema>>, checkOf: Compile): Check {
  const members = Object.keys(shape);
  return (value, path, issues) => {
    if (!isObject(value)) {
      issues.push({ path, code: 'DICT_TYPE_CONVERT', message: 'Only dictionaries may be used in a DictType' });
      return;
    }
    issues.push(...unknownKeys(value, shape, path));
    for (const name of members) {
      const schema = shape[name];
      if (schema) checkOf(schema)(value[name], [...path, name], issues);
    }
  };
}

function unknownKeys(value: JsonObject, shape: Readonly<Record<string, Schema>>, path: Path): readonly Issue[] {
  const unknown = Object.keys(value).filter((key) => !(key in shape));
  return unknown.map((key) => ({
    path: [...path, key],
    code: 'UNKNOWN_KEY',
    message: `Discord knows no “${key}” here`,
  }));
}

function arrayCheck(schema: z.core.$ZodArray, checkOf: Compile): Check {
  const { element, checks = [] } = schema._zod.def;
  const lengths = leafCheck(new z.core.$ZodArray({ type: 'array', element: z.unknown(), checks }));
  return (value, path, issues) => {
    lengths(value, path, issues);
    if (!Array.isArray(value)) return;
    for (const [index, item] of value.entries()) checkOf(element)(item, [...path, index], issues);
  };
}

function unionCheck(options: readonly Schema[], checkOf: Compile): Check {
  const byType = new Map<unknown, Schema>();
  for (const option of options) for (const type of typesOf(option)) byType.set(type, option);
  return (value, path, issues) => {
    if (byType.size > 0 && isObject(value)) {
      const option = byType.get(value.type);
      if (option) checkOf(option)(value, path, issues);
      else issues.push(wrongType(path, [...byType.keys()]));
      return;
    }
    issues.push(...closest(options.map((option) => tried(checkOf(option), value, path))));
  };
}

function wrongType(path: Path, types: readonly unknown[]): Issue {
  return {
    path: [...path, 'type'],
    code: 'UNION_TYPE_CHOICES',
    message: `Value of field "type" must be one of (${types.join(', ')}).`,
  };
}

function tried(check: Check, value: unknown, path: Path): readonly Issue[] {
  const issues: Issue[] = [];
  check(value, path, issues);
  return issues;
}

/** The attempt that got furthest into the value before it failed. */
function closest(attempts: readonly (readonly Issue[])[]): readonly Issue[] {
  const depth = (issues: readonly Issue[]) =>
    issues.length === 0 ? Number.POSITIVE_INFINITY : Math.max(...issues.map((issue) => issue.path.length));
  return attempts.reduce((best, attempt) => (depth(attempt) > depth(best) ? attempt : best));
}

/** The literal values of an object schema's `type` member; empty when it does not tell itself apart that way. */
function typesOf(option: Schema): readonly unknown[] {
  const schema = option instanceof z.core.$ZodLazy ? option._zod.def.getter() : option;
  const type = schema instanceof z.core.$ZodObject ? schema._zod.def.shape.type : undefined;
  return type instanceof z.core.$ZodLiteral ? type._zod.def.values : [];
}

function leafCheck(schema: Schema): Check {
  return (value, path, issues) => {
    const { error } = z.core.safeParse(schema, value);
    for (const issue of error?.issues ?? []) issues.push(worded(issue, value, path));
  };
}

function worded(issue: z.core.$ZodIssue, value: unknown, path: Path): Issue {
  const inner = issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key));
  const isMissing = value === undefined || value === null;
  if (isMissing) return { path: [...path, ...inner], code: 'BASE_TYPE_REQUIRED', message: 'This field is required' };
  return { path: [...path, ...inner], code: codeOf(issue), message: issue.message };
}

function codeOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'too_big') return 'BASE_TYPE_MAX_LENGTH';
  if (issue.code === 'too_small') return 'BASE_TYPE_MIN_LENGTH';
  return issue.code === 'invalid_type' ? 'BASE_TYPE_CONVERT' : 'BASE_TYPE_CHOICES';
}
