import { termsOf } from '../app/app.ts';
import { listCalendars } from '../app/find-events.ts';
import { openDraft, reopenForm } from '../app/open-form.ts';
import { replaceEdits } from '../app/replace-edits.ts';
import { chooseCalendar, submitForm } from '../app/submit-form.ts';
import { type Actions, on, opening, type Run } from './action.ts';
import { calendarsReply, moreCalendars } from './calendar-picker.ts';
import { buttons, primary } from './components.ts';
import { type ActionName, chosenForm, chosenId, chosenNumber, customId } from './custom-id.ts';
import { openFormReply } from './form-modal.ts';
import { type MessageReply, type Reply, sayText } from './reply.ts';
import { chooseFormReply, replacedReply, submissionReply } from './submission.ts';
import { typedReply } from './typed.ts';
import { describeChooseError, describeSubmitError, OTHER_VERSION } from './words.ts';

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

const fixEdit: Run<'fix-edit', Reply> = async (app, caller, _args, { values }) => {
  const chosen = chosenForm(values);
  if (chosen === null) return sayText(OTHER_VERSION);
  return openFormReply(app, caller, await reopenForm(app, caller, chosen.eventId, chosen.form));
};

/** What the buttons, selects and modals of forms do. */
export const formActions = {
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
  'fix-edit': opening('fix-edit', fixEdit),
} as const satisfies Partial<Actions<ActionName>>;
