import type { Message } from '../discord/index.ts';
import { linksIn, openForm, type Scene, showMessage, submitForm, textOf, viewQueue } from './acting.ts';
import { claimUntouched, eventsNow, sendBy, showHeld, showPatch, showReport, type Wanted } from './flushing.ts';
import { closeScene, openScene, opNumbered } from './opening.ts';
import type { Story } from './run.ts';
import { weekAfter } from './when.ts';

const NEW_NAME = 'Op Silent Harbor: Second Tide';

type Plans = { readonly renamed: Wanted; readonly moved: Wanted };

/** Owen renames one op and Mara moves another, into one queue. */
async function fillTheQueue(scene: Scene): Promise<Plans> {
  const { tell, mara, owen } = scene;
  const [harbor, resolve] = [opNumbered(scene, 2), opNumbered(scene, 1)];
  tell.section('A renamed op and a moved op in one queue');
  const details = await openForm(scene, owen, harbor, 'Details');
  const renamed = await submitForm(scene, owen, details, { Name: NEW_NAME });
  tell.claim('the new name is queued', textOf(renamed).includes('Queued: 1 edit'));

  const schedule = await openForm(scene, mara, resolve, 'Schedule');
  const [starts, ends] = [weekAfter(resolve.starts, 20, 30), weekAfter(resolve.starts, 23, 30)];
  const moved = await submitForm(scene, mara, schedule, { Starts: starts.typed, Ends: ends.typed });
  tell.claim('the new times are queued', textOf(moved).includes('Queued: 2 edits'));
  return {
    renamed: { [harbor.id]: { name: NEW_NAME } },
    moved: { [resolve.id]: { starts: starts.instant, ends: ends.instant } },
  };
}

/** Sends both, which this PERSCOM answers with a 500; answers the report. */
async function meetTheError(scene: Scene, { renamed, moved }: Plans): Promise<Message> {
  const { tell, mara } = scene;
  const before = eventsNow(scene);
  tell.section('The whole batch fails');
  tell.say(
    'This PERSCOM answers 500 to any PATCH that holds a start or an end, and takes the renamed op down with it.',
  );
  tell.act(mara.name, '/queue flush');
  const preview = (await mara.command('queue flush')).messageOrThrow();
  showMessage(scene, preview);
  const sent = await sendBy(scene, mara, preview, 'Send 3 changes');
  const patch = showPatch(scene, 0, { ...renamed, ...moved });
  tell.claim('PERSCOM failed', patch.status === 500);
  claimUntouched(scene, before);

  tell.say('A 500 proves nothing, so Frago has read both events again before it says a word about them.');
  showReport(scene, mara, sent);
  const text = textOf(sent.report);
  tell.claim('it sums up: 0 of 2 events updated', text.includes('0 of 2 events updated'), text);
  tell.claim('it calls all three changes NOT applied', text.split('NOT applied').length === 4, text);
  tell.claim('it calls none applied', !text.includes('✅'), text);
  return sent.report;
}

/** Sends what was not at fault. */
async function sendTheRest(scene: Scene, report: Message, { renamed }: Plans): Promise<void> {
  const { tell, owen } = scene;
  const before = eventsNow(scene);
  tell.section('Send the rest');
  tell.say('The times are what this PERSCOM fails on, the name is not. One click sends the name alone.');
  const sent = await sendBy(scene, owen, report, 'Send the rest (1 change)');
  const patch = showPatch(scene, 1, renamed);
  tell.claim('PERSCOM accepted it', patch.status === 200);
  showReport(scene, owen, sent);
  const text = textOf(sent.report);
  tell.claim('it sums up: 1 of 1 event updated', text.includes('1 of 1 event updated'), text);
  tell.claim('it calls the new name applied', text.includes('✅ applied · **Name**'), text);
  showHeld(scene, before, renamed);
}

/** The move waits in the queue, with the reason; a link leads to where it can be made by hand. */
async function keepTheMove(scene: Scene): Promise<void> {
  const { stage, tell, mara } = scene;
  tell.section('The move is not lost');
  const board = await viewQueue(scene, mara);
  const text = textOf(board);
  tell.claim('the two new times are still queued, and only they', text.includes('Queue: 2 edits of 1 event'), text);
  const reasons = text.split('↳ last flush: PERSCOM failed (500), as it is known to on this field').length - 1;
  tell.claim('each has its reason', reasons === 2, text);
  const op = opNumbered(scene, 1);
  const address = linksIn(board).find(({ words }) => words === op.name)?.address ?? '(no link)';
  tell.say('Until PERSCOM learns to move events, somebody can do it by hand. On the board, the op’s name is a link:');
  tell.show(`${op.name} → ${address}`);
  tell.claim('it leads to the event’s page in PERSCOM', address.startsWith(`${stage.perscom.url}/events/${op.id}`));
}

/** What honesty looks like, on a PERSCOM that behaves as the one that is shipped was recorded to. */
export const shippedStory =
  (main: string): Story =>
  async (tell, backstage) => {
    tell.title('A PERSCOM as shipped');
    tell.section('The stage');
    tell.say(
      'The server as it is shipped does less than its reference promises. Same bot, new database, other PERSCOM.',
    );
    const scene = await openScene(tell, { profile: 'shipped', main, backstage });
    const plans = await fillTheQueue(scene);
    const report = await meetTheError(scene, plans);
    await sendTheRest(scene, report, plans);
    await keepTheMove(scene);
    await closeScene(scene);
  };
