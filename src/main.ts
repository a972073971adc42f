import { existsSync } from 'node:fs';
import type { Logger } from 'pino';
import { type Config, loadConfig } from './config.ts';
import type { Bot } from './discord/client.ts';
import { startFrago } from './frago.ts';
import { createLog } from './log.ts';

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

/** An error and what led to it, in one line; only for what ends the start. */
function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}: ${describeError(error.cause)}`;
}

/** Stops in good order on the first signal, whatever follows; while the bot is still starting, nothing is in flight yet. */
function stopOnSignals(running: () => Bot | null, log: Logger): void {
  const stop = async (signal: string): Promise<void> => {
    log.info({ signal }, 'stopping');
    await running()?.stop();
    process.exit(0);
  };
  let isStopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'])
    process.on(signal, () => {
      if (isStopping) return;
      isStopping = true;
      stop(signal).catch((err: unknown) => {
        log.fatal({ err }, 'could not stop cleanly');
        process.exit(1);
      });
    });
}

async function run(config: Config): Promise<void> {
  const secrets = [config.discord.token, config.perscom?.token ?? ''].filter((secret) => secret !== '');
  const log = createLog(config.logLevel, secrets);
  process.on('unhandledRejection', (err) => log.error({ err }, 'a promise was rejected and nobody was told'));
  const onLost = (): never => {
    log.fatal('Discord has closed the connection for good; check the token and start again');
    process.exit(1);
  };
  let bot: Bot | null = null;
  stopOnSignals(() => bot, log);
  bot = await startFrago(config, log, { now: () => Date.now() }, onLost);
}

/** A `.env` file, where there is one, fills in what the environment leaves out. */
function readEnvFile(): void {
  if (existsSync('.env')) process.loadEnvFile('.env');
}

try {
  readEnvFile();
} catch (error) {
  fail(`Frago could not read .env: ${describeError(error)}`);
}
const config = loadConfig(process.env);
if (!config.ok) fail(config.error);
run(config.value).catch((error: unknown) => fail(`Frago could not start: ${describeError(error)}`));
