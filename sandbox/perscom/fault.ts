import type { World } from './world.ts';

/** The requests a fault is for; what is left out matches anything. */
export type Target = {
  readonly method?: string;
  /** The whole path without its query, or a pattern found in it. */
  readonly path?: string | RegExp;
};

/** What becomes of a request. `afterHandling: true` means that the server did its work (and committed) first. */
export type Effect =
  /** Handled as always; `rewrite` changes the JSON that is answered. */
  | { readonly kind: 'handle'; readonly rewrite?: (body: unknown) => unknown }
  /** Another answer: a text body is sent as it is, anything else as JSON. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly body: unknown;
      readonly headers?: Readonly<Record<string, string>>;
      readonly afterHandling?: boolean;
    }
  /** The connection is cut without an answer. */
  | { readonly kind: 'drop'; readonly afterHandling?: boolean }
  /** No answer ever comes, the connection stays open. */
  | { readonly kind: 'hang'; readonly afterHandling?: boolean }
  /** Handled, but the connection is cut after the first `bytes` of the body. */
  | { readonly kind: 'truncate'; readonly bytes: number }
  /** Handled, but the body trickles: `bytes` every `everyMs`. */
  | { readonly kind: 'drip'; readonly bytes: number; readonly everyMs: number };

/** A disturbance for the next request (or `times` requests) that `on` matches; one request meets one fault. */
export type Fault = {
  readonly on: Target;
  /** 1 unless given; `Infinity` for ever. */
  readonly times?: number;
  /** How long to wait before anything else. */
  readonly delayMs?: number;
  /** Runs just before the server would handle the request: another editor was faster. */
  readonly before?: (world: World) => void;
  /** Runs just after, before the answer is sent: another editor followed at once. */
  readonly after?: (world: World) => void;
} & Effect;

/** A fault that was injected, and how to end it. */
export type InjectedFault = { lift(): void };

/** Faults waiting for their requests, first in, first met. */
type FaultQueue = {
  add(fault: Fault): InjectedFault;
  /** The fault this request meets, which is thereby used up once. */
  take(method: string, path: string): Fault | undefined;
};

/** An empty queue. */
export function createFaultQueue(): FaultQueue {
  const waiting: { readonly fault: Fault; left: number }[] = [];
  return {
    add(fault) {
      const entry = { fault, left: fault.times ?? 1 };
      waiting.push(entry);
      return {
        lift() {
          entry.left = 0;
        },
      };
    },
    take(method, path) {
      const met = waiting.find(({ fault, left }) => left > 0 && matches(fault.on, method, path));
      if (met !== undefined) met.left -= 1;
      return met?.fault;
    },
  };
}

function matches(on: Target, method: string, path: string): boolean {
  if (on.method !== undefined && on.method.toUpperCase() !== method) return false;
  if (on.path === undefined) return true;
  return typeof on.path === 'string' ? on.path === path : path.search(on.path) >= 0;
}
