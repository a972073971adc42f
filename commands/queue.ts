import { viewHistory } from '../src/app/history.ts';
import { previewFlush } from '../src/app/preview-flush.ts';
import { takeBack, viewQueue } from '../src/app/queue.ts';
import { undoFlush } from '../src/app/undo-flush.ts';
import { askDiscardReply, boardReply, takenBackReply } from '../src/discord/board.ts';
import { appliedFlushChoices, queuedEventChoices } from '../src/discord/choices.ts';
import { type Command, stringOption, textOption } from '../src/discord/command.ts';
import { historyReply } from '../src/discord/flushes/history.ts';
import { previewReply } from '../src/discord/flushes/preview.ts';
import { undoReply } from '../src/discord/flushes/undo.ts';
import { FIELD_NAMES, FIELDS, fieldNamed } from '../src/domain/field.ts';

/** `/queue`: what waits for the next flush, and the flush. */
export const queue: Command = {
  name: 'queue',
  description: 'Look at, take back or send the queued edits',
  subcommands: {
    view: {
      description: 'Show what is queued, by whom and since when',
      delivery: 'message',
      run: async (app, caller) => boardReply(app, caller, await viewQueue(app, caller), 0),
    },
    remove: {
      description: 'Take back the queued edits of one event, or of one of its fields',
      options: [
        stringOption('event', 'An event with queued edits', { required: true, autocomplete: true }),
        stringOption('field', 'Only this field (default: all of the event)', {
          choices: FIELD_NAMES.map((field) => ({ name: FIELDS[field].label, value: field })),
        }),
      ],
      delivery: 'message',
      autocomplete: { event: queuedEventChoices },
      async run(app, caller, options) {
        const field = fieldNamed(textOption(options, 'field'));
        return takenBackReply(await takeBack(app, caller, textOption(options, 'event'), field));
      },
    },
    clear: {
      description: 'Discard the whole queue, after asking',
      delivery: 'message',
      run: async (app, caller) => askDiscardReply(await viewQueue(app, caller)),
    },
    flush: {
      description: 'Preview what would be sent to PERSCOM; you confirm before anything is',
      options: [stringOption('reason', 'Why, for the report and the history', { maxLength: 300 })],
      delivery: 'message',
      async run(app, caller, options) {
        const reason = textOption(options, 'reason').trim();
        return previewReply(app, caller, await previewFlush(app, caller, reason === '' ? null : reason));
      },
    },
    history: {
      description: 'Look up what was flushed, by whom, and what became of it',
      delivery: 'message',
      run: async (app, caller) => historyReply(app, caller, await viewHistory(app, caller, 0)),
    },
    undo: {
      description: 'Queue edits that put back what a flush changed; nothing is sent before a flush',
      options: [stringOption('flush', 'Which one (default: the latest that changed anything)', { autocomplete: true })],
      delivery: 'message',
      autocomplete: { flush: appliedFlushChoices },
      async run(app, caller, options) {
        const flushId = textOption(options, 'flush').trim();
        return undoReply(app, caller, await undoFlush(app, caller, flushId === '' ? null : flushId));
      },
    },
  },
};
