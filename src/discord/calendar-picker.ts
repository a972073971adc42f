import type { App } from '../app/app.ts';
import { listCalendars } from '../app/open-form.ts';
import type { EventId } from '../domain/event.ts';
import type { Caller } from './command.ts';
import { button, buttons, pager, select } from './components.ts';
import { IDS } from './custom-id.ts';
import { type Reply, type Row, sayText } from './reply.ts';
import { describeReadError } from './words.ts';

/** Discord's limit for a select (docs, String Select). */
const CALENDARS_PER_PAGE = 25;

/** A button to the calendars that the modal had no room for. */
export const moreCalendars = (eventId: EventId): readonly Row[] =>
  buttons(button('Choose the calendar', IDS.listCalendars.of(eventId, 0)));

/** Page `page` (from 0) of all calendars, to choose one for an event. */
export async function calendarsReply(app: App, { guildId }: Caller, eventId: EventId, page: number): Promise<Reply> {
  const calendars = await listCalendars(app, guildId);
  if (!calendars.ok)
    return sayText(`${describeReadError(calendars.error)} The calendar was not changed.`, moreCalendars(eventId));
  const sorted = [...calendars.value].sort((a, b) => a.name.localeCompare(b.name) || a.id - b.id);
  const pages = Math.max(1, Math.ceil(sorted.length / CALENDARS_PER_PAGE));
  const index = Math.min(page, pages - 1);
  const shown = sorted.slice(index * CALENDARS_PER_PAGE, (index + 1) * CALENDARS_PER_PAGE);
  const options = shown.map(({ id, name }) => ({ label: name === '' ? `Calendar #${id}` : name, value: String(id) }));
  if (options.length === 0) return sayText('PERSCOM has no calendars to choose from. Nothing was changed.');
  return sayText(`Which calendar? Page ${index + 1} of ${pages}.`, [
    ...select(IDS.chooseCalendar.of(eventId), 'Choose a calendar…', options),
    ...buttons(...pager(index, pages, (next) => IDS.listCalendars.of(eventId, next))),
  ]);
}
