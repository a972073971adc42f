import type { Change } from '../domain/change.ts';
import type { Flush } from '../domain/flush.ts';
import { halve, type Unit, unexplained, unitsOf } from '../domain/halving.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { isStored, outcomeOf, type Verdict } from '../domain/verdict.ts';
import { type App, connectionOf } from './app.ts';
import type { Connection } from './connections.ts';
import type { Caller } from './ports.ts';
import { type SendError, sendPart, stillQueued } from './send-flush.ts';
import type { Report } from './settle-flush.ts';

/** At most so many PATCHes are sent to find out what PERSCOM fails on: enough for one culprit among 60 changes. */
export const MAX_PIECES = 12;

const hasFailed = ({ flush }: Report): boolean =>
  flush.answer?.ok === false && flush.answer.error.kind === 'server-error';

/** Whether a piece went well, or failed as the whole did; anything else ends the search. */
const isForeseen = (report: Report): boolean =>
  report.flush.state !== 'unknown' && (report.flush.answer?.ok === true || hasFailed(report));

/** Units to send, and the `other` half of what failed with them together. */
type Piece = { readonly units: readonly Unit[]; readonly other: readonly Unit[] };

const whole = (units: readonly Unit[]): readonly Piece[] => (units.length === 0 ? [] : [{ units, other: [] }]);

function split(units: readonly Unit[]): readonly Piece[] {
  if (units.length < 2) return whole(units);
  const [first, second] = halve(units);
  return [{ units: first, other: second }];
}

/**
 * What to send after a piece. Where it went well, PERSCOM fails on the other half, which need not be sent whole again. One
 * unit that failed is a culprit.
 */
function next({ units, other }: Piece, report: Report, pending: readonly Piece[]): readonly Piece[] {
  if (hasFailed(report)) return [...(units.length > 1 ? split(units) : []), ...whole(other), ...pending];
  return [...split(other), ...pending];
}

const verdictOf = (reports: readonly Report[], { edit }: Change): Verdict | undefined =>
  reports.flatMap(({ flush }) => flush.verdicts).findLast(({ change }) => change.edit.id === edit.id);

/** The report of all pieces, as of the flush that was sent in pieces. */
function merge(
  parent: Flush,
  { userId }: Pick<Caller, 'userId'>,
  reports: readonly Report[],
  isThrough: boolean,
): Report | null {
  const last = reports.at(-1);
  if (last === undefined) return null;
  const verdicts = parent.verdicts.map((verdict) => verdictOf(reports, verdict.change) ?? verdict);
  const after = new Map(reports.flatMap((report) => [...(report.after ?? [])]));
  const answer = verdicts.every(isStored) ? last.flush.answer : parent.answer;
  const state = answer === null ? parent.state : outcomeOf(verdicts, answer);
  return {
    flush: { ...parent, userId, answer, state, verdicts },
    after,
    queued: last.queued,
    hasMoved: last.hasMoved,
    pieces: { ids: reports.map(({ flush }) => flush.id), isThrough },
  };
}

/** Sends pieces until nothing is pending, the bound is reached, or one could not be sent. */
async function sendPieces(
  app: App,
  caller: Caller,
  connection: Connection,
  parent: Flush,
  units: readonly Unit[],
): Promise<{ readonly reports: readonly Report[]; readonly isThrough: boolean; readonly error: SendError | null }> {
  const reports: Report[] = [];
  let before = parent;
  let pending = split(units);
  while (reports.length < MAX_PIECES) {
    const [piece, ...others] = pending;
    if (piece === undefined) break;
    const sent = await sendPart(app, caller, connection, before, piece.units.flat());
    if (!sent.ok) return { reports, isThrough: false, error: sent.error };
    reports.push(sent.value);
    if (!isForeseen(sent.value)) return { reports, isThrough: false, error: null };
    pending = next(piece, sent.value, others);
    before = sent.value.flush;
  }
  return { reports, isThrough: pending.length === 0, error: null };
}

/**
 * Finds out which change of a refused flush PERSCOM fails on, by sending it in halves, each one batch PATCH and a flush of
 * its own that is read back before the next: what PERSCOM takes is applied, what it fails on stays queued.
 */
export async function halveFlush(app: App, caller: Caller, flushId: string): Promise<Result<Report, SendError>> {
  const connection = connectionOf(app, caller);
  if (!connection.ok) return connection;
  const parent = await app.flushes.load(caller.guildId, flushId);
  if (parent === null) return err({ kind: 'no-such-flush' });
  const units = unitsOf(await stillQueued(app, caller, unexplained(parent.verdicts)));
  if (units.length < 2) return err({ kind: 'nothing-left' });
  const { reports, isThrough, error } = await sendPieces(app, caller, connection.value, parent, units);
  const merged = merge(parent, caller, reports, isThrough);
  return merged === null ? err(error ?? { kind: 'nothing-left' }) : ok(merged);
}

/** A flush that has no report of its own, after those that it is a part of, up to the one whose report says so. */
async function findChain(app: App, flush: Flush): Promise<readonly Flush[]> {
  const { guildId, id, parentId } = flush;
  if (parentId === null || (await app.flushes.loadPosts(guildId, id)).length > 0) return [flush];
  const parent = await app.flushes.load(guildId, parentId);
  return parent === null ? [flush] : [...(await findChain(app, parent)), flush];
}

/** The report to give of a flush: where it is one of the pieces of another one, that of the other one, with all pieces. */
export async function wholeReport(app: App, report: Report): Promise<Report> {
  const [parent, ...pieces] = await findChain(app, report.flush);
  if (parent === undefined || unexplained(parent.verdicts).length === 0) return report;
  const earlier = pieces.slice(0, -1).map((flush): Report => ({ ...report, flush, after: null }));
  return merge(parent, report.flush, pieces.length === 0 ? [] : [...earlier, report], false) ?? report;
}
