import { tooManyRequests } from './refusal.ts';

/** Requests a minute that one address may make, whatever keys it uses. */
const REQUESTS_PER_MINUTE = 100;

const WINDOW_MS = 60_000;

/** Counts the requests of each address; the window is a minute from the first. */
export type RateLimit = {
  /** Counts one request and returns the headers its answer carries; refuses the one too many. */
  count(address: string, nowMs: number): Record<string, string>;
};

/** The limit as recorded: 100 a minute, and no Retry-After on the refusal. */
export function createRateLimit(): RateLimit {
  const windows = new Map<string, { sinceMs: number; used: number }>();
  return {
    count(address, nowMs) {
      const known = windows.get(address);
      const current = known !== undefined && nowMs - known.sinceMs < WINDOW_MS ? known : { sinceMs: nowMs, used: 0 };
      windows.set(address, current);
      if (current.used >= REQUESTS_PER_MINUTE) throw tooManyRequests();
      current.used += 1;
      return {
        'x-ratelimit-limit': String(REQUESTS_PER_MINUTE),
        'x-ratelimit-remaining': String(REQUESTS_PER_MINUTE - current.used),
      };
    },
  };
}

/** No limit at all, and no headers about one. */
export function createNoRateLimit(): RateLimit {
  return { count: () => ({}) };
}
