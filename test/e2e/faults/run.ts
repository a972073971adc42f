import { expect, vi } from 'vitest';
import type { Message } from '../../../sandbox/discord/index.ts';
import { FIELDS } from '../../../src/domain/field.ts';
import { board, buttonOn, shown } from '../stage.ts';
import { arrangeTroubles, confirm, flush, type Outcome, queueUp, waitForNotes } from './act.ts';
import { placeOf, verdictsIn } from './report.ts';
import type { Ending, Fate, Row } from './row.ts';
import { type Scene, setScene } from './scene.ts';
import { settle } from './settle.ts';
import { isHeld, queueIn, type StoredEdit } from './truth.ts';

const STAYS: readonly Fate[] = ['ignored', 'rejected', 'missing', 'unknown', 'not sent'];
const STORED: readonly Fate[] = ['applied', 'normalised', 'dropped'];
const UNNAMED: readonly Fate[] = ['not sent', 'dropped'];

/** Holds what was expected of each edit against what PERSCOM really has. */
function judge({ stage }: Scene, queued: readonly StoredEdit[], fates: readonly Fate[]): void {
  const { world } = stage.perscom;
  for (const [index, one] of queued.entries()) {
    const fate = fates[index];
    if (fate === undefined || fate === 'unknown') continue;
    expect([fate, isHeld(world, one)]).toEqual([fate, STORED.includes(fate)]);
    if (fate === 'missing') expect(world.events.has(one.event_id)).toBe(false);
  }
}

/** Holds a report against what was expected: a verdict on each edit that was sent, and on nothing else. */
function judgeReport(queued: readonly StoredEdit[], fates: readonly Fate[], report: readonly Message[]): void {
  const told = verdictsIn(report);
  const verdicts = queued.map(({ event_id, field }) => told.get(placeOf(event_id, FIELDS[field].label)));
  expect(verdicts).toEqual(fates.map((fate) => (UNNAMED.includes(fate) ? undefined : fate)));
  expect(told.size).toBe(verdicts.filter((verdict) => verdict !== undefined).length);
}

const left = (queued: readonly StoredEdit[], fates: readonly Fate[]): readonly StoredEdit[] =>
  queued.filter((_, index) => STAYS.includes(fates[index] ?? 'not sent'));

/** An answer may be completed after the report. */
const expectSaid = (texts: readonly string[], said: () => string): Promise<void> =>
  vi.waitFor(() => {
    for (const text of texts) expect(said()).toContain(text);
  });

/** Holds an outcome against what it should be, at once and once it is settled. */
async function conclude(
  scene: Scene,
  queued: readonly StoredEdit[],
  { fates, patches, says, later }: Ending,
  { answer, report }: Outcome,
  { isUnreported = false, database }: Pick<Row, 'isUnreported' | 'database'>,
): Promise<void> {
  const { perscom, databasePath } = scene.stage;
  const isUnrecorded = database?.from === 'settling';
  await expectSaid(says, () => [answer(), ...report.map(shown)].join('\n'));
  judge(scene, queued, fates);
  if (isUnreported) expect(report).toEqual([]);
  else judgeReport(queued, fates, report);
  expect(perscom.patches()).toHaveLength(patches);
  expect(queueIn(databasePath)).toEqual(isUnrecorded ? queued : left(queued, fates));
  expect(later !== undefined).toBe(isUnrecorded || fates.includes('unknown'));
  if (later === undefined) return;
  const settled = await settle(scene, later, report);
  await expectSaid(later.says ?? [], () => settled.map(shown).join('\n'));
  judge(scene, queued, later.fates);
  if (later.report !== 'nowhere') judgeReport(queued, later.fates, settled);
  expect(queueIn(databasePath)).toEqual(left(queued, later.fates));
  expect(perscom.patches()).toHaveLength(patches);
  expect(await board(scene.moderators.Pyle)).not.toContain('❓');
}

/** Plays a row from the first form to the last word of its report, and judges it. */
export async function play(row: Row, onFinished: (tearDown: () => Promise<void>) => void): Promise<void> {
  const scene = await setScene(row, onFinished);
  const { perscom, databasePath } = scene.stage;
  const stopped = await queueUp(scene, row);
  const queued = queueIn(databasePath);
  const fates = row.fates.filter((fate) => fate !== 'not queued');
  expect(queued).toHaveLength(fates.length);
  const outcome = stopped ?? (await flush(scene, row));
  if (row.sent !== undefined) expect(perscom.patches()[0]?.body).toEqual(row.sent);
  await conclude(scene, queued, { ...row, fates }, outcome, row);
  const [first] = outcome.report;
  if (row.next === undefined || first === undefined) return;
  arrangeTroubles(scene, row.next);
  const again = await confirm(scene, first, buttonOn(first, row.next.click));
  await waitForNotes(scene, again);
  await conclude(scene, queued, row.next, again, {});
}
