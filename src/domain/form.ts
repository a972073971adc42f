import { endsTooEarly, type Instant } from './event.ts';
import { FIELDS, type Field, type FieldInput, type FieldValue } from './field.ts';
import { endAfter, nextAfter, readTimeInput, type StartSoFar, type Submitting } from './form-times.ts';
import type { WantedEdit } from './queue.ts';
import { assertNever, err, ok, type Result } from './result.ts';
import {
  isChoice,
  isStrings,
  type Snapshot,
  type SnapshotField,
  type Typed,
  type TypedForm,
  tidyTyped,
  typedOf,
} from './snapshot.ts';
import { isEmptied, isRich, parseRichText, type TextError } from './texts/text-field.ts';
import type { Candidate, TimeError } from './times/typed-time.ts';
import { sameValue } from './value.ts';

/** Why the content of one input cannot be taken. */
export type FieldError =
  | TimeError
  | TextError
  | { readonly kind: 'must-not-be-empty' }
  | { readonly kind: 'too-long'; readonly characters: number; readonly maxCharacters: number }
  | { readonly kind: 'not-a-user-id' }
  /** The field changed after the form was opened, and nobody knows any more what the form showed. */
  | { readonly kind: 'changed-meanwhile' }
  | {
      readonly kind: 'ends-too-early';
      readonly starts: Instant;
      readonly ends: Instant;
      /** The same time of day after the start, where the end alone was typed or both were. */
      readonly candidates: readonly Candidate[];
    }
  /** It means this time, if it is one, and waits for another one of its form that cannot be taken. */
  | { readonly kind: 'held'; readonly instant: Instant | null };

/** An input that cannot be taken, with what was typed. */
export type RefusedInput = { readonly field: Field; readonly typed: Typed; readonly error: FieldError };

/** Members of a set that PERSCOM has and no form offers; they stay in whatever is chosen. */
const unofferedMembers = (input: FieldInput, shown: FieldValue): readonly string[] =>
  isStrings(shown) ? shown.filter((member) => !isChoice(input, member)) : [];

/** What an input asks for. */
type Read = { readonly value: FieldValue /** On whose clocks a time was read. */; readonly zone?: string };

type Parsed = Result<Read, FieldError>;

const EMPTY = err({ kind: 'must-not-be-empty' } as const);

const asRead = (value: FieldValue): Parsed => ok({ value });

function parseText(text: string, input: Extract<FieldInput, { kind: 'text' }>): Parsed {
  if (text === '') return input.mayBeEmpty ? asRead(null) : EMPTY;
  const characters = [...text].length;
  const { maxCharacters } = input;
  return characters > maxCharacters ? err({ kind: 'too-long', characters, maxCharacters }) : asRead(text);
}

function parseUserId(text: string): Parsed {
  if (text === '') return EMPTY;
  return /^[1-9]\d{0,14}$/.test(text) ? asRead(Number(text)) : err({ kind: 'not-a-user-id' });
}

/** Everything that an input may be read against. */
type Context = {
  readonly snapshot: Snapshot;
  readonly typedForm: TypedForm;
  readonly start: StartSoFar;
  readonly submitting: Submitting;
};

function parseTimeInput({ field, shown }: SnapshotField, text: string, mayBeEmpty: boolean, context: Context): Parsed {
  if (text === '') return mayBeEmpty ? asRead(null) : EMPTY;
  const input = { field, shown: typeof shown === 'string' ? shown : null, text };
  const { snapshot, typedForm, start, submitting } = context;
  const read = readTimeInput(snapshot, input, typedForm, start, submitting);
  return read.ok ? ok({ value: read.value.instant, zone: read.value.zone }) : read;
}

function parseInput(of: SnapshotField, typed: Typed, context: Context): Parsed {
  const { input } = FIELDS[of.field];
  const text = typeof typed === 'string' ? typed : '';
  const chosen = isStrings(typed) ? typed : [];
  switch (input.kind) {
    case 'flag':
      return asRead(typed === true);
    case 'set':
      return asRead([...chosen, ...unofferedMembers(input, of.shown)]);
    case 'calendar':
      return chosen[0] === undefined ? EMPTY : asRead(Number(chosen[0]));
    case 'time':
      return parseTimeInput(of, text, input.mayBeEmpty, context);
    case 'text':
      return parseText(text, input);
    case 'user':
      return parseUserId(text);
    default:
      return assertNever(input);
  }
}

function parseEntry(of: SnapshotField, typed: Typed, isTyped: boolean, context: Context): Parsed {
  const { field, shown, text } = of;
  if (!isRich(field) || text === null || typeof typed !== 'string') return parseInput(of, typed, context);
  const value = parseRichText({ field, shown, text }, { typed, isTyped }, context.submitting.texts);
  return value.ok ? asRead(value.value) : value;
}

/** A touched input; `typed` is null for an end that moves along with its start. */
type Entry = { readonly of: SnapshotField; readonly typed: Typed | null; readonly parsed: Parsed };

/** The start that a form asks for so far, else the one that there is; null where it was refused. */
function startSoFar(snapshot: Snapshot, entries: readonly Entry[]): StartSoFar {
  const entry = entries.find(({ of }) => of.field === 'starts');
  if (entry === undefined) return snapshot.starts;
  return entry.parsed.ok && typeof entry.parsed.value.value === 'string' ? entry.parsed.value.value : null;
}

function touchedEntries(snapshot: Snapshot, typedForm: TypedForm, submitting: Submitting): readonly Entry[] {
  const entries: Entry[] = [];
  for (const of of snapshot.fields) {
    const given = typedForm.get(of.field);
    if (given === undefined) continue;
    const typed = tidyTyped(given);
    const isTyped = !sameValue(typed, typedOf(snapshot, of));
    if (!isTyped && !submitting.texts.files.has(of.field) && !isEmptied(of, submitting.texts)) continue;
    const context = { snapshot, typedForm, start: startSoFar(snapshot, entries), submitting };
    entries.push({ of, typed, parsed: parseEntry(of, typed, isTyped, context) });
  }
  return entries;
}

/** Whether somebody has queued an end of its own for an event whose start they left: it stays where it can. */
const isEndChosen = ({ queued }: Snapshot): boolean =>
  queued.some(({ field }) => field === 'ends') && !queued.some(({ field }) => field === 'starts');

/** The entries, with that of an end which nobody touched while its start moves: the event stays as long as it is. */
function moveEnd(snapshot: Snapshot, entries: readonly Entry[]): readonly Entry[] {
  const of = snapshot.fields.find(({ field }) => field === 'ends');
  const start = startSoFar(snapshot, entries);
  if (of === undefined || typeof of.shown !== 'string' || start === null || start === snapshot.starts) return entries;
  if (entries.some((entry) => entry.of.field === 'ends') || (isEndChosen(snapshot) && of.shown > start)) return entries;
  const moved = endAfter(snapshot, of.shown, start);
  return moved === null ? entries : [...entries, { of, typed: null, parsed: asRead(moved) }];
}

/** The value that `field` would have after `entries`: the one parsed, else the one shown. Null where it was refused. */
function resulting(field: Field, snapshot: Snapshot, entries: readonly Entry[]): FieldValue {
  const entry = entries.find(({ of }) => of.field === field);
  if (entry !== undefined) return entry.parsed.ok ? entry.parsed.value.value : null;
  return snapshot.fields.find((of) => of.field === field)?.shown ?? null;
}

/** Refuses what was touched of an event's times, or else of *All day*, where it would end before it starts. */
function checkOrder(snapshot: Snapshot, entries: readonly Entry[]): readonly Entry[] {
  const starts = resulting('starts', snapshot, entries);
  const ends = resulting('ends', snapshot, entries);
  const all_day = resulting('all_day', snapshot, entries) === true;
  if (typeof starts !== 'string' || typeof ends !== 'string') return entries;
  if (!endsTooEarly({ starts, ends, all_day })) return entries;
  const isStartOrEnd = ({ of }: Entry): boolean => of.field === 'starts' || of.field === 'ends';
  const isCulprit = entries.some(isStartOrEnd) ? isStartOrEnd : ({ of }: Entry): boolean => of.field === 'all_day';
  const refuse = ({ of, parsed }: Entry): Parsed => {
    const zone = of.field === 'ends' && parsed.ok ? parsed.value.zone : undefined;
    const candidates = zone === undefined ? [] : nextAfter(starts, ends, zone);
    return err({ kind: 'ends-too-early', starts, ends, candidates });
  };
  return entries.map((entry) => (isCulprit(entry) ? { ...entry, parsed: refuse(entry) } : entry));
}

/** Whether a field says when its event is: its times, and whether these are whole days. */
const isWhen = ({ field }: { readonly field: Field }): boolean =>
  field === 'all_day' || FIELDS[field].input.kind === 'time';

/** Holds back the times of a form of which one is refused, with *All day*: half of a move would tear the event apart. */
function holdTogether(entries: readonly Entry[], lost: readonly RefusedInput[]): readonly Entry[] {
  const isTorn = lost.some(isWhen) || entries.some(({ of, parsed }) => !parsed.ok && isWhen(of));
  if (!isTorn) return entries;
  return entries.map((entry) => {
    const { of, parsed } = entry;
    if (!parsed.ok || !isWhen(of)) return entry;
    const { value } = parsed.value;
    return { ...entry, parsed: err({ kind: 'held', instant: typeof value === 'string' ? value : null }) };
  });
}

/** How a typed time was understood. */
export type Echo = { readonly field: Field; readonly typed: string; readonly zone: string };

/** What a submitted form asks for. */
export type ParsedForm = {
  readonly edits: readonly WantedEdit[];
  readonly refused: readonly RefusedInput[];
  readonly echoes: readonly Echo[];
  /** The end as it was shown, where it moves along with the start; else null. */
  readonly oldEnd: Instant | null;
};

const echoOf = ({ of, typed, parsed }: Entry): readonly Echo[] =>
  typeof typed === 'string' && parsed.ok && parsed.value.zone !== undefined
    ? [{ field: of.field, typed, zone: parsed.value.zone }]
    : [];

/**
 * What a submitted form asks for. Inputs that are untouched, or not in `typedForm`, ask for nothing, but for an end whose start
 * moves; the rest become wanted edits or are refused one by one, so that one bad input never costs a good one. Only times, and
 * *All day* with them, wait for each other, and for those of the inputs that were `lost` before.
 */
export function parseForm(
  snapshot: Snapshot,
  typedForm: TypedForm,
  submitting: Submitting,
  lost: readonly RefusedInput[] = [],
): ParsedForm {
  const { eventId, eventName, eventPage } = snapshot;
  const ordered = checkOrder(snapshot, moveEnd(snapshot, touchedEntries(snapshot, typedForm, submitting)));
  const entries = holdTogether(ordered, lost);
  const edits = entries.flatMap(({ of, parsed }): readonly WantedEdit[] => {
    if (!parsed.ok) return [];
    return [{ eventId, eventName, eventPage, field: of.field, base: of.live, wanted: parsed.value.value }];
  });
  const refused = entries.flatMap(({ of, typed, parsed }): readonly RefusedInput[] =>
    parsed.ok || typed === null ? [] : [{ field: of.field, typed, error: parsed.error }],
  );
  const moved = entries.find(({ typed, parsed }) => typed === null && parsed.ok)?.of.shown;
  return {
    edits,
    refused: [...lost, ...refused],
    echoes: entries.flatMap(echoOf),
    oldEnd: typeof moved === 'string' ? moved : null,
  };
}
