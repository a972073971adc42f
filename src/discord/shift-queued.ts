import type { QueueShiftError } from '../app/queue-shift.ts';
import type { ReplaceError } from '../app/replace-edits.ts';
import type { Staging } from '../app/stage-edits.ts';
import { eventIdsOf } from '../domain/change.ts';
import { FIELDS } from '../domain/field.ts';
import { type Contested, contested, disordered, isQueued, type Staged } from '../domain/queue.ts';
import type { Result } from '../domain/result.ts';
import { button, buttons, danger, primary, viewQueueButton } from './components.ts';
import { customId } from './custom-id.ts';
import { type MessageReply, say, sayText } from './reply.ts';
import { describeQueueShiftError } from './shift-words.ts';
import { count, drawTime, mention, plain } from './text.ts';
import { describeRefusal } from './verdict-words.ts';
import { describeReplaceError } from './words.ts';

/** As many names as a summary gives of what it counts. */
const NAMED = 5;

const edited = (staged: readonly Staged[]) => staged.map(({ edit }) => edit);
const ofKind = (staged: readonly Staged[], ...kinds: readonly Staged['kind'][]): readonly Staged[] =>
  staged.filter(({ kind }) => kinds.includes(kind));

/** The first ops of `staged` by name, and how many more there are. */
function nameOps(staged: readonly Staged[]): string {
  const names = new Map(edited(staged).map(({ eventId, eventName }) => [eventId, plain(eventName, 40)]));
  const more = names.size > NAMED ? ` and ${names.size - NAMED} more` : '';
  return `${[...names.values()].slice(0, NAMED).join(', ')}${more}`;
}

const countOps = (staged: readonly Staged[]): string => count(eventIdsOf(edited(staged)).length, 'op');

/** What was staged of one kind, counted and named; nothing where nothing was. */
const summary = (staged: readonly Staged[], what: string): readonly string[] =>
  staged.length === 0 ? [] : [`• ${what}: ${count(staged.length, 'edit')} of ${countOps(staged)} (${nameOps(staged)})`];

const contestedLine = ({ edit, previous }: Contested): string =>
  `• **${plain(edit.eventName, 40)}**: ${mention(previous.userId)} queued its ${FIELDS[edit.field].label} ${drawTime(previous.stagedAt, 'R')}`;

/** Says which ops were left alone as another moderator's edits are in the way, and what *Replace* does. */
function contestedLines(staged: readonly Staged[]): readonly string[] {
  const conflicts = contested(staged);
  if (conflicts.length === 0) return [];
  const more = conflicts.length > NAMED ? [`…and ${conflicts.length - NAMED} more`] : [];
  return [
    '',
    `**Not queued: somebody else’s edit is** (${countOps(conflicts)})`,
    ...conflicts.slice(0, NAMED).map(contestedLine),
    ...more,
    'Their edits are as they were. *Replace* puts yours in their place; otherwise there is nothing to do.',
  ];
}

/** Says which ops were left alone as they would end before they start, with what else is queued for them. */
function disorderedLines(staged: readonly Staged[]): readonly string[] {
  const left = disordered(staged);
  if (left.length === 0) return [];
  return [
    '',
    `**Not queued: it does not fit what is** (${countOps(left)}: ${nameOps(left)})`,
    'With the other time that is queued for them by now they would end before they start. Nothing of them was changed: look at *View queue*, then shift them again.',
  ];
}

/** What PERSCOM did to the fields of a shift when they were last sent. */
function knownLines(staged: readonly Staged[]): readonly string[] {
  const known = new Map(
    staged.flatMap((one) => (one.known === undefined ? [] : [[one.edit.field, one.known] as const])),
  );
  const queued = new Set(edited(staged.filter(isQueued)).map(({ field }) => field));
  return [...known].map(([field, { seenAt, refusal }]) => {
    const advice = ' It is queued all the same; if it is refused again, change it on the events’ pages.';
    return `⚠️ PERSCOM did not take ${FIELDS[field].label} ${drawTime(seenAt, 'R')}: ${describeRefusal(refusal)}.${queued.has(field) ? advice : ''}`;
  });
}

function titleOf(staged: readonly Staged[]): string {
  const fresh = ofKind(staged, 'queued', 'replaced', 'withdrawn');
  if (fresh.length > 0) return `Queued: ${count(fresh.length, 'edit')} of ${countOps(fresh)}`;
  return ofKind(staged, 'already-queued').length > 0 ? 'Already queued' : 'Nothing new to queue';
}

function stagedReply({ staged, contestId }: Staging): MessageReply {
  const already = ofKind(staged, 'already-queued');
  const lines = [
    ...summary(ofKind(staged, 'queued'), 'New in the queue'),
    ...summary(ofKind(staged, 'replaced'), 'In the place of what was queued there'),
    ...summary(already, 'Queued already, so nothing moves twice'),
    ...summary(ofKind(staged, 'withdrawn'), 'Taken back, as PERSCOM has that time'),
    ...summary(ofKind(staged, 'holds'), 'PERSCOM has that time already'),
    ...contestedLines(staged),
    ...disorderedLines(staged),
    ...knownLines(staged),
    '',
    'Nothing has been sent to PERSCOM: *Flush* previews it first.',
  ];
  const flush = customId('preview-flush');
  const next =
    contestId === null
      ? [primary('Flush', flush)]
      : [danger('Replace', customId('replace-shifted', contestId)), button('Flush', flush)];
  return say({
    embeds: [{ title: titleOf(staged), description: lines.join('\n') }],
    components: buttons(...next, viewQueueButton),
  });
}

/** What came of queueing a shift. */
export const queuedShiftReply = (staging: Result<Staging, QueueShiftError>): MessageReply =>
  staging.ok ? stagedReply(staging.value) : sayText(describeQueueShiftError(staging.error), buttons(viewQueueButton));

/** What came of putting contested ops in the place of what was in their way. */
export const replacedShiftReply = (staging: Result<Staging, ReplaceError>): MessageReply =>
  staging.ok ? stagedReply(staging.value) : sayText(describeReplaceError(staging.error), buttons(viewQueueButton));
