import { Events } from 'discord.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DiscordSandbox, type DiscordUser, startDiscord } from '../../../sandbox/discord/index.ts';
import { type Bot, plainCommand, startBot } from './bot.ts';

/* The members of recorded payloads: nyxx-discord/nyxx@765a99b2, test/unit/http/managers/interaction_manager_test.dart. */
const ENVELOPE =
  'app_permissions,application_id,attachment_size_limit,authorizing_integration_owners,channel,channel_id,context,data,entitlement_sku_ids,entitlements,guild,guild_id,guild_locale,id,locale,member,token,type,version';
const CHANNEL =
  'flags,guild_id,id,last_message_id,name,nsfw,parent_id,permissions,position,rate_limit_per_user,topic,type';
const MEMBER =
  'avatar,banner,collectibles,communication_disabled_until,deaf,display_name_styles,flags,joined_at,mute,nick,pending,permissions,premium_since,roles,unusual_dm_activity_until,user';
const USER =
  'avatar,avatar_decoration_data,clan,collectibles,discriminator,display_name_styles,global_name,id,primary_guild,public_flags,username';

describe('what an interaction carries', () => {
  let discord: DiscordSandbox;
  let bot: Bot;
  let user: DiscordUser;
  const payloads: Record<string, Record<string, unknown>>[] = [];

  beforeAll(async () => {
    discord = await startDiscord();
    bot = await startBot(discord, [plainCommand('go')]);
    user = discord.user();
    bot.client.on(Events.Raw, (packet: { t: string; d: Record<string, Record<string, unknown>> }) => {
      if (packet.t === 'INTERACTION_CREATE') payloads.push(packet.d);
    });
    bot.on(async (interaction) => {
      if (interaction.isChatInputCommand()) await interaction.reply({ content: 'x', components: [ROW] });
      if (interaction.isButton()) await interaction.showModal(MODAL);
      if (interaction.isModalSubmit()) await interaction.reply('done');
    });
    const message = (await user.command('go')).messageOrThrow();
    await user.submit((await user.click(message, 'Second')).modalOrThrow());
  });
  afterAll(async () => {
    await bot.client.destroy();
    await discord.close();
  });

  const keys = (value: object | undefined) =>
    Object.keys(value ?? {})
      .sort()
      .join();

  test('the members of a recorded command payload, no more and no less', () => {
    const [command] = payloads;
    expect(keys(command)).toBe(ENVELOPE);
    expect(keys(command?.channel)).toBe(CHANNEL);
    expect(keys(command?.member)).toBe(MEMBER);
    expect(command?.member?.user).toSatisfy((account: object) => keys(account) === USER);
    expect(command).toMatchObject({
      version: 1,
      context: 0,
      authorizing_integration_owners: { '0': discord.guildIds[0] },
    });
  });

  test('a component adds the message and says which component it was', () => {
    const click = payloads[1];
    expect(keys(click)).toBe(ENVELOPE.replace('member', 'member,message'));
    expect(click?.data).toEqual({ custom_id: 'b', component_type: 2, id: 3 });
    expect(click?.message).toMatchObject({ components: [{ id: 1, components: [{ id: 2 }, { id: 3 }] }] });
  });

  test('a modal submit from a component carries the message, labels with what they hold, and no words', () => {
    const submit = payloads[2];
    expect(keys(submit)).toBe(ENVELOPE.replace('member', 'member,message'));
    expect(submit?.data).toEqual({
      custom_id: 'm',
      components: [
        { type: 10, id: 1 },
        { type: 18, id: 2, component: { type: 4, id: 3, custom_id: 't', value: 'x' } },
        { type: 18, id: 4, component: { type: 21, id: 5, custom_id: 'r', value: null } },
        { type: 18, id: 6, component: { type: 22, id: 7, custom_id: 'g', values: [] } },
        { type: 18, id: 8, component: { type: 23, id: 9, custom_id: 'c', value: false } },
      ],
    });
  });
});

const OPTIONS = [
  { label: 'A', value: 'a' },
  { label: 'B', value: 'b' },
];
const ROW = {
  type: 1,
  components: [
    { type: 2, style: 1, custom_id: 'a', label: 'First' },
    { type: 2, style: 1, custom_id: 'b', label: 'Second' },
  ],
};
const MODAL = {
  custom_id: 'm',
  title: 'M',
  components: [
    { type: 10, content: 'Words' },
    { type: 18, label: 'Text', component: { type: 4, custom_id: 't', style: 1, value: 'x' } },
    { type: 18, label: 'Radio', component: { type: 21, custom_id: 'r', required: false, options: OPTIONS } },
    {
      type: 18,
      label: 'Group',
      component: { type: 22, custom_id: 'g', required: false, min_values: 0, options: OPTIONS },
    },
    { type: 18, label: 'Check', component: { type: 23, custom_id: 'c' } },
  ],
};
