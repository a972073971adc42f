import type { Connections } from './connections.ts';
import type { Clock, DraftStore, FlushStore, QueueStore } from './ports.ts';
import type { Snapshots } from './snapshots.ts';

/** What every use case may use. Each use case is a function that takes the app first. */
export type App = {
  readonly connections: Connections;
  readonly queues: QueueStore;
  readonly flushes: FlushStore;
  readonly drafts: DraftStore;
  readonly snapshots: Snapshots;
  readonly clock: Clock;
  /** A new id that nobody can guess, 1–36 characters of `[A-Za-z0-9-]`. */
  readonly newId: () => string;
};
