import { type App, termsOf } from '../../app/app.ts';
import type { Terms } from '../../app/connections.ts';
import type { Caller } from '../../app/ports.ts';
import type { ReplaceError } from '../../app/replace-edits.ts';
import type { Submission } from '../../app/take-form.ts';
import { FIELDS, type FieldValue, FORM_NAMES, FORMS } from '../../domain/field.ts';
import type { RefusedInput } from '../../domain/form.ts';
import {
  type Contested,
  contested,
  type Disordered,
  disordered,
  held,
  isQueued,
  type Staged,
  type WantedEdit,
} from '../../domain/queue.ts';
import { assertNever, type Result } from '../../domain/result.ts';
import { describeLength, toMillis, toSeconds } from '../../domain/times/time.ts';
import { meansSame } from '../../domain/value.ts';
import { warningLines } from '../check-words.ts';
import { button, buttons, danger, primary, viewQueueButton } from '../components.ts';
import { customId } from '../custom-id.ts';
import { describeRefusal } from '../flushes/verdict-words.ts';
import { type Block, paginate } from '../pages.ts';
import { type MessageReply, type Row, say, sayText } from '../reply.ts';
import { count, drawTime, linkTarget, mention, plain } from '../text.ts';
import { describeEcho, nameCandidate } from '../time-words.ts';
import { showApart, showChange, showTyped, showValue } from '../values.ts';
import { describeFieldError, describeReplaceError } from '../words.ts';

function contestedLine({ edit, previous }: Contested, terms: Terms): string {
  const { field, base, wanted } = edit;
  const show = showApart(field, [previous.wanted, wanted], terms);
  const theirs = `${mention(previous.userId)} queued ${show(previous.wanted)} ${drawTime(previous.stagedAt, 'R')}`;
  const mine = `you asked for ${show(wanted)}`;
  return `• **${FIELDS[field].label}**: ${theirs}; ${mine}${meansSame(base, wanted) ? ', which PERSCOM has' : ''}`;
}

function disorderedLine({ edit, previous }: Disordered, terms: Terms): string {
  const show = ({ field, wanted }: WantedEdit): string => showValue(field, wanted, terms);
  const queued = `${mention(previous.userId)} has queued ${FIELDS[previous.field].label} → ${show(previous)}`;
  return `• **${FIELDS[edit.field].label}** ${show(edit)}: ${queued} ${drawTime(previous.stagedAt, 'R')}, and the event would end before it starts`;
}

function stagedLine(staged: Staged, terms: Terms): string {
  const { field, base, wanted } = staged.edit;
  const label = `**${FIELDS[field].label}**`;
  switch (staged.kind) {
    case 'queued':
      return `• ${showChange(field, base, wanted, terms)}`;
    case 'replaced': {
      const { userId, wanted: before } = staged.previous;
      const whose = `replaces ${mention(userId)}’s edit to ${showApart(field, [base, wanted, before], terms)(before)}`;
      return `• ${showChange(field, base, wanted, terms)}\n  ↳ ${whose}`;
    }
    case 'already-queued':
      return `• ${label}: ${showValue(field, wanted, terms)} was queued already by ${mention(staged.previous.userId)}`;
    case 'withdrawn':
      return `• ${label}: ${showValue(field, wanted, terms)} is what PERSCOM has, so ${mention(staged.previous.userId)}’s edit was taken back`;
    case 'holds':
      return `• ${label}: PERSCOM has ${showValue(field, wanted, terms)} already, so nothing was queued`;
    case 'outdated':
      return `• ${label}: ${showValue(field, wanted, terms)} was asked for over what is no longer queued, so it is not`;
    case 'held':
      return `• ${label}: ${showValue(field, wanted, terms)} goes together with a time that was not queued, and waits with it`;
    case 'contested':
      return contestedLine(staged, terms);
    case 'out-of-order':
      return disorderedLine(staged, terms);
    default:
      return assertNever(staged);
  }
}

const refusedLine = ({ field, typed, error }: RefusedInput, terms: Terms): string =>
  `• **${FIELDS[field].label}** ${showTyped(field, typed, terms)}: ${describeFieldError(field, error, terms.zone)}`;

/** What PERSCOM did to the field when it was last sent, beneath an edit that asks for it again; else nothing. */
function knownLine(staged: Staged): string {
  const { kind, edit, known } = staged;
  if (known === undefined || kind === 'withdrawn' || kind === 'holds' || kind === 'out-of-order') return '';
  const target = linkTarget(edit.eventPage);
  const page = target === null ? 'the event’s page in PERSCOM' : `[the event’s page](${target})`;
  const advice = `It is queued all the same; if it is refused again, change it on ${page}.`;
  const what = `PERSCOM did not take this field ${drawTime(known.seenAt, 'R')}: ${describeRefusal(known.refusal)}.`;
  return `\n  ↳ ${what}${isQueued(staged) ? ` ${advice}` : ''}`;
}

/** How a typed time was understood, beneath its edit; else nothing. */
function echoLine({ edit }: Staged, { echoes }: Submission, { zone }: Terms): string {
  const echo = echoes.find(({ field }) => field === edit.field);
  return echo === undefined ? '' : `\n  ↳ ${describeEcho(echo, edit.base, edit.wanted, zone)}`;
}

const isLeftOut = ({ kind }: Staged): boolean => kind === 'contested' || kind === 'held' || kind === 'out-of-order';

/** The start that was queued; null if none was. */
const startIn = ({ staged }: Submission): FieldValue =>
  staged.find((one) => one.edit.field === 'starts' && !isLeftOut(one))?.edit.wanted ?? null;

const isNew = ({ kind }: Staged): boolean => kind === 'queued' || kind === 'replaced';

/** How long the event is with a new end, and whether that moved along with its start, beneath its edit; else nothing. */
function lengthLine(one: Staged, submission: Submission): string {
  const { field, wanted: end } = one.edit;
  const start = startIn(submission) ?? submission.starts;
  if (field !== 'ends' || !isNew(one) || typeof start !== 'string' || typeof end !== 'string') return '';
  const length = `the event is ${describeLength(toMillis(end) - toMillis(start))} long`;
  return `\n  ↳ ${submission.oldEnd === null ? length : `moves along with the start: ${length}`}`;
}

/** A heading and its lines: what was staged, then what was not. */
function blocksOf(submission: Submission, terms: Terms): readonly Block<string>[] {
  const { staged, refused, eventName } = submission;
  const name = plain(eventName);
  const line = (one: Staged): string =>
    `${stagedLine(one, terms)}${echoLine(one, submission, terms)}${lengthLine(one, submission)}${knownLine(one)}`;
  const isEmpty = staged.length === 0 && refused.length === 0;
  const lines = staged.filter((one) => !isLeftOut(one)).map(line);
  const waiting = held(staged).map(line);
  return [
    {
      heading: `**${name}**`,
      items: isEmpty
        ? ['You changed nothing, so nothing was queued.']
        : [...lines, ...warningLines(submission, terms.zone)],
    },
    {
      heading: `**Not queued: somebody else’s edit is** (${name})`,
      items: [...contested(staged).map(line), ...(contested(staged).length > 0 ? waiting : [])],
    },
    {
      heading: `**Not queued: it does not fit what is** (${name})`,
      items: [...disordered(staged).map(line), ...(contested(staged).length > 0 ? [] : waiting)],
    },
    { heading: `**Not queued** (${name})`, items: refused.map((one) => refusedLine(one, terms)) },
  ];
}

function titleOf({ staged, refused }: Submission): string {
  const queued = staged.filter(isNew).length;
  const others = refused.length + staged.filter(isLeftOut).length;
  if (others === 0) return queued === 0 ? 'Nothing new to queue' : `Queued: ${count(queued, 'edit')}`;
  return `${count(queued, 'edit')} queued, ${others} not`;
}

/** As many as two rows of buttons hold. */
const MAX_CANDIDATES = 10;

/** What the refused times may have meant, to be picked. */
function candidateRows({ draftId, refused }: Submission, nowMs: number, zone: string): readonly Row[] {
  if (draftId === null) return [];
  const picks = refused.flatMap(({ field, error }) => {
    const candidates = 'candidates' in error ? error.candidates : [];
    return candidates.map((candidate) => {
      const label = `${FIELDS[field].label}: ${nameCandidate(candidate, nowMs, zone)}`;
      const order = candidate.dateOrder ?? 'none';
      return button(label, customId('pick-time', draftId, field, toSeconds(candidate.instant), order));
    });
  });
  const shown = picks
    .filter(({ custom_id }, index) => picks.findIndex((other) => other.custom_id === custom_id) === index)
    .slice(0, MAX_CANDIDATES);
  return [...buttons(...shown.slice(0, MAX_CANDIDATES / 2)), ...buttons(...shown.slice(MAX_CANDIDATES / 2))];
}

/** Leaves an end that moved along with its start where it was, if that is after the start. */
function keepEndRow(submission: Submission): readonly Row[] {
  const { eventId, oldEnd, staged } = submission;
  const start = startIn(submission);
  const hasMoved = staged.some((one) => one.edit.field === 'ends' && isNew(one));
  if (oldEnd === null || !hasMoved || typeof start !== 'string' || oldEnd <= start) return [];
  return buttons(button('Keep the old end', customId('keep-end', eventId, toSeconds(oldEnd))));
}

/** Opens the form with what was refused, if that was typed; files have to be uploaded again. */
function fixButton({ eventId, draftId, refused: [first] }: Submission) {
  if (draftId !== null) return primary('Fix', customId('fix-draft', draftId));
  return first === undefined ? null : primary('Fix', customId('open-form', eventId, FIELDS[first.field].form));
}

function nextSteps(submission: Submission): readonly Row[] {
  const { eventId, contestId, staged } = submission;
  const replace = contestId === null ? [] : [danger('Replace', customId('replace-edits', contestId))];
  const more = [...replace, button('Edit another form', customId('choose-form', eventId)), viewQueueButton];
  const flush = customId('preview-flush');
  const fix = fixButton(submission);
  if (fix !== null) return buttons(fix, ...more, button('Flush', flush));
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
  const terms = termsOf(app, caller);
  const pages = paginate(blocksOf(submission, terms), (line) => line);
  const texts = firstFitting(pages.map(({ text }) => text));
  const embeds = texts.map((text, index) => ({
    ...(index === 0 ? { title: titleOf(submission) } : {}),
    description: text,
    ...(index === texts.length - 1 && texts.length < pages.length ? { footer: { text: MORE } } : {}),
  }));
  const content = submission.contestId === null ? '' : QUESTION;
  const picks = candidateRows(submission, app.clock.now(), terms.zone);
  const components = [...furtherRows, ...picks, ...keepEndRow(submission), ...nextSteps(submission)];
  return say({ content, embeds, components });
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
