import { dayOf } from '../domain/all-day.ts';
import type { EventId } from '../domain/event.ts';
import { type EventFilter, type Filtered, filterEvents } from '../domain/event-filter.ts';
import { arrange, type Edit } from '../domain/queue.ts';
import { type Day, readDay, readTime } from '../domain/read-time.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { toMillis } from '../domain/time.ts';
import type { TimeError } from '../domain/typed-time.ts';
import { type App, connectionOf, typingOf, zoneOf } from './app.ts';
import { listCalendars, type ReadError, toUnread, WAIT_MS } from './find-events.ts';
import type { Caller } from './ports.ts';

/** A filter as it is typed: a calendar's id or name, days, and a part of a name; empty for what was left out. */
export type TypedFilter = Readonly<Record<'calendar' | 'from' | 'until' | 'text', string>>;

/** Why a typed filter is none. */
export type FilterError =
  | ReadError
  | { readonly kind: 'no-such-calendar'; readonly text: string }
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

function groupEdits(edits: readonly Edit[]): ReadonlyMap<EventId, readonly Edit[]> {
  const groups = new Map<EventId, Edit[]>();
  for (const edit of arrange(edits)) groups.set(edit.eventId, [...(groups.get(edit.eventId) ?? []), edit]);
  return groups;
}

/** The calendar that `text` (its id, or its whole name) means; null for an empty text. */
async function readCalendar(app: App, caller: Caller, text: string): Promise<Result<number | null, FilterError>> {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return ok(null);
  if (/^[1-9]\d{0,14}$/.test(wanted)) return ok(Number(wanted));
  const calendars = await listCalendars(app, caller);
  if (!calendars.ok) return calendars;
  const [only, another] = calendars.value.filter(({ name }) => name.trim().toLowerCase() === wanted);
  return only === undefined || another !== undefined ? err({ kind: 'no-such-calendar', text }) : ok(only.id);
}

type DayOption = 'from' | 'until';

/** The day typed for an option, or why it is none; null for an empty text. A time may mean the day that it is on. */
function readOption(app: App, caller: Caller, text: string): Result<Day | null, TimeError> {
  if (text.trim() === '') return ok(null);
  const typing = { ...typingOf(app, caller), nowMs: app.clock.now() };
  const day = readDay(text, typing);
  if (day.ok || day.error.kind !== 'unreadable-time') return day;
  const time = readTime(text, { ...typing, present: null, start: null, takesLength: false, mayBePast: true });
  if (!time.ok) return err({ ...day.error, candidates: time.error.candidates });
  const { instant, zone } = time.value;
  return err({ ...day.error, candidates: [{ instant, text, zone, dateOrder: null }] });
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
  const calendar = await readCalendar(app, caller, typed.calendar);
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
  const [found] = await Promise.all([cache.list(WAIT_MS), cache.calendars(WAIT_MS)]);
  if (!found.ok) return err(toUnread(found.error));
  const { events, isWhole, asOf } = found.value;
  const { edits } = await app.queues.load(caller.guildId);
  const filtered = filterEvents(events, filter, zoneOf(app, caller.guildId), app.clock.now());
  return ok({ ...filtered, filter, queued: groupEdits(edits), isWhole, asOf });
}
