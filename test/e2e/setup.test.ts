import { describe, expect, test } from 'vitest';
import { Permission } from '../../sandbox/discord/wire.ts';
import { buttonOn, edit, flush, hasButton, NOW, type Stage, shown, startStage } from './stage.ts';

/** The clock of these stories stands still, at 13:00 in Berlin and 07:00 in New York. */
const atNoon = () => startStage({ clock: { now: () => NOW } });

const ADMINISTRATION = Permission.manageEvents | Permission.manageGuild;
const administrator = ({ discord }: Stage) => discord.user({ permissions: ADMINISTRATION });

describe('a typed time', () => {
  test('counts in the zone of who types it: the same words are two instants', async () => {
    const stage = await atNoon();
    const [anna, ben] = [stage.discord.user({ name: 'Anna' }), stage.discord.user({ name: 'Ben' })];
    const set = (await anna.command('setup me', { zone: 'America/New_York' })).messageOrThrow();
    expect(shown(set)).toContain('`20:00` is 20:00 in America/New_York (UTC-5), <t:1795395600:t>');
    const typed = { Starts: '5 Dec 20:00', Ends: '5 Dec 23:00' };
    await edit(anna, 1, 'schedule', typed);
    await edit(ben, 2, 'schedule', typed);
    await flush(ben);
    expect(stage.perscom.patches()[0]?.body).toEqual({
      resources: {
        1: { starts: '2026-12-06T01:00:00Z', ends: '2026-12-06T04:00:00Z' },
        2: { starts: '2026-12-05T19:00:00Z', ends: '2026-12-05T22:00:00Z' },
      },
    });
  });

  test('counts in the unit’s zone once that is set, also after a restart, and what was queued before stays as it is', async () => {
    const stage = await atNoon();
    const ben = administrator(stage);
    await edit(ben, 1, 'schedule', { Starts: '2026-12-05 20:00', Ends: '2026-12-05 23:00' });
    const set = shown((await ben.command('setup zone', { zone: 'Chicago' })).messageOrThrow());
    expect(set).toContain('The unit’s zone is now **America/Chicago** (UTC-6, CST), where it is 06:00 now.');
    expect(set).toContain('`20:00` is 20:00 in America/Chicago (UTC-6), <t:1795399200:t>');
    expect(set).toContain('Queued edits are as they were');
    await stage.restart();
    await edit(ben, 2, 'schedule', { Starts: '2026-12-05 20:00', Ends: '2026-12-05 23:00' });
    const { preview } = await flush(ben);
    expect(preview).toContain('(America/Chicago)');
    expect(stage.perscom.patches()[0]?.body).toEqual({
      resources: {
        1: { starts: '2026-12-05T19:00:00Z', ends: '2026-12-05T22:00:00Z' },
        2: { starts: '2026-12-06T02:00:00Z', ends: '2026-12-06T05:00:00Z' },
      },
    });
  });
});

describe('/setup zone', () => {
  test('needs Manage Server besides Manage Events, on its buttons too', async () => {
    const stage = await atNoon();
    const boss = administrator(stage);
    const asked = (await boss.command('setup zone', { zone: 'CET' })).messageOrThrow();
    expect(shown(asked)).toContain('“CET” can be 35 zones. Nothing was changed. Choose one or type more of it');
    const demoted = stage.discord.user({ id: boss.id });
    for (const answer of [
      await demoted.command('setup zone', { zone: 'Europe/Paris' }),
      await demoted.click(asked, buttonOn(asked, 'Paris, France · UTC+1 CET · 13:00 now')),
    ])
      expect(shown(answer.messageOrThrow())).toBe(
        'You need the **Manage Server** permission in this server for that. Nothing was changed. Ask an administrator for it.',
      );
    const onlyServer = stage.discord.user({ id: boss.id, permissions: Permission.manageGuild });
    const again = (await boss.command('setup zone', { zone: 'CET' })).messageOrThrow();
    const refused = await onlyServer.click(again, buttonOn(again, 'Paris, France'));
    expect(shown(refused.messageOrThrow())).toContain('**Manage Events**');
    const status = (await boss.command('setup status')).messageOrThrow();
    expect(shown(status)).toContain(
      'The unit’s zone: **Europe/Berlin** (UTC+1, CET), where it is 13:00 now. It is the',
    );
  });

  test('takes what it can only understand as one zone, and asks about the rest', async () => {
    const stage = await atNoon();
    const boss = administrator(stage);
    const none = (await boss.command('setup zone', { zone: '**Atlantis** @everyone' })).messageOrThrow();
    expect(shown(none).replace('\u200b', '')).toContain(
      'I find no zone for “**Atlantis** @everyone”. Nothing was changed.',
    );
    const asked = (await boss.command('setup zone', { zone: '13:00' })).messageOrThrow();
    const chosen = await boss.click(asked, buttonOn(asked, 'Warsaw, Poland'));
    expect(shown(chosen.messageOrThrow())).toContain('The unit’s zone is now **Europe/Warsaw**');
    const status = shown((await boss.command('setup status')).messageOrThrow());
    expect(status).toContain('**Europe/Warsaw** (UTC+1, CET), where it is 13:00 now. It was set with `/setup zone`.');
    expect(status).toContain('This server is connected to PERSCOM.');
  });

  test('suggests zones while one types, by place, country, abbreviation and time', async () => {
    const stage = await atNoon();
    const ben = stage.discord.user();
    const firstFor = async (text: string) => (await ben.autocomplete('setup zone', 'zone', { zone: text }))[0];
    expect(await firstFor('berl')).toEqual({ name: 'Berlin, Germany · UTC+1 CET · 13:00 now', value: 'Europe/Berlin' });
    expect(await firstFor('Munchen')).toMatchObject({
      name: 'München, Germany (Europe/Berlin) · UTC+1 CET · 13:00 now',
    });
    expect(await firstFor('australia')).toMatchObject({ value: 'Australia/Sydney' });
    expect(await firstFor('EST')).toMatchObject({ name: 'New York, United States · UTC-5 EST · 07:00 now' });
    expect(await firstFor('7:05 am')).toMatchObject({ value: 'America/New_York' });
    expect(await firstFor('')).toMatchObject({ value: 'Europe/Berlin' });
    expect(await ben.autocomplete('setup zone', 'zone', { zone: 'a' })).toHaveLength(25);
    expect(await firstFor('Atlantis')).toBeUndefined();
  });
});

describe('/setup me', () => {
  test('sets zone and dates for its user alone, shows them, survives a restart and forgets the zone', async () => {
    const stage = await atNoon();
    const [anna, ben] = [stage.discord.user(), stage.discord.user()];
    const asked = (
      await anna.command('setup me', { zone: 'EST', dates: 'Month first: 03/04 is March 4' })
    ).messageOrThrow();
    const chosen = (await anna.click(asked, buttonOn(asked, 'New York, United States'))).messageOrThrow();
    expect(shown(chosen)).toContain('Saved, for you alone');
    await stage.restart();
    const own = (await anna.command('setup me')).messageOrThrow();
    expect(shown(own)).toContain('Your own zone: **America/New_York** (UTC-5, EST), where it is 07:00 now.');
    expect(shown(own)).toContain('Dates in numbers: the month first: `03/04` is March 4.');
    const theirs = (await ben.command('setup me')).messageOrThrow();
    expect(shown(theirs)).toContain('Your own zone: not set');
    expect(hasButton(theirs, 'Forget my zone')).toBe(false);

    const forgotten = (await anna.click(own, 'Forget my zone')).messageOrThrow();
    expect(shown(forgotten)).toContain('Your own zone: not set, so what you type counts in the unit’s.');
    expect(shown(forgotten)).toContain('the month first');
    await anna.command('setup me', { dates: 'Ask me each time' });
    expect(shown((await anna.command('setup status')).messageOrThrow())).toContain('not set: I ask what `03/04` is');
  });
});
