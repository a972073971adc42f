import { expect, test } from 'vitest';
import { board, buttonOn, edit, reportsOf, shown, startStage } from '../e2e/stage.ts';

test('a PATCH that is never answered is unknown after a minute, and stays queued', async () => {
  const { discord, perscom } = await startStage({ answerTimeoutMs: 90_000 });
  const joker = discord.user();
  await edit(joker, 1, 'details', { Name: 'Op Wanted' });
  perscom.inject({ on: { method: 'PATCH' }, kind: 'hang' });
  const preview = (await joker.command('queue flush')).messageOrThrow();
  const report = await reportsOf(await joker.click(preview, buttonOn(preview, 'Send')));
  const text = report.map(shown).join();
  expect(text).toContain('PERSCOM did not answer within 60 seconds');
  expect(text).toContain('❓ UNKNOWN');
  expect(await board(joker)).toContain('Op Wanted');
  expect(perscom.patches()).toHaveLength(1);
});
