import { describe, expect, test } from 'vitest';
import type { DiscordUser, Message } from '../../sandbox/discord/index.ts';
import type { PerscomSandbox, StoredEvent } from '../../sandbox/perscom/server.ts';
import { buildEvent, buildWorld } from '../../sandbox/perscom/world.ts';
import { FIELD_NAMES } from '../../src/domain/field.ts';
import {
  board,
  buttonOn,
  changeOnPerscom,
  edit,
  flush,
  hasButton,
  NOW,
  openPreview,
  reportsOf,
  type Stage,
  shown,
  startStage,
} from './stage.ts';

const history = async (user: DiscordUser): Promise<Message> => (await user.command('queue history')).messageOrThrow();

const undo = async (user: DiscordUser): Promise<Message> => (await user.command('queue undo')).messageOrThrow();

/** The flushes that a page of the history offers to open, as they are called there. */
const flushesOn = (message: Message): readonly string[] =>
  message.components.flatMap((row) =>
    'components' in row
      ? row.components.flatMap((part) => ('options' in part ? part.options.map(({ label }) => label) : []))
      : [],
  );

async function open(user: DiscordUser, list: Message, index = 0): Promise<Message> {
  const label = flushesOn(list)[index] ?? '';
  return (await user.select(list, 'Open a flush…', [label])).messageOrThrow();
}

/** Everything that PERSCOM holds, less when it was last changed. */
const stateOf = ({ world }: PerscomSandbox): readonly Omit<StoredEvent, 'updated_at'>[] =>
  [...world.events.values()].map(({ updated_at: _, ...event }) => structuredClone(event));

/** Renames event 1 and flushes that, for a reason if there is one. */
async function rename(user: DiscordUser, name: string, reason?: string): Promise<void> {
  await edit(user, 1, 'details', { Name: name });
  if (reason === undefined) await flush(user);
  else {
    const preview = (await user.command('queue flush', { reason })).messageOrThrow();
    expect(shown(preview)).toContain(`Reason: ${reason}`);
    await reportsOf(await user.click(preview, 'Send 1 change'));
  }
}

describe('the history', () => {
  test('lists what was flushed, latest first, and opens it with all that became of it', async () => {
    const { discord, perscom } = await startStage({ profile: 'shipped' });
    const [joker, pyle] = [discord.user(), discord.user()];
    await rename(joker, 'Op First', 'The airfield is *closed*');
    await edit(pyle, 2, 'details', { Location: 'Malden' });
    await edit(pyle, 3, 'schedule', { Starts: '2026-11-27 02:00', Ends: '2026-11-27 04:00' });
    await edit(pyle, 4, 'details', { Name: 'Op Ours' });
    changeOnPerscom(perscom, 4, { name: 'Op Theirs' });
    await flush(joker);
    const list = await history(pyle);
    expect(flushesOn(list)).toEqual([
      expect.stringContaining('❌ NOT applied: 0 of 2 events updated'),
      expect.stringContaining('✅ applied: 1 of 1 event updated · The airfield is *closed*'),
    ]);
    expect(shown(list)).toContain(`by <@${joker.id}> · ✅ applied: 1 of 1 event updated\n  ↳ The airfield is *closed*`);

    const failed = shown(await open(pyle, list));
    expect(failed).toContain(`Flushed by <@${joker.id}>. Previewed <t:`);
    expect(failed).toContain('PERSCOM failed with an error of its own (500).');
    expect(failed).toMatch(/PERSCOM’s request id: `[\w-]+`/);
    expect(failed).toContain('NOT applied (rejected) · **Starts** was');
    expect(failed).toContain('PERSCOM failed (500), as it is known to on this field');
    expect(failed).toContain(
      '⏸️ NOT sent (in conflict at the preview) · **Name** was “Weekly Squad Training” when queued, “Op Theirs” at the preview · wanted “Op Ours”',
    );
    expect(failed).toContain(`queued by <@${pyle.id}> <t:`);
  });

  test('goes back to its list, shows the reason, and offers to undo what was applied only', async () => {
    const { discord } = await startStage({ profile: 'shipped' });
    const joker = discord.user();
    await rename(joker, 'Op First', 'The airfield is *closed*');
    await edit(joker, 3, 'schedule', { Starts: '2026-11-27 02:00', Ends: '2026-11-27 04:00' });
    await flush(joker);
    const failed = await open(joker, await history(joker));
    expect(hasButton(failed, 'Undo this flush')).toBe(false);
    const list = (await joker.click(failed, 'Back to the list')).messageOrThrow();
    const first = await open(joker, list, 1);
    expect(shown(first)).toContain('Reason: The airfield is *closed*');
    expect(shown(first)).toContain(
      '✅ applied · **Name** was “Op Iron Resolve” · wanted “Op First” · PERSCOM held that',
    );
    expect(hasButton(first, 'Undo this flush')).toBe(true);
  });

  test('leads to the report, and is the place where one that could not be posted is found', async () => {
    const { discord, guildId } = await startStage();
    const joker = discord.user();
    await rename(joker, 'Op First');
    const opened = shown(await open(joker, await history(joker)));
    expect(opened).toMatch(new RegExp(`Its report: https://discord.com/channels/${guildId}/\\d+/\\d+`));

    await edit(joker, 1, 'details', { Name: 'Op Second' });
    const preview = await openPreview(joker);
    const [posts, followUps] = [discord.deny({ reason: 'missingAccess' }), discord.deny({ reason: 'unknownWebhook' })];
    const sent = (await joker.click(preview, 'Send 1 change')).messageOrThrow();
    await discord.until(() => followUps.refused === 3);
    expect(shown(sent)).toContain('1 of 1 event updated');
    posts.lift();
    followUps.lift();
    const found = shown(await open(joker, await history(joker)));
    expect(found).toContain('No post of its report is on record; all of it is here.');
    expect(found).toContain('✅ applied · **Name** was “Op First” · wanted “Op Second” · PERSCOM held that');
  });

  test('has what waits for PERSCOM and what waited in vain, and nothing that was only previewed', async () => {
    const { discord, perscom } = await startStage({ tuning: { persistence: { flush: { retryForMs: 0 } } } });
    const joker = discord.user();
    await edit(joker, 1, 'details', { Name: 'Op Later' });
    await openPreview(joker);
    expect(shown(await history(joker))).toContain('Nothing was flushed yet.');
    perscom.inject({ on: { path: '/v2/events/search' }, kind: 'drop', times: Number.POSITIVE_INFINITY });
    await joker.click(await openPreview(joker), 'Send it when PERSCOM is back');
    const waiting = await open(joker, await history(joker));
    expect(shown(waiting)).toContain(`**⏳ waits for PERSCOM.**\nLeft to be sent by <@${joker.id}>.`);
    await joker.click(waiting, 'Cancel the waiting flush');
    expect(shown(await history(joker))).toContain('⌛ waited for PERSCOM and was never sent');
  });

  test('turns its pages, and those of a flush of many changes with long names', async () => {
    const name = '_'.repeat(255);
    const events = Array.from({ length: 30 }, (_, index) =>
      buildEvent({ id: index + 1, name: `${index}${name}`.slice(0, 255) }, NOW),
    );
    const { discord } = await startStage({ world: buildWorld({ now: NOW, events }) });
    const joker = discord.user();
    for (let index = 0; index < 11; index += 1) await rename(joker, `Op ${index}`, '*'.repeat(300));
    for (const { id } of events)
      await edit(joker, id, 'details', { Location: `*${'|'.repeat(2_000)}`, URL: 'https://x.test' });
    await flush(joker);
    const list = await history(joker);
    expect(flushesOn(list)).toHaveLength(10);
    const second = (await joker.click(list, 'Next page ▶')).messageOrThrow();
    expect(flushesOn(second)).toHaveLength(2);
    const first = (await joker.click(second, '◀ Previous page')).messageOrThrow();
    const big = await open(joker, first);
    expect(shown(big)).toContain('Page 1 of ');
    const turned = (await joker.click(big, 'Next page ▶')).messageOrThrow();
    expect(shown(turned)).toContain('Page 2 of ');
    const undone = (await joker.click(turned, 'Undo this flush')).messageOrThrow();
    expect(shown(undone)).toContain('**Queued 60 edits** to put back what the flush changed');
    await joker.command('queue remove', { event: '30' });
    const further = (await joker.click(undone, 'Next page ▶')).messageOrThrow();
    expect(shown(further)).toContain('**58 edits of this undo in the queue.**');
    expect(shown(further)).toContain('Page 2 of ');
    const again = (await joker.click(further, 'Queue the rest')).messageOrThrow();
    expect(shown(again)).toContain('**Queued 2 edits** to put back');
  });

  test('of another guild opens nothing and undoes nothing', async () => {
    const [own, other] = ['1200000000000000001', '1200000000000000002'];
    const stage = await startStage({ guilds: [own, other] });
    const joker = stage.discord.user({ guildId: own });
    await rename(joker, 'Op Ours');
    const list = await history(joker);
    const opened = await open(joker, list);
    const [choice] = await joker.autocomplete('queue undo', 'flush', { flush: '' });
    await stage.restart({ DISCORD_GUILD_ID: other });
    const pyle = stage.discord.user({ guildId: other });
    expect(shown(await history(pyle))).toContain('Nothing was flushed yet');
    expect(await pyle.autocomplete('queue undo', 'flush', { flush: '' })).toEqual([]);
    const undone = (await pyle.command('queue undo', { flush: String(choice?.value) })).messageOrThrow();
    expect(shown(undone)).toContain('The history of this server has no such flush. Nothing was queued.');
    expect(shown(await undo(pyle))).toContain('there is nothing to undo');
    const clicked = (await joker.click(opened, 'Undo this flush')).messageOrThrow();
    expect(shown(clicked)).toContain('This server is not connected');
    expect(await board(pyle)).toContain('The queue is empty');
  });
});

/** What is typed into all four forms of an event, so that each of its 16 fields becomes something else. */
const everythingElse = (event: StoredEvent) => ({
  schedule: {
    Starts: event.all_day ? '2027-02-01 18:00' : '2027-02-01',
    Ends: event.all_day ? '2027-02-02 01:15' : '2027-02-05',
    'All day': !event.all_day,
    Repeats: !event.repeats,
  },
  details: {
    Name: `Op Elsewhere ${event.id}`,
    Calendar: [event.calendar_id === 2 ? 'Joint Operations' : 'Training'],
    Location: `Grid ${event.id}`,
    URL: `https://example.test/${event.id}`,
    Author: event.author_id === 3 ? '2' : '3',
  },
  text: { Description: event.description === null ? '<p>New</p>' : '', Content: `<p>Order ${event.id}</p>` },
  alerts: {
    'Registration enabled': !event.registration_enabled,
    'Registration deadline': '2027-01-30 18:00',
    'Notifications enabled': !event.notifications_enabled,
    'Notification interval': ['15 minutes before', 'At time of event'],
    'Notification channels': ['SMS', 'Live'],
  },
});

const FORMS = ['schedule', 'details', 'text', 'alerts'] as const;

/** Confirms a preview, and waits until the report is posted, however long it is. */
async function send({ discord }: Stage, user: DiscordUser, preview: Message): Promise<void> {
  const sent = await user.click(preview, buttonOn(preview, 'Send'));
  const expected = (): number => Number(/of (\d+)\)/.exec(sent.followUps[0]?.embeds[0]?.title ?? '(1 of 1)')?.[1]);
  await discord.until(() => sent.followUps.length > 0 && sent.followUps.length === expected());
}

describe('an undo', () => {
  test('gives back the first state of 50 events, in all 16 fields', async () => {
    const events = Array.from({ length: 50 }, (_, index) => buildEvent({ id: index + 1 }, NOW));
    const world = buildWorld({
      now: NOW,
      events: events.map((event) => ({ ...event, author_id: event.author_id ?? 1 })),
    });
    const stage = await startStage({ world });
    const { discord, perscom } = stage;
    const joker = discord.user();
    const before = stateOf(perscom);
    for (const event of [...world.events.values()]) {
      const typed = everythingElse(event);
      for (const form of FORMS) await edit(joker, event.id, form, typed[form]);
    }
    await send(stage, joker, await openPreview(joker));
    const between = stateOf(perscom);
    for (const [index, event] of between.entries())
      for (const field of FIELD_NAMES) expect(event[field], field).not.toEqual(before[index]?.[field]);

    const undone = await undo(joker);
    expect(shown(undone)).toContain('**Queued 800 edits** to put back what the flush changed');
    expect(perscom.patches()).toHaveLength(1);
    await send(stage, joker, (await joker.click(undone, 'Flush')).messageOrThrow());
    expect(perscom.patches()).toHaveLength(2);
    expect(stateOf(perscom)).toEqual(before);
  });

  test('stages the inverse and sends nothing; a second one says that all of it is queued', async () => {
    const { discord, perscom } = await startStage();
    const joker = discord.user();
    await rename(joker, 'Op Wrong');
    const undone = await undo(joker);
    expect(shown(undone)).toContain('**Name**: ~~“Op Wrong”~~ → “Op Iron Resolve”');
    expect(perscom.patches()).toHaveLength(1);
    expect(await board(joker)).toContain('1 edit of 1 event');
    expect(shown(await undo(joker))).toContain('**Nothing new was queued:**');
    await flush(joker);
    expect(perscom.world.events.get(1)?.name).toBe('Op Iron Resolve');
  });

  test('can be undone itself, and leaves what is so already', async () => {
    const { discord, perscom } = await startStage();
    const joker = discord.user();
    await rename(joker, 'Op Right');
    const list = await history(joker);
    await undo(joker);
    await flush(joker);
    const again = (await joker.click(await open(joker, list), 'Undo this flush')).messageOrThrow();
    expect(shown(again)).toContain('PERSCOM holds “Op Iron Resolve” again already');
    expect(shown(again)).toContain('**Nothing was queued,**');
    await undo(joker);
    await flush(joker);
    expect(perscom.world.events.get(1)?.name).toBe('Op Right');
  });

  test('leaves what was changed since, and says by whom: in PERSCOM or by a later flush', async () => {
    const { discord, perscom } = await startStage();
    const [joker, pyle] = [discord.user(), discord.user()];
    await edit(joker, 1, 'details', { Name: 'Op Wrong', Location: 'Nowhere' });
    await edit(joker, 2, 'details', { Location: 'Nowhere' });
    await edit(joker, 3, 'details', { Location: 'Nowhere' });
    await flush(joker);
    await edit(pyle, 2, 'details', { Location: 'Malden' });
    await flush(pyle);
    changeOnPerscom(perscom, 1, { location: 'Tanoa', updated_at: '2026-11-22T12:00:00.000000Z' });
    perscom.world.events.delete(3);
    const choices = await joker.autocomplete('queue undo', 'flush', { flush: '3 of 3' });
    const [choice] = choices;
    expect(choices).toHaveLength(1);
    const answer = shown((await joker.command('queue undo', { flush: String(choice?.value) })).messageOrThrow());
    expect(answer).toContain('**Queued 1 edit**');
    expect(answer).toContain('3 changes left as PERSCOM has them: first below.');
    expect(answer).toContain(
      `the flush made it “Nowhere”; it is “Tanoa” now, changed since by somebody in PERSCOM; the event was last changed <t:${NOW / 1000}:f>`,
    );
    expect(answer).toContain(`it is “Malden” now, changed since by the flush of <@${pyle.id}> <t:`);
    expect(answer).toContain('❌ **Location**: the event no longer exists in PERSCOM');
    await flush(joker);
    expect(perscom.world.events.get(1)).toMatchObject({ name: 'Op Iron Resolve', location: 'Tanoa' });
    expect(perscom.world.events.get(2)).toMatchObject({ location: 'Malden' });
  });

  test('replaces its author’s own queued edit, and nobody else’s', async () => {
    const { discord } = await startStage();
    const [joker, pyle] = [discord.user(), discord.user()];
    await edit(joker, 1, 'details', { Name: 'Op Wrong', Location: 'Nowhere' });
    await flush(joker);
    await edit(pyle, 1, 'details', { Name: 'Op Next' });
    await edit(joker, 1, 'details', { Location: 'Malden' });
    const answer = shown(await undo(joker));
    expect(answer).toContain(`⚠️ **Name**: <@${pyle.id}> has queued “Op Next” <t:`);
    expect(answer).toContain('In the place of what you had queued there: Location of Op Wrong.');
    expect(await board(joker)).toContain('→ “Op Next”');
    expect(await board(joker)).toContain('~~“Nowhere”~~ → “Altis, AAC Airfield”');
  });

  test('leaves the times of an op together where another moderator’s edit stands against one of them, and says why', async () => {
    const times = { starts: '2026-12-01T19:00:00.000000Z', ends: '2026-12-01T22:00:00.000000Z' };
    const events = [1, 2].map((id) => buildEvent({ id, name: `Op ${id}`, ...times }, NOW));
    const { discord } = await startStage({ world: buildWorld({ now: NOW, events }) });
    const [joker, pyle] = [discord.user(), discord.user()];
    await edit(joker, 1, 'schedule', { Starts: '2026-11-30 20:00' });
    await joker.click(await edit(joker, 2, 'schedule', { Starts: '2026-12-01 18:00' }), 'Keep the old end');
    await flush(joker);
    await edit(pyle, 1, 'schedule', { Ends: '2026-11-30 22:00' });
    await edit(pyle, 2, 'schedule', { Ends: '2026-12-01 19:00' });
    const answer = await undo(joker);
    expect(shown(answer)).toContain('**Nothing was queued,** as nothing of that flush can be put back');
    expect(shown(answer)).toContain('3 changes left as PERSCOM has them');
    expect(shown(answer)).toMatch(
      /\*\*Starts\*\* Tuesday 1 December 2026, 20:00.*: it goes together with a time that is left/,
    );
    expect(shown(answer)).toMatch(/\*\*Starts\*\* .* has queued Ends → .*, and the event would end before it starts/);
    expect(hasButton(answer, 'Queue the rest')).toBe(false);
    expect(await board(joker)).toContain('2 edits of 2 events');
    await pyle.command('queue remove', { event: '1' });
    expect(shown(await undo(joker))).toContain('**Queued 2 edits**');
  });

  test('of a flush of which nobody knows all is refused, and so is one of nothing', async () => {
    const { discord, perscom } = await startStage();
    const joker = discord.user();
    expect(shown(await undo(joker))).toContain('there is nothing to undo. Nothing was queued.');
    await edit(joker, 1, 'details', { Name: 'Op Perhaps' });
    perscom.inject({ on: { method: 'PATCH' }, kind: 'drop' });
    await flush(joker);
    const refused = await undo(joker);
    expect(shown(refused)).toContain('What became of all of that flush is not known yet');
    expect(hasButton(refused, 'Settle it now: what is not there counts as not applied')).toBe(true);
    expect(shown(await history(joker))).toContain('❓ UNKNOWN');
  });
});
