import type { Clock } from '../app/ports.ts';
import { type ApiError, isOutage } from '../domain/api-error.ts';
import type { Result } from '../domain/result.ts';
import type { Errand } from './budget.ts';

/** How long a request is tried, and after which failures again. */
export type Persistence = {
  /** One try is given up after this. */
  readonly tryTimeoutMs: number;
  /** All tries together, and the waits between them, take no longer than this. */
  readonly totalMs: number;
  /** No back-off ends later than this after the first try began, and no server that asks for more is waited for. */
  readonly retryForMs: number;
  /** The most that is waited after the first failure; each further one may double it. */
  readonly firstWaitMs: number;
  /** How often a request is sent again after failures of this kind. */
  readonly repeatsAfter: (error: ApiError) => number;
};

/** Reading changes nothing, so it is tried again after whatever may pass. The number is for clocks that stand still. */
const readAgain = (error: ApiError): number => (isOutage(error) ? 10 : 0);

/** Only after what proves that PERSCOM has not looked at the batch. */
function patchAgain({ kind }: ApiError): number {
  if (kind === 'unreachable') return 2;
  return kind === 'rate-limited' ? 1 : 0;
}

/**
 * A form is not tried again once it is time to tell the moderator, as Discord waits for 3 s; but a try that is under
 * way goes on, so that its answer is there for who asks again. A batch takes about 29 ms an event (recorded: 500
 * resources in 14.6 s).
 */
export const PERSISTENCE: Readonly<Record<Errand, Persistence>> = {
  list: { tryTimeoutMs: 10_000, totalMs: 10_000, retryForMs: 0, firstWaitMs: 0, repeatsAfter: () => 0 },
  form: { tryTimeoutMs: 10_000, totalMs: 10_000, retryForMs: 1_200, firstWaitMs: 100, repeatsAfter: readAgain },
  flush: { tryTimeoutMs: 5_500, totalMs: 12_000, retryForMs: 6_000, firstWaitMs: 250, repeatsAfter: readAgain },
  patch: {
    tryTimeoutMs: 60_000,
    totalMs: Number.POSITIVE_INFINITY,
    retryForMs: 5_000,
    firstWaitMs: 1_000,
    repeatsAfter: patchAgain,
  },
};

const MAX_WAIT_MS = 4_000;

/**
 * Full jitter: anything up to a limit that doubles with every failure, so that those who failed together do not return
 * together.
 */
export function backOffMs(failures: number, firstWaitMs: number, random: () => number): number {
  return random() * Math.min(MAX_WAIT_MS, firstWaitMs * 2 ** (failures - 1));
}

/** Somewhat more than was asked for, as timers may fire early and others were told the same. */
const heedMs = (retryAfterMs: number, random: () => number): number => retryAfterMs + 50 + random() * 200;

/** How long to wait before the next try after `failed`, the last of them `error`; null if there is to be none. */
function waitAfter(
  error: ApiError,
  failed: readonly ApiError['kind'][],
  { repeatsAfter, retryForMs, firstWaitMs, totalMs }: Persistence,
  elapsedMs: number,
  random: () => number,
): number | null {
  if (failed.filter((kind) => kind === error.kind).length > repeatsAfter(error)) return null;
  const asked = error.kind === 'rate-limited' ? (error.retryAfterMs ?? Number.POSITIVE_INFINITY) : null;
  const waitMs = asked === null ? backOffMs(failed.length, firstWaitMs, random) : heedMs(asked, random);
  const isGranted = (asked ?? elapsedMs + waitMs) <= retryForMs;
  return isGranted && elapsedMs + waitMs < totalMs ? waitMs : null;
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Tries until it works, or `persistence` says that it is enough; what came of the last try. */
export async function persist<Outcome extends { readonly answer: Result<unknown, ApiError> }>(
  attempt: (timeoutMs: number) => Promise<Outcome>,
  persistence: Persistence,
  clock: Clock,
  random: () => number,
): Promise<Outcome> {
  const startedAt = clock.now();
  const failed: ApiError['kind'][] = [];
  for (;;) {
    const leftMs = Math.max(1, persistence.totalMs - (clock.now() - startedAt));
    const outcome = await attempt(Math.min(persistence.tryTimeoutMs, leftMs));
    if (outcome.answer.ok) return outcome;
    failed.push(outcome.answer.error.kind);
    const waitMs = waitAfter(outcome.answer.error, failed, persistence, clock.now() - startedAt, random);
    if (waitMs === null) return outcome;
    await sleep(waitMs);
  }
}
