import { listDrafts } from '../src/app/drafts.ts';
import { listEvents, readFilter } from '../src/app/list-events.ts';
import { openForm } from '../src/app/open-form.ts';
import { shiftEvents } from '../src/app/shift-events.ts';
import { showEvent } from '../src/app/show-event.ts';
import { calendarChoices, eventChoices } from '../src/discord/choices.ts';
import { type Command, stringOption, textOption } from '../src/discord/command.ts';
import { chosenNumber } from '../src/discord/custom-id.ts';
import { listReply } from '../src/discord/events/event-list.ts';
import { eventReply } from '../src/discord/events/event-page.ts';
import { draftsReply } from '../src/discord/forms/drafts.ts';
import { openFormReply } from '../src/discord/forms/form-modal.ts';
import { shiftReply } from '../src/discord/shifts/shift.ts';
import { FORM_NAMES, FORMS, formNamed } from '../src/domain/field.ts';

/** `/event`: look at the unit's events and edit them. */
export const event: Command = {
  name: 'event',
  description: 'Look at and edit the events of your unit in PERSCOM',
  subcommands: {
    list: {
      description: 'List upcoming ops, with what is queued for them',
      options: [
        stringOption('calendar', 'Only this calendar', { autocomplete: true }),
        stringOption('from', 'From this day on, like 28 Nov (default: from now on)', { maxLength: 60 }),
        stringOption('until', 'Up to this day, the day itself too', { maxLength: 60 }),
        stringOption('text', 'Only ops with this in their name', { maxLength: 40 }),
      ],
      delivery: 'message',
      autocomplete: { calendar: calendarChoices },
      async run(app, caller, options) {
        const [calendar, text] = [textOption(options, 'calendar'), textOption(options, 'text')];
        const [from, until] = [textOption(options, 'from'), textOption(options, 'until')];
        const filter = await readFilter(app, caller, { calendar, from, until, text });
        if (!filter.ok) return listReply(app, caller, filter, 0, null);
        return listReply(app, caller, await listEvents(app, caller, filter.value), 0, filter.value);
      },
    },
    show: {
      description: 'Show everything about an event, with what is queued for it',
      options: [stringOption('event', 'Type a part of its name', { required: true, autocomplete: true })],
      delivery: 'message',
      autocomplete: { event: eventChoices },
      async run(app, caller, options) {
        const text = textOption(options, 'event');
        return eventReply(app, caller, await showEvent(app, caller, text), 0, chosenNumber([text.trim()]));
      },
    },
    edit: {
      description: 'Open a form with the present values of an event',
      options: [
        stringOption('event', 'Type a part of its name', { required: true, autocomplete: true }),
        stringOption('form', 'What to edit (default: Schedule)', {
          choices: FORM_NAMES.map((form) => ({ name: FORMS[form], value: form })),
        }),
      ],
      delivery: 'modal',
      autocomplete: { event: eventChoices },
      async run(app, caller, options) {
        const form = formNamed(textOption(options, 'form')) ?? 'schedule';
        return openFormReply(app, caller, await openForm(app, caller, textOption(options, 'event'), form));
      },
    },
    shift: {
      description: 'Move one op or many at once; you see before → after first',
      options: [
        stringOption('by', 'How far, like +1d, -90m or +1w 2h', { maxLength: 100 }),
        stringOption('to', 'Or to which day, like next Saturday, at the same time of day', { maxLength: 100 }),
        stringOption('event', 'Only this op: type a part of its name', { autocomplete: true }),
        stringOption('name', 'All ops with this in their name', { maxLength: 255 }),
        stringOption('calendar', 'All ops of this calendar', { autocomplete: true }),
        stringOption('from', 'All ops from this day on', { maxLength: 100 }),
        stringOption('until', 'All ops up to this day, the day itself too', { maxLength: 100 }),
      ],
      delivery: 'message',
      autocomplete: { event: eventChoices, calendar: calendarChoices },
      async run(app, caller, options) {
        const [by, to, event] = [textOption(options, 'by'), textOption(options, 'to'), textOption(options, 'event')];
        const [from, until] = [textOption(options, 'from'), textOption(options, 'until')];
        const [name, calendar] = [textOption(options, 'name'), textOption(options, 'calendar')];
        const request = { by, to, event, eventIds: null, name, calendar, from, until };
        return shiftReply(app, caller, await shiftEvents(app, caller, request));
      },
    },
    drafts: {
      description: 'What you typed and could not queue, to go on with',
      delivery: 'message',
      run: async (app, caller) => draftsReply(app, caller, await listDrafts(app, caller)),
    },
  },
};
