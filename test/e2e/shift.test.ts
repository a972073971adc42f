import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import type { DiscordUser, Message } from '../../sandbox/discord/index.ts';
import type { StoredEvent } from '../../sandbox/perscom/server.ts';
import { buildEvent, buildWorld } from '../../sandbox/perscom/world.ts';
import { board, buttonOn, changeOnPerscom, edit, flush, hasButton, openPreview, shown, startStage } from './stage.ts';

/** A Monday, six days before the clocks of Berlin go back, on Sunday 25 October 2026. */
const MONDAY = Date.parse('2026-10-19T12:00:00Z');
const ZONE = 'Europe/Berlin';
const BERLIN = { zone: ZONE };

const stored = (time: DateTime): string => time.toUTC().toFormat("yyyy-MM-dd'T'HH:mm:ss'.000000Z'");
const sent = (iso: string): string => `${iso.slice(0, 19)}Z`;
const at = (iso: string): DateTime => DateTime.fromISO(iso, BERLIN);

/** An op that starts then on the clocks of Berlin, lasts three hours and can be signed up for until the day before. */
const opAt = (id: number, iso: string, overrides: Partial<StoredEvent> = {}): StoredEvent =>
  buildEvent({
    id,
    name: `Op ${id}`,
    starts: stored(at(iso)),
    ends: stored(at(iso).plus({ hours: 3 })),
    registration_deadline: stored(at(iso).minus({ days: 1 })),
    all_day: false,
    repeats: false,
    ...overrides,
  });

/** Three ops of the weekend before the clocks go back, the last of them all day. */
const weekend = (): StoredEvent[] => [
  opAt(1, '2026-10-23T20:00'),
  opAt(2, '2026-10-24T20:00', { calendar_id: 2 }),
  opAt(3, '2026-10-25T00:00', {
    name: 'Field day',
    calendar_id: 3,
    all_day: true,
    ends: stored(at('2026-10-26T00:00')),
    registration_deadline: null,
  }),
];

const startAt = (events: readonly StoredEvent[], now = MONDAY) =>
  startStage({ world: buildWorld({ now, events }), clock: { now: () => now } });

const shift = async (user: DiscordUser, options: Readonly<Record<string, string>>): Promise<Message> =>
  (await user.command('event shift', options)).messageOrThrow();

const press = async (user: DiscordUser, message: Message, beginning: string): Promise<Message> =>
  (await user.click(message, buttonOn(message, beginning))).messageOrThrow();

test('two hundred ops are moved by one command and one PATCH, and each is read back right', async () => {
  const longName = (id: number): string => `Op ${id} ${'_[Long*'.repeat(40)}`.slice(0, 255);
  const ops = Array.from({ length: 200 }, (_, index) => {
    const id = index + 1;
    const day = at('2026-10-20T00:00').plus({ days: index % 20 });
    const alone = { name: longName(id), calendar_id: null };
    if (id % 10 > 0) return opAt(id, day.set({ hour: 19 }).toISO() ?? '', alone);
    const whole = { all_day: true, starts: stored(day), ends: stored(day.plus({ days: 1 })) };
    return opAt(id, '2026-10-20T00:00', { ...alone, ...whole, registration_deadline: null });
  });
  const { discord, perscom } = await startAt([...ops, opAt(201, '2026-10-20T19:00', { name: 'Another' })]);
  const joker = discord.user();
  let page = await shift(joker, { by: '+7d', name: 'op' });
  expect(shown(page)).toContain('200 of 200 ops move by +7 days');
  const first = page;
  let text = shown(page);
  while (hasButton(page, 'Next page')) {
    page = await press(joker, page, 'Next page');
    text += shown(page);
  }
  for (const { id } of ops) expect(text.split(`• **Op ${id} `)).toHaveLength(2);
  expect(perscom.patches()).toEqual([]);
  const queued = await press(joker, first, 'Queue 200 shifts');
  expect(shown(queued)).toContain('of 200 ops');

  const flushed = await press(joker, await press(joker, queued, 'Flush'), 'Send');
  expect(shown(flushed)).toContain('200 of 200 events updated');
  expect(perscom.patches()).toHaveLength(1);
  const week = (iso: string): string => stored(at(iso).plus({ days: 7 }));
  const resources: Record<string, object> = {};
  for (const { id, starts, ends, registration_deadline } of ops) {
    const times = {
      starts: week(starts),
      ends: week(ends ?? ''),
      ...(registration_deadline === null ? {} : { registration_deadline: week(registration_deadline) }),
    };
    expect(perscom.world.events.get(id)).toMatchObject(times);
    resources[id] = Object.fromEntries(Object.entries(times).map(([field, iso]) => [field, sent(iso)]));
  }
  expect(perscom.patches()[0]?.body).toEqual({ resources });
  expect(await board(joker)).toContain('The queue is empty');
});

test('two hundred ops that overlap one another in their calendar are laid out on pages that Discord takes', async () => {
  const ops = Array.from({ length: 200 }, (_, index) => {
    const name = `Op ${index + 1} ${'_[Long*'.repeat(40)}`.slice(0, 255);
    return opAt(index + 1, `2026-10-${20 + (index % 10)}T${19 + (index % 3)}:00`, {
      name,
      calendar_id: 1,
      repeats: index % 4 === 0,
    });
  });
  const { discord } = await startAt(ops);
  const joker = discord.user();
  let page = await shift(joker, { by: '-21d', name: 'op' });
  const texts = [shown(page)];
  while (hasButton(page, 'Next page')) {
    page = await press(joker, page, 'Next page');
    texts.push(shown(page));
  }
  const text = texts.join('');
  for (const { id } of ops) expect(text.split(`• **Op ${id} `)).toHaveLength(2);
  const single = ops.filter(({ repeats }) => !repeats).length;
  for (const warning of ['In its calendar it ', 'It would start in the past'])
    expect(text.split(warning).length - 1).toBe(single);
});

describe('a shift', () => {
  test('shows every op before → after with what the clocks do, and says that nothing is queued yet', async () => {
    const { discord } = await startAt(weekend());
    const joker = discord.user();
    const text = shown(await shift(joker, { by: '+1w', from: '2026-10-23' }));
    expect(text).toContain('3 of 3 ops move by +7 days.** Nothing is queued yet');
    expect(text).toContain('Fri 23 Oct 2026 20:00~~ → Friday 30 October 2026, 20:00 (Europe/Berlin) <t:1793386800:F>');
    expect(text).toContain('clocks change in between: UTC+2 → UTC+1, still 20:00');
    expect(text).toContain('Ends: ~~Fri 23 Oct 2026 23:00~~ → Fri 30 Oct 2026 23:00');
    expect(text).toContain('Registration deadline: ~~Thu 22 Oct 2026 20:00~~ → Thu 29 Oct 2026 20:00');
    expect(text).toContain('Sun 25 October 2026~~ → Sun 1 November 2026, all day');
    expect(await board(joker)).toContain('The queue is empty');
  });

  test('is queued once, however often and by whomever it is asked for', async () => {
    const { discord, perscom } = await startAt(weekend());
    const joker = discord.user();
    const preview = await shift(joker, { by: '+7d', name: 'Op' });
    expect(shown(await press(joker, preview, 'Queue 2 shifts'))).toContain('Queued: 6 edits of 2 ops');
    expect(shown(await press(joker, preview, 'Queue 2 shifts'))).toContain('Already queued');
    await flush(joker);
    const after = structuredClone(perscom.world.events);
    await press(joker, preview, 'Queue 2 shifts');
    const answer = (await joker.command('queue flush')).messageOrThrow();
    expect(shown(answer)).toContain('PERSCOM holds everything that was queued already');
    expect(perscom.patches()).toHaveLength(1);
    expect(perscom.world.events).toEqual(after);
  });

  test('to a day moves the first op there, and the others keep their distance', async () => {
    const { discord } = await startAt(weekend());
    const text = shown(await shift(discord.user(), { to: '2026-11-06', from: '2026-10-23', until: '2026-10-25' }));
    for (const day of [
      'Friday 6 November 2026, 20:00',
      'Saturday 7 November 2026, 20:00',
      'Sun 8 November 2026, all day',
    ])
      expect(text).toContain(day);
  });

  test('of ops that wait in the queue builds on what is queued there, and its inverse empties the queue', async () => {
    const { discord } = await startAt(weekend());
    const joker = discord.user();
    const there = await shift(joker, { by: '+7d', event: '1' });
    await press(joker, there, 'Queue 1 shift');
    const back = await shift(joker, { by: '-7d', event: '1' });
    expect(shown(back)).toContain('Fri 30 Oct 2026 20:00~~ → Friday 23 October 2026, 20:00');
    expect(shown(back)).toContain(`builds on what is queued by <@${joker.id}>`);
    const queued = await press(joker, back, 'Queue 1 shift');
    expect(shown(queued)).toContain('Taken back, as PERSCOM has that time: 3 edits of 1 op');
    expect(await board(joker)).toContain('The queue is empty');
  });

  test('leaves ends and deadlines where they are, if its author says so', async () => {
    const { discord } = await startAt(weekend());
    const joker = discord.user();
    const preview = await shift(joker, { by: '-1d', event: '2' });
    const endsLeft = await press(joker, preview, 'Leave the ends');
    expect(shown(endsLeft)).toContain('Ends stays: Sat 24 Oct 2026 23:00');
    const bothLeft = await press(joker, endsLeft, 'Leave the deadlines');
    expect(shown(bothLeft)).toContain('The ends and the registration deadlines stay where they are');
    expect(hasButton(bothLeft, 'Move the ends')).toBe(true);
    expect(shown(await press(joker, bothLeft, 'Queue 1 shift'))).toContain('Queued: 1 edit of 1 op');
    expect(await board(joker)).toContain('Starts');
  });

  test('that would end an op before it starts does not move that op', async () => {
    const { discord } = await startAt(weekend());
    const joker = discord.user();
    const left = await press(joker, await shift(joker, { by: '+1d', name: 'Op' }), 'Leave the ends');
    expect(shown(left)).toContain('0 of 2 ops move by +1 day');
    expect(shown(left)).toContain('it would end before it starts');
    expect(hasButton(left, 'Queue')).toBe(false);
  });

  test('keeps a conflict that it builds on, and says what PERSCOM has by now', async () => {
    const { discord, perscom } = await startAt([opAt(1, '2026-10-23T20:00', { registration_deadline: null })]);
    const joker = discord.user();
    await edit(joker, 1, 'schedule', { Starts: '2026-10-24 20:00' });
    changeOnPerscom(perscom, 1, { starts: stored(at('2026-10-28T18:00')), ends: stored(at('2026-10-28T21:00')) });
    const preview = await shift(joker, { by: '+1d', event: '1' });
    expect(shown(preview)).toContain('Starts in PERSCOM is Wed 28 Oct 2026 18:00 by now');
    await press(joker, preview, 'Queue 1 shift');
    expect(shown(await openPreview(joker))).toContain('0 changes of 0 events to send · 2 conflicts to resolve');
  });

  test('back again moves an op whole, also where another moderator has queued one of its times', async () => {
    const { discord, perscom } = await startAt([opAt(1, '2026-10-23T20:00', { registration_deadline: null })]);
    const [anna, ben] = [discord.user({ name: 'Anna' }), discord.user({ name: 'Ben' })];
    await press(anna, await shift(anna, { by: '+7d', event: '1' }), 'Queue');
    const back = await shift(anna, { by: '-7d', event: '1' });
    await press(ben, await edit(ben, 1, 'schedule', { Ends: '2026-10-30 23:30' }), 'Replace');
    const answer = await press(anna, back, 'Queue');
    expect(shown(answer)).toContain('**Not queued: somebody else’s edit is** (1 op)');
    expect(await board(anna)).toContain('2 edits of 1 event');
    const replaced = await press(anna, answer, 'Replace');
    expect(shown(replaced)).toContain('Taken back: 2 edits of 1 op');
    expect(hasButton(replaced, 'Flush')).toBe(false);
    expect(await board(anna)).toContain('The queue is empty');
    expect(perscom.patches()).toEqual([]);
  });

  test('that builds on another moderator’s edit, and says whose, stages on one click', async () => {
    const { discord } = await startAt([opAt(1, '2026-10-23T20:00')]);
    const [joker, pyle] = [discord.user({ name: 'Joker' }), discord.user({ name: 'Pyle' })];
    await edit(pyle, 1, 'schedule', { Starts: '2026-10-24 17:00' });
    const preview = await shift(joker, { by: '+7d', event: '1' });
    expect(shown(preview)).toContain(`builds on what is queued by <@${pyle.id}>`);
    expect(shown(await press(joker, preview, 'Queue'))).toContain('Queued: 3 edits of 1 op');
    expect(await board(joker)).toContain('31 October 2026, 17:00');
  });

  test('is not queued of an op for which the queue has changed since, and is shown anew from there', async () => {
    const { discord } = await startAt([opAt(1, '2026-10-23T20:00'), opAt(2, '2026-10-24T20:00')]);
    const [joker, pyle] = [discord.user({ name: 'Joker' }), discord.user({ name: 'Pyle' })];
    await edit(pyle, 1, 'schedule', { Starts: '2026-10-24 17:00' });
    const preview = await shift(joker, { by: '+7d', name: 'Op' });
    await pyle.command('queue remove', { event: '1' });
    const answer = await press(joker, preview, 'Queue');
    expect(shown(answer)).toContain('**Not queued: the queue has changed since this was shown** (1 op: Op 1)');
    expect(shown(answer)).toContain('Queued: 3 edits of 1 op');
    const anew = await press(joker, answer, 'Show it anew');
    expect(shown(anew)).toContain('1 of 1 op moves by +7 days');
    expect(shown(anew)).toContain('Fri 23 Oct 2026 20:00~~ → Friday 30 October 2026, 20:00');
    expect(shown(await press(joker, anew, 'Queue 1 shift'))).toContain('Queued: 3 edits of 1 op');
  });

  test('does not replace what its own author has queued since it was shown', async () => {
    const { discord } = await startAt([opAt(1, '2026-10-23T20:00')]);
    const joker = discord.user();
    const preview = await shift(joker, { by: '+7d', event: '1' });
    await edit(joker, 1, 'schedule', { Starts: '2026-11-02 17:00' });
    const answer = await press(joker, preview, 'Queue');
    expect(shown(answer)).toContain('the queue has changed since this was shown** (1 op: Op 1)');
    expect(hasButton(answer, 'Flush')).toBe(false);
    expect(await board(joker)).toContain('2 November 2026, 17:00');
  });

  test('does not claim to leave an end that was moved since it was shown', async () => {
    const { discord } = await startAt([opAt(1, '2026-10-23T20:00')]);
    const [anna, ben] = [discord.user(), discord.user()];
    const preview = await shift(anna, { by: '-2h', event: '1' });
    await press(anna, preview, 'Queue 1 shift');
    const left = await press(anna, preview, 'Leave the ends');
    expect(shown(await press(anna, left, 'Queue 1 shift'))).toContain('the queue has changed since this was shown');
    await anna.command('queue remove', { event: '1' });
    await edit(ben, 1, 'schedule', { Ends: '2026-10-23 21:00' });
    expect(shown(await press(anna, left, 'Queue 1 shift'))).toContain('the queue has changed since this was shown');
    expect(await board(anna)).toContain('1 edit of 1 event');
  });

  test('moves only the ops that were chosen on it', async () => {
    const { discord } = await startAt(weekend());
    const joker = discord.user();
    const preview = await shift(joker, { by: '+7d', from: '2026-10-23' });
    const chosen = (await joker.select(preview, 'Move only these…', ['Op 1', 'Field day'])).messageOrThrow();
    expect(shown(chosen)).toContain('2 of 3 ops move');
    expect(shown(chosen)).toContain('stays Sat 24 Oct 2026 20:00: taken out of this shift');
    expect(shown(await press(joker, chosen, 'Queue 2 shifts'))).toContain('of 2 ops');
    const none = (await joker.select(preview, 'Move only these…', [])).messageOrThrow();
    expect(hasButton(none, 'Queue')).toBe(false);
  });

  test('of a repeating op says that the series keeps its rhythm, and a past op has to be asked for', async () => {
    const { discord } = await startAt([
      opAt(1, '2026-10-12T20:00', { repeats: true }),
      opAt(2, '2026-10-12T20:00', { name: 'Op Past' }),
    ]);
    const joker = discord.user();
    expect(shown(await shift(joker, { by: '+1d', name: 'Op' }))).toContain('No op to come matches that; 2 ops match');
    const text = shown(await shift(joker, { by: '+1d', from: '2026-10-01' }));
    expect(text).toContain('The series keeps its rhythm');
    expect(text).toContain('It would start in the past');
  });

  test('says how many ops that match it leaves out as they have begun, which one of today that takes all day has not', async () => {
    const today = { all_day: true, ends: stored(at('2026-10-20T00:00')), registration_deadline: null };
    const { discord } = await startAt([
      opAt(1, '2026-10-19T13:55', { name: 'Weekend A' }),
      opAt(2, '2026-10-12T20:00', { name: 'Weekend series', repeats: true }),
      opAt(3, '2026-10-19T20:00', { name: 'Weekend B' }),
      opAt(4, '2026-10-19T00:00', { name: 'Weekend all day', ...today }),
    ]);
    const joker = discord.user();
    const text = shown(await shift(joker, { by: '+7d', name: 'Weekend' }));
    expect(text).toContain('2 of 2 ops move');
    expect(text).toContain('2 matching ops that have begun are left out: say from which day on with `from`');
    const all = shown(await shift(joker, { by: '+7d', name: 'Weekend', from: '2026-10-01' }));
    expect(all).toContain('4 of 4 ops move');
    expect(all).not.toContain('left out');
  });

  test('by the name of two calendars is refused, as a list by it is', async () => {
    const world = buildWorld({ now: MONDAY, events: weekend() });
    const [first] = world.calendars.values();
    if (first === undefined) throw new Error('no calendar');
    world.calendars.set(9, { ...first, id: 9 });
    const { discord } = await startStage({ world, clock: { now: () => MONDAY } });
    const joker = discord.user();
    const sentence = `PERSCOM has 2 calendars called “${first.name}”`;
    expect(shown(await shift(joker, { by: '+7d', calendar: first.name }))).toContain(sentence);
    expect(shown((await joker.command('event list', { calendar: first.name })).messageOrThrow())).toContain(sentence);
  });

  test('of one op waits for a PERSCOM that takes a while, as Discord has been told that an answer will come', async () => {
    const { discord, perscom } = await startAt(weekend());
    perscom.inject({ on: { method: 'POST', path: '/v2/events/search' }, kind: 'handle', delayMs: 1_900 });
    expect(shown(await shift(discord.user(), { by: '+7d', event: '1' }))).toContain('1 of 1 op moves');
  });

  test('says what becomes of the reminders of an op that has any', async () => {
    const reminders = {
      notifications_enabled: true,
      notifications_channels: ['mail'],
      notifications_interval: ['p1w', 'p1d'],
    };
    const { discord } = await startAt([
      opAt(1, '2026-10-22T20:00', { ...reminders, registration_enabled: true }),
      opAt(2, '2026-10-22T20:00', { notifications_enabled: false }),
    ]);
    const joker = discord.user();
    const text = shown(await shift(joker, { by: '+2d', event: '1' }));
    expect(text).toContain('🔔 1 week before: already past, will not be sent; 1 day before: Fri 23 Oct 2026 20:00');
    expect(text).toContain('Reminder times are what PERSCOM is set to');
    expect(shown(await shift(joker, { by: '+2d', event: '2' }))).not.toMatch(/🔔|Reminder/);
  });

  test('names the ops that would collide with others, and with what is moved along', async () => {
    const { discord } = await startAt([
      opAt(1, '2026-10-23T20:00', { calendar_id: 1 }),
      opAt(2, '2026-10-30T21:00', { name: 'Standing Patrol', calendar_id: 1 }),
    ]);
    const text = shown(await shift(discord.user(), { by: '+7d', event: '1' }));
    expect(text).toContain('In its calendar it overlaps **Standing Patrol** by 2 h');
  });

  test('says how clocks that change while an op lasts, before or after, alter what its end reads', async () => {
    const overnight = (id: number, iso: string) =>
      opAt(id, iso, { ends: stored(at(iso).plus({ hours: 8 })), registration_deadline: null });
    const { discord } = await startAt([overnight(1, '2026-10-23T22:00'), overnight(2, '2026-10-24T22:00')]);
    const joker = discord.user();
    const into = shown(await shift(joker, { by: '+1d', event: '1' }));
    expect(into).toContain('clocks change while it lasts: it keeps its length, and ends at 05:00');
    const outOf = shown(await shift(joker, { by: '+7d', event: '2' }));
    expect(outOf).toContain('clocks no longer change while it lasts: it keeps its length, and ends at 06:00');
  });

  test('to a time that clocks skip says of the one that is picked that it was', async () => {
    const { discord } = await startAt([opAt(1, '2027-03-27T02:30', { registration_deadline: null })]);
    const joker = discord.user();
    const preview = await shift(joker, { by: '+1d', event: '1' });
    const later = '2027-03-28 03:30 · Starts of Op 1';
    const settled = (await joker.select(preview, 'Pick a time that the clocks show…', [later])).messageOrThrow();
    expect(shown(settled)).toContain('02:30 becomes 03:30, as was picked');
  });

  test('to a time that clocks show twice asks which one is meant, and moves the end along with it', async () => {
    const { discord } = await startAt([opAt(1, '2026-10-24T02:30', { registration_deadline: null })]);
    const joker = discord.user();
    const preview = await shift(joker, { by: '+1d', event: '1' });
    expect(shown(preview)).toContain('its start would happen twice in Europe/Berlin');
    expect(hasButton(preview, 'Queue')).toBe(false);
    const second = '2026-10-25 02:30 +01:00 · Starts of Op 1';
    const settled = (await joker.select(preview, 'Pick a time that the clocks show…', [second])).messageOrThrow();
    expect(shown(settled)).toContain('Sunday 25 October 2026, 02:30 +01:00 (Europe/Berlin)');
    expect(shown(settled)).toContain('Ends: ~~Sat 24 Oct 2026 05:30~~ → Sun 25 Oct 2026 05:30');
    expect(shown(await press(joker, settled, 'Queue 1 shift'))).toContain('Queued: 2 edits of 1 op');
  });

  test('to times that clocks show twice is settled for all ops at once', async () => {
    const { discord } = await startAt(
      [1, 2].map((id) => opAt(id, '2026-10-24T02:30', { registration_deadline: null })),
    );
    const joker = discord.user();
    const preview = await shift(joker, { by: '+1d', name: 'Op' });
    const later = ['All 2 ops: the later time'];
    const settled = (await joker.select(preview, 'Pick a time that the clocks show…', later)).messageOrThrow();
    expect(shown(settled).split('25 October 2026, 02:30 +01:00')).toHaveLength(3);
    expect(hasButton(settled, 'Queue 2 shifts')).toBe(true);
  });

  test('asks before it replaces what another moderator queued, and then moves whole ops', async () => {
    const { discord } = await startAt(weekend());
    const [joker, pyle] = [discord.user({ name: 'Joker' }), discord.user({ name: 'Pyle' })];
    const preview = await shift(joker, { by: '+7d', name: 'Op' });
    await edit(pyle, 2, 'schedule', { Starts: '2026-10-24 19:00' });
    const answer = await press(joker, preview, 'Queue 2 shifts');
    expect(shown(answer)).toContain('Queued: 3 edits of 1 op');
    expect(shown(answer)).toContain('**Not queued: somebody else’s edit is** (1 op)');
    expect(await board(joker)).toContain('Queue: 5 edits of 2 events');
    const replaced = await press(joker, answer, 'Replace');
    expect(shown(replaced)).toContain('Queued: 3 edits of 1 op');
    expect(await board(joker)).toContain('Queue: 6 edits of 2 events');
  });
});

/** Requests that make no shift, each with what is said of it. */
const REFUSED: readonly (readonly [Readonly<Record<string, string>>, string])[] = [
  [{ event: '1' }, 'Say how far to move with `by`'],
  [{ event: '1', by: '+1d', to: '2026-11-06' }, 'and not both'],
  [{ by: '+1d' }, 'Say which ops to move'],
  [{ event: '1', by: 'soon' }, 'I cannot read “soon” as a distance'],
  [{ event: '1', by: '0d' }, 'I cannot read “0d” as a distance'],
  [{ event: '1', to: 'some day' }, '`to` says “some day”. I cannot read that as a day'],
  [{ from: '2026-11-06', until: '2026-11-05', by: '+1d' }, '`until` is before `from`'],
  [{ calendar: 'Nowhere', by: '+1d' }, 'PERSCOM has no calendar called “Nowhere”'],
  [{ event: '77', by: '+1d' }, 'No op matches that'],
  [{ name: 'nothing like it', by: '+1d' }, 'No op matches that'],
  [{ event: 'Nobody knows', by: '+1d' }, 'I find no event “Nobody knows”'],
  [{ event: '1', to: '2026-10-23' }, 'is on that day already'],
];

test('a shift that cannot be says why, and queues nothing', async () => {
  const { discord } = await startAt(weekend());
  const joker = discord.user();
  for (const [options, sentence] of REFUSED) {
    const text = shown(await shift(joker, options));
    expect(text).toContain(sentence);
    expect(text).toMatch(/Nothing was (queued|changed)/);
  }
  expect(await board(joker)).toContain('The queue is empty');
});

test('a day that may be two is asked about with a button for each, and the order chosen is remembered', async () => {
  const { discord } = await startAt(weekend());
  const joker = discord.user();
  const asked = await shift(joker, { to: '06/11', event: '1' });
  expect(shown(asked)).toContain('That may be a day and a month, or a month and a day');
  const preview = await press(joker, asked, 'Fri 6 November 2026');
  expect(shown(preview)).toContain('→ Friday 6 November 2026, 20:00');
  expect(shown(await shift(joker, { to: '07/11', event: '1' }))).toContain('→ Saturday 7 November 2026, 20:00');
});

test('a day in the past is asked about, and is moved to when its author says so', async () => {
  const { discord } = await startAt(weekend());
  const joker = discord.user();
  const asked = await shift(joker, { to: '5 Jan', event: '1' });
  expect(shown(asked)).toContain('`to` says “5 Jan”. That day is past. Nothing was queued.');
  expect(shown(await press(joker, asked, 'Tue 5 January 2027'))).toContain('→ Tuesday 5 January 2027, 20:00');
  expect(shown(await press(joker, asked, 'Mon 5 January 2026 (past)'))).toContain('→ Monday 5 January 2026, 20:00');
  const yesterday = await shift(joker, { to: 'yesterday', event: '1' });
  expect(hasButton(yesterday, 'Sun 18 October 2026 (past)')).toBe(true);
  expect(hasButton(yesterday, 'Mon 19 October 2026')).toBe(true);
});

test('days without a year are those that are near, the last of them behind the first', async () => {
  const { discord } = await startAt([...weekend(), opAt(4, '2027-01-03T20:00'), opAt(5, '2027-03-03T20:00')]);
  const joker = discord.user();
  const turn = shown(await shift(joker, { by: '+1d', from: '24 Dec', until: '5 Jan' }));
  expect(turn).toContain('1 of 1 op moves by +1 day');
  expect(shown(await shift(joker, { by: '+1d', from: '1 Feb' }))).toContain('1 of 1 op moves by +1 day');
  expect(shown(await shift(joker, { by: '+1d', from: '1 Feb', until: '1 Jan' }))).toContain('1 of 1 op moves');
});

test('ops chosen from a list are moved as a form says', async () => {
  const { discord } = await startAt(weekend());
  const joker = discord.user();
  const list = (await joker.command('event list')).messageOrThrow();
  const chosen = await joker.select(list, 'Move some of them…', ['1', '3']);
  expect(Object.keys(chosen.modalOrThrow().prefilled)).toContain('Or to the day (Europe/Berlin)');
  const preview = (await joker.submit(chosen.modalOrThrow(), { By: '+7d' })).messageOrThrow();
  expect(shown(preview)).toContain('2 of 2 ops move by +7 days');
  expect(shown(await press(joker, preview, 'Queue 2 shifts'))).toContain('Queued: 5 edits of 2 ops');
});

test('a shift of hours, of words and of both is understood', async () => {
  const { discord } = await startAt(weekend());
  const joker = discord.user();
  expect(shown(await shift(joker, { by: '-90m', event: '1' }))).toContain('→ Friday 23 October 2026, 18:30');
  expect(shown(await shift(joker, { by: '+1w 2h', event: '1' }))).toContain('→ Friday 30 October 2026, 22:00');
  expect(shown(await shift(joker, { to: 'next Saturday', event: '1' }))).toContain('→ Saturday ');
  const mixed = shown(await shift(joker, { by: '+1d 1h', from: '24 Oct' }));
  expect(mixed).toContain('1 of 2 ops moves');
  expect(mixed).toContain('it takes all day, so it moves by whole days only');
});

test('a shift of too many ops says how many there are, and how to narrow them down', async () => {
  const ops = Array.from({ length: 201 }, (_, index) => opAt(index + 1, '2026-10-23T20:00'));
  const { discord } = await startAt(ops);
  const answer = await shift(discord.user(), { by: '+1d', name: 'Op' });
  expect(shown(answer)).toContain('That matches 201 ops, and one shift moves 200 at most');
});

test('calendars are offered while their name is typed, and select their ops', async () => {
  const { discord } = await startAt(weekend());
  const joker = discord.user();
  const choices = await joker.autocomplete('event shift', 'calendar', { calendar: 'train' });
  expect(choices).toEqual([{ name: 'Training', value: '2' }]);
  expect(shown(await shift(joker, { by: '+7d', calendar: '2' }))).toContain('1 of 1 op moves by +7 days');
});
