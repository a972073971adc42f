import type { Flush } from '../domain/flush.ts';
import { err, ok, type Result } from '../domain/result.ts';
import type { Typing } from '../domain/times/typed-time.ts';
import type { Connection, Connections, Terms } from './connections.ts';
import type { Attachments, Caller, Clock, DraftStore, FlushStore, QueueStore, Settings } from './ports.ts';
import type { ShiftStore } from './shift-port.ts';
import type { Snapshots } from './snapshots.ts';

/** What every use case may use. Each use case is a function that takes the app and its caller first. */
export type App = {
  readonly connections: Connections;
  readonly queues: QueueStore;
  readonly flushes: FlushStore;
  readonly drafts: DraftStore;
  readonly settings: Settings;
  readonly shifts: ShiftStore;
  /** The zone of units that have set none. */
  readonly defaultZone: string;
  readonly snapshots: Snapshots;
  readonly attachments: Attachments;
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

/** The zone of a guild's unit: the one that it has set, else the default. */
export const zoneOf = ({ settings, defaultZone }: App, guildId: string): string =>
  settings.zoneOf(guildId) ?? defaultZone;

/** How the caller types times: in their own zone if they have set one, else in their unit's. */
export function typingOf(app: App, { guildId, userId }: Caller): Typing {
  const unitZone = zoneOf(app, guildId);
  const { zone, dateOrder } = app.settings.habitsOf(userId);
  return { zone: zone ?? unitZone, unitZone, dateOrder };
}

/** The terms in which to write to the caller's guild, with the calendars that are known by now. */
export const termsOf = (app: App, { guildId }: Caller): Terms => ({
  zone: zoneOf(app, guildId),
  calendars: app.connections.of(guildId)?.cache.knownCalendars() ?? [],
});
