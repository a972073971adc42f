import { describe, expect, test } from 'vitest';
import type { PerscomSandbox } from '../../sandbox/perscom/server.ts';
import { board, edit, flush, hasButton, reportsOf, shown, startStage } from './stage.ts';

const rename = ({ world }: PerscomSandbox, id: number, name: string): void => {
  const event = world.events.get(id);
  if (event !== undefined) world.events.set(id, { ...event, name });
};

describe('an event that somebody changed after it was queued', () => {
  test('shows all three values and is not sent until it is settled', async () => {
    const { discord, perscom } = await startStage();
    const joker = discord.user();
    await edit(joker, 1, 'details', { Name: 'Op Ours' });
    await edit(joker, 2, 'details', { Name: 'Op Untroubled' });
    rename(perscom, 1, 'Op Theirs');
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
    rename(perscom, 1, 'Op Theirs');
    const preview = (await joker.command('queue flush')).messageOrThrow();
    const settled = (await joker.click(preview, button)).messageOrThrow();
    expect(hasButton(settled, 'Conflicts')).toBe(false);
    await flush(joker);
    expect(perscom.world.events.get(1)).toMatchObject({ name, location: 'Malden' });
    expect(await board(joker)).toContain('The queue is empty');
  });

  test('between preview and confirm is shown anew instead of being overwritten', async () => {
    const { discord, perscom } = await startStage();
    const joker = discord.user();
    await edit(joker, 1, 'details', { Name: 'Op Ours' });
    const preview = (await joker.command('queue flush')).messageOrThrow();
    rename(perscom, 1, 'Op Theirs');
    const answer = (await joker.click(preview, 'Send 1 change')).messageOrThrow();
    expect(shown(answer)).toContain('**Not sent:**');
    expect(shown(answer)).toContain('is now “Op Theirs”');
    expect(perscom.patches()).toHaveLength(0);
  });
});

describe('a preview', () => {
  test('sends nothing once the queue has moved on, and shows the fresh one', async () => {
    const { discord, perscom } = await startStage();
    const [joker, pyle] = [discord.user(), discord.user()];
    await edit(joker, 1, 'details', { Name: 'Op A' });
    const preview = (await joker.command('queue flush')).messageOrThrow();
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
  });

  test('is refused while another flush of the guild is under way', async () => {
    const { discord, perscom } = await startStage();
    const [joker, pyle] = [discord.user(), discord.user()];
    await edit(joker, 1, 'details', { Name: 'Op A' });
    const first = (await joker.command('queue flush')).messageOrThrow();
    const second = (await pyle.command('queue flush')).messageOrThrow();
    perscom.inject({ on: { method: 'PATCH' }, kind: 'handle', delayMs: 700 });
    const sending = joker.click(first, 'Send 1 change');
    await discord.until(() => perscom.patches().length === 1);
    const refused = (await pyle.click(second, 'Send 1 change')).messageOrThrow();
    expect(shown(refused)).toContain('Another flush of this server is under way');
    expect((await reportsOf(await sending)).map(shown).join()).toContain('1 of 1 event updated');
    expect(perscom.patches()).toHaveLength(1);
  });

  test('that was cancelled sends nothing', async () => {
    const { discord, perscom } = await startStage();
    const joker = discord.user();
    await edit(joker, 1, 'details', { Name: 'Op A' });
    const preview = (await joker.command('queue flush')).messageOrThrow();
    const answer = (await joker.click(preview, 'Not now')).messageOrThrow();
    expect(shown(answer)).toContain('Nothing was done');
    expect(perscom.patches()).toHaveLength(0);
  });
});
