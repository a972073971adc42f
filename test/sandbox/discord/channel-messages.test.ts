import { MessageFlags, type RESTPostAPIChannelMessageJSONBody, Routes } from 'discord.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type DiscordSandbox,
  type DiscordUser,
  type Interaction,
  type Message,
  startDiscord,
} from '../../../sandbox/discord/index.ts';
import { type Bot, plainCommand, startBot } from './bot.ts';

describe('messages of a channel', () => {
  let discord: DiscordSandbox;
  let bot: Bot;
  let user: DiscordUser;
  let channelId: string;
  let now = Date.UTC(2026, 10, 22, 15);

  beforeAll(async () => {
    discord = await startDiscord({ now: () => now });
    bot = await startBot(discord, [plainCommand('go')]);
  });
  beforeEach(() => {
    channelId = discord.channel().id;
    user = discord.user({ channelId });
  });
  afterAll(async () => {
    await bot.client.destroy();
    await discord.close();
  });

  const post = (body: RESTPostAPIChannelMessageJSONBody, channel = channelId) =>
    bot.client.rest.post(Routes.channelMessages(channel), { body });
  const edit = ({ id }: Pick<Message, 'id'>, body: object, channel = channelId) =>
    bot.client.rest.patch(Routes.channelMessage(channel, id), { body });

  function only(): Message {
    const [message, ...more] = discord.channelMessages(channelId);
    if (!message || more.length > 0) throw new Error(`There are ${more.length + 1} messages`);
    return message;
  }

  function last(): Message {
    const message = discord.channelMessages(channelId).at(-1);
    if (!message) throw new Error('There is no message');
    return message;
  }

  async function posted(body: RESTPostAPIChannelMessageJSONBody): Promise<Message> {
    await post(body);
    return last();
  }

  async function answered(flags?: MessageFlags.Ephemeral): Promise<Interaction> {
    bot.on(async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      await interaction.reply({ content: 'answer', ...(flags && { flags }) });
      await interaction.followUp({ content: 'followup', ...(flags && { flags }) });
    });
    const answer = await user.command('go');
    await discord.until(() => answer.followUps.length > 0);
    return answer;
  }

  describe('an edit by the bot', () => {
    test('changes what it posted, wherever a test reads it', async () => {
      const message = await posted({ content: 'board', embeds: [{ title: 'Queue' }] });
      const before = now;
      const json = await edit(message, { content: 'board 2' });
      expect(json).toMatchObject({ content: 'board 2', edited_timestamp: new Date(before).toISOString() });
      expect(message).toMatchObject({ content: 'board 2', embeds: [{ title: 'Queue' }], editedCount: 1 });
      expect(only()).toBe(message);
    });

    test('changes a public answer and a public followup as well, also when the token has run out', async () => {
      const answer = await answered();
      now += 16 * 60_000;
      await edit(answer.messageOrThrow(), { content: 'answer 2' });
      await edit(answer.followUpOrThrow(), { content: 'followup 2' });
      expect(answer.messageOrThrow()).toMatchObject({ content: 'answer 2', invokerId: user.id, editedCount: 1 });
      expect(answer.followUps).toMatchObject([{ content: 'followup 2' }]);
      expect(discord.channelMessages(channelId).map(({ content }) => content)).toEqual(['answer 2', 'followup 2']);
    });

    test('needs no permission to write, only to see the channel', async () => {
      const message = await posted({ content: 'board' });
      discord.channel({ id: channelId, appPermissions: 1n << 10n });
      await edit(message, { content: 'board 2' });
      discord.channel({ id: channelId, appPermissions: 0n });
      await expect(edit(message, { content: 'board 3' })).rejects.toMatchObject({ code: 50001, status: 403 });
      expect(message.content).toBe('board 2');
    });

    test('of what a user wrote is 50005', async () => {
      const message = user.post('hello');
      expect(message).toMatchObject({ authorId: user.id, content: 'hello' });
      await expect(edit(message, { content: 'bye' })).rejects.toMatchObject({ code: 50005, status: 403 });
      expect(only().content).toBe('hello');
    });

    test('of a message that is not there, is elsewhere, or was deleted by the bot is 10008', async () => {
      const message = await posted({ content: 'board' });
      const unknown = { code: 10008, status: 404 };
      await expect(edit({ id: '1400000000000000001' }, { content: 'x' })).rejects.toMatchObject(unknown);
      await expect(edit(message, { content: 'x' }, discord.channel().id)).rejects.toMatchObject(unknown);
      await bot.client.rest.delete(Routes.channelMessage(channelId, message.id));
      await expect(edit(message, { content: 'x' })).rejects.toMatchObject(unknown);
    });

    test('of an ephemeral answer or followup is 10008', async () => {
      const answer = await answered(MessageFlags.Ephemeral);
      for (const message of [answer.messageOrThrow(), answer.followUpOrThrow()])
        await expect(edit(message, { content: 'x' })).rejects.toMatchObject({ code: 10008, status: 404 });
      expect(answer.messageOrThrow().content).toBe('answer');
    });

    test('that leaves nothing behind is 50006', async () => {
      const message = await posted({ content: 'board' });
      await expect(edit(message, { content: '' })).rejects.toMatchObject({ code: 50006, status: 400 });
    });
  });

  test('what a user wrote cannot be deleted by a bot that may not manage messages', async () => {
    const { id } = user.post('hello');
    const remove = () => bot.client.rest.delete(Routes.channelMessage(channelId, id));
    await expect(remove()).rejects.toMatchObject({ code: 50013 });
    discord.channel({ id: channelId, appPermissions: (1n << 10n) | (1n << 13n) });
    await remove();
    expect(discord.channelMessages(channelId)).toEqual([]);
  });

  test('a fetched message says who wrote it', async () => {
    const { id } = user.post('hello');
    const channel = await bot.client.channels.fetch(channelId);
    const fetched = channel?.isTextBased() ? await channel.messages.fetch(id) : undefined;
    expect(fetched?.author).toMatchObject({ id: user.id, username: user.name, bot: false });
  });

  describe('a reply', () => {
    const reply = (id: string, more: RESTPostAPIChannelMessageJSONBody = {}, fail = true) =>
      posted({ content: 'reply', message_reference: { message_id: id, fail_if_not_exists: fail }, ...more });

    test('keeps which message it replies to, for tests and for the bot', async () => {
      const card = await posted({ content: 'card' });
      expect(card.replyTo).toBeNull();
      const message = await reply(card.id);
      expect(message).toMatchObject({ content: 'reply', replyTo: card.id });
      expect(await bot.client.rest.get(Routes.channelMessage(channelId, message.id))).toMatchObject({
        type: 19,
        message_reference: { message_id: card.id, channel_id: channelId, guild_id: discord.guildIds[0] },
        referenced_message: { id: card.id, content: 'card' },
      });
    });

    test('can reply to an answer to an interaction', async () => {
      const { id } = (await answered()).messageOrThrow();
      expect((await reply(id)).replyTo).toBe(id);
    });

    test('to a message that is not there is 50035, or an ordinary message if the bot says so', async () => {
      const gone = '1400000000000000001';
      const refused = { code: 50035, rawError: { errors: { message_reference: {} } } };
      await expect(reply(gone)).rejects.toMatchObject(refused);
      expect(discord.violations.at(-1)?.issues).toMatchObject([{ code: 'REPLIES_UNKNOWN_MESSAGE' }]);
      expect(await reply(gone, {}, false)).toMatchObject({ content: 'reply', replyTo: null });
    });

    test('to an ephemeral message is 50035', async () => {
      const { id } = (await answered(MessageFlags.Ephemeral)).messageOrThrow();
      await expect(reply(id)).rejects.toMatchObject({ code: 50035 });
    });

    test('to a message that a moderator deleted is 50035 and no violation', async () => {
      const card = await posted({ content: 'card' });
      const before = discord.violations.length;
      discord.deleteMessage(card);
      await expect(reply(card.id)).rejects.toMatchObject({ code: 50035 });
      expect((await reply(card.id, {}, false)).replyTo).toBeNull();
      expect(discord.violations.length).toBe(before);
    });

    test('that names another channel is 50035', async () => {
      const card = await posted({ content: 'card' });
      const message_reference = { message_id: card.id, channel_id: discord.channel().id };
      await expect(post({ content: 'reply', message_reference })).rejects.toMatchObject({ code: 50035 });
    });

    test('without the permission to read the history is 160002', async () => {
      const card = await posted({ content: 'card' });
      discord.channel({ id: channelId, appPermissions: (1n << 10n) | (1n << 11n) });
      await expect(reply(card.id)).rejects.toMatchObject({ code: 160002, status: 403 });
    });

    test('pings whom it replies to, unless allowed mentions are given that do not say so', async () => {
      const { id } = user.post('hello');
      expect((await reply(id)).pings).toEqual([`<@${user.id}>`]);
      expect((await reply(id, { allowed_mentions: { parse: [] } })).pings).toEqual([]);
      expect((await reply(id, { allowed_mentions: { parse: [], replied_user: true } })).pings).toEqual([
        `<@${user.id}>`,
      ]);
    });
  });

  test('allowed mentions with explicit users ping those of them whom the content mentions', async () => {
    const message = await posted({
      content: '<@1400000000000000001> <@1400000000000000002> @everyone',
      allowed_mentions: { parse: [], users: ['1400000000000000002', '1400000000000000003'] },
    });
    expect(message.pings).toEqual(['<@1400000000000000002>']);
  });

  test('more than 100 allowed users are 50035', async () => {
    const users = Array.from({ length: 101 }, (_, index) => String(1_400_000_000_000_000_000n + BigInt(index)));
    await expect(post({ content: 'x', allowed_mentions: { users } })).rejects.toMatchObject({ code: 50035 });
  });
});
