import { type RepliableInteraction, Routes } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Denial, type DiscordSandbox, type Message, startDiscord } from '../../../sandbox/discord/index.ts';
import { type Bot, plainCommand, startBot } from './bot.ts';

describe('what a test makes Discord refuse', () => {
  let discord: DiscordSandbox;
  let bot: Bot;
  let channelId: string;

  beforeEach(async () => {
    discord = await startDiscord();
    bot = await startBot(discord, [plainCommand('go')]);
    channelId = discord.channel().id;
  });
  afterEach(async () => {
    await bot.client.destroy();
    await discord.close();
  });

  const post = (channel = channelId, content = 'x') =>
    bot.client.rest.post(Routes.channelMessages(channel), { body: { content } });
  const edit = ({ id }: Message, content = 'y') =>
    bot.client.rest.patch(Routes.channelMessage(channelId, id), { body: { content } });

  async function posted(): Promise<Message> {
    await post();
    const message = discord.channelMessages(channelId).at(-1);
    if (!message) throw new Error('There is no message');
    return message;
  }

  /** An interaction that was answered. */
  async function answered(user = discord.user({ channelId })): Promise<RepliableInteraction> {
    const seen: RepliableInteraction[] = [];
    bot.on(async (interaction) => {
      if (!interaction.isRepliable()) return;
      await interaction.reply('answer');
      seen.push(interaction);
    });
    await user.command('go');
    await discord.until(() => seen.length > 0);
    const [interaction] = seen;
    if (!interaction) throw new Error('There was no interaction');
    return interaction;
  }

  const CHANNEL_DENIALS: readonly (readonly [Denial['reason'], number, number])[] = [
    ['missingAccess', 50001, 403],
    ['missingPermissions', 50013, 403],
    ['unknownChannel', 10003, 404],
  ];

  test.each(CHANNEL_DENIALS)('%s refuses to post and to edit in a channel with %d', async (reason, code, status) => {
    const message = await posted();
    const denial = discord.deny({ reason, channelId });
    await expect(post()).rejects.toMatchObject({ code, status });
    await expect(edit(message)).rejects.toMatchObject({ code, status });
    expect([message.content, discord.channelMessages(channelId).length, denial.refused]).toEqual(['x', 1, 2]);
    await post(discord.channel().id);
    expect(discord.violations).toEqual([]);
  });

  test.each([
    ['tokenExpired', 50027, 401],
    ['unknownWebhook', 10015, 404],
  ] as const)('%s refuses followups and edits of answers with %d', async (reason, code, status) => {
    const interaction = await answered();
    const denial = discord.deny({ reason });
    await expect(interaction.followUp('more')).rejects.toMatchObject({ code, status });
    await expect(interaction.editReply('changed')).rejects.toMatchObject({ code, status });
    expect(discord.channelMessages(channelId).map(({ content }) => content)).toEqual(['answer']);
    await post();
    expect([denial.refused, discord.violations]).toEqual([2, []]);
  });

  test('it lasts until it is lifted, or for as many requests as it is for', async () => {
    const forever = discord.deny({ reason: 'missingAccess', channelId });
    for (const _ of [1, 2, 3]) await expect(post()).rejects.toMatchObject({ code: 50001 });
    forever.lift();
    await post();
    const twice = discord.deny({ reason: 'missingPermissions', channelId, times: 2 });
    for (const _ of [1, 2]) await expect(post()).rejects.toMatchObject({ code: 50013 });
    await post();
    expect([forever.refused, twice.refused]).toEqual([3, 2]);
  });

  test('it can be for one method, one message or one user only', async () => {
    const [first, second] = [await posted(), await posted()];
    discord.deny({ reason: 'missingPermissions', method: 'POST' });
    discord.deny({ reason: 'unknownMessage', messageId: first.id });
    await expect(post()).rejects.toMatchObject({ code: 50013 });
    await expect(edit(first)).rejects.toMatchObject({ code: 10008 });
    await edit(second);
    const [unlucky, lucky] = [discord.user({ channelId }), discord.user({ channelId })];
    discord.deny({ reason: 'tokenExpired', userId: unlucky.id });
    await expect((await answered(unlucky)).followUp('more')).rejects.toMatchObject({ code: 50027 });
    await (await answered(lucky)).followUp('more');
  });

  test('of two that fit, the later one is heard', async () => {
    discord.deny({ reason: 'missingAccess' });
    discord.deny({ reason: 'missingPermissions', times: 1 });
    await expect(post()).rejects.toMatchObject({ code: 50013 });
    await expect(post()).rejects.toMatchObject({ code: 50001 });
  });

  test('what is wrong with a request is still refused for that, and counts', async () => {
    const message = await posted();
    const denials = [
      discord.deny({ reason: 'missingAccess', channelId, times: 1 }),
      discord.deny({ reason: 'tokenExpired', times: 1 }),
    ];
    const interaction = await answered();
    await expect(post(channelId, 'x'.repeat(2001))).rejects.toMatchObject({ code: 50035 });
    await expect(edit(message, '')).rejects.toMatchObject({ code: 50006 });
    await expect(interaction.followUp('x'.repeat(2001))).rejects.toMatchObject({ code: 50035 });
    expect(discord.violations.map(({ code }) => code)).toEqual([50035, 50006, 50035]);
    expect(denials.map(({ refused }) => refused)).toEqual([0, 0]);
  });

  test('a refused request is on record with its status', async () => {
    discord.deny({ reason: 'missingAccess' });
    await post().catch(() => undefined);
    expect(discord.requests.at(-1)).toMatchObject({ method: 'POST', body: { content: 'x' }, status: 403 });
  });

  test('in a deleted channel nothing can be read, done or sent any more, through an interaction neither', async () => {
    const user = discord.user({ channelId });
    const message = await posted();
    const interaction = await answered(user);
    discord.deleteChannel(channelId);
    const unknown = { code: 10003, status: 404 };
    await expect(post()).rejects.toMatchObject(unknown);
    await expect(edit(message)).rejects.toMatchObject(unknown);
    await expect(bot.client.channels.fetch(channelId, { force: true })).rejects.toMatchObject(unknown);
    await expect(interaction.followUp('more')).rejects.toMatchObject(unknown);
    await expect(user.command('go')).rejects.toThrow('The channel is not there (any more)');
    expect(() => user.post('hello')).toThrow('The channel is not there (any more)');
    expect([discord.channelMessages(channelId), discord.violations]).toEqual([[], []]);
  });

  test('a bot with the Guilds intent is told of a deleted channel', async () => {
    await discord.until(() => bot.client.channels.cache.has(channelId));
    discord.deleteChannel(channelId);
    await discord.until(() => !bot.client.channels.cache.has(channelId));
  });

  test('a message that a moderator deleted can be neither edited nor used', async () => {
    const message = await posted();
    const interaction = await answered();
    const answer = discord.channelMessages(channelId).at(-1);
    discord.deleteMessage(message);
    if (answer) discord.deleteMessage(answer);
    await expect(edit(message)).rejects.toMatchObject({ code: 10008, status: 404 });
    await expect(interaction.editReply('changed')).rejects.toMatchObject({ code: 10008 });
    await expect(discord.user({ channelId }).click(message, 'Any')).rejects.toThrow('not there (any more)');
    expect(() => discord.deleteMessage(message)).toThrow('not there (any more)');
    expect([message.deleted, discord.channelMessages(channelId), discord.violations]).toEqual([true, [], []]);
  });
});
