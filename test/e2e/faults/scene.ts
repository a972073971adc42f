import Database from 'libsql';
import type { DiscordUser } from '../../../sandbox/discord/index.ts';
import { type Stage, startStage } from '../stage.ts';
import { fillDisk } from './disk.ts';
import type { DatabaseTrouble, Row, Trouble } from './row.ts';

const SEARCH = { method: 'POST', path: '/v2/events/search' };
const PATCH = { method: 'PATCH', path: '/v2/events/batch' };

/** How long a row waits for anything; what it waits for takes milliseconds, or a second at most. */
export const PATIENCE_MS = 12_000;

/** A stage with two moderators, on which things go wrong at will. */
export type Scene = {
  readonly stage: Stage;
  readonly moderators: { readonly Joker: DiscordUser; readonly Pyle: DiscordUser };
  /** Where Joker flushes. */
  readonly channelId: string;
  /** The bot's time. */
  now(): number;
  /** Puts the bot's clock on; it stands still otherwise. */
  pass(ms: number): void;
  /** Lets the next read of events meet `trouble`; `after` runs when it is over. */
  disturbRead(trouble: Trouble | undefined, after?: () => void): void;
  /** The same for the next PATCH. */
  disturbPatch(trouble: Trouble | undefined, after?: () => void): void;
  /** Ends what was begun with `refuse` trouble. */
  acceptConnections(): void;
  /** Makes the database refuse writes. */
  breakDatabase(kind: DatabaseTrouble['kind']): void;
  /** Ends that. */
  mendDatabase(): void;
  /** Resolves once the bot has logged this. */
  logs(text: string): Promise<void>;
  /** How many pieces of news the bot could not post in one way or another. */
  unpostedNews(): number;
};

/** Two ways to break a database, each of which answers how to mend it. */
const BREAKING: Readonly<Record<DatabaseTrouble['kind'], (path: string) => () => void>> = {
  locked(path) {
    const other = new Database(path);
    other.exec('BEGIN IMMEDIATE');
    return () => other.close();
  },
  full: fillDisk,
};

/** Refuses connections, for so many of the bot's tries. */
function createRefusal() {
  let triesLeft = 0;
  let accept = (): void => undefined;
  const end = (): void => {
    if (triesLeft > 0) accept();
    triesLeft = 0;
  };
  return {
    begin({ refuseConnections, acceptConnections }: Stage['perscom'], tries: number): void {
      accept = acceptConnections;
      triesLeft = tries;
      refuseConnections();
    },
    /** The bot asks for randomness once before it tries again; no wait is any longer for it. */
    random: (): number => {
      if (triesLeft === 1) end();
      else triesLeft = Math.max(0, triesLeft - 1);
      return 0;
    },
    end,
  };
}

/** Sets the scene for a row; `onFinished` is the test's. */
export async function setScene(
  { profile, tuning, isClockRunning }: Row,
  onFinished: (tearDown: () => Promise<void>) => void,
): Promise<Scene> {
  const startedAt = Date.now();
  let passedMs = 0;
  const now = (): number => (isClockRunning ? Date.now() : startedAt) + passedMs;
  const refusal = createRefusal();
  const stage = await startStage({
    ...(profile === undefined ? {} : { profile }),
    onFinished,
    clock: { now },
    tuning: { random: refusal.random, busyTimeoutMs: 20, ...tuning },
  });
  const { discord, perscom, databasePath } = stage;
  const channelId = discord.channel().id;
  const moderators = { Joker: discord.user({ channelId }), Pyle: discord.user() };

  function disturb(on: typeof SEARCH, trouble: Trouble = { kind: 'handle' }, after?: () => void): void {
    if (trouble.kind === 'refuse') {
      refusal.begin(perscom, trouble.tries);
      return;
    }
    const both: Parameters<typeof perscom.inject>[0]['after'] = (world) => {
      trouble.after?.(world);
      after?.();
    };
    perscom.inject({ ...trouble, on, after: both });
  }

  let mend = (): void => undefined;
  const mendDatabase = (): void => {
    mend();
    mend = () => undefined;
  };
  onFinished(async () => mendDatabase());
  return {
    stage,
    moderators,
    channelId,
    now,
    pass(ms) {
      passedMs += ms;
    },
    disturbRead: (trouble, after) => disturb(SEARCH, trouble, after),
    disturbPatch: (trouble, after) => disturb(PATCH, trouble, after),
    acceptConnections: refusal.end,
    breakDatabase(kind) {
      mend = BREAKING[kind](databasePath);
    },
    mendDatabase,
    logs: (text) => discord.until(() => stage.logged().includes(text), PATIENCE_MS),
    unpostedNews: () => stage.logged().split('news of a flush could not be posted this way').length - 1,
  };
}
