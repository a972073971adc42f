import type { Flush } from '../domain/flush.ts';
import { err, ok, type Result } from '../domain/result.ts';
import type { Connection, Connections, Terms } from './connections.ts';
import type { Caller, Clock, DraftStore, FlushStore, QueueStore } from './ports.ts';
import type { Snapshots } from './snapshots.ts';

/** What every use case may use. Each use case is a function that takes the app and its caller first. */
export type App = {
  readonly connections: Connections;
  readonly queues: QueueStore;
  readonly flushes: FlushStore;
  readonly drafts: DraftStore;
  readonly snapshots: Snapshots;
  /** The ids of the flushes that this process is sending. */
  readonly underWay: Set<string>;
  /** By id, the flushes whose end this process knows and could not write down. */
  readonly unrecorded: Map<string, Flush>;
  readonly clock: Clock;
  /** Where a failure goes that its user is told of in other words. */
  readonly log: { error(details: object, message: string): void };
  /** A new id that nobody can guess, 1–36 characters of `[A-Za-z0-9-]`. */
  readonly newId: () => string;
};

/** The caller's guild has no PERSCOM. */
export type NotConnected = { readonly kind: 'not-connected' };

/** The connection of the caller's guild, or the refusal that says it has none. */
export function connectionOf({ connections }: App, { guildId }: Caller): Result<Connection, NotConnected> {
  const connection = connections.of(guildId);
  return connection === null ? err({ kind: 'not-connected' }) : ok(connection);
}

/** The terms in which to write to the caller's guild, with the calendars that are known by now. */
export function termsOf({ connections }: App, { guildId }: Caller): Terms {
  const connection = connections.of(guildId);
  return connection === null
    ? { zone: 'UTC', calendars: [] }
    : { zone: connection.zone, calendars: connection.cache.knownCalendars() };
}
