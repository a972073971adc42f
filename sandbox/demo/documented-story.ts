import type { Message } from '../discord/index.ts';
import {
  openForm,
  pressForForm,
  pressForMessage,
  type Scene,
  showForm,
  submitForm,
  textOf,
  viewQueue,
} from './acting.ts';
import {
  type Events,
  eventsNow,
  hasReadEvents,
  sendBy,
  showHeld,
  showPatch,
  showReport,
  type Wanted,
} from './flushing.ts';
import { closeScene, openScene, opNumbered } from './opening.ts';
import type { Story } from './run.ts';
import { nextSpringMorning, weekAfter, ZONE } from './when.ts';

const NEW_NAME = 'Op Silent Harbor: Second Tide';

/** Mara finds an op by a part of its name and moves it by a week. */
async function moveAnOp(scene: Scene): Promise<Wanted> {
  const { tell, mara } = scene;
  const op = opNumbered(scene, 1);
  tell.section('Mara moves an op');
  tell.say('Mara types a part of the name, and Frago offers what fits: its name, when it starts, its calendar.');
  tell.act(mara.name, '/event edit  event: iron…');
  const choices = await mara.autocomplete('event edit', 'event', { event: 'iron' });
  tell.show(choices.map(({ name }) => `┃ ${name}`).join('\n'));
  tell.claim('one op is offered, and it is the right one', choices.length === 1 && choices[0]?.value === '1', choices);

  const modal = await openForm(scene, mara, op, 'Schedule');
  showForm(scene, modal);
  const [starts, ends] = [weekAfter(op.starts, 20, 30), weekAfter(op.starts, 23, 30)];
  const answer = await submitForm(scene, mara, modal, { Starts: starts.typed, Ends: ends.typed });
  tell.claim('two edits are queued', textOf(answer).includes('Queued: 2 edits'));
  tell.claim('nobody but Mara sees the answer', answer.ephemeral);
  tell.claim('PERSCOM has been sent nothing yet', scene.stage.perscom.patches().length === 0);
  return { [op.id]: { starts: starts.instant, ends: ends.instant } };
}

/** Mara types a time that the clocks skip, is told so, and puts it right. */
async function refuseATime(scene: Scene): Promise<Wanted> {
  const { tell, mara } = scene;
  const op = opNumbered(scene, 5);
  const morning = nextSpringMorning(Date.now());
  tell.section('A time that does not exist');
  tell.say(`Mara plans a dawn op for the night in which the clocks of ${ZONE} skip the hour from 02:00 to 03:00.`);
  const modal = await openForm(scene, mara, op, 'Schedule');
  showForm(scene, modal);
  const answer = await submitForm(scene, mara, modal, { Starts: morning.skipped, Ends: morning.ends.typed });
  tell.claim('the time is refused with the reason', textOf(answer).includes(`does not exist in ${ZONE}`));
  tell.claim('the end waits with it, as half of a move is none', textOf(answer).includes('0 edits queued, 2 not'));

  const again = await pressForForm(scene, mara, answer, 'Fix');
  tell.claim('the form holds what was typed', again.field('Starts').prefilled === morning.skipped);
  const fixed = await submitForm(scene, mara, again, { Starts: morning.starts.typed });
  tell.claim('both are queued once it is corrected', textOf(fixed).includes('Queued: 2 edits'));
  return { [op.id]: { starts: morning.starts.instant, ends: morning.ends.instant } };
}

/** Owen edits two forms of another op. */
async function editAnotherOp(scene: Scene): Promise<Wanted> {
  const { tell, owen } = scene;
  const op = opNumbered(scene, 2);
  tell.section('Owen edits another op');
  tell.say('The queue belongs to the whole server. While Mara is at it, Owen renames an op, then changes its alerts.');
  const details = await openForm(scene, owen, op, 'Details');
  showForm(scene, details);
  const renamed = await submitForm(scene, owen, details, { Name: NEW_NAME });
  tell.claim('the new name is queued', textOf(renamed).includes('Queued: 1 edit'));

  const forms = await pressForMessage(scene, owen, renamed, 'Edit another form');
  const alerts = await pressForForm(scene, owen, forms, 'Sign-up and alerts');
  const channels = ['Discord (Private)', 'Discord (Public)'];
  const alerted = await submitForm(scene, owen, alerts, { 'Notification channels': channels });
  tell.claim('the channels are queued', textOf(alerted).includes('Queued: 1 edit'));
  return { [op.id]: { name: NEW_NAME, notifications_channels: ['discord_private', 'discord_public'] } };
}

/** The bot dies without a warning and comes back; answers the board that it then shows. */
async function surviveACrash(scene: Scene): Promise<Message> {
  const { stage, tell, mara } = scene;
  tell.section('The bot dies, and nothing is lost');
  tell.say('“Queued” was the last that Owen read. That very moment the bot is killed the hard way, and started again.');
  const ending = await stage.bot().stop('SIGKILL');
  tell.claim('the bot was ended by SIGKILL, with no chance to save anything', ending.signal === 'SIGKILL', ending);
  await stage.startBot();
  const board = await viewQueue(scene, mara);
  tell.claim('all six edits are on the board', textOf(board).includes('Queue: 6 edits of 3 events'));
  return board;
}

/** Mara sends the queue that `board` shows. */
async function flush(scene: Scene, board: Message, wanted: Wanted): Promise<void> {
  const { stage, tell, mara } = scene;
  tell.section('Preview, confirm, one PATCH');
  tell.say('Frago reads the events again and shows what it would send. Only the confirmation sends it.');
  const requestsBefore = stage.perscom.requests.length;
  const preview = await pressForMessage(scene, mara, board, 'Flush');
  tell.claim('PERSCOM was read again for the preview', hasReadEvents(scene, requestsBefore));
  tell.claim('the preview names every change', textOf(preview).includes('6 changes of 3 events to send'));
  tell.claim('nothing has been sent for it', stage.perscom.patches().length === 0);

  const sent = await sendBy(scene, mara, preview, 'Send 6 changes');
  const patch = showPatch(scene, 0, wanted);
  tell.claim('PERSCOM accepted it', patch.status === 200);
  showReport(scene, mara, sent);
  const text = textOf(sent.report);
  tell.claim('it calls each of the six changes applied', text.split('✅ applied ·').length === 7, text);
  tell.claim('it sums up: 3 of 3 events updated', text.includes('3 of 3 events updated'), text);
  tell.claim('it names the channels as they are now', text.includes('🔔 Discord (Private), Discord (Public) ·'), text);
}

/** Looks at PERSCOM and at the queue after the flush. */
async function compare(scene: Scene, before: Events, wanted: Wanted): Promise<void> {
  const { tell, mara } = scene;
  tell.section('What PERSCOM holds now');
  showHeld(scene, before, wanted);
  const emptied = await viewQueue(scene, mara);
  tell.claim('the queue is empty', textOf(emptied).includes('The queue is empty'));
}

/** The main job, on a PERSCOM that does what its API reference promises. */
export const documentedStory =
  (main: string): Story =>
  async (tell, backstage) => {
    tell.title('A PERSCOM as documented');
    tell.section('The stage');
    tell.say('A PERSCOM and a Discord on this machine, and the real bot between them, which knows nothing of either.');
    const scene = await openScene(tell, { profile: 'documented', main, backstage });
    const moved = await moveAnOp(scene);
    const fixed = await refuseATime(scene);
    const renamed = await editAnotherOp(scene);
    const board = await surviveACrash(scene);
    const wanted = { ...moved, ...fixed, ...renamed };
    const before = eventsNow(scene);
    await flush(scene, board, wanted);
    await compare(scene, before, wanted);
    await closeScene(scene);
  };
