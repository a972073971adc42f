import { button, type Case, display, options, row, select, text, V2 } from './wire-builders.ts';

/** Message bodies Discord refuses. */
export const MESSAGES: readonly Case[] = [
  ['content of 2001 characters', { content: 'x'.repeat(2001) }, 'content: Too big'],
  ['nothing at all', {}, 'Cannot send an empty message'],
  ['blanks only', { content: ' \n' }, 'Cannot send an empty message'],
  ['an unknown member', { content: 'x', ephemeral: true }, 'ephemeral: Discord knows no “ephemeral” here'],
  [
    'an unknown member of an embed',
    { embeds: [{ title: 'x', colour: 1 }] },
    'embeds.0.colour: Discord knows no “colour” here',
  ],
  ['content of the wrong kind', { content: 5 }, 'content: Invalid input'],
  ['an unknown flag', { content: 'x', flags: 1 << 1 }, 'flags: The flags 2 cannot be set here'],
  ['eleven embeds', { embeds: Array(11).fill({ title: 'x' }) }, 'embeds: Too big'],
  ['an embed title of 257', { embeds: [{ title: 'x'.repeat(257) }] }, 'embeds.0.title: Too big'],
  ['an embed description of 4097', { embeds: [{ description: 'x'.repeat(4097) }] }, 'embeds.0.description: Too big'],
  ['26 embed fields', { embeds: [{ fields: Array(26).fill({ name: 'n', value: 'v' }) }] }, 'embeds.0.fields: Too big'],
  [
    'a field value of 1025',
    { embeds: [{ fields: [{ name: 'n', value: 'x'.repeat(1025) }] }] },
    'embeds.0.fields.0.value: Too big',
  ],
  [
    'an empty field name',
    { embeds: [{ fields: [{ name: ' ', value: 'v' }] }] },
    'embeds.0.fields.0.name: This field is required',
  ],
  [
    'an empty field value',
    { embeds: [{ fields: [{ name: 'n', value: '' }] }] },
    'embeds.0.fields.0.value: This field is required',
  ],
  [
    'a blank field value',
    { embeds: [{ fields: [{ name: 'n', value: ' \n' }] }] },
    'embeds.0.fields.0.value: This field is required',
  ],
  [
    'an empty footer text',
    { embeds: [{ title: 'x', footer: { text: '' } }] },
    'embeds.0.footer.text: This field is required',
  ],
  [
    'a blank footer text',
    { embeds: [{ title: 'x', footer: { text: ' ' } }] },
    'embeds.0.footer.text: This field is required',
  ],
  ['a blank embed title and no more', { embeds: [{ title: ' ' }] }, 'embeds.0: The embed shows nothing'],
  ['a blank embed description and no more', { embeds: [{ description: ' \n' }] }, 'embeds.0: The embed shows nothing'],
  [
    '6001 characters over two embeds',
    { embeds: [{ description: 'x'.repeat(3001) }, { description: 'x'.repeat(3000) }] },
    'embeds: Embed size exceeds maximum size of 6000',
  ],
  ['an embed that shows nothing', { embeds: [{ color: 1 }] }, 'embeds.0: The embed shows nothing'],
  ['an embed url that is none', { embeds: [{ title: 'x', url: 'nope' }] }, 'embeds.0.url'],
  [
    'six buttons in a row',
    { components: [row(...[1, 2, 3, 4, 5, 6].map((n) => button(`${n}`)))] },
    'components.0.components: Too big',
  ],
  [
    'six rows',
    { components: [1, 2, 3, 4, 5, 6].map((n) => row(button(`${n}`))) },
    'components: Must be 5 or fewer action rows',
  ],
  [
    'a custom_id used twice',
    { components: [row(button('a'), button('a'))] },
    'Component custom id cannot be duplicated (“a”)',
  ],
  [
    'a button without custom_id',
    { components: [row({ type: 2, style: 1, label: 'B' })] },
    'A button needs a custom_id',
  ],
  [
    'a link button without url',
    { components: [row(button('a', { style: 5 }))] },
    'A button needs a custom_id, a link button a url',
  ],
  [
    'a link button to a script',
    { components: [row({ type: 2, style: 5, label: 'B', url: 'javascript:alert(1)' })] },
    "The scheme must be one of ('http', 'https', 'discord') (“javascript:alert(1)”)",
  ],
  ['a button label of blanks', { components: [row(button('a', { label: '  ' }))] }, 'A label or emoji is required'],
  [
    'a select option label of blanks',
    { components: [row(select({ options: [{ label: '  ', value: 'a' }] }))] },
    'components.0.components.0.options.0.label: Too small',
  ],
  ['a button without label', { components: [row(button('a', { label: undefined }))] }, 'A label or emoji is required'],
  [
    'a button label of 81',
    { components: [row(button('a', { label: 'x'.repeat(81) }))] },
    'components.0.components.0.label: Too big',
  ],
  [
    'a custom_id of 101',
    { components: [row(button('x'.repeat(101)))] },
    'components.0.components.0.custom_id: Too big',
  ],
  ['a select beside a button', { components: [row(button('a'), select())] }, 'A row holds five buttons or one select'],
  ['26 select options', { components: [row(select({ options: options(26) }))] }, 'options: Too big'],
  [
    'an option value used twice',
    { components: [row(select({ options: [...options(1), ...options(1)] }))] },
    'The option value “0” is already used',
  ],
  [
    'max_values above the options',
    { components: [row(select({ max_values: 4 }))] },
    'max_values 4 is more than the 3 options',
  ],
  [
    'min_values above max_values',
    { components: [row(select({ min_values: 3, max_values: 2 }))] },
    'min_values 3 is more than max_values 2',
  ],
  ['a modal input in a message', { components: [row(text())] }, 'Value of field "type" must be one of'],
  ['V2 components without the flag', { components: [display('x')] }, 'need the flag IS_COMPONENTS_V2'],
  ['V2 with content', { flags: V2, content: 'x', components: [display('x')] }, "'content' field cannot be used"],
  [
    'V2 with embeds',
    { flags: V2, embeds: [{ title: 'x' }], components: [display('x')] },
    "'embeds' field cannot be used",
  ],
  [
    'V2 with 4001 characters',
    { flags: V2, components: [display('x'.repeat(4000)), display('x')] },
    '4001 characters of text',
  ],
  ['V2 with too many bytes', { flags: V2, components: [display('語'.repeat(3400))] }, 'make Discord answer 500'],
  [
    '41 components',
    { flags: V2, components: [{ type: 17, components: Array(40).fill(display('x')) }] },
    '41 components; 40 are allowed',
  ],
  [
    'conflicting allowed mentions',
    { content: 'x', allowed_mentions: { parse: ['users'], users: ['1'] } },
    'mutually exclusive',
  ],
  ['unknown allowed mentions', { content: 'x', allowed_mentions: { parse: ['all'] } }, 'allowed_mentions.parse.0'],
];
