import type { ApiError } from '../domain/api-error.ts';
import { err, ok, type Result } from '../domain/result.ts';
import type { Clock } from './ports.ts';

/** Why something could not be had in time: PERSCOM failed, or has not answered yet. */
export type WaitError = ApiError | { readonly kind: 'still-waiting' };

const STILL_WAITING = err({ kind: 'still-waiting' } as const);

/** What `work` comes to, or `otherwise` after `waitMs`; the work goes on. */
export const orAfter = <Value>(work: Promise<Value>, waitMs: number, otherwise: Value): Promise<Value> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(otherwise), waitMs);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });

/** `work`, or `still-waiting` after `waitMs`; the work goes on. */
export const within = <Value>(
  work: Promise<Result<Value, WaitError>>,
  waitMs: number,
): Promise<Result<Value, WaitError>> => orAfter(work, waitMs, STILL_WAITING);

/** Reads a value; may publish a part of it before it is complete. Answers how long the value is good for. */
type Read<Value> = (publish: (part: Value) => void) => Promise<Result<{ value: Value; goodForMs: number }, ApiError>>;

/** A value that is read when it is first asked for, then kept, and read again in the background once it is due. */
export type Kept<Value> = {
  /** The kept value at once, however old; where there is none yet, the first part of it within `waitMs`. */
  get(waitMs: number): Promise<Result<Value, WaitError>>;
  /** As `get`, but where the kept value is due, all of the new one within `waitMs`, and else what there is by then. */
  getFresh(waitMs: number): Promise<Result<Value, WaitError>>;
  /** What is kept now; null if nothing is. */
  readonly current: Value | null;
};

/** After a failed read, the next one waits this long, so that an outage is not answered with a flood. */
const RETRY_MS = 5_000;

/** A read that runs; `part` is the first that it publishes, which may never come. */
type Running<Value> = {
  readonly part: Promise<Result<Value, WaitError>>;
  readonly whole: Promise<Result<Value, WaitError>>;
};

/** A value kept from `read`; at most one read runs at a time. */
export function keep<Value>(read: Read<Value>, clock: Clock): Kept<Value> {
  let held: Result<Value, WaitError> = STILL_WAITING;
  let dueAt = 0;
  let running: Running<Value> | null = null;

  async function run(publishFirst: (part: Result<Value, WaitError>) => void): Promise<Result<Value, WaitError>> {
    const isFirst = !held.ok;
    const answer = await read((part) => {
      if (!isFirst) return;
      held = ok(part);
      publishFirst(held);
    });
    dueAt = clock.now() + (answer.ok ? answer.value.goodForMs : RETRY_MS);
    if (answer.ok) held = ok(answer.value.value);
    else if (!held.ok) held = answer;
    return held;
  }

  function start(): Running<Value> {
    let publishFirst = (_part: Result<Value, WaitError>): void => undefined;
    const part = new Promise<Result<Value, WaitError>>((resolve) => {
      publishFirst = resolve;
    });
    const whole = run(publishFirst).finally(() => {
      running = null;
    });
    return { part, whole };
  }

  return {
    get current() {
      return held.ok ? held.value : null;
    },
    async get(waitMs) {
      if (clock.now() >= dueAt) running ??= start();
      return held.ok || running === null ? held : within(Promise.race([running.part, running.whole]), waitMs);
    },
    async getFresh(waitMs) {
      if (clock.now() >= dueAt) running ??= start();
      const fresh = running === null ? held : await within(running.whole, waitMs);
      return fresh.ok || !held.ok ? fresh : held;
    },
  };
}
