import type { ApiError } from '../domain/api-error.ts';
import type { Events } from '../domain/change.ts';
import type { Flush } from '../domain/flush.ts';
import { added, type Staged, type WantedEdit } from '../domain/queue.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { allDayIn, attribute, hasApplied, type Inverse, invert, wantedIn } from '../domain/undo.ts';
import { isStored } from '../domain/verdict.ts';
import { type App, connectionOf, type NotConnected } from './app.ts';
import { type NoSuchFlush, newestFirst } from './history.ts';
import type { Caller } from './ports.ts';
import { editsOf, fetchLive } from './preview-flush.ts';

/** A flush turned around: what became of each change that it had applied. Nothing was sent. */
export type Undo = {
  readonly flush: Flush;
  /** As things stand now, in the order of the flush. */
  readonly inverses: readonly Inverse[];
  /** What was just queued, or took the place of something queued. */
  readonly staged: readonly Staged[];
};

/** Why a flush cannot be undone. Nothing was queued. */
export type UndoError =
  | NotConnected
  | NoSuchFlush
  /** No flush of the guild has applied anything. */
  | { readonly kind: 'none-applied' }
  /** This one has not. */
  | { readonly kind: 'nothing-applied' }
  /** It is being sent, or nobody has seen yet what became of all of it. */
  | { readonly kind: 'not-settled'; readonly state: 'sending' | 'unknown' }
  | { readonly kind: 'api'; readonly error: ApiError };

/** The guild's latest flush that has applied something or may have. */
async function findLatest(app: App, guildId: string): Promise<Flush | null> {
  for await (const flush of newestFirst(app, guildId))
    if (hasApplied(flush) || flush.state === 'sending' || flush.state === 'unknown') return flush;
  return null;
}

/** The flush that is meant, if it can be undone: the one with `flushId`, or else the latest. */
async function findMeant(app: App, { guildId }: Caller, flushId: string | null): Promise<Result<Flush, UndoError>> {
  const flush = await (flushId === null ? findLatest(app, guildId) : app.flushes.load(guildId, flushId));
  if (flush === null) return err({ kind: flushId === null ? 'none-applied' : 'no-such-flush' });
  const { state } = flush;
  if (state === 'sending' || state === 'unknown') return err({ kind: 'not-settled', state });
  return hasApplied(flush) ? ok(flush) : err({ kind: 'nothing-applied' });
}

/** The flushes that came after `flush`, newest first. */
async function findLater(app: App, { guildId, id }: Flush): Promise<readonly Flush[]> {
  const later: Flush[] = [];
  for await (const flush of newestFirst(app, guildId)) {
    if (flush.id === id) break;
    later.push(flush);
  }
  return later;
}

/** What can be put back of a flush, given the live events and the queue as it is now. */
async function invertNow(app: App, { guildId, userId }: Caller, { verdicts }: Flush, live: Events) {
  const { edits } = await app.queues.load(guildId);
  return invert(verdicts, live, edits, userId);
}

/** The inverses, with the flush named that changed what was changed since. */
const explain = async (app: App, flush: Flush, inverses: readonly Inverse[]): Promise<readonly Inverse[]> =>
  inverses.some(({ kind }) => kind === 'changed') ? attribute(inverses, await findLater(app, flush)) : inverses;

type Readied = { readonly flush: Flush; readonly live: Events };

/** The flush that is meant, and its events as PERSCOM holds them now. */
async function ready(app: App, caller: Caller, flushId: string | null): Promise<Result<Readied, UndoError>> {
  const connection = connectionOf(app, caller);
  if (!connection.ok) return connection;
  const flush = await findMeant(app, caller, flushId);
  if (!flush.ok) return flush;
  const changes = flush.value.verdicts.filter(isStored).map(({ change }) => change);
  const live = await fetchLive(connection.value, editsOf(changes));
  return live.ok ? ok({ flush: flush.value, live: live.value }) : err({ kind: 'api', error: live.error });
}

/** Stages what puts back; nothing is dropped. */
const stageInverses = async (app: App, caller: Caller, wanted: readonly WantedEdit[], live: Events) =>
  wanted.length === 0 ? [] : app.queues.stage(caller, wanted, false, app.clock.now(), [], { allDay: allDayIn(live) });

/**
 * Queues what puts back the changes that a flush applied, where nothing and nobody stands against it; without `flushId`,
 * of the latest flush. Done again, it queues nothing new. What somebody else queues meanwhile is not replaced either.
 */
export async function undoFlush(app: App, caller: Caller, flushId: string | null): Promise<Result<Undo, UndoError>> {
  const readied = await ready(app, caller, flushId);
  if (!readied.ok) return readied;
  const { flush, live } = readied.value;
  const wanted = wantedIn(await invertNow(app, caller, flush, live));
  const staged = await stageInverses(app, caller, wanted, live);
  const inverses = await explain(app, flush, await invertNow(app, caller, flush, live));
  const news = new Set(added(staged));
  return ok({ flush, inverses, staged: staged.filter(({ edit }) => news.has(edit)) });
}

/** How the undo of a flush stands, without queueing anything. */
export async function viewUndo(app: App, caller: Caller, flushId: string): Promise<Result<Undo, UndoError>> {
  const readied = await ready(app, caller, flushId);
  if (!readied.ok) return readied;
  const { flush, live } = readied.value;
  const inverses = await explain(app, flush, await invertNow(app, caller, flush, live));
  return ok({ flush, inverses, staged: [] });
}
