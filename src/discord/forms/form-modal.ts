import { type APIComponentInLabel, type APILabelComponent, ComponentType, TextInputStyle } from 'discord.js';
import { type App, termsOf } from '../../app/app.ts';
import type { Terms } from '../../app/connections.ts';
import type { OpenError, OpenForm } from '../../app/open-form.ts';
import type { Caller } from '../../app/ports.ts';
import type { Calendar } from '../../domain/event.ts';
import { type Choice, FIELDS, type Field, type FieldInput, FORMS } from '../../domain/field.ts';
import { assertNever, type Result } from '../../domain/result.ts';
import {
  clocksOf,
  type Snapshot,
  type SnapshotField,
  type Typed,
  takesDays,
  tidyTyped,
} from '../../domain/snapshot.ts';
import { isRich, MAX_INPUT_LENGTH } from '../../domain/texts/text-field.ts';
import { describeDay } from '../../domain/times/time.ts';
import { meansSame, sameValue } from '../../domain/value.ts';
import { buttons, MAX_LABEL, primary, zonedLabel } from '../components.ts';
import { customId, inputId } from '../custom-id.ts';
import { type Modal, type Reply, sayText } from '../reply.ts';
import { count, shorten } from '../text.ts';
import { nameValue } from '../values.ts';
import { describeOpenError } from '../words.ts';
import { ANOTHER_CALENDAR } from './modal-input.ts';
import { describeSyntax, textInputs } from './text-inputs.ts';

/** Discord's limit for descriptions and placeholders (docs, Modals and Label). */
const MAX_DESCRIPTION = 100;
const MAX_OPTIONS = 25;

/** Longer than any time that somebody means. */
const TIME_LENGTH = 100;
const USER_ID_LENGTH = 16;

/** Discord counts UTF-16 units, of which a character is one or two; PERSCOM counts characters, which the form checks. */
function maxLength(input: FieldInput): number {
  if (input.kind === 'time') return TIME_LENGTH;
  return input.kind === 'text' ? Math.min(MAX_INPUT_LENGTH, 2 * input.maxCharacters) : USER_ID_LENGTH;
}

/** What one input is made of. `typed` is what it holds, `was` what the form shows of the value behind it. */
type InputContent = { readonly of: SnapshotField; readonly typed: Typed; readonly was: Typed; readonly id: string };

/** Who reads the form, and the terms in which to write to them. */
type Reader = { readonly userId: string; readonly terms: Terms };

/** A break in a one-line input would come back as something else, and so look like an edit. */
const needsLines = (input: FieldInput, value: string): boolean =>
  (input.kind === 'text' && input.lines === 'many') || value.includes('\n');

function mayBeEmpty({ field, shown, text }: SnapshotField): boolean {
  const { input } = FIELDS[field];
  if (shown === null || text?.isTooLong === true) return true;
  return (input.kind === 'text' || input.kind === 'time') && input.mayBeEmpty;
}

function textInput({ of, typed, id }: InputContent): APIComponentInLabel {
  const { input } = FIELDS[of.field];
  const value = typeof typed === 'string' ? typed : '';
  return {
    type: ComponentType.TextInput,
    custom_id: id,
    style: needsLines(input, value) ? TextInputStyle.Paragraph : TextInputStyle.Short,
    required: !mayBeEmpty(of),
    max_length: maxLength(input),
    ...(value === '' ? {} : { value }),
  };
}

function checkboxGroup(choices: readonly Choice[], { typed, id }: InputContent): APIComponentInLabel {
  const chosen = Array.isArray(typed) ? typed : [];
  return {
    type: ComponentType.CheckboxGroup,
    custom_id: id,
    required: false,
    min_values: 0,
    max_values: choices.length,
    options: choices.map(({ value, label }) => ({ value, label, default: chosen.includes(value) })),
  };
}

/** The chosen calendar first, then the others by name, as many as fit; the last option leads to the rest. */
function calendarOptions(chosen: string | undefined, calendars: readonly Calendar[]) {
  const known = calendars.map(({ id, name }) => ({ label: shorten(name, MAX_DESCRIPTION), value: String(id) }));
  const others = known.filter(({ value }) => value !== chosen).sort((a, b) => a.label.localeCompare(b.label, 'en'));
  const own = known.find(({ value }) => value === chosen) ?? { label: `Calendar #${chosen}`, value: chosen ?? '' };
  const options = chosen === undefined ? others : [{ ...own, default: true }, ...others];
  if (calendars.length > 0 && options.length <= MAX_OPTIONS) return options;
  const another = { label: 'Another calendar… (chosen in the next step)', value: ANOTHER_CALENDAR };
  return [...options.slice(0, MAX_OPTIONS - 1), another];
}

function calendarSelect(calendars: readonly Calendar[], { of, typed, id }: InputContent): APIComponentInLabel {
  const chosen = Array.isArray(typed) ? typed[0] : undefined;
  const isRequired = of.shown !== null;
  return {
    type: ComponentType.StringSelect,
    custom_id: id,
    required: isRequired,
    min_values: isRequired ? 1 : 0,
    max_values: 1,
    options: calendarOptions(chosen, calendars),
  };
}

function inputFor(content: InputContent, calendars: readonly Calendar[]): APIComponentInLabel {
  const { input } = FIELDS[content.of.field];
  switch (input.kind) {
    case 'flag':
      return { type: ComponentType.Checkbox, custom_id: content.id, default: content.typed === true };
    case 'set':
      return checkboxGroup(input.choices, content);
    case 'calendar':
      return calendarSelect(calendars, content);
    case 'text':
    case 'time':
    case 'user':
      return textInput(content);
    default:
      return assertNever(input);
  }
}

const TIME_HINTS: Readonly<Partial<Record<Field, string>>> = {
  starts: 'Like sat 2000, 28 Nov 7pm, +1d',
  ends: 'A time or a length (3h); untouched, it moves along',
  registration_deadline: 'Like fri 1800, or start -24h',
};

function hintFor({ field, shown, text }: SnapshotField, snapshot: Snapshot): string | null {
  const { input } = FIELDS[field];
  if (text?.isTooLong === true) {
    const size = count(String(shown).length, 'character');
    const becomes = isRich(field) ? '.' : '; what you type takes its place.';
    return `${size} in PERSCOM, too long to show. Left empty, it stays${becomes}`;
  }
  if (takesDays(snapshot, field)) return 'The day, like sat, 28 Nov or +1d';
  return TIME_HINTS[field] ?? (input.kind === 'user' ? 'The number of a PERSCOM user' : null);
}

/** Whose edit an input shows; a modal draws no mentions (reference/discord.md, Modals). */
function whoQueued({ queued }: OpenForm, { field }: SnapshotField, userId: string): string {
  const author = queued.find((edit) => edit.field === field)?.userId;
  return author === userId ? 'you' : 'another moderator';
}

/** What the reader has to know of the input: that it does not show what PERSCOM holds, or how to fill it in. */
function describe({ of, typed, was }: InputContent, form: OpenForm, { userId, terms }: Reader): string | null {
  const zone = clocksOf(form.snapshot, of.field);
  const has = (): string => `PERSCOM has: ${nameValue(of.field, of.live, { ...terms, zone })}`;
  if (!sameValue(tidyTyped(typed), tidyTyped(was))) return `As you typed it. ${has()}`;
  if (!meansSame(of.live, of.shown)) return `Queued by ${whoQueued(form, of, userId)}. ${has()}`;
  return hintFor(of, form.snapshot);
}

/** What PERSCOM did to the field when it was last sent; null if it took it. */
function warn({ refusals }: OpenForm, { field }: SnapshotField, { zone }: Terms): string | null {
  const known = refusals.find((refusal) => refusal.field === field);
  if (known === undefined) return null;
  const verb = known.refusal.kind === 'ignored' ? 'ignored' : 'refused';
  return `PERSCOM ${verb} this field on ${describeDay(known.seenAt, zone)}.`;
}

/** A description with a warning behind it, or without where there is no room. */
function withWarning(description: string | null, warning: string | null): string | null {
  if (description === null || warning === null) return description ?? warning;
  const whole = `${description}${description.endsWith('.') ? '' : '.'} ${warning}`;
  return whole.length <= MAX_DESCRIPTION ? whole : description;
}

const labelOf = (field: Field, snapshot: Snapshot): string => {
  const { label, input } = FIELDS[field];
  return input.kind === 'time' ? zonedLabel(label, clocksOf(snapshot, field)) : label;
};

function labelled(of: SnapshotField, form: OpenForm, reader: Reader): APILabelComponent {
  const { terms } = reader;
  const { typed: was, mark } = form.shown.get(of.field) ?? { typed: '', mark: '' };
  const content = { of, was, id: inputId(of.field, mark), typed: form.content.typed.get(of.field) ?? was };
  const said = [describeSyntax(of), describe(content, form, reader)].filter((part) => part !== null).join(' ');
  const description = withWarning(said === '' ? null : said, warn(form, of, terms));
  return {
    type: ComponentType.Label,
    label: shorten(labelOf(of.field, form.snapshot), MAX_LABEL),
    ...(description === null ? {} : { description: shorten(description, MAX_DESCRIPTION) }),
    component: inputFor(content, form.calendars),
  };
}

/** The modal of a form: one input per field, filled with what the form shows. Plain JSON, as builders cost 4 ms. */
function buildFormModal(form: OpenForm, reader: Reader): Modal {
  const { snapshot, key } = form;
  return {
    custom_id: customId('submit-form', snapshot.eventId, snapshot.form, key),
    title: shorten(`${FORMS[snapshot.form]}: ${snapshot.eventName}`, MAX_LABEL),
    components: [
      ...snapshot.fields.map((of) => labelled(of, form, reader)),
      ...textInputs(snapshot, form.content.longTexts),
    ],
  };
}

/** The modal of a form; or why there is none, with a button that opens it once PERSCOM has answered. */
export function openFormReply(app: App, caller: Caller, form: Result<OpenForm, OpenError>): Reply {
  if (form.ok) {
    const terms = { ...termsOf(app, caller), zone: form.value.snapshot.zone };
    const reader = { userId: caller.userId, terms };
    return { kind: 'modal', modal: buildFormModal(form.value, reader) };
  }
  const { error } = form;
  const retry =
    error.kind === 'slow-form' ? [primary('Open form', customId('open-form', error.eventId, error.form))] : [];
  return sayText(describeOpenError(error), buttons(...retry));
}
