import { ComponentType, type ModalSubmitFields } from 'discord.js';
import type { MarkedInput } from '../../app/snapshots.ts';
import { NO_TEXTS, type SubmittedTexts } from '../../app/submit-form.ts';
import type { Field } from '../../domain/field.ts';
import { parseInputId } from '../custom-id.ts';
import { parseTexts } from './text-inputs.ts';

/** The choice that asks for the calendars that a modal has no room for. */
export const ANOTHER_CALENDAR = 'another';

/** What came with a modal, and whether a calendar is asked for that it had no room for. */
export type ModalInput = {
  readonly inputs: ReadonlyMap<Field, MarkedInput>;
  readonly wantsAnotherCalendar: boolean;
  /** What came for texts besides. */
  readonly texts: SubmittedTexts;
  /** What was typed into inputs that are no fields, by their custom ids. */
  readonly others: ReadonlyMap<string, string>;
};

/** What comes with a click. */
export const NO_MODAL: ModalInput = {
  inputs: new Map(),
  wantsAnotherCalendar: false,
  texts: NO_TEXTS,
  others: new Map(),
};

/** The inputs of a submitted modal. */
export function parseModal(submitted: ModalSubmitFields): ModalInput {
  const inputs = new Map<Field, MarkedInput>();
  const others = new Map<string, string>();
  let wantsAnotherCalendar = false;
  for (const [customId, input] of submitted.fields) {
    const id = parseInputId(customId);
    const typed = 'value' in input ? input.value : 'values' in input ? input.values : null;
    if (id === null && input.type === ComponentType.TextInput) others.set(customId, input.value);
    if (id === null || typed === null) continue;
    if (Array.isArray(typed) && typed.includes(ANOTHER_CALENDAR)) wantsAnotherCalendar = true;
    else inputs.set(id.field, { typed, mark: id.mark });
  }
  return { inputs, wantsAnotherCalendar, texts: parseTexts(submitted), others };
}
