import type { ApiError } from '../domain/api-error.ts';
import type { BatchPatch, Change, Events } from '../domain/change.ts';
import type { Calendar, EventId, EventRecord } from '../domain/event.ts';
import type { Form } from '../domain/field.ts';
import type { Flush, FlushState } from '../domain/flush.ts';
import type { TypedForm } from '../domain/form.ts';
import type { Edit, Queue, Staged, WantedEdit } from '../domain/queue.ts';
import type { Result } from '../domain/result.ts';
import type { Answer } from '../domain/verdict.ts';

/** Who asks, and where. Discord ids. */
export type Caller = { readonly guildId: string; readonly userId: string };

/** One page of a unit's events, latest start first. */
export type EventPage = { readonly events: readonly EventRecord[]; readonly isLast: boolean };

/** One unit's PERSCOM, reached with that unit's token. */
export type Perscom = {
  /** The events with these ids as the database holds them now, never from a cache. */
  fetchEvents(ids: readonly EventId[]): Promise<Result<Events, ApiError>>;
  /** Page `page` (from 1) of all events. */
  fetchEventPage(page: number): Promise<Result<EventPage, ApiError>>;
  fetchCalendars(): Promise<Result<readonly Calendar[], ApiError>>;
  /** Sends one batch PATCH, once. */
  patchEvents(patch: BatchPatch): Promise<Answer>;
};

/** Edits were taken out of a queue, which then had `revision`. */
export type Removal = { readonly removed: number; readonly revision: number };

/** The guild has a flush under way, so no edit of its queue may be taken out: it may be on its way to PERSCOM. */
export type FlushUnderWay = { readonly kind: 'busy' };

/** The guilds' queues. Every change is durable, and seen by all, when its promise resolves. */
export type QueueStore = {
  load(guildId: string): Promise<Queue>;
  /** The queued edits of one event. */
  loadEdits(guildId: string, eventId: EventId): Promise<readonly Edit[]>;
  /**
   * Stages `wanted` against the queue as it is then, in one transaction. `mayDrop` as in `stage`; nothing is dropped while
   * a flush is under way or unknown, as what it sent may yet land.
   */
  stage(caller: Caller, wanted: readonly WantedEdit[], mayDrop: boolean, now: number): Promise<readonly Staged[]>;
  /** Takes out these edits, where they are still queued unreplaced. */
  remove(guildId: string, editIds: readonly number[]): Promise<Result<Removal, FlushUnderWay>>;
  /** Takes out every edit, if the queue still has `revision`. */
  clear(guildId: string, revision: number): Promise<Result<Removal, FlushUnderWay | { readonly kind: 'moved-on' }>>;
  /** Makes the live value of each change the new base of its edit, where that is still queued unreplaced. */
  rebase(guildId: string, changes: readonly Change[]): Promise<void>;
};

/**
 * Why a flush could not be claimed: it was sent already, another one is under way, or the queue is not what was
 * previewed.
 */
export type ClaimError = { readonly kind: 'taken' | 'busy' | 'outdated' };

/** The guilds' flushes. Claims are guarded in the database: of any number of claims of one flush, one succeeds. */
export type FlushStore = {
  save(flush: Flush, now: number): Promise<void>;
  load(guildId: string, id: string): Promise<Flush | null>;
  /** The state of the guild's flush that was sent last, less those that PERSCOM refused; null if there is none. */
  lastState(guildId: string): Promise<FlushState | null>;
  /** Moves a previewed flush to `sending`, for its `userId`, if the queue is still at its revision. */
  claim(flush: Flush, now: number): Promise<Result<null, ClaimError>>;
  /**
   * Saves a flush that sends the rest of another as `sending`, if all of its edits are still queued. A flush has one
   * such child at most.
   */
  claimRest(flush: Flush, now: number): Promise<Result<null, ClaimError>>;
  /**
   * Records how a flush that is `sending` ended. In the same transaction, edits that the server now holds leave the
   * queue, and the others keep the reason.
   */
  settle(flush: Flush, now: number): Promise<void>;
  /** Turns every flush that a stopped process left in `sending` into `unknown`; answers how many. */
  abandon(): Promise<number>;
};

/** What somebody typed into a form that could not be accepted whole. */
export type Draft = { readonly eventId: EventId; readonly form: Form; readonly typed: TypedForm };

/** Refused input, kept so that its author, and nobody else, can reopen the form with it. */
export type DraftStore = {
  save(caller: Caller, id: string, draft: Draft, now: number): Promise<void>;
  load(caller: Caller, id: string): Promise<Draft | null>;
};

/** Milliseconds since the epoch, now. */
export type Clock = { now(): number };
