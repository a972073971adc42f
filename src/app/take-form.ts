import type { Warning } from '../domain/checks.ts';
import type { EventId, Instant } from '../domain/event.ts';
import type { Field, Form } from '../domain/field.ts';
import { type Echo, parseForm, type RefusedInput } from '../domain/form.ts';
import type { Picked } from '../domain/form-times.ts';
import { added, contested, disordered, type Edit, held, type Staged, withdrawn } from '../domain/queue.ts';
import { type Seen, type Snapshot, seenIn, type TypedForm } from '../domain/snapshot.ts';
import type { TextAnswers } from '../domain/texts/text-field.ts';
import { type App, typingOf } from './app.ts';
import { checkEdits } from './check-edits.ts';
import type { Connection } from './connections.ts';
import { contentFor, joinContent, keepDraft, NOTHING_TYPED } from './drafts.ts';
import type { Caller, FormContent, KeptDraft } from './ports.ts';
import { followStaging, type Staging, stageEdits } from './stage-edits.ts';

/** What submitting a form came to. What it says was staged is on disk. */
export type Submission = Staging & {
  readonly eventId: EventId;
  readonly eventName: string;
  readonly refused: readonly RefusedInput[];
  /** How typed times were understood. */
  readonly echoes: readonly Echo[];
  /** The start of the event as the form showed it; null where no form did. */
  readonly starts: Instant | null;
  /** The end before it moved along with the start, where it did. */
  readonly oldEnd: Instant | null;
  /** What is odd about the event as it would be, with all that was queued when the form was opened. */
  readonly warnings: readonly Warning[];
  /** Reopens the form with what was typed and refused; null when nothing was. */
  readonly draftId: string | null;
};

/** What can be told of a submitted form: what it showed, what was typed, and what changed too much to be told. */
export type Recalled = {
  readonly snapshot: Snapshot;
  readonly typed: TypedForm;
  readonly refused: readonly RefusedInput[];
};

/** A submitted form of which all that could be taken was staged, and the rest is in the draft. */
export type Taken = {
  readonly about: Omit<Submission, keyof Staging>;
  readonly form: Form;
  readonly content: Beside['content'];
  readonly seen: Seen | null;
  readonly picks: readonly Picked[];
  readonly staged: readonly Staged[];
  /** What is in the draft. */
  readonly kept: FormContent;
  /** A draft of which nothing is left to say. */
  readonly doneDraftId: string | null;
};

/** What else there is to know of a form when it is taken. */
export type Beside = {
  /** What was typed, as a draft would keep it; the ordinary form, all of which is queued, has no need to know. */
  readonly content: () => FormContent;
  /** What the draft holds of inputs that were left alone. */
  readonly left: FormContent;
  /** The draft that there was; null if there was none. */
  readonly draft: KeptDraft | null;
  readonly picks: readonly Picked[];
  /** What came for texts besides. */
  readonly texts: TextAnswers;
};

/** What is odd about an event once `staged` has joined what was `queued` for it. */
export function warningsAfter(
  app: App,
  caller: Caller,
  eventId: EventId,
  queued: readonly Edit[],
  staged: readonly Staged[],
): readonly Warning[] {
  const gone = new Set(withdrawn(staged).map(({ field }) => field));
  const edits = [...queued.filter(({ field }) => !gone.has(field)), ...added(staged)];
  return checkEdits(app, caller, [eventId], edits).events.get(eventId)?.warnings ?? [];
}

/** Keeps a draft of what cannot be taken, then stages the rest; nothing follows that could fail. */
export async function stageForm(
  app: App,
  caller: Caller,
  connection: Connection,
  { snapshot, typed, refused: lost }: Recalled,
  { content, left, draft, picks, texts }: Beside,
): Promise<Taken> {
  const { dateOrder } = typingOf(app, caller);
  const parsed = parseForm(snapshot, typed, { nowMs: app.clock.now(), dateOrder, picks, texts }, lost);
  const { refused, echoes, oldEnd } = parsed;
  const isRefused = (field: Field): boolean => refused.some((input) => input.field === field);
  const kept = refused.length === 0 ? left : joinContent(left, contentFor(content(), isRefused));
  const { eventId, eventName, form } = snapshot;
  const seen = seenIn(snapshot, lost, [...left.typed.keys()]);
  const isNew = refused.length > 0 || (draft !== null && kept.typed.size !== draft.typed.size);
  const keptId = isNew ? await keepDraft(app, caller, { eventId, form, ...kept, seen, picks }) : null;
  const draftId = refused.length === 0 ? null : keptId;
  const staged = await stageEdits(app, caller, connection, parsed.edits);
  const doneDraftId = kept.typed.size === 0 && draft !== null ? draft.id : null;
  const warnings = warningsAfter(app, caller, eventId, snapshot.queued, staged);
  const about = { eventId, eventName, refused, echoes, starts: snapshot.starts, oldEnd, warnings, draftId };
  return { about, form, content, seen, picks, staged, kept, doneDraftId };
}

/** What was typed for edits in whose way another moderator's stand, or which do not fit them: it is not queued. */
function leftIn(staged: readonly Staged[], content: Beside['content']): FormContent {
  const left = [...contested(staged), ...held(staged), ...disordered(staged)];
  if (left.length === 0) return NOTHING_TYPED;
  return contentFor(content(), (field) => left.some(({ edit }) => edit.field === field));
}

/**
 * What a form came to once it is staged: asks about what is contested, and keeps what was typed for it until then, by the id of
 * the contest; a draft that is done with goes.
 */
export async function finishForm(
  app: App,
  caller: Caller,
  { about, form, content, seen, picks, doneDraftId, staged, kept }: Taken,
): Promise<Submission> {
  const inTheWay = leftIn(staged, content);
  if (inTheWay.typed.size > 0) {
    const { eventId, refused } = about;
    const draft = { eventId, form, ...joinContent(kept, inTheWay), seen, picks };
    const keptId = await keepDraft(app, caller, draft);
    const staging = await followStaging(app, caller, staged);
    const { contestId } = staging;
    const draftId = contestId === null ? keptId : await keepDraft(app, caller, draft, contestId);
    return { ...about, draftId: refused.length + disordered(staged).length === 0 ? null : draftId, ...staging };
  }
  if (doneDraftId !== null) await app.drafts.remove(caller, doneDraftId);
  const { contestId } = await followStaging(app, caller, staged);
  return { ...about, staged, contestId };
}
