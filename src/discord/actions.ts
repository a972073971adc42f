import type { App } from '../app/app.ts';
import { listCalendars } from '../app/find-events.ts';
import { openDraft, reopenForm } from '../app/open-form.ts';
import type { Caller } from '../app/ports.ts';
import { loadFlush, previewFlush, type Resolution, settleConflicts } from '../app/preview-flush.ts';
import { discardQueue, takeBackOne, viewQueue } from '../app/queue.ts';
import { sendFlush, sendRest } from '../app/send-flush.ts';
import { chooseCalendar, submitForm } from '../app/submit-form.ts';
import { askDiscardReply, boardReply, takenBackReply } from './board.ts';
import { calendarsReply, moreCalendars } from './calendar-picker.ts';
import { buttons, primary, viewQueueButton } from './components.ts';
import { type ActionName, type ArgumentsOf, chosenId, customId, parseArguments } from './custom-id.ts';
import { type ModalInput, openFormReply } from './form-modal.ts';
import { previewPage, previewReply } from './preview.ts';
import { type Delivery, type MessageReply, type Reply, sayText } from './reply.ts';
import { reportReply } from './report.ts';
import { chooseFormReply, submissionReply } from './submission.ts';
import { count } from './text.ts';
import {
  describeChooseError,
  describeDiscardError,
  describePreviewError,
  describeSendError,
  describeSubmitError,
  OTHER_VERSION,
} from './words.ts';

/** What came with a click or a submission: the chosen values of a select, the inputs of a modal. */
export type Input = { readonly values: readonly string[]; readonly modal: ModalInput };

/** What a button, a select or a modal does. */
export type Action = {
  readonly delivery: Delivery;
  /** Null if `args` are not of this action. */
  run(app: App, caller: Caller, args: readonly string[], input: Input): Promise<Reply> | null;
};

type Run<Name extends ActionName, Answer extends Reply> = (
  app: App,
  caller: Caller,
  args: ArgumentsOf<Name>,
  input: Input,
) => Promise<Answer>;

function parsing<Name extends ActionName>(name: Name, run: Run<Name, Reply>): Action['run'] {
  return (app, caller, args, input) => {
    const parsed = parseArguments(name, args);
    return parsed === null ? null : run(app, caller, parsed, input);
  };
}

/** An action that answers with a message. */
const on = <Name extends ActionName>(
  name: Name,
  delivery: 'message' | 'update',
  run: Run<Name, MessageReply>,
): Action => ({ delivery, run: parsing(name, run) });

/** An action that may open a form. */
const opening = <Name extends ActionName>(name: Name, run: Run<Name, Reply>): Action => ({
  delivery: 'modal',
  run: parsing(name, run),
});

const submit: Run<'submit-form', MessageReply> = async (app, caller, [eventId, form, key], { modal }) => {
  const result = await submitForm(app, caller, { eventId, form, key, inputs: modal.inputs });
  const further = modal.wantsAnotherCalendar ? moreCalendars(eventId) : [];
  if (result.ok) return submissionReply(app, caller, result.value, further);
  const { error } = result;
  const fix = error.kind === 'form-forgotten' ? buttons(primary('Fix', customId('fix-draft', error.draftId))) : [];
  return sayText(describeSubmitError(error), fix);
};

const pickCalendar: Run<'choose-calendar', MessageReply> = async (app, caller, [eventId], { values }) => {
  const calendarId = chosenId(values);
  if (calendarId === null) return sayText(OTHER_VERSION);
  const result = await chooseCalendar(app, caller, eventId, calendarId);
  if (result.ok) return submissionReply(app, caller, result.value);
  return sayText(describeChooseError(result.error), moreCalendars(eventId));
};

const takeBack: Run<'take-back', MessageReply> = async (app, caller, [page], { values }) => {
  const editId = chosenId(values);
  if (editId === null) return sayText(OTHER_VERSION);
  const result = await takeBackOne(app, caller, editId);
  return result.ok ? boardReply(app, caller, await viewQueue(app, caller), page) : takenBackReply(result);
};

const discard: Run<'discard-queue', MessageReply> = async (app, caller, [revision]) => {
  const result = await discardQueue(app, caller, revision);
  if (result.ok) return sayText(`Discarded ${count(result.value, 'queued edit')}. Nothing in PERSCOM changed.`);
  return askDiscardReply(await viewQueue(app, caller), describeDiscardError(result.error));
};

const turnPreview: Run<'turn-preview', MessageReply> = async (app, caller, [flushId, page]) => {
  const flush = await loadFlush(app, caller, flushId);
  if (flush === null) return sayText(describeSendError({ kind: 'no-such-flush' }));
  if (flush.state === 'previewed') return previewPage(app, caller, flush, page);
  return sayText(describeSendError({ kind: 'taken', state: flush.state }), buttons(viewQueueButton));
};

const settle =
  (resolution: Resolution): Run<'keep-ours' | 'keep-theirs', MessageReply> =>
  async (app, caller, [flushId]) => {
    const preview = await settleConflicts(app, caller, flushId, resolution);
    if (preview.ok) return previewReply(app, caller, preview);
    const { error } = preview;
    if (error.kind === 'no-such-flush' || error.kind === 'busy') return sayText(describeSendError(error));
    return sayText(describePreviewError(error));
  };

/** Every action of a button, a select or a modal. */
export const actions: { readonly [Name in ActionName]: Action } = {
  'open-form': opening('open-form', async (app, caller, [eventId, form]) =>
    openFormReply(app, caller, await reopenForm(app, caller, eventId, form)),
  ),
  'fix-draft': opening('fix-draft', async (app, caller, [draftId]) =>
    openFormReply(app, caller, await openDraft(app, caller, draftId)),
  ),
  'choose-form': on('choose-form', 'message', async (_app, _caller, [eventId]) => chooseFormReply(eventId)),
  'submit-form': on('submit-form', 'message', submit),
  'list-calendars': on('list-calendars', 'update', async (app, caller, [eventId, page]) =>
    calendarsReply(await listCalendars(app, caller), eventId, page),
  ),
  'choose-calendar': on('choose-calendar', 'update', pickCalendar),
  'view-queue': on('view-queue', 'message', async (app, caller) =>
    boardReply(app, caller, await viewQueue(app, caller), 0),
  ),
  'turn-queue': on('turn-queue', 'update', async (app, caller, [page]) =>
    boardReply(app, caller, await viewQueue(app, caller), page),
  ),
  'take-back': on('take-back', 'update', takeBack),
  'ask-discard': on('ask-discard', 'message', async (app, caller) => askDiscardReply(await viewQueue(app, caller))),
  'discard-queue': on('discard-queue', 'update', discard),
  'preview-flush': on('preview-flush', 'message', async (app, caller) =>
    previewReply(app, caller, await previewFlush(app, caller)),
  ),
  'turn-preview': on('turn-preview', 'update', turnPreview),
  'send-flush': on('send-flush', 'update', async (app, caller, [flushId]) =>
    reportReply(app, caller, await sendFlush(app, caller, flushId)),
  ),
  'send-rest': on('send-rest', 'message', async (app, caller, [flushId]) =>
    reportReply(app, caller, await sendRest(app, caller, flushId)),
  ),
  'keep-ours': on('keep-ours', 'update', settle('ours')),
  'keep-theirs': on('keep-theirs', 'update', settle('theirs')),
  cancel: on('cancel', 'update', async () => sayText('Nothing was done by this.', buttons(viewQueueButton))),
};
