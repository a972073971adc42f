import type { ApiError } from './api-error.ts';
import type { Change } from './change.ts';
import { err } from './result.ts';
import type { Answer, Verdict } from './verdict.ts';

/**
 * Where one attempt to apply a queue stands. `waiting`: it is sent when PERSCOM can be reached again. `unknown`: something
 * was sent and nobody has seen what became of all of it. `expired`: it was not sent and never will be.
 */
export type FlushState = 'previewed' | 'waiting' | 'sending' | 'done' | 'rejected' | 'unknown' | 'expired';

/** One attempt to apply a queue, kept as a record. Times are milliseconds since the epoch. */
export type Flush = {
  readonly id: string;
  readonly guildId: string;
  /** Discord id of who previewed it and, once it is sent, of who sent it. */
  readonly userId: string;
  /** Discord id of the channel in which it was confirmed, for its report; null if there is none. */
  readonly channelId: string | null;
  readonly state: FlushState;
  /** The queue's revision that was previewed. */
  readonly revision: number;
  /** What it is about: the queued edits held against PERSCOM at the preview, less those that held already. */
  readonly changes: readonly Change[];
  /** One for every change that was sent or whose event was gone; empty until the events were read again. */
  readonly verdicts: readonly Verdict[];
  /** What PERSCOM said to the PATCH; `interrupted` until it has said something, null before it is sent. */
  readonly answer: Answer | null;
  /** PERSCOM's own id of that request; null if it gave none. */
  readonly requestId: string | null;
  /**
   * How often the PATCH was sent, as far as is known: 0 where the bot's own budget refused it or the bot died first.
   * PERSCOM did not look at any but the last.
   */
  readonly attempts: number;
  /** Why it was made, in its author's words; null if nobody said. */
  readonly reason: string | null;
  /** The flush of which this one sends a part again; null for an ordinary one. */
  readonly parentId: string | null;
  /** Whether its preview said that an earlier flush is unknown, so that confirming it accepts that. */
  readonly acceptsUnknown: boolean;
  readonly previewedAt: number;
  readonly sentAt: number | null;
  readonly settledAt: number | null;
  /** From when on nothing that was sent is expected to land any more; null before it is sent. */
  readonly overAt: number | null;
  /** When to look after it next; null when there is nothing to look after. */
  readonly dueAt: number | null;
};

/** The answer of a flush that is on its way: all that is known should the process stop now. */
export const INTERRUPTED: Answer = err({ kind: 'interrupted' } satisfies ApiError);

/** A process that sends a flush says so this often at least; one that does not has died or lost its database. */
export const LEASE_MS = 10_000;

/** A batch takes 29 ms an event (recorded), and the bot waits a minute for its answer: after this nothing lands. */
export const OVER_AFTER_MS = 120_000;

/** A preview may be confirmed, and a flush may wait for PERSCOM, for this long. */
export const EXPIRES_AFTER_MS = 86_400_000;

const FIRST_DELAY_MS = 2_000;
const LAST_DELAY_MS = 300_000;

/** How long to wait before looking again after something that began `elapsedMs` ago: ever longer, 5 minutes at most. */
export const backOffMs = (elapsedMs: number): number =>
  Math.min(LAST_DELAY_MS, Math.max(FIRST_DELAY_MS, elapsedMs / 2));

/** Whether nothing that the flush sent is expected to land any more. */
export const isOver = ({ overAt }: Flush, now: number): boolean => overAt !== null && now >= overAt;
