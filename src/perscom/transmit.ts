import { createFetch } from 'ofetch';
import type { ApiError } from '../domain/api-error.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { parseRequestId } from './wire.ts';

/** Where one unit's PERSCOM is and how to get in. */
export type Address = {
  /** Without a version, such as `https://api.perscom.io`. */
  readonly apiUrl: string;
  readonly version: 'v1' | 'v2';
  /** Bearer token; never logged, never part of an error. */
  readonly token: string;
};

/** One request, apart from where it goes. */
export type Call = { readonly method: 'GET' | 'POST' | 'PATCH'; readonly path: string; readonly body?: object };

/** What an answer says before its body. */
export type Head = {
  readonly status: number;
  /** PERSCOM's own id of the request. */
  readonly requestId: string | null;
  /** How many requests are left to this machine's address. */
  readonly remaining: number | null;
  /** How long PERSCOM asks to wait. */
  readonly retryAfterMs: number | null;
};

/** A whole answer. */
type Reply = { readonly head: Head; readonly text: string };

/** No whole answer came; `head` is what came of one. */
type Broken = { readonly head: Head | null; readonly error: ApiError };

/** Codes that prove that no byte of the request has left: no connection was ever made. */
const NOT_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** The same codes on an established connection prove nothing. */
const isConnecting = (error: Error): boolean =>
  !('syscall' in error) || error.syscall === 'connect' || error.syscall === 'getaddrinfo';

function isNotSent(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  if ('code' in cause && typeof cause.code === 'string' && NOT_SENT.has(cause.code)) return isConnecting(cause);
  if (cause instanceof AggregateError && cause.errors.length > 0) return cause.errors.every(isNotSent);
  return isNotSent(cause.cause);
}

const isTimeout = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError' || isTimeout(error.cause));

function failureOf(error: unknown, head: Head | null, timeoutMs: number): ApiError {
  if (isTimeout(error)) return { kind: 'timeout', timeoutMs };
  return { kind: head === null && isNotSent(error) ? 'unreachable' : 'disconnected' };
}

const MAX_RETRY_AFTER_MS = 3_600_000;
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

const within = (leastMs: number, ms: number): number | null => (ms >= leastMs && ms <= MAX_RETRY_AFTER_MS ? ms : null);

/** What a `Retry-After` asks for, in seconds or as a date; null if it makes no sense or asks for more than an hour. */
function parseRetryAfter(text: string | null, nowMs: number): number | null {
  if (text === null) return null;
  if (/^\d{1,4}$/.test(text)) return within(0, Number(text) * 1_000);
  return HTTP_DATE.test(text) ? within(1, Date.parse(text) - nowMs) : null;
}

const parseCount = (text: string | null): number | null =>
  text !== null && /^\d{1,6}$/.test(text) ? Number(text) : null;

const parseHead = ({ status, headers }: Response, nowMs: number): Head => ({
  status,
  requestId: parseRequestId(headers.get('x-perscom-request-id')),
  remaining: parseCount(headers.get('x-ratelimit-remaining')),
  retryAfterMs: parseRetryAfter(headers.get('retry-after'), nowMs),
});

const send = createFetch({ defaults: { retry: 0, ignoreResponseError: true, redirect: 'manual' } });

/**
 * Sends one request, once. The time limit covers the body too, which ofetch's own does not. The body is read here, not
 * by ofetch, so that the head is known also where the body breaks off.
 */
export async function transmit(
  { apiUrl, version, token }: Address,
  { method, path, body }: Call,
  timeoutMs: number,
  now: () => number,
): Promise<Result<Reply, Broken>> {
  let head: Head | null = null;
  try {
    const response = await send.raw(`${apiUrl}/${version}/${path}`, {
      method,
      responseType: 'stream',
      signal: AbortSignal.timeout(Math.ceil(timeoutMs)),
      headers: { Accept: 'application/json', Authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body }),
    });
    head = parseHead(response, now());
    return ok({ head, text: await response.text() });
  } catch (error) {
    return err({ head, error: failureOf(error, head, timeoutMs) });
  }
}
