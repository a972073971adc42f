import { join } from 'node:path';
import Database from 'libsql';
import { describe, expect, onTestFinished, test } from 'vitest';
import { buildEvent, buildWorld } from '../../sandbox/perscom/world.ts';
import { scratch } from './process.ts';
import { board, buttonOn, edit, hasButton, NOW, type Stage, shown, startStage } from './stage.ts';

const OPEN = 'Open a form with what you typed…';
const STARTS = 'Starts (Europe/Berlin)';

describe('what was typed and not queued', () => {
  test('is listed for its author, newest first, and opens again after a restart', async () => {
    const { discord, restart } = await startStage();
    const [joker, pyle] = [discord.user(), discord.user()];
    await edit(joker, 1, 'details', { Author: 'Sgt *Hartman*' });
    await edit(joker, 2, 'schedule', { Starts: 'soon' });
    await restart();
    const list = (await joker.command('event drafts')).messageOrThrow();
    expect(list.ephemeral).toBe(true);
    expect(shown(list)).toMatch(
      /Typed and not queued: 2 drafts\n• \*\*Op Silent Harbor\*\* · Schedule · <t:\d+:R>\n {2}↳ Starts “soon”\n• \*\*Op Iron Resolve\*\* · Details · <t:\d+:R>\n {2}↳ Author “Sgt \*Hartman\*”/,
    );
    expect(list.embeds[0]?.description).toContain('“Sgt \\*Hartman\\*”');
    const form = (await joker.select(list, OPEN, ['Details: Op Iron Resolve'])).modalOrThrow();
    expect(form.prefilled.Author).toBe('Sgt *Hartman*');
    expect(shown((await pyle.command('event drafts')).messageOrThrow())).toContain('You have no drafts');
  });

  test('is listed no more once its form was queued, and its select says so', async () => {
    const { discord } = await startStage();
    const joker = discord.user();
    await edit(joker, 1, 'schedule', { Starts: 'soon' });
    await edit(joker, 1, 'schedule', { Starts: 'sooner' });
    const list = (await joker.command('event drafts')).messageOrThrow();
    expect(shown(list)).toContain('1 draft\n');
    const form = (await joker.select(list, OPEN, ['Schedule: Op Iron Resolve'])).modalOrThrow();
    expect(form.prefilled[STARTS]).toBe('sooner');
    await joker.submit(form, { Starts: '2026-12-01 20:00', Ends: '2026-12-01 23:00' });
    expect(shown((await joker.command('event drafts')).messageOrThrow())).toContain('You have no drafts');
    const gone = (await joker.select(list, OPEN, ['Schedule: Op Iron Resolve'])).messageOrThrow();
    expect(shown(gone)).toContain('no longer kept');
  });

  test('is listed while PERSCOM is down too, by the event’s number where its name is not known', async () => {
    const { discord, perscom, restart } = await startStage();
    const joker = discord.user();
    await edit(joker, 1, 'schedule', { Starts: 'soon' });
    perscom.inject({ on: {}, kind: 'drop', times: Number.POSITIVE_INFINITY });
    await restart();
    expect(shown((await joker.command('event drafts')).messageOrThrow())).toContain('**#1** · Schedule');
  });

  test('fits into one message, however much it is, and the newest 25 can be opened', async () => {
    const events = Array.from({ length: 27 }, (_, index) => buildEvent({ id: index + 1, name: '*'.repeat(255) }));
    const { discord } = await startStage({ world: buildWorld({ now: NOW, events }) });
    const joker = discord.user();
    for (const { id } of events) await edit(joker, id, 'schedule', { Starts: '_'.repeat(60), Ends: '>'.repeat(60) });
    const list = (await joker.command('event drafts')).messageOrThrow();
    expect(shown(list)).toContain('Typed and not queued: 25 drafts');
    expect(shown(list)).toContain('The list below has all of them.');
  });
});

describe('a time that is picked once its form is no longer the newest', () => {
  test('never takes the place of what its author has queued since', async () => {
    const { discord } = await startStage();
    const joker = discord.user();
    const asked = await edit(joker, 1, 'schedule', { Starts: '+1d', Ends: '03/04 2200' });
    await edit(joker, 1, 'schedule', { Starts: '+2d' });
    const queued = await board(joker);
    expect(queued).toContain('→ Thursday 26 November 2026, 20:00');
    const picked = (await joker.click(asked, buttonOn(asked, 'Ends: Sat 3 Apr 2027'))).messageOrThrow();
    expect(shown(picked)).toContain('no longer kept');
    expect(await board(joker)).toBe(queued);
    expect(shown((await joker.command('event drafts')).messageOrThrow())).toMatch(/↳ Ends “03\/04 2200”$/m);
  });

  test('leaves in the draft what an older form has there', async () => {
    const { discord } = await startStage();
    const joker = discord.user();
    await edit(joker, 1, 'schedule', { Starts: '+1d', Ends: 'late' });
    const asked = await edit(joker, 1, 'schedule', { Ends: '03/04 2200' });
    const picked = (await joker.click(asked, buttonOn(asked, 'Ends: Sat 3 Apr 2027'))).messageOrThrow();
    expect(shown(picked)).toContain('Queued: 1 edit');
    expect(await board(joker)).toContain('1 edit of 1 event');
    const list = (await joker.command('event drafts')).messageOrThrow();
    expect(shown(list)).toMatch(/↳ Starts “\+1d”$/m);
    const fix = (await joker.select(list, OPEN, ['Schedule: Op Iron Resolve'])).modalOrThrow();
    expect(fix.prefilled[STARTS]).toBe('+1d');
  });

  test('is read with the others on the clocks of whom the form was for', async () => {
    const { discord } = await startStage();
    const joker = discord.user();
    const asked = await edit(joker, 1, 'schedule', { Starts: '03/12 1900', Ends: '2200' });
    await joker.command('setup me', { zone: 'America/New_York' });
    await joker.click(asked, buttonOn(asked, 'Starts: Thu 3 Dec 2026 19:00'));
    expect(await board(joker)).toContain('→ Thursday 3 December 2026, 22:00 (Europe/Berlin)');
  });
});

describe('a time that was picked, and waits for another one', () => {
  const ENDS = 'Ends (Europe/Berlin)';

  /** A form of which the start was picked, and the end cannot be read. */
  async function pickStart() {
    const { discord } = await startStage();
    const joker = discord.user();
    const asked = await edit(joker, 1, 'schedule', { Starts: '28 Nov 19:00 IST', Ends: 'late' });
    const picked = await joker.click(asked, buttonOn(asked, 'Starts: Sat 28 Nov 2026 18:00 CET'));
    const fix = (await joker.click(picked.messageOrThrow(), 'Fix')).modalOrThrow();
    expect(fix.prefilled).toMatchObject({ [STARTS]: '28 Nov 19:00 IST', [ENDS]: 'late' });
    return { joker, fix };
  }

  test('is not asked about again when that one is put right', async () => {
    const { joker, fix } = await pickStart();
    const still = (await joker.submit(fix, { Ends: 'later' })).messageOrThrow();
    expect(shown(still)).toContain('Saturday 28 November 2026, 18:00 (Europe/Berlin). It goes together');
    const again = (await joker.click(still, 'Fix')).modalOrThrow();
    expect(shown((await joker.submit(again, { Ends: '2330' })).messageOrThrow())).toContain('Queued: 2 edits');
    expect(await board(joker)).toContain('→ Saturday 28 November 2026, 18:00 (Europe/Berlin)');
  });

  test.each([
    ['it is typed anew', { Starts: '29 Nov 19:00 IST', Ends: '2330' }],
    ['All day is ticked with it', { 'All day': true, Ends: '+1d' }],
  ])('is asked about again where %s', async (_, typed) => {
    const { joker, fix } = await pickStart();
    const asked = (await joker.submit(fix, typed)).messageOrThrow();
    expect(hasButton(asked, 'Starts: ')).toBe(true);
    expect(await board(joker)).toContain('The queue is empty');
  });

  test('is asked about again where the start from which it may count is another one', async () => {
    const { discord } = await startStage();
    const joker = discord.user();
    const asked = await edit(joker, 1, 'schedule', { Starts: 'soon', Ends: '28 Nov 23:00 IST' });
    const picked = await joker.click(asked, buttonOn(asked, 'Ends: Sat 28 Nov 2026 22:00 CET'));
    const fix = (await joker.click(picked.messageOrThrow(), 'Fix')).modalOrThrow();
    const again = (await joker.submit(fix, { Starts: '28 Nov 2000' })).messageOrThrow();
    expect(hasButton(again, 'Ends: ')).toBe(true);
  });
});

/** A stage on whose database somebody else has a connection too. */
async function sharedStage(): Promise<Stage & { lock(): () => void; execute(sql: string): void }> {
  const path = join(scratch(), 'frago.db');
  const stage = await startStage({ env: { DATABASE_URL: `file:${path}` } });
  const other = new Database(path);
  onTestFinished(() => void other.close());
  return {
    ...stage,
    execute: (sql) => void other.exec(sql),
    lock() {
      other.exec('BEGIN IMMEDIATE');
      return () => void other.exec('COMMIT');
    },
  };
}

describe('a form that is submitted while another program keeps the database from being written', () => {
  test('is answered in time: nothing was queued, and here is what was typed', async () => {
    const { discord, lock, logged } = await sharedStage();
    const joker = discord.user();
    const opened = (await joker.command('event edit', { event: '1', form: 'details' })).modalOrThrow();
    const release = lock();
    const submitted = await joker.submit(opened, { Name: 'Op ```@everyone``` <@1>', Location: 'Malden' });
    const answer = submitted.messageOrThrow();
    expect(submitted.acknowledgedAfterMs).toBeLessThan(3_000);
    expect(answer.ephemeral).toBe(true);
    expect(answer.content).toContain('Something broke on our side, and nothing was queued.');
    expect(answer.content).toContain('kept nowhere else: copy it from here');
    expect(answer.embeds).toMatchObject([
      { title: 'Name', description: '```\nOp ``\u200b`@everyone``\u200b` <@1>\n```' },
      { title: 'Location', description: '```\nMalden\n```' },
    ]);
    expect(answer.pings).toEqual([]);
    expect(hasButton(answer, 'Fix')).toBe(false);
    expect(logged()).toContain('a submitted form could not be queued');
    release();
    expect(await board(joker)).toContain('The queue is empty');
    const again = await edit(joker, 1, 'details', { Name: 'Op After' });
    expect(shown(again)).toContain('Queued: 1 edit');
    expect(await board(joker)).toContain('→ “Op After”');
  });

  test('gets back every letter of a text that no message has room for, as a file', async () => {
    const { discord, lock } = await sharedStage();
    const joker = discord.user();
    const opened = (await joker.command('event edit', { event: '1', form: 'text' })).modalOrThrow();
    const release = lock();
    const [description, content] = ['d'.repeat(4_000), '`'.repeat(4_000)];
    const answer = (await joker.submit(opened, { Description: description, Content: content })).messageOrThrow();
    release();
    expect(answer.embeds.map(({ title }) => title)).toEqual(['Description', 'Content']);
    expect(answer.attachments).toMatchObject([{ filename: 'what-you-typed.txt', size: 8_025 }]);
  });
});

test('a form whose answer breaks is answered with a reference and with what was typed', async () => {
  const { discord, execute, logged } = await sharedStage();
  const [joker, pyle] = [discord.user(), discord.user()];
  await edit(joker, 1, 'details', { Name: 'Op Joker' });
  execute('DROP TABLE contest');
  const answer = await edit(pyle, 1, 'details', { Name: 'Op Pyle', Location: 'Malden' });
  const reference = /reference `(\w+)`/.exec(answer.content)?.[1] ?? 'none';
  expect(answer.content).toContain('Look at `/queue view` before you try again.');
  expect(answer.embeds.map(({ title }) => title)).toEqual(['Name', 'Location']);
  expect(shown(answer)).toContain('Op Pyle');
  expect(logged()).toContain(`"reference":"${reference}"`);
  expect(await board(pyle)).toContain('→ “Malden”');
});
