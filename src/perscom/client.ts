import type { z } from 'zod';
import type { Perscom, Purpose } from '../app/ports.ts';
import type { ApiError } from '../domain/api-error.ts';
import type { Events } from '../domain/change.ts';
import type { Calendar, EventId, EventRecord } from '../domain/event.ts';
import { ok, type Result } from '../domain/result.ts';
import type { Budget, Errand, Turn } from './budget.ts';
import { type Exchange, exchange } from './exchange.ts';
import { PERSISTENCE, type Persistence, persist } from './persistence.ts';
import type { Address, Call } from './transmit.ts';
import {
  batchAnswer,
  calendarPage,
  eventList,
  eventPage,
  learnPageAddress,
  type PageAddress,
  toEventRecord,
} from './wire.ts';

/** Where one unit's PERSCOM is, and what its client may use. */
export type PerscomOptions = Address & {
  /** The one that all clients of this address share; it knows the time too. */
  readonly budget: Budget;
  /** A number from 0 to 1 at random: it spreads the waits before another try. */
  readonly random: () => number;
  /** What differs from the usual persistence. */
  readonly persistence?: Readonly<Partial<Record<Errand, Partial<Persistence>>>>;
};

const EVENTS_PER_PAGE = 500;
const IDS_PER_SEARCH = 100;
const CALENDARS_PER_PAGE = 100;
/** Guards against a server that never says which page is the last. */
const MAX_PAGES = 200;

/** What became of one errand, after all its tries. */
type Outcome<Body> = Pick<Exchange<Body>, 'answer' | 'requestId'> & {
  /** How often the request was sent; 0 if the budget did not allow it. */
  readonly attempts: number;
};

function learn(turn: Turn, { answer, head }: Exchange<unknown>): void {
  if (head?.status === 429) turn.close(head.retryAfterMs);
  else if (typeof head?.remaining === 'number') turn.lower(head.remaining);
  else if (!answer.ok && answer.error.kind === 'unreachable') turn.giveBack();
}

/** Sends one request as often, and only as often, as the budget and the persistence of its errand allow. */
function request<Body>(
  { budget, random, persistence, ...address }: PerscomOptions,
  errand: Errand,
  call: Call,
  schema: z.ZodType<Body>,
): Promise<Outcome<Body>> {
  let attempts = 0;
  let requestId: string | null = null;
  const attempt = async (timeoutMs: number): Promise<Outcome<Body>> => {
    const turn = budget.take(errand);
    if (!turn.ok) return { answer: turn, attempts, requestId };
    const came = await exchange(address, call, schema, timeoutMs, budget.now);
    learn(turn.value, came);
    attempts += 1;
    requestId = came.requestId;
    return { answer: came.answer, attempts, requestId };
  };
  return persist(attempt, { ...PERSISTENCE[errand], ...persistence?.[errand] }, budget, random);
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
  let pageOf: PageAddress | null = null;

  async function readEvents(
    errand: Errand,
    call: Call,
    schema: typeof eventPage | typeof eventList,
  ): Promise<Result<{ events: EventRecord[]; isLast: boolean }, ApiError>> {
    const { answer } = await request(options, errand, call, schema);
    if (!answer.ok) return answer;
    const { data, meta } = answer.value;
    pageOf = learnPageAddress(data) ?? pageOf;
    const events = data.map((event) => toEventRecord(event, pageOf));
    return ok({ events, isLast: meta.current_page >= meta.last_page || meta.current_page >= MAX_PAGES });
  }

  async function fetchEvents(ids: readonly EventId[], purpose: Purpose): Promise<Result<Events, ApiError>> {
    const events = new Map<EventId, EventRecord>();
    for (const chunk of chunksOf(ids)) {
      const filters = [{ field: 'id', operator: 'in', value: chunk }];
      const page = await readEvents(purpose, search(`limit=${IDS_PER_SEARCH}`, { filters }), eventPage);
      if (!page.ok) return page;
      for (const event of page.value.events) if (chunk.includes(event.id)) events.set(event.id, event);
    }
    return ok(events);
  }

  async function fetchCalendars(): Promise<Result<readonly Calendar[], ApiError>> {
    const calendars = new Map<number, Calendar>();
    for (let page = 1; page <= MAX_PAGES; page += 1) {
      const path = `calendars?limit=${CALENDARS_PER_PAGE}&page=${page}`;
      const { answer } = await request(options, 'list', { method: 'GET', path }, calendarPage);
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
        'list',
        search(`limit=${EVENTS_PER_PAGE}&page=${page}`, { sort: [{ field: 'starts', direction: 'desc' }] }),
        eventList,
      ),
    async patchEvents(patch) {
      const call: Call = { method: 'PATCH', path: 'events/batch', body: patch };
      const { answer, attempts, requestId } = await request(options, 'patch', call, batchAnswer);
      return { answer: answer.ok ? ok(null) : answer, attempts, requestId };
    },
  };
}
