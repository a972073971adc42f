import { expect, vi } from 'vitest';
import type { Message } from '../../sandbox/discord/index.ts';
import { pick } from './chance.ts';
import { makeDue, type Written } from './crash-record.ts';
import {
  type Death,
  hasCome,
  hasReadBetween,
  isReport,
  isStored,
  messagesOf,
  requestsOf,
  type Scene,
} from './crash-story.ts';
import { board, buttonOn, hasButton, openPreview, shown } from './stage.ts';

/** Between what and what a bot can die, in the order in which it does things. */
export const WINDOWS = {
  staging: 'before every staging was answered',
  preview: 'between staging and preview',
  confirmed: 'between confirm and claim',
  claimed: 'between claim and PATCH, which PERSCOM never got',
  patching: 'while PERSCOM worked on the PATCH, before it committed',
  committed: 'while PERSCOM worked on the PATCH, after it committed',
  answered: 'between answer and settling (the read-back)',
  settled: 'between settling and report',
  reported: 'between report and noting where it stands',
  over: 'after all that',
} as const;

/** One of {@link WINDOWS}. */
export type Window = keyof typeof WINDOWS;

type WrittenFlush = Written['flushes'][number];

/** Whether PERSCOM got the PATCH, so that it lands sooner or later. */
const hasGot = (scene: Scene): boolean => hasCome.patch(scene) && !scene.isPatchLost;

/** In which window the bot died, and the flush that it left, if any. */
type Found = { readonly window: Window; readonly flush: WrittenFlush | null };

function findWindow(scene: Scene, death: Death, left: Written): Found {
  const flush = left.flushes.find(({ id }) => !scene.known.has(id)) ?? null;
  const isSent = flush !== null && flush.state !== 'previewed';
  if (!death.isStaged) return { window: 'staging', flush };
  if (!death.isPreviewed) return { window: 'preview', flush };
  if (!isSent) return { window: 'confirmed', flush };
  if (flush.state !== 'sending') {
    if (!death.isReported) return { window: 'settled', flush };
    return { window: flush.isReportKnown ? 'over' : 'reported', flush };
  }
  if (death.isAnswered) return { window: 'answered', flush };
  if (death.isStored) return { window: 'committed', flush };
  return { window: hasGot(scene) ? 'patching' : 'claimed', flush };
}

/** What came of the flush that was cut short. */
type Aftermath = {
  /** How long after the death a flush that was under way was looked after; null if none was. */
  readonly lookedAfterMs: number | null;
  readonly isSettledByHand: boolean;
  /** How many reports the flush got. */
  readonly reports: number;
  readonly isPinged: boolean;
};

/** What came of a run. */
export type Outcome = Aftermath & { readonly window: Window };

/** A flush that was settled, but not told, is told by another process this long after it was settled. */
const TELL_WITHIN_MS = 30_000;

/** How long a process may go on after it was told to die. */
const DYING_MS = 100;

/** How long a bot may take for what it does at once. */
const SOON = { timeout: 5_000, interval: 50 };

/** How long PERSCOM may take for a PATCH. */
const LATE = { timeout: 20_000, interval: 50 };

const reportsIn = (messages: readonly Message[]): readonly Message[] => messages.filter(isReport);

const findFlush = ({ lane }: Scene, { id }: WrittenFlush): WrittenFlush | undefined =>
  lane.read().flushes.find((flush) => flush.id === id);

const stateOf = (scene: Scene, flush: WrittenFlush): string | undefined => findFlush(scene, flush)?.state;

/** What the bot called queued is queued, or stored. The queue is read first, as edits leave it once they are stored. */
function expectNothingLost({ lane, wishes }: Scene): void {
  const { edits } = lane.read();
  const lost = wishes.filter(
    (wish) => wish.isQueued && !edits.some(({ wanted }) => wanted === wish.wanted) && !isStored(lane, wish),
  );
  expect(lost, 'edits that were called queued, and are neither queued nor stored').toEqual([]);
}

/** A report calls applied exactly what PERSCOM holds, and counts it right. */
function expectTrue({ lane }: Scene, report: Message, { sent }: WrittenFlush): void {
  const lines = shown(report).split('\n');
  const events = new Map<number, boolean>();
  for (const edit of sent) {
    const own = lines.filter((line) =>
      [`→ “${edit.wanted}”`, `asked for “${edit.wanted}”`].some((part) => line.includes(part)),
    );
    expect(own, `the report’s line about “${edit.wanted}”`).toHaveLength(1);
    expect(own[0]?.startsWith('✅ applied'), `${own[0]}; is it stored?`).toBe(isStored(lane, edit));
    events.set(edit.eventId, (events.get(edit.eventId) ?? true) && isStored(lane, edit));
  }
  const updated = [...events.values()].filter((isWhole) => isWhole).length;
  expect(lines.join('\n')).toMatch(new RegExp(`\\b${updated} of ${events.size} events? updated`));
}

/** How often who confirmed was pinged. */
const countPings = (scene: Scene): number =>
  messagesOf(scene).filter(({ pings }) => pings.includes(`<@${scene.presser.id}>`)).length;

/**
 * Asks for the unknown flush to be settled, from one of the three places where one can, once what was sent has landed;
 * answers whether that was still needed then. Who confirmed is told.
 */
async function settleByHand(scene: Scene, flush: WrittenFlush): Promise<boolean> {
  const pings = countPings(scene);
  const { other, random, lane } = scene;
  const fromBoard = async () => (await other.command('queue view')).messageOrThrow();
  const fromReport = async () => reportsIn(messagesOf(scene)).at(-1) ?? (await fromBoard());
  const places = [fromBoard, fromReport, () => openPreview(other)];
  const isLate = hasGot(scene);
  if (isLate) await vi.waitFor(() => expect(flush.sent.every((edit) => isStored(lane, edit))).toBe(true), LATE);
  const message = await (isLate ? fromBoard : pick(random, places))();
  const isNeeded = hasButton(message, 'Settle it now: what is not there counts as not applied');
  if (isNeeded) await other.click(message, 'Settle it now: what is not there counts as not applied');
  await vi.waitFor(() => expect(['done', 'rejected']).toContain(stateOf(scene, flush)), SOON);
  await vi.waitFor(() => expect(countPings(scene), 'pings').toBeGreaterThan(pings), SOON);
  return isNeeded;
}

/** The button that was pressed sends nothing again, and says so. */
async function expectSentOnce(scene: Scene): Promise<void> {
  const { preview, presser } = scene;
  if (preview === null || !hasButton(preview, 'Send')) return;
  const answer = await presser.click(preview, buttonOn(preview, 'Send'));
  expect(shown(answer.messageOrThrow())).toMatch(/being sent right now|was sent/);
}

/** How long things may take. */
type Haste = {
  /** A flush that was under way is looked after this long after the death, at most. */
  readonly leaseMs: number;
  /** Whether one that was settled, but not told, is made due at once. */
  readonly isHasty: boolean;
};

/** Looks how the flush that was cut short is looked after, until it is told and settled. */
async function seeThrough(scene: Scene, death: Death, flush: WrittenFlush, haste: Haste): Promise<Aftermath> {
  const { lane } = scene;
  const isUnderWay = flush.state === 'sending';
  const isTold = flush.isReportKnown;
  await expectSentOnce(scene);
  if (!isTold) {
    const dueAt = flush.dueAt ?? Number.POSITIVE_INFINITY;
    const waitMs = isUnderWay ? haste.leaseMs : TELL_WITHIN_MS;
    expect(dueAt - death.at, 'ms until somebody looks after it').toBeLessThanOrEqual(waitMs + DYING_MS);
    if (haste.isHasty && !isUnderWay) makeDue(lane.directory, flush.id);
    const deadline = { timeout: Math.max(0, dueAt - Date.now()) + 5_000, interval: 50 };
    await vi.waitFor(() => expect(stateOf(scene, flush)).not.toBe('sending'), deadline);
  }
  const lookedAfterMs = isUnderWay ? Date.now() - death.at : null;
  if (!isTold)
    await vi.waitFor(
      () => expect(countPings(scene), 'pings').toBeGreaterThan(0),
      isUnderWay ? SOON : { timeout: TELL_WITHIN_MS + 5_000, interval: 50 },
    );
  const isSettledByHand = stateOf(scene, flush) === 'unknown' && (await settleByHand(scene, flush));
  await vi.waitFor(() => {
    const reports = reportsIn(messagesOf(scene));
    expect(reports.length, 'reports').toBeGreaterThan(0);
    for (const report of reports) expectTrue(scene, report, flush);
  }, SOON);
  const told = { isReportKnown: true, dueAt: null };
  await vi.waitFor(() => expect(findFlush(scene, flush)).toMatchObject(told), SOON);
  return {
    lookedAfterMs,
    isSettledByHand,
    reports: reportsIn(messagesOf(scene)).length,
    isPinged: countPings(scene) > 0,
  };
}

/** The flushes of the scene that are done. */
const doneIn = ({ lane, known }: Scene): Written['flushes'] =>
  lane.read().flushes.filter(({ id, state }) => !known.has(id) && state === 'done');

/** Sends what is still queued, as anybody would: with a fresh preview or, where that was not sent, with the old one. */
async function flushTheRest(scene: Scene, window: Window): Promise<void> {
  const { lane, other, presser, preview: old } = scene;
  if (lane.read().edits.length === 0) return;
  const isOldGood = window === 'confirmed' && old !== null && scene.random() < 0.5;
  const preview = isOldGood ? old : await openPreview(other);
  if (!hasButton(preview, 'Send')) return;
  const before = doneIn(scene).map(({ id }) => id);
  const reports = reportsIn(messagesOf(scene)).length;
  await (isOldGood ? presser : other).click(preview, buttonOn(preview, 'Send'));
  await vi.waitFor(() => {
    const [flush, ...more] = doneIn(scene).filter(({ id }) => !before.includes(id));
    const [report, ...further] = reportsIn(messagesOf(scene)).slice(reports);
    if (flush === undefined || report === undefined) throw new Error('it is not done, or not reported');
    expect([more, further]).toEqual([[], []]);
    expectTrue(scene, report, flush);
  }, SOON);
}

/** Checks that all is well in the end, now that the bot runs again. */
async function checkAll(scene: Scene, death: Death, { window, flush }: Found, haste: Haste): Promise<Aftermath> {
  const { lane } = scene;
  expectNothingLost(scene);
  const patches = () => requestsOf(scene).filter(({ method }) => method === 'PATCH').length;
  const isSent = flush !== null && flush.state !== 'previewed';
  const untold = { lookedAfterMs: null, isSettledByHand: false, reports: 0, isPinged: false };
  const aftermath = isSent ? await seeThrough(scene, death, flush, haste) : untold;
  expect(reportsIn(messagesOf(scene)), 'reports').toHaveLength(aftermath.reports);
  expect(patches(), 'PATCHes before anybody confirmed again').toBeLessThanOrEqual(isSent ? 1 : 0);
  expectNothingLost(scene);
  expect(await board(scene.other)).not.toMatch(/being sent right now|unknown\*\*/);
  const before = patches();
  await flushTheRest(scene, window);
  expect(patches() - before, 'PATCHes by confirming again').toBeLessThanOrEqual(1);
  expect(hasReadBetween(scene), 'a read between two PATCHes').toBe(true);
  const { edits, flushes } = lane.read();
  expect(edits).toEqual([]);
  expect(flushes.filter(({ state }) => !['previewed', 'done', 'rejected'].includes(state))).toEqual([]);
  expect(scene.wishes.filter((wish) => wish.isQueued && !isStored(lane, wish))).toEqual([]);
  return aftermath;
}

/** Starts the bot again, and checks that all is well in the end. */
export async function recover(scene: Scene, death: Death, haste: Haste): Promise<Outcome> {
  await scene.lane.bot.exit;
  const left = scene.lane.read();
  await scene.lane.restart();
  const found = findWindow(scene, death, left);
  try {
    return { window: found.window, ...(await checkAll(scene, death, found, haste)) };
  } catch (error) {
    throw new Error(`killed ${WINDOWS[found.window]}`, { cause: error });
  }
}
