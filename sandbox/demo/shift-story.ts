import type { Message } from '../discord/index.ts';
import { buildEvent, buildWorld, type World } from '../perscom/world.ts';
import { pressForMessage, type Scene, showMessage, textOf, viewQueue } from './acting.ts';
import { eventsNow, sendBy, showHeld, showPatch, showReport, type Wanted } from './flushing.ts';
import { closeScene, openScene } from './opening.ts';
import type { Story } from './run.ts';
import { type Moved, weekendBeforeChange, ZONE } from './when.ts';

/** An op of the weekend, with the times that it has to get. */
type WeekendOp = {
  readonly id: number;
  readonly name: string;
  readonly allDay: boolean;
  readonly starts: Moved;
  readonly ends: Moved;
  readonly deadline: Moved | null;
};

/** Five ops from Friday to Sunday, of which the last takes a whole day. */
function planWeekend(nowMs: number): readonly WeekendOp[] {
  const at = weekendBeforeChange(nowMs);
  const timed = (id: number, name: string, day: number, hour: number): WeekendOp => ({
    ...{ id, name, allDay: false, starts: at(day, hour), ends: at(day, hour + 3), deadline: at(day - 2, 18) },
  });
  return [
    timed(1, 'Weekend Op: Insertion', 0, 20),
    timed(2, 'Weekend Op: Patrol Base', 1, 10),
    timed(3, 'Weekend Op: Night Raid', 1, 20),
    timed(4, 'Weekend Op: Extraction', 2, 14),
    { id: 5, name: 'Weekend: Debriefing Day', allDay: true, starts: at(2, 0), ends: at(3, 0), deadline: null },
  ];
}

const asStored = (instant: string): string => instant.replace('Z', '.000000Z');

/** A unit with the weekend, and one op that is no part of it. */
function worldOf(weekend: readonly WeekendOp[]): World {
  const events = weekend.map(({ id, name, allDay, starts, ends, deadline }) =>
    buildEvent({
      id,
      name,
      all_day: allDay,
      repeats: false,
      starts: asStored(starts.from),
      ends: asStored(ends.from),
      registration_deadline: deadline === null ? null : asStored(deadline.from),
    }),
  );
  return buildWorld({ events: [...events, buildEvent({ id: 6, name: 'Op Iron Resolve' })] });
}

const wantedOf = (weekend: readonly WeekendOp[]): Wanted =>
  Object.fromEntries(
    weekend.map(({ id, starts, ends, deadline }) => [
      id,
      { starts: starts.to, ends: ends.to, ...(deadline !== null && { registration_deadline: deadline.to }) },
    ]),
  );

/** Mara moves the whole weekend with one command, and looks at it before it counts. */
async function shift(scene: Scene): Promise<Message> {
  const { stage, tell, mara } = scene;
  tell.section('A weekend of five ops moves');
  tell.say(
    `The weekend has to move by two weeks, and in between the clocks of ${ZONE} change. One command shows all five ops, before → after.`,
  );
  tell.act(mara.name, '/event shift  by: +2w  name: Weekend');
  const preview = (await mara.command('event shift', { by: '+2w', name: 'Weekend' })).messageOrThrow();
  showMessage(scene, preview);
  const text = textOf(preview);
  tell.claim('all five ops are shown, and no other', text.includes('5 of 5 ops move by +14 days'), text);
  tell.claim(
    'the four timed ones start at the same time of day, although the clocks change',
    text.split('clocks change in between').length === 5 && text.split(', still ').length === 5,
    text,
  );
  const board = textOf((await mara.command('queue view')).messageOrThrow());
  tell.claim('nothing is queued by looking', board.includes('The queue is empty'), board);
  tell.claim('PERSCOM has been sent nothing', stage.perscom.patches().length === 0);
  return preview;
}

/** Mara queues the shift, and presses the button once more than she needs to. */
async function queue(scene: Scene, preview: Message): Promise<Message> {
  const { tell, mara } = scene;
  tell.section('One click, and a second one');
  const queued = await pressForMessage(scene, mara, preview, 'Queue 5 shifts');
  tell.claim('14 edits are queued', textOf(queued).includes('Queued: 14 edits of 5 ops'), textOf(queued));
  const again = await pressForMessage(scene, mara, preview, 'Queue 5 shifts');
  tell.claim('pressed again, it moves nothing twice', textOf(again).includes('Already queued'), textOf(again));
  return queued;
}

/** Mara sends the queue, and PERSCOM is looked at. */
async function flush(scene: Scene, queued: Message, wanted: Wanted): Promise<void> {
  const { tell, mara } = scene;
  const before = eventsNow(scene);
  tell.section('One PATCH moves all of them');
  const preview = await pressForMessage(scene, mara, queued, 'Flush');
  const sent = await sendBy(scene, mara, preview, 'Send 14 changes');
  showPatch(scene, 0, wanted);
  showReport(scene, mara, sent);
  const text = textOf(sent.report);
  tell.claim('it sums up: 5 of 5 events updated', text.includes('5 of 5 events updated'), text);
  tell.section('What PERSCOM holds of the weekend');
  showHeld(scene, before, wanted);
  const emptied = await viewQueue(scene, mara);
  tell.claim('the queue is empty', textOf(emptied).includes('The queue is empty'));
}

/** A weekend of ops is moved over a change of the clocks. */
export const shiftStory =
  (main: string): Story =>
  async (tell, backstage) => {
    tell.title('A weekend moves');
    const weekend = planWeekend(Date.now());
    const scene = await openScene(tell, { profile: 'documented', world: worldOf(weekend), main, backstage });
    const preview = await shift(scene);
    const queued = await queue(scene, preview);
    await flush(scene, queued, wantedOf(weekend));
    await closeScene(scene);
  };
