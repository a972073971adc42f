import { valuesAfter } from '../domain/change.ts';
import { type EventId, endsTooEarly, type Instant } from '../domain/event.ts';
import type { WantedEdit } from '../domain/queue.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { meansSame } from '../domain/value.ts';
import { type App, connectionOf } from './app.ts';
import type { ReadError } from './find-events.ts';
import type { Caller } from './ports.ts';
import { followStaging, type Gone, readEvent } from './stage-edits.ts';
import { type Submission, warningsAfter } from './take-form.ts';

/** Why a value that was chosen could not be queued. */
export type ChooseError =
  | ReadError
  | Gone
  | { readonly kind: 'ends-too-early'; readonly starts: Instant; readonly ends: Instant };

/**
 * Stages one value that was chosen outside a modal; PERSCOM is asked what it has. Where an edit is queued, its author saw what
 * that was queued over: it stays the base.
 */
export async function chooseValue(
  app: App,
  caller: Caller,
  eventId: EventId,
  { field, wanted }: Pick<WantedEdit, 'field' | 'wanted'>,
): Promise<Result<Submission, ChooseError>> {
  const connection = connectionOf(app, caller);
  if (!connection.ok) return connection;
  const event = await readEvent(connection.value, eventId, 0);
  if (!event.ok) return event;
  const { page: eventPage, values } = event.value;
  const queued = await app.queues.loadEdits(caller.guildId, eventId);
  const result = valuesAfter(values, [...queued, { field, wanted }]);
  if (field === 'ends' && endsTooEarly(result))
    return err({ kind: 'ends-too-early', starts: result.starts, ends: String(wanted) });
  const base = queued.find((one) => one.field === field)?.base ?? values[field];
  const edit = { eventId, eventName: values.name, eventPage, field, base, wanted };
  const mayDrop = meansSame(base, values[field]);
  const allDay = values.all_day ? [eventId] : [];
  const staged = await app.queues.stage(caller, [edit], mayDrop, app.clock.now(), [], { allDay });
  const nothingTyped = { refused: [], echoes: [], starts: result.starts, oldEnd: null, draftId: null };
  const warnings = warningsAfter(app, caller, eventId, queued, staged);
  const staging = await followStaging(app, caller, staged);
  return ok({ eventId, eventName: values.name, ...nothingTyped, warnings, ...staging });
}
