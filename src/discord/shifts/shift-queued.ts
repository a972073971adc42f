import type { Terms } from '../../app/connections.ts';
import type { QueuedShift, QueueShiftError } from '../../app/queue-shift.ts';
import type { ReplaceError } from '../../app/replace-edits.ts';
import { eventIdsOf } from '../../domain/change.ts';
import { FIELDS } from '../../domain/field.ts';
import { type Contested, contested, disordered, isQueued, outdated, type Staged } from '../../domain/queue.ts';
import type { Result } from '../../domain/result.ts';
import { button, buttons, danger, primary, viewQueueButton } from '../components.ts';
import { customId } from '../custom-id.ts';
import { describeRefusal } from '../flushes/verdict-words.ts';
import { type MessageReply, say, sayText } from '../reply.ts';
import { count, drawTime, mention, plain } from '../text.ts';
import { nameValue } from '../values.ts';
import { describeReplaceError } from '../words.ts';
import { describeQueueShiftError } from './shift-words.ts';

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

const contestedLine =
  (terms: Terms) =>
  ({ edit, previous }: Contested): string => {
    const [theirs, ours] = [previous.wanted, edit.wanted].map((value) =>
      plain(nameValue(edit.field, value, terms), 60),
    );
    const who = `${mention(previous.userId)} queued ${theirs} ${drawTime(previous.stagedAt, 'R')}`;
    return `• **${plain(edit.eventName, 40)}**, ${FIELDS[edit.field].label}: ${who}; yours is ${ours}`;
  };

/** Says which ops were left alone as another moderator's edits are in the way, and what *Replace* does. */
function contestedLines(staged: readonly Staged[], terms: Terms): readonly string[] {
  const conflicts = contested(staged);
  if (conflicts.length === 0) return [];
  const more = conflicts.length > NAMED ? [`…and ${conflicts.length - NAMED} more`] : [];
  return [
    '',
    `**Not queued: somebody else’s edit is** (${countOps(conflicts)})`,
    ...conflicts.slice(0, NAMED).map(contestedLine(terms)),
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

/** Says which ops were left alone as the queue is not what the shift was shown with, and what *Show it anew* does. */
function outdatedLines(staged: readonly Staged[]): readonly string[] {
  const left = outdated(staged);
  if (left.length === 0) return [];
  return [
    '',
    `**Not queued: the queue has changed since this was shown** (${countOps(left)}: ${nameOps(left)})`,
    'Nothing of them was changed. *Show it anew* shows them moved as far from what is queued for them, or is in PERSCOM, by now.',
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
  const [fresh, back] = [ofKind(staged, 'queued', 'replaced'), ofKind(staged, 'withdrawn')];
  if (fresh.length > 0) return `Queued: ${count(fresh.length, 'edit')} of ${countOps(fresh)}`;
  if (back.length > 0) return `Taken back: ${count(back.length, 'edit')} of ${countOps(back)}`;
  if (ofKind(staged, 'already-queued').length > 0) return 'Already queued';
  return ofKind(staged, 'holds').length === staged.length ? 'Nothing new to queue' : 'Nothing was queued';
}

/** What can be done next: there is nothing to flush where nothing of the shift is queued. */
function nextOf({ contestId, outdatedId }: QueuedShift, isQueued: boolean) {
  const flush = customId('preview-flush');
  const replace = contestId === null ? [] : [danger('Replace', customId('replace-shifted', contestId))];
  const renew = outdatedId === null ? [] : [button('Show it anew', customId('renew-shift', outdatedId))];
  const isDone = replace.length + renew.length === 0;
  const send = isQueued ? [isDone ? primary('Flush', flush) : button('Flush', flush)] : [];
  return buttons(...replace, ...renew, ...send, viewQueueButton);
}

function stagedReply(queued: QueuedShift, terms: Terms): MessageReply {
  const { staged } = queued;
  const already = ofKind(staged, 'already-queued');
  const isQueued = ofKind(staged, 'queued', 'replaced', 'already-queued').length > 0;
  const lines = [
    ...summary(ofKind(staged, 'queued'), 'New in the queue'),
    ...summary(ofKind(staged, 'replaced'), 'In the place of what was queued there'),
    ...summary(already, 'Queued already, so nothing moves twice'),
    ...summary(ofKind(staged, 'withdrawn'), 'Taken back, as PERSCOM has that time'),
    ...summary(ofKind(staged, 'holds'), 'PERSCOM has that time already'),
    ...contestedLines(staged, terms),
    ...disorderedLines(staged),
    ...outdatedLines(staged),
    ...knownLines(ofKind(staged, 'queued', 'replaced', 'already-queued')),
    '',
    `Nothing has been sent to PERSCOM${isQueued ? ': *Flush* previews it first' : ''}.`,
  ];
  return say({
    embeds: [{ title: titleOf(staged), description: lines.join('\n') }],
    components: nextOf(queued, isQueued),
  });
}

/** What came of queueing a shift. */
export const queuedShiftReply = (staging: Result<QueuedShift, QueueShiftError>, terms: Terms): MessageReply =>
  staging.ok
    ? stagedReply(staging.value, terms)
    : sayText(describeQueueShiftError(staging.error), buttons(viewQueueButton));

/** What came of putting contested ops in the place of what was in their way. */
export const replacedShiftReply = (staging: Result<QueuedShift, ReplaceError>, terms: Terms): MessageReply =>
  staging.ok
    ? stagedReply(staging.value, terms)
    : sayText(describeReplaceError(staging.error), buttons(viewQueueButton));
