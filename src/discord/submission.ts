import { type App, termsOf } from '../app/app.ts';
import type { Terms } from '../app/connections.ts';
import type { Caller } from '../app/ports.ts';
import type { Submission } from '../app/submit-form.ts';
import { FIELDS, FORM_NAMES, FORMS } from '../domain/field.ts';
import type { RefusedInput } from '../domain/form.ts';
import type { Staged } from '../domain/queue.ts';
import { assertNever } from '../domain/result.ts';
import { button, buttons, primary, viewQueueButton } from './components.ts';
import { customId } from './custom-id.ts';
import { type Block, paginate } from './pages.ts';
import { type MessageReply, type Row, say, sayText } from './reply.ts';
import { count, mention, plain } from './text.ts';
import { showChange, showTyped, showValue } from './values.ts';
import { describeFieldError } from './words.ts';

function stagedLine(staged: Staged, terms: Terms): string {
  const { field, base, wanted } = staged.edit;
  const label = `**${FIELDS[field].label}**`;
  switch (staged.kind) {
    case 'queued':
      return `• ${showChange(field, base, wanted, terms)}`;
    case 'replaced': {
      const { userId, wanted: before } = staged.previous;
      const whose = `replaces ${mention(userId)}’s edit to ${showValue(field, before, terms)}`;
      return `• ${showChange(field, base, wanted, terms)}\n  ↳ ${whose}`;
    }
    case 'already-queued':
      return `• ${label}: ${showValue(field, wanted, terms)} was queued already by ${mention(staged.previous.userId)}`;
    case 'withdrawn':
      return `• ${label}: ${showValue(field, wanted, terms)} is what PERSCOM has, so ${mention(staged.previous.userId)}’s edit was taken back`;
    case 'holds':
      return `• ${label}: PERSCOM has that value already, so nothing was queued`;
    default:
      return assertNever(staged);
  }
}

const refusedLine = ({ field, typed, error }: RefusedInput, { zone }: Terms): string =>
  `• **${FIELDS[field].label}** ${showTyped(typed)}: ${describeFieldError(field, error, zone)}`;

/** A heading and its lines: what was staged, then what was not. */
function blocksOf({ staged, refused, eventName }: Submission, terms: Terms): readonly Block<string>[] {
  const name = plain(eventName);
  const isEmpty = staged.length === 0 && refused.length === 0;
  const lines = isEmpty ? ['You changed nothing, so nothing was queued.'] : staged.map((one) => stagedLine(one, terms));
  return [
    { heading: `**${name}**`, items: lines },
    { heading: `**Not queued** (${name})`, items: refused.map((one) => refusedLine(one, terms)) },
  ];
}

const isNew = ({ kind }: Staged): boolean => kind === 'queued' || kind === 'replaced';

function titleOf({ staged, refused }: Submission): string {
  const queued = staged.filter(isNew).length;
  if (refused.length === 0) return queued === 0 ? 'Nothing new to queue' : `Queued: ${count(queued, 'edit')}`;
  return `${count(queued, 'edit')} queued, ${refused.length} not`;
}

function nextSteps({ eventId, draftId, staged }: Submission): readonly Row[] {
  const more = [button('Edit another form', customId('choose-form', eventId)), viewQueueButton];
  const flush = customId('preview-flush');
  if (draftId !== null) return buttons(primary('Fix', customId('fix-draft', draftId)), ...more, button('Flush', flush));
  return buttons(...more, staged.length > 0 ? primary('Flush', flush) : button('Flush', flush));
}

/** The answer to a submitted form: what was queued, field by field, what was not and why, and how to go on. */
export function submissionReply(
  app: App,
  caller: Caller,
  submission: Submission,
  furtherRows: readonly Row[] = [],
): MessageReply {
  const pages = paginate(blocksOf(submission, termsOf(app, caller)), (line) => line);
  const embeds = pages.map(({ text }, index) => ({
    ...(index === 0 ? { title: titleOf(submission) } : {}),
    description: text,
  }));
  return say({ embeds, components: [...furtherRows, ...nextSteps(submission)] });
}

/** Offers the four forms of an event. */
export const chooseFormReply = (eventId: number): MessageReply =>
  sayText(
    'Which form?',
    buttons(...FORM_NAMES.map((form) => button(FORMS[form], customId('open-form', eventId, form)))),
  );
