import type { Terms } from '../app/connections.ts';
import type { Submission } from '../app/submit-form.ts';
import type { EventId } from '../domain/event.ts';
import { FIELDS, FORMS, type Form } from '../domain/field.ts';
import type { RefusedInput } from '../domain/form.ts';
import type { Staged } from '../domain/queue.ts';
import { assertNever } from '../domain/result.ts';
import { button, buttons, primary } from './components.ts';
import { IDS } from './custom-id.ts';
import { type Reply, type Row, say, sayText } from './reply.ts';
import { type Block, count, mention, paginate, plain } from './text.ts';
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
      return `• ${label}: ${showValue(field, wanted, terms)} is what PERSCOM had when the form was opened, so ${mention(staged.previous.userId)}’s edit was taken back`;
    case 'holds':
      return `• ${label}: PERSCOM had that value already when the form was opened, so nothing was queued`;
    default:
      return assertNever(staged);
  }
}

const refusedLine = ({ field, typed, error }: RefusedInput, { zone }: Terms): string =>
  `• **${FIELDS[field].label}** ${showTyped(typed)}: ${describeFieldError(field, error, zone)}`;

type Line = { readonly text: string };

function blocksOf({ staged, refused, eventName }: Submission, terms: Terms): readonly Block<Line>[] {
  const isEmpty = staged.length === 0 && refused.length === 0;
  const done = isEmpty
    ? [{ text: 'You changed nothing, so nothing was queued.' }]
    : staged.map((one) => ({ text: stagedLine(one, terms) }));
  return [
    { heading: `**${plain(eventName)}**`, items: done },
    {
      heading: `**Not queued** (${plain(eventName)})`,
      items: refused.map((one) => ({ text: refusedLine(one, terms) })),
    },
  ];
}

const isNew = ({ kind }: Staged): boolean => kind === 'queued' || kind === 'replaced';

function titleOf({ staged, refused }: Submission): string {
  const queued = staged.filter(isNew).length;
  if (refused.length === 0) return queued === 0 ? 'Nothing new to queue' : `Queued: ${count(queued, 'edit')}`;
  return `${count(queued, 'edit')} queued, ${refused.length} not`;
}

function nextSteps({ eventId, draftId, staged }: Submission): readonly Row[] {
  const more = [button('Edit another form', IDS.chooseForm.of(eventId)), button('View queue', IDS.viewQueue.of())];
  if (draftId !== null)
    return buttons(primary('Fix', IDS.fixDraft.of(draftId)), ...more, button('Flush', IDS.previewFlush.of()));
  return buttons(...more, (staged.length > 0 ? primary : button)('Flush', IDS.previewFlush.of()));
}

/** The answer to a submitted form: what was queued, field by field, what was not and why, and how to go on. */
export function submissionReply(submission: Submission, terms: Terms, furtherRows: readonly Row[] = []): Reply {
  const pages = paginate(blocksOf(submission, terms), ({ text }) => text);
  const embeds = pages.map(({ text }, index) => ({
    ...(index === 0 ? { title: titleOf(submission) } : {}),
    description: text,
  }));
  return say({ embeds, components: [...furtherRows, ...nextSteps(submission)] });
}

const FORM_NAMES: readonly Form[] = ['schedule', 'details', 'text', 'alerts'];

/** Offers the four forms of an event. */
export const chooseFormReply = (eventId: EventId): Reply =>
  sayText('Which form?', buttons(...FORM_NAMES.map((form) => button(FORMS[form], IDS.openForm.of(eventId, form)))));
