import { listEvents } from '../../app/list-events.ts';
import { showAgain, showEvent } from '../../app/show-event.ts';
import { type Actions, on, type Run } from '../action.ts';
import { type ActionName, chosenNumber } from '../custom-id.ts';
import { type MessageReply, sayText } from '../reply.ts';
import { OTHER_VERSION } from '../words.ts';
import { listReply } from './event-list.ts';
import { eventReply } from './event-page.ts';

const turnList: Run<'turn-list', MessageReply> = async (app, caller, args) => {
  const [page, calendarId, from, until, ...text] = args;
  const filter = { calendarId, from, until, text: text.join(':') };
  return listReply(app, caller, await listEvents(app, caller, filter), page, filter);
};

const pickDays: Run<'pick-days', MessageReply> = async (app, caller, [first, ...filter], input) => {
  await app.settings.setHabits(caller.userId, { dateOrder: `${first}-first` });
  return turnList(app, caller, [0, ...filter], input);
};

const showChosen: Run<'show-event', MessageReply> = async (app, caller, _args, { values }) => {
  const eventId = chosenNumber(values);
  if (eventId === null) return sayText(OTHER_VERSION);
  return eventReply(app, caller, await showEvent(app, caller, String(eventId)), 0, eventId);
};

/** What the buttons and selects of lists of events, and of single ones, do. */
export const listActions = {
  'turn-list': on('turn-list', 'update', turnList),
  'pick-days': on('pick-days', 'update', pickDays),
  'show-event': on('show-event', 'message', showChosen),
  'turn-event': on('turn-event', 'update', async (app, caller, [eventId, page]) =>
    eventReply(app, caller, await showAgain(app, caller, eventId), page, eventId),
  ),
} as const satisfies Partial<Actions<ActionName>>;
