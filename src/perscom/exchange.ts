import type { z } from 'zod';
import type { ApiError } from '../domain/api-error.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { type Address, type Call, type Head, transmit } from './transmit.ts';
import { errorBody, parseRefusals } from './wire.ts';

/** What one request came to. */
export type Exchange<Body> = {
  readonly answer: Result<Body, ApiError>;
  /** Null if nothing came back. */
  readonly head: Head | null;
  /** PERSCOM's own id of the request, from wherever it gave one. */
  readonly requestId: string | null;
};

const BY_STATUS: Readonly<Record<number, ApiError>> = {
  401: { kind: 'unauthorized' },
  402: { kind: 'payment-required' },
  403: { kind: 'forbidden' },
  404: { kind: 'not-found' },
};

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

type ErrorBody = z.infer<typeof errorBody>['error'];

/** What an answer that is no success means. Only PERSCOM's own words are PERSCOM's: a proxy answers for itself. */
function parseFailure({ status, retryAfterMs }: Head, error: ErrorBody | null): ApiError {
  if (status === 500 && error !== null) return { kind: 'server-error', status };
  if (status === 503 && error?.isEnvelope) return { kind: 'maintenance' };
  if (status >= 500) return { kind: 'gateway-error', status };
  if (status === 429) return { kind: 'rate-limited', retryAfterMs };
  if (error === null) return { kind: 'unexpected-status', status };
  if (status === 422) return { kind: 'invalid', refusals: parseRefusals(error.errors ?? { '': [error.message] }) };
  return BY_STATUS[status] ?? { kind: 'unexpected-status', status };
}

function parseSuccess<Body>(json: unknown, schema: z.ZodType<Body>): Result<Body, ApiError> {
  const parsed = schema.safeParse(json);
  return parsed.success ? ok(parsed.data) : err({ kind: 'unreadable' });
}

const isSuccess = ({ status }: Head): boolean => status >= 200 && status <= 299;

/** Sends one request, once, and sorts out what came back. */
export async function exchange<Body>(
  address: Address,
  call: Call,
  schema: z.ZodType<Body>,
  timeoutMs: number,
  now: () => number,
): Promise<Exchange<Body>> {
  const sent = await transmit(address, call, timeoutMs, now);
  if (!sent.ok) {
    const { head, error } = sent.error;
    return { answer: err(error), head, requestId: head?.requestId ?? null };
  }
  const { head, text } = sent.value;
  const json = parseJson(text);
  if (isSuccess(head)) return { answer: parseSuccess(json, schema), head, requestId: head.requestId };
  const own = errorBody.safeParse(json);
  const error = own.success ? own.data.error : null;
  return { answer: err(parseFailure(head, error)), head, requestId: head.requestId ?? error?.requestId ?? null };
}
