import { button, type Case, label, modal, options, row, select, text } from './wire-builders.ts';

/** Modals Discord refuses. */
export const MODALS: readonly Case[] = [
  ['no components', modal(), 'data.components: Too small'],
  [
    'six top-level components',
    modal(...[1, 2, 3, 4, 5, 6].map((n) => label(text({ custom_id: `${n}` })))),
    'Must be between 1 and 5 in length',
  ],
  ['a title of 46', { ...modal(label(text())), title: 'x'.repeat(46) }, 'data.title: Too big'],
  ['a title of blanks', { ...modal(label(text())), title: '  ' }, 'data.title: Too small'],
  ['a label of blanks', modal(label(text(), { label: '  ' })), 'data.components.0.label: Too small'],
  ['a label of 46', modal(label(text(), { label: 'x'.repeat(46) })), 'data.components.0.label: Too big'],
  [
    'a label description of 101',
    modal(label(text(), { description: 'x'.repeat(101) })),
    'data.components.0.description: Too big',
  ],
  ['a custom_id used twice', modal(label(text()), label(text())), 'Component custom id cannot be duplicated (“t”)'],
  [
    'a text input with its own label in a label',
    modal(label(text({ label: 'x' }))),
    'A text input inside a label has no label',
  ],
  ['a disabled select', modal(label(select({ disabled: true }))), 'Nothing in a modal can be disabled'],
  ['a button', modal(label(button('a'))), 'data.components.0.component.type: Value of field "type" must be one of'],
  [
    'min_length above max_length',
    modal(label(text({ min_length: 5, max_length: 4 }))),
    'min_length 5 is more than max_length 4',
  ],
  [
    'a value below min_length',
    modal(label(text({ value: 'ab', min_length: 3 }))),
    'The value has 2 characters, min_length is 3',
  ],
  [
    'an empty value below min_length',
    modal(label(text({ value: '', min_length: 1 }))),
    'The value has 0 characters, min_length is 1',
  ],
  [
    'a value above max_length',
    modal(label(text({ value: 'abcd', max_length: 3 }))),
    'The value has 4 characters, max_length is 3',
  ],
  ['a value of 4001', modal(label(text({ value: 'x'.repeat(4001) }))), 'data.components.0.component.value: Too big'],
  [
    'a placeholder of 101',
    modal(label(text({ placeholder: 'x'.repeat(101) }))),
    'data.components.0.component.placeholder: Too big',
  ],
  [
    'a required select with min_values 0',
    modal(label(select({ min_values: 0 }))),
    'A required component needs min_values of 1 or more',
  ],
  [
    'more presets than max_values',
    modal(label(select({ options: options(3).map((option) => ({ ...option, default: true })) }))),
    '3 preset values do not fit 1 to 1',
  ],
  ['max_values above the options', modal(label(select({ max_values: 4 }))), 'max_values 4 is more than the 3 options'],
  [
    'a radio group of one',
    modal(label({ type: 21, custom_id: 'r', options: options(1) })),
    'data.components.0.component.options: Too small',
  ],
  [
    'two defaults in a radio group',
    modal(label({ type: 21, custom_id: 'r', options: options(2).map((option) => ({ ...option, default: true })) })),
    'Only one option can be the default',
  ],
  [
    'eleven check boxes in a group',
    modal(label({ type: 22, custom_id: 'c', options: options(11) })),
    'data.components.0.component.options: Too big',
  ],
  [
    'an option value used twice',
    modal(label({ type: 22, custom_id: 'c', options: [...options(1), ...options(1)] })),
    'The option value “0” is already used',
  ],
  [
    'a required checkbox',
    modal(label({ type: 23, custom_id: 'c', required: true })),
    'Discord knows no “required” here',
  ],
  ['a text input without a label outside a label', modal(row(text())), 'A text input outside a label needs one'],
];
