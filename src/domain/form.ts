import { type EventId, type EventRecord, endsTooEarly, type Instant } from './event.ts';
import { FIELDS, type Field, type FieldInput, type FieldValue, type Form, fieldsOf } from './field.ts';
import type { Edit, WantedEdit } from './queue.ts';
import { assertNever, err, ok, type Result } from './result.ts';
import { formatTime, parseTime, type TimeError } from './time.ts';
import { sameValue, tidyText } from './value.ts';

/** What an input of a form holds: text, a tick, or the chosen values. */
export type Typed = string | boolean | readonly string[];

/** What was typed, per field of a form. */
export type TypedForm = ReadonlyMap<Field, Typed>;

/** One field of an opened form. */
export type SnapshotField = {
  readonly field: Field;
  /** What PERSCOM held when the form was opened. */
  readonly live: FieldValue;
  /** What the form showed: the queued value where there is one, else `live`. */
  readonly shown: FieldValue;
};

/** What a form showed when it was opened; an input that still says the same was not touched. */
export type Snapshot = {
  readonly form: Form;
  readonly eventId: EventId;
  readonly eventName: string;
  readonly eventPage: string | null;
  readonly fields: readonly SnapshotField[];
};

/** Why the content of one input cannot be taken. */
export type FieldError =
  | TimeError
  | { readonly kind: 'must-not-be-empty' }
  | { readonly kind: 'too-long'; readonly characters: number; readonly maxCharacters: number }
  | { readonly kind: 'not-a-user-id' }
  /** The field changed after the form was opened, and nobody knows any more what the form showed. */
  | { readonly kind: 'changed-meanwhile' }
  | { readonly kind: 'ends-too-early'; readonly starts: Instant; readonly ends: Instant };

/** An input that cannot be taken, with what was typed. */
export type RefusedInput = { readonly field: Field; readonly typed: Typed; readonly error: FieldError };

/** The longest text that a Discord text input takes, in UTF-16 units (Discord docs, Text Input). */
export const MAX_INPUT_LENGTH = 4000;

/** Whether `value` is a text that no form can show, and so none may overwrite by accident. */
export const isTooLongToShow = (value: FieldValue): boolean =>
  typeof value === 'string' && value.length > MAX_INPUT_LENGTH;

/** The form `form` of `event`, with the queued edits of that event shown in place of what PERSCOM holds. */
export function snapshotOf(event: EventRecord, form: Form, edits: readonly Edit[]): Snapshot {
  const fields = fieldsOf(form).map((field): SnapshotField => {
    const queued = edits.find((edit) => edit.eventId === event.id && edit.field === field);
    const live = event.values[field];
    return { field, live, shown: queued === undefined ? live : queued.wanted };
  });
  return { form, eventId: event.id, eventName: event.values.name, eventPage: event.page, fields };
}

/** What the input of `field` holds when it shows `value`; times in `zone`. */
export function typedOf(field: Field, value: FieldValue, zone: string): Typed {
  const { input } = FIELDS[field];
  switch (input.kind) {
    case 'flag':
      return value === true;
    case 'set':
      return isStrings(value) ? value.filter((member) => isChoice(input, member)) : [];
    case 'calendar':
      return value === null ? [] : [String(value)];
    case 'time':
      return typeof value === 'string' ? formatTime(value, zone) : '';
    case 'text':
    case 'user':
      return value === null || isTooLongToShow(value) ? '' : tidyText(String(value));
    default:
      return assertNever(input);
  }
}

const isStrings = (value: FieldValue | Typed): value is readonly string[] => Array.isArray(value);

const isChoice = (input: FieldInput, member: string): boolean =>
  input.kind === 'set' && input.choices.some((choice) => choice.value === member);

/** Typed input as it compares: Discord trims texts, writes line breaks its own way, and keeps no order of choices. */
export function tidyTyped(typed: Typed): Typed {
  if (typeof typed === 'string') return tidyText(typed);
  return typeof typed === 'boolean' ? typed : [...typed].sort();
}

/** Members of a set that PERSCOM has and no form offers; they stay in whatever is chosen. */
const unofferedMembers = (input: FieldInput, shown: FieldValue): readonly string[] =>
  isStrings(shown) ? shown.filter((member) => !isChoice(input, member)) : [];

type Parsed = Result<FieldValue, FieldError>;

const EMPTY = err({ kind: 'must-not-be-empty' } as const);

function parseText(text: string, input: Extract<FieldInput, { kind: 'text' }>): Parsed {
  if (text === '') return input.mayBeEmpty ? ok(null) : EMPTY;
  const characters = [...text].length;
  const { maxCharacters } = input;
  return characters > maxCharacters ? err({ kind: 'too-long', characters, maxCharacters }) : ok(text);
}

function parseUserId(text: string): Parsed {
  if (text === '') return EMPTY;
  return /^[1-9]\d{0,14}$/.test(text) ? ok(Number(text)) : err({ kind: 'not-a-user-id' });
}

function parseInput({ field, shown }: SnapshotField, typed: Typed, zone: string): Parsed {
  const { input } = FIELDS[field];
  const text = typeof typed === 'string' ? typed : '';
  const chosen = isStrings(typed) ? typed : [];
  switch (input.kind) {
    case 'flag':
      return ok(typed === true);
    case 'set':
      return ok([...chosen, ...unofferedMembers(input, shown)]);
    case 'calendar':
      return chosen[0] === undefined ? EMPTY : ok(Number(chosen[0]));
    case 'time':
      if (text === '') return input.mayBeEmpty ? ok(null) : EMPTY;
      return parseTime(text, zone);
    case 'text':
      return parseText(text, input);
    case 'user':
      return parseUserId(text);
    default:
      return assertNever(input);
  }
}

type Entry = { readonly of: SnapshotField; readonly typed: Typed; readonly parsed: Parsed };

function touchedEntries(snapshot: Snapshot, typedForm: TypedForm, zone: string): readonly Entry[] {
  return snapshot.fields.flatMap((of): readonly Entry[] => {
    const given = typedForm.get(of.field);
    if (given === undefined) return [];
    const typed = tidyTyped(given);
    if (sameValue(typed, typedOf(of.field, of.shown, zone))) return [];
    return [{ of, typed, parsed: parseInput(of, typed, zone) }];
  });
}

/** The value that `field` would have after `entries`: the one parsed, else the one shown. Null when it was refused. */
function resulting(field: Field, snapshot: Snapshot, entries: readonly Entry[]): FieldValue {
  const entry = entries.find(({ of }) => of.field === field);
  if (entry !== undefined) return entry.parsed.ok ? entry.parsed.value : null;
  return snapshot.fields.find((of) => of.field === field)?.shown ?? null;
}

/** Refuses what was touched of an event's times, or else of *All day*, where it would end before it starts. */
function checkOrder(snapshot: Snapshot, entries: readonly Entry[]): readonly Entry[] {
  const starts = resulting('starts', snapshot, entries);
  const ends = resulting('ends', snapshot, entries);
  const all_day = resulting('all_day', snapshot, entries) === true;
  if (typeof starts !== 'string' || typeof ends !== 'string') return entries;
  if (!endsTooEarly({ starts, ends, all_day })) return entries;
  const isTime = ({ of }: Entry): boolean => of.field === 'starts' || of.field === 'ends';
  const isCulprit = entries.some(isTime) ? isTime : ({ of }: Entry): boolean => of.field === 'all_day';
  const parsed = err({ kind: 'ends-too-early', starts, ends } as const);
  return entries.map((entry) => (isCulprit(entry) ? { ...entry, parsed } : entry));
}

/**
 * What a submitted form asks for. Inputs that are untouched, or not in `typedForm`, ask for nothing; the rest become wanted edits or are refused one by
 * one, so that one bad input never costs a good one.
 */
export function parseForm(
  snapshot: Snapshot,
  typedForm: TypedForm,
  zone: string,
): { readonly edits: readonly WantedEdit[]; readonly refused: readonly RefusedInput[] } {
  const edits: WantedEdit[] = [];
  const refused: RefusedInput[] = [];
  for (const { of, typed, parsed } of checkOrder(snapshot, touchedEntries(snapshot, typedForm, zone))) {
    const { eventId, eventName, eventPage } = snapshot;
    if (parsed.ok) edits.push({ eventId, eventName, eventPage, field: of.field, base: of.live, wanted: parsed.value });
    else refused.push({ field: of.field, typed, error: parsed.error });
  }
  return { edits, refused };
}
