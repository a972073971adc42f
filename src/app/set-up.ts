import { ok, type Result } from '../domain/result.ts';
import type { DateOrder } from '../domain/times/typed-time.ts';
import { readZone, type UnknownZone } from '../domain/zones/zone-search.ts';
import { type App, zoneOf } from './app.ts';
import type { Caller, Habits } from './ports.ts';

/** How the bot is set up for a caller and their unit. Zones are IANA names. */
export type Setup = {
  readonly unitZone: string;
  /** Whether the unit has set its zone itself, and not left it at the default. */
  readonly isUnitZoneSet: boolean;
  readonly own: Habits;
  readonly isConnected: boolean;
  readonly nowMs: number;
};

/** Shows how the bot is set up for the caller and their unit. It does not ask PERSCOM. */
export function viewSetup(app: App, caller: Caller): Setup {
  return {
    unitZone: zoneOf(app, caller.guildId),
    isUnitZoneSet: app.settings.zoneOf(caller.guildId) !== null,
    own: app.settings.habitsOf(caller.userId),
    isConnected: app.connections.of(caller.guildId) !== null,
    nowMs: app.clock.now(),
  };
}

const read = (app: App, caller: Caller, text: string): Result<string, UnknownZone> =>
  readZone(text, { nowMs: app.clock.now(), home: zoneOf(app, caller.guildId) });

/** Sets the unit's zone to the one that `text` means. */
export async function setUnitZone(app: App, caller: Caller, text: string): Promise<Result<Setup, UnknownZone>> {
  const zone = read(app, caller, text);
  if (!zone.ok) return zone;
  await app.settings.setZone(caller.guildId, zone.value);
  return ok(viewSetup(app, caller));
}

/** What somebody wants to set of how they type times: a zone to be found, null to forget theirs; what is left out stays. */
export type WantedHabits = { readonly zone?: string | null; readonly dateOrder?: DateOrder | null };

/** Sets how the caller types times, in every server; nothing of it, if their zone is not found. */
export async function setHabits(
  app: App,
  caller: Caller,
  { zone, ...others }: WantedHabits,
): Promise<Result<Setup, UnknownZone>> {
  if (typeof zone !== 'string') {
    await app.settings.setHabits(caller.userId, zone === undefined ? others : { ...others, zone });
    return ok(viewSetup(app, caller));
  }
  const found = read(app, caller, zone);
  if (!found.ok) return found;
  await app.settings.setHabits(caller.userId, { ...others, zone: found.value });
  return ok(viewSetup(app, caller));
}
