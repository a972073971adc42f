import { describe, expect, test } from 'vitest';
import type { StoredEvent } from '../../sandbox/perscom/server.ts';
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

const CLOCK = { now: () => NOW };

/** An op on 28 November 2026, 19:00 to 22:00 UTC, with nothing odd about it. */
const op = (overrides: Partial<StoredEvent> & Pick<StoredEvent, 'id'>): StoredEvent =>
  buildEvent(
    {
      name: `Op ${overrides.id}`,
      calendar_id: 1,
      all_day: false,
      repeats: false,
      starts: '2026-11-28T19:00:00.000000Z',
      ends: '2026-11-28T22:00:00.000000Z',
      registration_enabled: true,
      registration_deadline: null,
      notifications_enabled: true,
      notifications_interval: ['p1w', 'p1d'],
      notifications_channels: ['mail'],
      ...overrides,
    },
    NOW,
  );

const stageOf = (...events: readonly StoredEvent[]) =>
  startStage({ clock: CLOCK, world: buildWorld({ now: NOW, events }) });

describe('the preview of a flush', () => {
  test('says what a move leaves behind, and what it does to each reminder, and sends it all the same', async () => {
    const { discord, perscom } = await stageOf(
      op({ id: 1, name: 'Op Alpha', registration_deadline: '2026-11-28T12:00:00.000000Z' }),
      op({ id: 2, name: 'Op Bravo', starts: '2026-11-27T16:00:00.000000Z', ends: '2026-11-27T18:30:00.000000Z' }),
    );
    const joker = discord.user();
    await edit(joker, 1, 'schedule', { Starts: '2026-11-27 20:00', Ends: '2026-11-27 23:00' });
    const { preview, reports } = await flush(joker);
    expect(preview).toContain('2 changes of 1 event to send · ⚠️ 2 warnings. This preview has sent nothing yet.');
    expect(preview).toContain('⚠️ In its calendar it starts 30 min after **Op Bravo** ends.');
    expect(preview).toContain(
      '⚠️ Its registration deadline is after its end: Saturday 28 November 2026, 13:00 (Europe/Berlin) <t:',
    );
    expect(preview).toContain(
      '🔔 Email · 1 week before: already past, will not be sent; 1 day before: Thursday 26 November 2026, 20:00 (Europe/Berlin) <t:1795719600:R>',
    );
    expect(preview).toContain(
      'Page 1 of 1 · Reminder times are what PERSCOM is set to; it sends them for repeating events only, and takes back none that it has queued.',
    );
    expect(perscom.patches()).toHaveLength(1);
    const report = reports.map(shown).join('\n');
    expect(report).toContain('1 of 1 event updated');
    expect(report).toContain('🔔 Email · 1 week before: already past, will not be sent; 1 day before: Thursday 26');
    expect(await board(joker)).toContain('The queue is empty');
  });

  test('holds events against each other as all of the queue leaves them, not as they are', async () => {
    const { discord } = await stageOf(
      op({ id: 1, name: 'Op Alpha' }),
      op({ id: 2, name: 'Op Bravo', starts: '2026-11-29T19:00:00.000000Z', ends: '2026-11-29T22:00:00.000000Z' }),
    );
    const [joker, pyle] = [discord.user(), discord.user()];
    await edit(joker, 1, 'schedule', { Starts: '2026-11-29 20:00', Ends: '2026-11-29 23:00' });
    const clash = shown(await openPreview(joker));
    expect(clash).toContain('In its calendar it overlaps **Op Bravo** by 3 h.');
    await edit(pyle, 2, 'details', { Calendar: ['Training'] });
    expect(shown(await openPreview(joker))).not.toContain('⚠️');
  });

  test('says what is special about series and about ops that take all day', async () => {
    const { discord } = await stageOf(
      op({ id: 1, name: 'Weekly', repeats: true }),
      op({
        id: 2,
        name: 'Campaign',
        all_day: true,
        starts: '2026-11-27T23:00:00.000000Z',
        ends: '2026-11-29T23:00:00.000000Z',
      }),
      op({ id: 3, name: 'Single', calendar_id: 2 }),
      op({ id: 4, name: 'Evening', calendar_id: 3 }),
    );
    const joker = discord.user();
    await edit(joker, 1, 'schedule', { Starts: '2026-11-28 19:00' });
    await edit(joker, 2, 'schedule', { Starts: '2026-11-29' });
    await edit(joker, 3, 'schedule', { Repeats: true });
    await edit(joker, 4, 'schedule', { 'All day': true });
    const text = shown(await openPreview(joker));
    expect(text).toContain('⚠️ 3 warnings');
    expect(text).toContain('⚠️ The series keeps its rhythm: PERSCOM’s API does not move its schedule.');
    expect(text).toContain('🔔 Email · by the schedule of the series: 1 week before, 1 day before');
    expect(text).toContain(
      '📅 All day: ~~Sat 28 – Sun 29 November 2026~~ → Sun 29 – Mon 30 November 2026 (Europe/Berlin)',
    );
    expect(text).toContain(
      '⚠️ It takes all day, but its start and end are not at midnight on the unit’s clocks (Europe/Berlin). There it takes up Sat 28 November 2026',
    );
    expect(text).toContain('a repeating event without one vanishes from PERSCOM’s calendar');
  });

  test('leaves out what it holds back: a start that no longer fits the end', async () => {
    const { discord, perscom } = await stageOf(op({ id: 1 }));
    const ben = discord.user();
    await edit(ben, 1, 'schedule', { Starts: '2026-11-28 22:00' });
    await ben.command('queue remove', { event: '1', field: 'ends' });
    changeOnPerscom(perscom, 1, { ends: '2026-11-28T20:30:00.000000Z' });
    const preview = await openPreview(ben);
    expect(shown(preview)).toContain('the event would end before it starts, so this is not sent');
    expect(shown(preview)).not.toContain('warning');
    expect(hasButton(preview, 'Send')).toBe(false);
    expect(perscom.patches()).toHaveLength(0);
  });

  test('never sees an end before the start that somebody queued while its form was open', async () => {
    const { discord } = await stageOf(op({ id: 1 }));
    const [ben, anna] = [discord.user(), discord.user()];
    const early = (await anna.command('event edit', { event: '1', form: 'schedule' })).modalOrThrow();
    await edit(ben, 1, 'schedule', { Starts: '2026-11-28 22:00' });
    await ben.command('queue remove', { event: '1', field: 'ends' });
    const answer = (await anna.submit(early, { Ends: '2026-11-28 21:30' })).messageOrThrow();
    expect(shown(answer)).toContain('0 edits queued, 1 not');
    expect(shown(answer)).toContain('Not queued: it does not fit what is');
    expect(shown(answer)).toContain(`<@${ben.id}> has queued Starts → Saturday 28 November 2026, 22:00`);
    expect(await board(anna)).toContain('1 edit of 1 event');
    const again = (await anna.click(answer, 'Fix')).modalOrThrow();
    const fixed = (await anna.submit(again, { Ends: '2026-11-28 23:30' })).messageOrThrow();
    expect(shown(fixed)).toContain('Queued: 1 edit');
    expect(await board(anna)).toContain('2 edits of 1 event');
  });

  test('refuses the second of two such times at once where the first is queued already', async () => {
    const { discord } = await stageOf(op({ id: 1 }));
    const [ben, anna] = [discord.user(), discord.user()];
    await edit(ben, 1, 'schedule', { Starts: '2026-11-28 22:00' });
    const answer = shown(await edit(anna, 1, 'schedule', { Ends: '2026-11-28 21:30' }));
    expect(answer).not.toContain('Queued:');
    expect(await board(anna)).not.toContain('21:30');
  });
});

test('warnings are there on every page, within what a message holds, and after a restart', async () => {
  const many = Array.from({ length: 30 }, (_, index) =>
    op({ id: index + 1, name: `Op ${'*'.repeat(200)} ${index + 1}` }),
  );
  const stage = await stageOf(...many);
  const joker = stage.discord.user();
  for (const { id } of many) await edit(joker, id, 'schedule', { Starts: '2026-11-28 20:30' });
  let page = await openPreview(joker);
  expect(shown(page)).toContain('60 changes of 30 events to send · ⚠️ 30 warnings');
  await stage.restart();
  const pages = [shown(page)];
  while (hasButton(page, 'Next page')) {
    page = (await joker.click(page, buttonOn(page, 'Next page'))).messageOrThrow();
    pages.push(shown(page));
    expect(page.embeds[0]?.description?.length).toBeLessThan(4096);
    if (pages.length > 60) break;
  }
  const text = pages.join('\n');
  expect(text.match(/⚠️ In its calendar it overlaps/g)).toHaveLength(30);
  expect(text.match(/🔔 Email · 1 week before/g)).toHaveLength(30);
  expect(text).not.toContain('could not be read whole');
  expect(pages.at(-1)).toContain('⚠️ 30 warnings');
});

test('where PERSCOM can be read no more, a page says that its warnings may be missing', async () => {
  const stage = await stageOf(...Array.from({ length: 25 }, (_, index) => op({ id: index + 1 })));
  const joker = stage.discord.user();
  for (let id = 1; id <= 25; id += 1) await edit(joker, id, 'details', { Location: `Place ${id}` });
  const page = await openPreview(joker);
  expect(shown(page)).not.toContain('could not be read whole');
  stage.perscom.world.maintenance = true;
  await stage.restart();
  const next = (await joker.click(page, buttonOn(page, 'Next page'))).messageOrThrow();
  expect(shown(next)).toContain('PERSCOM could not be read whole, so overlaps with other ops');
  expect(shown(next)).toContain('Place 25');
  expect(buttonOn(next, 'Send')).toBe('Send 25 changes');
});

describe('the preview of a shift', () => {
  const BRAVO = { starts: '2026-11-29T20:00:00.000000Z', ends: '2026-11-29T21:00:00.000000Z' };
  const OVERLAP = '⚠️ In its calendar it overlaps **Op Bravo** by 1 h';
  const LONG = { content: `<p>${'word '.repeat(1_000)}</p>`, registration_deadline: '2026-11-28T12:00:00.000000Z' };

  const startShift = async () => {
    const stage = await stageOf(op({ id: 1, ...LONG }), op({ id: 2, name: 'Op Bravo', ...BRAVO }));
    const joker = stage.discord.user();
    const page = (await joker.command('event shift', { by: '+1d', name: 'Op 1' })).messageOrThrow();
    return { ...stage, joker, page };
  };

  test('warns of what an op with a long text would overlap', async () => {
    const { page } = await startShift();
    expect(shown(page)).toContain(OVERLAP);
    expect(shown(page)).not.toContain('could not be read whole');
  });

  test('reads again after a restart what it takes to warn, and says so where that cannot be read', async () => {
    const { joker, page, perscom, restart } = await startShift();
    await restart();
    const ends = (await joker.click(page, 'Leave the deadlines')).messageOrThrow();
    expect(shown(ends)).toContain(OVERLAP);
    perscom.world.maintenance = true;
    await restart();
    const unchecked = (await joker.click(ends, 'Move the deadlines')).messageOrThrow();
    expect(shown(unchecked)).not.toContain(OVERLAP);
    expect(shown(unchecked)).toContain('⚠️ PERSCOM could not be read whole, so overlaps with other ops');
  });
});
