import { type Pick, selectKinds } from './entities.ts';
import type { FieldValue, ModalField, OpenModal } from './modal.ts';
import { Component, type Part } from './wire.ts';

const SHORT = 1;

/** What a user typed or chose, by label or custom_id. */
export type Typed = Readonly<Record<string, FieldValue>>;

/** The `data` of a modal submit without `resolved`, and the ids of what was picked and uploaded; throws what the client would refuse. */
export function submissionOf(modal: OpenModal, typed: Typed) {
  const values = new Map(modal.fields.map((field) => [field.customId, field.prefilled]));
  for (const [key, value] of Object.entries(typed)) values.set(modal.field(key).customId, value);
  const entered = new Map(
    modal.fields.map((field) => [field.customId, entry(field, values.get(field.customId) ?? null)]),
  );
  const picks = modal.fields.flatMap((field) => picksOf(field.part, entered.get(field.customId)));
  const uploads = modal.fields.flatMap((field) => uploadsOf(field.part, entered.get(field.customId)));
  return { data: { custom_id: modal.customId, components: numbered(modal.components, entered) }, picks, uploads };
}

const uploadsOf = (part: Part, value: FieldValue | undefined): readonly string[] =>
  part.type === Component.fileUpload && Array.isArray(value) ? value : [];

function picksOf(part: Part, value: FieldValue | undefined): readonly Pick[] {
  const kinds = selectKinds(part.type);
  return kinds.length > 0 && Array.isArray(value)
    ? value.map((id: string) => ({ id, kinds, channelTypes: part.channel_types }))
    : [];
}

function numbered(parts: readonly Part[], entered: ReadonlyMap<string, FieldValue>) {
  let next = 1;
  const leaf = (part: Part) => ({
    type: part.type,
    id: next++,
    custom_id: part.custom_id,
    ...valueMember(part, entered.get(part.custom_id ?? '') ?? null),
  });
  return parts.map((part) => {
    const id = next++;
    if (part.component) return { type: part.type, id, component: leaf(part.component) };
    return part.components ? { type: part.type, id, components: part.components.map(leaf) } : { type: part.type, id };
  });
}

function valueMember(part: Part, value: FieldValue) {
  const isSingle =
    part.type === Component.textInput || part.type === Component.radioGroup || part.type === Component.checkbox;
  return isSingle ? { value } : { values: value };
}

/** What the client sends for a field in which `value` was entered. */
function entry(field: ModalField, value: FieldValue): FieldValue {
  const { part } = field;
  if (part.type === Component.textInput) return checked(field, text(field, value), textProblem);
  if (part.type === Component.checkbox) return checked(field, value, tickProblem);
  if (part.type === Component.radioGroup) return checked(field, radioValue(part, value), radioProblem);
  return checked(field, chosenValues(part, value), choiceProblem);
}

function checked(
  field: ModalField,
  value: FieldValue,
  problem: (part: Part, value: FieldValue) => string | null,
): FieldValue {
  const found = problem(field.part, value);
  if (found) throw new Error(`A user cannot submit ${JSON.stringify(value)} for “${field.label}”: ${found}`);
  return value;
}

function text(field: ModalField, value: FieldValue): FieldValue {
  if (value === null) return '';
  return typeof value === 'string'
    ? value.replaceAll(/\r\n?/g, '\n').trim()
    : checked(field, value, () => 'it is no text');
}

function textProblem(part: Part, value: FieldValue): string | null {
  if (typeof value !== 'string') return 'it is no text';
  if (value === '') return isRequired(part) ? 'it is required' : null;
  if (part.style === SHORT && value.includes('\n')) return 'a short input has no line breaks';
  if (value.length < (part.min_length ?? 0)) return `it needs ${part.min_length} characters`;
  return value.length > (part.max_length ?? 4000) ? `it takes at most ${part.max_length ?? 4000} characters` : null;
}

function tickProblem(_part: Part, value: FieldValue): string | null {
  return typeof value === 'boolean' ? null : 'it is a checkbox';
}

function radioValue(part: Part, value: FieldValue): FieldValue {
  return typeof value === 'string' ? optionValue(part, value) : value;
}

function radioProblem(part: Part, value: FieldValue): string | null {
  if (value === null) return isRequired(part) ? 'it is required' : null;
  return part.options?.some((option) => option.value === value) ? null : 'it is not one of the choices';
}

function chosenValues(part: Part, value: FieldValue): FieldValue {
  const list = typeof value === 'string' ? [value] : (value ?? []);
  return Array.isArray(list) ? list.map((item: string) => optionValue(part, item)) : list;
}

/** The value of the option with this value or label; anything else stays as it is. */
export function optionValue(part: Part, entered: string): string {
  const options = part.options ?? [];
  const found =
    options.find((option) => option.value === entered) ?? options.find((option) => option.label === entered);
  return found?.value ?? entered;
}

function choiceProblem(part: Part, value: FieldValue): string | null {
  if (!Array.isArray(value)) return 'it is a list of choices';
  if (value.length === 0) return isRequired(part) ? 'it is required' : null;
  return selectionProblem(part, value);
}

/** Why the client would not let a user choose these values, or null. */
export function selectionProblem(part: Part, values: readonly string[]): string | null {
  if (part.options && values.some((value) => !part.options?.some((option) => option.value === value)))
    return 'it is not one of the choices';
  if (new Set(values).size < values.length) return 'a choice can be made only once';
  const most = part.max_values ?? (part.type === Component.checkboxGroup ? (part.options?.length ?? 1) : 1);
  if (values.length < (part.min_values ?? 1)) return `at least ${part.min_values ?? 1} must be chosen`;
  return values.length > most ? `at most ${most} can be chosen` : null;
}

function isRequired(part: Part): boolean {
  return part.required ?? true;
}
