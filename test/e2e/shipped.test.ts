import { describe, expect, test } from 'vitest';
import { board, buttonOn, edit, flush, hasButton, reportsOf, shown, startStage } from './stage.ts';

describe('against PERSCOM as shipped', () => {
  test('a renamed and a moved op end in a true report, and the rename goes through with the rest', async () => {
    const { discord, perscom } = await startStage({ profile: 'shipped' });
    const joker = discord.user();
    const movedFrom = perscom.world.events.get(2)?.starts;
    await edit(joker, 1, 'details', { Name: 'Op Renamed' });
    await edit(joker, 2, 'schedule', { Starts: '2026-12-01 21:00', Ends: '2026-12-01 23:45' });

    const { reports } = await flush(joker);
    const report = reports.map(shown).join('\n');
    expect(report).toContain('0 of 2 events updated');
    expect(report).toContain('PERSCOM failed with an error of its own (500)');
    expect(report).toContain('most likely on another field of the batch');
    expect(report.match(/❌ NOT applied \(rejected\)/g)).toHaveLength(3);
    expect(report).toContain('PERSCOM holds “Op Iron Resolve”');
    expect(perscom.world.events.get(1)?.name).toBe('Op Iron Resolve');
    expect(await board(joker)).toContain('3 edits of 2 events');

    const [first] = reports;
    if (first === undefined) throw new Error('no report');
    expect(buttonOn(first, 'Send the rest')).toBe('Send the rest (1 change)');
    const rest = await joker.click(first, 'Send the rest (1 change)');
    const second = (await reportsOf(rest)).map(shown).join('\n');
    expect(second).toContain('1 of 1 event updated');
    expect(second).toContain('✅ applied');
    expect(perscom.patches().map(({ body }) => body)[1]).toEqual({ resources: { 1: { name: 'Op Renamed' } } });
    expect(perscom.world.events.get(1)?.name).toBe('Op Renamed');
    expect(perscom.world.events.get(2)?.starts).toBe(movedFrom);
    const left = await board(joker);
    expect(left).toContain('2 edits of 1 event');
    expect(left).toContain('last flush: PERSCOM failed (500), as it is known to on this field');
    expect(second).toContain('The queue holds 2 edits now');

    const again = await joker.click(first, 'Send the rest (1 change)');
    expect(shown(again.messageOrThrow())).toContain('Nothing of that is left to send');
    expect(perscom.patches()).toHaveLength(2);
  });

  test('fields that a 422 names stay queued with the server’s words, and the others go through', async () => {
    const { discord, perscom } = await startStage({ profile: 'shipped' });
    const joker = discord.user();
    await edit(joker, 1, 'alerts', { 'Notification interval': ['1 week before'] });
    await edit(joker, 1, 'details', { Location: 'Malden' });
    const { reports } = await flush(joker);
    const [first] = reports;
    if (first === undefined) throw new Error('no report');
    expect(shown(first)).toContain('PERSCOM says: The selected notifications interval is invalid.');
    expect(shown(first)).toContain('not at fault');
    const rest = await joker.click(first, 'Send the rest (1 change)');
    expect((await reportsOf(rest)).map(shown).join()).toContain('1 of 1 event updated');
    expect(perscom.world.events.get(1)?.location).toBe('Malden');
    expect(await board(joker)).toContain('Notification interval');
  });

  test('answers that take longer than Discord waits are announced, and reported in public all the same', async () => {
    const { discord, perscom } = await startStage({ profile: 'shipped' });
    const channelId = discord.channel().id;
    const joker = discord.user({ channelId });
    await edit(joker, 1, 'alerts', { 'Notification interval': ['1 week before'] });
    await edit(joker, 1, 'details', { Location: 'Malden' });
    perscom.inject({ on: { method: 'PATCH' }, kind: 'handle', delayMs: 1_700, times: 2 });
    const { reports } = await flush(joker);
    const [first] = reports;
    if (first === undefined) throw new Error('no report');
    await reportsOf(await joker.click(first, 'Send the rest (1 change)'));
    const inPublic = discord.channelMessages(channelId).map(shown);
    expect(inPublic).toEqual([expect.stringContaining('0 of 1 event'), expect.stringContaining('1 of 1 event')]);
  });

  test('a field that is dropped in silence is reported as ignored, never as applied', async () => {
    const { discord, perscom } = await startStage({ profile: 'shipped' });
    const joker = discord.user();
    await edit(joker, 1, 'alerts', { 'Registration enabled': false });
    await edit(joker, 1, 'details', { Location: 'Malden' });
    const report = (await flush(joker)).reports.map(shown).join('\n');
    expect(report).toContain('0 of 1 event updated, 1 only in part');
    expect(report).toContain(
      '⚠️ NOT applied (ignored) · **Registration enabled**: was yes · asked for no · PERSCOM holds yes',
    );
    expect(perscom.world.events.get(1)?.registration_enabled).toBe(true);
    expect(await board(joker)).toContain('PERSCOM accepted it and did not store it');
  });

  test('there is no rest to offer when every change is one that the server cannot take', async () => {
    const { discord } = await startStage({ profile: 'shipped' });
    const joker = discord.user();
    await edit(joker, 2, 'schedule', { Starts: '2026-12-01 21:00', Ends: '2026-12-01 23:45' });
    const { reports } = await flush(joker);
    expect(reports.some((report) => hasButton(report, 'Send the rest'))).toBe(false);
    expect(reports.map(shown).join()).toContain('can be entered on the event’s page');
  });
});
