import { expect, test } from 'vitest';
import type { Effect } from '../../sandbox/perscom/fault.ts';
import { board, buttonOn, edit, flush, hasButton, reportsOf, shown, startStage } from './stage.ts';

const FAILS: Effect = {
  kind: 'answer',
  status: 500,
  body: { error: { message: 'There was a server error.', type: 'Error', request_id: 'r-1', trace_id: 't-1' } },
};

test('a batch on which PERSCOM fails for an unknown reason is sent in halves until the culprit is found', async () => {
  const { discord, perscom } = await startStage();
  const joker = discord.user();
  for (const id of [1, 2, 3, 4]) await edit(joker, id, 'details', { Location: `Place ${id}` });
  const toPatches = { method: 'PATCH' };
  perscom.inject({ on: toPatches, ...FAILS });
  const [first] = (await flush(joker)).reports;
  if (first === undefined) throw new Error('no report');
  expect(shown(first)).toContain('0 of 4 events updated');
  for (const effect of [{ kind: 'handle' } as const, { kind: 'handle' } as const, FAILS])
    perscom.inject({ on: toPatches, ...effect });
  const found = await joker.click(first, 'Find what PERSCOM fails on (up to 12 PATCHes)');
  const report = (await reportsOf(found)).map(shown).join('\n');
  expect(report).toContain('3 of 4 events updated');
  expect(report).toContain('Sent in 3 smaller PATCHes, each read back');
  expect(report).toContain('PERSCOM fails (500) on this change, also when it is sent alone');
  const sent = perscom.patches().map(({ body }) => Object.keys(Object(body).resources));
  expect(sent).toEqual([['1', '2', '3', '4'], ['1', '2'], ['3'], ['4']]);
  expect([1, 2, 3].map((id) => perscom.world.events.get(id)?.location)).toEqual(['Place 1', 'Place 2', 'Place 3']);
  const left = await board(joker);
  expect(left).toContain('1 edit of 1 event');
  expect(left).toContain('Place 4');

  const again = await joker.click(first, buttonOn(first, 'Find what'));
  expect(shown(again.messageOrThrow())).toContain('Nothing of that is left to send');
  expect(perscom.patches()).toHaveLength(4);
});

test('the search ends when PERSCOM stops answering, and nothing is lost', async () => {
  const { discord, perscom } = await startStage();
  const joker = discord.user();
  for (const id of [1, 2, 3, 4]) await edit(joker, id, 'details', { Location: `Place ${id}` });
  perscom.inject({ on: { method: 'PATCH' }, ...FAILS });
  const [first] = (await flush(joker)).reports;
  if (first === undefined) throw new Error('no report');
  perscom.inject({ on: { method: 'PATCH' }, kind: 'drop' });
  const found = await joker.click(first, buttonOn(first, 'Find what'));
  const report = (await reportsOf(found)).map(shown).join('\n');
  expect(report).toContain('❓ UNKNOWN');
  expect(perscom.patches()).toHaveLength(2);
  expect(await board(joker)).toContain('4 edits of 4 events');
});

test('a piece whose fate becomes known later is told of once, with the whole', async () => {
  const { discord, perscom } = await startStage();
  const channelId = discord.channel().id;
  const joker = discord.user({ channelId });
  for (const id of [1, 2]) await edit(joker, id, 'details', { Location: `Place ${id}` });
  perscom.inject({ on: { method: 'PATCH' }, ...FAILS });
  const [first] = (await flush(joker)).reports;
  if (first === undefined) throw new Error('no report');
  perscom.inject({ on: { method: 'PATCH' }, kind: 'drop' });
  const [unknown] = await reportsOf(await joker.click(first, buttonOn(first, 'Find what')));
  if (unknown === undefined) throw new Error('no report');
  await joker.click(unknown, buttonOn(unknown, 'Settle it now'));
  const told = () => discord.channelMessages(channelId).filter(({ pings }) => pings.length > 0);
  await discord.until(() => told().length === 1, 15_000);
  expect(shown(unknown)).toContain('0 of 2 events updated');
  expect(shown(unknown)).not.toContain('UNKNOWN');
  const history = (await joker.command('queue history')).messageOrThrow();
  expect(shown(history)).not.toContain('unknown');
  expect(told()).toHaveLength(1);
});

test('a single change on which PERSCOM fails is named at once', async () => {
  const { discord, perscom } = await startStage();
  const joker = discord.user();
  await edit(joker, 1, 'details', { Location: 'Malden' });
  perscom.inject({ on: { method: 'PATCH' }, ...FAILS });
  const [report] = (await flush(joker)).reports;
  if (report === undefined) throw new Error('no report');
  expect(shown(report)).toContain('also when it is sent alone');
  expect(hasButton(report, 'Find what')).toBe(false);
});

test('as shipped, ten mixed edits end with all that PERSCOM can take applied by one more PATCH', async () => {
  const { discord, perscom } = await startStage({ profile: 'shipped' });
  const joker = discord.user();
  await edit(joker, 1, 'details', { Name: 'Op Renamed', Location: 'Malden', URL: 'https://example.test/new' });
  await edit(joker, 1, 'schedule', { Starts: '2026-12-01 21:00', Ends: '2026-12-01 23:45', Repeats: true });
  await edit(joker, 2, 'alerts', { 'Notification interval': ['1 week before'], 'Registration enabled': false });
  await edit(joker, 2, 'text', { Description: 'Bring water.', Content: 'And maps.' });
  const { reports } = await flush(joker);
  const [first] = reports;
  if (first === undefined) throw new Error('no report');
  expect(perscom.patches()).toHaveLength(1);
  const report = (await reportsOf(await joker.click(first, buttonOn(first, 'Send the rest')))).map(shown).join('\n');
  expect(report).toContain('2 of 2 events updated');
  expect(perscom.patches()).toHaveLength(2);
  expect(perscom.world.events.get(1)).toMatchObject({ name: 'Op Renamed', location: 'Malden', repeats: true });
  expect(perscom.world.events.get(2)).toMatchObject({
    description: 'Bring water.',
    content: '<p>And maps.</p>',
  });
  const refused = reports.map(shown).join('\n');
  for (const field of ['Starts', 'Ends', 'Notification interval', 'Registration enabled'])
    expect(refused).toMatch(new RegExp(`\\*\\*${field}\\*\\*.*as it is known to on this field`));
  expect(await board(joker)).toContain('4 edits of 2 events');
});
