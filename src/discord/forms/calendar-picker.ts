import type { ReadError } from '../../app/find-events.ts';
import type { Calendar, EventId } from '../../domain/event.ts';
import type { Result } from '../../domain/result.ts';
import { button, buttons, pager, select } from '../components.ts';
import { customId } from '../custom-id.ts';
import { type MessageReply, type Row, sayText } from '../reply.ts';
import { describeReadError } from '../words.ts';

/** Discord's limit for a select (docs, String Select). */
const CALENDARS_PER_PAGE = 25;

/** A button to the calendars that the modal had no room for. */
export const moreCalendars = (eventId: EventId): readonly Row[] =>
  buttons(button('Choose the calendar', customId('list-calendars', eventId, 0)));

/** Page `page` (from 0) of all calendars, to choose one for an event. */
export function calendarsReply(
  calendars: Result<readonly Calendar[], ReadError>,
  eventId: EventId,
  page: number,
): MessageReply {
  if (!calendars.ok)
    return sayText(`${describeReadError(calendars.error)} Nothing was queued.`, moreCalendars(eventId));
  const sorted = [...calendars.value].sort((a, b) => a.name.localeCompare(b.name, 'en') || a.id - b.id);
  const pages = Math.max(1, Math.ceil(sorted.length / CALENDARS_PER_PAGE));
  const index = Math.min(page, pages - 1);
  const shown = sorted.slice(index * CALENDARS_PER_PAGE, (index + 1) * CALENDARS_PER_PAGE);
  const options = shown.map(({ id, name }) => ({ label: name, value: String(id) }));
  if (options.length === 0) return sayText('PERSCOM has no calendars to choose from. Nothing was changed.');
  return sayText(`Which calendar? Page ${index + 1} of ${pages}.`, [
    ...select(customId('choose-calendar', eventId), 'Choose a calendar…', options),
    ...buttons(...pager(index, pages, (next) => customId('list-calendars', eventId, next))),
  ]);
}
