import type { EventId, EventRecord, Instant } from './event.ts';
import { FIELDS, type Field, type FieldInput, type FieldValue, type Form, fieldsOf } from './field.ts';
import type { Edit, WantedEdit } from './queue.ts';
import { err, ok, type Result } from './result.ts';
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
  | { readonly kind: 'ends-before-start'; readonly starts: Instant; readonly ends: Instant };

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
    default:
      return value === null || isTooLongToShow(value) ? '' : tidyText(String(value));
  }
}

const isStrings = (value: FieldValue | Typed): value is readonly string[] => Array.isArray(value);

const isChoice = (input: FieldInput, member: string): boolean =>
  input.kind === 'set' && input.choices.some((choice) => choice.value === member);

const tidy = (typed: Typed): Typed => (typeof typed === 'string' ? tidyText(typed) : typed);

/** Members of a set that PERSCOM has and no form offers; they stay in whatever is chosen. */
const unofferedMembers = (input: FieldInput, shown: FieldValue): readonly string[] =>
  isStrings(shown) ? shown.filter((member) => !isChoice(input, member)) : [];

function parseText(text: string, input: Extract<FieldInput, { kind: 'text' }>): Result<FieldValue, FieldError> {
  if (text === '') return input.mayBeEmpty ? ok(null) : err({ kind: 'must-not-be-empty' });
  const characters = [...text].length;
  return characters > input.maxCharacters
    ? err({ kind: 'too-long', characters, maxCharacters: input.maxCharacters })
    : ok(text);
}

function parseInput({ field, shown }: SnapshotField, typed: Typed, zone: string): Result<FieldValue, FieldError> {
  const { input } = FIELDS[field];
  if (typeof typed === 'boolean') return ok(typed);
  if (typeof typed !== 'string') {
    if (input.kind === 'set') return ok([...typed, ...unofferedMembers(input, shown)]);
    return typed[0] === undefined ? err({ kind: 'must-not-be-empty' }) : ok(Number(typed[0]));
  }
  if (input.kind === 'text') return parseText(typed, input);
  if (typed === '') return input.kind === 'time' && input.mayBeEmpty ? ok(null) : err({ kind: 'must-not-be-empty' });
  if (input.kind === 'time') return parseTime(typed, zone);
  return /^[1-9]\d{0,15}$/.test(typed) ? ok(Number(typed)) : err({ kind: 'not-a-user-id' });
}

type Entry = { readonly of: SnapshotField; readonly typed: Typed; readonly read: Result<FieldValue, FieldError> };

function touchedEntries(snapshot: Snapshot, typedForm: TypedForm, zone: string): readonly Entry[] {
  return snapshot.fields.flatMap((of): readonly Entry[] => {
    const typed = tidy(typedForm.get(of.field) ?? typedOf(of.field, of.shown, zone));
    if (sameValue(typed, typedOf(of.field, of.shown, zone))) return [];
    return [{ of, typed, read: parseInput(of, typed, zone) }];
  });
}

/** The value that `field` would have after `entries`: the one read, else the one shown. Null when it was refused. */
function resulting(field: Field, snapshot: Snapshot, entries: readonly Entry[]): FieldValue {
  const entry = entries.find(({ of }) => of.field === field);
  if (entry !== undefined) return entry.read.ok ? entry.read.value : null;
  return snapshot.fields.find((of) => of.field === field)?.shown ?? null;
}

/** Refuses the touched one of two times where the event would end before, or as, it starts. PERSCOM checks no such thing. */
function checkOrder(snapshot: Snapshot, entries: readonly Entry[]): readonly Entry[] {
  const starts = resulting('starts', snapshot, entries);
  const ends = resulting('ends', snapshot, entries);
  if (typeof starts !== 'string' || typeof ends !== 'string' || ends > starts) return entries;
  const read = err({ kind: 'ends-before-start', starts, ends } as const);
  return entries.map((entry) =>
    entry.of.field === 'starts' || entry.of.field === 'ends' ? { ...entry, read } : entry,
  );
}

/**
 * What a submitted form asks for. Untouched inputs ask for nothing; the rest become wanted edits or are refused one by
 * one, so that one bad input never costs a good one.
 */
export function readForm(
  snapshot: Snapshot,
  typedForm: TypedForm,
  zone: string,
): { readonly edits: readonly WantedEdit[]; readonly refused: readonly RefusedInput[] } {
  const edits: WantedEdit[] = [];
  const refused: RefusedInput[] = [];
  for (const { of, typed, read } of checkOrder(snapshot, touchedEntries(snapshot, typedForm, zone))) {
    const { eventId, eventName, eventPage } = snapshot;
    if (read.ok) edits.push({ eventId, eventName, eventPage, field: of.field, base: of.live, wanted: read.value });
    else refused.push({ field: of.field, typed, error: read.error });
  }
  return { edits, refused };
}
