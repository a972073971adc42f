import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { DiscordSandbox } from '../../sandbox/discord/index.ts';
import type { PerscomSandbox } from '../../sandbox/perscom/server.ts';
import { killAfterQueued } from './kill.ts';
import { buildSurroundings, scratch, spawnBot, spawnNpmStart, startProxy } from './process.ts';
import { edit, openPreview } from './stage.ts';

/** Sends a rename of event 1; resolves while PERSCOM takes its time over the PATCH. */
async function startSending(discord: DiscordSandbox, perscom: PerscomSandbox) {
  const joker = discord.user();
  await edit(joker, 1, 'details', { Name: 'Op Last' });
  const preview = await openPreview(joker);
  perscom.inject({ on: { method: 'PATCH' }, kind: 'handle', delayMs: 500 });
  const sent = joker.click(preview, 'Send 1 change');
  await discord.until(() => perscom.patches().length === 1);
  return { sent };
}

describe('the bot as a process', () => {
  test('does not start on a wrong configuration, and says all that is wrong with it at once', async () => {
    const bot = spawnBot({ DISCORD_GUILD_ID: 'abc', TIME_ZONE: 'Mars/Olympus', PERSCOM_API_VERSION: 'v3' }, scratch());
    expect(await bot.exit).toBe(1);
    for (const name of ['DISCORD_TOKEN', 'DISCORD_GUILD_ID', 'TIME_ZONE', 'PERSCOM_API_VERSION'])
      expect(bot.output()).toContain(`  ${name} `);
    expect(bot.output()).not.toContain('    at ');
  });

  test('ends with a sentence when Discord refuses its token, without printing it', async () => {
    const { env, directory } = await buildSurroundings();
    const bot = spawnBot({ ...env, DISCORD_TOKEN: 'wrong-token-of-mine' }, directory);
    expect(await bot.exit).toBe(1);
    expect(bot.output()).toContain('Frago could not start: ');
    expect(bot.output()).not.toContain('wrong-token-of-mine');
  });

  test('ends with a sentence when its database cannot be opened', async () => {
    const { env, directory } = await buildSurroundings();
    writeFileSync(join(directory, 'frago.db'), 'this is no database, and long enough to be looked at as one');
    const bot = spawnBot({ ...env, DATABASE_URL: 'file:./frago.db' }, directory);
    expect(await bot.exit).toBe(1);
    expect(bot.output()).toMatch(/^Frago could not start: the file of DATABASE_URL \(.\/frago.db\) cannot be used: /m);
  });

  test('reads a .env file, and finishes what is in flight when it is told to stop, even twice', async () => {
    const { discord, perscom, env, directory } = await buildSurroundings();
    const lines = Object.entries(env).map(([name, value]) => `${name}=${value}`);
    writeFileSync(join(directory, '.env'), lines.join('\n'));
    const bot = spawnBot({}, directory);
    await discord.until(() => bot.output().includes('"ready"'), 15_000);
    const { sent } = await startSending(discord, perscom);
    bot.signal('SIGTERM');
    await discord.until(() => bot.output().includes('"stopping"'));
    bot.signal('SIGTERM');
    const report = await sent;
    expect(await bot.exit).toBe(0);
    expect(report.followUps).toHaveLength(1);
    expect(perscom.world.events.get(1)?.name).toBe('Op Last');
    expect(discord.violations).toEqual([]);
  });

  test('finishes what is in flight also while Discord has not taken its commands yet', async () => {
    const { discord, perscom, env, directory, start } = await buildSurroundings();
    const first = await start();
    first.signal('SIGTERM');
    await first.exit;
    const bot = spawnBot({ ...env, DISCORD_API_URL: await startProxy(discord.apiUrl, '/commands') }, directory);
    await discord.ready();
    const { sent } = await startSending(discord, perscom);
    bot.signal('SIGTERM');
    expect(await bot.exit).toBe(0);
    expect((await sent).followUps).toHaveLength(1);
    expect(bot.output()).not.toContain('"ready"');
  });

  test.each(['SIGTERM', 'SIGINT'] as const)(
    'stops in good order when npm, which started it, gets %s',
    async (signal) => {
      const { discord, env, directory } = await buildSurroundings();
      const database = { DATABASE_URL: `file:${join(directory, 'frago.db')}` };
      const npm = spawnNpmStart({ ...env, ...database, PATH: process.env.PATH ?? '', HOME: directory });
      await discord.until(() => npm.output().includes('"ready"'), 15_000);
      npm.signal(signal);
      expect(await npm.exit).toBe(0);
      expect(npm.output()).toContain('"stopping"');
    },
  );

  test('has every edit that it called queued after a kill -9 (5 of 100; the rest is in test:long)', async () => {
    await killAfterQueued(5);
  });
});
