import type { Calendar } from '../domain/event.ts';
import { createEventCache, type EventCache } from './event-cache.ts';
import type { Clock, Perscom } from './ports.ts';

/** A guild's way to its own PERSCOM, and what is known of it. */
export type Connection = { readonly perscom: Perscom; readonly cache: EventCache };

/** The guilds that are connected to PERSCOM. A guild without a connection of its own gets none. */
export type Connections = { of(guildId: string): Connection | null };

/** What it takes to write a guild's values in words; `zone` is its unit's. */
export type Terms = { readonly zone: string; readonly calendars: readonly Calendar[] };

/** The connections of a process that serves one guild with the token from its environment, or none. */
export function connectOne(
  only: { readonly guildId: string; readonly perscom: Perscom } | null,
  clock: Clock,
): Connections {
  if (only === null) return { of: () => null };
  const connection = { perscom: only.perscom, cache: createEventCache(only.perscom, clock) };
  return { of: (guildId) => (guildId === only.guildId ? connection : null) };
}
