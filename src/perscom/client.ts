import { createFetch } from 'ofetch';
import type { z } from 'zod';
import type { Perscom } from '../app/ports.ts';
import type { ApiError } from '../domain/api-error.ts';
import type { Events } from '../domain/change.ts';
import type { Calendar, EventId, EventRecord } from '../domain/event.ts';
import { err, ok, type Result } from '../domain/result.ts';
import {
  batchAnswer,
  calendarPage,
  errorBody,
  eventList,
  eventPage,
  learnPageAddress,
  type PageAddress,
  parseRefusals,
  toEventRecord,
} from './wire.ts';

/** Where one unit's PERSCOM is and how to get in. */
export type PerscomOptions = {
  /** Without a version, such as `https://api.perscom.io`. */
  readonly apiUrl: string;
  readonly version: 'v1' | 'v2';
  /** Bearer token; never logged, never part of an error. */
  readonly token: string;
  readonly readTimeoutMs?: number;
  readonly patchTimeoutMs?: number;
};

const READ_TIMEOUT_MS = 10_000;
/** A batch takes about 29 ms an event (recorded: 500 resources in 14.6 s). */
const PATCH_TIMEOUT_MS = 60_000;
const EVENTS_PER_PAGE = 500;
const IDS_PER_SEARCH = 100;
const CALENDARS_PER_PAGE = 100;
/** Guards against a server that never says which page is the last. */
const MAX_PAGES = 200;

type Call = { readonly method: 'GET' | 'POST' | 'PATCH'; readonly path: string; readonly body?: object };

const BY_STATUS: Readonly<Record<number, ApiError>> = {
  401: { kind: 'unauthorized' },
  402: { kind: 'payment-required' },
  403: { kind: 'forbidden' },
  404: { kind: 'not-found' },
  429: { kind: 'rate-limited' },
};

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What an answer that is no success means. Only PERSCOM's own words are taken for PERSCOM's: a proxy answers for itself. */
function parseFailure(status: number, body: unknown): ApiError {
  const own = errorBody.safeParse(body);
  const error = own.success ? own.data.error : null;
  if (status === 500 && error !== null) return { kind: 'server-error', status };
  if (status === 503 && error?.isEnvelope) return { kind: 'maintenance' };
  if (status >= 500) return { kind: 'gateway-error', status };
  if (error === null) return { kind: 'unexpected-status', status };
  if (status === 422) return { kind: 'invalid', refusals: parseRefusals(error.errors ?? { '': [error.message] }) };
  return BY_STATUS[status] ?? { kind: 'unexpected-status', status };
}

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

const send = createFetch({ defaults: { retry: 0, ignoreResponseError: true, redirect: 'manual' } });

/** The status and text of one exchange. The time limit covers the body too, which ofetch's own does not. */
async function transmit(
  { apiUrl, version, token }: PerscomOptions,
  { method, path, body }: Call,
  timeoutMs: number,
): Promise<Result<{ status: number; text: string }, ApiError>> {
  try {
    const { status, _data } = await send.raw(`${apiUrl}/${version}/${path}`, {
      method,
      responseType: 'text',
      signal: AbortSignal.timeout(timeoutMs),
      headers: { Accept: 'application/json', Authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body }),
    });
    return ok({ status, text: _data ?? '' });
  } catch (error) {
    if (isTimeout(error)) return err({ kind: 'timeout', timeoutMs });
    return err({ kind: isNotSent(error) ? 'unreachable' : 'disconnected' });
  }
}

/** Sends one request, once, and sorts out what came back. */
async function exchange<Body>(
  options: PerscomOptions,
  call: Call,
  timeoutMs: number,
  schema: z.ZodType<Body>,
): Promise<Result<Body, ApiError>> {
  const answer = await transmit(options, call, timeoutMs);
  if (!answer.ok) return answer;
  const { status, text } = answer.value;
  const json = parseJson(text);
  if (status < 200 || status > 299) return err(parseFailure(status, json));
  const parsed = schema.safeParse(json);
  return parsed.success ? ok(parsed.data) : err({ kind: 'unreadable' });
}

const search = (query: string, body: object): Call => ({ method: 'POST', path: `events/search?${query}`, body });

const chunksOf = (ids: readonly EventId[]): readonly (readonly EventId[])[] =>
  Array.from({ length: Math.ceil(ids.length / IDS_PER_SEARCH) }, (_, index) =>
    ids.slice(index * IDS_PER_SEARCH, (index + 1) * IDS_PER_SEARCH),
  );

/**
 * A unit's PERSCOM over HTTP. Reads of events go through `events/search`, which no cache of PERSCOM's answers
 * (recorded: "POST search is never cached").
 */
export function createPerscom(options: PerscomOptions): Perscom {
  const readTimeoutMs = options.readTimeoutMs ?? READ_TIMEOUT_MS;
  let pageOf: PageAddress | null = null;

  async function readEvents(
    call: Call,
    schema: typeof eventPage | typeof eventList,
  ): Promise<Result<{ events: EventRecord[]; isLast: boolean }, ApiError>> {
    const answer = await exchange(options, call, readTimeoutMs, schema);
    if (!answer.ok) return answer;
    const { data, meta } = answer.value;
    pageOf = learnPageAddress(data) ?? pageOf;
    const events = data.map((event) => toEventRecord(event, pageOf));
    return ok({ events, isLast: meta.current_page >= meta.last_page || meta.current_page >= MAX_PAGES });
  }

  async function fetchEvents(ids: readonly EventId[]): Promise<Result<Events, ApiError>> {
    const events = new Map<EventId, EventRecord>();
    for (const chunk of chunksOf(ids)) {
      const filters = [{ field: 'id', operator: 'in', value: chunk }];
      const page = await readEvents(search(`limit=${IDS_PER_SEARCH}`, { filters }), eventPage);
      if (!page.ok) return page;
      for (const event of page.value.events) if (chunk.includes(event.id)) events.set(event.id, event);
    }
    return ok(events);
  }

  async function fetchCalendars(): Promise<Result<readonly Calendar[], ApiError>> {
    const calendars = new Map<number, Calendar>();
    for (let page = 1; page <= MAX_PAGES; page += 1) {
      const path = `calendars?limit=${CALENDARS_PER_PAGE}&page=${page}`;
      const answer = await exchange(options, { method: 'GET', path }, readTimeoutMs, calendarPage);
      if (!answer.ok) return answer;
      for (const calendar of answer.value.data) calendars.set(calendar.id, calendar);
      if (answer.value.meta.current_page >= answer.value.meta.last_page) break;
    }
    return ok([...calendars.values()]);
  }

  return {
    fetchEvents,
    fetchCalendars,
    fetchEventPage: (page) =>
      readEvents(
        search(`limit=${EVENTS_PER_PAGE}&page=${page}`, { sort: [{ field: 'starts', direction: 'desc' }] }),
        eventList,
      ),
    async patchEvents(patch) {
      const call: Call = { method: 'PATCH', path: 'events/batch', body: patch };
      const answer = await exchange(options, call, options.patchTimeoutMs ?? PATCH_TIMEOUT_MS, batchAnswer);
      return answer.ok ? ok(null) : answer;
    },
  };
}
