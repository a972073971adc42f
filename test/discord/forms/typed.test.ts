import { describe, expect, test } from 'vitest';
import { markOf } from '../../../src/app/snapshots.ts';
import { NO_MODAL } from '../../../src/discord/forms/modal-input.ts';
import { typedReply } from '../../../src/discord/forms/typed.ts';
import type { Field } from '../../../src/domain/field.ts';
import type { Typed } from '../../../src/domain/snapshot.ts';

const TERMS = { zone: 'UTC', calendars: [{ id: 3, name: 'Training' }] };

type Entries = readonly (readonly [Field, Typed])[];

/** The message about inputs that held `was` and came back like this. */
function messageOf(...typed: Entries) {
  const inputs = new Map(typed.map(([field, text]) => [field, { typed: text, mark: markOf('was') }]));
  return typedReply('It broke.', { ...NO_MODAL, inputs }, TERMS).message;
}

const block = (text: string): string => `\`\`\`\n${text}\n\`\`\``;

describe('what was typed, given back', () => {
  test('is whole, input by input, with line breaks, and choices by their names', () => {
    const { content, embeds, files } = messageOf(
      ['location', 'Altis *5*\nnorth'],
      ['calendar_id', ['3']],
      ['all_day', true],
      ['notifications_channels', ['mail', 'sms']],
      ['url', ''],
    );
    expect(content).toBe('It broke.\n**What you typed** (5 inputs):');
    expect(embeds).toEqual([
      { title: 'Location', description: block('Altis *5*\nnorth') },
      { title: 'Calendar', description: block('Training') },
      { title: 'All day', description: block('yes') },
      { title: 'Notification channels', description: block('Email, SMS') },
      { title: 'URL', description: block(' ') },
    ]);
    expect(files).toBeUndefined();
  });

  test('leaves out what was not touched', () => {
    expect(messageOf(['name', 'was'])).toMatchObject({ content: 'It broke.', embeds: [] });
  });

  test('cannot break out of its block', () => {
    const { embeds } = messageOf(['name', 'a```@everyone']);
    expect(embeds[0]?.description).toBe(block('a``\u200b`@everyone'));
  });

  test.each<readonly [string, Entries]>([
    ['one long text', [['content', 'x'.repeat(4_000)]]],
    [
      'two long texts',
      [
        ['description', '```'.repeat(1_333)],
        ['content', 'x'.repeat(4_000)],
      ],
    ],
    [
      'four texts',
      [
        ['name', 'n'.repeat(510)],
        ['location', '😀'.repeat(2_000)],
        ['url', 'u'.repeat(4_000)],
        ['author_id', '12'],
      ],
    ],
  ])('stays within Discord’s limits: %s', (_, typed) => {
    const { embeds, files } = messageOf(...typed);
    const lengths = embeds.map(({ title = '', description = '' }) => [title.length, description.length]);
    expect(lengths.filter(([, description = 0]) => description > 4_096)).toEqual([]);
    expect(lengths.flat().reduce((sum, length) => sum + length, 0)).toBeLessThanOrEqual(6_000);
    const whole = typed.map(([, text]) => text).join('').length;
    const isShownWhole = embeds.every(({ description = '' }) => !description.includes('…'));
    const size = files?.[0]?.attachment.toString().length ?? 0;
    expect(isShownWhole || size > whole).toBe(true);
  });
});
