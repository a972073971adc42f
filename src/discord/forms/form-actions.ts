import { termsOf, zoneOf } from '../../app/app.ts';
import { chooseValue } from '../../app/choose-value.ts';
import { listCalendars } from '../../app/find-events.ts';
import { openDraft, reopenForm } from '../../app/open-form.ts';
import { pickTime } from '../../app/pick-time.ts';
import { replaceEdits } from '../../app/replace-edits.ts';
import { submitForm } from '../../app/submit-form.ts';
import { toInstant } from '../../domain/times/time.ts';
import { type Actions, on, opening, type Run } from '../action.ts';
import { buttons, primary } from '../components.ts';
import { type ActionName, chosenForm, chosenId, chosenNumber, customId } from '../custom-id.ts';
import { type MessageReply, type Reply, sayText } from '../reply.ts';
import { describeChooseError, describePickError, describeSubmitError, OTHER_VERSION } from '../words.ts';
import { calendarsReply, moreCalendars } from './calendar-picker.ts';
import { openFormReply } from './form-modal.ts';
import { chooseFormReply, replacedReply, submissionReply } from './submission.ts';
import { typedReply } from './typed.ts';

const submit: Run<'submit-form', MessageReply> = async (app, caller, [eventId, form, key], { modal }) => {
  const { inputs, texts } = modal;
  const result = await submitForm(app, caller, { eventId, form, key, inputs, texts });
  const further = modal.wantsAnotherCalendar ? moreCalendars(eventId) : [];
  if (result.ok) return submissionReply(app, caller, result.value, further);
  const { error } = result;
  const sentence = describeSubmitError(error);
  if (error.kind === 'not-connected') return typedReply(sentence, modal, termsOf(app, caller));
  const fix = error.draftId === null ? [] : buttons(primary('Fix', customId('fix-draft', error.draftId)));
  if (error.kind === 'broken') return typedReply(sentence, modal, termsOf(app, caller), fix);
  const open = primary('Open form', customId('open-form', eventId, form));
  return sayText(sentence, error.draftId === null ? buttons(open) : fix);
};

const reopenDraft: Run<'open-draft', Reply> = async (app, caller, _args, { values }) => {
  const draftId = chosenId(values);
  if (draftId === null) return sayText(OTHER_VERSION);
  return openFormReply(app, caller, await openDraft(app, caller, draftId));
};

const pickCalendar: Run<'choose-calendar', MessageReply> = async (app, caller, [eventId], { values }) => {
  const calendarId = chosenNumber(values);
  if (calendarId === null) return sayText(OTHER_VERSION);
  const result = await chooseValue(app, caller, eventId, { field: 'calendar_id', wanted: calendarId });
  if (result.ok) return submissionReply(app, caller, result.value);
  return sayText(describeChooseError(result.error, zoneOf(app, caller.guildId)), moreCalendars(eventId));
};

const pick: Run<'pick-time', MessageReply> = async (app, caller, [draftId, field, seconds, order]) => {
  const picked = { field, instant: toInstant(seconds * 1000) };
  const result = await pickTime(app, caller, draftId, picked, order === 'none' ? null : order);
  if (result.ok) return submissionReply(app, caller, result.value);
  const { error } = result;
  const fix = 'draftId' in error ? buttons(primary('Fix', customId('fix-draft', error.draftId))) : [];
  return sayText(describePickError(error), fix);
};

const keepEnd: Run<'keep-end', MessageReply> = async (app, caller, [eventId, seconds]) => {
  const result = await chooseValue(app, caller, eventId, { field: 'ends', wanted: toInstant(seconds * 1000) });
  return result.ok
    ? submissionReply(app, caller, result.value)
    : sayText(describeChooseError(result.error, zoneOf(app, caller.guildId)));
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
  'pick-time': on('pick-time', 'message', pick),
  'keep-end': on('keep-end', 'message', keepEnd),
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
