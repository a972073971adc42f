import type { ApiError } from '../domain/api-error.ts';
import type { BatchPatch, Change, Events } from '../domain/change.ts';
import type { Calendar, EventId, EventRecord } from '../domain/event.ts';
import type { Form } from '../domain/field.ts';
import type { Flush } from '../domain/flush.ts';
import type { Picked } from '../domain/form-times.ts';
import type { Basis, Edit, Queue, Staged, WantedEdit } from '../domain/queue.ts';
import type { KnownRefusal } from '../domain/refusal.ts';
import type { Result } from '../domain/result.ts';
import type { Seen, Syntaxes, TypedForm } from '../domain/snapshot.ts';
import type { FileError, LongTexts, TextFile } from '../domain/texts/text-field.ts';
import type { DateOrder } from '../domain/times/typed-time.ts';
import type { Answer } from '../domain/verdict.ts';

/** Who asks, and where. Discord ids; no channel where Discord names none. */
export type Caller = { readonly guildId: string; readonly userId: string; readonly channelId: string | null };

/** One page of a unit's events, latest start first. */
export type EventPage = { readonly events: readonly EventRecord[]; readonly isLast: boolean };

/** What events are read for; a flush comes first. */
export type Purpose = 'flush' | 'form';

/** What came of a batch PATCH. */
export type Sent = {
  readonly answer: Answer;
  /** How often it was sent; PERSCOM did not look at any but the last. 0 where the bot's own budget refused it. */
  readonly attempts: number;
  /** PERSCOM's own id of the request, for its operator's logs; null if it gave none. */
  readonly requestId: string | null;
};

/** One unit's PERSCOM, reached with that unit's token. */
export type Perscom = {
  /**
   * The events with these ids as the database holds them now, never from a cache. For a flush it is tried again for some
   * seconds, and may use what is left of PERSCOM's requests; for a form it has less of both.
   */
  fetchEvents(ids: readonly EventId[], purpose: Purpose): Promise<Result<Events, ApiError>>;
  /** Page `page` (from 1) of all events. */
  fetchEventPage(page: number): Promise<Result<EventPage, ApiError>>;
  fetchCalendars(): Promise<Result<readonly Calendar[], ApiError>>;
  /** Sends one batch PATCH. It is sent again only where it never left or PERSCOM said that it did not look at it. */
  patchEvents(patch: BatchPatch): Promise<Sent>;
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
   * a flush is under way or unknown, as what it sent may yet land. Of other moderators' edits, those with the ids in
   * `mayReplace`, and no others, are replaced or taken back. `basis` as in `stage`.
   */
  stage(
    caller: Caller,
    wanted: readonly WantedEdit[],
    mayDrop: boolean,
    now: number,
    mayReplace?: readonly number[],
    basis?: Basis,
  ): Promise<readonly Staged[]>;
  /** Takes out these edits, where they are still queued unreplaced. */
  remove(guildId: string, editIds: readonly number[]): Promise<Result<Removal, FlushUnderWay>>;
  /** Takes out every edit, if the queue still has `revision`. */
  clear(guildId: string, revision: number): Promise<Result<Removal, FlushUnderWay | { readonly kind: 'moved-on' }>>;
  /** Makes the live value of each change the new base of its edit, where that is still queued unreplaced. */
  rebase(guildId: string, changes: readonly Change[]): Promise<void>;
};

/**
 * Why a flush could not be claimed: it was sent already or has expired, another one is under way, or things are not as
 * they were previewed: the queue has changed, or an earlier flush has become unknown.
 */
export type ClaimError = { readonly kind: 'taken' | 'busy' | 'outdated' };

/** A message in a channel. Discord ids. */
export type Post = { readonly channelId: string; readonly messageId: string };

/**
 * The guilds' flushes. Every move from state to state is guarded in the database, whoever asks and from whichever process:
 * of any number of claims of one flush, one succeeds.
 */
export type FlushStore = {
  /** Records a preview; previews of more than a day ago expire. */
  save(flush: Flush): Promise<void>;
  /** Records a flush that waits for PERSCOM; false if another one of the guild does. */
  wait(flush: Flush): Promise<boolean>;
  load(guildId: string, id: string): Promise<Flush | null>;
  /** The guild's flushes that wait, are under way, or are unknown, as they were previewed. */
  loadOpen(guildId: string): Promise<readonly Flush[]>;
  /** The guild's flushes that were sent, wait to be or waited in vain, newest first; what was only previewed is left out. */
  list(guildId: string, offset: number, limit: number): Promise<readonly Flush[]>;
  /** Moves a previewed or waiting flush to what `flush` says, which is `sending`, if the queue is at its revision. */
  claim(flush: Flush): Promise<Result<null, ClaimError>>;
  /**
   * Saves a flush that sends a part of another again as `sending`, if all of its edits are still queued. A flush has one
   * such part at most, and is told of with it.
   */
  claimPart(flush: Flush): Promise<Result<null, ClaimError>>;
  /**
   * Records how a flush that is `sending` or `unknown` stands. In the same transaction, edits that the server now holds
   * leave the queue, the others keep the reason, and what that teaches of fields is remembered. False if it was settled
   * already.
   */
  settle(flush: Flush): Promise<boolean>;
  /** Makes a waiting flush expire; false if it no longer waits. */
  cancel(guildId: string, id: string): Promise<boolean>;
  /** The flushes of all guilds that are to be looked after by `now`. */
  loadDue(now: number): Promise<readonly Flush[]>;
  /** Puts off looking after a flush until `dueAt`; false if somebody else has looked after it meanwhile. */
  postpone(flush: Flush, dueAt: number): Promise<boolean>;
  /** Declares what the guild's unknown flushes sent to be over by `now`, and has them looked after; answers how many. */
  hurry(guildId: string, now: number): Promise<number>;
  /** Where the report of a flush stands. */
  loadPosts(guildId: string, id: string): Promise<readonly Post[]>;
  /**
   * Records that a flush has been told of, and where. One that is settled is not looked after any more; one that is not is
   * by `lookAt`.
   */
  savePosts(guildId: string, id: string, posts: readonly Post[], lookAt: number): Promise<void>;
};

/** What somebody typed into a form, and how its texts were meant. */
export type FormContent = {
  readonly typed: TypedForm;
  /** In which syntax each text was typed. */
  readonly syntaxes: Syntaxes;
  readonly longTexts: LongTexts;
};

/** What somebody typed into a form that could not be accepted whole. */
export type Draft = FormContent & {
  readonly eventId: EventId;
  readonly form: Form;
  /** What its author saw there; null where nobody knows, or where the form has no times. */
  readonly seen: Seen | null;
  /** What its times were said to mean. */
  readonly picks: readonly Picked[];
};

/** A draft on disk. */
export type KeptDraft = Draft & { readonly id: string; readonly savedAt: number };

/** Edits in whose way another moderator's were, and the ids of all that they may replace. */
export type Contest = { readonly wanted: readonly WantedEdit[]; readonly inTheWay: readonly number[] };

/** What a form that opens shows besides the values in PERSCOM. */
export type Opening = {
  /** The queued edits of its event. */
  readonly queued: readonly Edit[];
  /** The fields that PERSCOM did not take from the guild when they were last sent. */
  readonly refusals: readonly KnownRefusal[];
  /** The caller's draft of it; null if there is none. */
  readonly draftId: string | null;
};

/** What was asked for and could not be taken, kept for a week so that its author, and nobody else, can go on with it. */
export type DraftStore = {
  /** Saves a draft in the place of the caller's older one of that form of that event. */
  save(caller: Caller, id: string, draft: Draft, now: number): Promise<void>;
  load(caller: Caller, id: string): Promise<KeptDraft | null>;
  /** The caller's drafts of the guild, newest first, 25 at most. */
  list(caller: Caller): Promise<readonly KeptDraft[]>;
  /** What is on disk about a form that is about to open. */
  loadOpening(caller: Caller, eventId: EventId, form: Form): Promise<Opening>;
  /** The id of the caller's draft of a form of an event; null if there is none. */
  findId(caller: Caller, eventId: EventId, form: Form): Promise<string | null>;
  remove(caller: Caller, id: string): Promise<void>;
  saveContest(caller: Caller, id: string, contest: Contest, now: number): Promise<void>;
  loadContest(caller: Caller, id: string): Promise<Contest | null>;
};

/** A file that somebody uploaded with a form, as Discord tells of it. */
export type Upload = { readonly name: string; readonly size: number; readonly url: string };

/** The files that are uploaded with forms. */
export type Attachments = {
  /** What a file holds, if that is UTF-8 text of at most 65,535 bytes; within 2 seconds. */
  read(upload: Upload): Promise<Result<TextFile, FileError>>;
};

/** How somebody types times; null where they have not said. */
export type Habits = { readonly zone: string | null; readonly dateOrder: DateOrder | null };

/**
 * What guilds and moderators have set. Reading is from memory, as every answer needs it; a change is durable when its promise
 * resolves, and seen at once by this process, within seconds by others.
 */
export type Settings = {
  /** The zone of a guild's unit; null if it has set none. */
  zoneOf(guildId: string): string | null;
  /** Those of a moderator, in every guild. */
  habitsOf(userId: string): Habits;
  setZone(guildId: string, zone: string): Promise<void>;
  setHabits(userId: string, habits: Partial<Habits>): Promise<void>;
  /** Takes in what other processes have changed. */
  refresh(): Promise<void>;
};

/** Milliseconds since the epoch, now. */
export type Clock = { now(): number };
