import type { Issue } from '../answer.ts';
import type { CommandBody } from '../command-store.ts';
import { type CommandOption, isObject, Option } from '../wire.ts';
import { issue, repeated, under } from './issue.ts';

const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const SIZE = 8000;
const CHAT_INPUT = 1;
const MOST: ReadonlyMap<number, number> = new Map([
  [CHAT_INPUT, 100],
  [2, 15],
  [3, 15],
  [4, 1],
]);

/** What is wrong with a bulk overwrite that the schemas do not see. */
export function commandIssues(commands: readonly CommandBody[]): readonly Issue[] {
  const names = commands.map((command) => `${command.type ?? CHAT_INPUT} ${command.name}`);
  return [
    ...countIssues(commands),
    ...repeated(names).map((name) =>
      issue([], 'APPLICATION_COMMANDS_DUPLICATE_NAME', `Two commands are called “${name.slice(2)}”`),
    ),
    ...commands.flatMap((command, index) => under([index], oneCommandIssues(command))),
  ];
}

function countIssues(commands: readonly CommandBody[]): readonly Issue[] {
  return [...MOST].flatMap(([type, most]) => {
    const count = commands.filter((command) => (command.type ?? CHAT_INPUT) === type).length;
    return count > most
      ? [issue([], 'APPLICATION_COMMANDS_MAX', `${count} commands of type ${type}; ${most} are allowed`)]
      : [];
  });
}

function oneCommandIssues(command: CommandBody): readonly Issue[] {
  if ((command.type ?? CHAT_INPUT) !== CHAT_INPUT) return contextCommandIssues(command);
  const size = sizeOf(command);
  return [
    ...nameIssues(command.name),
    ...(command.description ? [] : [issue(['description'], 'BASE_TYPE_REQUIRED', 'This field is required')]),
    ...(size > SIZE
      ? [issue([], 'APPLICATION_COMMAND_TOO_LARGE', `Command exceeds maximum size (8000): ${size}`)]
      : []),
    ...under(['options'], optionListIssues(command.options ?? [])),
  ];
}

function contextCommandIssues(command: CommandBody): readonly Issue[] {
  return [
    ...(command.description
      ? [
          issue(
            ['description'],
            'APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION',
            'Context menu commands cannot have a description',
          ),
        ]
      : []),
    ...(command.options?.length
      ? [issue(['options'], 'APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS', 'Context menu commands cannot have options')]
      : []),
  ];
}

function nameIssues(name: string): readonly Issue[] {
  const isValid = NAME.test(name) && name === name.toLowerCase();
  return isValid ? [] : [issue(['name'], 'APPLICATION_COMMAND_INVALID_NAME', `Command name is invalid: “${name}”`)];
}

function optionListIssues(options: readonly CommandOption[]): readonly Issue[] {
  const branches = options.filter(isBranch).length;
  const firstOptional = options.findIndex((option) => !option.required);
  const late = options.findIndex((option, index) => option.required && firstOptional >= 0 && index > firstOptional);
  return [
    ...(branches > 0 && branches < options.length
      ? [
          issue(
            [],
            'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
            'Sub-command and sub-command group option types are mutually exclusive to all other types',
          ),
        ]
      : []),
    ...(late < 0
      ? []
      : [
          issue(
            [late],
            'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
            'Required options must be placed before non-required options',
          ),
        ]),
    ...repeated(options.map((option) => option.name)).map((name) =>
      issue([], 'APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATE', `Two options are called “${name}”`),
    ),
    ...options.flatMap((option, index) => under([index], optionIssues(option))),
  ];
}

function isBranch(option: CommandOption): boolean {
  return option.type === Option.subcommand || option.type === Option.group;
}

function optionIssues(option: CommandOption): readonly Issue[] {
  return [
    ...nameIssues(option.name),
    ...choiceIssues(option),
    ...rangeIssues(option.min_length, option.max_length, 'min_length'),
    ...rangeIssues(option.min_value, option.max_value, 'min_value'),
    ...under(['options'], optionListIssues(option.options ?? [])),
  ];
}

function choiceIssues(option: CommandOption): readonly Issue[] {
  const choices = option.choices ?? [];
  const tooLong = choices.findIndex(
    ({ value }) => typeof value === 'string' && (value.length > 100 || value.length === 0),
  );
  return [
    ...(option.autocomplete && choices.length > 0
      ? [
          issue(
            ['autocomplete'],
            'APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES',
            'Autocomplete cannot be used with choices',
          ),
        ]
      : []),
    ...(tooLong < 0
      ? []
      : [issue(['choices', tooLong, 'value'], 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 100 in length.')]),
    ...repeated(choices.map((choice) => choice.name)).map((name) =>
      issue(['choices'], 'APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_DUPLICATE', `Two choices are called “${name}”`),
    ),
  ];
}

function rangeIssues(least: number | undefined, most: number | undefined, name: string): readonly Issue[] {
  const isEmpty = least !== undefined && most !== undefined && least > most;
  return isEmpty ? [issue([name], 'NUMBER_TYPE_MAX', `${least} is more than ${most}`)] : [];
}

type Sized = {
  readonly name: string;
  readonly description?: string | null | undefined;
  readonly options?: readonly Sized[] | null | undefined;
  readonly choices?: readonly { readonly value: string | number }[] | undefined;
  readonly name_localizations?: unknown;
  readonly description_localizations?: unknown;
};

/** Names, descriptions and choice values of a command with all its options; the longest localization counts. */
function sizeOf(sized: Sized): number {
  const own =
    longest(sized.name, sized.name_localizations) + longest(sized.description ?? '', sized.description_localizations);
  const choices = (sized.choices ?? []).reduce((sum, { value }) => sum + String(value).length, 0);
  return (sized.options ?? []).reduce((sum, option) => sum + sizeOf(option), own + choices);
}

function longest(text: string, localizations: unknown): number {
  const others = isObject(localizations) ? Object.values(localizations) : [];
  return Math.max(text.length, ...others.map((other) => String(other).length));
}
