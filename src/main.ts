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

async function stopAndExit(bot: Bot, log: Logger, signal: string): Promise<void> {
  log.info({ signal }, 'stopping');
  await bot.stop();
  process.exit(0);
}

async function run(config: Config): Promise<void> {
  const secrets = [config.discord.token, config.perscom?.token ?? ''].filter((secret) => secret !== '');
  const log = createLog(config.logLevel, secrets);
  process.on('unhandledRejection', (err) => log.error({ err }, 'a promise was rejected and nobody was told'));
  const bot = await startFrago(config, log, { now: () => Date.now() });
  for (const signal of ['SIGTERM', 'SIGINT'])
    process.once(signal, () => {
      stopAndExit(bot, log, signal).catch((err: unknown) => {
        log.fatal({ err }, 'could not stop cleanly');
        process.exit(1);
      });
    });
}

if (existsSync('.env')) process.loadEnvFile('.env');
const config = loadConfig(process.env);
if (!config.ok) fail(config.error);
run(config.value).catch((error: unknown) => {
  fail(`Frago could not start: ${error instanceof Error ? error.message : String(error)}`);
});
