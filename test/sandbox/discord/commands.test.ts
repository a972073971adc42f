import { ApplicationCommandOptionType, PermissionFlagsBits, Routes } from 'discord.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type DiscordSandbox, startDiscord } from '../../../sandbox/discord/index.ts';
import { type Bot, plainCommand, startBot, textOption } from './bot.ts';

describe('commands', () => {
  let discord: DiscordSandbox;
  let bot: Bot;

  beforeAll(async () => {
    discord = await startDiscord({ guilds: ['1300000000000000001', '1300000000000000002'] });
    bot = await startBot(discord);
  });
  beforeEach(async () => {
    bot.on(async (interaction) => interaction.isRepliable() && interaction.reply('done'));
  });
  afterAll(async () => {
    await bot.client.destroy();
    await discord.close();
  });

  describe('registration', () => {
    test('a stored command carries the members Discord adds', async () => {
      await bot.client.application.commands.set([plainCommand('ping', [textOption('text', { required: false })])]);
      expect(discord.commands()).toEqual([
        {
          id: expect.stringMatching(/^\d{17,19}$/),
          application_id: discord.applicationId,
          version: expect.stringMatching(/^\d{17,19}$/),
          type: 1,
          name: 'ping',
          description: 'Runs ping',
          name_localizations: null,
          description_localizations: null,
          default_member_permissions: null,
          dm_permission: true,
          contexts: null,
          integration_types: [0],
          nsfw: false,
          options: [
            {
              type: 3,
              name: 'text',
              description: 'The text',
              name_localizations: null,
              description_localizations: null,
            },
          ],
        },
      ]);
    });

    test('a listing leaves localizations out unless they are asked for', async () => {
      await bot.client.application.commands.set([{ ...plainCommand('ping'), nameLocalizations: { de: 'klingel' } }]);
      const route = Routes.applicationCommands(discord.applicationId);
      expect(await bot.client.rest.get(route)).not.toMatchObject([{ name_localizations: expect.anything() }]);
      const query = new URLSearchParams({ with_localizations: 'true' });
      expect(await bot.client.rest.get(route, { query })).toMatchObject([{ name_localizations: { de: 'klingel' } }]);
    });

    test('an overwrite with the same body keeps id and version; a changed one keeps the id only', async () => {
      const { commands } = bot.client.application;
      const before = discord.commandOverwrites();
      await commands.set([plainCommand('ping')]);
      const [first] = discord.commands();
      await commands.set([plainCommand('ping')]);
      const [same] = discord.commands();
      await commands.set([plainCommand('ping', [textOption('text')])]);
      const [changed] = discord.commands();
      expect(same).toEqual(first);
      expect(changed?.id).toBe(first?.id);
      expect(changed?.version).not.toBe(first?.version);
      expect(discord.commandOverwrites() - before).toBe(3);
    });

    test('guild commands exist in their guild only and carry its id', async () => {
      await bot.client.application.commands.set([]);
      await bot.client.application.commands.set([plainCommand('local')], '1300000000000000002');
      expect(discord.commands('1300000000000000002')).toMatchObject([
        { name: 'local', guild_id: '1300000000000000002' },
      ]);
      const elsewhere = discord.user({ guildId: '1300000000000000001' });
      await expect(elsewhere.command('local')).rejects.toThrow('There is no command /local here');
      const here = discord.user({ guildId: '1300000000000000002' });
      expect((await here.command('local')).message?.content).toBe('done');
    });
  });

  describe('what a user may call', () => {
    const REQUIRED = [textOption('event', { required: true, min_length: 2, max_length: 4 })];

    beforeAll(async () => {
      await bot.client.application.commands.set([
        { ...plainCommand('secret'), defaultMemberPermissions: PermissionFlagsBits.ManageEvents },
        { ...plainCommand('admins'), defaultMemberPermissions: 0n },
        { ...plainCommand('indoors'), contexts: [0] },
        plainCommand('edit', REQUIRED),
        plainCommand('pick', [textOption('colour', { choices: [{ name: 'Red', value: 'r' }] })]),
        plainCommand('count', [
          {
            type: ApplicationCommandOptionType.Integer,
            name: 'number',
            description: 'A number',
            min_value: 1,
            max_value: 5,
          },
        ]),
        plainCommand('post', [{ type: ApplicationCommandOptionType.Channel, name: 'where', description: 'Where' }]),
        {
          name: 'queue',
          description: 'The queue',
          options: [
            {
              type: ApplicationCommandOptionType.Subcommand,
              name: 'view',
              description: 'View',
              options: [textOption('page')],
            },
          ],
        },
      ]);
    });

    test.each([
      ['secret', { permissions: PermissionFlagsBits.SendMessages }, {}, 'does not offer /secret'],
      ['admins', {}, {}, 'does not offer /admins'],
      ['indoors', { guildId: null }, {}, 'does not offer /indoors'],
      ['nothing', {}, {}, 'There is no command /nothing'],
      ['edit', {}, {}, 'The option “event” of /edit is required'],
      ['edit', {}, { event: 'a' }, 'shorter than 2'],
      ['edit', {}, { event: 'abcde' }, 'longer than 4'],
      ['edit', {}, { event: 'abc', other: 'x' }, 'no option “other”'],
      ['pick', {}, { colour: 'g' }, 'not one of its choices'],
      ['count', {}, { number: 6 }, 'more than 5'],
      ['count', {}, { number: 0 }, 'less than 1'],
      ['count', {}, { number: 1.5 }, 'not an integer'],
      ['count', {}, { number: 'two' }, 'not an integer'],
      ['post', {}, { where: '1234567890123456789' }, 'there is no such channel'],
      ['queue', {}, {}, 'needs a subcommand: view'],
      ['queue clear', {}, {}, 'has no subcommand “clear”'],
    ])('/%s is not sent when a user cannot: case %#', async (name, who, options, reason) => {
      await expect(discord.user(who).command(name, { ...options })).rejects.toThrow(reason);
    });

    test.each([
      ['secret', {}, {}],
      ['admins', { permissions: PermissionFlagsBits.Administrator }, {}],
      ['secret', { guildId: null }, {}],
      ['pick', {}, { colour: 'Red' }],
      ['count', {}, { number: 5 }],
      ['queue view', {}, { page: '1' }],
    ])('/%s is sent when a user can: case %#', async (name, who, options) => {
      expect((await discord.user(who).command(name, { ...options })).message?.content).toBe('done');
    });

    test('the bot sees options, subcommand, permissions, locale, roles and the picked channel', async () => {
      const role = discord.role({ name: 'officer' });
      const user = discord.user({
        name: 'pyle',
        roles: [role],
        permissions: PermissionFlagsBits.ManageEvents,
        locale: 'de',
      });
      const channel = discord.channel({ name: 'reports' });
      const seen: unknown[] = [];
      bot.on(async (interaction) => {
        if (!interaction.isChatInputCommand()) return;
        seen.push([
          interaction.commandName === 'queue'
            ? interaction.options.getSubcommand()
            : interaction.options.getChannel('where')?.id,
          interaction.memberPermissions?.bitfield,
          interaction.locale,
          interaction.user.username,
          interaction.inCachedGuild() && interaction.member.roles.cache.has(role),
          interaction.appPermissions.has(PermissionFlagsBits.SendMessages),
        ]);
        await interaction.reply('done');
      });
      await user.command('queue view', { page: '2' });
      await user.command('post', { where: channel.id });
      const rest = [PermissionFlagsBits.ManageEvents, 'de', 'pyle', true, true];
      expect(seen).toEqual([
        ['view', ...rest],
        [channel.id, ...rest],
      ]);
    });

    test('a command in the bot’s direct messages has a user and no member', async () => {
      let seen: unknown = null;
      bot.on(async (interaction) => {
        seen = [interaction.guildId, interaction.member, interaction.context];
        if (interaction.isRepliable()) await interaction.reply('done');
      });
      await discord.user({ guildId: null }).command('secret');
      expect(seen).toEqual([null, null, 1]);
    });
  });

  describe('autocomplete', () => {
    beforeAll(async () => {
      await bot.client.application.commands.set([
        plainCommand('edit', [textOption('event', { autocomplete: true }), textOption('calendar')]),
      ]);
    });

    test('the choices come back, and the bot sees what is typed so far', async () => {
      let seen: unknown = null;
      bot.on(async (interaction) => {
        if (!interaction.isAutocomplete()) return;
        seen = [interaction.options.getFocused(true), interaction.options.getString('calendar')];
        await interaction.respond([{ name: 'Op Thunder', value: '7' }]);
      });
      const choices = await discord.user().autocomplete('edit', 'event', { event: 'thu', calendar: 'main' });
      expect(choices).toEqual([{ name: 'Op Thunder', value: '7' }]);
      expect(seen).toEqual([{ focused: true, name: 'event', type: 3, value: 'thu' }, 'main']);
    });

    test('an option without autocomplete offers nothing', async () => {
      await expect(discord.user().autocomplete('edit', 'calendar', {})).rejects.toThrow('has no autocomplete');
    });
  });

  test('none of this was a violation', () => {
    expect(discord.violations).toEqual([]);
    expect(bot.errors).toEqual([]);
  });
});
