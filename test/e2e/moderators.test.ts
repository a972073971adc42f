import { describe, expect, test } from 'vitest';
import type { Message } from '../../sandbox/discord/index.ts';
import { buildCalendar, buildEvent, buildWorld } from '../../sandbox/perscom/world.ts';
import { board, buttonOn, edit, flush, hasButton, NOW, shown, startStage } from './stage.ts';

/** When something in a message happened, as Discord draws it. */
const AGO = String.raw`<t:\d+:R>`;

/** Two moderators, of whom Joker has queued a name for event 1. */
async function twoModerators() {
  const stage = await startStage();
  const [joker, pyle] = [stage.discord.user({ name: 'Joker' }), stage.discord.user({ name: 'Pyle' })];
  await edit(joker, 1, 'details', { Name: 'Op Joker' });
  return { ...stage, joker, pyle, queuedByJoker: new RegExp(`<@${joker.id}> queued “Op Joker” ${AGO}`) };
}

const pingsOf = ({ pings }: Message): readonly string[] => pings;

describe('a moderator who edits what another one has queued', () => {
  test('is told so in the form, which shows the queued value', async () => {
    const { joker, pyle } = await twoModerators();
    const open = { event: '1', form: 'details' };
    const theirs = (await pyle.command('event edit', open)).modalOrThrow();
    expect(theirs.prefilled.Name).toBe('Op Joker');
    expect(theirs.field('Name').description).toBe('Queued by another moderator. PERSCOM has: Op Iron Resolve');
    const own = (await joker.command('event edit', open)).modalOrThrow();
    expect(own.field('Name').description).toBe('Queued by you. PERSCOM has: Op Iron Resolve');
    expect(own.field('Location').description).toBeNull();
  });

  test('is asked before it is replaced, while the rest of the form is queued', async () => {
    const { joker, pyle, queuedByJoker } = await twoModerators();
    const answer = await edit(pyle, 1, 'details', { Name: 'Op Pyle', Location: 'Malden' });
    expect(shown(answer)).toContain('1 edit queued, 1 not');
    expect(shown(answer)).toContain('Another moderator’s edit is as it was');
    expect(shown(answer)).toMatch(queuedByJoker);
    expect(shown(answer)).toContain('you asked for “Op Pyle”');
    expect(pingsOf(answer)).toEqual([]);
    const before = await board(joker);
    expect(before).toContain('→ “Op Joker”');
    expect(before).toContain('→ “Malden”');

    const replaced = (await pyle.click(answer, 'Replace')).messageOrThrow();
    expect(shown(replaced)).toContain(`replaces <@${joker.id}>’s edit to “Op Joker”`);
    const after = await board(joker);
    expect(after).not.toContain('Op Joker');
    expect(after).toMatch(new RegExp(`→ “Op Pyle” · by <@${pyle.id}> ${AGO}`));
  });

  test('replaces exactly what was shown: a later edit of the other one is asked about anew', async () => {
    const { joker, pyle } = await twoModerators();
    const answer = await edit(pyle, 1, 'details', { Name: 'Op Pyle' });
    await edit(joker, 1, 'details', { Name: 'Op Joker II' });
    const again = (await pyle.click(answer, 'Replace')).messageOrThrow();
    expect(shown(again)).toContain('0 edits queued, 1 not');
    expect(shown(again)).toContain('queued “Op Joker II”');
    expect(await board(joker)).toContain('→ “Op Joker II”');
    await pyle.click(again, 'Replace');
    expect(await board(joker)).toContain('→ “Op Pyle”');
  });

  test('can still say *Replace* after a restart, and twice does no harm', async () => {
    const { pyle, restart } = await twoModerators();
    const answer = await edit(pyle, 1, 'details', { Name: 'Op Pyle' });
    await restart();
    const first = (await pyle.click(answer, 'Replace')).messageOrThrow();
    expect(shown(first)).toContain('Queued: 1 edit');
    const second = (await pyle.click(answer, 'Replace')).messageOrThrow();
    expect(shown(second)).toContain(`was queued already by <@${pyle.id}>`);
    expect(await board(pyle)).toContain('Queue: 1 edit of 1 event');
  });

  test('is asked before it is taken back by typing what PERSCOM has', async () => {
    const { joker, pyle } = await twoModerators();
    const answer = await edit(pyle, 1, 'details', { Name: 'Op Iron Resolve' });
    expect(shown(answer)).toContain('you asked for “Op Iron Resolve”, which PERSCOM has');
    expect(await board(joker)).toContain('→ “Op Joker”');
    const back = (await pyle.click(answer, 'Replace')).messageOrThrow();
    expect(shown(back)).toContain(`is what PERSCOM has, so <@${joker.id}>’s edit was taken back`);
    expect(await board(joker)).toContain('The queue is empty');
  });

  test('can flush instead, which sends the other one’s edit', async () => {
    const { perscom, pyle } = await twoModerators();
    const answer = await edit(pyle, 1, 'details', { Name: 'Op Pyle', Location: 'Malden' });
    expect(hasButton(answer, 'Flush')).toBe(true);
    await flush(pyle);
    expect(perscom.patches()[0]?.body).toEqual({ resources: { 1: { name: 'Op Joker', location: 'Malden' } } });
  });

  test('who opened the form before is asked too', async () => {
    const { discord } = await startStage();
    const [joker, pyle] = [discord.user(), discord.user()];
    const opened = (await pyle.command('event edit', { event: '1', form: 'details' })).modalOrThrow();
    await edit(joker, 1, 'details', { Name: 'Op Joker' });
    const answer = (await pyle.submit(opened, { Name: 'Op Pyle' })).messageOrThrow();
    expect(shown(answer)).toContain('queued “Op Joker”');
    expect(await board(joker)).toContain('→ “Op Joker”');
  });

  test('gets an answer that fits into a message, however much there is to say of every field', async () => {
    const [stars, lines] = ['*'.repeat(255), '_'.repeat(4_000)];
    const url = (letter: string) => `https://example.test/${letter.repeat(250)}`;
    const events = [buildEvent({ id: 1, name: stars, location: lines, url: url('a'), author_id: 1, calendar_id: 1 })];
    const calendars = [1, 2, 3].map((id) => buildCalendar({ id, name: `${'~'.repeat(90)}${id}` }));
    const { discord, perscom } = await startStage({ world: buildWorld({ now: NOW, events, calendars }) });
    const [joker, pyle] = [discord.user(), discord.user()];
    const typedBy = (letter: string, id: number) => ({
      ...{ Name: `${stars.slice(1)}${letter}`, Location: `${lines.slice(1)}${letter}`, URL: url(letter) },
      ...{ Author: String(id), Calendar: [`${'~'.repeat(90)}${id}`] },
    });
    await edit(joker, 1, 'details', typedBy('j', 2));
    const why = '`'.repeat(300);
    const fields = ['name', 'location', 'url', 'author_id', 'calendar_id'];
    const errors = Object.fromEntries(fields.map((field) => [`resources.1.${field}`, [why]]));
    perscom.inject({ on: { method: 'PATCH' }, kind: 'answer', status: 422, body: { error: { message: why, errors } } });
    await flush(joker);
    const answer = await edit(pyle, 1, 'details', typedBy('p', 3));
    expect(shown(answer)).toContain('0 edits queued, 5 not');
    const replaced = (await pyle.click(answer, 'Replace')).messageOrThrow();
    expect(shown(replaced)).toContain('Queued: 5 edits');
    expect(shown(replaced)).toContain('There is more than fits here. View queue shows all that is queued');
    expect(await board(pyle)).toContain('Queue: 5 edits of 1 event');
  });

  test('is asked and told what was wrong at once, with a way on for both', async () => {
    const { pyle } = await twoModerators();
    const answer = await edit(pyle, 1, 'details', { Name: 'Op Pyle', Location: 'Malden', Author: 'Hartman' });
    expect(shown(answer)).toContain('1 edit queued, 2 not');
    for (const label of ['Fix', 'Replace', 'Edit another form', 'View queue', 'Flush'])
      expect(hasButton(answer, label)).toBe(true);
    const fix = (await pyle.click(answer, 'Fix')).modalOrThrow();
    expect(fix.prefilled.Author).toBe('Hartman');
    await pyle.click(answer, 'Replace');
    expect(await board(pyle)).toContain('→ “Op Pyle”');
  });
});

describe('a field that PERSCOM refused or ignored', () => {
  const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'Europe/Berlin' });

  /** A date such as `22 Nov`, as months are called everywhere in the bot. */
  const today = (): string => {
    const [day, month = ''] = DAY.format(NOW).split(' ');
    return `${day} ${month.slice(0, 3)}`;
  };

  test('is said to be one when it is typed again, by whomever, in the form and in the answer', async () => {
    const { discord, restart } = await startStage({ profile: 'shipped' });
    const [joker, pyle] = [discord.user(), discord.user()];
    const first = await edit(joker, 1, 'schedule', { Starts: '2026-12-01 21:00', Ends: '2026-12-01 23:00' });
    expect(shown(first)).not.toContain('did not take');
    await flush(joker);
    await restart();
    const opened = (await pyle.command('event edit', { event: '2', form: 'schedule' })).modalOrThrow();
    expect(opened.field('Starts (Europe/Berlin)').description).toBe(
      `Like sat 2000, 28 Nov 7pm, +1d. PERSCOM refused this field on ${today()}.`,
    );
    const answer = (await pyle.submit(opened, { Starts: '2026-12-01 20:30', Repeats: true })).messageOrThrow();
    const refusal =
      /↳ PERSCOM did not take this field <t:\d+:R>: PERSCOM failed \(500\), as it is known to on this field\./;
    expect(shown(answer)).toMatch(refusal);
    expect(shown(answer)).toMatch(
      /It is queued all the same; if it is refused again, change it on \[the event’s page\]\(http/,
    );
    expect(shown(answer).match(/did not take this field/g)).toHaveLength(2);
    expect(await board(pyle)).toContain('→ yes');
  });

  test('is not said to be queued where it is not', async () => {
    const { discord } = await startStage({ profile: 'shipped' });
    const [joker, pyle] = [discord.user(), discord.user()];
    await edit(joker, 2, 'schedule', { Starts: '2026-12-03 21:00' });
    await flush(joker);
    await edit(pyle, 1, 'schedule', { Ends: '2026-11-24 23:30' });
    const form = await edit(joker, 1, 'schedule', { Starts: '2026-12-03 20:00', Ends: '2026-12-03 23:00' });
    expect(shown(form)).toContain('did not take this field');
    expect(shown(form)).not.toContain('queued all the same');
    const shift = (await joker.command('event shift', { by: '+7d', event: '1' })).messageOrThrow();
    await edit(pyle, 1, 'schedule', { Ends: '2026-11-24 23:45' });
    const answer = (await joker.click(shift, buttonOn(shift, 'Queue'))).messageOrThrow();
    expect(shown(answer)).toContain('Nothing was queued');
    expect(shown(answer)).not.toContain('queued all the same');
  });

  test('is said to have been ignored where it was', async () => {
    const { discord } = await startStage({ profile: 'shipped' });
    const joker = discord.user();
    await edit(joker, 1, 'alerts', { 'Registration enabled': false });
    await edit(joker, 1, 'details', { Location: 'Malden' });
    await flush(joker);
    const opened = (await joker.command('event edit', { event: '2', form: 'alerts' })).modalOrThrow();
    expect(opened.field('Registration enabled').description).toBe(`PERSCOM ignored this field on ${today()}.`);
    const answer = (await joker.submit(opened, { 'Registration enabled': false })).messageOrThrow();
    expect(shown(answer)).toContain('PERSCOM accepted it and did not store it.');
  });

  test('is one no more once PERSCOM was seen to store it', async () => {
    const { discord, perscom } = await startStage();
    const joker = discord.user();
    const title = 'The location field is not for you.';
    const body = { error: { message: title, errors: { 'resources.1.location': [title] } } };
    perscom.inject({ on: { method: 'PATCH' }, kind: 'answer', status: 422, body });
    await edit(joker, 1, 'details', { Location: 'Malden' });
    await flush(joker);
    const warned = await edit(joker, 2, 'details', { Location: 'Tanoa' });
    expect(shown(warned)).toContain(`PERSCOM says: ${title}`);
    await flush(joker);
    const unwarned = await edit(joker, 3, 'details', { Location: 'Livonia' });
    expect(shown(unwarned)).not.toContain('did not take');
    const opened = (await joker.command('event edit', { event: '2', form: 'details' })).modalOrThrow();
    expect(opened.field('Location').description).toBeNull();
  });

  test('never was one against PERSCOM as documented', async () => {
    const { discord } = await startStage();
    const joker = discord.user();
    await edit(joker, 1, 'schedule', { Starts: '2026-12-01 21:00', Ends: '2026-12-01 23:00' });
    await flush(joker);
    const answer = await edit(joker, 1, 'schedule', { Starts: '2026-12-01 22:00' });
    expect(shown(answer)).toContain('Queued: 2 edits');
    expect(shown(answer)).not.toContain('did not take');
  });
});
