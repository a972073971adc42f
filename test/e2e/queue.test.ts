import { describe, expect, test } from 'vitest';
import { buildEvent, buildWorld } from '../../sandbox/perscom/world.ts';
import { board, buttonOn, edit, flush, NOW, openPreview, shown, startStage } from './stage.ts';

const manyEvents = (count: number) =>
  buildWorld({
    now: NOW,
    events: Array.from({ length: count }, (_, index) => buildEvent({ id: index + 1, name: `Op ${index + 1}` })),
  });

describe('three moderators at once', () => {
  test.each([1, 10, 60])('queue %i events, and one flush sends one PATCH', async (count) => {
    const { discord, perscom } = await startStage({ world: manyEvents(count) });
    const moderators = ['Joker', 'Pyle', 'Cowboy'].map((name) => discord.user({ name }));
    const ids = Array.from({ length: count }, (_, index) => index + 1);
    await Promise.all(
      moderators.map(async (moderator, turn) => {
        for (const id of ids.filter((candidate) => candidate % 3 === turn))
          await edit(moderator, id, 'details', { Name: `Moved ${id}`, Location: `Grid ${id}` });
      }),
    );
    const [first = discord.user()] = moderators;
    const { reports } = await flush(first);

    expect(perscom.patches()).toHaveLength(1);
    const expected = Object.fromEntries(ids.map((id) => [id, { name: `Moved ${id}`, location: `Grid ${id}` }]));
    expect(perscom.patches()[0]?.body).toEqual({ resources: expected });
    for (const id of ids) expect(perscom.world.events.get(id)).toMatchObject(expected[id] ?? {});
    expect(shown(reports[0] ?? never())).toContain(`${count} of ${count} event${count === 1 ? '' : 's'} updated`);
    const all = reports.map(shown).join('\n');
    for (const id of ids) expect(all).toMatch(new RegExp(`Moved ${id}\\b`));
    expect(all.match(/✅ applied/g)).toHaveLength(2 * count);
    expect(await board(first)).toContain('The queue is empty');
  });

  test('leave a board of 60 events that can be leafed through, each edit on exactly one page', async () => {
    const { discord } = await startStage({ world: manyEvents(60) });
    const moderator = discord.user();
    for (let id = 1; id <= 60; id += 1) await edit(moderator, id, 'details', { Name: `Renamed ${id}.` });
    let page = (await moderator.command('queue view')).messageOrThrow();
    let text = shown(page);
    while (page.embeds[0]?.footer?.text.match(/Page (\d+) of \1 /) === null) {
      page = (await moderator.click(page, 'Next page ▶')).messageOrThrow();
      text += shown(page);
    }
    for (let id = 1; id <= 60; id += 1) expect(text.split(`Renamed ${id}.`)).toHaveLength(2);
    let preview = await openPreview(moderator);
    expect(shown(preview)).toContain('60 changes of 60 events to send');
    preview = (await moderator.click(preview, 'Next page ▶')).messageOrThrow();
    expect(shown(preview)).toContain('Page 2 of');
    expect(buttonOn(preview, 'Send')).toBe('Send 60 changes');
  });
});

const never = (): never => {
  throw new Error('nothing was posted');
};

describe('the queue', () => {
  test('says what a second edit of the same field by the same moderator replaces', async () => {
    const { discord } = await startStage();
    const joker = discord.user();
    await edit(joker, 1, 'details', { Name: 'Op First' });
    const answer = await edit(joker, 1, 'details', { Name: 'Op Second' });
    expect(shown(answer)).toContain(`replaces <@${joker.id}>’s edit to “Op First”`);
    expect(await board(joker)).toContain('Op Second');
    expect(await board(joker)).not.toContain('Op First');
  });

  test('keeps both edits when two moderators edit different fields of one event with forms opened together', async () => {
    const { discord, perscom } = await startStage();
    const [joker, pyle] = [discord.user(), discord.user()];
    const [first, second] = await Promise.all([
      joker.command('event edit', { event: '1', form: 'details' }),
      pyle.command('event edit', { event: '1', form: 'details' }),
    ]);
    await Promise.all([
      joker.submit(first.modalOrThrow(), { Name: 'Op Both' }),
      pyle.submit(second.modalOrThrow(), { Location: 'Malden' }),
    ]);
    await flush(joker);
    expect(perscom.patches()[0]?.body).toEqual({ resources: { 1: { name: 'Op Both', location: 'Malden' } } });
  });

  test('shows a queued value in the next form, and typing the present one takes the edit back', async () => {
    const { discord, perscom } = await startStage();
    const joker = discord.user();
    const present = perscom.world.events.get(1)?.name ?? '';
    await edit(joker, 1, 'details', { Name: 'Op Other' });
    const opened = (await joker.command('event edit', { event: '1', form: 'details' })).modalOrThrow();
    const answer = (await joker.submit(opened, {})).messageOrThrow();
    expect(shown(answer)).toContain('You changed nothing');
    expect(await board(joker)).toContain('Op Other');
    const back = await edit(joker, 1, 'details', { Name: present });
    expect(shown(back)).toContain('is what PERSCOM has, so');
    expect(await board(joker)).toContain('The queue is empty');
  });

  test('gives back one edit from the board, one event by command, and everything after asking', async () => {
    const { discord } = await startStage();
    const joker = discord.user();
    await edit(joker, 1, 'details', { Name: 'Op A', Location: 'Somewhere' });
    await edit(joker, 2, 'details', { Name: 'Op B' });
    const first = (await joker.command('queue view')).messageOrThrow();
    const after = (
      await joker.select(first, 'Take back an edit…', ['Location → Somewhere (Op Iron Resolve)'])
    ).messageOrThrow();
    expect(shown(after)).not.toContain('Somewhere');
    expect(shown(after)).toContain('Op A');
    const removed = await joker.command('queue remove', { event: '2' });
    expect(shown(removed.messageOrThrow())).toContain('Took back 1 queued edit');
    const asked = (await joker.command('queue clear')).messageOrThrow();
    expect(await board(joker)).toContain('Op A');
    const done = await joker.click(asked, 'Discard 1 edit');
    expect(shown(done.messageOrThrow())).toContain('Discarded 1 queued edit');
    expect(await board(joker)).toContain('The queue is empty');
  });

  test('discards nothing when somebody queued something after the question', async () => {
    const { discord } = await startStage();
    const [joker, pyle] = [discord.user(), discord.user()];
    await edit(joker, 1, 'details', { Name: 'Op A' });
    const asked = (await joker.command('queue clear')).messageOrThrow();
    await edit(pyle, 2, 'details', { Name: 'Op B' });
    const answer = (await joker.click(asked, 'Discard 1 edit')).messageOrThrow();
    expect(shown(answer)).toContain('nothing was discarded');
    expect(shown(answer)).toContain('Discard all 2 queued edits');
  });

  test('takes an edit in the place of one that is being sent, and builds it on that', async () => {
    const { discord, perscom } = await startStage();
    const [joker, pyle] = [discord.user(), discord.user()];
    await edit(joker, 1, 'details', { Name: 'Op A' });
    const preview = await openPreview(joker);
    perscom.inject({ on: { method: 'PATCH' }, kind: 'handle', delayMs: 700 });
    const sent = joker.click(preview, buttonOn(preview, 'Send'));
    await discord.until(() => perscom.patches().length === 1);
    expect(shown(await openPreview(pyle))).toContain('A flush is being sent right now');
    await edit(joker, 1, 'details', { Name: 'Op A2' });
    await sent;
    expect(perscom.world.events.get(1)?.name).toBe('Op A');
    const next = shown(await openPreview(joker));
    expect(next).toContain('1 change of 1 event to send. ');
    expect(next).toContain('~~“Op A”~~ → “Op A2”');
  });

  test('survives a stop and a start of the bot, and buttons from before still work', async () => {
    const stage = await startStage();
    const joker = stage.discord.user();
    const queued = await edit(joker, 1, 'details', { Name: 'Op Lasting' });
    await stage.restart();
    const again = (await joker.click(queued, 'View queue')).messageOrThrow();
    expect(shown(again)).toContain('Op Lasting');
  });

  test('has nothing of an edit that asks for what PERSCOM already holds', async () => {
    const { discord, perscom } = await startStage();
    const joker = discord.user();
    await edit(joker, 1, 'details', { Name: 'Op Same' });
    await edit(joker, 2, 'details', { Name: 'Op Else' });
    const event = perscom.world.events.get(1);
    if (event !== undefined) perscom.world.events.set(1, { ...event, name: 'Op Same' });
    const { preview } = await flush(joker);
    expect(preview).toContain('Already so in PERSCOM, and taken out of the queue: Name of Op Same');
    expect(perscom.patches()[0]?.body).toEqual({ resources: { 2: { name: 'Op Else' } } });
  });
});
