import { dayOf } from '../domain/all-day.ts';
import { groupByEvent } from '../domain/change.ts';
import type { EventId } from '../domain/event.ts';
import { type EventFilter, type Filtered, filterEvents } from '../domain/event-filter.ts';
import { arrange, type Edit } from '../domain/queue.ts';
import { type Day, readDay } from '../domain/read-time.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { toMillis } from '../domain/time.ts';
import type { TimeError } from '../domain/typed-time.ts';
import { type App, connectionOf, typingOf, zoneOf } from './app.ts';
import { type NoSuchCalendar, type ReadError, resolveCalendar, toUnread, WAIT_MS } from './find-events.ts';
import type { Caller } from './ports.ts';

/** A filter as it is typed: a calendar's id or name, days, and a part of a name; empty for what was left out. */
export type TypedFilter = Readonly<Record<'calendar' | 'from' | 'until' | 'text', string>>;

/** Why a typed filter is none. */
export type FilterError =
  | ReadError
  | NoSuchCalendar
  | {
      readonly kind: 'refused-day';
      readonly option: 'from' | 'until';
      readonly text: string;
      readonly error: TimeError;
      /** What the filter is with each candidate in that day's place; none where another part is refused, too. */
      readonly instead: readonly EventFilter[];
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

/** The day typed for an option, or why it is none; null for an empty text. */
function readOption(app: App, caller: Caller, text: string): Result<Day | null, TimeError> {
  if (text.trim() === '') return ok(null);
  return readDay(text, { ...typingOf(app, caller), nowMs: app.clock.now() });
}

/** The days that a refused one may have meant, on the unit's calendar. */
const daysMeant = (app: App, { guildId }: Caller, { candidates }: TimeError): readonly Day[] => [
  ...new Set(candidates.map(({ instant }) => dayOf(toMillis(instant), zoneOf(app, guildId)))),
];

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
  const [from, until] = [readOption(app, caller, typed.from), readOption(app, caller, typed.until)];
  const others = { calendarId: calendar.value, text: cutText(typed.text) };
  const refused = (option: DayOption, error: TimeError, instead: readonly EventFilter[]) =>
    err({ kind: 'refused-day', option, text: typed[option], error, instead } as const);
  if (!from.ok) {
    const days = until.ok ? daysMeant(app, caller, from.error) : [];
    const last = until.ok ? until.value : null;
    return refused(
      'from',
      from.error,
      days.map((day) => ({ ...others, from: day, until: last })),
    );
  }
  const first = from.value;
  if (!until.ok) {
    const days = daysMeant(app, caller, until.error);
    return refused(
      'until',
      until.error,
      days.map((day) => ({ ...others, from: first, until: day })),
    );
  }
  const last = until.value;
  if (first !== null && last !== null && last < first) return err({ kind: 'disordered-days' });
  return ok({ ...others, from: first, until: last });
}

/** The events of the caller's unit that `filter` means, as far as they are known within a moment. */
export async function listEvents(app: App, caller: Caller, filter: EventFilter): Promise<Result<EventList, ReadError>> {
  const connection = connectionOf(app, caller);
  if (!connection.ok) return connection;
  const { cache } = connection.value;
  const [found] = await Promise.all([cache.find('', WAIT_MS), cache.calendars(WAIT_MS)]);
  if (!found.ok) return err(toUnread(found.error));
  const { events, isWhole } = found.value;
  const { edits } = await app.queues.load(caller.guildId);
  const filtered = filterEvents(events, filter, zoneOf(app, caller.guildId), app.clock.now());
  return ok({ ...filtered, filter, queued: groupByEvent(arrange(edits), ({ eventId }) => eventId), isWhole });
}
