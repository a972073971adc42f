import type { App } from '../app/app.ts';
import { termsOf } from '../app/connections.ts';
import { loadFlush, type Resolution, resolveConflicts, sendFlush, sendRest } from '../app/flush-queue.ts';
import { openDraft, reopenForm } from '../app/open-form.ts';
import { chooseCalendar, submitForm } from '../app/submit-form.ts';
import { clearQueue, removeEdit } from '../app/view-queue.ts';
import { calendarsReply, moreCalendars } from './calendar-picker.ts';
import type { Caller } from './command.ts';
import { button, buttons, primary } from './components.ts';
import { chosenCalendar, chosenEdit, IDS, type IdCodec } from './custom-id.ts';
import { flushReply } from './flush-replies.ts';
import type { ModalInput } from './form-modal.ts';
import { openFormReply } from './open-form-reply.ts';
import { previewPage, previewReply } from './preview.ts';
import { askClear, previewQueue, showQueue } from './queue-replies.ts';
import { type Reply, sayText } from './reply.ts';
import { chooseFormReply, submissionReply } from './submission.ts';
import { count } from './text.ts';
import {
  describeOpenError,
  describePreviewError,
  describeSendError,
  describeSubmitError,
  OUTDATED_BUTTON,
} from './words.ts';

/** What came with a click or a submission: the chosen values of a select, the inputs of a modal. */
export type Input = { readonly values: readonly string[]; readonly modal: ModalInput };

/**
 * How the answer reaches its reader: `message` is a new private one, `update` replaces the message that was clicked,
 * `modal` may be a form, which has to be the first answer and is never deferred.
 */
export type Answers = 'message' | 'update' | 'modal';

/** What a button, a select or a modal does. */
export type Action = {
  readonly answers: Answers;
  /** Null if `args` are not of this action. */
  run(app: App, caller: Caller, args: readonly string[], input: Input): Promise<Reply> | null;
};

type Run<Args> = (app: App, caller: Caller, args: Args, input: Input) => Promise<Reply>;

function on<Args extends readonly (string | number)[]>(
  id: IdCodec<Args>,
  answers: Answers,
  run: Run<Args>,
): readonly [string, Action] {
  const parseAndRun: Action['run'] = (app, caller, args, input) => {
    const parsed = id.parse(args);
    return parsed === null ? null : run(app, caller, parsed, input);
  };
  return [id.action, { answers, run: parseAndRun }];
}

const terms = (app: App, { guildId }: Caller) => termsOf(app.connections, guildId);

const viewQueueButton = () => buttons(button('View queue', IDS.viewQueue.of()));

const submit: Run<readonly [number, 'schedule' | 'details' | 'text' | 'alerts', string]> = async (
  app,
  caller,
  [eventId, form, key],
  { modal },
) => {
  const submitted = { eventId, form, key, typed: modal.typed };
  const result = await submitForm(app, caller.guildId, caller.userId, submitted);
  const further = modal.wantsAnotherCalendar ? moreCalendars(eventId) : [];
  if (result.ok) return submissionReply(result.value, terms(app, caller), further);
  const { error } = result;
  const fix = error.kind === 'form-forgotten' ? buttons(primary('Fix', IDS.fixDraft.of(error.draftId))) : [];
  return sayText(describeSubmitError(error), fix);
};

const pickCalendar: Run<readonly [number]> = async (app, caller, [eventId], { values }) => {
  const calendarId = chosenCalendar.safeParse(values[0]);
  if (!calendarId.success) return sayText(OUTDATED_BUTTON);
  const result = await chooseCalendar(app, caller.guildId, caller.userId, eventId, calendarId.data);
  return result.ok ? submissionReply(result.value, terms(app, caller)) : sayText(describeOpenError(result.error));
};

const takeBack: Run<readonly [number]> = async (app, caller, [page], { values }) => {
  const editId = chosenEdit.safeParse(values[0]);
  if (editId.success) await removeEdit(app, caller.guildId, editId.data);
  return showQueue(app, caller, page);
};

const discard: Run<readonly [number]> = async (app, caller, [revision]) => {
  const removed = await clearQueue(app, caller.guildId, revision);
  if (removed === null) {
    const asked = await askClear(app, caller);
    return asked.kind === 'message'
      ? sayText(
          `The queue changed meanwhile, so nothing was discarded. ${asked.message.content}`,
          asked.message.components,
        )
      : asked;
  }
  return sayText(`Discarded ${count(removed, 'queued edit')}. Nothing in PERSCOM changed.`);
};

const turnPreview: Run<readonly [string, number]> = async (app, caller, [flushId, page]) => {
  const flush = await loadFlush(app, caller.guildId, flushId);
  if (flush === null) return sayText(describeSendError({ kind: 'no-such-flush' }));
  if (flush.state !== 'previewed') return sayText(describeSendError({ kind: 'taken' }), viewQueueButton());
  return previewPage(flush, page, terms(app, caller));
};

const settleConflicts =
  (resolution: Resolution): Run<readonly [string]> =>
  async (app, caller, [flushId]) => {
    const preview = await resolveConflicts(app, caller.guildId, caller.userId, flushId, resolution);
    if (preview.ok) return previewReply(preview.value, terms(app, caller));
    const { error } = preview;
    return sayText(error.kind === 'no-such-flush' ? describeSendError(error) : describePreviewError(error));
  };

/** Every action of a button, a select or a modal, by the name in its custom id. */
export const actions: ReadonlyMap<string, Action> = new Map([
  on(IDS.openForm, 'modal', async (app, caller, [eventId, form]) =>
    openFormReply(await reopenForm(app, caller.guildId, eventId, form), terms(app, caller)),
  ),
  on(IDS.fixDraft, 'modal', async (app, caller, [draftId]) =>
    openFormReply(await openDraft(app, caller.guildId, caller.userId, draftId), terms(app, caller)),
  ),
  on(IDS.chooseForm, 'message', async (_app, _caller, [eventId]) => chooseFormReply(eventId)),
  on(IDS.submitForm, 'message', submit),
  on(IDS.listCalendars, 'update', (app, caller, [eventId, page]) => calendarsReply(app, caller, eventId, page)),
  on(IDS.chooseCalendar, 'update', pickCalendar),
  on(IDS.viewQueue, 'message', (app, caller) => showQueue(app, caller, 0)),
  on(IDS.turnQueue, 'update', (app, caller, [page]) => showQueue(app, caller, page)),
  on(IDS.removeEdit, 'update', takeBack),
  on(IDS.askClear, 'message', (app, caller) => askClear(app, caller)),
  on(IDS.clearQueue, 'update', discard),
  on(IDS.previewFlush, 'message', (app, caller) => previewQueue(app, caller)),
  on(IDS.turnPreview, 'update', turnPreview),
  on(IDS.sendFlush, 'update', async (app, caller, [flushId]) =>
    flushReply(app, caller, await sendFlush(app, caller.guildId, caller.userId, flushId)),
  ),
  on(IDS.sendRest, 'message', async (app, caller, [flushId]) =>
    flushReply(app, caller, await sendRest(app, caller.guildId, caller.userId, flushId)),
  ),
  on(IDS.keepOurs, 'update', settleConflicts('ours')),
  on(IDS.keepTheirs, 'update', settleConflicts('theirs')),
  on(IDS.cancel, 'update', async () =>
    sayText('Nothing was done. What was queued is still queued.', viewQueueButton()),
  ),
]);
