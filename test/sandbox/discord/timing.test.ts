import { DiscordAPIError, MessageFlags, type RepliableInteraction } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type DiscordSandbox, startDiscord } from '../../../sandbox/discord/index.ts';
import { type Bot, plainCommand, startBot, textOption } from './bot.ts';

const START = Date.UTC(2026, 10, 22, 15);

describe('deadlines and states of an interaction', () => {
  let discord: DiscordSandbox;
  let bot: Bot;
  let now: number;

  beforeEach(async () => {
    now = START;
    discord = await startDiscord({ now: () => now, acknowledgeTimeoutMs: 200, answerTimeoutMs: 200 });
    bot = await startBot(discord, [plainCommand('go', [textOption('text', { autocomplete: true })])]);
  });
  afterEach(async () => {
    await bot.client.destroy();
    await discord.close();
  });

  function whenRepliable(behave: (interaction: RepliableInteraction) => Promise<unknown>): void {
    bot.on(async (interaction) => interaction.isRepliable() && behave(interaction));
  }

  function codes(): readonly number[] {
    return discord.violations.map((violation) => violation.code);
  }

  test('an answer after 3 s is refused with 10062 and the user is told', async () => {
    whenRepliable(async (interaction) => {
      now += 3_001;
      await interaction.reply('late');
    });
    await expect(discord.user().command('go')).rejects.toThrow('The application did not respond');
    expect(codes()).toEqual([10062]);
  });

  test('an answer after exactly 3 s is in time', async () => {
    whenRepliable(async (interaction) => {
      now += 3_000;
      await interaction.reply('in time');
    });
    expect((await discord.user().command('go')).message?.content).toBe('in time');
  });

  test('a user whose bot never answers is told so', async () => {
    await expect(discord.user().command('go')).rejects.toThrow('no answer within 200 ms');
  });

  test('a user whose bot defers and never edits is told so', async () => {
    whenRepliable((interaction) => interaction.deferReply());
    await expect(discord.user().command('go')).rejects.toThrow('sent none within 200 ms');
  });

  test('an edit is taken for 15 minutes and refused with 50027 afterwards', async () => {
    const answered: RepliableInteraction[] = [];
    whenRepliable(async (interaction) => {
      await interaction.reply('first');
      answered.push(interaction);
    });
    const message = (await discord.user().command('go')).messageOrThrow();
    await discord.until(() => answered.length > 0);
    now = START + 15 * 60_000;
    await answered[0]?.editReply('in time');
    now += 1;
    await expect(answered[0]?.editReply('late')).rejects.toMatchObject({ code: 50027, status: 401 });
    await expect(answered[0]?.followUp('late')).rejects.toMatchObject({ code: 50027 });
    expect([message.content, codes()]).toEqual(['in time', [50027, 50027]]);
  });

  test('a second acknowledgement is refused with 40060', async () => {
    whenRepliable(async (interaction) => {
      await interaction.reply('one');
      interaction.replied = false;
      interaction.deferred = false;
      await interaction.reply('two');
    });
    const answer = await discord.user().command('go');
    await discord.until(() => codes().length > 0);
    expect([answer.message?.content, codes()]).toEqual(['one', [40060]]);
  });

  test('a modal after a deferral is refused with 40060', async () => {
    whenRepliable(async (interaction) => {
      await interaction.deferReply();
      interaction.deferred = false;
      if (interaction.isChatInputCommand()) await interaction.showModal(MODAL).catch(() => undefined);
      interaction.deferred = true;
      await interaction.editReply('done');
    });
    await discord.user().command('go');
    expect(codes()).toEqual([40060]);
  });

  test('a modal in answer to a modal submit is refused with 50035', async () => {
    bot.on(async (interaction) => {
      if (interaction.isChatInputCommand()) await interaction.showModal(MODAL);
      if (!interaction.isModalSubmit()) return;
      await callback(interaction, { type: 9, data: MODAL }).catch(() => undefined);
      await interaction.reply('done');
    });
    const user = discord.user();
    await user.submit((await user.command('go')).modalOrThrow(), { Name: 'x' });
    expect(discord.violations).toMatchObject([{ code: 50035, reason: 'type: Value must be one of {4, 5}.' }]);
  });

  test.each([6, 7])('type %d in answer to a command is refused with 50035', async (type) => {
    whenRepliable(async (interaction) => {
      await callback(interaction, { type, data: {} }).catch(() => undefined);
      await interaction.reply('done');
    });
    await discord.user().command('go');
    expect(discord.violations).toMatchObject([{ code: 50035, reason: 'type: Value must be one of {4, 5, 9}.' }]);
  });

  test('choices for anything but autocomplete, and anything but choices for autocomplete, are refused', async () => {
    bot.on(async (interaction) => {
      if (interaction.isAutocomplete()) {
        await callback(interaction, { type: 4, data: { content: 'no' } }).catch(() => undefined);
        await interaction.respond([]);
      } else if (interaction.isRepliable()) {
        await callback(interaction, { type: 8, data: { choices: [] } }).catch(() => undefined);
        await interaction.reply('done');
      }
    });
    await discord.user().autocomplete('go', 'text', {});
    await discord.user().command('go');
    expect(codes()).toEqual([50035, 50035]);
  });

  test('a deferral with anything but the ephemeral flag is refused', async () => {
    whenRepliable(async (interaction) => {
      await callback(interaction, { type: 5, data: { flags: MessageFlags.IsComponentsV2 } }).catch(() => undefined);
      await callback(interaction, { type: 5, data: { content: 'x' } }).catch(() => undefined);
      await interaction.reply('done');
    });
    await discord.user().command('go');
    expect(codes()).toEqual([50035, 50035]);
  });

  test('an edit or followup before any answer is refused with 10015', async () => {
    whenRepliable(async (interaction) => {
      interaction.deferred = true;
      await interaction.editReply('x').catch(() => undefined);
      await interaction.followUp('x').catch(() => undefined);
      interaction.deferred = false;
      await interaction.reply('done');
    });
    await discord.user().command('go');
    expect(codes()).toEqual([10015, 10015]);
  });

  test('an unknown interaction, webhook, message, channel and route are refused by their codes', async () => {
    whenRepliable(async (interaction) => {
      await interaction.reply('done');
    });
    const { token } = await discord.user().command('go');
    const { rest } = bot.client;
    const app = discord.applicationId;
    await expect(rest.post('/interactions/1/nope/callback', { body: { type: 5 }, auth: false })).rejects.toThrow(
      DiscordAPIError,
    );
    await expect(rest.post(`/webhooks/${app}/nope`, { body: { content: 'x' }, auth: false })).rejects.toThrow();
    await expect(
      rest.patch(`/webhooks/${app}/${token}/messages/1`, { body: { content: 'x' }, auth: false }),
    ).rejects.toThrow();
    await expect(rest.post('/channels/1/messages', { body: { content: 'x' } })).rejects.toThrow();
    await expect(rest.put('/applications/1/commands', { body: [] })).rejects.toThrow();
    await expect(rest.get('/nothing')).rejects.toThrow();
    await expect(rest.put('/users/@me')).rejects.toThrow();
    await expect(rest.get('/users/@me', { auth: false })).rejects.toThrow();
    expect(codes()).toEqual([10062, 10015, 10008, 10003, 20012, 0, 0, 0]);
  });

  test('a channel the app cannot see is 50001, one it cannot write in or embed in is 50013', async () => {
    const hidden = discord.channel({ appPermissions: 0n });
    const silent = discord.channel({ appPermissions: 1n << 10n });
    const plain = discord.channel({ appPermissions: (1n << 10n) | (1n << 11n) });
    const post = (id: string, body: object) => bot.client.rest.post(`/channels/${id}/messages`, { body });
    await expect(post(hidden.id, { content: 'x' })).rejects.toMatchObject({ code: 50001, status: 403 });
    await expect(post(silent.id, { content: 'x' })).rejects.toMatchObject({ code: 50013, status: 403 });
    await expect(post(plain.id, { embeds: [{ title: 'x' }] })).rejects.toMatchObject({ code: 50013 });
    await post(plain.id, { content: 'x' });
    discord.deleteChannel(plain.id);
    await expect(post(plain.id, { content: 'x' })).rejects.toMatchObject({ code: 10003 });
  });

  function callback(interaction: { readonly id: string; readonly token: string }, body: object) {
    return bot.client.rest.post(`/interactions/${interaction.id}/${interaction.token}/callback`, { body, auth: false });
  }
});

const MODAL = {
  custom_id: 'form',
  title: 'Form',
  components: [{ type: 18, label: 'Name', component: { type: 4, custom_id: 'name', style: 1 } }],
};
