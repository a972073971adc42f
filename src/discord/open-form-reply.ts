import type { Terms } from '../app/connections.ts';
import type { OpenError, OpenForm } from '../app/open-form.ts';
import type { Result } from '../domain/result.ts';
import { buttons, primary } from './components.ts';
import { IDS } from './custom-id.ts';
import { buildFormModal } from './form-modal.ts';
import { type Reply, sayText } from './reply.ts';
import { describeOpenError } from './words.ts';

/** The modal of a form; or why there is none, with a button that opens it once PERSCOM has answered. */
export function openFormReply(form: Result<OpenForm, OpenError>, terms: Terms): Reply {
  if (form.ok) return { kind: 'modal', modal: buildFormModal(form.value, terms) };
  const { error } = form;
  const retry = error.kind === 'slow-form' ? primary('Open form', IDS.openForm.of(error.eventId, error.form)) : null;
  return sayText(describeOpenError(error), retry === null ? [] : buttons(retry));
}
