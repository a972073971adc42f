import type { Flush } from '../domain/flush.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { hasApplied } from '../domain/undo.ts';
import { type App, connectionOf, type NotConnected } from './app.ts';
import type { Caller, Post } from './ports.ts';

/** How many flushes one page of the history shows. */
const PAGE_SIZE = 10;

/** How many flushes are looked through for those to offer. */
const OFFERED_AMONG = 50;

/** A page (from 0) of a guild's flushes, newest first. */
export type HistoryPage = {
  readonly flushes: readonly Flush[];
  readonly page: number;
  readonly isLast: boolean;
};

/** The guild has no such flush. */
export type NoSuchFlush = { readonly kind: 'no-such-flush' };

/** One flush of the history, with where its report stands; no posts where none could be posted. */
export type PastFlush = { readonly flush: Flush; readonly posts: readonly Post[] };

/** Shows page `page` (from 0) of the guild's flushes that were sent or were to be. It does not ask PERSCOM. */
export async function viewHistory(app: App, caller: Caller, page: number): Promise<Result<HistoryPage, NotConnected>> {
  const connection = connectionOf(app, caller);
  if (!connection.ok) return connection;
  const found = await app.flushes.list(caller.guildId, page * PAGE_SIZE, PAGE_SIZE + 1);
  return ok({ flushes: found.slice(0, PAGE_SIZE), page, isLast: found.length <= PAGE_SIZE });
}

/** Opens one flush of the guild's history; a mere preview is none. */
export async function openFlush(
  app: App,
  caller: Caller,
  flushId: string,
): Promise<Result<PastFlush, NotConnected | NoSuchFlush>> {
  const connection = connectionOf(app, caller);
  if (!connection.ok) return connection;
  const flush = await app.flushes.load(caller.guildId, flushId);
  if (flush === null || flush.state === 'previewed') return err({ kind: 'no-such-flush' });
  return ok({ flush, posts: await app.flushes.loadPosts(caller.guildId, flushId) });
}

/** The guild's flushes that were sent or were to be, newest first, read as they are asked for. */
export async function* newestFirst(app: App, guildId: string): AsyncGenerator<Flush, void> {
  for (let offset = 0; ; offset += PAGE_SIZE) {
    const found = await app.flushes.list(guildId, offset, PAGE_SIZE);
    yield* found;
    if (found.length < PAGE_SIZE) return;
  }
}

/** The latest flushes of the guild that have applied something, newest first. */
export async function findApplied(app: App, caller: Caller): Promise<Result<readonly Flush[], NotConnected>> {
  const connection = connectionOf(app, caller);
  if (!connection.ok) return connection;
  return ok((await app.flushes.list(caller.guildId, 0, OFFERED_AMONG)).filter(hasApplied));
}
