import type { Issue } from '../answer.ts';
import { everyPart } from '../components.ts';
import { Component, type Part } from '../wire.ts';
import { choiceIssues, duplicateIdIssues, optionIssues, partIssue } from './component-rules.ts';
import { issue } from './issue.ts';

const TOP_LEVEL = 5;

/** What is wrong with a modal that the schemas do not see. */
export function modalIssues(components: readonly Part[]): readonly Issue[] {
  const parts = [...everyPart(components)];
  return [
    ...(components.length > TOP_LEVEL
      ? [issue(['components'], 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 5 in length.')]
      : []),
    ...duplicateIdIssues(parts),
    ...components.flatMap(labelIssues),
    ...components.flatMap(rowIssues),
    ...parts.flatMap(inputIssues),
  ];
}

function labelIssues({ component }: Part): readonly Issue[] {
  const isDoublyLabelled =
    component?.type === Component.textInput && component.label !== undefined && component.label !== null;
  return isDoublyLabelled
    ? [partIssue(component.custom_id ?? '', 'COMPONENT_LABEL_NOT_ALLOWED', 'A text input inside a label has no label')]
    : [];
}

function rowIssues(part: Part): readonly Issue[] {
  if (part.type !== Component.actionRow) return [];
  const inputs = part.components ?? [];
  const unlabelled = inputs.filter((input) => !input.label);
  return [
    ...(inputs.length === 1
      ? []
      : [issue(['components'], 'COMPONENT_LAYOUT_WIDTH_EXCEEDED', 'A modal row holds one text input')]),
    ...unlabelled.map((input) =>
      partIssue(input.custom_id ?? '', 'BASE_TYPE_REQUIRED', 'A text input outside a label needs one'),
    ),
  ];
}

function inputIssues(part: Part): readonly Issue[] {
  return [...disabledIssues(part), ...kindIssues(part)];
}

function disabledIssues(part: Part): readonly Issue[] {
  const isSaid = part.disabled !== undefined && part.disabled !== null;
  return isSaid
    ? [partIssue(part.custom_id ?? '', 'COMPONENT_DISABLED_NOT_ALLOWED', 'Nothing in a modal can be disabled')]
    : [];
}

function kindIssues(part: Part): readonly Issue[] {
  switch (part.type) {
    case Component.textInput:
      return textIssues(part);
    case Component.radioGroup:
      return radioIssues(part);
    case Component.checkboxGroup:
    case Component.stringSelect:
    case Component.userSelect:
    case Component.roleSelect:
    case Component.mentionableSelect:
    case Component.channelSelect:
    case Component.fileUpload:
      return [...choiceIssues(part), ...requiredIssues(part)];
    default:
      return [];
  }
}

function textIssues(part: Part): readonly Issue[] {
  const name = part.custom_id ?? '';
  const least = part.min_length ?? 0;
  const most = part.max_length ?? 4000;
  const length = (part.value ?? '').length;
  return [
    ...(least > most ? [partIssue(name, 'BASE_TYPE_MAX', `min_length ${least} is more than max_length ${most}`)] : []),
    ...(typeof part.value === 'string' && length < least
      ? [partIssue(name, 'BASE_TYPE_MIN_LENGTH', `The value has ${length} characters, min_length is ${least}`)]
      : []),
    ...(length > most
      ? [partIssue(name, 'BASE_TYPE_MAX_LENGTH', `The value has ${length} characters, max_length is ${most}`)]
      : []),
  ];
}

function radioIssues(part: Part): readonly Issue[] {
  const preset = (part.options ?? []).filter((option) => option.default).length;
  const tooMany =
    preset > 1
      ? [partIssue(part.custom_id ?? '', 'RADIO_GROUP_DEFAULTS_INVALID', 'Only one option can be the default')]
      : [];
  return [...optionIssues(part), ...tooMany];
}

function requiredIssues(part: Part): readonly Issue[] {
  const isContradiction = (part.required ?? true) && part.min_values === 0;
  return isContradiction
    ? [
        partIssue(
          part.custom_id ?? '',
          'COMPONENT_REQUIRED_MIN_VALUES',
          'A required component needs min_values of 1 or more',
        ),
      ]
    : [];
}
