import type { ApiError } from '../domain/api-error.ts';
import type { BatchPatch } from '../domain/change.ts';
import type { Calendar, EventId, EventRecord } from '../domain/event.ts';
import type { Form } from '../domain/field.ts';
import type { Flush, FlushState } from '../domain/flush.ts';
import type { TypedForm } from '../domain/form.ts';
import type { Queue, Staged, WantedEdit } from '../domain/queue.ts';
import type { Result } from '../domain/result.ts';
import type { Answer, Verdict } from '../domain/verdict.ts';

/** Events by id; one that PERSCOM does not have is absent. */
export type Events = ReadonlyMap<EventId, EventRecord>;

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

/** The guilds' queues. Every change is durable, and seen by all, when its promise resolves. */
export type QueueStore = {
  load(guildId: string): Promise<Queue>;
  /** Stages `wanted` against the queue as it is then, in one transaction. */
  stage(guildId: string, wanted: readonly WantedEdit[], userId: string, now: number): Promise<readonly Staged[]>;
  /** Removes these edits, where they are still queued unreplaced; answers how many were. */
  remove(guildId: string, editIds: readonly number[]): Promise<number>;
  /** Removes every edit if the queue still has `revision`; answers how many were removed, or null if it has moved on. */
  clear(guildId: string, revision: number): Promise<number | null>;
  /** Makes what `editIds` are held against at the preview of `flush` their new base. */
  rebase(guildId: string, flush: Flush, editIds: readonly number[]): Promise<void>;
};

/** Why a flush could not be claimed: somebody was quicker, another one runs, or the queue is not what was previewed. */
export type ClaimError = 'taken' | 'busy' | 'stale';

/** The guilds' flushes. Claims are guarded in the database: of any number of claims of one flush, one succeeds. */
export type FlushStore = {
  save(flush: Flush, now: number): Promise<void>;
  load(guildId: string, id: string): Promise<Flush | null>;
  /** The state of the guild's flush that was sent last; null if none was. */
  lastState(guildId: string): Promise<FlushState | null>;
  /** Moves a previewed flush to `sending`, for `userId`. */
  claim(flush: Flush, userId: string, now: number): Promise<Result<null, ClaimError>>;
  /** Saves a flush that sends the rest of another as `sending`; one flush has at most one such child. */
  claimRest(flush: Flush, now: number): Promise<Result<null, ClaimError>>;
  /**
   * Records how a flush ended. In the same transaction, edits that the server now holds leave the queue, and the others
   * keep the reason.
   */
  settle(flush: Flush, state: FlushState, verdicts: readonly Verdict[], now: number): Promise<void>;
  /** Turns every flush that a stopped process left in `sending` into `unknown`; answers how many. */
  abandon(): Promise<number>;
};

/** What somebody typed into a form that could not be accepted whole. */
export type Draft = { readonly eventId: EventId; readonly form: Form; readonly typed: TypedForm };

/** Refused input, kept so that its author can reopen the form with it. */
export type DraftStore = {
  save(id: string, guildId: string, userId: string, draft: Draft, now: number): Promise<void>;
  load(guildId: string, userId: string, id: string): Promise<Draft | null>;
};

/** Milliseconds since the epoch, now. */
export type Clock = { now(): number };
