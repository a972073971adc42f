import { describe, expect, test } from 'vitest';
import { buildCalendar, buildEvent, buildWorld } from '../../sandbox/perscom/world.ts';
import { board, changeOnPerscom, edit, flush, hasButton, NOW, shown, startStage } from './stage.ts';

const SEARCH = { method: 'POST', path: '/v2/events/search' } as const;

describe('a form', () => {
  test('keeps what is good and gives back what is not, with the reason and what was typed', async () => {
    const { discord } = await startStage();
    const joker = discord.user();
    const answer = await edit(joker, 1, 'schedule', {
      Starts: '2027-03-28 02:30',
      Ends: '2027-03-29 01:00',
      Repeats: true,
    });
    expect(shown(answer)).toContain('1 edit queued, 2 not');
    expect(shown(answer)).toContain(
      '“2027-03-28 02:30”: That time does not exist in Europe/Berlin: clocks jump from 2027-03-28 02:00 to 2027-03-28 03:00',
    );
    expect(shown(answer)).toContain(
      '“2027-03-29 01:00”: Monday 29 March 2027, 01:00 (Europe/Berlin). It goes together with a time that was not queued',
    );
    const fix = (await joker.click(answer, 'Fix')).modalOrThrow();
    expect(fix.prefilled['Starts (Europe/Berlin)']).toBe('2027-03-28 02:30');
    expect(fix.prefilled['Ends (Europe/Berlin)']).toBe('2027-03-29 01:00');
    const fixed = (await joker.submit(fix, { Starts: '2027-03-28 03:30' })).messageOrThrow();
    expect(shown(fixed)).toContain('Queued: 2 edits');
    expect(await board(joker)).toContain('3 edits of 1 event');
  });

  test('asks which of two times is meant where clocks go back, and takes the answer', async () => {
    const { discord, perscom } = await startStage();
    const joker = discord.user();
    const answer = await edit(joker, 1, 'schedule', { Starts: '2027-10-31 02:30', Ends: '2027-10-31 06:00' });
    expect(shown(answer)).toContain('happens twice in Europe/Berlin');
    await joker.click(answer, 'Starts: Sun 31 Oct 2027 02:30 CET');
    await flush(joker);
    expect(perscom.world.events.get(1)?.starts).toBe('2027-10-31T01:30:00.000000Z');
  });

  test('can be fixed after a restart too', async () => {
    const stage = await startStage();
    const joker = stage.discord.user();
    const answer = await edit(joker, 1, 'details', { Author: 'Sergeant Hartman' });
    await stage.restart();
    const fix = (await joker.click(answer, 'Fix')).modalOrThrow();
    expect(fix.prefilled.Author).toBe('Sergeant Hartman');
  });

  test('that was open while the bot restarted is taken as if nothing had happened', async () => {
    const stage = await startStage();
    const joker = stage.discord.user();
    const opened = (await joker.command('event edit', { event: '1', form: 'details' })).modalOrThrow();
    await stage.restart();
    const answer = (await joker.submit(opened, { Name: 'Op After' })).messageOrThrow();
    expect(shown(answer)).toContain('Queued: 1 edit');
  });

  test('that was open over a restart touches neither what changed on PERSCOM meanwhile nor another moderator’s edit', async () => {
    const stage = await startStage();
    const [joker, pyle] = [stage.discord.user(), stage.discord.user()];
    const opened = (await joker.command('event edit', { event: '1', form: 'details' })).modalOrThrow();
    await edit(pyle, 1, 'details', { Location: 'Of Pyle' });
    changeOnPerscom(stage.perscom, 1, { url: 'https://example.test/theirs' });
    await stage.restart();
    const answer = (await joker.submit(opened, { Name: 'Op After' })).messageOrThrow();
    expect(shown(answer)).toContain('Queued: 1 edit');
    await flush(joker);
    expect(stage.perscom.patches()[0]?.body).toEqual({ resources: { 1: { name: 'Op After', location: 'Of Pyle' } } });
  });

  test('that was open over a restart gives back a touched field that changed meanwhile, beside what it is now', async () => {
    const stage = await startStage();
    const joker = stage.discord.user();
    const opened = (await joker.command('event edit', { event: '1', form: 'details' })).modalOrThrow();
    changeOnPerscom(stage.perscom, 1, { location: 'Changed' });
    await stage.restart();
    const answer = (await joker.submit(opened, { Name: 'Op After', Location: 'Typed' })).messageOrThrow();
    expect(shown(answer)).toContain('1 edit queued, 1 not');
    expect(shown(answer)).toContain('“Typed”: This changed after you opened the form');
    const again = (await joker.click(answer, 'Fix')).modalOrThrow();
    expect(again.prefilled.Location).toBe('Typed');
    expect(again.field('Location').description).toContain('PERSCOM has: Changed');
  });

  test('that cannot be recognised because PERSCOM is down after a restart keeps what was typed', async () => {
    const stage = await startStage();
    const joker = stage.discord.user();
    const opened = (await joker.command('event edit', { event: '1', form: 'details' })).modalOrThrow();
    stage.perscom.inject({ on: {}, kind: 'drop', times: Number.POSITIVE_INFINITY });
    await stage.restart();
    const answer = (await joker.submit(opened, { Name: 'Op After' })).messageOrThrow();
    expect(shown(answer)).toContain('Nothing was queued, and what you typed is kept');
    expect(hasButton(answer, 'Fix')).toBe(true);
    expect(await board(joker)).toContain('The queue is empty');
  });

  test('never shows, cuts or touches a text that is longer than an input', async () => {
    const content = `<p>${'x'.repeat(6000)}</p>`;
    const events = [buildEvent({ id: 1, name: 'Op Long', content, description: 'short' })];
    const { discord, perscom } = await startStage({ world: buildWorld({ now: NOW, events }) });
    const joker = discord.user();
    const opened = (await joker.command('event edit', { event: '1', form: 'text' })).modalOrThrow();
    expect(opened.prefilled.Content).toBe('');
    expect(opened.field('Content').description).toContain('6007 characters in PERSCOM');
    await joker.submit(opened, { Description: 'changed' });
    await flush(joker);
    expect(perscom.patches()[0]?.body).toEqual({ resources: { 1: { description: 'changed' } } });
    expect(perscom.world.events.get(1)?.content).toBe(content);
  });

  test('shows the empty url of an event as empty, not as the link that PERSCOM generates', async () => {
    const events = [buildEvent({ id: 1, name: 'Op', url: null })];
    const { discord, perscom } = await startStage({ world: buildWorld({ now: NOW, events }) });
    const joker = discord.user();
    const opened = (await joker.command('event edit', { event: '1', form: 'details' })).modalOrThrow();
    expect(opened.prefilled.URL).toBe('');
    await joker.submit(opened, { Location: 'Altis' });
    const { reports } = await flush(joker);
    expect(perscom.world.events.get(1)?.url).toBeNull();
    expect(reports[0]?.embeds[0]?.description).toContain(`(${perscom.url}/events/1?tenant=1)`);
  });

  test('reaches every one of 60 calendars', async () => {
    const calendars = Array.from({ length: 60 }, (_, index) =>
      buildCalendar({ id: index + 1, name: `Calendar ${String(index + 1).padStart(2, '0')}` }),
    );
    const events = [buildEvent({ id: 1, name: 'Op', calendar_id: 57 })];
    const { discord, perscom } = await startStage({ world: buildWorld({ now: NOW, events, calendars }) });
    const joker = discord.user();
    const opened = (await joker.command('event edit', { event: '1', form: 'details' })).modalOrThrow();
    expect(opened.prefilled.Calendar).toEqual(['57']);
    const answer = (
      await joker.submit(opened, { Calendar: ['Another calendar… (chosen in the next step)'] })
    ).messageOrThrow();
    let picker = (await joker.click(answer, 'Choose the calendar')).messageOrThrow();
    picker = (await joker.click(picker, 'Next page ▶')).messageOrThrow();
    const staged = (await joker.select(picker, 'Choose a calendar…', ['Calendar 40'])).messageOrThrow();
    expect(shown(staged)).toContain('Calendar 57~~ → Calendar 40');
    await flush(joker);
    expect(perscom.world.events.get(1)?.calendar_id).toBe(40);
  });

  test('opens from the answer for any of the four forms', async () => {
    const { discord } = await startStage();
    const joker = discord.user();
    const answer = await edit(joker, 1, 'details', { Name: 'Op A' });
    const choice = (await joker.click(answer, 'Edit another form')).messageOrThrow();
    for (const form of ['Schedule', 'Details', 'Text', 'Sign-up and alerts']) {
      const opened = (await joker.click(choice, form)).modalOrThrow();
      expect(opened.title).toMatch(new RegExp(`^${form}: `));
    }
  });
});

describe('when PERSCOM is slow', () => {
  test('the moderator gets a button instead of a dead command, and the button opens the form', async () => {
    const { discord, perscom } = await startStage();
    const joker = discord.user();
    await discord.until(() => perscom.requests.filter(({ status }) => status === 200).length >= 2);
    const events = [...perscom.world.events.values()];
    const extra = buildEvent({ id: 99, name: 'Op Late', starts: '2026-12-24T18:00:00.000000Z' });
    for (const event of [...events, extra]) perscom.world.events.set(event.id, event);
    perscom.inject({ on: SEARCH, kind: 'handle', delayMs: 2_200 });
    const slow = await joker.command('event edit', { event: '99' });
    const message = slow.messageOrThrow();
    expect(slow.acknowledgedAfterMs).toBeLessThan(3_000);
    expect(shown(message)).toContain('PERSCOM is slow to answer');
    await discord.until(() => perscom.requests.some(({ body }) => JSON.stringify(body).includes('99')));
    const opened = await joker.click(message, 'Open form');
    expect(opened.modalOrThrow().title).toBe('Schedule: Op Late');
  });

  test('a dead PERSCOM is said to be one, and the queue can still be seen', async () => {
    const { discord, perscom } = await startStage();
    const joker = discord.user();
    await edit(joker, 1, 'details', { Name: 'Op Kept' });
    perscom.inject({ on: {}, kind: 'drop', times: Number.POSITIVE_INFINITY });
    const answer = (await joker.command('event edit', { event: '77' })).messageOrThrow();
    expect(shown(answer)).toContain('The form was not opened');
    expect(await board(joker)).toContain('Op Kept');
  });
});

describe('autocomplete', () => {
  test('offers upcoming events first, then past ones, with date and calendar', async () => {
    const events = [
      buildEvent({ id: 1, name: 'Op Past', starts: '2020-01-01T18:00:00.000000Z', calendar_id: 2 }),
      buildEvent({ id: 2, name: 'Op Later', starts: '2035-06-01T18:00:00.000000Z', calendar_id: 1 }),
      buildEvent({ id: 3, name: 'Op Sooner', starts: '2035-05-01T18:00:00.000000Z', calendar_id: 1 }),
    ];
    const { discord } = await startStage({ world: buildWorld({ now: NOW, events }) });
    const choices = await discord.user().autocomplete('event edit', 'event', { event: 'op' });
    expect(choices).toEqual([
      { name: 'Op Sooner · Tue 1 May 2035 20:00 · Main Operations', value: '3' },
      { name: 'Op Later · Fri 1 Jun 2035 20:00 · Main Operations', value: '2' },
      { name: 'Op Past · Wed 1 Jan 2020 19:00 · Training', value: '1' },
    ]);
  });

  test('takes a name that was typed out instead of chosen, and refuses one that fits two events', async () => {
    const events = [
      buildEvent({ id: 1, name: 'Op Single' }),
      buildEvent({ id: 2, name: 'Op Twin' }),
      buildEvent({ id: 3, name: 'Op Twin' }),
    ];
    const { discord } = await startStage({ world: buildWorld({ now: NOW, events }) });
    const joker = discord.user();
    const single = await joker.command('event edit', { event: 'op single' });
    expect(single.modalOrThrow().title).toBe('Schedule: Op Single');
    const twin = await joker.command('event edit', { event: 'Op Twin' });
    expect(shown(twin.messageOrThrow())).toContain('Several events are called “Op Twin”');
    const none = await joker.command('event edit', { event: 'Op Nobody' });
    expect(shown(none.messageOrThrow())).toContain('I find no event “Op Nobody” in PERSCOM');
  });

  test('finds one of 10,000 events', async () => {
    const events = Array.from({ length: 10_000 }, (_, index) => buildEvent({ id: index + 1, name: `Op ${index + 1}` }));
    const { discord, perscom } = await startStage({ world: buildWorld({ now: NOW, events }) });
    const joker = discord.user();
    const pages = () =>
      perscom.requests.filter(({ path, status }) => path === '/v2/events/search' && status === 200).length;
    await discord.until(() => pages() === 20, 15_000);
    await expect.poll(async () => joker.autocomplete('event edit', 'event', { event: 'Op 9876' })).toHaveLength(1);
  });
});
