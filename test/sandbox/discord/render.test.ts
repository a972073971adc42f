import { ComponentType, TextInputStyle } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { renderMessage, renderModal } from '../../../sandbox/discord/index.ts';
import { createMessage } from '../../../sandbox/discord/message.ts';
import { openModal } from '../../../sandbox/discord/modal.ts';
import { plainText } from '../../../sandbox/discord/render-text.ts';
import type { MessageBody } from '../../../sandbox/discord/wire.ts';

function message(body: MessageBody) {
  const place = { id: '1400000000000000001', channelId: '5', authorId: '9', invokerId: '7', origin: null, files: [] };
  return createMessage(body, place);
}

describe('markdown as plain text', () => {
  const options = { nameOf: (id: string) => (id === '1' ? '@pyle' : null), now: 1_795_287_600_000 };

  test.each([
    ['<t:1795374000:F>', '[Sunday, 22 November 2026 at 19:00 UTC]'],
    ['<t:1795374000>', '[22 November 2026 at 19:00 UTC]'],
    ['<t:1795374000:D>', '[22 November 2026]'],
    ['<t:1795374000:R>', '[in 1 day]'],
    ['<@1>, <@2> and <@&3> in <#4>', '@pyle, @2 and @3 in #4'],
    ['[Open in PERSCOM](https://example.org/1) and [here](<https://example.org>)', 'Open in PERSCOM and here'],
    ['**bold** __line__ \\*kept\\* \\[x](y)', 'bold line *kept* [x](y)'],
    ['</event edit:123> <:tick:5>', '/event edit :tick:'],
  ])('%s', (markdown, expected) => {
    expect(plainText(markdown, options)).toBe(expected);
  });
});

describe('a message', () => {
  test('is drawn with embeds, fields, buttons and selects', () => {
    const drawn = renderMessage(
      message({
        content: 'Two changes',
        flags: 64,
        embeds: [
          {
            title: 'Flush',
            description: 'All **applied**',
            fields: [
              { name: 'Op A', value: 'starts', inline: true },
              { name: 'Op B', value: 'ends\nname', inline: true },
              { name: 'Channels', value: '<#4>' },
            ],
            footer: { text: 'revision 3' },
          },
        ],
        components: [
          {
            type: 1,
            components: [
              { type: 2, style: 1, custom_id: 'a', label: 'Undo' },
              { type: 2, style: 2, custom_id: 'b', label: 'Drop', disabled: true },
              { type: 2, style: 5, url: 'https://example.org', label: 'Open' },
            ],
          },
          {
            type: 1,
            components: [{ type: 3, custom_id: 's', placeholder: 'Pick', options: [{ label: 'A', value: 'a' }] }],
          },
        ],
      }),
      { width: 60 },
    );
    expect(drawn.split('\n')).toEqual([
      '╭─ Frago · only you can see this ───────────────────────────',
      '│ Two changes',
      '│ ▌ FLUSH',
      '│ ▌ All applied',
      '│ ▌ • Op A            • Op B',
      '│ ▌   starts            ends',
      '│ ▌                     name',
      '│ ▌ • Channels',
      '│ ▌   #4',
      '│ ▌ revision 3',
      '│ [ Undo ]  ( Drop )  [ Open ↗ ]',
      '│ [ Pick ▾ ]: A',
      '╰───────────────────────────────────────────────────────────',
    ]);
  });

  test('is never wider than asked for', () => {
    const drawn = renderMessage(message({ content: 'word '.repeat(80), embeds: [{ description: 'x'.repeat(300) }] }));
    expect(Math.max(...drawn.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });
});

test('a modal is drawn as a form with what is prefilled and typed', () => {
  const options = [
    { label: 'Ping', value: 'p' },
    { label: 'Post', value: 'q', default: true },
  ];
  const modal = openModal(
    {
      custom_id: 'm',
      title: 'Edit: Schedule',
      components: [
        { type: ComponentType.TextDisplay, content: '**Op Thunder**' },
        {
          type: ComponentType.Label,
          label: 'Starts',
          description: 'Unit time',
          component: {
            type: ComponentType.TextInput,
            custom_id: 'starts',
            style: TextInputStyle.Short,
            value: '20:00',
          },
        },
        {
          type: ComponentType.Label,
          label: 'Notify',
          component: { type: ComponentType.CheckboxGroup, custom_id: 'n', options, required: false },
        },
        {
          type: ComponentType.Label,
          label: 'Kind',
          component: { type: ComponentType.RadioGroup, custom_id: 'k', options },
        },
        { type: ComponentType.Label, label: 'All day', component: { type: ComponentType.Checkbox, custom_id: 'a' } },
      ],
    },
    { userId: '7', channelId: '5', guildId: '6', source: null },
  );
  expect(renderModal(modal, { Starts: '21:00', 'All day': true, Kind: 'Ping' }, { width: 40 }).split('\n')).toEqual([
    '╭─ Form: Edit: Schedule ────────────────',
    '│ Op Thunder',
    '│ Starts *',
    '│     Unit time',
    '│   ┃ 21:00',
    '│ Notify',
    '│   [ ] Ping',
    '│   [x] Post',
    '│ Kind *',
    '│   (•) Ping',
    '│   ( ) Post',
    '│ All day',
    '│   [x]',
    '│ [ Cancel ]  [ Submit ]',
    '╰───────────────────────────────────────',
  ]);
});
