import { ApplicationCommandOptionType } from 'discord.js';
import { listDrafts } from '../src/app/drafts.ts';
import { openForm } from '../src/app/open-form.ts';
import { eventChoices } from '../src/discord/choices.ts';
import { type Command, textOption } from '../src/discord/command.ts';
import { draftsReply } from '../src/discord/drafts.ts';
import { openFormReply } from '../src/discord/form-modal.ts';
import { FORM_NAMES, FORMS, formNamed } from '../src/domain/field.ts';

/** `/event`: edit the unit's events. */
export const event: Command = {
  name: 'event',
  description: 'Edit the events of your unit in PERSCOM',
  subcommands: {
    edit: {
      description: 'Open a form with the present values of an event',
      options: [
        {
          type: ApplicationCommandOptionType.String,
          name: 'event',
          description: 'Type a part of its name',
          required: true,
          autocomplete: true,
        },
        {
          type: ApplicationCommandOptionType.String,
          name: 'form',
          description: 'What to edit (default: Schedule)',
          choices: FORM_NAMES.map((form) => ({ name: FORMS[form], value: form })),
        },
      ],
      delivery: 'modal',
      autocomplete: { event: eventChoices },
      async run(app, caller, options) {
        const form = formNamed(textOption(options, 'form')) ?? 'schedule';
        return openFormReply(app, caller, await openForm(app, caller, textOption(options, 'event'), form));
      },
    },
    drafts: {
      description: 'What you typed and could not queue, to go on with',
      delivery: 'message',
      run: async (app, caller) => draftsReply(app, caller, await listDrafts(app, caller)),
    },
  },
};
