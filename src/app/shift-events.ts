import type { EventId } from '../domain/event.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { moveTo, type PresentOp, type Selection } from '../domain/selection.ts';
import { type Shift, shiftOps } from '../domain/shift.ts';
import { type App, connectionOf, type NotConnected, zoneOf } from './app.ts';
import type { Connection } from './connections.ts';
import { type NameError, type NoSuchCalendar, resolveCalendar, resolveEvent } from './find-events.ts';
import type { Caller } from './ports.ts';
import { readOps, type TooMany } from './read-ops.ts';
import { type ReadShift, type RequestError, readRequest } from './read-shift.ts';
import type { HowFar, KeptShift, ShiftRequest } from './shift-port.ts';

/** A shift that was computed and kept under `id`, so that confirming it can do nothing else. */
export type ShiftPreview = { readonly id: string; readonly shift: Shift };

/** Why there is no shift to show. Nothing was queued. */
export type ShiftError =
  | NotConnected
  | NameError
  /** `questionId` offers what may be meant in the place of a refused text; null if nobody can tell. */
  | (RequestError & { readonly questionId: string | null })
  | NoSuchCalendar
  /** `past` ops would match, had they been asked for. */
  | { readonly kind: 'no-match'; readonly past: number }
  | TooMany
  /** The first of the ops is on the wanted day already. */
  | { readonly kind: 'there-already' };

/** A shift, or what a shift is asked for with, that is no longer kept. */
export type NoSuchShift = { readonly kind: 'no-such-shift' };

/** A request that asks for nothing yet. */
export const NO_REQUEST: ShiftRequest = {
  by: '',
  to: '',
  event: '',
  eventIds: null,
  name: '',
  calendar: '',
  from: '',
  until: '',
};

async function keep(app: App, caller: Caller, kept: KeptShift): Promise<string> {
  const id = app.newId();
  await app.shifts.save(caller, id, kept, app.clock.now());
  return id;
}

/** Keeps the request with each of the candidates of a refused text, so that its author can choose one. */
async function askAbout(app: App, caller: Caller, request: ShiftRequest, error: RequestError): Promise<ShiftError> {
  if (error.kind !== 'refused-day' || error.error.candidates.length === 0) return { ...error, questionId: null };
  const alternatives = error.error.candidates.map(({ text, dateOrder }) => ({
    request: { ...request, [error.option]: text },
    dateOrder,
  }));
  return { ...error, questionId: await keep(app, caller, { kind: 'question', alternatives }) };
}

async function resolveEvents(
  connection: Connection,
  { event, eventIds }: ShiftRequest,
): Promise<Result<readonly EventId[] | null, ShiftError>> {
  if (eventIds !== null || event.trim() === '') return ok(eventIds);
  const id = await resolveEvent(connection, event);
  return id.ok ? ok([id.value]) : id;
}

async function selectionOf(
  connection: Connection,
  request: ShiftRequest,
  { from, until }: ReadShift,
): Promise<Result<Selection, ShiftError>> {
  const [eventIds, calendarId] = await Promise.all([
    resolveEvents(connection, request),
    resolveCalendar(connection, request.calendar),
  ]);
  if (!eventIds.ok) return eventIds;
  if (!calendarId.ok) return calendarId;
  return ok({ eventIds: eventIds.value, name: request.name, calendarId: calendarId.value, from, until });
}

function compute(ops: readonly PresentOp[], { target }: ReadShift, zone: string): Result<Shift, ShiftError> {
  const move = 'move' in target ? target.move : moveTo(ops, target.day, zone);
  if (move.days === 0 && move.ms === 0) return err({ kind: 'there-already' });
  return ok(shiftOps(ops, move, zone));
}

/** The shift of the ops that are meant, from what each of them has now. */
async function computeShift(
  app: App,
  caller: Caller,
  connection: Connection,
  request: ShiftRequest,
  read: ReadShift,
): Promise<Result<Shift, ShiftError>> {
  const selection = await selectionOf(connection, request, read);
  if (!selection.ok) return selection;
  const { edits } = await app.queues.load(caller.guildId);
  const zone = zoneOf(app, caller.guildId);
  const found = await readOps(connection, selection.value, { edits, zone, nowMs: app.clock.now() });
  if (!found.ok) return found;
  const { ops, past, gone } = found.value;
  if (ops.length === 0) return err({ kind: 'no-match', past });
  const shift = compute(ops, read, zone);
  return shift.ok ? ok({ ...shift.value, gone, past }) : shift;
}

/** Computes the shift that was asked for and keeps it, to be shown. Nothing is queued. A past day to move to `mayBePast` if chosen. */
export async function shiftEvents(
  app: App,
  caller: Caller,
  request: ShiftRequest,
  mayBePast = false,
): Promise<Result<ShiftPreview, ShiftError>> {
  const connection = connectionOf(app, caller);
  if (!connection.ok) return connection;
  const read = readRequest(app, caller, request, mayBePast);
  if (!read.ok) return err(await askAbout(app, caller, request, read.error));
  const shift = await computeShift(app, caller, connection.value, request, read.value);
  if (!shift.ok) return shift;
  return ok({ id: await keep(app, caller, { kind: 'preview', shift: shift.value }), shift: shift.value });
}

/** The same for events that were chosen from a list: by a distance, or to a day. */
export const shiftSelected = (
  app: App,
  caller: Caller,
  eventIds: readonly EventId[],
  { by, to }: HowFar,
): Promise<Result<ShiftPreview, ShiftError>> => shiftEvents(app, caller, { ...NO_REQUEST, by, to, eventIds });

/** Keeps the events that were chosen from a list until it is said how far to move them; answers the id for that. */
export const chooseEvents = (app: App, caller: Caller, eventIds: readonly EventId[]): Promise<string> =>
  keep(app, caller, { kind: 'chosen', eventIds, by: '', to: '' });

/** What `chooseEvents` keeps; null where it is no longer kept. */
async function loadChosen({ shifts }: App, { guildId }: Caller, id: string) {
  const kept = await shifts.load(guildId, id);
  return kept?.kind === 'chosen' ? kept : null;
}

/** `shiftSelected` for events that `chooseEvents` keeps. */
export async function shiftChosen(
  app: App,
  caller: Caller,
  id: string,
  how: HowFar,
): Promise<Result<ShiftPreview, ShiftError | NoSuchShift>> {
  const chosen = await loadChosen(app, caller, id);
  return chosen === null ? err({ kind: 'no-such-shift' }) : shiftSelected(app, caller, chosen.eventIds, how);
}

/** Keeps how far chosen events were to be moved, so that it can be put right; answers the new id. */
export async function keepHowFar(
  app: App,
  caller: Caller,
  id: string,
  how: HowFar,
): Promise<Result<string, NoSuchShift>> {
  const chosen = await loadChosen(app, caller, id);
  return chosen === null ? err({ kind: 'no-such-shift' }) : ok(await keep(app, caller, { ...chosen, ...how }));
}

/** How far chosen events were to be moved, as it was typed last. */
export async function howFar(app: App, caller: Caller, id: string): Promise<Result<HowFar, NoSuchShift>> {
  const chosen = await loadChosen(app, caller, id);
  return chosen === null ? err({ kind: 'no-such-shift' }) : ok(chosen);
}

/** Asks again with candidate `index` of a question. An order of day and month that it shows is remembered. */
export async function shiftInstead(
  app: App,
  caller: Caller,
  id: string,
  index: number,
): Promise<Result<ShiftPreview, ShiftError | NoSuchShift>> {
  const kept = await app.shifts.load(caller.guildId, id);
  const chosen = kept?.kind === 'question' ? kept.alternatives[index] : undefined;
  if (chosen === undefined) return err({ kind: 'no-such-shift' });
  const { request, dateOrder } = chosen;
  if (dateOrder !== null) await app.settings.setHabits(caller.userId, { dateOrder });
  return shiftEvents(app, caller, request, true);
}

/** A shift as it was computed. */
export async function viewShift(app: App, { guildId }: Caller, id: string): Promise<Result<ShiftPreview, NoSuchShift>> {
  const kept = await app.shifts.load(guildId, id);
  return kept?.kind === 'preview' ? ok({ id, shift: kept.shift }) : err({ kind: 'no-such-shift' });
}

/** A shift with a change to it, kept anew: the buttons under the old one still mean the old one. */
export async function changeShift(
  app: App,
  caller: Caller,
  id: string,
  change: (shift: Shift) => Shift,
): Promise<Result<ShiftPreview, NoSuchShift>> {
  const seen = await viewShift(app, caller, id);
  if (!seen.ok) return seen;
  const shift = change(seen.value.shift);
  return ok({ id: await keep(app, caller, { kind: 'preview', shift }), shift });
}
