import { describe, expect, test } from 'vitest';
import { createMessage, editMessage } from '../../../sandbox/discord/message.ts';
import type { MessageBody } from '../../../sandbox/discord/wire.ts';

const ORIGIN = { id: '1', kind: 2, userId: '7' };

function message(body: MessageBody, origin: typeof ORIGIN | null) {
  const place = {
    id: '1400000000000000001',
    channelId: '5',
    authorId: '9',
    invokerId: origin && '7',
    origin,
    files: [],
  };
  return createMessage(body, place);
}

describe('whom a message pings', () => {
  test.each<[string, MessageBody, readonly string[]]>([
    ['a user in an answer', { content: 'hi <@1> and <@!2>' }, ['<@1>', '<@2>']],
    ['nobody, when nothing may be parsed', { content: '<@1> <@&2> @everyone', allowed_mentions: { parse: [] } }, []],
    ['no role and not everyone in an answer by default', { content: '<@&2> @everyone @here' }, []],
    ['a listed user only', { content: '<@1> <@2>', allowed_mentions: { users: ['2'] } }, ['<@2>']],
    ['a listed role only', { content: '<@&1> <@&2>', allowed_mentions: { roles: ['2'] } }, ['<@&2>']],
    [
      'everyone, when that may be parsed',
      { content: '@everyone @here', allowed_mentions: { parse: ['everyone'] } },
      ['@everyone', '@here'],
    ],
    [
      'nobody from an embed',
      { embeds: [{ description: '<@1> @everyone' }], allowed_mentions: { parse: ['users', 'everyone'] } },
      [],
    ],
    ['a user in a text display', { flags: 1 << 15, components: [{ type: 10, content: '<@1>' }] }, ['<@1>']],
    ['nobody by an escaped mention', { content: '\\<@1>' }, []],
    ['nobody but the reader in an ephemeral answer', { content: '<@1> <@7>', flags: 64 }, ['<@7>']],
  ])('%s', (_, body, expected) => {
    expect(message(body, ORIGIN).pings).toEqual(expected);
  });

  test('a channel message pings users, roles and everyone by default', () => {
    expect(message({ content: '<@1> <@&2> @here' }, null).pings).toEqual(['<@1>', '<@&2>', '@here']);
  });

  test('an edit is judged anew', () => {
    const edited = message({ content: 'nobody' }, ORIGIN);
    editMessage(edited, { content: '<@1>' }, [], '2026-11-22T15:00:00.000Z');
    expect(edited.pings).toEqual(['<@1>']);
  });
});
