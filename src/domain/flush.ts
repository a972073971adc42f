import type { Change } from './change.ts';
import type { Verdict } from './verdict.ts';

/** Where one attempt to apply a queue stands. `unknown`: something was sent and nobody has seen what became of all of it. */
export type FlushState = 'previewed' | 'sending' | 'done' | 'rejected' | 'unknown';

/** One attempt to apply a queue, kept as a record. */
export type Flush = {
  readonly id: string;
  readonly guildId: string;
  /** Discord id of who previewed it and, once it is sent, of who sent it. */
  readonly userId: string;
  readonly state: FlushState;
  /** The queue's revision that was previewed. */
  readonly revision: number;
  /** What it is about: the queued edits held against PERSCOM at the preview, less those that held already. */
  readonly changes: readonly Change[];
  /** One for every change that was sent or whose event was gone; empty until it is settled. */
  readonly verdicts: readonly Verdict[];
  /** The refused flush whose rest this one sends; null for an ordinary one. */
  readonly parentId: string | null;
};
