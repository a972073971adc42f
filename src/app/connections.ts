import type { Calendar } from '../domain/event.ts';
import { createEventCache, type EventCache } from './event-cache.ts';
import type { Clock, Perscom } from './ports.ts';

/** A guild's way to its own PERSCOM, what is known of it, and the zone in which the guild types and reads times. */
export type Connection = { readonly perscom: Perscom; readonly cache: EventCache; readonly zone: string };

/** The guilds that are connected to PERSCOM. A guild without a connection of its own gets none. */
export type Connections = { of(guildId: string): Connection | null };

/** What it takes to write a guild's values in words. */
export type Terms = { readonly zone: string; readonly calendars: readonly Calendar[] };

/** The connections of a process that serves one guild with the token from its environment, or none. */
export function connectOne(
  only: { readonly guildId: string; readonly perscom: Perscom; readonly zone: string } | null,
  clock: Clock,
): Connections {
  if (only === null) return { of: () => null };
  const connection = { perscom: only.perscom, cache: createEventCache(only.perscom, clock), zone: only.zone };
  return { of: (guildId) => (guildId === only.guildId ? connection : null) };
}
