import { type Json, options } from './wire-builders.ts';

const choice = (name: string, value: string | number = name) => ({ name, value });
const command = (more: Json = {}) => ({ name: 'c', description: 'd', ...more });
const option = (more: Json = {}) => ({ type: 3, name: 'o', description: 'd', ...more });
const withOptions = (...list: Json[]) => command({ options: list });

/** Bulk overwrites Discord refuses. */
export const COMMANDS: readonly (readonly [string, readonly Json[], string])[] = [
  ['a name with capitals', [command({ name: 'Ping' })], '0.name: Command name is invalid'],
  ['a name with a blank', [command({ name: 'a b' })], '0.name: Command name is invalid'],
  ['a name of 33', [command({ name: 'x'.repeat(33) })], '0.name: Too big'],
  ['no description', [{ name: 'c' }], '0.description: This field is required'],
  ['a description of 101', [command({ description: 'x'.repeat(101) })], '0.description: Too big'],
  ['two commands of one name', [command(), command()], 'Two commands are called “c”'],
  [
    '101 commands',
    Array.from({ length: 101 }, (_, n) => command({ name: `c${n}` })),
    '101 commands of type 1; 100 are allowed',
  ],
  [
    '16 user commands',
    Array.from({ length: 16 }, (_, n) => ({ type: 2, name: `c${n}` })),
    '16 commands of type 2; 15 are allowed',
  ],
  ['a user command with a description', [command({ type: 2 })], 'Context menu commands cannot have a description'],
  [
    '26 options',
    [withOptions(...Array.from({ length: 26 }, (_, n) => option({ name: `o${n}` })))],
    '0.options: Too big',
  ],
  ['an option with capitals', [withOptions(option({ name: 'O' }))], '0.options.0.name: Command name is invalid'],
  ['two options of one name', [withOptions(option(), option())], 'Two options are called “o”'],
  [
    'a required option after an optional one',
    [withOptions(option(), option({ name: 'p', required: true }))],
    'Required options must be placed before',
  ],
  [
    'a subcommand beside an option',
    [withOptions(option(), option({ type: 1, name: 's' }))],
    'mutually exclusive to all other types',
  ],
  [
    'a group inside a subcommand',
    [withOptions({ ...option({ type: 1 }), options: [option({ type: 2 })] })],
    'Value of field "type" must be one of',
  ],
  [
    'autocomplete with choices',
    [withOptions(option({ autocomplete: true, choices: [choice('a')] }))],
    'Autocomplete cannot be used with choices',
  ],
  [
    '26 choices',
    [withOptions(option({ choices: Array.from({ length: 26 }, (_, n) => choice(`${n}`)) }))],
    'choices: Too big',
  ],
  [
    'a choice value of 101',
    [withOptions(option({ choices: [choice('a', 'x'.repeat(101))] }))],
    '0.options.0.choices.0.value: Must be between 1 and 100',
  ],
  [
    'two choices of one name',
    [withOptions(option({ choices: [choice('a'), choice('a', 'b')] }))],
    'Two choices are called “a”',
  ],
  ['min_length above max_length', [withOptions(option({ min_length: 5, max_length: 4 }))], '5 is more than 4'],
  ['permissions as a number', [command({ default_member_permissions: 8 })], '0.default_member_permissions'],
  ['an unknown member', [command({ permission: '8' })], 'Discord knows no “permission” here'],
  [
    'more than 8000 characters',
    [
      withOptions(
        ...Array.from({ length: 25 }, (_, n) =>
          option({ name: `o${n}`, choices: options(4).map(({ value }) => choice(value, value.repeat(90))) }),
        ),
      ),
    ],
    'Command exceeds maximum size (8000)',
  ],
];

/** Autocomplete answers Discord refuses for a text option. */
export const OFFERS: readonly (readonly [string, unknown, string])[] = [
  ['26 choices', { choices: Array.from({ length: 26 }, (_, n) => choice(`${n}`)) }, 'data.choices: Too big'],
  ['a choice name of blanks', { choices: [choice('  ', 'a')] }, 'data.choices.0.name: Too small'],
  ['a choice name of 101', { choices: [choice('x'.repeat(101), 'a')] }, 'data.choices.0.name: Too big'],
  [
    'a choice value of 101',
    { choices: [choice('a', 'x'.repeat(101))] },
    'data.choices.0.value: Must be between 1 and 100',
  ],
  ['a number for a text option', { choices: [choice('a', 7)] }, 'data.choices.0.value: The value must be a string'],
  ['no choices', {}, 'data.choices: This field is required'],
];
