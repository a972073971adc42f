import { createHash } from 'node:crypto';
import type { Snapshot } from '../domain/form.ts';

/** What forms showed, by a key that a modal carries. In memory only: a forgotten one is recognised by its key. */
export type Snapshots = {
  /** Remembers what a form of `guildId` shows and answers its key. Forms that show the same have the same key. */
  remember(guildId: string, snapshot: Snapshot): string;
  recall(key: string): Snapshot | null;
};

const MAX_SNAPSHOTS = 5_000;

/** The key of what a form of `guildId` shows: the same in every process, 22 characters. */
export const keyOf = (guildId: string, snapshot: Snapshot): string =>
  createHash('sha256')
    .update(JSON.stringify([guildId, snapshot]))
    .digest('base64url')
    .slice(0, 22);

/** A memory of the latest 5,000 forms. */
export function createSnapshots(): Snapshots {
  const snapshots = new Map<string, Snapshot>();
  return {
    remember(guildId, snapshot) {
      const key = keyOf(guildId, snapshot);
      snapshots.delete(key);
      snapshots.set(key, snapshot);
      const [oldest] = snapshots.keys();
      if (snapshots.size > MAX_SNAPSHOTS && oldest !== undefined) snapshots.delete(oldest);
      return key;
    },
    recall: (key) => snapshots.get(key) ?? null,
  };
}
