import { groupByEvent } from '../domain/change.ts';
import type { EventId } from '../domain/event.ts';
import { type EventFilter, type Filtered, filterEvents } from '../domain/event-filter.ts';
import { arrange, type Edit } from '../domain/queue.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { dayOf } from '../domain/times/all-day.ts';
import { type Day, type DayError, readDay, readTime } from '../domain/times/read-time.ts';
import { toMillis } from '../domain/times/time.ts';
import type { DateOrder } from '../domain/times/typed-time.ts';
import { type App, connectionOf, typingOf, zoneOf } from './app.ts';
import { type NoSuchCalendar, type ReadError, resolveCalendar, toUnread, WAIT_MS } from './find-events.ts';
import type { Caller } from './ports.ts';

/** A filter as it is typed: a calendar's id or name, days, and a part of a name; empty for what was left out. */
export type TypedFilter = Readonly<Record<'calendar' | 'from' | 'until' | 'text', string>>;

/** A filter that may be meant; `dateOrder` is the order of day and month that choosing it shows, if any. */
export type Instead = { readonly filter: EventFilter; readonly dateOrder: DateOrder | null };

/** Why a typed filter is none. */
export type FilterError =
  | ReadError
  | NoSuchCalendar
  | {
      readonly kind: 'refused-day';
      readonly option: 'from' | 'until';
      readonly text: string;
      readonly error: DayError;
      /** What the filter is with each candidate in that day's place, and in that of the other day where it may be swapped, too. */
      readonly instead: readonly Instead[];
    }
  /** The last day is before the first. */
  | { readonly kind: 'disordered-days' };

/** A part of a unit's events. */
export type EventList = Filtered & {
  readonly filter: EventFilter;
  /** The queued edits of the guild, by event. */
  readonly queued: ReadonlyMap<EventId, readonly Edit[]>;
  /** False while PERSCOM's list is being read for the first time. */
  readonly isWhole: boolean;
  /** When it was read, where PERSCOM could not be read again since; else null. */
  readonly asOf: number | null;
};

/** The buttons that turn a list carry its filter; their ids have room for so many UTF-16 units of text. */
const MAX_TEXT_LENGTH = 44;

function cutText(text: string): string {
  let kept = '';
  for (const character of text.trim()) {
    if (kept.length + character.length > MAX_TEXT_LENGTH) break;
    kept += character;
  }
  return kept;
}

type DayOption = 'from' | 'until';

type TypedDay = Result<Day | null, DayError>;

/** The day typed for an option, or why it is none; null for an empty text. It may be past. A time may mean the day that it is on. */
function readOption(app: App, caller: Caller, text: string, first: Day | null): TypedDay {
  if (text.trim() === '') return ok(null);
  const typing = { ...typingOf(app, caller), nowMs: app.clock.now(), mayBePast: true };
  const day = readDay(text, typing, first);
  if (day.ok || day.error.kind !== 'unreadable-time') return day;
  const time = readTime(text, { ...typing, present: null, start: null, takesLength: false });
  const meant = time.ok ? [{ ...time.value, dateOrder: null }] : time.error.candidates;
  const days = new Map(
    meant.map(({ instant, zone, dateOrder }) => {
      const on = dayOf(toMillis(instant), typing.unitZone);
      return [on, { instant, zone, dateOrder, text: on }];
    }),
  );
  return err({ ...day.error, candidates: [...days.values()] });
}

/** A day that is meant, or may be, with the order of day and month that it shows. */
type Meant = { readonly day: Day | null; readonly dateOrder: DateOrder | null };

const meantBy = (read: TypedDay): readonly Meant[] =>
  read.ok
    ? [{ day: read.value, dateOrder: null }]
    : read.error.candidates.map(({ text, dateOrder }) => ({ day: text, dateOrder }));

/** The filters that may be meant, with both days written in the same order. */
const pair = (others: Pick<EventFilter, 'calendarId' | 'text'>, from: TypedDay, until: TypedDay): readonly Instead[] =>
  meantBy(from).flatMap((first) =>
    meantBy(until)
      .filter(({ dateOrder }) => from.ok || until.ok || dateOrder === first.dateOrder)
      .map((last) => ({
        filter: { ...others, from: first.day, until: last.day },
        dateOrder: first.dateOrder ?? last.dateOrder,
      })),
  );

/** What a typed filter means to its author. */
export async function readFilter(
  app: App,
  caller: Caller,
  typed: TypedFilter,
): Promise<Result<EventFilter, FilterError>> {
  const connection = connectionOf(app, caller);
  if (!connection.ok) return connection;
  const calendar = await resolveCalendar(connection.value, typed.calendar);
  if (!calendar.ok) return calendar;
  const from = readOption(app, caller, typed.from, null);
  const until = readOption(app, caller, typed.until, from.ok ? from.value : null);
  const others = { calendarId: calendar.value, text: cutText(typed.text) };
  const refused = (option: DayOption, error: DayError) =>
    err({ kind: 'refused-day', option, text: typed[option], error, instead: pair(others, from, until) } as const);
  if (!from.ok) return refused('from', from.error);
  if (!until.ok) return refused('until', until.error);
  const [first, last] = [from.value, until.value];
  if (first !== null && last !== null && last < first) return err({ kind: 'disordered-days' });
  return ok({ ...others, from: first, until: last });
}

/** The events of the caller's unit that `filter` means, as far as they are known within a moment. */
export async function listEvents(app: App, caller: Caller, filter: EventFilter): Promise<Result<EventList, ReadError>> {
  const connection = connectionOf(app, caller);
  if (!connection.ok) return connection;
  const { cache } = connection.value;
  const [found] = await Promise.all([cache.list(WAIT_MS), cache.calendars(WAIT_MS)]);
  if (!found.ok) return err(toUnread(found.error));
  const { events, isWhole, asOf } = found.value;
  const { edits } = await app.queues.load(caller.guildId);
  const filtered = filterEvents(events, filter, zoneOf(app, caller.guildId), app.clock.now());
  const queued = groupByEvent(arrange(edits), ({ eventId }) => eventId);
  return ok({ ...filtered, filter, queued, isWhole, asOf });
}
