import { once } from 'node:events';
import { Client, Events, GatewayIntentBits } from 'discord.js';
import { afterEach, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { type DiscordSandbox, startDiscord } from '../../../sandbox/discord/index.ts';
import { type Bot, plainCommand, startBot } from './bot.ts';

describe('the gateway', () => {
  let discord: DiscordSandbox;
  const bots: Bot[] = [];

  afterEach(async () => {
    await Promise.all(bots.splice(0).map((bot) => bot.client.destroy()));
    await discord.close();
  });

  async function bot(...more: Parameters<typeof startBot> extends [unknown, ...infer Rest] ? Rest : never) {
    const started = await startBot(discord, ...more);
    bots.push(started);
    return started;
  }

  test('a discord.js client becomes ready and knows its guilds, channels and permissions', async () => {
    discord = await startDiscord({ guilds: ['1300000000000000001', '1300000000000000002'] });
    const quiet = discord.channel({ guildId: '1300000000000000002', name: 'quiet', appPermissions: 0n });
    const { client } = await bot();
    expect([...client.guilds.cache.keys()]).toEqual(discord.guildIds);
    const channel = client.channels.cache.get(quiet.id);
    expect(channel?.isTextBased() && !channel.isDMBased() && channel.permissionsFor(client.user)?.bitfield).toBe(0n);
    expect(discord.violations).toEqual([]);
  });

  test('a client without intents is ready as well and gets its interactions', async () => {
    discord = await startDiscord();
    const { on } = await bot([plainCommand('ping')], { intents: [] });
    on(async (interaction) => interaction.isRepliable() && interaction.reply('pong'));
    expect((await discord.user().command('ping')).message?.content).toBe('pong');
  });

  test('a wrong token is refused by REST with 401 and by the gateway with close code 4004', async () => {
    discord = await startDiscord({ token: 'right' });
    const client = new Client({ intents: [], rest: { api: discord.apiUrl } });
    await expect(client.login('wrong')).rejects.toThrow('An invalid token was provided.');
    const socket = new WebSocket(discord.apiUrl.replace('http', 'ws').replace('/api', ''));
    await once(socket, 'open');
    socket.send(JSON.stringify({ op: 2, d: { token: 'wrong', intents: 0, properties: {} } }));
    const [code] = await once(socket, 'close');
    expect(code).toBe(4004);
    expect(discord.violations.map((violation) => violation.code)).toEqual([0, 4004]);
  });

  test.each([
    ['an unknown opcode', JSON.stringify({ op: 99, d: null }), 4001],
    ['a frame that is no JSON', '{', 4002],
    ['a presence before identifying', JSON.stringify({ op: 3, d: {} }), 4003],
    ['an identify without intents', JSON.stringify({ op: 2, d: { token: 'a' } }), 4013],
  ])('%s closes the connection', async (_, frame, expected) => {
    discord = await startDiscord();
    const socket = new WebSocket(discord.apiUrl.replace('http', 'ws').replace('/api', ''));
    await once(socket, 'open');
    socket.send(frame);
    const [code] = await once(socket, 'close');
    expect(code).toBe(expected);
  });

  test('a client whose connection is cut resumes its session and goes on answering', async () => {
    discord = await startDiscord();
    const { client, on } = await bot([plainCommand('ping')]);
    on(async (interaction) => interaction.isRepliable() && interaction.reply('pong'));
    const resumed = once(client, Events.ShardResume);
    discord.disconnectBot();
    await expect(discord.user().command('ping')).rejects.toThrow('no bot is connected');
    await discord.ready();
    await resumed;
    expect((await discord.user().command('ping')).message?.content).toBe('pong');
    expect(discord.violations).toEqual([]);
  });

  test('after the bot was killed a new one identifies and takes over', async () => {
    discord = await startDiscord();
    const first = await bot([plainCommand('ping')]);
    discord.disconnectBot();
    await first.client.destroy();
    const second = await bot();
    second.on(async (interaction) => interaction.isRepliable() && interaction.reply('from the second'));
    expect((await discord.user().command('ping')).message?.content).toBe('from the second');
  });

  test('a channel added later reaches a client with the Guilds intent', async () => {
    discord = await startDiscord();
    const { client } = await bot([], { intents: [GatewayIntentBits.Guilds] });
    const created = once(client, Events.ChannelCreate);
    const { id } = discord.channel({ name: 'reports' });
    const [channel] = await created;
    expect(channel).toMatchObject({ id, name: 'reports' });
  });
});
