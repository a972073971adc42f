import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  MessageFlags,
  StringSelectMenuBuilder,
  UserSelectMenuBuilder,
} from 'discord.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DiscordSandbox, type DiscordUser, startDiscord } from '../../../sandbox/discord/index.ts';
import { type Bot, plainCommand, startBot } from './bot.ts';

describe('answers', () => {
  let discord: DiscordSandbox;
  let bot: Bot;
  let user: DiscordUser;

  beforeAll(async () => {
    discord = await startDiscord();
    bot = await startBot(discord, [plainCommand('go')]);
    user = discord.user();
  });
  afterAll(async () => {
    await bot.client.destroy();
    await discord.close();
  });

  test('a reply is a public message in the user’s channel', async () => {
    const { id } = discord.channel({ name: 'ops' });
    bot.on(async (interaction) => interaction.isRepliable() && interaction.reply('hello'));
    const answer = await discord.user({ channelId: id }).command('go');
    expect(answer.messageOrThrow()).toMatchObject({
      content: 'hello',
      channelId: id,
      ephemeral: false,
      editedCount: 0,
    });
    expect(discord.channelMessages(id)).toEqual([answer.message]);
    expect(answer.acknowledgedAfterMs).toBeGreaterThan(0);
    expect(answer.modal).toBeNull();
    expect(() => answer.modalOrThrow()).toThrow('The bot opened no modal; it answered: hello');
  });

  test('an ephemeral reply is no public message', async () => {
    const { id } = discord.channel();
    bot.on(async (interaction) => {
      if (interaction.isRepliable()) await interaction.reply({ content: 'psst', flags: MessageFlags.Ephemeral });
    });
    const answer = await discord.user({ id: '1400000000000000009', channelId: id }).command('go');
    expect(answer.message).toMatchObject({ ephemeral: true, invokerId: '1400000000000000009' });
    expect(discord.channelMessages(id)).toEqual([]);
  });

  test('a reply with its response gives the bot the stored message', async () => {
    let content: string | undefined;
    bot.on(async (interaction) => {
      if (!interaction.isRepliable()) return;
      const response = await interaction.reply({ content: 'hello', withResponse: true });
      content = response.resource?.message?.content;
    });
    await user.command('go');
    await discord.until(() => content !== undefined);
    expect(content).toBe('hello');
  });

  test('a deferred answer resolves with the edit; the message is live and a later edit shows up in it', async () => {
    let editAgain: (() => Promise<unknown>) | undefined;
    bot.on(async (interaction) => {
      if (!interaction.isRepliable()) return;
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      await interaction.editReply('first');
      editAgain = () => interaction.editReply({ content: 'second', embeds: [{ title: 'Report' }] });
    });
    const message = (await user.command('go')).messageOrThrow();
    expect(message).toMatchObject({ content: 'first', ephemeral: true, editedCount: 0, flags: MessageFlags.Ephemeral });
    await discord.until(() => editAgain !== undefined);
    await editAgain?.();
    expect(message).toMatchObject({ content: 'second', embeds: [{ title: 'Report' }], editedCount: 1 });
  });

  test('a deferred answer in public is not shown before its edit', async () => {
    const { id } = discord.channel();
    const shown: number[] = [];
    bot.on(async (interaction) => {
      if (!interaction.isRepliable()) return;
      await interaction.deferReply();
      shown.push(discord.channelMessages(id).length);
      await interaction.editReply('done');
    });
    await discord.user({ channelId: id }).command('go');
    expect([...shown, discord.channelMessages(id).length]).toEqual([0, 1]);
  });

  test('followups are listed in order and can be edited, fetched and deleted by the bot', async () => {
    bot.on(async (interaction) => {
      if (!interaction.isRepliable()) return;
      await interaction.reply('one');
      const second = await interaction.followUp({ content: 'two', flags: MessageFlags.Ephemeral });
      const third = await interaction.followUp('three');
      await interaction.webhook.editMessage(second.id, 'two, edited');
      await interaction.fetchReply(third.id);
      await interaction.deleteReply(third.id);
    });
    const answer = await user.command('go');
    await discord.until(() => answer.followUps[1]?.deleted === true);
    expect(answer.followUpOrThrow()).toMatchObject({ content: 'two, edited', ephemeral: true, editedCount: 1 });
    expect(() => answer.followUpOrThrow(2)).toThrow('There is no followup 2');
  });

  test('the bot posts to a channel, edits and deletes its message there', async () => {
    const { id } = discord.channel();
    const channel = await bot.client.channels.fetch(id);
    if (!channel?.isSendable()) throw new Error('The channel takes no messages');
    const sent = await channel.send({ content: 'board', files: [{ attachment: Buffer.from('a,b'), name: 'a.csv' }] });
    await sent.edit('board 2');
    expect(discord.channelMessages(id)).toMatchObject([
      { content: 'board 2', invokerId: null, attachments: [{ filename: 'a.csv', size: 3 }] },
    ]);
    await sent.delete();
    expect(discord.channelMessages(id)).toEqual([]);
  });

  describe('components', () => {
    const row = () =>
      new ActionRowBuilder<ButtonBuilder>().addComponents(
        new ButtonBuilder().setCustomId('flush:1').setLabel('Flush').setStyle(ButtonStyle.Primary),
        new ButtonBuilder().setCustomId('drop:1').setLabel('Drop').setStyle(ButtonStyle.Danger).setDisabled(true),
        new ButtonBuilder().setURL('https://example.org').setLabel('Open').setStyle(ButtonStyle.Link),
      );
    const selects = () => [
      new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(
        new StringSelectMenuBuilder()
          .setCustomId('event')
          .setPlaceholder('Choose events')
          .setMaxValues(2)
          .addOptions([1, 2, 3].map((n) => ({ label: `Op ${n}`, value: String(n) }))),
      ),
      new ActionRowBuilder<UserSelectMenuBuilder>().addComponents(new UserSelectMenuBuilder().setCustomId('who')),
    ];

    async function board(flags?: MessageFlags.Ephemeral) {
      bot.on(async (interaction) => {
        if (!interaction.isChatInputCommand()) return;
        await interaction.reply({ content: 'board', components: [row(), ...selects()], ...(flags && { flags }) });
      });
      return (await user.command('go')).messageOrThrow();
    }

    test('a click can update its message', async () => {
      const message = await board();
      bot.on(
        async (interaction) =>
          interaction.isButton() && interaction.update({ content: interaction.customId, components: [] }),
      );
      const answer = await user.click(message, 'Flush');
      expect(answer.message).toBe(message);
      expect(message).toMatchObject({ content: 'flush:1', components: [], editedCount: 1 });
    });

    test('a click can be deferred and its message edited afterwards', async () => {
      const message = await board(MessageFlags.Ephemeral);
      bot.on(async (interaction) => {
        if (!interaction.isButton()) return;
        await interaction.deferUpdate();
        await interaction.editReply('later');
      });
      expect((await user.click(message, 'flush:1')).message).toBe(message);
      expect(message).toMatchObject({ content: 'later', ephemeral: true });
    });

    test('a click can be answered with a message of its own', async () => {
      const message = await board();
      bot.on(async (interaction) => interaction.isButton() && interaction.reply('new'));
      const answer = await user.click(message, 'Flush');
      expect([answer.message?.content, message.content]).toEqual(['new', 'board']);
    });

    test('a select sends the chosen values, and who was picked', async () => {
      const message = await board();
      bot.on(async (interaction) => {
        if (interaction.isStringSelectMenu()) await interaction.reply(interaction.values.join('+'));
        if (interaction.isUserSelectMenu()) await interaction.reply(interaction.users.first()?.username ?? 'nobody');
      });
      expect((await user.select(message, 'Choose events', ['Op 1', '3'])).message?.content).toBe('1+3');
      const joker = discord.user({ name: 'joker' });
      expect((await user.select(message, 'who', [joker.id])).message?.content).toBe('joker');
    });

    test('what the client would not let a user press is an error', async () => {
      const message = await board();
      await expect(user.click(message, 'Nothing')).rejects.toThrow('it has “Flush”, “Drop”, “Open”');
      await expect(user.click(message, 'Drop')).rejects.toThrow('is disabled');
      await expect(user.click(message, 'Open')).rejects.toThrow('opens a link');
      await expect(user.select(message, 'event', ['1', '2', '3'])).rejects.toThrow('at most 2');
      await expect(user.select(message, 'event', ['4'])).rejects.toThrow('not one of the choices');
      await expect(user.select(message, 'event', [])).rejects.toThrow('at least 1');
    });

    test('an ephemeral message can be used by its reader only', async () => {
      const message = await board(MessageFlags.Ephemeral);
      await expect(discord.user().click(message, 'Flush')).rejects.toThrow('visible to another user only');
    });

    test('a button that an update removed cannot be pressed', async () => {
      const message = await board();
      bot.on(async (interaction) => interaction.isButton() && interaction.update({ components: [] }));
      await user.click(message, 'Flush');
      await expect(user.click(message, 'Flush')).rejects.toThrow('it has none');
    });
  });

  test('none of this was a violation', () => {
    expect(discord.violations).toEqual([]);
    expect(bot.errors).toEqual([]);
  });
});
