import type { APIModalInteractionResponseCallbackData } from 'discord.js';
import type { StoredMessage } from './message.ts';
import { Component, type Part } from './wire.ts';

/** What a modal component holds: a text or one choice, a tick, or several choices. */
export type FieldValue = string | boolean | readonly string[] | null;

/** One input of a modal with the words around it and what it is prefilled with. */
export type ModalField = {
  readonly customId: string;
  readonly label: string;
  readonly description: string | null;
  readonly part: Part;
  readonly prefilled: FieldValue;
};

/** A modal the bot opened for one user. */
export type Modal = {
  readonly customId: string;
  readonly title: string;
  readonly components: APIModalInteractionResponseCallbackData['components'];
  readonly userId: string;
  readonly fields: readonly ModalField[];
  /** The prefilled values by label, for assertions. */
  readonly prefilled: Readonly<Record<string, FieldValue>>;
  /** The field with this label (exact, or its only match by beginning) or custom_id; throws when there is none. */
  field(labelOrCustomId: string): ModalField;
};

/** A modal together with what a submit needs to know about its opening. */
export type OpenModal = Modal & {
  readonly channelId: string;
  readonly guildId: string | null;
  readonly source: StoredMessage | null;
  isOpen: boolean;
};

/** The modal that `data` opens for `userId`. */
export function openModal(
  data: APIModalInteractionResponseCallbackData,
  opening: Pick<OpenModal, 'userId' | 'channelId' | 'guildId' | 'source'>,
): OpenModal {
  const fields = data.components.flatMap((part: Part) => fieldsOf(part));
  return {
    userId: opening.userId,
    channelId: opening.channelId,
    guildId: opening.guildId,
    source: opening.source,
    customId: data.custom_id,
    title: data.title,
    components: data.components,
    fields,
    prefilled: Object.fromEntries(fields.map((field) => [field.label, field.prefilled])),
    field: (key) => findField(fields, key),
    isOpen: true,
  };
}

function fieldsOf(part: Part): readonly ModalField[] {
  if (part.type === Component.label && part.component) return [fieldOf(part.component, part)];
  return (part.components ?? []).map((child) => fieldOf(child, child));
}

function fieldOf(part: Part, words: Part): ModalField {
  return {
    customId: part.custom_id ?? '',
    label: words.label ?? '',
    description: words.description ?? null,
    part,
    prefilled: prefilledValue(part),
  };
}

/** What the form shows before anybody touches it. */
function prefilledValue(part: Part): FieldValue {
  const chosen = (part.options ?? []).filter((option) => option.default).map((option) => option.value);
  switch (part.type) {
    case Component.textInput:
      return part.value ?? '';
    case Component.checkbox:
      return part.default ?? false;
    case Component.radioGroup:
      return chosen[0] ?? null;
    case Component.stringSelect:
    case Component.checkboxGroup:
      return chosen;
    default:
      return (part.default_values ?? []).map(({ id }) => id);
  }
}

function findField(fields: readonly ModalField[], key: string): ModalField {
  const exact = fields.filter((field) => field.label === key || field.customId === key);
  const found = exact.length > 0 ? exact : fields.filter((field) => field.label.startsWith(key));
  const [field, second] = found;
  const known = fields.map(({ label }) => `“${label}”`).join(', ');
  if (!field) throw new Error(`The modal has no field “${key}”; it has ${known}`);
  if (second) throw new Error(`“${key}” fits several fields of the modal: ${known}`);
  return field;
}
