import type { EventId } from '../../domain/event.ts';
import { FIELDS, FORMS, type Form } from '../../domain/field.ts';
import type { Edit } from '../../domain/queue.ts';
import { select } from '../components.ts';
import { customId, formOption } from '../custom-id.ts';
import type { Row } from '../reply.ts';

type Fixable = { readonly eventId: EventId; readonly eventName: string; readonly form: Form };

/** A select that opens the form of a refused edit, with the queued value in it; none where nothing was refused. */
export function fixSelect(edits: readonly Edit[]): readonly Row[] {
  const forms = new Map<string, Fixable>();
  for (const { eventId, eventName, field } of edits) {
    const { form } = FIELDS[field];
    forms.set(formOption(eventId, form), { eventId, eventName, form });
  }
  const options = [...forms].map(([value, { form, eventName }]) => ({ label: `${FORMS[form]}: ${eventName}`, value }));
  return select(customId('fix-edit'), 'Fix what was not applied…', options);
}
