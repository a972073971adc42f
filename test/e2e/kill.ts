import { expect } from 'vitest';
import { buildSurroundings } from './process.ts';
import { edit, shown } from './stage.ts';

/** Queues an edit, kills the bot with SIGKILL the moment that is answered, starts it again, and looks; `times` over. */
export async function killAfterQueued(times: number): Promise<void> {
  const { discord, start } = await buildSurroundings();
  const joker = discord.user();
  let bot = await start();
  for (let turn = 1; turn <= times; turn += 1) {
    const answer = await edit(joker, 1, 'details', { Name: `Op ${turn} of ${times}` });
    bot.signal('SIGKILL');
    expect(shown(answer)).toContain('Queued: 1 edit');
    await bot.exit;
    bot = await start();
    const board = await joker.command('queue view');
    expect(shown(board.messageOrThrow())).toContain(`Op ${turn} of ${times}`);
  }
}
