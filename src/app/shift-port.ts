import type { EventId } from '../domain/event.ts';
import type { Shift } from '../domain/shift.ts';
import type { DateOrder } from '../domain/times/typed-time.ts';
import type { Caller } from './ports.ts';

/** What a shift was asked for with, as it was typed; empty where nothing was. */
export type ShiftRequest = {
  /** A distance, such as `+1d`. */
  readonly by: string;
  /** A day, such as `next Saturday`. */
  readonly to: string;
  /** An id or a whole name. */
  readonly event: string;
  /** Events that were chosen from a list; null if none were. */
  readonly eventIds: readonly EventId[] | null;
  /** A part of a name. */
  readonly name: string;
  /** An id or a whole name. */
  readonly calendar: string;
  readonly from: string;
  readonly until: string;
};

/** How far to move events, as it was typed: by a distance, or to a day. */
export type HowFar = Pick<ShiftRequest, 'by' | 'to'>;

/** A request in which something else is said in the place of what could not be read. */
export type Alternative = {
  readonly request: ShiftRequest;
  /** The order of day and month that choosing it shows; null where it shows none. */
  readonly dateOrder: DateOrder | null;
};

/** A shift on its way, by what is known of it. */
export type KeptShift =
  | { readonly kind: 'question'; readonly alternatives: readonly Alternative[] }
  /** Events that were chosen from a list, and how far to move them as that was typed last. */
  | ({ readonly kind: 'chosen'; readonly eventIds: readonly EventId[] } & HowFar)
  | { readonly kind: 'preview'; readonly shift: Shift };

/** The guilds' shifts that are not queued yet. What is saved under an id never changes; it is kept for a day. */
export type ShiftStore = {
  save(caller: Caller, id: string, kept: KeptShift, now: number): Promise<void>;
  load(guildId: string, id: string): Promise<KeptShift | null>;
};
