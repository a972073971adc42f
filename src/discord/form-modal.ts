import {
  type APIComponentInLabel,
  type APILabelComponent,
  ComponentType,
  type ModalSubmitFields,
  TextInputStyle,
} from 'discord.js';
import type { Terms } from '../app/connections.ts';
import type { OpenForm } from '../app/open-form.ts';
import type { Calendar } from '../domain/event.ts';
import { type Choice, FIELDS, type Field, type FieldInput, type FieldValue, FORMS } from '../domain/field.ts';
import { isTooLongToShow, MAX_INPUT_LENGTH, type SnapshotField, type Typed, typedOf } from '../domain/form.ts';
import { meansSame } from '../domain/value.ts';
import { fieldOfInput, IDS } from './custom-id.ts';
import type { Modal } from './reply.ts';
import { count, shorten } from './text.ts';
import { nameValue } from './values.ts';

/** Discord's limits: 45 for titles and labels, 100 for descriptions and placeholders (docs, Modals and Label). */
const MAX_LABEL = 45;
const MAX_DESCRIPTION = 100;
const MAX_OPTIONS = 25;

/** The choice that asks for the calendars that a modal has no room for. */
const ANOTHER_CALENDAR = 'another';

const TIME_LENGTH = 60;
const USER_ID_LENGTH = 16;

/** Discord counts UTF-16 units, of which a character is one or two; PERSCOM counts characters, which the form checks. */
function maxLength(input: FieldInput): number {
  if (input.kind === 'time') return TIME_LENGTH;
  return input.kind === 'text' ? Math.min(MAX_INPUT_LENGTH, 2 * input.maxCharacters) : USER_ID_LENGTH;
}

function textInput({ field, shown }: SnapshotField, typed: Typed): APIComponentInLabel {
  const { input } = FIELDS[field];
  const value = typeof typed === 'string' ? typed : '';
  const isMultiline = input.kind === 'text' && input.lines === 'many';
  const mayBeEmpty = shown === null || isTooLongToShow(shown) || ('mayBeEmpty' in input && input.mayBeEmpty);
  return {
    type: ComponentType.TextInput,
    custom_id: field,
    style: isMultiline ? TextInputStyle.Paragraph : TextInputStyle.Short,
    required: !mayBeEmpty,
    max_length: maxLength(input),
    ...(value === '' ? {} : { value }),
  };
}

function checkboxGroup(field: Field, choices: readonly Choice[], typed: Typed): APIComponentInLabel {
  const chosen = Array.isArray(typed) ? typed : [];
  return {
    type: ComponentType.CheckboxGroup,
    custom_id: field,
    required: false,
    min_values: 0,
    max_values: choices.length,
    options: choices.map(({ value, label }) => ({ value, label, default: chosen.includes(value) })),
  };
}

/** The chosen calendar first, then the others by name, as many as fit; the last option leads to the rest. */
function calendarOptions(chosen: string | undefined, calendars: readonly Calendar[]) {
  const known = calendars.map(({ id, name }) => ({ label: shorten(name, MAX_DESCRIPTION), value: String(id) }));
  const others = known.filter(({ value }) => value !== chosen).sort((a, b) => a.label.localeCompare(b.label));
  const own = known.find(({ value }) => value === chosen) ?? { label: `Calendar #${chosen}`, value: chosen ?? '' };
  const options = chosen === undefined ? others : [{ ...own, default: true }, ...others];
  if (options.length > 0 && options.length <= MAX_OPTIONS && calendars.length > 0) return options;
  const another = { label: 'Another calendar… (chosen in the next step)', value: ANOTHER_CALENDAR };
  return [...options.slice(0, MAX_OPTIONS - 1), another];
}

function calendarSelect(
  { field, shown }: SnapshotField,
  calendars: readonly Calendar[],
  typed: Typed,
): APIComponentInLabel {
  const chosen = Array.isArray(typed) ? typed[0] : undefined;
  const isRequired = shown !== null;
  return {
    type: ComponentType.StringSelect,
    custom_id: field,
    required: isRequired,
    min_values: isRequired ? 1 : 0,
    max_values: 1,
    options: calendarOptions(chosen, calendars),
  };
}

function inputFor(of: SnapshotField, typed: Typed, calendars: readonly Calendar[]): APIComponentInLabel {
  const { input } = FIELDS[of.field];
  switch (input.kind) {
    case 'flag':
      return { type: ComponentType.Checkbox, custom_id: of.field, default: typed === true };
    case 'set':
      return checkboxGroup(of.field, input.choices, typed);
    case 'calendar':
      return calendarSelect(of, calendars, typed);
    default:
      return textInput(of, typed);
  }
}

function hintFor(field: Field, live: FieldValue, { zone }: Terms): string | null {
  const { input } = FIELDS[field];
  if (isTooLongToShow(live)) {
    const size = count(String(live).length, 'character');
    return `${size} in PERSCOM, too long to show here. Left empty, it stays as it is.`;
  }
  if (input.kind === 'time') return `In ${zone}, like 2026-11-28 19:00`;
  if (input.kind === 'user') return 'The number of a PERSCOM user';
  return null;
}

/** What the reader has to know of the input: that it does not show what PERSCOM holds, or how to fill it in. */
function describe(of: SnapshotField, typed: Typed, terms: Terms): string | null {
  const isRefusedInput = !meansSame(typed, typedOf(of.field, of.shown, terms.zone));
  const held = nameValue(of.field, of.live, terms);
  if (isRefusedInput) return `As you typed it. PERSCOM has: ${held}`;
  if (!meansSame(of.live, of.shown)) return `Queued already. PERSCOM has: ${held}`;
  return hintFor(of.field, of.live, terms);
}

const labelOf = (field: Field, { zone }: Terms): string => {
  const { label, input } = FIELDS[field];
  return input.kind === 'time' ? `${label} (${zone})` : label;
};

function labelled(of: SnapshotField, form: OpenForm, terms: Terms): APILabelComponent {
  const typed = form.typed.get(of.field) ?? typedOf(of.field, of.shown, terms.zone);
  const description = describe(of, typed, terms);
  return {
    type: ComponentType.Label,
    label: shorten(labelOf(of.field, terms), MAX_LABEL),
    ...(description === null ? {} : { description: shorten(description, MAX_DESCRIPTION) }),
    component: inputFor(of, typed, form.calendars),
  };
}

/** The modal of a form: one input per field, filled with what the form shows. Plain JSON, as builders cost 4 ms. */
export function buildFormModal(form: OpenForm, terms: Terms): Modal {
  const { snapshot, key } = form;
  return {
    custom_id: IDS.submitForm.of(snapshot.eventId, snapshot.form, key),
    title: shorten(`${FORMS[snapshot.form]}: ${snapshot.eventName}`, MAX_LABEL),
    components: snapshot.fields.map((of) => labelled(of, form, terms)),
  };
}

/** What was typed into a modal, and whether a calendar is asked for that it had no room for. */
export type ModalInput = { readonly typed: ReadonlyMap<Field, Typed>; readonly wantsAnotherCalendar: boolean };

/** The inputs of a submitted modal. */
export function readModal({ fields }: ModalSubmitFields): ModalInput {
  const typed = new Map<Field, Typed>();
  let wantsAnotherCalendar = false;
  for (const [customId, input] of fields) {
    const field = fieldOfInput(customId);
    const value = 'value' in input ? input.value : 'values' in input ? input.values : null;
    if (field === null || value === null) continue;
    if (Array.isArray(value) && value.includes(ANOTHER_CALENDAR)) wantsAnotherCalendar = true;
    else typed.set(field, value);
  }
  return { typed, wantsAnotherCalendar };
}
