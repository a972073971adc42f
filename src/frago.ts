import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { commands } from '../commands/index.ts';
import type { App } from './app/app.ts';
import { connectOne } from './app/connections.ts';
import type { Clock } from './app/ports.ts';
import { createSnapshots } from './app/snapshots.ts';
import type { Config } from './config.ts';
import { createAttachments } from './discord/attachments.ts';
import { type Bot, startBot } from './discord/client.ts';
import { createBudget } from './perscom/budget.ts';
import { createPerscom, type PerscomOptions } from './perscom/client.ts';
import { openStore, type Store } from './store/open.ts';

/** What may differ from the usual; the tests do not wait as long as a user would. */
export type Tuning = Partial<Pick<PerscomOptions, 'random' | 'persistence'>> & {
  /** How long to wait for the database while another process writes. */
  readonly busyTimeoutMs?: number;
};

function createApp(
  { discord, perscom, zone }: Config,
  { queues, flushes, drafts, settings, shifts }: Store,
  clock: Clock,
  log: Logger,
  { random = Math.random, persistence = {} }: Tuning,
): App {
  const shared = { budget: createBudget(clock), random, persistence };
  const only =
    perscom === null ? null : { guildId: perscom.guildId, perscom: createPerscom({ ...perscom, ...shared }) };
  const connections = connectOne(only, clock);
  const snapshots = createSnapshots(randomUUID);
  return {
    connections,
    queues,
    flushes,
    drafts,
    settings,
    shifts,
    defaultZone: zone,
    snapshots,
    attachments: createAttachments(discord.apiUrl),
    underWay: new Set(),
    unrecorded: new Map(),
    clock,
    log,
    newId: randomUUID,
  };
}

/** Reads what autocomplete and forms show, so that the first moderator does not wait for it. */
function warmUp({ connections }: App, guildId: string | null): void {
  const cache = guildId === null ? null : connections.of(guildId)?.cache;
  void cache?.find('', 0);
  void cache?.calendars(0);
}

/** Opens the database. Rejects with an error that names the variable which says where it is. */
const openDatabase = ({ databasePath }: Config, { busyTimeoutMs }: Tuning): Promise<Store> =>
  openStore(databasePath, busyTimeoutMs).catch((cause: unknown) => {
    throw new Error(`the file of DATABASE_URL (${databasePath}) cannot be used`, { cause });
  });

/** Puts the bot together and starts it; `onLost` is called when Discord has cut it off for good. Rejects when the database cannot be opened or Discord refuses the token. */
export async function startFrago(
  config: Config,
  log: Logger,
  clock: Clock,
  onLost: () => void,
  tuning: Tuning = {},
): Promise<Bot> {
  const store = await openDatabase(config, tuning);
  const app = createApp(config, store, clock, log, tuning);
  warmUp(app, config.discord.guildId);
  const bot = await startBot({ ...config.discord, app, commands, log, onLost });
  return {
    registered: bot.registered,
    async stop() {
      await bot.stop();
      await store.close();
    },
  };
}
