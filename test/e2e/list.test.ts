import { Parser } from 'htmlparser2';
import { describe, expect, test, vi } from 'vitest';
import type { DiscordUser, Message } from '../../sandbox/discord/index.ts';
import { buildCalendar, buildEvent, buildWorld } from '../../sandbox/perscom/world.ts';
import { buttonOn, edit, flush, hasButton, NOW, shown, startStage } from './stage.ts';

const CLOCK = { now: () => NOW };
const HOSTILE = '@everyone **x** [a](b) <@1> `c` ||e|| <t:1:R> # f';

const worldOf = (...events: readonly Parameters<typeof buildEvent>[0][]) =>
  buildWorld({ now: NOW, events: events.map((event) => buildEvent(event, NOW)) });

/** An op that starts so many days from the stage's noon. */
const opIn = (id: number, days: number, own: object = {}) => {
  const starts = new Date(NOW + days * 86_400_000).toISOString().replace('.000Z', '.000000Z');
  return { id, name: `Op ${id}.`, starts, ends: null, all_day: false, repeats: false, calendar_id: 1, ...own };
};

const list = async (user: DiscordUser, options: Readonly<Record<string, string>> = {}): Promise<Message> =>
  (await user.command('event list', options)).messageOrThrow();

describe('/event list', () => {
  test('shows what is to come, soonest first, with calendar, series and days', async () => {
    const { discord } = await startStage({ clock: CLOCK });
    const text = shown(await list(discord.user()));
    const names = ['Op Iron Resolve', 'Weekly Squad Training', 'Field Training Exercise', 'Op Silent Harbor'];
    const places = names.map((name) => text.indexOf(name));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(text).toContain(
      '**Nov 2026**\n• **Tue 24 Nov 2026 20:00** · Op Iron Resolve · Main Operations · <t:1795546800:R>',
    );
    expect(text).toContain('**Wed 25 Nov 2026 21:00** · Weekly Squad Training · Training · 🔁 repeats');
    expect(text).toMatch(/\*\*Fri 27 – Sat 28 November 2026, all day\*\* · Field Training Exercise/);
    expect(text).toContain('Ops from now on.');
    expect(text).toContain('Page 1 of 1 · times in Europe/Berlin');
  });

  test('takes a calendar, days and a part of a name, and says so', async () => {
    const world = worldOf(opIn(1, -3), opIn(2, 1), opIn(3, 2, { calendar_id: 2 }), opIn(4, 3, { name: 'a:b:c %20 é' }));
    const { discord } = await startStage({ clock: CLOCK, world });
    const joker = discord.user();
    const [training] = await joker.autocomplete('event list', 'calendar', { calendar: 'train' });
    expect(training).toEqual({ name: 'Training', value: '2' });
    const found = async (options: Readonly<Record<string, string>>) => shown(await list(joker, options));
    const ids = (text: string) => ['Op 1.', 'Op 2.', 'Op 3.', 'a:b:c'].filter((name) => text.includes(`· ${name}`));
    expect(ids(await found({}))).toEqual(['Op 2.', 'Op 3.', 'a:b:c']);
    expect(ids(await found({ calendar: '2' }))).toEqual(['Op 3.']);
    expect(ids(await found({ calendar: 'main operations' }))).toEqual(['Op 2.', 'a:b:c']);
    expect(ids(await found({ from: '2026-11-01', until: '2026-11-23' }))).toEqual(['Op 1.', 'Op 2.']);
    expect(ids(await found({ text: 'B:C' }))).toEqual(['a:b:c']);
    expect(await found({ calendar: '2', from: '2026-11-24', until: '2026-11-30', text: 'op' })).toContain(
      'Ops from Tue 24 November 2026, until Mon 30 November 2026, in Training, with “op” in the name.',
    );
    expect(await found({ text: HOSTILE.slice(0, 40) })).toContain('I find no ops from now on, with “');
  });

  test('shows and filters by the times that were just flushed', async () => {
    const { discord } = await startStage({ world: worldOf(opIn(1, 1), opIn(2, 3)) });
    const joker = discord.user();
    await list(joker);
    await edit(joker, 1, 'schedule', { Starts: '2026-12-09 20:00' });
    await flush(joker);
    expect(shown(await list(joker))).toContain('**Wed 9 Dec 2026 20:00** · Op 1.');
    expect(shown(await list(joker, { until: '2026-12-01' }))).not.toContain('Op 1.');
    const [first] = await joker.autocomplete('event edit', 'event', { event: 'Op' });
    expect(first?.value).toBe('2');
  });

  test('refuses what it cannot read, and changes nothing', async () => {
    const { discord } = await startStage({ clock: CLOCK });
    const joker = discord.user();
    const answers = [
      [{ from: 'whenever **x**' }, '`from` says “whenever **x**”. I cannot read that as a day.'],
      [{ from: '2026-11-24', until: '2026-11-23' }, '`until` is before `from`'],
      [{ calendar: 'Nowhere' }, 'PERSCOM has no calendar called “Nowhere”. Nothing was changed.'],
    ] as const;
    for (const [options, sentence] of answers) expect(shown(await list(joker, options))).toContain(sentence);
  });

  test('asks which day a doubtful one is, and goes on with the one that is chosen', async () => {
    const { discord } = await startStage({ clock: CLOCK, world: worldOf(opIn(1, 1), opIn(2, 20)) });
    const joker = discord.user();
    const asked = await list(joker, { until: '12/11', text: 'op' });
    expect(shown(asked)).toContain('`until` says “12/11”. That may be a day and a month, or a month and a day.');
    const answer = shown((await joker.click(asked, buttonOn(asked, 'Fri 11 December'))).messageOrThrow());
    expect(answer).toContain('Ops from now on, until Fri 11 December 2026, with “op” in the name.');
    expect(shown(await list(joker, { until: '01/12' }))).toContain('until Tue 12 January 2027.');
    await joker.command('setup me', { dates: 'Day first: 03/04 is 3 April' });
    expect(shown(await list(joker, { until: '11/12' }))).toContain('until Fri 11 December 2026.');
    expect(shown(await list(joker, { from: 'tomorrow', until: '+2d' }))).toContain(
      'Ops from Mon 23 November 2026, until Tue 24 November 2026.',
    );
  });

  test('asks once about two doubtful days, and takes days without a year for those that are near', async () => {
    const { discord } = await startStage({ clock: CLOCK });
    const [joker, pyle] = [discord.user(), discord.user()];
    const asked = await list(joker, { from: '03/01', until: '04/02' });
    const answer = shown((await joker.click(asked, buttonOn(asked, 'Sun 3 January'))).messageOrThrow());
    expect(answer).toContain('from Sun 3 January 2027, until Thu 4 February 2027.');
    expect(shown(await list(pyle, { from: '20 Dec', until: '5 Jan' }))).toContain(
      'from Sun 20 December 2026, until Tue 5 January 2027.',
    );
    expect(shown(await list(pyle, { from: '1 Nov' }))).toContain('rom Sun 1 November 2026');
  });

  test('offers the day of a time that is typed for one', async () => {
    const { discord } = await startStage({ clock: CLOCK });
    const joker = discord.user();
    for (const from of ['28 Nov 19:00', '281900ZNOV26', 'tomorrow 8pm']) {
      const asked = await list(joker, { from });
      expect(shown(asked)).toContain(`says “${from}”. I cannot read that as a day.`);
      const day = from.startsWith('28') ? 'Sat 28 November 2026' : 'Mon 23 November 2026';
      expect(shown((await joker.click(asked, day)).messageOrThrow())).toContain(`Ops from ${day}.`);
    }
  });

  test('marks what is queued: a new start from old to new, the rest by its field', async () => {
    const { discord } = await startStage({ clock: CLOCK });
    const [joker, pyle] = [discord.user(), discord.user()];
    await edit(joker, 1, 'schedule', { Starts: '2026-11-25 21:00', Ends: '2026-11-25 23:00' });
    await edit(joker, 1, 'details', { Name: 'Op Renamed' });
    const text = shown(await list(pyle));
    expect(text).toContain(
      '↳ ✏️ 3 edits queued: Starts ~~Tue 24 Nov 2026 20:00~~ → Wed 25 Nov 2026 21:00 (<t:1795636800:R>), Ends, Name',
    );
    expect(text.match(/queued/g)).toHaveLength(1);
  });

  test('keeps apart series that began before', async () => {
    const { discord } = await startStage({ clock: CLOCK, world: worldOf(opIn(1, -30, { repeats: true }), opIn(2, 1)) });
    const text = shown(await list(discord.user()));
    expect(text).toMatch(/Op 2\.[\s\S]*Series that began before[\s\S]*Op 1\. · Main Operations · 🔁 repeats/);
  });

  test('leafs through 60 ops with hostile names, each on exactly one page, also after a restart', async () => {
    const events = Array.from({ length: 60 }, (_, index) =>
      opIn(index + 1, index + 1, { name: `${HOSTILE} ${'💥'.repeat(60)} ${index + 1}`, calendar_id: 9 }),
    );
    const world = buildWorld({
      now: NOW,
      events: events.map((event) => buildEvent(event, NOW)),
      calendars: [buildCalendar({ id: 9, name: HOSTILE })],
    });
    const stage = await startStage({ clock: CLOCK, world });
    const joker = stage.discord.user();
    let page = await list(joker, { calendar: '9', text: '<@1>' });
    const seen: string[] = [];
    for (;;) {
      expect(page.pings).toEqual([]);
      expect(page.embeds[0]?.description).not.toMatch(/(?<!\\)<@1>|(?<!\\)\*\*x|(?<!\\)\[a|@everyone/);
      seen.push(...(shown(page).match(/<t:\d{5,}:R>/g) ?? []));
      expect(shown(page)).toContain('with “<@1>” in the name');
      if (!hasButton(page, 'Next page')) break;
      if (seen.length < 25) await stage.restart();
      page = (await joker.click(page, 'Next page ▶')).messageOrThrow();
    }
    expect(seen).toHaveLength(60);
    expect(new Set(seen).size).toBe(60);
    expect(shown(page)).toContain('60 ops');
    expect(hasButton((await joker.click(page, '◀ Previous page')).messageOrThrow(), 'Next page')).toBe(true);
  });

  test('says when PERSCOM’s list is not whole yet, with a way to read again', async () => {
    const stage = await startStage({ clock: CLOCK, world: buildWorld({ now: NOW, events: 600 }) });
    const joker = stage.discord.user();
    stage.perscom.inject({ on: { path: '/v2/events/search' }, kind: 'handle' });
    stage.perscom.inject({ on: { path: '/v2/events/search' }, kind: 'hang' });
    await stage.restart();
    const first = await list(joker);
    expect(shown(first)).toContain('still being read, so there may be more');
    expect(shown((await joker.click(first, 'Read again')).messageOrThrow())).toContain('500 ops');
  });

  test('says what is wrong when PERSCOM is down, with a way to try again', async () => {
    const stage = await startStage();
    const joker = stage.discord.user();
    stage.perscom.world.maintenance = true;
    await stage.restart();
    const down = 'PERSCOM is down for maintenance (503).';
    const listed = await list(joker, { text: 'iron' });
    expect(shown(listed)).toContain(down);
    const answer = (await joker.command('event show', { event: '1' })).messageOrThrow();
    expect(shown(answer)).toContain(down);
    expect(hasButton((await joker.click(answer, 'Try again')).messageOrThrow(), 'Try again')).toBe(true);
    stage.perscom.world.maintenance = false;
    await stage.restart();
    expect(shown((await joker.click(answer, 'Try again')).messageOrThrow())).toContain('**Name**: Op Iron Resolve');
    const again = shown((await joker.click(listed, 'Try again')).messageOrThrow());
    expect(again).toContain('Ops from now on, with “iron” in the name.');
  });

  test('says as of when it is while PERSCOM is down', async () => {
    let nowMs = NOW;
    const stage = await startStage({ clock: { now: () => nowMs } });
    const joker = stage.discord.user();
    expect(shown(await list(joker))).not.toContain('as of');
    stage.perscom.world.events.delete(1);
    stage.perscom.world.maintenance = true;
    nowMs += 3 * 3_600_000;
    const old = await list(joker);
    const readAt = NOW / 1000;
    expect(shown(old)).toContain(`⚠️ This is as of <t:${readAt}:f> (<t:${readAt}:R>): PERSCOM could not be read since.`);
    expect(shown(old)).toContain('Op Iron Resolve');
    stage.perscom.world.maintenance = false;
    nowMs += 60_000;
    const now = shown((await joker.click(old, 'Read again')).messageOrThrow());
    expect(now).not.toMatch(/as of|Op Iron Resolve/);
  });

  test('says when the server has no PERSCOM', async () => {
    const stage = await startStage({ env: { DISCORD_GUILD_ID: '', PERSCOM_API_TOKEN: '' } });
    const joker = stage.discord.user();
    for (const [name, options] of [
      ['event list', {}],
      ['event show', { event: '1' }],
    ] as const)
      expect(shown((await joker.command(name, options)).messageOrThrow())).toContain('is not connected to PERSCOM');
  });
});

describe('/event show', () => {
  test('shows all 16 fields in order, reminders, what is queued, and how to go on', async () => {
    const { discord, perscom } = await startStage({ clock: CLOCK });
    const joker = discord.user();
    await edit(joker, 1, 'details', { Location: 'Malden' });
    const answer = (await joker.command('event show', { event: 'op iron resolve' })).messageOrThrow();
    const text = shown(answer);
    const labels = [...text.matchAll(/^\*\*([^*]+)\*\*:/gm)].map(([, label]) => label);
    expect(labels).toEqual([
      ...['Starts', 'Ends', 'All day', 'Repeats', 'Name', 'Calendar', 'Location', 'URL', 'Author'],
      ...['Description', 'Content', 'Registration enabled', 'Registration deadline', 'Notifications enabled'],
      ...['Notification interval', 'Notification channels', 'Reminders', 'Last changed in PERSCOM'],
    ]);
    expect(text).toContain(
      '**Starts**: Tuesday 24 November 2026, 20:00 (Europe/Berlin) <t:1795546800:F> <t:1795546800:R>',
    );
    expect(text).toContain('**Calendar**: Main Operations');
    expect(text).toContain(
      '**Situation:** CSAT forces hold the airfield. *Bravo* and *Charlie* assault from the north.',
    );
    expect(text).toContain('1. Seize OBJ Falcon');
    expect(text).not.toMatch(/<\/?(?:p|h2|ol|li|strong)>|&nbsp;/);
    expect(text).toContain(
      '**Reminders**: 🔔 Discord (Public), Email · 1 day before: Monday 23 November 2026, 20:00 (Europe/Berlin) <t:',
    );
    expect(text).toContain('**Queued: 1 edit**');
    expect(text).toMatch(
      new RegExp(`Location\\*\\*: ~~“Altis, AAC Airfield”~~ → “Malden” · by <@${joker.id}> <t:\\d+:R>$`, 'm'),
    );
    const forms = (await joker.click(answer, 'Edit')).messageOrThrow();
    expect(hasButton(forms, 'Schedule')).toBe(true);
    expect(shown((await joker.click(answer, 'View queue')).messageOrThrow())).toContain('Queue: 1 edit');
    const event = perscom.world.events.get(1);
    if (event !== undefined) perscom.world.events.set(1, { ...event, location: 'Stratis' });
    const again = (await joker.command('event show', { event: '1' })).messageOrThrow();
    expect(shown(again)).toContain('~~“Stratis”~~ → “Malden”');
    expect(shown(again)).toContain('⚠️ changed in PERSCOM since');
  });

  test('shows an op that takes all day by its dates', async () => {
    const times = { starts: '2026-11-26T23:00:00.000000Z', ends: '2026-11-28T23:00:00.000000Z', all_day: true };
    const { discord } = await startStage({ clock: CLOCK, world: worldOf({ ...opIn(1, 4), ...times }) });
    const joker = discord.user();
    const text = shown((await joker.command('event show', { event: '1' })).messageOrThrow());
    expect(text).toContain('**Starts**: Fri 27 November 2026 (all day)');
    expect(text).toContain('**Ends**: Sat 28 November 2026 (all day)');
    expect(shown(await list(joker))).toContain('**Fri 27 – Sat 28 November 2026, all day**');
  });

  test('opens from the list, reads fresh, and says when the event is gone', async () => {
    const { discord, perscom } = await startStage({ clock: CLOCK });
    const joker = discord.user();
    const listed = await list(joker);
    const opened = (await joker.select(listed, 'Show one…', ['2'])).messageOrThrow();
    expect(shown(opened)).toContain('**Name**: Op Silent Harbor');
    perscom.world.events.delete(2);
    const gone = (await joker.select(listed, 'Show one…', ['2'])).messageOrThrow();
    expect(shown(gone)).toContain('That event no longer exists in PERSCOM. Nothing was changed.');
    const unknown = (await joker.command('event show', { event: 'no such op' })).messageOrThrow();
    expect(shown(unknown)).toContain('I find no event “no such op”');
  });

  test('with everything as long as it gets fits into a message, with all that is queued for it', async () => {
    const stars = (length: number) => '*'.repeat(length);
    const long = { name: stars(255), location: stars(380), description: stars(190), content: `<p>${stars(190)}</p>` };
    const own = { ...long, url: `https://example.test/${'a'.repeat(259)}`, calendar_id: 9, registration_enabled: true };
    const sets = {
      notifications_interval: ['p1w', 'p1d', 'pt1h', 'pt15m', 'pt0m'],
      notifications_channels: ['broadcast', 'database', 'discord_private', 'discord_public', 'mail', 'sms'],
    };
    const world = buildWorld({
      now: NOW,
      events: [buildEvent({ ...opIn(1, 4), ...own, ...sets }, NOW)],
      calendars: [buildCalendar({ id: 9, name: stars(200) })],
    });
    const { discord } = await startStage({ clock: CLOCK, world });
    const joker = discord.user();
    await edit(joker, 1, 'details', { Name: `${stars(250)}x`, Location: `${stars(300)}x`, URL: `${stars(300)}x` });
    await edit(joker, 1, 'text', { Description: `${stars(300)}x`, Content: `${stars(300)}x` });
    const message = (await joker.command('event show', { event: '1' })).messageOrThrow();
    expect(shown(message)).toContain('**Queued: 5 edits**');
    expect(shown(message)).toMatch(/and \d more: \*View queue\* shows all/);
  });

  test('reads out long and hostile texts to the end, page by page, and pings nobody', async () => {
    const paragraph = (index: number) =>
      `<p>${HOSTILE.replaceAll('<', '&lt;')} <script>alert(1)</script><b onclick="x()">bold</b> line ${index}. ${'word '.repeat(20)}</p>`;
    const description = Array.from({ length: 80 }, (_, index) => paragraph(index)).join('');
    const own = {
      name: `${HOSTILE}${'*'.repeat(200)}`,
      description,
      content: 'x'.repeat(9_000),
      location: '_'.repeat(2_000),
    };
    const { discord } = await startStage({ clock: CLOCK, world: worldOf({ ...opIn(1, 4), ...own }) });
    const joker = discord.user();
    const parse = vi.spyOn(Parser.prototype, 'end');
    let page = (await joker.command('event show', { event: '1' })).messageOrThrow();
    expect(parse).toHaveBeenCalledTimes(1);
    parse.mockRestore();
    expect(shown(page)).toContain('*Read on* shows all)');
    let text = '';
    for (;;) {
      expect(page.pings).toEqual([]);
      expect(page.embeds[0]?.description).not.toMatch(/(?<!\\)<@1>|(?<!\\)\|\|e|@everyone|<script|onclick/);
      text += shown(page);
      if (!hasButton(page, 'Read on')) break;
      page = (await joker.click(page, buttonOn(page, 'Read on'))).messageOrThrow();
    }
    for (let index = 10; index < 80; index += 1) expect(text.split(`line ${index}.`), `line ${index}`).toHaveLength(2);
    expect(text.match(/x/g)?.length).toBeGreaterThan(9_000);
    expect(text.match(/_/g)?.length).toBeGreaterThanOrEqual(2_000);
    expect(hasButton(page, '◀ Back')).toBe(true);
  });
});
