import type { ApiError } from '../domain/api-error.ts';
import type { Events } from '../domain/change.ts';
import { type Calendar, type EventId, type EventRecord, type EventSummary, summaryOf } from '../domain/event.ts';
import { ok, type Result } from '../domain/result.ts';
import { toMillis } from '../domain/times/time.ts';
import { keep, type WaitError, within } from './kept.ts';
import type { Clock, Perscom } from './ports.ts';
import { createUnitAgenda, type UnitAgenda } from './unit-agenda.ts';

/** Every page read costs one of PERSCOM's 100 requests a minute, so the longer the list, the less often it is read. */
const GOOD_FOR_MS_PER_PAGE = 15_000;
const MIN_GOOD_FOR_MS = 30_000;
/** Whole events kept for forms; the list for autocomplete has no such limit. */
const MAX_RECORDS = 2_000;
/** An event with more text than this is kept only when it was asked for, as thousands of them would fill the memory. */
const MAX_SPARE_CHARACTERS = 4_000;

/** How long to wait for an event, and how old it may be. */
export type Patience = { readonly waitMs: number; readonly maxAgeMs: number };

/** What was found; `isWhole` is false while the first reading of a long list is under way. */
export type Found = { readonly events: readonly EventSummary[]; readonly isWhole: boolean };

/** All events, by start; `asOf` is when they were read, where that is longer ago than it should be. */
export type Listed = Found & { readonly asOf: number | null };

/** What is known of one unit's events and calendars, refreshed in the background whenever it is used. */
export type EventCache = {
  /** The events whose name contains `text`: upcoming ones first, soonest first, then past ones, latest first. */
  find(text: string, waitMs: number): Promise<Result<Found, WaitError>>;
  /** Every event, by start, read anew within `waitMs` if that is due; where PERSCOM does not answer, as it last was. */
  list(waitMs: number): Promise<Result<Listed, WaitError>>;
  /** The event, from memory if that is young enough, else from PERSCOM; null if it is gone. At age 0 it is read anew. */
  event(id: EventId, patience: Patience): Promise<Result<EventRecord | null, WaitError>>;
  /** The event as it was last read, however long ago; null if it never was. */
  knownEvent(id: EventId): EventRecord | null;
  /** The events with these ids, read anew; those that are gone are absent. */
  readSome(ids: readonly EventId[], waitMs: number): Promise<Result<Events, WaitError>>;
  /** All events by calendar, read anew within `waitMs` if that is due; null if they could not be read yet. */
  agenda(waitMs: number): Promise<UnitAgenda | null>;
  /** The same as they were last read, with what was learnt since; null if they never were. */
  knownAgenda(): UnitAgenda | null;
  calendars(waitMs: number): Promise<Result<readonly Calendar[], WaitError>>;
  /** The calendars known by now. */
  knownCalendars(): readonly Calendar[];
  /** Takes in events that were just read. */
  learn(events: Iterable<EventRecord>): void;
};

type Entry = EventSummary & { readonly lowerName: string; readonly startsMs: number };

const toEntry = (event: EventSummary): Entry => ({
  ...event,
  lowerName: event.name.toLowerCase(),
  startsMs: toMillis(event.starts),
});

const byStart = (a: Entry, b: Entry): number => a.startsMs - b.startsMs || a.id - b.id;

/** `list` is in order of start. */
function findIn(list: readonly Entry[], text: string, now: number): readonly EventSummary[] {
  const wanted = text.trim().toLowerCase();
  const found = list.filter(({ lowerName }) => lowerName.includes(wanted));
  const next = found.findIndex(({ startsMs }) => startsMs >= now);
  const first = next === -1 ? found.length : next;
  return [...found.slice(first), ...found.slice(0, first).reverse()];
}

type Records = Map<EventId, { readonly event: EventRecord; readonly readAt: number }>;

const isLarge = ({ values }: EventRecord): boolean =>
  (values.description?.length ?? 0) + (values.content?.length ?? 0) > MAX_SPARE_CHARACTERS;

/** Whether something read from `readAt` on is news: a slow answer must not replace a younger one. */
const isNews = (records: Records, id: EventId, readAt: number): boolean => (records.get(id)?.readAt ?? 0) <= readAt;

/** Keeps what a list brought along: nothing is dropped for it, but what is known already is brought up to date. */
function keepSpare(records: Records, event: EventRecord, readAt: number): void {
  const hasRoom = records.has(event.id) || (records.size < MAX_RECORDS && !isLarge(event));
  if (hasRoom && isNews(records, event.id, readAt)) records.set(event.id, { event, readAt });
}

/** Keeps what was asked for, dropping what was kept longest ago where there is no room. */
function keepWanted(records: Records, event: EventRecord, readAt: number): void {
  if (!isNews(records, event.id, readAt)) return;
  records.delete(event.id);
  records.set(event.id, { event, readAt });
  const [oldest] = records.keys();
  if (records.size > MAX_RECORDS && oldest !== undefined) records.delete(oldest);
}

/** `readAt` is when its reading began, `goodForMs` how long it need not be read again from then on. */
type List = {
  readonly events: readonly Entry[];
  readonly isWhole: boolean;
  readonly readAt: number;
  readonly goodForMs: number;
};

/** Reads all events, page by page; what has come so far is published after each. */
async function readList(
  perscom: Perscom,
  publish: (part: List) => void,
  onPage: (events: readonly EventRecord[], readAt: number) => void,
  clock: Clock,
) {
  const byId = new Map<EventId, Entry>();
  const beganAt = clock.now();
  for (let page = 1; ; page += 1) {
    const readAt = clock.now();
    const answer = await perscom.fetchEventPage(page);
    if (!answer.ok) return answer;
    onPage(answer.value.events, readAt);
    for (const event of answer.value.events) byId.set(event.id, toEntry(summaryOf(event.id, event.values)));
    const goodForMs = Math.max(MIN_GOOD_FOR_MS, page * GOOD_FOR_MS_PER_PAGE);
    const events = [...byId.values()].sort(byStart);
    const value = { events, isWhole: answer.value.isLast, readAt: beganAt, goodForMs };
    if (value.isWhole) return ok({ value, goodForMs });
    publish(value);
  }
}

/** Has what was learnt since take its place in lists, each of which is arranged anew only when something has changed. */
function createOverlay(planned: ReturnType<typeof createUnitAgenda>): (list: List) => readonly Entry[] {
  let made: { readonly list: List; readonly news: readonly EventSummary[]; readonly events: readonly Entry[] } | null =
    null;
  return (list) => {
    const news = planned.since(list);
    if (news.length === 0) return list.events;
    if (made?.list === list && made.news === news) return made.events;
    const ids = new Set(news.map(({ id }) => id));
    const events = [...list.events.filter(({ id }) => !ids.has(id)), ...news.map(toEntry)].sort(byStart);
    made = { list, news, events };
    return events;
  };
}

type ReadOne = (id: EventId) => Promise<Result<EventRecord | null, ApiError>>;

type ReadSome = (ids: readonly EventId[]) => Promise<Result<Events, ApiError>>;

/** Reads events and keeps them. */
const createReader =
  (perscom: Perscom, records: Records, learn: (event: EventRecord, readAt: number) => void, clock: Clock): ReadSome =>
  async (ids) => {
    const readAt = clock.now();
    const answer = await perscom.fetchEvents(ids, 'form');
    if (!answer.ok) return answer;
    for (const id of ids) {
      const event = answer.value.get(id);
      if (event === undefined) records.delete(id);
      else learn(event, readAt);
    }
    return answer;
  };

/** Reads single events, each at most once at a time: who comes later waits for the answer to who came first. */
function shareReads(read: ReadOne): ReadOne {
  const reading = new Map<EventId, ReturnType<ReadOne>>();
  return (id) => {
    const running = reading.get(id) ?? read(id).finally(() => reading.delete(id));
    reading.set(id, running);
    return running;
  };
}

/** A cache over `perscom` with nothing in it yet. */
export function createEventCache(perscom: Perscom, clock: Clock): EventCache {
  const records: Records = new Map();
  const planned = createUnitAgenda();
  function learn(event: EventRecord, readAt: number): void {
    keepWanted(records, event, readAt);
    planned.learn(event, readAt);
  }
  const readSome = createReader(perscom, records, learn, clock);
  const readNow: ReadOne = async (id) => {
    const read = await readSome([id]);
    return read.ok ? ok(read.value.get(id) ?? null) : read;
  };
  const readShared = shareReads(readNow);
  const keepPage = (events: readonly EventRecord[], readAt: number): void => {
    for (const event of events) keepSpare(records, event, readAt);
  };
  const list = keep<List>((publish) => readList(perscom, publish, keepPage, clock), clock);
  const eventsIn = createOverlay(planned);
  const calendars = keep<readonly Calendar[]>(async () => {
    const answer = await perscom.fetchCalendars();
    return answer.ok ? ok({ value: answer.value, goodForMs: MIN_GOOD_FOR_MS }) : answer;
  }, clock);

  return {
    async find(text, waitMs) {
      const found = await list.get(waitMs);
      if (!found.ok) return found;
      return ok({ events: findIn(eventsIn(found.value), text, clock.now()), isWhole: found.value.isWhole });
    },
    async list(waitMs) {
      const found = await list.getFresh(waitMs);
      if (!found.ok) return found;
      const { isWhole, readAt, goodForMs } = found.value;
      // A reading takes time, and what it finds is good for as long after it.
      return ok({ events: eventsIn(found.value), isWhole, asOf: clock.now() - readAt > 2 * goodForMs ? readAt : null });
    },
    async event(id, { waitMs, maxAgeMs }) {
      const known = records.get(id);
      const isYoung = known !== undefined && clock.now() - known.readAt < maxAgeMs;
      if (isYoung) return ok(known.event);
      return within(maxAgeMs === 0 ? readNow(id) : readShared(id), waitMs);
    },
    readSome: (ids, waitMs) => within(readSome(ids), waitMs),
    knownEvent: (id) => records.get(id)?.event ?? null,
    async agenda(waitMs) {
      const found = await list.getFresh(waitMs);
      return found.ok ? planned.over(found.value) : null;
    },
    knownAgenda: () => (list.current === null ? null : planned.over(list.current)),
    calendars: (waitMs) => calendars.get(waitMs),
    knownCalendars: () => calendars.current ?? [],
    learn(events) {
      for (const event of events) learn(event, clock.now());
    },
  };
}
