import type { Clock, Purpose } from '../app/ports.ts';
import type { ApiError } from '../domain/api-error.ts';
import { err, ok, type Result } from '../domain/result.ts';

/** What a request is sent for: a list in the background, a read for a form or a flush, or the one PATCH of a flush. */
export type Errand = 'list' | Purpose | 'patch';

/** One request that may be sent, and what is learnt from what came of it. */
export type Turn = {
  /** It never left, so it does not count. */
  giveBack(): void;
  /** PERSCOM says how many are left to everybody at this address. */
  lower(remaining: number): void;
  /** PERSCOM refused it (429), and said for how long, or null. */
  close(retryAfterMs: number | null): void;
};

/** The requests that one address of PERSCOM still takes from this machine, whoever they are for; and the time. */
export type Budget = Clock & {
  /** Counts a request that is about to be sent; or refuses it, and says when to ask again. */
  take(errand: Errand): Result<Turn, ApiError>;
};

/** Per address, not per key, and a batch of any size is one (recorded: section 7 of perscom-api.md). */
const REQUESTS_PER_WINDOW = 100;

/** PERSCOM's minute begins when the first request has reached it, which is somewhat later than when it was sent. */
const WINDOW_MS = 61_000;

/** A 429 of the server as shipped does not say for how long; its window cannot last longer than this. */
const CLOSED_MS = 60_000;

/** How many must be left for a request to be sent: lists and forms leave a flush enough, a PATCH its reading. */
const MIN_LEFT: Readonly<Record<Errand, number>> = { list: 40, form: 20, flush: 1, patch: 2 };

type Window = { readonly sinceMs: number; readonly lengthMs: number; left: number };

/** How much of `window` there still is; 0 also when the clock was put back behind its beginning. */
function lastsMs({ sinceMs, lengthMs }: Window, nowMs: number): number {
  return nowMs < sinceMs ? 0 : Math.max(0, sinceMs + lengthMs - nowMs);
}

const NO_WINDOW: Window = { sinceMs: 0, lengthMs: 0, left: 0 };

/** A budget of which nothing is used yet. All clients of an address share one. */
export function createBudget(clock: Clock): Budget {
  const now = (): number => clock.now();
  let current = NO_WINDOW;

  const turnIn = (window: Window): Turn => ({
    giveBack() {
      window.left += 1;
    },
    lower(remaining) {
      window.left = Math.min(window.left, remaining);
    },
    close(retryAfterMs) {
      current = { sinceMs: now(), lengthMs: retryAfterMs ?? CLOSED_MS, left: 0 };
    },
  });

  return {
    now,
    take(errand) {
      const nowMs = now();
      if (lastsMs(current, nowMs) === 0) current = { sinceMs: nowMs, lengthMs: WINDOW_MS, left: REQUESTS_PER_WINDOW };
      if (current.left < MIN_LEFT[errand]) return err({ kind: 'rate-limited', retryAfterMs: lastsMs(current, nowMs) });
      current.left -= 1;
      return ok(turnIn(current));
    },
  };
}
