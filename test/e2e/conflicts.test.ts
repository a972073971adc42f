import { describe, expect, test } from 'vitest';
import { renderModal } from '../../sandbox/discord/index.ts';
import { board, changeOnPerscom, edit, flush, hasButton, openPreview, reportsOf, shown, startStage } from './stage.ts';

describe('an event that somebody changed after it was queued', () => {
  test('shows all three values and is not sent until it is settled', async () => {
    const { discord, perscom } = await startStage();
    const joker = discord.user();
    await edit(joker, 1, 'details', { Name: 'Op Ours' });
    await edit(joker, 2, 'details', { Name: 'Op Untroubled' });
    changeOnPerscom(perscom, 1, { name: 'Op Theirs' });
    const { preview } = await flush(joker);
    expect(preview).toContain('it was “Op Iron Resolve” when');
    expect(preview).toContain('queued “Op Ours”, and is now “Op Theirs”');
    expect(perscom.patches()[0]?.body).toEqual({ resources: { 2: { name: 'Op Untroubled' } } });
    expect(await board(joker)).toContain('Op Ours');
  });

  test.each([
    ['Conflicts: use ours', 'Op Ours'],
    ['Conflicts: keep theirs, drop ours', 'Op Theirs'],
  ])('%s leaves %s', async (button, name) => {
    const { discord, perscom } = await startStage();
    const joker = discord.user();
    await edit(joker, 1, 'details', { Name: 'Op Ours', Location: 'Malden' });
    changeOnPerscom(perscom, 1, { name: 'Op Theirs' });
    const preview = await openPreview(joker);
    const settled = (await joker.click(preview, button)).messageOrThrow();
    expect(hasButton(settled, 'Conflicts')).toBe(false);
    await flush(joker);
    expect(perscom.world.events.get(1)).toMatchObject({ name, location: 'Malden' });
    expect(await board(joker)).toContain('The queue is empty');
  });

  test.each([
    ['Use ours', '• **Name**: ~~“Op Theirs”~~ → “Op Ours”', '2 edits of 2 events'],
    ['Keep theirs, drop ours', '0 changes of 0 events to send · 1 conflict', '1 edit of 1 event'],
    ['Leave it queued', '0 changes of 0 events to send · 2 conflicts', '2 edits of 2 events'],
  ])('is resolved alone: %s', async (button, previewed, queued) => {
    const { discord, perscom } = await startStage();
    const joker = discord.user();
    await edit(joker, 1, 'details', { Name: 'Op Ours' });
    await edit(joker, 2, 'details', { Location: 'Ours' });
    changeOnPerscom(perscom, 1, { name: 'Op Theirs', updated_at: '2026-11-20T10:00:00.000000Z' });
    changeOnPerscom(perscom, 2, { location: 'Theirs' });
    const preview = await openPreview(joker);
    expect(shown(preview)).toContain(`(the event was last changed <t:${Date.parse('2026-11-20T10:00:00Z') / 1000}:R>)`);
    const one = (await joker.select(preview, 'Resolve one conflict…', ['Name of Op Theirs'])).messageOrThrow();
    expect(shown(one)).toContain('it was “Op Iron Resolve” when');
    const settled = shown((await joker.click(one, button)).messageOrThrow());
    expect(settled).toContain(previewed);
    expect(settled).toContain('is now “Theirs”');
    expect(await board(joker)).toContain(queued);
    expect(perscom.patches()).toHaveLength(0);
  });

  test('between preview and confirm is shown anew instead of being overwritten', async () => {
    const { discord, perscom } = await startStage();
    const joker = discord.user();
    await edit(joker, 1, 'details', { Name: 'Op Ours' });
    const preview = await openPreview(joker);
    changeOnPerscom(perscom, 1, { name: 'Op Theirs' });
    const answer = (await joker.click(preview, 'Send 1 change')).messageOrThrow();
    expect(shown(answer)).toContain('**Not sent:**');
    expect(shown(answer)).toContain('is now “Op Theirs”');
    expect(perscom.patches()).toHaveLength(0);
  });
});

describe('an op whose start somebody changed after its start and end were queued', () => {
  const [starts, ends] = ['2026-11-24T18:30:00.000000Z', '2026-11-24T22:00:00.000000Z'];

  const setTheStage = async () => {
    const { discord, perscom } = await startStage();
    const joker = discord.user();
    await edit(joker, 1, 'schedule', { Starts: '2026-12-08 20:00', Ends: '2026-12-08 23:45' });
    changeOnPerscom(perscom, 1, { starts });
    return { joker, perscom, preview: await openPreview(joker) };
  };

  test('is not moved by half, and the preview says what its end waits for', async () => {
    const { preview } = await setTheStage();
    expect(shown(preview)).toContain('**Starts** is in **conflict**');
    expect(shown(preview)).toContain('so half of the move is not sent');
    expect(shown(preview)).toContain('1 other time of the same events not sent either');
    expect(hasButton(preview, 'Send')).toBe(false);
  });

  test.each([
    ['Use ours', { starts: '2026-12-08T19:00:00.000000Z', ends: '2026-12-08T22:45:00.000000Z' }],
    ['Keep theirs, drop ours', { starts, ends }],
  ])('is moved whole or not at all: %s', async (button, times) => {
    const { joker, perscom, preview } = await setTheStage();
    const one = (await joker.select(preview, 'Resolve one conflict…', ['Starts of Op Iron Resolve'])).messageOrThrow();
    expect(shown(one)).toContain('**Ends** →');
    const settled = (await joker.click(one, button)).messageOrThrow();
    if (hasButton(settled, 'Send')) await joker.click(settled, 'Send 2 changes');
    expect(perscom.world.events.get(1)).toMatchObject(times);
    expect(await board(joker)).toContain('The queue is empty');
  });

  test('keeps theirs whole where all conflicts are dropped at once', async () => {
    const { joker, perscom, preview } = await setTheStage();
    await joker.click(preview, 'Conflicts: keep theirs, drop ours');
    expect(await board(joker)).toContain('The queue is empty');
    expect(perscom.world.events.get(1)).toMatchObject({ starts, ends });
  });
});

test('edits of an event that is gone stay queued until somebody removes them with a click', async () => {
  const { discord, perscom } = await startStage();
  const joker = discord.user();
  await edit(joker, 1, 'details', { Name: 'Op Gone', Location: 'Nowhere' });
  await edit(joker, 2, 'details', { Location: 'Malden' });
  perscom.world.events.delete(1);
  const { preview } = await flush(joker);
  expect(preview).toContain('the event no longer exists in PERSCOM');
  expect(await board(joker)).toContain('2 edits of 1 event');
  const again = await openPreview(joker);
  const removed = await joker.click(again, 'Remove 2 edits of gone events');
  expect(shown(removed.messageOrThrow())).toContain('The queue is empty');
  expect(await board(joker)).toContain('The queue is empty');
});

test('a refused edit is fixed from the report and from the board, in its form with what was typed', async () => {
  const { discord } = await startStage({ profile: 'shipped' });
  const joker = discord.user();
  await edit(joker, 1, 'schedule', { Starts: '2026-12-01 21:00', Ends: '2026-12-01 23:45' });
  const [report] = (await flush(joker)).reports;
  const shownBoard = (await joker.command('queue view')).messageOrThrow();
  for (const message of [report, shownBoard]) {
    if (message === undefined) throw new Error('no report');
    const opened = await joker.select(message, 'Fix what was not applied…', ['Schedule: Op Iron Resolve']);
    expect(renderModal(opened.modalOrThrow())).toContain('2026-12-01 21:00');
  }
});

describe('a preview', () => {
  test('sends nothing once the queue has moved on, and shows the fresh one', async () => {
    const { discord, perscom } = await startStage();
    const [joker, pyle] = [discord.user(), discord.user()];
    await edit(joker, 1, 'details', { Name: 'Op A' });
    const preview = await openPreview(joker);
    await edit(pyle, 2, 'details', { Name: 'Op B' });
    const answer = (await joker.click(preview, 'Send 1 change')).messageOrThrow();
    expect(shown(answer)).toContain('**Not sent:**');
    expect(shown(answer)).toContain('2 changes of 2 events to send');
    expect(perscom.patches()).toHaveLength(0);
  });

  test('that two moderators confirm at the same moment is sent once', async () => {
    const { discord, perscom } = await startStage();
    const [joker, pyle] = [discord.user(), discord.user()];
    await edit(joker, 1, 'details', { Name: 'Op Once' });
    const [first, second] = await Promise.all([joker.command('queue flush'), pyle.command('queue flush')]);
    const answers = await Promise.all([
      joker.click(first.messageOrThrow(), 'Send 1 change'),
      joker.click(first.messageOrThrow(), 'Send 1 change').catch(() => null),
      pyle.click(second.messageOrThrow(), 'Send 1 change'),
    ]);
    await discord.until(() => answers.some((answer) => (answer?.followUps.length ?? 0) > 0));
    expect(perscom.patches()).toHaveLength(1);
    expect(answers.flatMap((answer) => answer?.followUps ?? [])).toHaveLength(1);
  });

  test('is refused while another flush of the guild is under way', async () => {
    const { discord, perscom } = await startStage();
    const [joker, pyle] = [discord.user(), discord.user()];
    await edit(joker, 1, 'details', { Name: 'Op A' });
    const first = await openPreview(joker);
    const second = await openPreview(pyle);
    perscom.inject({ on: { method: 'PATCH' }, kind: 'handle', delayMs: 700 });
    const sending = joker.click(first, 'Send 1 change');
    await discord.until(() => perscom.patches().length === 1);
    const refused = (await pyle.click(second, 'Send 1 change')).messageOrThrow();
    expect(shown(refused)).toContain('A flush of this server is under way');
    expect((await reportsOf(await sending)).map(shown).join()).toContain('1 of 1 event updated');
    expect(perscom.patches()).toHaveLength(1);
  });

  test('that was cancelled sends nothing', async () => {
    const { discord, perscom } = await startStage();
    const joker = discord.user();
    await edit(joker, 1, 'details', { Name: 'Op A' });
    const preview = await openPreview(joker);
    const answer = (await joker.click(preview, 'Not now')).messageOrThrow();
    expect(shown(answer)).toContain('Nothing was done');
    expect(perscom.patches()).toHaveLength(0);
  });
});

const never = (): never => {
  throw new Error('no answer');
};

describe('times of one event from two forms', () => {
  test('that would end it before it starts do not take the place of another moderator’s', async () => {
    const { discord } = await startStage();
    const [joker, pyle] = [discord.user(), discord.user()];
    const opened = (await pyle.command('event edit', { event: '1' })).modalOrThrow();
    await edit(joker, 1, 'schedule', { Starts: '2026-12-05 22:00', Ends: '2026-12-05 23:45', 'All day': true });
    const contested = (await pyle.submit(opened, { Ends: '2026-12-01 23:59' })).messageOrThrow();
    const answer = (await pyle.click(contested, 'Replace')).messageOrThrow();
    expect(shown(answer)).toContain('Not queued: it does not fit what is');
    expect(await board(joker)).toContain('3 edits of 1 event');
    expect(await board(joker)).toContain('23:45');
    const again = (await pyle.click(answer, 'Fix')).modalOrThrow();
    expect(renderModal(again)).toContain('2026-12-01 23:59');
  });
});

describe('while a flush is under way', () => {
  test('nothing can be taken back or discarded, and a new edit of the same field waits for the next flush', async () => {
    const { discord, perscom } = await startStage();
    const [joker, pyle] = [discord.user(), discord.user()];
    await edit(joker, 1, 'details', { Name: 'Op Sent', Location: 'Sent' });
    const preview = await openPreview(joker);
    const asked = (await pyle.command('queue clear')).messageOrThrow();
    perscom.inject({ on: { method: 'PATCH' }, kind: 'handle', delayMs: 900 });
    const sending = joker.click(preview, 'Send 2 changes');
    await discord.until(() => perscom.patches().length === 1);
    const removed = (await pyle.command('queue remove', { event: '1' })).messageOrThrow();
    expect(shown(removed)).toContain('Nothing was taken back');
    const discarded = (await pyle.click(asked, 'Discard 2 edits')).messageOrThrow();
    expect(shown(discarded)).toContain('Nothing was discarded');
    await edit(joker, 1, 'details', { Name: 'Op Next' });
    await reportsOf(await sending);
    expect(perscom.world.events.get(1)).toMatchObject({ name: 'Op Sent', location: 'Sent' });
    expect(await board(joker)).toContain('Op Next');
    expect(await board(joker)).toContain('1 edit of 1 event');
  });

  test('an edit that is taken back before the rest is sent is not sent with it', async () => {
    const { discord, perscom } = await startStage({ profile: 'shipped' });
    const [joker, pyle] = [discord.user(), discord.user()];
    await edit(joker, 1, 'details', { Name: 'Op A', Location: 'Malden' });
    await edit(joker, 2, 'schedule', { Starts: '2026-12-01 21:00' });
    const [first = never()] = (await flush(joker)).reports;
    perscom.inject({ on: { method: 'POST', path: '/v2/events/search' }, kind: 'handle', delayMs: 700 });
    const sending = joker.click(first, 'Send the rest (2 changes)');
    await discord.until(() => perscom.requests.at(-1)?.status === null);
    const removed = (await pyle.command('queue remove', { event: '1', field: 'location' })).messageOrThrow();
    expect(shown(removed)).toContain('Took back 1 queued edit');
    const answer = (await sending).messageOrThrow();
    expect(shown(answer)).toContain('**Not sent:**');
    expect(perscom.patches()).toHaveLength(1);
  });
});

describe('taking back an edit by typing the present value', () => {
  test('asks PERSCOM first, and does not believe a value that it had a minute ago', async () => {
    const { discord, perscom } = await startStage();
    const joker = discord.user();
    await edit(joker, 1, 'details', { Name: 'Op Wanted' });
    changeOnPerscom(perscom, 1, { name: 'Op Theirs' });
    const answer = await edit(joker, 1, 'details', { Name: 'Op Iron Resolve' });
    expect(shown(answer)).not.toContain('taken back');
    const preview = await openPreview(joker);
    expect(shown(preview)).toContain('is now “Op Theirs”');
  });
});
