import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type DiscordSandbox, startDiscord } from '../../../sandbox/discord/index.ts';
import { isObject } from '../../../sandbox/discord/wire.ts';
import { type Bot, plainCommand, startBot, textOption } from './bot.ts';
import { COMMANDS, OFFERS } from './refused-commands.ts';
import { MESSAGES } from './refused-messages.ts';
import { MODALS } from './refused-modals.ts';
import { display, type Json, V2 } from './wire-builders.ts';

describe('what Discord would refuse is refused and recorded', () => {
  let discord: DiscordSandbox;
  let bot: Bot;
  let seen = 0;

  beforeAll(async () => {
    discord = await startDiscord();
    bot = await startBot(discord, [plainCommand('go', [textOption('text', { autocomplete: true })])]);
  });
  beforeEach(() => {
    seen = discord.violations.length;
  });
  afterAll(async () => {
    await bot.client.destroy();
    await discord.close();
  });

  function expectRefused(answer: Json, reason: string): void {
    const [violation, ...more] = discord.violations.slice(seen);
    expect(more).toEqual([]);
    expect(violation?.reason).toContain(reason);
    expect(answer.code).toBe(reason.startsWith('Cannot send an empty message') ? 50006 : 50035);
    expect(violation?.code).toBe(answer.code);
    if (answer.code === 50035)
      expect(answer).toMatchObject({ message: 'Invalid Form Body', errors: expect.anything() });
  }

  async function send(method: string, path: string, body: unknown): Promise<Json> {
    const headers = { 'content-type': 'application/json', authorization: 'Bot x' };
    const response = await fetch(`${discord.apiUrl}/v10${path}`, { method, headers, body: JSON.stringify(body) });
    const answer: unknown = response.status === 204 ? {} : await response.json();
    return isObject(answer) ? answer : {};
  }

  async function answerCommandWith(body: unknown): Promise<Json> {
    let answer: Json = {};
    bot.on(async (interaction) => {
      answer = await send(
        'POST',
        `/interactions/${interaction.id}/${'token' in interaction ? interaction.token : ''}/callback`,
        body,
      );
      if (interaction.isRepliable()) await interaction.reply('done');
      if (interaction.isAutocomplete()) await interaction.respond([]);
    });
    await discord.user().command('go');
    return answer;
  }

  test.each(MESSAGES)('a reply with %s', async (_, data, reason) => {
    expectRefused(await answerCommandWith({ type: 4, data }), reason);
  });

  test.each(MESSAGES)('a channel message with %s', async (_, body, reason) => {
    expectRefused(await send('POST', `/channels/${discord.channel().id}/messages`, body), reason);
  });

  const EDITS = MESSAGES.filter(
    ([what]) => !['nothing at all', 'blanks only', 'V2 components without the flag', 'six rows'].includes(what),
  );

  test.each(EDITS)('an edit of a channel message with %s', async (_, body, reason) => {
    const path = `/channels/${discord.channel().id}/messages`;
    const { id } = await send('POST', path, { content: 'x' });
    expectRefused(await send('PATCH', `${path}/${id}`, body), reason);
  });

  test.each(EDITS)('an edit with %s', async (_, body, reason) => {
    bot.on(async (interaction) => interaction.isRepliable() && interaction.reply('first'));
    const { token } = await discord.user().command('go');
    const path = `/webhooks/${discord.applicationId}/${token}/messages/@original`;
    expectRefused(await send('PATCH', path, body), reason);
  });

  test.each(MODALS)('a modal with %s', async (_, data, reason) => {
    expectRefused(await answerCommandWith({ type: 9, data }), reason);
  });

  test.each(COMMANDS)('a bulk overwrite with %s', async (_, body, reason) => {
    const before = discord.commands();
    expectRefused(await send('PUT', `/applications/${discord.applicationId}/commands`, body), reason);
    expect(discord.commands()).toBe(before);
  });

  test.each(OFFERS)('autocomplete with %s', async (_, data, reason) => {
    let answer: Json = {};
    bot.on(async (interaction) => {
      if (!interaction.isAutocomplete()) return;
      answer = await send('POST', `/interactions/${interaction.id}/${interaction.token}/callback`, { type: 8, data });
      await interaction.respond([]);
    });
    await discord.user().autocomplete('go', 'text', {});
    expectRefused(answer, reason);
  });

  describe('edits are judged by the message they would leave behind', () => {
    async function answered(data: Json): Promise<string> {
      bot.on(async (interaction) => {
        if (interaction.isRepliable())
          await send('POST', `/interactions/${interaction.id}/${interaction.token}/callback`, { type: 4, data });
      });
      const { token } = await discord.user().command('go');
      return `/webhooks/${discord.applicationId}/${token}/messages/@original`;
    }

    test('one that empties the message is 50006', async () => {
      expectRefused(
        await send('PATCH', await answered({ content: 'x' }), { content: '' }),
        'Cannot send an empty message',
      );
    });

    test('one that adds V2 to a message that keeps its content is refused', async () => {
      const path = await answered({ content: 'x' });
      expectRefused(
        await send('PATCH', path, { flags: V2, components: [display('y')] }),
        "'content' field cannot be used",
      );
    });

    test('one that adds content to a V2 message is refused', async () => {
      const path = await answered({ flags: V2, components: [display('y')] });
      expectRefused(await send('PATCH', path, { content: 'x' }), "'content' field cannot be used");
    });

    test('one that sets the ephemeral flag is refused, for it could not have an effect', async () => {
      expectRefused(
        await send('PATCH', await answered({ content: 'x' }), { content: 'y', flags: 64 }),
        'The flags 64 cannot be set here',
      );
    });
  });

  test('a body that is no JSON is 50109', async () => {
    const url = `${discord.apiUrl}/v10/channels/${discord.channel().id}/messages`;
    const response = await fetch(url, { method: 'POST', headers: { authorization: 'Bot x' }, body: '{' });
    expect([response.status, await response.json()]).toMatchObject([400, { code: 50109 }]);
  });

  test('with validation off nothing is judged', async () => {
    const lean = await startDiscord({ validate: false, record: false });
    const response = await fetch(`${lean.apiUrl}/v10/channels/${lean.channel().id}/messages`, {
      method: 'POST',
      headers: { authorization: 'Bot x' },
      body: JSON.stringify({ content: 'x'.repeat(3000), ephemeral: true }),
    });
    expect([response.status, lean.violations, lean.requests]).toEqual([200, [], []]);
    await lean.close();
  });
});
