import { Routes } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type DiscordSandbox, type DiscordUser, startDiscord } from '../../../sandbox/discord/index.ts';
import { type Bot, plainCommand, startBot } from './bot.ts';

describe('direct messages', () => {
  let discord: DiscordSandbox;
  let bot: Bot;
  let user: DiscordUser;

  beforeEach(async () => {
    discord = await startDiscord();
    bot = await startBot(discord, [plainCommand('go')]);
    user = discord.user({ name: 'joker' });
  });
  afterEach(async () => {
    await bot.client.destroy();
    await discord.close();
  });

  const open = (body: object) => bot.client.rest.post(Routes.userChannels(), { body });

  test('reach the user, and nobody else', async () => {
    await bot.client.users.send(user.id, 'hello');
    await bot.client.users.send(user.id, 'again');
    expect(user.directMessages).toMatchObject([
      { content: 'hello', authorId: discord.applicationId, ephemeral: false },
      { content: 'again' },
    ]);
    expect(discord.user().directMessages).toEqual([]);
    expect(discord.channelMessages(discord.channel().id)).toEqual([]);
    expect(discord.violations).toEqual([]);
  });

  test('go to one channel, however often it is opened', async () => {
    const first = await open({ recipient_id: user.id });
    expect(first).toMatchObject({ type: 1, recipients: [{ id: user.id, username: 'joker' }] });
    expect(await open({ recipient_id: user.id })).toEqual(first);
    expect(await open({ recipient_id: discord.user().id })).not.toEqual(first);
  });

  test('can be edited and deleted by the bot', async () => {
    const message = await bot.client.users.send(user.id, 'hello');
    await message.edit('hello 2');
    expect(user.directMessages).toMatchObject([{ content: 'hello 2', editedCount: 1 }]);
    await message.delete();
    expect(user.directMessages).toEqual([]);
  });

  test('share their channel with the commands that the user sends there', async () => {
    bot.on(async (interaction) => interaction.isChatInputCommand() && interaction.reply('answer'));
    await bot.client.users.send(user.id, 'hello');
    await discord.user({ id: user.id, guildId: null }).command('go');
    expect(user.directMessages.map(({ content }) => content)).toEqual(['hello', 'answer']);
  });

  test('have buttons that their reader alone can press, outside of any guild', async () => {
    const button = { type: 2, style: 1, custom_id: 'b', label: 'Understood' } as const;
    await bot.client.users.send(user.id, { content: 'hello', components: [{ type: 1, components: [button] }] });
    const [message] = user.directMessages;
    if (!message) throw new Error('There is no direct message');
    bot.on(async (interaction) => interaction.isButton() && interaction.update(String(interaction.guildId)));
    await user.click(message, 'Understood');
    expect(message.content).toBe('null');
    await expect(discord.user().click(message, 'Understood')).rejects.toThrow('direct messages of another user');
  });

  test.each([
    ['cannotMessageUser', 50007],
    ['noMutualGuilds', 50278],
  ] as const)('%s refuses those to one user with %d, which is no violation', async (reason, code) => {
    const other = discord.user();
    const denial = discord.deny({ reason, userId: user.id });
    await expect(bot.client.users.send(user.id, 'hello')).rejects.toMatchObject({ code, status: 403 });
    await bot.client.users.send(other.id, 'hello');
    expect([user.directMessages.length, other.directMessages.length]).toEqual([0, 1]);
    denial.lift();
    await bot.client.users.send(user.id, 'hello');
    expect([user.directMessages.length, denial.refused, discord.violations]).toEqual([1, 1, []]);
  });

  test('are not what a denied channel of a guild is about', async () => {
    discord.deny({ reason: 'missingAccess' });
    await bot.client.users.send(user.id, 'hello');
    expect(user.directMessages).toHaveLength(1);
  });

  test('to nobody, or to somebody whom Discord does not know, are a violation', async () => {
    await expect(open({})).rejects.toMatchObject({ code: 50035 });
    await expect(open({ recipient_id: '1400000000000000001' })).rejects.toMatchObject({ code: 50033, status: 400 });
    expect(discord.violations.map(({ code }) => code)).toEqual([50035, 50033]);
  });
});
