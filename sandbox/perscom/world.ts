import { timestamp } from './instant.ts';
import { OPS } from './ops.ts';

/** An event as the database holds it; times are written `YYYY-MM-DDTHH:MM:SS.000000Z`. */
export type StoredEvent = {
  id: number;
  name: string;
  calendar_id: number | null;
  description: string | null;
  content: string | null;
  location: string | null;
  /** Null is answered as a generated link, never as null. */
  url: string | null;
  author_id: number | null;
  all_day: boolean;
  starts: string;
  ends: string | null;
  repeats: boolean;
  registration_enabled: boolean;
  registration_deadline: string | null;
  notifications_enabled: boolean;
  /** The shipped server lets a bare string in, and reads it back as one. */
  notifications_interval: string[] | string | null;
  notifications_channels: string[] | null;
  created_at: string;
  updated_at: string;
};

/** A calendar as the database holds it. */
export type StoredCalendar = {
  id: number;
  name: string;
  description: string | null;
  color: string;
  created_at: string;
  updated_at: string;
};

/** A member of the unit, with what the API shows that differs between members. */
export type StoredUser = { id: number; name: string; email: string; created_at: string };

/** What an API key may do, and whether it still may; without `standing` it is valid. */
export type ApiKey = {
  scopes: string[];
  standing?: 'valid' | 'expired' | 'revoked';
  /** The tenant in the key's claims: 1 unless said; null for a key without that claim. */
  tenant?: number | null;
};

/** Everything the simulated server remembers; tests read and mutate it while it runs. */
export type World = {
  events: Map<number, StoredEvent>;
  calendars: Map<number, StoredCalendar>;
  users: Map<number, StoredUser>;
  /** By bearer token. */
  tokens: Map<string, ApiKey>;
  subscribed: boolean;
  /** True answers 503 to everything, with HTML to who does not ask for JSON. */
  maintenance?: boolean;
  /** True is an install with `TENANT_ENABLED=false`, where an event without url cannot be written as JSON. */
  selfHosted?: boolean;
};

/** The bearer token of a world built here; it holds the three scopes the bot needs. */
export const SANDBOX_TOKEN = 'sandbox-api-key';

const DAY_MS = 86_400_000;

/** A valid upcoming event; what it is about follows from its id, and `overrides` win. */
export function buildEvent(
  overrides: Partial<StoredEvent> & Pick<StoredEvent, 'id'>,
  now: number = Date.now(),
): StoredEvent {
  const midnight = Math.floor(now / DAY_MS) * DAY_MS;
  const { inDays, startsAt, hours, deadlineDaysBefore, ...op } = opFor(overrides.id);
  const startsMs = midnight + inDays * DAY_MS + startsAt * 3_600_000;
  return {
    ...op,
    notifications_interval: op.notifications_interval && [...op.notifications_interval],
    notifications_channels: op.notifications_channels && [...op.notifications_channels],
    starts: timestamp(startsMs),
    ends: timestamp(startsMs + hours * 3_600_000),
    registration_deadline: deadlineDaysBefore === null ? null : timestamp(startsMs - deadlineDaysBefore * DAY_MS),
    created_at: timestamp(midnight - 30 * DAY_MS),
    updated_at: timestamp(midnight - 30 * DAY_MS),
    ...overrides,
  };
}

/** Beyond the ops there are, they come again, numbered, 28 days later each time. */
function opFor(id: number): (typeof OPS)[number] {
  const round = Math.floor((id - 1) / OPS.length);
  const op = OPS[(id - 1) % OPS.length] ?? OPS[0];
  return round === 0 ? op : { ...op, name: `${op.name} ${round + 1}`, inDays: op.inDays + 28 * round };
}

/** A calendar with a sensible name where none is given. */
export function buildCalendar(overrides: Partial<StoredCalendar> & Pick<StoredCalendar, 'id'>): StoredCalendar {
  const created = '2026-01-01T00:00:00.000000Z';
  const name = ['Main Operations', 'Training', 'Joint Operations'][overrides.id - 1] ?? `Calendar ${overrides.id}`;
  return { name, description: null, color: '#2563eb', created_at: created, updated_at: created, ...overrides };
}

/** A member of the unit; the first three have names. */
export function buildUser(overrides: Partial<StoredUser> & Pick<StoredUser, 'id'>): StoredUser {
  const name = ['Cpt. Mara Lindqvist', 'Sgt. Owen Hale', 'Lt. Ines Duarte'][overrides.id - 1] ?? `User ${overrides.id}`;
  const email = `user${overrides.id}@example.test`;
  return { name, email, created_at: '2026-01-01T00:00:00.000000Z', ...overrides };
}

/** What a world is built from; everything left out is filled in with a small valid unit. */
export type WorldPlan = {
  /** How many events to make up, with ids from 1, or the events themselves. */
  events?: number | readonly StoredEvent[];
  calendars?: readonly StoredCalendar[];
  users?: readonly StoredUser[];
  tokens?: Readonly<Record<string, ApiKey>>;
  /** When "upcoming" is counted from, in ms. */
  now?: number;
};

/** A valid small world: upcoming ops, three calendars, three members, one key ({@link SANDBOX_TOKEN}). */
export function buildWorld({ events = OPS.length, now = Date.now(), ...plan }: WorldPlan = {}): World {
  return {
    events: byId(typeof events === 'number' ? madeUpEvents(events, now) : events),
    calendars: byId(plan.calendars ?? [1, 2, 3].map((id) => buildCalendar({ id }))),
    users: byId(plan.users ?? [1, 2, 3].map((id) => buildUser({ id }))),
    tokens: new Map(Object.entries(plan.tokens ?? { [SANDBOX_TOKEN]: { scopes: neededScopes() } })),
    subscribed: true,
  };
}

function madeUpEvents(count: number, now: number): StoredEvent[] {
  return Array.from({ length: count }, (_, index) => buildEvent({ id: index + 1 }, now));
}

function neededScopes(): string[] {
  return ['view:event', 'update:event', 'view:calendar'];
}

function byId<T extends { readonly id: number }>(rows: readonly T[]): Map<number, T> {
  return new Map(rows.map((row) => [row.id, row]));
}
