import {
  type APIModalInteractionResponseCallbackComponent,
  ComponentType,
  MessageFlags,
  type ModalSubmitInteraction,
  TextInputStyle,
} from 'discord.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type DiscordSandbox, type DiscordUser, type Modal, startDiscord } from '../../../sandbox/discord/index.ts';
import { type Bot, plainCommand, startBot } from './bot.ts';

const OPTIONS = [
  { label: 'Training', value: 't' },
  { label: 'Combat', value: 'c', default: true },
];

const TEXT: APIModalInteractionResponseCallbackComponent = {
  type: ComponentType.Label,
  label: 'Starts (unit time)',
  component: {
    type: ComponentType.TextInput,
    custom_id: 'starts',
    style: TextInputStyle.Short,
    value: '20:00',
    min_length: 2,
    max_length: 8,
  },
};

const CHOICES: APIModalInteractionResponseCallbackComponent[] = [
  {
    type: ComponentType.Label,
    label: 'Calendar',
    component: {
      type: ComponentType.StringSelect,
      custom_id: 'calendar',
      options: OPTIONS,
      max_values: 2,
      required: false,
      min_values: 0,
    },
  },
  {
    type: ComponentType.Label,
    label: 'Kind',
    component: { type: ComponentType.RadioGroup, custom_id: 'kind', options: OPTIONS },
  },
  {
    type: ComponentType.Label,
    label: 'Channels',
    component: {
      type: ComponentType.CheckboxGroup,
      custom_id: 'channels',
      options: OPTIONS,
      required: false,
      min_values: 0,
    },
  },
  {
    type: ComponentType.Label,
    label: 'All day',
    component: { type: ComponentType.Checkbox, custom_id: 'all-day', default: true },
  },
];

const PICKS: APIModalInteractionResponseCallbackComponent[] = [
  { type: ComponentType.TextDisplay, content: 'Who and where' },
  { type: ComponentType.Label, label: 'Who', component: { type: ComponentType.UserSelect, custom_id: 'who' } },
  {
    type: ComponentType.Label,
    label: 'Role',
    component: { type: ComponentType.RoleSelect, custom_id: 'role', required: false },
  },
  { type: ComponentType.Label, label: 'Where', component: { type: ComponentType.ChannelSelect, custom_id: 'where' } },
];

describe('modals', () => {
  let discord: DiscordSandbox;
  let bot: Bot;
  let user: DiscordUser;
  let components: APIModalInteractionResponseCallbackComponent[];
  let received: ModalSubmitInteraction | null;

  beforeAll(async () => {
    discord = await startDiscord();
    bot = await startBot(discord, [plainCommand('edit'), plainCommand('board')]);
    user = discord.user();
  });
  beforeEach(() => {
    components = [TEXT, ...CHOICES];
    received = null;
    bot.on(async (interaction) => {
      if (interaction.isModalSubmit()) {
        received = interaction;
        if (interaction.isFromMessage()) await interaction.update('updated');
        else await interaction.reply({ content: 'saved', flags: MessageFlags.Ephemeral });
      } else if (interaction.isButton() || (interaction.isChatInputCommand() && interaction.commandName === 'edit')) {
        await interaction.showModal({ custom_id: 'form:1', title: 'Edit', components });
      } else if (interaction.isChatInputCommand())
        await interaction.reply({ content: 'board', components: [BUTTON_ROW] });
    });
  });
  afterAll(async () => {
    await bot.client.destroy();
    await discord.close();
  });

  const BUTTON_ROW = { type: 1, components: [{ type: 2, style: 1, custom_id: 'open', label: 'Open form' }] };

  async function openForm(): Promise<Modal> {
    return (await user.command('edit')).modalOrThrow();
  }

  function submission(): ModalSubmitInteraction {
    if (!received) throw new Error('No modal submit arrived');
    return received;
  }

  test('a modal shows its labels and what is prefilled', async () => {
    const modal = await openForm();
    expect(modal).toMatchObject({ customId: 'form:1', title: 'Edit', userId: user.id });
    expect(modal.prefilled).toEqual({
      'Starts (unit time)': '20:00',
      Calendar: ['c'],
      Kind: 'c',
      Channels: ['c'],
      'All day': true,
    });
  });

  test('a submit sends what was prefilled where nothing was typed', async () => {
    await user.submit(await openForm());
    const { fields } = submission();
    expect(fields.getTextInputValue('starts')).toBe('20:00');
    expect(fields.getStringSelectValues('calendar')).toEqual(['c']);
    expect(fields.getRadioGroup('kind')).toBe('c');
    expect(fields.getCheckboxGroup('channels')).toEqual(['c']);
    expect(fields.getCheckbox('all-day')).toBe(true);
  });

  test('a submit sends what was typed and chosen, by label, its beginning or custom_id, option labels included', async () => {
    const modal = await openForm();
    const answer = await user.submit(modal, {
      Starts: ' 21:00\r\n',
      calendar: [],
      Kind: 'Training',
      Channels: ['Training', 'c'],
      'All day': false,
    });
    const { fields } = submission();
    expect(fields.getTextInputValue('starts')).toBe('21:00');
    expect(fields.getStringSelectValues('calendar')).toEqual([]);
    expect(fields.getRadioGroup('kind')).toBe('t');
    expect(fields.getCheckboxGroup('channels')).toEqual(['t', 'c']);
    expect(fields.getCheckbox('all-day')).toBe(false);
    expect(answer.message).toMatchObject({ content: 'saved', ephemeral: true });
  });

  test('people, roles and channels are resolved', async () => {
    components = PICKS;
    const joker = discord.user({ name: 'joker' });
    const { id } = discord.channel({ name: 'reports' });
    await user.submit(await openForm(), { Who: [joker.id], Where: [id] });
    const { fields } = submission();
    expect(fields.getSelectedUsers('who')?.first()?.username).toBe('joker');
    expect(fields.getSelectedRoles('role')?.size ?? 0).toBe(0);
    expect(fields.getSelectedChannels('where')?.first()?.id).toBe(id);
  });

  test('an uploaded file is resolved, and served where its address says, until it is lost', async () => {
    const upload = { type: ComponentType.FileUpload, custom_id: 'file', required: false, min_values: 0 } as const;
    components = [{ type: ComponentType.Label, label: 'Orders', component: upload }];
    const id = user.upload('orders.md', 'Hold.');
    await user.submit(await openForm(), { Orders: [id] });
    const file = submission().fields.getUploadedFiles('file')?.first();
    expect(file).toMatchObject({ id, name: 'orders.md', size: 5, ephemeral: true });
    expect(await (await fetch(file?.url ?? '')).text()).toBe('Hold.');
    discord.loseUpload(id);
    expect((await fetch(file?.url ?? '')).status).toBe(404);
    await expect(user.submit(await openForm(), { Orders: [id, user.upload('b.md', '')] })).rejects.toThrow('at most 1');
  });

  test('a modal opened from a message comes back with it and may update it', async () => {
    const board = (await user.command('board')).messageOrThrow();
    const modal = (await user.click(board, 'Open form')).modalOrThrow();
    const answer = await user.submit(modal);
    expect(answer.message).toBe(board);
    expect(board.content).toBe('updated');
  });

  test.each([
    ['a text that is too short', { Starts: '1' }, 'it needs 2 characters'],
    ['a text that is too long', { Starts: '123456789' }, 'it takes at most 8 characters'],
    ['an empty required text', { Starts: '  ' }, 'it is required'],
    ['a line break in a short input', { Starts: '20:00\n21:00' }, 'a short input has no line breaks'],
    ['an unknown choice', { Kind: 'x' }, 'it is not one of the choices'],
    ['an empty required choice', { Kind: null }, 'it is required'],
    ['a choice made twice', { Calendar: ['t', 't'] }, 'a choice can be made only once'],
    ['a text for a checkbox', { 'All day': 'yes' }, 'it is a checkbox'],
    ['a field that is not there', { Ends: '1' }, 'The modal has no field “Ends”'],
    ['an ambiguous label', { C: '1' }, 'fits several fields'],
  ])('%s cannot be submitted', async (_, values, reason) => {
    await expect(user.submit(await openForm(), values)).rejects.toThrow(reason);
  });

  test('only the user a modal was opened for submits it, and only once', async () => {
    const modal = await openForm();
    await expect(discord.user().submit(modal)).rejects.toThrow('was opened for another user');
    await user.submit(modal);
    await expect(user.submit(modal)).rejects.toThrow('was already submitted');
  });

  test('none of this was a violation', () => {
    expect(discord.violations).toEqual([]);
    expect(bot.errors).toEqual([]);
  });
});
