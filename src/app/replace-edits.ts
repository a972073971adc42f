import { FIELDS } from '../domain/field.ts';
import { disordered, type Staged } from '../domain/queue.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { type App, connectionOf, type NotConnected } from './app.ts';
import type { Caller } from './ports.ts';
import { followStaging, stageEdits } from './stage-edits.ts';
import { type Submission, warningsAfter } from './take-form.ts';

/** Why nothing was replaced. */
export type ReplaceError = NotConnected | { readonly kind: 'no-such-contest' };

const isLeft = ({ kind }: Staged): boolean => kind === 'contested' || kind === 'held' || kind === 'out-of-order';

/** Takes what is queued now out of the draft that kept what was typed for it: typed once more, `+1d` would move it again. */
async function trimDraft(app: App, caller: Caller, staged: readonly Staged[]): Promise<void> {
  const [first] = staged;
  if (first === undefined) return;
  const { eventId, field } = first.edit;
  const id = await app.drafts.findId(caller, eventId, FIELDS[field].form);
  const draft = id === null ? null : await app.drafts.load(caller, id);
  if (id === null || draft === null) return;
  const done = new Set(staged.filter((entry) => !isLeft(entry)).map(({ edit }) => edit.field));
  const typed = new Map([...draft.typed].filter(([name]) => !done.has(name)));
  if (typed.size === 0) await app.drafts.remove(caller, id);
  else await app.drafts.save(caller, id, { ...draft, typed }, app.clock.now());
}

/** The draft that kept what was typed for edits of which some do not fit what is queued; null if all do. */
async function draftOf(app: App, caller: Caller, staged: readonly Staged[]): Promise<string | null> {
  const [first] = disordered(staged);
  if (first === undefined) return null;
  const { eventId, field } = first.edit;
  return app.drafts.findId(caller, eventId, FIELDS[field].form);
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
  await trimDraft(app, caller, staged);
  const { eventId, eventName } = first;
  const queued = await app.queues.loadEdits(caller.guildId, eventId);
  const nothingTyped = { refused: [], echoes: [], starts: null, oldEnd: null };
  const draftId = await draftOf(app, caller, staged);
  const warnings = warningsAfter(app, caller, eventId, queued, []);
  const staging = await followStaging(app, caller, staged, contest.inTheWay);
  return ok({ eventId, eventName, ...nothingTyped, warnings, draftId, ...staging });
}
