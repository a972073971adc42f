import type { ApiError } from '../domain/api-error.ts';
import type { Calendar, EventId, EventRecord, EventSummary } from '../domain/event.ts';
import { ok, type Result } from '../domain/result.ts';
import { toMillis } from '../domain/time.ts';
import { keep, type WaitError, within } from './kept.ts';
import type { Clock, Perscom } from './ports.ts';

/** An event from memory may fill a form for this long; a change made since is caught when the queue is flushed. */
const FRESH_MS = 60_000;
/** Every page read costs one of PERSCOM's 100 requests a minute, so the longer the list, the less often it is read. */
const GOOD_FOR_MS_PER_PAGE = 15_000;
const MIN_GOOD_FOR_MS = 30_000;
/** Whole events kept for forms; the list for autocomplete has no such limit. */
const MAX_RECORDS = 2_000;

/** What is known of one unit's events and calendars, refreshed in the background whenever it is used. */
export type EventCache = {
  /** Up to `limit` events whose name contains `text`: upcoming ones first, soonest first, then past ones, latest first. */
  find(text: string, limit: number, waitMs: number): Promise<Result<readonly EventSummary[], WaitError>>;
  /** The event, from memory if that is fresh (or `anyAge`), else from PERSCOM within `waitMs`; null if it is gone. */
  event(id: EventId, waitMs: number, anyAge: boolean): Promise<Result<EventRecord | null, WaitError>>;
  calendars(waitMs: number): Promise<Result<readonly Calendar[], WaitError>>;
  /** The calendars known by now. */
  knownCalendars(): readonly Calendar[];
  /** Takes in events that were just read. */
  learn(events: Iterable<EventRecord>): void;
};

type Listed = EventSummary & { readonly lowerName: string; readonly startsMs: number };

const toListed = ({ id, values }: EventRecord): Listed => ({
  id,
  name: values.name,
  starts: values.starts,
  calendarId: values.calendar_id,
  lowerName: values.name.toLowerCase(),
  startsMs: toMillis(values.starts),
});

const byStart = (a: Listed, b: Listed): number => a.startsMs - b.startsMs || a.id - b.id;

/** Index of the first of `list`, sorted by start, that starts at or after `now`. */
function firstUpcoming(list: readonly Listed[], now: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.startsMs ?? 0) < now) low = middle + 1;
    else high = middle;
  }
  return low;
}

function* upcomingThenPast(list: readonly Listed[], now: number): Generator<Listed> {
  const first = firstUpcoming(list, now);
  yield* list.slice(first);
  for (let index = first - 1; index >= 0; index -= 1) {
    const past = list[index];
    if (past !== undefined) yield past;
  }
}

function findIn(list: readonly Listed[], text: string, limit: number, now: number): readonly EventSummary[] {
  const wanted = text.trim().toLowerCase();
  const found: EventSummary[] = [];
  for (const event of upcomingThenPast(list, now)) {
    if (found.length === limit) break;
    if (event.lowerName.includes(wanted)) found.push(event);
  }
  return found;
}

type Records = Map<EventId, { readonly event: EventRecord; readonly readAt: number }>;

/** Keeps `event`; a full map drops what was kept longest ago, or, for a `isSpare` event, does not take it. */
function keepRecord(records: Records, event: EventRecord, readAt: number, isSpare: boolean): void {
  if (isSpare && records.size >= MAX_RECORDS && !records.has(event.id)) return;
  records.delete(event.id);
  records.set(event.id, { event, readAt });
  const [oldest] = records.keys();
  if (records.size > MAX_RECORDS && oldest !== undefined) records.delete(oldest);
}

/** Reads all events, page by page; the first page is published as soon as it is there. */
async function readList(perscom: Perscom, publish: (part: readonly Listed[]) => void, onPage: EventCache['learn']) {
  const byId = new Map<EventId, Listed>();
  for (let page = 1; ; page += 1) {
    const answer = await perscom.fetchEventPage(page);
    if (!answer.ok) return answer;
    onPage(answer.value.events);
    for (const event of answer.value.events) byId.set(event.id, toListed(event));
    const value = [...byId.values()].sort(byStart);
    if (answer.value.isLast) return ok({ value, goodForMs: Math.max(MIN_GOOD_FOR_MS, page * GOOD_FOR_MS_PER_PAGE) });
    publish(value);
  }
}

/** A cache over `perscom` with nothing in it yet. */
export function createEventCache(perscom: Perscom, clock: Clock): EventCache {
  const records: Records = new Map();
  const reading = new Map<EventId, Promise<Result<EventRecord | null, ApiError>>>();

  const learn = (events: Iterable<EventRecord>, isSpare: boolean): void => {
    for (const event of events) keepRecord(records, event, clock.now(), isSpare);
  };
  const list = keep<readonly Listed[]>((publish) => readList(perscom, publish, (page) => learn(page, true)), clock);
  const calendars = keep<readonly Calendar[]>(async () => {
    const answer = await perscom.fetchCalendars();
    return answer.ok ? ok({ value: answer.value, goodForMs: MIN_GOOD_FOR_MS }) : answer;
  }, clock);

  async function readEvent(id: EventId): Promise<Result<EventRecord | null, ApiError>> {
    const answer = await perscom.fetchEvents([id]).finally(() => reading.delete(id));
    if (!answer.ok) return answer;
    learn(answer.value.values(), false);
    if (!answer.value.has(id)) records.delete(id);
    return ok(answer.value.get(id) ?? null);
  }

  function readOnce(id: EventId): Promise<Result<EventRecord | null, ApiError>> {
    const running = reading.get(id) ?? readEvent(id);
    reading.set(id, running);
    return running;
  }

  return {
    async find(text, limit, waitMs) {
      const found = await list.get(waitMs);
      return found.ok ? ok(findIn(found.value, text, limit, clock.now())) : found;
    },
    async event(id, waitMs, anyAge) {
      const kept = records.get(id);
      const isFresh = kept !== undefined && clock.now() - kept.readAt <= FRESH_MS;
      return kept !== undefined && (isFresh || anyAge) ? ok(kept.event) : within(readOnce(id), waitMs);
    },
    calendars: (waitMs) => calendars.get(waitMs),
    knownCalendars: () => calendars.current ?? [],
    learn: (events) => learn(events, false),
  };
}
