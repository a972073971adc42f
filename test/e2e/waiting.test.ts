import { expect, test } from 'vitest';
import { board, changeOnPerscom, edit, openPreview, reportsOf, type Stage, shown, startStage } from './stage.ts';

const LATER = 'Send it when PERSCOM is back';

/** A bot that asks PERSCOM once where it would ask for some seconds. */
const IMPATIENT = { tuning: { persistence: { flush: { retryForMs: 0 } } } };

/** PERSCOM is down for maintenance until that is lifted. */
const takeDown = ({ perscom }: Stage) =>
  perscom.inject({
    on: {},
    times: Number.POSITIVE_INFINITY,
    kind: 'answer',
    status: 503,
    body: { error: { message: 'down', type: 'HttpException' } },
  });

const inChannel = ({ discord }: Stage, channelId: string): string =>
  discord.channelMessages(channelId).map(shown).join('\n');

test('a flush that is left waiting is sent once PERSCOM is back, and its author is told', async () => {
  const stage = await startStage(IMPATIENT);
  const channelId = stage.discord.channel().id;
  const joker = stage.discord.user({ channelId });
  await edit(joker, 1, 'details', { Name: 'Op Patient' });
  const outage = takeDown(stage);
  const refused = await openPreview(joker);
  expect(shown(refused)).toContain('Nothing was sent; the queue is as it was');
  const left = (await joker.click(refused, LATER)).messageOrThrow();
  expect(shown(left)).toContain('I will send this when it is back');
  expect(await board(joker)).toContain('⏳ A flush waits for PERSCOM');
  await stage.restart();
  outage.lift();
  await stage.discord.until(() => inChannel(stage, channelId).includes('PERSCOM is back'), 15_000);
  expect(inChannel(stage, channelId)).toContain('1 of 1 event updated');
  expect(stage.discord.channelMessages(channelId).at(-1)?.pings).toEqual([`<@${joker.id}>`]);
  expect(stage.perscom.world.events.get(1)?.name).toBe('Op Patient');
  expect(stage.perscom.patches()).toHaveLength(1);
  expect(await board(joker)).toContain('The queue is empty');
});

test('a queue that changes while it waits is not sent, and its author is told', async () => {
  const stage = await startStage(IMPATIENT);
  const channelId = stage.discord.channel().id;
  const [joker, pyle] = [stage.discord.user({ channelId }), stage.discord.user()];
  await edit(joker, 1, 'details', { Name: 'Op Patient' });
  const outage = takeDown(stage);
  await joker.click(await openPreview(joker), LATER);
  await edit(pyle, 1, 'details', { Location: 'Malden' });
  outage.lift();
  await stage.discord.until(() => inChannel(stage, channelId).includes('not sent'), 15_000);
  expect(inChannel(stage, channelId)).toContain('The queue changed while it waited.');
  expect(stage.perscom.patches()).toHaveLength(0);
  expect(await board(joker)).toContain('2 edits of 1 event');
});

test('what changed in PERSCOM meanwhile is held back, and the rest is sent', async () => {
  const stage = await startStage(IMPATIENT);
  const channelId = stage.discord.channel().id;
  const joker = stage.discord.user({ channelId });
  await edit(joker, 1, 'details', { Name: 'Op Patient', Location: 'Malden' });
  const outage = takeDown(stage);
  await joker.click(await openPreview(joker), LATER);
  changeOnPerscom(stage.perscom, 1, { name: 'Op Theirs' });
  outage.lift();
  await stage.discord.until(() => inChannel(stage, channelId).includes('PERSCOM is back'), 15_000);
  expect(stage.perscom.world.events.get(1)).toMatchObject({ name: 'Op Theirs', location: 'Malden' });
  expect(inChannel(stage, channelId)).toContain('1 edit held back at the preview: still queued');
  expect(await board(joker)).toContain('1 edit of 1 event');
});

test('a flush that was told not to wait any more is never sent', async () => {
  const stage = await startStage(IMPATIENT);
  const joker = stage.discord.user();
  await edit(joker, 1, 'details', { Name: 'Op Patient' });
  const outage = takeDown(stage);
  const left = (await joker.click(await openPreview(joker), LATER)).messageOrThrow();
  const stopped = await joker.click(left, 'Cancel the waiting flush');
  expect(shown(stopped.messageOrThrow())).toContain('will not be sent');
  const again = await joker.click(left, 'Cancel the waiting flush');
  expect(shown(again.messageOrThrow())).toContain('does not wait any more');
  outage.lift();
  expect(await board(joker)).not.toContain('⏳');
  await stage.restart();
  expect(await board(joker)).toContain('1 edit of 1 event');
  expect(stage.perscom.patches()).toHaveLength(0);
});

test('a report stays as it is when what PERSCOM turned away is left waiting from it', async () => {
  const stage = await startStage(IMPATIENT);
  const joker = stage.discord.user();
  await edit(joker, 1, 'details', { Name: 'Op Patient' });
  const preview = await openPreview(joker);
  stage.perscom.inject({
    on: { method: 'PATCH' },
    kind: 'answer',
    status: 503,
    body: { error: { message: 'down', type: 'HttpException' } },
  });
  const [report] = await reportsOf(await joker.click(preview, 'Send 1 change'));
  if (report === undefined) throw new Error('no report');
  const before = shown(report);
  const left = (await joker.click(report, LATER)).messageOrThrow();
  expect(shown(left)).toContain('I will send this when it is back');
  expect(shown(report)).toBe(before);
});
