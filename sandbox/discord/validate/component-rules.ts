import type { Issue } from '../answer.ts';
import { everyPart, isEntitySelect, isSelect } from '../components.ts';
import { Component, type Part } from '../wire.ts';
import { issue, repeated } from './issue.ts';

const LINK = 5;
const PREMIUM = 6;
const LINK_SCHEME = /^(https?|discord):/i;

/** What is wrong with the components of a message that the schemas do not see. */
export function componentIssues(components: readonly Part[]): readonly Issue[] {
  const parts = [...everyPart(components)];
  return [...duplicateIdIssues(parts), ...parts.flatMap((part) => partIssues(part))];
}

/** Custom ids that occur twice in the same message or modal. */
export function duplicateIdIssues(parts: readonly Part[]): readonly Issue[] {
  const ids = parts.flatMap((part) => part.custom_id ?? []);
  return repeated(ids).map((id) =>
    partIssue(id, 'COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated'),
  );
}

function partIssues(part: Part): readonly Issue[] {
  if (part.type === Component.actionRow) return rowIssues(part.components ?? []);
  if (part.type === Component.button) return buttonIssues(part);
  return isSelect(part) ? choiceIssues(part) : [];
}

function rowIssues(children: readonly Part[]): readonly Issue[] {
  const selects = children.filter(isSelect).length;
  const isFull = selects > 0 && children.length > 1;
  return isFull
    ? [issue(['components'], 'COMPONENT_LAYOUT_WIDTH_EXCEEDED', 'A row holds five buttons or one select')]
    : [];
}

function buttonIssues(button: Part & { readonly emoji?: unknown; readonly sku_id?: unknown }): readonly Issue[] {
  const name = button.custom_id ?? button.url ?? button.label ?? '';
  const isLink = button.style === LINK;
  const isPremium = button.style === PREMIUM;
  const needed = isLink ? button.url : isPremium ? button.sku_id : button.custom_id;
  const hasBoth = button.custom_id !== undefined && button.url !== undefined;
  return [
    ...(needed ? [] : [partIssue(name, 'BASE_TYPE_REQUIRED', 'A button needs a custom_id, a link button a url')]),
    ...(hasBoth
      ? [partIssue(name, 'COMPONENT_BUTTON_URL_CUSTOM_ID_EXCLUSIVE', 'A custom id and url cannot both be specified')]
      : []),
    ...(isLink && button.url && !LINK_SCHEME.test(button.url)
      ? [partIssue(name, 'URL_TYPE_INVALID_SCHEME', "The scheme must be one of ('http', 'https', 'discord')")]
      : []),
    ...(button.label || button.emoji || isPremium
      ? []
      : [partIssue(name, 'BUTTON_COMPONENT_INVALID_CONTENT', 'A label or emoji is required')]),
  ];
}

/** What is wrong with the options and counts of a select or checkbox group. */
export function choiceIssues(part: Part): readonly Issue[] {
  const name = part.custom_id ?? '';
  const options = part.options ?? [];
  const isGroup = part.type === Component.checkboxGroup;
  const most = part.max_values ?? (isGroup ? options.length : 1);
  const fewest = part.min_values ?? 1;
  const preset = options.filter((option) => option.default).length + (part.default_values ?? []).length;
  const isPresetWrong = preset > most || (isEntitySelect(part) && preset > 0 && preset < fewest);
  return [
    ...optionIssues(part),
    ...(fewest > most
      ? [partIssue(name, 'BASE_TYPE_MAX', `min_values ${fewest} is more than max_values ${most}`)]
      : []),
    ...(part.options && most > options.length
      ? [partIssue(name, 'BASE_TYPE_MAX', `max_values ${most} is more than the ${options.length} options`)]
      : []),
    ...(isPresetWrong
      ? [
          partIssue(
            name,
            'SELECT_COMPONENT_DEFAULT_VALUES_INVALID',
            `${preset} preset values do not fit ${fewest} to ${most}`,
          ),
        ]
      : []),
  ];
}

/** Options of one component that share a value. */
export function optionIssues(part: Part): readonly Issue[] {
  const values = (part.options ?? []).map((option) => option.value);
  return repeated(values).map((value) =>
    partIssue(
      part.custom_id ?? '',
      'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
      `The option value “${value}” is already used`,
    ),
  );
}

/** An issue of the component with this custom_id. */
export function partIssue(customId: string, code: string, message: string): Issue {
  return issue(['components'], code, `${message} (“${customId}”)`);
}
