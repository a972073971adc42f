import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { type DiscordSandbox, startDiscord } from '../../sandbox/discord/index.ts';
import { type PerscomSandbox, startPerscom } from '../../sandbox/perscom/server.ts';
import { SANDBOX_TOKEN } from '../../sandbox/perscom/world.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const ENTRY = join(ROOT, 'dist/src/main.js');

/** The built bot as a process of its own, started as `npm start` does. */
export type BotProcess = {
  /** Everything it has printed. */
  readonly output: () => string;
  /** Resolves with its exit code, or null when a signal ended it. */
  readonly exit: Promise<number | null>;
  signal(signal: NodeJS.Signals): void;
};

type Env = Readonly<Record<string, string>>;

/** Runs a program in `directory` with nothing but `env`. */
function run(command: string, args: readonly string[], env: Env, directory: string): BotProcess {
  const child: ChildProcess = spawn(command, args, { cwd: directory, env: { ...env }, stdio: 'pipe' });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const exit = new Promise<number | null>((settle) => child.once('exit', settle));
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return { output: () => printed, exit, signal: (signal) => void child.kill(signal) };
}

/** Runs the built bot in `directory` with nothing but `env`. */
export const spawnBot = (env: Env, directory: string): BotProcess => run(process.execPath, [ENTRY], env, directory);

/** Runs `npm start` with nothing but `env`, on what is built already: other tests are running it. */
export const spawnNpmStart = (env: Env): BotProcess => run('npm', ['start', '--ignore-scripts'], env, ROOT);

/** Starts a way to the API at `apiUrl` on which no request with `held` in its path is answered; answers its address. */
export async function startProxy(apiUrl: string, held: string): Promise<string> {
  const { origin, pathname } = new URL(apiUrl);
  const server = createServer((incoming, outgoing) => {
    if (incoming.url?.includes(held)) return;
    const { method, headers, url } = incoming;
    const onward = request(`${origin}${url}`, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.once('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return `http://127.0.0.1:${address.port}${pathname}`;
}

/** A directory that goes with the test. */
export function scratch(): string {
  const directory = mkdtempSync(join(tmpdir(), 'frago-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** A Discord and a PERSCOM for a bot process, and the environment that leads it to them. */
export type Surroundings = {
  readonly discord: DiscordSandbox;
  readonly perscom: PerscomSandbox;
  readonly directory: string;
  readonly env: Readonly<Record<string, string>>;
  /** Starts the bot and waits until it is ready; in `directory`, unless it is to work in another one. */
  start(directory?: string): Promise<BotProcess>;
};

/** What a bot process has in common with another one. */
type Shared = Partial<Pick<Surroundings, 'discord' | 'perscom' | 'directory'>>;

const TOKEN = 'sandbox-bot-token';

async function startOwnDiscord(): Promise<DiscordSandbox> {
  const discord = await startDiscord({ token: TOKEN });
  onTestFinished(() => discord.close());
  return discord;
}

/** Its descriptions are plain text, so that what is typed is what is stored. */
async function startOwnPerscom(): Promise<PerscomSandbox> {
  const perscom = await startPerscom({ profile: 'documented' });
  for (const [id, event] of perscom.world.events) perscom.world.events.set(id, { ...event, description: 'Plain.' });
  onTestFinished(() => perscom.close());
  return perscom;
}

/** Builds surroundings that are torn down with the test; what is not `shared` is their own. */
export async function buildSurroundings(shared: Shared = {}): Promise<Surroundings> {
  const [discord, perscom] = await Promise.all([
    shared.discord ?? startOwnDiscord(),
    shared.perscom ?? startOwnPerscom(),
  ]);
  const ownDirectory = shared.directory ?? scratch();
  const env = {
    DISCORD_TOKEN: TOKEN,
    DISCORD_API_URL: discord.apiUrl,
    DISCORD_GUILD_ID: discord.guildIds[0] ?? '',
    PERSCOM_API_URL: perscom.url,
    PERSCOM_API_TOKEN: SANDBOX_TOKEN,
  };
  const start = async (directory = ownDirectory): Promise<BotProcess> => {
    const bot = spawnBot(env, directory);
    await discord.until(() => bot.output().includes('"ready"'), 15_000);
    await discord.ready();
    return bot;
  };
  return { discord, perscom, directory: ownDirectory, env, start };
}
