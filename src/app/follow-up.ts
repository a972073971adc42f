import type { Flush } from '../domain/flush.ts';
import { ok, type Result } from '../domain/result.ts';
import type { App } from './app.ts';
import { type Report, reportAgain, settleFlush } from './settle-flush.ts';
import { type NotSent, sendWaiting } from './wait-for-perscom.ts';

/** What somebody has to be told of a flush although nobody is asking just now. */
export type News = { readonly flush: Flush; readonly outcome: Result<Report, NotSent> };

/** Tells who sent or left a flush what became of it. */
export type Announce = (news: News) => Promise<void>;

/** Looks after flushes until it is stopped. */
export type FollowUp = {
  /** Resolves when what was being looked after has been. */
  stop(): Promise<void>;
};

const LOOK_EVERY_MS = 1_000;

/** For how long nobody else looks after a flush that somebody is looking after. */
const LOOK_LEASE_MS = 30_000;

/** A guild without a connection may get one again. */
const UNCONNECTED_MS = 300_000;

/** What is new about a flush that is under way no more, waits, is unknown, or was never told of; null if there is nothing to tell. */
async function lookAfter(app: App, flush: Flush): Promise<News | null> {
  const now = app.clock.now();
  const connection = app.connections.of(flush.guildId);
  const { answer, attempts, requestId, verdicts } = app.unrecorded.get(flush.id) ?? flush;
  const leased = {
    ...flush,
    answer,
    attempts,
    requestId,
    verdicts,
    dueAt: now + (connection === null ? UNCONNECTED_MS : LOOK_LEASE_MS),
  };
  if (!(await app.flushes.postpone(flush, leased.dueAt)) || connection === null) return null;
  if (flush.state === 'waiting') {
    const outcome = await sendWaiting(app, connection, leased);
    return outcome === null ? null : { flush, outcome };
  }
  if (flush.settledAt !== null) return { flush, outcome: ok(await reportAgain(app, connection, leased)) };
  const report = await settleFlush(app, connection, leased);
  const isNews = report.hasMoved && (flush.state === 'sending' || report.flush.state !== 'unknown');
  return isNews ? { flush, outcome: ok(report) } : null;
}

/**
 * Follows up every guild's flushes: settles those that are unknown or whose process died, ever more seldom, tells of
 * those whose process died before it did, and sends those that wait once PERSCOM is back.
 */
export function followUp(app: App, announce: Announce): FollowUp {
  const running = new Map<string, Promise<void>>();

  const attend = async (flush: Flush): Promise<void> => {
    const news = await lookAfter(app, flush);
    if (news !== null) await announce(news);
  };

  function start(flush: Flush): void {
    if (running.has(flush.id) || app.underWay.has(flush.id)) return;
    const work = attend(flush)
      .catch((err: unknown) => app.log.error({ err, flushId: flush.id }, 'a flush could not be followed up'))
      .finally(() => running.delete(flush.id));
    running.set(flush.id, work);
  }

  async function look(): Promise<void> {
    try {
      for (const flush of await app.flushes.loadDue(app.clock.now())) start(flush);
      await app.settings.refresh();
    } catch (err) {
      app.log.error({ err }, 'flushes could not be looked after');
    }
  }

  let looking = look();
  const timer = setInterval(() => {
    looking = looking.then(look);
  }, LOOK_EVERY_MS);
  return {
    async stop() {
      clearInterval(timer);
      await looking;
      await Promise.all(running.values());
    },
  };
}
