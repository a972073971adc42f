import { ApplicationCommandOptionType } from 'discord.js';
import { termsOf } from '../src/app/connections.ts';
import { openForm } from '../src/app/open-form.ts';
import { type Command, MODERATOR, textOption } from '../src/discord/command.ts';
import { eventChoices } from '../src/discord/event-choices.ts';
import { openFormReply } from '../src/discord/open-form-reply.ts';
import { FORMS, formNamed } from '../src/domain/field.ts';

/** `/event`: look at and edit the unit's events. */
export const event: Command = {
  name: 'event',
  description: 'Edit the events of your unit in PERSCOM',
  permissions: MODERATOR,
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
          choices: Object.entries(FORMS).map(([value, name]) => ({ name, value })),
        },
      ],
      mayOpenModal: true,
      autocomplete: { event: eventChoices },
      async run(app, { guildId }, options) {
        const form = formNamed(textOption(options, 'form') ?? '') ?? 'schedule';
        const opened = await openForm(app, guildId, textOption(options, 'event') ?? '', form);
        return openFormReply(opened, termsOf(app.connections, guildId));
      },
    },
  },
};
