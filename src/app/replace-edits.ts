import { disordered, type Staged } from '../domain/queue.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { type App, connectionOf, type NotConnected } from './app.ts';
import { contentFor, keepDraft } from './drafts.ts';
import type { Caller } from './ports.ts';
import { followStaging, type Staging, stageEdits } from './stage-edits.ts';
import { type Submission, warningsAfter } from './take-form.ts';

/** Why nothing was replaced. */
export type ReplaceError = NotConnected | { readonly kind: 'no-such-contest' };

const isLeft = ({ kind }: Staged): boolean => kind === 'contested' || kind === 'held' || kind === 'out-of-order';

/**
 * Takes what is queued now out of the draft that kept what was typed for it: typed once more, `+1d` would move it again. What is
 * left is kept for what is contested anew. Answers its id, or null where nothing is left.
 */
async function trimDraft(app: App, caller: Caller, id: string, { staged, contestId }: Staging): Promise<string | null> {
  const draft = await app.drafts.load(caller, id);
  if (draft === null) return null;
  const done = new Set(staged.filter((entry) => !isLeft(entry)).map(({ edit }) => edit.field));
  const left = contentFor(draft, (field) => !done.has(field));
  if (left.typed.size === 0) await app.drafts.remove(caller, id);
  return keepDraft(app, caller, { ...draft, ...left }, contestId ?? id);
}

/**
 * Stages what was contested, over the very edits that its author was shown. Another one that has come in the way since is
 * contested anew.
 */
export async function replaceEdits(
  app: App,
  caller: Caller,
  contestId: string,
): Promise<Result<Submission, ReplaceError>> {
  const connection = connectionOf(app, caller);
  if (!connection.ok) return connection;
  const contest = await app.drafts.loadContest(caller, contestId);
  const [first] = contest?.wanted ?? [];
  if (contest === null || first === undefined) return err({ kind: 'no-such-contest' });
  const staged = await stageEdits(app, caller, connection.value, contest.wanted, contest.inTheWay);
  const staging = await followStaging(app, caller, staged, contest.inTheWay);
  const draftId = await trimDraft(app, caller, contestId, staging);
  const { eventId, eventName } = first;
  const queued = await app.queues.loadEdits(caller.guildId, eventId);
  const nothingTyped = { refused: [], echoes: [], starts: null, oldEnd: null };
  const warnings = warningsAfter(app, caller, eventId, queued, []);
  const shownDraftId = disordered(staged).length === 0 ? null : draftId;
  return ok({ eventId, eventName, ...nothingTyped, warnings, draftId: shownDraftId, ...staging });
}
