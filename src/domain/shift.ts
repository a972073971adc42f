import { valuesAfter } from './change.ts';
import { type EventId, type EventValues, endsTooEarly, type Instant } from './event.ts';
import type { Edit, SeenEdit, WantedEdit } from './queue.ts';
import { err, ok, type Result } from './result.ts';
import type { PresentOp } from './selection.ts';
import { isInRange } from './times/clocks.ts';
import { moveDate } from './times/move-date.ts';
import { type Move, moveInstant } from './times/read-time.ts';
import { toInstant, toMillis } from './times/time.ts';
import type { TimeError } from './times/typed-time.ts';

/** The times of an event that a shift moves, in the order in which they are shown. */
export const TIME_FIELDS = ['starts', 'ends', 'registration_deadline'] as const;

/** One of them. */
export type TimeField = (typeof TIME_FIELDS)[number];

/** Why a time cannot be moved; `candidates` are what may be meant in its place. */
export type ShiftProblem =
  /** Clocks jump from `before` to `after`, which are times on the clocks of the unit. */
  | {
      readonly kind: 'skipped-by-dst';
      readonly before: string;
      readonly after: string;
      readonly candidates: readonly Instant[];
    }
  | { readonly kind: 'ambiguous-by-dst'; readonly candidates: readonly Instant[] }
  /** Beyond the year 9999, or on a day that the unit's calendar left out. */
  | { readonly kind: 'no-such-date' }
  /** An op that takes whole days moves by whole days only. */
  | { readonly kind: 'hours-of-all-day' };

/** A time of an op, before and after. */
export type ShiftedTime = {
  readonly field: TimeField;
  /** What PERSCOM holds. */
  readonly live: Instant | null;
  /** What it held when `queued` was queued, else what it holds. */
  readonly base: Instant | null;
  /** What is moved: what is queued, else what PERSCOM holds. */
  readonly from: Instant;
  /** The edit that asks for `from`; null where PERSCOM holds it. */
  readonly queued: Pick<Edit, 'id' | 'userId'> | null;
  readonly to: Result<Instant, ShiftProblem>;
};

/** An op of a shift, as it stood when the shift was computed. */
export type ShiftedOp = {
  readonly eventId: EventId;
  readonly eventName: string;
  readonly eventPage: string | null;
  readonly calendarId: number | null;
  readonly allDay: boolean;
  readonly repeats: boolean;
  /** The times that it has, the start first. */
  readonly times: readonly ShiftedTime[];
};

/** Ops moved together: absolute times, computed once. Nothing of it is queued. */
export type Shift = {
  readonly move: Move;
  /** The unit's, on whose clocks days are moved. */
  readonly zone: string;
  /** Earliest first. */
  readonly ops: readonly ShiftedOp[];
  readonly leavesEnds: boolean;
  readonly leavesDeadlines: boolean;
  /** The ops that its author has taken out. */
  readonly leftOut: readonly EventId[];
  /** How many of the events that were chosen it is not about, as they no longer exist or are not as asked for. */
  readonly gone: number;
  /** How many other ops would match, but have begun and were not asked for by day. */
  readonly past: number;
};

function toProblem(error: TimeError): ShiftProblem {
  const candidates = error.candidates.map(({ instant }) => instant);
  if (error.kind === 'ambiguous-by-dst') return { kind: error.kind, candidates };
  if (error.kind !== 'skipped-by-dst') return { kind: 'no-such-date' };
  return { kind: error.kind, before: error.before, after: error.after, candidates };
}

function moveTime(instant: Instant, move: Move, zone: string): ShiftedTime['to'] {
  const moved = moveInstant(instant, move, zone);
  return moved.ok ? moved : err(toProblem(moved.error));
}

/** The end that keeps an op as long as it was, to the second. */
function keepLength(starts: Instant, ends: Instant, moved: ShiftedTime['to']): ShiftedTime['to'] {
  if (!moved.ok) return moved;
  const millis = toMillis(moved.value) + toMillis(ends) - toMillis(starts);
  return isInRange(millis) ? ok(toInstant(millis)) : err({ kind: 'no-such-date' });
}

function moveWholeDays(instant: Instant, { days, ms }: Move, zone: string): ShiftedTime['to'] {
  if (ms !== 0) return err({ kind: 'hours-of-all-day' });
  const moved = moveDate(instant, days, zone);
  return moved === null ? err({ kind: 'no-such-date' }) : ok(moved);
}

type Moved = Readonly<Record<TimeField, ShiftedTime['to'] | null>>;

function moveTimes({ starts, ends, registration_deadline, all_day }: EventValues, move: Move, zone: string): Moved {
  const moveOwn = all_day ? moveWholeDays : moveTime;
  const moved = moveOwn(starts, move, zone);
  const movedEnd = (end: Instant) => (all_day ? moveWholeDays(end, move, zone) : keepLength(starts, end, moved));
  return {
    starts: moved,
    ends: ends === null ? null : movedEnd(ends),
    registration_deadline: registration_deadline === null ? null : moveTime(registration_deadline, move, zone),
  };
}

function shiftOp({ event, edits, values }: PresentOp, move: Move, zone: string): ShiftedOp {
  const moved = moveTimes(values, move, zone);
  const bases = valuesAfter(
    event.values,
    edits.map(({ field, base }) => ({ field, wanted: base })),
  );
  const times = TIME_FIELDS.flatMap((field): readonly ShiftedTime[] => {
    const [from, to] = [values[field], moved[field]];
    const { id, userId } = edits.find((edit) => edit.field === field) ?? {};
    const queued = id === undefined || userId === undefined ? null : { id, userId };
    const [live, base] = [event.values[field], bases[field]];
    return from === null || to === null ? [] : [{ field, live, base, from, queued, to }];
  });
  const { name, calendar_id, all_day, repeats } = values;
  const known = { eventId: event.id, eventName: name, eventPage: event.page, calendarId: calendar_id };
  return { ...known, allDay: all_day, repeats, times };
}

/** `ops` moved: their ends and deadlines move along, the end so that a timed op keeps its length. */
export const shiftOps = (ops: readonly PresentOp[], move: Move, zone: string): Shift => ({
  move,
  zone,
  ops: ops.map((op) => shiftOp(op, move, zone)),
  leavesEnds: false,
  leavesDeadlines: false,
  leftOut: [],
  gone: 0,
  past: 0,
});

/** The time of an op that is called `field`, if it has one. */
export const timeOf = ({ times }: ShiftedOp, field: TimeField): ShiftedTime | null =>
  times.find((time) => time.field === field) ?? null;

/** The times of an op that a shift does not leave where they are. */
export const movedTimes = ({ leavesEnds, leavesDeadlines }: Shift, { times }: ShiftedOp): readonly ShiftedTime[] =>
  times.filter(
    ({ field }) => !(field === 'ends' && leavesEnds) && !(field === 'registration_deadline' && leavesDeadlines),
  );

/** What a shift does with one of its ops. */
export type OpState =
  | { readonly kind: 'moves' }
  /** One of its times cannot be moved, so none is. */
  | { readonly kind: 'stuck'; readonly time: ShiftedTime; readonly problem: ShiftProblem }
  | { readonly kind: 'ends-too-early' }
  | { readonly kind: 'left-out' };

/** What `shift` does with `op`. */
export function stateOf(shift: Shift, op: ShiftedOp): OpState {
  if (shift.leftOut.includes(op.eventId)) return { kind: 'left-out' };
  const moved = movedTimes(shift, op);
  for (const time of moved) if (!time.to.ok) return { kind: 'stuck', time, problem: time.to.error };
  const after = (field: TimeField): Instant | null => {
    const time = moved.find((one) => one.field === field);
    return time?.to.ok ? time.to.value : (timeOf(op, field)?.from ?? null);
  };
  const [starts, ends] = [after('starts'), after('ends')];
  const isTooEarly = starts !== null && endsTooEarly({ starts, ends, all_day: op.allDay });
  return { kind: isTooEarly ? 'ends-too-early' : 'moves' };
}

/** The ops that `shift` moves. */
export const movingOps = (shift: Shift): readonly ShiftedOp[] =>
  shift.ops.filter((op) => stateOf(shift, op).kind === 'moves');

/** The edits that make `shift` so: absolute times, each over what PERSCOM held when what it builds on was queued or read. */
export const editsOfShift = (shift: Shift): readonly WantedEdit[] =>
  movingOps(shift).flatMap((op) => {
    const { eventId, eventName, eventPage } = op;
    return movedTimes(shift, op).flatMap(({ field, base, to }) =>
      to.ok ? [{ eventId, eventName, eventPage, field, base, wanted: to.value }] : [],
    );
  });

/** What was queued for the times of the ops that `shift` moves, those included that it leaves where they are. */
export const seenBy = (shift: Shift): readonly SeenEdit[] =>
  movingOps(shift).flatMap(({ eventId, times }) =>
    times.map(({ field, queued }) => ({ eventId, field, editId: queued?.id ?? null })),
  );

/** The ids of the queued edits that the times which `shift` moves build on. */
export const builtOn = (shift: Shift): readonly number[] =>
  movingOps(shift).flatMap((op) => movedTimes(shift, op).flatMap(({ queued }) => queued?.id ?? []));

/** `op` with candidate `index` in the place of a time that could not be moved; its end moves along with its start. */
function settleTime(op: ShiftedOp, field: TimeField, index: number): ShiftedOp {
  const time = timeOf(op, field);
  if (time === null || time.to.ok || !('candidates' in time.to.error)) return op;
  const chosen = time.to.error.candidates[index];
  if (chosen === undefined) return op;
  const to = ok(chosen);
  const isFollowed = field === 'starts' && !op.allDay;
  const times = op.times.map((one) => {
    if (one.field === field) return { ...one, to };
    return isFollowed && one.field === 'ends' ? { ...one, to: keepLength(time.from, one.from, to) } : one;
  });
  return { ...op, times };
}

/** `shift`, with candidate `index` chosen for a time of the op `eventId` that could not be moved. */
export const settle = (shift: Shift, eventId: EventId, field: TimeField, index: number): Shift => ({
  ...shift,
  ops: shift.ops.map((op) => (op.eventId === eventId ? settleTime(op, field, index) : op)),
});

/** `shift`, with candidate `index` chosen for every time that could not be moved. */
export const settleAll = (shift: Shift, index: number): Shift => ({
  ...shift,
  ops: shift.ops.map((op) => TIME_FIELDS.reduce((settled, field) => settleTime(settled, field, index), op)),
});
