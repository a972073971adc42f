import { type App, termsOf } from '../app/app.ts';
import { listCalendars } from '../app/find-events.ts';
import { halveFlush } from '../app/halve-flush.ts';
import { openFlush, viewHistory } from '../app/history.ts';
import { openDraft, reopenForm } from '../app/open-form.ts';
import type { Caller } from '../app/ports.ts';
import { loadFlush, previewFlush, type Resolution, resolveChanges } from '../app/preview-flush.ts';
import { discardQueue, takeBackOne, viewQueue } from '../app/queue.ts';
import { replaceEdits } from '../app/replace-edits.ts';
import { sendFlush, sendRest } from '../app/send-flush.ts';
import { hurryUp } from '../app/settle-flush.ts';
import { chooseCalendar, submitForm } from '../app/submit-form.ts';
import { undoFlush, viewUndo } from '../app/undo-flush.ts';
import { leaveWaiting, stopWaiting } from '../app/wait-for-perscom.ts';
import { askDiscardReply, boardReply, takenBackReply } from './board.ts';
import { calendarsReply, moreCalendars } from './calendar-picker.ts';
import { buttons, primary, viewQueueButton } from './components.ts';
import {
  type ActionName,
  type ArgumentsOf,
  chosenForm,
  chosenId,
  chosenNumber,
  customId,
  parseArguments,
} from './custom-id.ts';
import { type ModalInput, openFormReply } from './form-modal.ts';
import { flushReply, historyReply } from './history.ts';
import { leftWaitingReply } from './open-flush.ts';
import { conflictReply, previewPage, previewReply } from './preview.ts';
import { type Delivery, type MessageReply, type Reply, sayText } from './reply.ts';
import { reportReply } from './report.ts';
import { chooseFormReply, replacedReply, submissionReply } from './submission.ts';
import { count } from './text.ts';
import { typedReply } from './typed.ts';
import { undoPageReply, undoReply } from './undo.ts';
import {
  describeChooseError,
  describeDiscardError,
  describeHurried,
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
  const sentence = describeSubmitError(error);
  if (error.kind === 'not-connected') return typedReply(sentence, modal, termsOf(app, caller));
  const fix = error.draftId === null ? [] : buttons(primary('Fix', customId('fix-draft', error.draftId)));
  return error.kind === 'broken' ? typedReply(sentence, modal, termsOf(app, caller), fix) : sayText(sentence, fix);
};

const reopenDraft: Run<'open-draft', Reply> = async (app, caller, _args, { values }) => {
  const draftId = chosenId(values);
  if (draftId === null) return sayText(OTHER_VERSION);
  return openFormReply(app, caller, await openDraft(app, caller, draftId));
};

const pickCalendar: Run<'choose-calendar', MessageReply> = async (app, caller, [eventId], { values }) => {
  const calendarId = chosenNumber(values);
  if (calendarId === null) return sayText(OTHER_VERSION);
  const result = await chooseCalendar(app, caller, eventId, calendarId);
  if (result.ok) return submissionReply(app, caller, result.value);
  return sayText(describeChooseError(result.error), moreCalendars(eventId));
};

const takeBack: Run<'take-back', MessageReply> = async (app, caller, [page], { values }) => {
  const editId = chosenNumber(values);
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

async function resolve(
  app: App,
  caller: Caller,
  flushId: string,
  how: Parameters<typeof resolveChanges>[3],
): Promise<MessageReply> {
  const preview = await resolveChanges(app, caller, flushId, how);
  if (preview.ok) return previewReply(app, caller, preview);
  const { error } = preview;
  if (error.kind === 'no-such-flush' || error.kind === 'busy') return sayText(describeSendError(error));
  return previewReply(app, caller, { ok: false, error });
}

const resolveConflicts =
  (resolution: Resolution): Run<'keep-ours' | 'keep-theirs', MessageReply> =>
  (app, caller, [flushId, editId]) =>
    resolve(app, caller, flushId, { state: 'conflict', editId: editId === 0 ? null : editId, resolution });

const chooseConflict: Run<'choose-conflict', MessageReply> = async (app, caller, [flushId], { values }) => {
  const flush = await loadFlush(app, caller, flushId);
  if (flush === null) return sayText(describeSendError({ kind: 'no-such-flush' }));
  return conflictReply(app, caller, flush, chosenNumber(values) ?? 0);
};

const fixEdit: Run<'fix-edit', Reply> = async (app, caller, _args, { values }) => {
  const chosen = chosenForm(values);
  if (chosen === null) return sayText(OTHER_VERSION);
  return openFormReply(app, caller, await reopenForm(app, caller, chosen.eventId, chosen.form));
};

const stopWait: Run<'stop-waiting', MessageReply> = async (app, caller, [flushId]) => {
  const hasStopped = await stopWaiting(app, caller, flushId);
  const text = hasStopped
    ? 'That flush no longer waits and will not be sent. The queue is as it was.'
    : 'That flush does not wait any more: it was sent or stopped before. Nothing was changed.';
  return sayText(text, buttons(viewQueueButton));
};

const showFlush: Run<'show-flush', MessageReply> = async (app, caller, [listPage], { values }) => {
  const flushId = chosenId(values);
  if (flushId === null) return sayText(OTHER_VERSION);
  return flushReply(app, caller, await openFlush(app, caller, flushId), 0, listPage);
};

/** Every action of a button, a select or a modal. */
export const actions: { readonly [Name in ActionName]: Action } = {
  'open-form': opening('open-form', async (app, caller, [eventId, form]) =>
    openFormReply(app, caller, await reopenForm(app, caller, eventId, form)),
  ),
  'fix-draft': opening('fix-draft', async (app, caller, [draftId]) =>
    openFormReply(app, caller, await openDraft(app, caller, draftId)),
  ),
  'open-draft': opening('open-draft', reopenDraft),
  'replace-edits': on('replace-edits', 'message', async (app, caller, [contestId]) =>
    replacedReply(app, caller, await replaceEdits(app, caller, contestId)),
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
  'halve-flush': on('halve-flush', 'message', async (app, caller, [flushId]) =>
    reportReply(app, caller, await halveFlush(app, caller, flushId)),
  ),
  'choose-conflict': on('choose-conflict', 'update', chooseConflict),
  'keep-ours': on('keep-ours', 'update', resolveConflicts('ours')),
  'keep-theirs': on('keep-theirs', 'update', resolveConflicts('drop')),
  'drop-gone': on('drop-gone', 'update', (app, caller, [flushId]) =>
    resolve(app, caller, flushId, { state: 'gone', editId: null, resolution: 'drop' }),
  ),
  'fix-edit': opening('fix-edit', fixEdit),
  'settle-flush': on('settle-flush', 'message', async (app, caller) =>
    sayText(describeHurried(await hurryUp(app, caller)), buttons(viewQueueButton)),
  ),
  'leave-waiting': on('leave-waiting', 'message', async (app, caller, [revision]) =>
    leftWaitingReply(await leaveWaiting(app, caller, revision)),
  ),
  'stop-waiting': on('stop-waiting', 'message', stopWait),
  'turn-history': on('turn-history', 'update', async (app, caller, [page]) =>
    historyReply(app, caller, await viewHistory(app, caller, page)),
  ),
  'show-flush': on('show-flush', 'update', showFlush),
  'turn-flush': on('turn-flush', 'update', async (app, caller, [flushId, page, listPage]) =>
    flushReply(app, caller, await openFlush(app, caller, flushId), page, listPage),
  ),
  'undo-flush': on('undo-flush', 'message', async (app, caller, [flushId]) =>
    undoReply(app, caller, await undoFlush(app, caller, flushId)),
  ),
  'turn-undo': on('turn-undo', 'update', async (app, caller, [flushId, page]) =>
    undoPageReply(app, caller, await viewUndo(app, caller, flushId), page),
  ),
  cancel: on('cancel', 'update', async () => sayText('Nothing was done by this.', buttons(viewQueueButton))),
};
