import { describe, expect, test } from 'vitest';
import { buildEvent, buildWorld } from '../../sandbox/perscom/world.ts';
import { board, buttonOn, changeOnPerscom, edit, flush, hasButton, NOW, shown, startStage } from './stage.ts';

describe('a typed time', () => {
  test('is echoed as what it was understood to be, with how far it moves', async () => {
    const { discord, perscom } = await startStage();
    const joker = discord.user();
    const answer = await edit(joker, 1, 'schedule', { Starts: 'sat 2000' });
    expect(shown(answer)).toContain(
      '**Starts**: ~~Tuesday 24 November 2026, 20:00~~ → Saturday 28 November 2026, 20:00 (Europe/Berlin) <t:1795892400:F> <t:1795892400:R>\n  ↳ you typed “sat 2000”: CET, moves by +4 days',
    );
    await flush(joker);
    expect(perscom.world.events.get(1)).toMatchObject({
      starts: '2026-11-28T19:00:00.000000Z',
      ends: '2026-11-28T22:00:00.000000Z',
    });
  });

  test('may name its zone, and is then shown on the clocks of both', async () => {
    const { discord } = await startStage();
    const answer = await edit(discord.user(), 1, 'schedule', { Starts: '28 Nov 7pm America/New_York' });
    expect(shown(answer)).toContain('→ Sunday 29 November 2026, 01:00 (Europe/Berlin)');
    expect(shown(answer)).toContain(
      'you typed “28 Nov 7pm America/New_York”: Saturday 28 November 2026, 19:00 EST (America/New_York), moves by +4 days 5 h',
    );
  });

  test('may count from the value that there is, a length from the start, a deadline from it too', async () => {
    const { discord, perscom } = await startStage();
    const joker = discord.user();
    await edit(joker, 1, 'schedule', { Starts: '+1d', Ends: '2h30' });
    await edit(joker, 1, 'alerts', { 'Registration deadline': 'start -24h' });
    await flush(joker);
    expect(perscom.world.events.get(1)).toMatchObject({
      starts: '2026-11-25T19:00:00.000000Z',
      ends: '2026-11-25T21:30:00.000000Z',
      registration_deadline: '2026-11-24T19:00:00.000000Z',
    });
  });

  test('with a day and a month that may be swapped is asked about once, and the answer is remembered', async () => {
    const { discord, restart } = await startStage();
    const joker = discord.user();
    const asked = await edit(joker, 1, 'schedule', { Starts: '03/04 1900' });
    expect(shown(asked)).toContain('**Starts** “03/04 1900”: That may be a day and a month, or a month and a day.');
    const picked = (await joker.click(asked, 'Starts: Sat 3 Apr 2027 19:00 CEST')).messageOrThrow();
    expect(shown(picked)).toContain('→ Saturday 3 April 2027, 19:00 (Europe/Berlin)');
    await restart();
    const again = await edit(joker, 2, 'schedule', { Starts: '05/04/2027 1900' });
    expect(shown(again)).toContain('→ Monday 5 April 2027, 19:00 (Europe/Berlin)');
    expect(shown(await edit(discord.user(), 3, 'schedule', { Starts: '05/04/2027 1900' }))).toContain('may be a day');
  });

  test('in the past is asked about, and counts when its author says so', async () => {
    const { discord } = await startStage();
    const joker = discord.user();
    const asked = await edit(joker, 1, 'schedule', { Starts: '20 Nov 1900', Repeats: true });
    expect(shown(asked)).toContain('1 edit queued, 1 not');
    expect(shown(asked)).toContain('That is in the past: Friday 20 November 2026, 19:00 CET (Europe/Berlin).');
    expect(hasButton(asked, 'Starts: Sat 20 Nov 2027 19:00 CET')).toBe(true);
    const picked = (await joker.click(asked, 'Starts: Fri 20 Nov 2026 19:00 CET (past)')).messageOrThrow();
    expect(shown(picked)).toContain('→ Friday 20 November 2026, 19:00 (Europe/Berlin)');
    expect(await board(joker)).toContain('3 edits of 1 event');
    expect(shown((await joker.command('event drafts')).messageOrThrow())).toContain('no');
  });

  test('of several that were refused is picked while the other stays in the draft', async () => {
    const { discord } = await startStage();
    const joker = discord.user();
    const asked = await edit(joker, 1, 'schedule', { Starts: '31 Feb 2027 1900', Ends: 'late' });
    const picked = (await joker.click(asked, buttonOn(asked, 'Starts: Sun 28 Feb 2027'))).messageOrThrow();
    expect(shown(picked)).toContain('→ Sunday 28 February 2027, 19:00 (Europe/Berlin)');
    expect(shown(picked)).toContain('**Ends** “late”: I cannot read that as a time.');
    const fix = (await joker.click(picked, 'Fix')).modalOrThrow();
    expect(fix.prefilled['Ends (Europe/Berlin)']).toBe('late');
  });

  test('that was picked twice changes nothing the second time', async () => {
    const { discord } = await startStage();
    const joker = discord.user();
    const asked = await edit(joker, 1, 'schedule', { Starts: '03/04 1900' });
    await joker.click(asked, 'Starts: Sat 3 Apr 2027 19:00 CEST');
    const again = (await joker.click(asked, 'Starts: Thu 4 Mar 2027 19:00 CET')).messageOrThrow();
    expect(shown(again)).toContain('What you had typed there is no longer kept');
    expect(await board(joker)).toContain('2 edits of 1 event');
  });
});

describe('an end that moves along with its start', () => {
  test('can be kept where it was', async () => {
    const { discord } = await startStage();
    const joker = discord.user();
    const moved = await edit(joker, 1, 'schedule', { Starts: '2026-11-24 21:00' });
    expect(shown(moved)).toContain('moves along with the start: the event is 3 h long');
    const kept = (await joker.click(moved, 'Keep the old end')).messageOrThrow();
    expect(shown(kept)).toContain('is what PERSCOM has');
    expect(await board(joker)).toContain('1 edit of 1 event');
  });

  test('cannot be kept where it would be before the start', async () => {
    const { discord } = await startStage();
    const joker = discord.user();
    const first = await edit(joker, 1, 'schedule', { Starts: '2026-11-24 21:00' });
    await edit(joker, 1, 'schedule', { Starts: '2026-11-25 21:00' });
    const refused = (await joker.click(first, 'Keep the old end')).messageOrThrow();
    expect(shown(refused)).toContain('That was not queued.');
    expect(await board(joker)).toContain('→ Thursday 26 November 2026, 00:00');
  });
});

describe('times that belong together', () => {
  test('are queued together or not at all, where another moderator has queued one of them', async () => {
    const { discord } = await startStage();
    const [ben, anna] = [discord.user(), discord.user()];
    await ben.click(await edit(ben, 1, 'schedule', { Starts: '2026-11-24 21:00' }), 'Keep the old end');
    const answer = await edit(anna, 1, 'schedule', { Starts: '2026-11-27 20:00' });
    expect(shown(answer)).toContain('0 edits queued, 2 not');
    expect(shown(answer)).toContain('**Ends**: Friday 27 November 2026, 22:00 (Europe/Berlin)');
    expect(shown(answer)).toContain('goes together with a time that was not queued');
    expect(hasButton(answer, 'Keep the old end')).toBe(false);
    expect(await board(anna)).toContain('1 edit of 1 event');
    await anna.click(answer, 'Replace');
    expect(await board(anna)).toContain('2 edits of 1 event');
  });

  test('that were put in the place of others are not moved once more by what is left of the draft', async () => {
    const { discord } = await startStage();
    const [ben, anna] = [discord.user(), discord.user()];
    await ben.click(await edit(ben, 1, 'schedule', { Starts: '2026-11-24 21:00' }), 'Keep the old end');
    const asked = await edit(anna, 1, 'schedule', { Starts: '+1d', Ends: '03/12 2300' });
    await anna.click(asked, 'Replace');
    const picked = await anna.click(asked, buttonOn(asked, 'Ends: Thu 3 Dec 2026 23:00'));
    expect(shown(picked.messageOrThrow())).toContain('→ Thursday 3 December 2026, 23:00 (Europe/Berlin)');
    expect(await board(anna)).toContain('→ Wednesday 25 November 2026, 21:00 (Europe/Berlin)');
  });

  test('are not picked over what somebody has changed in PERSCOM meanwhile', async () => {
    const { discord, perscom } = await startStage();
    const joker = discord.user();
    const asked = await edit(joker, 1, 'schedule', { Starts: '03/12 1900' });
    changeOnPerscom(perscom, 1, { starts: '2026-12-10T18:00:00.000000Z', updated_at: '2026-11-22T13:00:00.000000Z' });
    const refused = (await joker.click(asked, buttonOn(asked, 'Starts: Thu 3 Dec 2026 19:00'))).messageOrThrow();
    expect(shown(refused)).toContain('The event was changed in PERSCOM after you typed that. Nothing was queued');
    const fix = (await joker.click(refused, 'Fix')).modalOrThrow();
    expect(fix.prefilled['Starts (Europe/Berlin)']).toBe('03/12 1900');
  });
});

test('an op that takes all day is shown and typed as its days, on the clocks of the unit', async () => {
  const event = { all_day: true, starts: '2026-11-27T23:00:00.000000Z', ends: '2026-11-29T23:00:00.000000Z' };
  const world = buildWorld({ now: NOW, events: [{ ...buildEvent({ id: 1 }, NOW), ...event }] });
  const { discord, perscom } = await startStage({ world });
  const joker = discord.user();
  const opened = (await joker.command('event edit', { event: '1', form: 'schedule' })).modalOrThrow();
  expect(opened.prefilled['Starts (Europe/Berlin)']).toBe('2026-11-28');
  expect(opened.prefilled['Ends (Europe/Berlin)']).toBe('2026-11-29');
  await joker.submit(opened, { Starts: '26/3/2027' });
  await flush(joker);
  expect(perscom.world.events.get(1)).toMatchObject({
    starts: '2027-03-25T23:00:00.000000Z',
    ends: '2027-03-27T23:00:00.000000Z',
  });
});

test('an end at midnight says which day it is the end of, on the unit’s clocks where whole days are typed', async () => {
  const event = { all_day: true, starts: '2026-11-27T23:00:00.000000Z', ends: '2026-11-29T23:00:00.000000Z' };
  const world = buildWorld({ now: NOW, events: [{ ...buildEvent({ id: 1 }, NOW), ...event }] });
  const { discord } = await startStage({ world });
  const joker = discord.user();
  await joker.command('setup me', { zone: 'America/New_York' });
  const answer = shown(await edit(joker, 1, 'schedule', { 'Ends (Europe/Berlin)': '30 Nov' }));
  expect(answer).toContain('→ Tuesday 1 December 2026, 00:00 (Europe/Berlin), the end of Mon 30 November 2026 <t:');
  const again = (await joker.command('event edit', { event: '1', form: 'schedule' })).modalOrThrow();
  expect(again.field('Ends (Europe/Berlin)').description).toBe(
    'Queued by you. PERSCOM has: Monday 30 November 2026, 00:00 (Europe/Berlin), the end of Sun 29 Novem…',
  );
});
