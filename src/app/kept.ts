import type { ApiError } from '../domain/api-error.ts';
import { err, ok, type Result } from '../domain/result.ts';
import type { Clock } from './ports.ts';

/** Why something could not be had in time: PERSCOM failed, or has not answered yet. */
export type WaitError = ApiError | { readonly kind: 'still-waiting' };

/** `work`, or `still-waiting` after `waitMs`; the work goes on. */
export async function within<Value>(
  work: Promise<Result<Value, WaitError>>,
  waitMs: number,
): Promise<Result<Value, WaitError>> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<Result<Value, WaitError>>((resolve) => {
    timer = setTimeout(() => resolve(err({ kind: 'still-waiting' })), waitMs);
  });
  return Promise.race([work, patience]).finally(() => clearTimeout(timer));
}

/** Reads a value; may publish a part of it before it is complete. Answers how long the value is good for. */
type Read<Value> = (publish: (part: Value) => void) => Promise<Result<{ value: Value; goodForMs: number }, ApiError>>;

/** A value that is read when it is first asked for, then kept, and read again in the background once it is due. */
export type Kept<Value> = {
  /** The kept value at once, however old; where there is none yet, the first part of it within `waitMs`. */
  get(waitMs: number): Promise<Result<Value, WaitError>>;
  /** What is kept now. */
  readonly current: Value | null;
};

/** After a failed read, the next one waits this long, so that an outage is not answered with a flood. */
const RETRY_MS = 5_000;

/** A value kept from `read`; at most one read runs at a time. */
export function keep<Value>(read: Read<Value>, clock: Clock): Kept<Value> {
  let current: Value | null = null;
  let dueAt = 0;
  let lastError: ApiError | null = null;
  let running: Promise<Result<Value, WaitError>> | null = null;

  async function run(publishFirst: (part: Value) => void): Promise<Result<Value, WaitError>> {
    const isFirst = current === null;
    const answer = await read((part) => {
      if (!isFirst) return;
      current = part;
      publishFirst(part);
    }).finally(() => {
      running = null;
    });
    dueAt = clock.now() + (answer.ok ? answer.value.goodForMs : RETRY_MS);
    lastError = answer.ok ? null : answer.error;
    if (!answer.ok) return answer;
    current = answer.value.value;
    return ok(current);
  }

  function start(): Promise<Result<Value, WaitError>> {
    running ??= new Promise((resolve, reject) => {
      run((part) => resolve(ok(part))).then(resolve, reject);
    });
    return running;
  }

  return {
    get current() {
      return current;
    },
    async get(waitMs) {
      const isDue = clock.now() >= dueAt;
      if (current === null && !isDue && lastError !== null && running === null) return err(lastError);
      const reading = isDue || running !== null ? start() : null;
      return current === null ? within(reading ?? start(), waitMs) : ok(current);
    },
  };
}
