import type { EventId, EventRecord, Instant } from './event.ts';
import { FIELDS, type Field, type FieldInput, type FieldValue, type Form, fieldsOf } from './field.ts';
import type { Edit } from './queue.ts';
import { assertNever } from './result.ts';
import { type ShownText, type Syntax, showText } from './texts/text-field.ts';
import { type DayInput, showDay } from './times/day-input.ts';
import { formatTime } from './times/time.ts';
import type { Typing } from './times/typed-time.ts';
import { tidyText } from './value.ts';

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
  /** What the input of a text holds of it, worked out once, as that takes time; null for fields of other kinds. */
  readonly text: ShownText | null;
};

/** What a form showed when it was opened; an input that still says the same was not touched. */
export type Snapshot = {
  readonly form: Form;
  readonly eventId: EventId;
  readonly eventName: string;
  readonly eventPage: string | null;
  /** On whose clocks its author types; days of events that take whole days are the unit's. */
  readonly zone: string;
  readonly unitZone: string;
  /** What was queued for the event, in this form and in the others. */
  readonly queued: readonly Edit[];
  /** The event's start, and whether it takes whole days, with what is queued. */
  readonly starts: Instant;
  readonly isAllDay: boolean;
  readonly fields: readonly SnapshotField[];
};

/** In which syntax texts are written where that is not the one that goes with what is there: that of a draft. */
export type Syntaxes = ReadonlyMap<Field, Syntax>;

/** What of a snapshot tells how to read what was typed into its form, and over which values it counts. */
export type Seen = Pick<Snapshot, 'starts' | 'isAllDay' | 'fields'> &
  /** Absent in drafts of an older version. */
  Partial<Pick<Snapshot, 'zone' | 'unitZone'>> & {
    /** What the draft has of an older form, whose author left it alone in this one: it waits for them to open the draft. */
    readonly left: readonly Field[];
  };

/** What the author of a form with times saw in it, without the fields of which that is `lost`, or that they `left` alone. */
export function seenIn(
  { form, starts, isAllDay, zone, unitZone, fields }: Snapshot,
  lost: readonly { readonly field: Field }[],
  left: readonly Field[],
): Seen | null {
  const hasTimes = fieldsOf(form).some((field) => FIELDS[field].input.kind === 'time');
  const isKnown = ({ field }: SnapshotField): boolean =>
    !left.includes(field) && lost.every((one) => one.field !== field);
  return hasTimes ? { starts, isAllDay, zone, unitZone, fields: fields.filter(isKnown), left } : null;
}

/** One field of a form, of which `shown` is shown. */
export function fieldOnForm(field: Field, live: FieldValue, shown: FieldValue, syntaxes?: Syntaxes): SnapshotField {
  if (FIELDS[field].input.kind !== 'text') return { field, live, shown, text: null };
  const text = showText(field, shown);
  return { field, live, shown, text: { ...text, syntax: syntaxes?.get(field) ?? text.syntax } };
}

/** The form `form` of `event`, with the queued edits of that event shown in place of what PERSCOM holds. */
export function snapshotOf(
  { id, values, page }: EventRecord,
  form: Form,
  queued: readonly Edit[],
  { zone, unitZone }: Pick<Typing, 'zone' | 'unitZone'>,
  syntaxes?: Syntaxes,
): Snapshot {
  const own = queued.filter(({ eventId }) => eventId === id);
  const show = (field: Field): FieldValue => {
    const edit = own.find((one) => one.field === field);
    return edit === undefined ? values[field] : edit.wanted;
  };
  const starts = show('starts');
  return {
    form,
    eventId: id,
    eventName: values.name,
    eventPage: page,
    zone,
    unitZone,
    queued: own,
    starts: typeof starts === 'string' ? starts : values.starts,
    isAllDay: show('all_day') === true,
    fields: fieldsOf(form).map((field) => fieldOnForm(field, values[field], show(field), syntaxes)),
  };
}

/** Whether an input of a form is the first or last day of an event that takes whole days. */
export const takesDays = ({ isAllDay }: Pick<Snapshot, 'isAllDay'>, field: Field): boolean =>
  isAllDay && (field === 'starts' || field === 'ends');

/** On whose clocks the input of a time is shown and typed: the unit's for a day, else those of who typed. */
export const clocksOf = (snapshot: Snapshot, field: Field): string =>
  takesDays(snapshot, field) ? snapshot.unitZone : snapshot.zone;

/** A time of an event that takes whole days. */
export const dayInput = (field: Field, present: Instant | null, starts: Instant): DayInput => ({
  present,
  isEnd: field === 'ends',
  starts,
});

/** What the input of a time holds when it shows `instant`. */
export const showTimeInput = (snapshot: Snapshot, field: Field, instant: Instant): string =>
  takesDays(snapshot, field)
    ? showDay(dayInput(field, instant, snapshot.starts), snapshot.unitZone)
    : formatTime(instant, clocksOf(snapshot, field));

/** What the input of a field holds before somebody touches it. */
export function typedOf(snapshot: Snapshot, { field, shown: value, text }: SnapshotField): Typed {
  const { input } = FIELDS[field];
  switch (input.kind) {
    case 'flag':
      return value === true;
    case 'set':
      return isStrings(value) ? value.filter((member) => isChoice(input, member)) : [];
    case 'calendar':
      return value === null ? [] : [String(value)];
    case 'time':
      return typeof value === 'string' ? showTimeInput(snapshot, field, value) : '';
    case 'text':
      return text?.text ?? '';
    case 'user':
      return value === null ? '' : String(value);
    default:
      return assertNever(input);
  }
}

/** Whether a value or input is a set. */
export const isStrings = (value: FieldValue | Typed): value is readonly string[] => Array.isArray(value);

/** Whether a form offers `member`. */
export const isChoice = (input: FieldInput, member: string): boolean =>
  input.kind === 'set' && input.choices.some((choice) => choice.value === member);

/** Typed input as it compares: Discord trims texts, writes line breaks its own way, and keeps no order of choices. */
export function tidyTyped(typed: Typed): Typed {
  if (typeof typed === 'string') return tidyText(typed);
  return typeof typed === 'boolean' ? typed : [...typed].sort();
}
