import { err, ok, type Result } from '../domain/result.ts';
import { type Day, type DayError, type Move, readDay, readMove } from '../domain/times/read-time.ts';
import { type App, typingOf } from './app.ts';
import type { Caller } from './ports.ts';
import type { ShiftRequest } from './shift-port.ts';

/** The options of a shift that take a day. */
export type DayOption = 'to' | 'from' | 'until';

/** What a shift was asked for with, once its texts are read. */
export type ReadShift = {
  /** A distance, or the day for the first of the ops. */
  readonly target: { readonly move: Move } | { readonly day: Day };
  readonly from: Day | null;
  readonly until: Day | null;
};

/** Why what was typed for a shift is none. */
export type RequestError =
  /** Both a distance and a day were given, or neither. */
  | { readonly kind: 'by-or-to' }
  | { readonly kind: 'nothing-selected' }
  | { readonly kind: 'unreadable-move'; readonly text: string }
  | {
      readonly kind: 'refused-day';
      readonly option: DayOption;
      readonly text: string;
      readonly error: DayError;
    }
  /** The last day is before the first. */
  | { readonly kind: 'disordered-days' };

const isGiven = (text: string): boolean => text.trim() !== '';

const isSelective = ({ event, eventIds, name, calendar, from, until }: ShiftRequest): boolean =>
  eventIds !== null || [event, name, calendar, from, until].some(isGiven);

type ReadOption = (option: DayOption, mayBePast: boolean, first?: Day | null) => Result<Day | null, RequestError>;

const dayReader =
  (app: App, caller: Caller, request: ShiftRequest): ReadOption =>
  (option, mayBePast, first = null) => {
    const text = request[option];
    if (!isGiven(text)) return ok(null);
    const day = readDay(text, { ...typingOf(app, caller), nowMs: app.clock.now(), mayBePast }, first);
    return day.ok ? day : err({ kind: 'refused-day', option, text, error: day.error });
  };

function readTarget(
  { by, to }: ShiftRequest,
  read: ReadOption,
  mayBePast: boolean,
): Result<ReadShift['target'], RequestError> {
  if (isGiven(by) === isGiven(to)) return err({ kind: 'by-or-to' });
  if (isGiven(to)) {
    const day = read('to', mayBePast);
    if (!day.ok) return day;
    return day.value === null ? err({ kind: 'by-or-to' }) : ok({ day: day.value });
  }
  const move = readMove(by);
  return move === null ? err({ kind: 'unreadable-move', text: by }) : ok({ move });
}

/**
 * What `request` means by the clock and to its author. PERSCOM is not asked. `mayBePast` says that its author has chosen the day to
 * move to, even if that is past.
 */
export function readRequest(
  app: App,
  caller: Caller,
  request: ShiftRequest,
  mayBePast: boolean,
): Result<ReadShift, RequestError> {
  const read = dayReader(app, caller, request);
  if (!isSelective(request)) return err({ kind: 'nothing-selected' });
  const target = readTarget(request, read, mayBePast);
  if (!target.ok) return target;
  const from = read('from', true);
  if (!from.ok) return from;
  const until = read('until', true, from.value);
  if (!until.ok) return until;
  if (from.value !== null && until.value !== null && until.value < from.value) return err({ kind: 'disordered-days' });
  return ok({ target: target.value, from: from.value, until: until.value });
}
