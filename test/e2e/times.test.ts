import { describe, expect, test } from 'vitest';
import type { DiscordUser } from '../../sandbox/discord/index.ts';
import { buildEvent, buildWorld } from '../../sandbox/perscom/world.ts';
import {
  board,
  buttonOn,
  changeOnPerscom,
  edit,
  flush,
  hasButton,
  NOW,
  openPreview,
  shown,
  startStage,
} from './stage.ts';

describe('a typed time', () => {
  test('is echoed as what it was understood to be, with how far it moves', async () => {
    const { discord, perscom } = await startStage();
    const joker = discord.user();
    const answer = await edit(joker, 1, 'schedule', { Starts: 'sat 2000' });
    expect(shown(answer)).toContain(
      '**Starts**: ~~Tuesday 24 November 2026, 20:00~~ → Saturday 28 November 2026, 20:00 (Europe/Berlin) <t:1795892400:F> <t:1795892400:R>\n  ↳ you typed “sat 2000”: Saturday 28 November 2026, 20:00 CET (Europe/Berlin), moves by +4 days',
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

  test('that PERSCOM has already is told in full, and moves by nothing', async () => {
    const { discord } = await startStage();
    const text = shown(await edit(discord.user(), 1, 'schedule', { Starts: 'tue 2000' }));
    expect(text).toContain('PERSCOM has Tuesday 24 November 2026, 20:00 (Europe/Berlin) <t:1795546800:F>');
    expect(text).toMatch(/you typed “tue 2000”: Tuesday 24 November 2026, 20:00 CET \(Europe\/Berlin\)$/m);
  });

  test('whose zone may be several, or is a place, is asked about with what each is', async () => {
    const { discord } = await startStage();
    const joker = discord.user();
    const asked = await edit(joker, 1, 'schedule', { Starts: '28 Nov 19:00 IST' });
    expect(hasButton(asked, 'Starts: Sat 28 Nov 2026 18:00 CET (IST in Jerusalem)')).toBe(true);
    const place = await edit(joker, 1, 'schedule', { Starts: '28 Nov 19:00 London' });
    const picked = await joker.click(place, 'Starts: Sat 28 Nov 2026 20:00 CET (London)');
    expect(shown(picked.messageOrThrow())).toContain('→ Saturday 28 November 2026, 20:00 (Europe/Berlin)');
  });

  test('of an op beside a weekday that the date has not is asked about, with both', async () => {
    const { discord } = await startStage();
    const asked = await edit(discord.user(), 1, 'schedule', { Starts: 'Fri 28 Nov 1900' });
    expect(shown(asked)).toContain('The weekday does not go with the date, which is Sat 28 November 2026.');
    expect(hasButton(asked, 'Starts: Fri 27 Nov 2026 19:00 CET')).toBe(true);
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

  test('of day alone is an end after the start, and waits while the start is asked about', async () => {
    const { discord } = await startStage();
    const joker = discord.user();
    const asked = await edit(joker, 1, 'schedule', { Starts: '03/12 2000', Ends: '0100' });
    expect(shown(asked)).toContain('**Ends** “0100”: That depends on the start, so it waits until that is clear.');
    const picked = await joker.click(asked, buttonOn(asked, 'Starts: Thu 3 Dec 2026 20:00'));
    expect(shown(picked.messageOrThrow())).toContain('→ Friday 4 December 2026, 01:00 (Europe/Berlin)');
    const alone = await edit(joker, 1, 'schedule', { Ends: '2330' });
    expect(shown(alone)).toContain('→ Thursday 3 December 2026, 23:30 (Europe/Berlin)');
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

  test('of several that were refused is picked, and stays in the draft with the other', async () => {
    const { discord } = await startStage();
    const joker = discord.user();
    const asked = await edit(joker, 1, 'schedule', { Starts: '31 Feb 2027 1900', Ends: 'late' });
    const picked = (await joker.click(asked, buttonOn(asked, 'Starts: Sun 28 Feb 2027'))).messageOrThrow();
    expect(shown(picked)).toContain(
      '**Starts** “31 Feb 2027 1900”: Sunday 28 February 2027, 19:00 (Europe/Berlin). It goes together with a time that was not queued, and waits with it.',
    );
    expect(shown(picked)).toContain('**Ends** “late”: I cannot read that as a time.');
    const fix = (await joker.click(picked, 'Fix')).modalOrThrow();
    expect(fix.prefilled).toMatchObject({
      'Starts (Europe/Berlin)': '31 Feb 2027 1900',
      'Ends (Europe/Berlin)': 'late',
    });
    expect(await board(joker)).toContain('The queue is empty');
  });

  test('of two that were asked about waits for the other, and then both are queued as they were picked', async () => {
    const { discord } = await startStage();
    const joker = discord.user();
    const asked = await edit(joker, 1, 'schedule', { Starts: '20 Nov 2026 1900', Ends: '31 Oct 2027 0230' });
    const first = (await joker.click(asked, buttonOn(asked, 'Starts: Fri 20 Nov 2026 19:00'))).messageOrThrow();
    expect(shown(first)).toContain('0 edits queued, 2 not');
    expect(await board(joker)).toContain('The queue is empty');
    const second = (await joker.click(first, buttonOn(first, 'Ends: Sun 31 Oct 2027 02:30 CEST'))).messageOrThrow();
    expect(shown(second)).toContain('Queued: 2 edits');
    expect(shown(second)).toContain('→ Friday 20 November 2026, 19:00 (Europe/Berlin)');
  });

  test('of a start behind the end that there is waits for the end that was typed with it, and stays picked', async () => {
    const { discord } = await startStage();
    const joker = discord.user();
    const asked = await edit(joker, 1, 'schedule', { Starts: '03/12 2000', Ends: '04/12 0200' });
    const waiting = (await joker.click(asked, buttonOn(asked, 'Starts: Fri 12 Mar 2027 20:00'))).messageOrThrow();
    expect(shown(waiting)).toContain('0 edits queued, 2 not');
    expect(shown(waiting)).toContain('It goes together with a time that was not queued, and waits with it.');
    const done = (await joker.click(waiting, buttonOn(waiting, 'Ends: Mon 12 Apr 2027 02:00'))).messageOrThrow();
    expect(shown(done)).toContain('→ Friday 12 March 2027, 20:00 (Europe/Berlin)');
  });

  test('of an op that is to take all day is asked about with its days, and All day waits for the answer', async () => {
    const { discord, perscom } = await startStage();
    const joker = discord.user();
    const asked = await edit(joker, 1, 'schedule', { Starts: '05/12', Ends: '06/12', 'All day': true });
    expect(shown(asked)).toContain('0 edits queued, 3 not');
    expect(shown(asked)).toMatch(
      /\*\*All day\*\* yes: It goes together with a time that was not queued, and waits with it\.$/m,
    );
    expect(await board(joker)).toContain('The queue is empty');
    const picked = (await joker.click(asked, buttonOn(asked, 'Starts: Sat 5 December 2026'))).messageOrThrow();
    expect(shown(picked)).toContain('Queued: 3 edits');
    await flush(joker);
    expect(perscom.world.events.get(1)).toMatchObject({
      all_day: true,
      starts: '2026-12-05T19:00:00.000000Z',
      ends: '2026-12-06T22:00:00.000000Z',
    });
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
    expect(hasButton(asked, 'Replace')).toBe(false);
    const picked = (await anna.click(asked, buttonOn(asked, 'Ends: Thu 3 Dec 2026 23:00'))).messageOrThrow();
    await anna.click(picked, 'Replace');
    expect(await board(anna)).toContain('→ Thursday 3 December 2026, 23:00 (Europe/Berlin)');
    expect(await board(anna)).toContain('→ Wednesday 25 November 2026, 21:00 (Europe/Berlin)');
    expect(shown((await anna.command('event drafts')).messageOrThrow())).toContain('You have no drafts');
  });
});

/** Op 1 a day later, as somebody moves it in PERSCOM. */
const MOVED = { starts: '2026-11-25T19:00:00.000000Z', ends: '2026-11-25T22:00:00.000000Z' };

describe('what somebody has changed in PERSCOM since the form was opened', () => {
  const conflicts = async (user: DiscordUser): Promise<string> => shown(await openPreview(user));

  test('is in conflict with a time that was picked for it, as with one that was typed', async () => {
    const { discord, perscom } = await startStage();
    const joker = discord.user();
    const opened = await joker.command('event edit', { event: '1', form: 'schedule' });
    changeOnPerscom(perscom, 1, MOVED);
    const asked = (await joker.submit(opened.modalOrThrow(), { Starts: '03/12 1900' })).messageOrThrow();
    await joker.click(asked, buttonOn(asked, 'Starts: Thu 3 Dec 2026 19:00'));
    const preview = await conflicts(joker);
    expect(preview).toContain('2 conflicts to resolve');
    expect(preview).toMatch(/\*\*Starts\*\* is in \*\*conflict\*\*: it was Tuesday 24 November 2026, 20:00/);
    expect(preview).toMatch(/and is now Wednesday 25 November 2026, 20:00/);
  });

  test('is in conflict with it after a restart too', async () => {
    const { discord, perscom, restart } = await startStage();
    const joker = discord.user();
    const asked = await edit(joker, 1, 'schedule', { Starts: '03/12 1900' });
    changeOnPerscom(perscom, 1, MOVED);
    await restart();
    await joker.click(asked, buttonOn(asked, 'Starts: Thu 3 Dec 2026 19:00'));
    expect(await conflicts(joker)).toContain('2 conflicts to resolve');
  });

  test('refuses what its author cannot have seen once more, when another time is picked', async () => {
    const { discord, perscom, restart } = await startStage();
    const joker = discord.user();
    const opened = await joker.command('event edit', { event: '1', form: 'schedule' });
    changeOnPerscom(perscom, 1, { ends: MOVED.ends });
    await restart();
    const typed = { Starts: '03/12 1900', Ends: '2026-12-03 23:00' };
    const asked = (await joker.submit(opened.modalOrThrow(), typed)).messageOrThrow();
    const picked = (await joker.click(asked, buttonOn(asked, 'Starts: Thu 3 Dec 2026 19:00'))).messageOrThrow();
    expect(shown(picked)).toContain('**Ends** “2026-12-03 23:00”: This changed after you opened the form.');
  });

  test('is in conflict with an old end that is kept', async () => {
    const { discord, perscom } = await startStage();
    const joker = discord.user();
    const moved = await edit(joker, 1, 'schedule', { Starts: '2026-11-24 21:00' });
    changeOnPerscom(perscom, 1, { ends: MOVED.ends });
    await joker.click(moved, 'Keep the old end');
    expect(await conflicts(joker)).toMatch(
      /\*\*Ends\*\* is in \*\*conflict\*\*: it was Tuesday 24 November 2026, 23:00/,
    );
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
