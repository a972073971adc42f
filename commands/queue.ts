import { ApplicationCommandOptionType } from 'discord.js';
import { type Command, MODERATOR, textOption } from '../src/discord/command.ts';
import {
  askClear,
  previewQueue,
  queuedEventChoices,
  removeFromQueue,
  showQueue,
} from '../src/discord/queue-replies.ts';
import { FIELD_NAMES, FIELDS, fieldNamed } from '../src/domain/field.ts';

/** `/queue`: what waits for the next flush, and the flush. */
export const queue: Command = {
  name: 'queue',
  description: 'Look at, take back or send the queued edits',
  permissions: MODERATOR,
  subcommands: {
    view: {
      description: 'Show what is queued, by whom and since when',
      mayOpenModal: false,
      run: (app, caller) => showQueue(app, caller, 0),
    },
    remove: {
      description: 'Take back the queued edits of one event, or of one of its fields',
      options: [
        {
          type: ApplicationCommandOptionType.String,
          name: 'event',
          description: 'An event with queued edits',
          required: true,
          autocomplete: true,
        },
        {
          type: ApplicationCommandOptionType.String,
          name: 'field',
          description: 'Only this field (default: all of the event)',
          choices: FIELD_NAMES.map((field) => ({ name: FIELDS[field].label, value: field })),
        },
      ],
      mayOpenModal: false,
      autocomplete: { event: queuedEventChoices },
      run: (app, caller, options) =>
        removeFromQueue(
          app,
          caller,
          textOption(options, 'event') ?? '',
          fieldNamed(textOption(options, 'field') ?? ''),
        ),
    },
    clear: {
      description: 'Discard the whole queue, after asking',
      mayOpenModal: false,
      run: askClear,
    },
    flush: {
      description: 'Preview what would be sent to PERSCOM; you confirm before anything is',
      mayOpenModal: false,
      run: previewQueue,
    },
  },
};
