import { type App, termsOf } from '../app/app.ts';
import type { Terms } from '../app/connections.ts';
import type { Caller } from '../app/ports.ts';
import type { ReplaceError } from '../app/replace-edits.ts';
import type { Submission } from '../app/submit-form.ts';
import { FIELDS, FORM_NAMES, FORMS } from '../domain/field.ts';
import type { RefusedInput } from '../domain/form.ts';
import { type Contested, contested, type Staged } from '../domain/queue.ts';
import { assertNever, type Result } from '../domain/result.ts';
import { meansSame } from '../domain/value.ts';
import { button, buttons, danger, primary, viewQueueButton } from './components.ts';
import { customId } from './custom-id.ts';
import { type Block, paginate } from './pages.ts';
import { type MessageReply, type Row, say, sayText } from './reply.ts';
import { count, drawTime, linkTarget, mention, plain } from './text.ts';
import { showChange, showTyped, showValue } from './values.ts';
import { describeRefusal } from './verdict-words.ts';
import { describeFieldError, describeReplaceError } from './words.ts';

function contestedLine({ edit, previous }: Contested, terms: Terms): string {
  const { field, base, wanted } = edit;
  const theirs = `${mention(previous.userId)} queued ${showValue(field, previous.wanted, terms)} ${drawTime(previous.stagedAt, 'R')}`;
  const mine = `you asked for ${showValue(field, wanted, terms)}`;
  return `• **${FIELDS[field].label}**: ${theirs}; ${mine}${meansSame(base, wanted) ? ', which PERSCOM has' : ''}`;
}

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
    case 'contested':
      return contestedLine(staged, terms);
    default:
      return assertNever(staged);
  }
}

const refusedLine = ({ field, typed, error }: RefusedInput, { zone }: Terms): string =>
  `• **${FIELDS[field].label}** ${showTyped(typed)}: ${describeFieldError(field, error, zone)}`;

/** What PERSCOM did to the field when it was last sent, beneath an edit that asks for it again; else nothing. */
function knownLine({ kind, edit, known }: Staged): string {
  if (known === undefined || kind === 'withdrawn' || kind === 'holds') return '';
  const target = linkTarget(edit.eventPage);
  const page = target === null ? 'the event’s page in PERSCOM' : `[the event’s page](${target})`;
  const advice = `It is queued all the same; if it is refused again, change it on ${page}.`;
  const what = `PERSCOM did not take this field ${drawTime(known.seenAt, 'R')}: ${describeRefusal(known.refusal)}.`;
  return `\n  ↳ ${what}${kind === 'contested' ? '' : ` ${advice}`}`;
}

/** A heading and its lines: what was staged, then what was not. */
function blocksOf({ staged, refused, eventName }: Submission, terms: Terms): readonly Block<string>[] {
  const name = plain(eventName);
  const line = (one: Staged): string => `${stagedLine(one, terms)}${knownLine(one)}`;
  const isEmpty = staged.length === 0 && refused.length === 0;
  const lines = staged.filter(({ kind }) => kind !== 'contested').map(line);
  return [
    { heading: `**${name}**`, items: isEmpty ? ['You changed nothing, so nothing was queued.'] : lines },
    { heading: `**Not queued: somebody else’s edit is** (${name})`, items: contested(staged).map(line) },
    { heading: `**Not queued** (${name})`, items: refused.map((one) => refusedLine(one, terms)) },
  ];
}

const isNew = ({ kind }: Staged): boolean => kind === 'queued' || kind === 'replaced';

function titleOf({ staged, refused }: Submission): string {
  const queued = staged.filter(isNew).length;
  const others = refused.length + contested(staged).length;
  if (others === 0) return queued === 0 ? 'Nothing new to queue' : `Queued: ${count(queued, 'edit')}`;
  return `${count(queued, 'edit')} queued, ${others} not`;
}

function nextSteps({ eventId, draftId, contestId, staged }: Submission): readonly Row[] {
  const replace = contestId === null ? [] : [danger('Replace', customId('replace-edits', contestId))];
  const more = [...replace, button('Edit another form', customId('choose-form', eventId)), viewQueueButton];
  const flush = customId('preview-flush');
  if (draftId !== null) return buttons(primary('Fix', customId('fix-draft', draftId)), ...more, button('Flush', flush));
  const isFlushNext = staged.length > 0 && contestId === null;
  return buttons(...more, isFlushNext ? primary('Flush', flush) : button('Flush', flush));
}

/** All embeds of a message hold 6,000 units (Discord docs, Embed Limits); some are the title's and the footer's. */
const MAX_TEXT = 5_700;
const MORE = 'There is more than fits here. View queue shows all that is queued, Fix what is not.';

/** The first of `texts`, as many as one message holds. */
function firstFitting(texts: readonly string[]): readonly string[] {
  const ends = texts.map((_, index) => texts.slice(0, index + 1).join('').length);
  return texts.filter((_, index) => (ends[index] ?? 0) <= MAX_TEXT);
}

const QUESTION =
  'Another moderator’s edit is as it was. *Replace* puts yours in its place; otherwise there is nothing to do.';

/** The answer to a submitted form: what was queued, field by field, what was not and why, and how to go on. */
export function submissionReply(
  app: App,
  caller: Caller,
  submission: Submission,
  furtherRows: readonly Row[] = [],
): MessageReply {
  const pages = paginate(blocksOf(submission, termsOf(app, caller)), (line) => line);
  const texts = firstFitting(pages.map(({ text }) => text));
  const embeds = texts.map((text, index) => ({
    ...(index === 0 ? { title: titleOf(submission) } : {}),
    description: text,
    ...(index === texts.length - 1 && texts.length < pages.length ? { footer: { text: MORE } } : {}),
  }));
  const content = submission.contestId === null ? '' : QUESTION;
  return say({ content, embeds, components: [...furtherRows, ...nextSteps(submission)] });
}

/** The answer to *Replace*: what was put in the place of what, and whose edit has come in the way since. */
export const replacedReply = (app: App, caller: Caller, replaced: Result<Submission, ReplaceError>): MessageReply =>
  replaced.ok ? submissionReply(app, caller, replaced.value) : sayText(describeReplaceError(replaced.error));

/** Offers the four forms of an event. */
export const chooseFormReply = (eventId: number): MessageReply =>
  sayText(
    'Which form?',
    buttons(...FORM_NAMES.map((form) => button(FORMS[form], customId('open-form', eventId, form)))),
  );
