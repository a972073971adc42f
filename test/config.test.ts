import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Config, loadConfig, variables } from '../src/config.ts';

const KEY = Buffer.alloc(32, 7).toString('base64');
const TOKEN = { DISCORD_TOKEN: 'discord-token' };

function load(env: Readonly<Record<string, string>>): Config {
  const config = loadConfig({ ...TOKEN, ...env });
  if (!config.ok) throw new Error(config.error);
  return config.value;
}

function refusal(env: Readonly<Record<string, string>>): string {
  const config = loadConfig(env);
  if (config.ok) throw new Error('this configuration should be refused');
  return config.error;
}

/** The variables that a message names, one a line. */
const namedIn = (message: string): string[] => [...message.matchAll(/^ {2}([A-Z_]+) /gm)].map(([, name = '']) => name);

test('needs nothing but the Discord token', () => {
  expect(load({})).toEqual({
    discord: { token: 'discord-token', apiUrl: 'https://discord.com/api', guildId: null },
    perscom: null,
    databasePath: './data/frago.db',
    zone: 'UTC',
    logLevel: 'info',
  });
});

test('takes every variable', () => {
  const config = load({
    DISCORD_API_URL: 'http://127.0.0.1:4000/api/',
    DISCORD_GUILD_ID: '123456789012345678',
    PERSCOM_API_URL: 'https://api.staging.perscom.io//',
    PERSCOM_API_VERSION: 'v1',
    PERSCOM_API_TOKEN: 'perscom-token',
    DATABASE_URL: 'file:/var/lib/frago/frago.db',
    ENCRYPTION_KEY: KEY,
    TIME_ZONE: 'Europe/Berlin',
    LOG_LEVEL: 'debug',
  });
  expect(config).toEqual({
    discord: { token: 'discord-token', apiUrl: 'http://127.0.0.1:4000/api', guildId: '123456789012345678' },
    perscom: {
      guildId: '123456789012345678',
      apiUrl: 'https://api.staging.perscom.io',
      version: 'v1',
      token: 'perscom-token',
    },
    databasePath: '/var/lib/frago/frago.db',
    zone: 'Europe/Berlin',
    logLevel: 'debug',
  });
});

test.each([
  ['file:C:\\frago\\frago.db', 'C:\\frago\\frago.db'],
  ['file:///srv/frago.db', '///srv/frago.db'],
  ['file:/srv/C#/what?/frago 1.', '/srv/C#/what?/frago 1.'],
])('takes the file %s', (url, path) => {
  expect(load({ DATABASE_URL: url }).databasePath).toBe(path);
});

test('takes an address with a blank behind it, as a shell may leave one, and under a path', () => {
  const guild = { DISCORD_GUILD_ID: '123456789012345678', PERSCOM_API_TOKEN: '12|aB3.x_y-z~' };
  expect(load({ ...guild, PERSCOM_API_URL: 'https://unit.example/perscom/api ' }).perscom).toMatchObject({
    apiUrl: 'https://unit.example/perscom/api',
    token: '12|aB3.x_y-z~',
  });
});

test('has no PERSCOM where a guild is named but no token given', () => {
  const config = load({ DISCORD_GUILD_ID: '123456789012345678', PERSCOM_API_URL: 'https://api.staging.perscom.io' });
  expect([config.discord.guildId, config.perscom]).toEqual(['123456789012345678', null]);
});

test('takes an empty variable for one that is not set, as .env files leave them empty', () => {
  const empty = Object.fromEntries(Object.keys(variables).map((name) => [name, '']));
  expect(load({ ...empty, ...TOKEN })).toEqual(load({}));
});

describe('a configuration that is wrong', () => {
  test.each([
    ['DISCORD_TOKEN', 'two words'],
    ['DISCORD_TOKEN', 'with-a\u200bblank-of-no-width'],
    ['DISCORD_API_URL', 'discord.com'],
    ['DISCORD_API_URL', 'ftp://discord.com'],
    ['DISCORD_API_URL', 'https://discord.com/api?v=10'],
    ['DISCORD_API_URL', 'https://discord.com/api/v10/'],
    ['DISCORD_GUILD_ID', 'my-server'],
    ['DISCORD_GUILD_ID', '1234'],
    ['PERSCOM_API_URL', 'not a url'],
    ['PERSCOM_API_URL', 'https://api.perscom.io/v2'],
    ['PERSCOM_API_URL', 'https://api.perscom.io/#events'],
    ['PERSCOM_API_URL', 'https://api.perscom.io?'],
    ['PERSCOM_API_URL', 'https://api.perscom.io /v'],
    ['PERSCOM_API_URL', 'https://name:secret@api.perscom.io'],
    ['PERSCOM_API_VERSION', 'v3'],
    ['PERSCOM_API_VERSION', '2'],
    ['DATABASE_URL', 'postgres://localhost/frago'],
    ['DATABASE_URL', 'file:'],
    ['DATABASE_URL', 'file: '],
    ['DATABASE_URL', 'file::memory:'],
    ['DATABASE_URL', 'file:./data/'],
    ['DATABASE_URL', 'file:.'],
    ['DATABASE_URL', 'file:./data/..'],
    ['DATABASE_URL', 'file:libsql://host/frago'],
    ['ENCRYPTION_KEY', 'too short'],
    ['ENCRYPTION_KEY', Buffer.alloc(31).toString('base64')],
    ['ENCRYPTION_KEY', Buffer.alloc(33).toString('base64')],
    ['TIME_ZONE', 'Berlin'],
    ['TIME_ZONE', '+02:00'],
    ['LOG_LEVEL', 'loud'],
  ])('names %s when it is %j, and only that', (name, value) => {
    expect(namedIn(refusal({ ...TOKEN, [name]: value }))).toEqual([name]);
  });

  test('is told in one message that names every variable, says what it should look like, and where to read on', () => {
    const message = refusal({
      PERSCOM_API_TOKEN: 'x',
      PERSCOM_API_VERSION: 'v9',
      TIME_ZONE: 'Mars',
      LOG_LEVEL: 'loud',
    });
    expect(namedIn(message).sort()).toEqual([
      'DISCORD_GUILD_ID',
      'DISCORD_TOKEN',
      'LOG_LEVEL',
      'PERSCOM_API_VERSION',
      'TIME_ZONE',
    ]);
    expect(message).toMatch(/DISCORD_TOKEN is needed: the bot token/);
    expect(message).toMatch(/PERSCOM_API_VERSION must be v1 or v2/);
    expect(message).toMatch(/TIME_ZONE must be .*Europe\/Berlin/);
    expect(message).toMatch(/\.env\.example/);
  });

  test.each(['“quoted”', '"quoted"', 'with-a\u200bblank', 'with\u0001control'])(
    'is one with a PERSCOM token such as %j',
    (token) => {
      const message = refusal({ ...TOKEN, DISCORD_GUILD_ID: '123456789012345678', PERSCOM_API_TOKEN: token });
      expect(namedIn(message)).toEqual(['PERSCOM_API_TOKEN']);
      expect(message).not.toContain(token);
    },
  );

  test('is one with a PERSCOM token that no guild is named for', () => {
    const message = refusal({ ...TOKEN, PERSCOM_API_TOKEN: 'perscom-token' });
    expect(namedIn(message)).toEqual(['DISCORD_GUILD_ID']);
    expect(message).toMatch(/must not serve every server/);
  });

  test('never repeats what the secrets are', () => {
    const message = refusal({
      DISCORD_TOKEN: 'secret one',
      PERSCOM_API_TOKEN: 'secret two',
      ENCRYPTION_KEY: 'secret three',
    });
    expect(namedIn(message)).toContain('ENCRYPTION_KEY');
    expect(message).not.toMatch(/secret/);
  });
});

describe('.env.example', () => {
  const lines = readFileSync(resolve(import.meta.dirname, '../.env.example'), 'utf8').split('\n');
  const nameIn = (line: string): string | undefined => /^#? ?([A-Z][A-Z_]+)=/.exec(line)?.[1];

  test('lists exactly the variables that the bot reads', () => {
    expect(lines.flatMap((line) => nameIn(line) ?? []).sort()).toEqual(Object.keys(variables).sort());
  });

  test('says above each what it is', () => {
    const isExplained = (_: string, index: number) => /^# \w/.test(lines[index - 1] ?? '');
    const explained = lines.filter((line, index) => nameIn(line) !== undefined && isExplained(line, index));
    expect(explained.map(nameIn).sort()).toEqual(Object.keys(variables).sort());
  });

  test('holds no value that looks like a secret', () => {
    for (const name of ['DISCORD_TOKEN', 'PERSCOM_API_TOKEN', 'ENCRYPTION_KEY'])
      expect(lines.filter((line) => nameIn(line) === name)).toEqual([`${name}=`]);
  });
});
