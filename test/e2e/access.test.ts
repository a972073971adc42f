import { describe, expect, test } from 'vitest';
import { Permission } from '../../sandbox/discord/index.ts';
import { board, edit, flush, openPreview, shown, startStage } from './stage.ts';

describe('who may', () => {
  test('is asked again on every click and submission, not only on the command', async () => {
    const { discord, perscom } = await startStage();
    const joker = discord.user();
    const opened = (await joker.command('event edit', { event: '1', form: 'details' })).modalOrThrow();
    const queued = await edit(joker, 2, 'details', { Name: 'Op Allowed' });
    const preview = await openPreview(joker);
    const demoted = discord.user({ id: joker.id, permissions: 0n });
    for (const answer of [
      await demoted.click(queued, 'View queue'),
      await demoted.submit(opened, { Name: 'Op Forbidden' }),
      await demoted.click(preview, 'Send 1 change'),
    ])
      expect(shown(answer.messageOrThrow())).toContain('You need the **Manage Events** permission');
    expect(perscom.patches()).toHaveLength(0);
  });

  test('is whoever has Manage Events, as the commands tell Discord', async () => {
    const { discord, guildId } = await startStage();
    expect(discord.commands(guildId).map((command) => command.default_member_permissions)).toEqual([
      String(Permission.manageEvents),
      String(Permission.manageEvents),
      String(Permission.manageEvents),
    ]);
    expect(discord.commands()).toEqual([]);
  });

  test('a guild that the token does not serve reaches neither PERSCOM nor any queue, with its old buttons and forms either', async () => {
    const [own, other] = ['1200000000000000001', '1200000000000000002'];
    const stage = await startStage({ guilds: [own, other] });
    const joker = stage.discord.user({ guildId: own });
    const queued = await edit(joker, 1, 'details', { Name: 'Op Ours' });
    const opened = (await joker.command('event edit', { event: '1', form: 'details' })).modalOrThrow();
    const preview = await openPreview(joker);
    await stage.restart({ DISCORD_GUILD_ID: other });
    const pyle = stage.discord.user({ guildId: other });
    expect(await board(pyle)).toContain('The queue is empty');
    for (const answer of [
      await joker.submit(opened, { Name: 'Op Theirs' }),
      await joker.click(queued, 'View queue'),
      await joker.click(queued, 'Edit another form').then(({ message }) => joker.click(message ?? queued, 'Text')),
      await joker.click(preview, 'Send 1 change'),
    ])
      expect(shown(answer.messageOrThrow())).toContain('This server is not connected');
    expect(stage.perscom.patches()).toHaveLength(0);
    await stage.restart();
    expect(await board(joker)).toContain('Op Ours');
  });

  test('another guild than the one of the token sees and touches nothing', async () => {
    const { discord } = await startStage({ env: { DISCORD_GUILD_ID: '', PERSCOM_API_TOKEN: '' } });
    const stranger = discord.user();
    for (const name of ['event edit', 'queue view', 'queue flush', 'queue clear']) {
      const answer = await stranger.command(name, name === 'event edit' ? { event: '1' } : {});
      expect(shown(answer.messageOrThrow())).toContain('This server is not connected to PERSCOM');
    }
    const choices = await stranger.autocomplete('event edit', 'event', { event: 'op' });
    expect(choices).toMatchObject([{ name: expect.stringContaining('not connected') }]);
  });
});

describe('text from PERSCOM and from users', () => {
  const HOSTILE = '@everyone **x** [a](b) <@1> `c` ~~d~~ ||e|| <t:1:R> # f';

  test('is shown as it is and pings nobody, wherever it turns up', async () => {
    const { discord, perscom } = await startStage();
    const joker = discord.user();
    const queued = await edit(joker, 1, 'details', { Name: HOSTILE, Location: HOSTILE });
    const queue = (await joker.command('queue view')).messageOrThrow();
    const { reports } = await flush(joker);
    expect(perscom.world.events.get(1)?.name).toBe(HOSTILE);
    for (const message of [queued, queue, ...reports]) {
      expect(message.pings).toEqual([]);
      expect(shown(message).replaceAll('\u200b', '')).toContain(HOSTILE);
      expect(message.embeds[0]?.description).not.toMatch(/(?<!\\)<@1>|(?<!\\)\*\*x|(?<!\\)\[a|@everyone/);
    }
  });

  test('of 255 characters arrives visibly shortened, and complete in PERSCOM', async () => {
    const { discord, perscom } = await startStage();
    const joker = discord.user();
    const name = '💥'.repeat(250);
    const queued = await edit(joker, 1, 'details', { Name: '*'.repeat(255) });
    expect(shown(queued)).toContain('…” (255 characters)');
    await edit(joker, 2, 'details', { Name: name });
    const { reports } = await flush(joker);
    expect(perscom.world.events.get(2)?.name).toBe(name);
    expect(shown(reports[0] ?? queued)).toContain('💥…');
    const choices = await joker.autocomplete('event edit', 'event', { event: '' });
    for (const choice of choices) expect(choice.name.length).toBeLessThanOrEqual(100);
    const opened = await joker.command('event edit', { event: '2', form: 'details' });
    expect(opened.modalOrThrow().prefilled.Name).toBe(name);
  });
});

describe('commands', () => {
  test('are registered once, and not again when nothing about them changed', async () => {
    const stage = await startStage();
    expect(stage.discord.commandOverwrites()).toBe(1);
    await stage.restart();
    expect(stage.discord.commandOverwrites()).toBe(1);
  });

  test('are global, for guilds only, when the bot serves no particular guild', async () => {
    const stage = await startStage({ env: { DISCORD_GUILD_ID: '', PERSCOM_API_TOKEN: '' } });
    expect(stage.discord.commands().map(({ name, contexts }) => ({ name, contexts }))).toEqual([
      { name: 'event', contexts: [0] },
      { name: 'queue', contexts: [0] },
      { name: 'setup', contexts: [0] },
    ]);
    await stage.restart();
    expect(stage.discord.commandOverwrites()).toBe(1);
  });
});
