import { Routes } from 'discord.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type DiscordSandbox, type Message, startDiscord } from '../../../sandbox/discord/index.ts';
import { type Bot, plainCommand, startBot } from './bot.ts';
import { button, label, modal, row, select, text } from './wire-builders.ts';

const FORM = modal(label(text(), { label: 'Reason' }));
const CARD = {
  content: 'card',
  components: [row(button('open', { label: 'Open' })), row(select({ placeholder: 'Pick' }))],
};

describe('the components of a public message', () => {
  let discord: DiscordSandbox;
  let bot: Bot;
  let card: Message;

  beforeAll(async () => {
    discord = await startDiscord();
    bot = await startBot(discord, [plainCommand('go')]);
    bot.on(async (interaction) => {
      const by = `by ${interaction.user.id}`;
      if (interaction.isChatInputCommand()) await respond(interaction, { type: 4, data: CARD });
      else if (interaction.isButton()) await respond(interaction, { type: 9, data: FORM });
      else if (interaction.isStringSelectMenu()) await interaction.update(`${interaction.values.join()} ${by}`);
      else if (interaction.isModalSubmit() && interaction.isFromMessage())
        await interaction.update(`${interaction.fields.getTextInputValue('t')} ${by}`);
    });
  });
  beforeEach(async () => {
    const { id } = discord.channel();
    await bot.client.rest.post(Routes.channelMessages(id), { body: CARD });
    const [posted] = discord.channelMessages(id);
    if (!posted) throw new Error('There is no message');
    card = posted;
  });
  afterAll(async () => {
    await bot.client.destroy();
    await discord.close();
  });

  const respond = ({ id, token }: { readonly id: string; readonly token: string }, body: object) =>
    bot.client.rest.post(Routes.interactionCallback(id, token), { body, auth: false });

  test('open a form to whoever clicks, whose submission may change the message', async () => {
    const [joker, pyle] = [discord.user(), discord.user()];
    const early = (await joker.click(card, 'Open')).modalOrThrow();
    const late = (await pyle.click(card, 'Open')).modalOrThrow();
    expect([early.userId, late.userId]).toEqual([joker.id, pyle.id]);
    await expect(joker.submit(late)).rejects.toThrow('was opened for another user');
    expect((await pyle.submit(late, { Reason: 'late' })).message).toBe(card);
    expect(card).toMatchObject({ content: `late by ${pyle.id}`, invokerId: null });
    await joker.submit(early, { Reason: 'early' });
    expect(card).toMatchObject({ content: `early by ${joker.id}`, editedCount: 2 });
  });

  test('take the choice of whoever makes one', async () => {
    const pyle = discord.user();
    expect((await pyle.select(card, 'Pick', ['O1'])).message).toBe(card);
    expect(card.content).toBe(`1 by ${pyle.id}`);
  });

  test('can be clicked after an edit by the bot, as they are then', async () => {
    const components = [row(button('open', { label: 'Open again' }))];
    await bot.client.rest.patch(Routes.channelMessage(card.channelId, card.id), { body: { components } });
    const pyle = discord.user();
    await expect(pyle.click(card, 'Open')).rejects.toThrow('it has “Open again”');
    expect((await pyle.click(card, 'Open again')).modalOrThrow().title).toBe('M');
  });

  test('of an answer to somebody’s command can be used by others too', async () => {
    const answer = (await discord.user().command('go')).messageOrThrow();
    const pyle = discord.user();
    await pyle.submit((await pyle.click(answer, 'Open')).modalOrThrow(), { Reason: 'public' });
    expect(answer.content).toBe(`public by ${pyle.id}`);
  });

  test('none of this was a violation', () => {
    expect(discord.violations).toEqual([]);
    expect(bot.errors).toEqual([]);
  });
});
