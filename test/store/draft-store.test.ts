import { expect, test } from 'vitest';
import type { Draft } from '../../src/app/ports.ts';
import type { Field } from '../../src/domain/field.ts';
import type { Typed } from '../../src/domain/snapshot.ts';
import { buildVerdict, buildWanted } from '../fixtures/domain.ts';
import {
  asSentByBen,
  BY_ANNA,
  BY_BEN,
  GUILD,
  OTHER_GUILD,
  openTestStore,
  queueUp,
  saveFlush,
} from '../fixtures/store.ts';

const DRAFT: Draft = {
  eventId: 7,
  form: 'alerts',
  typed: new Map<Field, Typed>([
    ['registration_deadline', 'tomorrow\n“soon”'],
    ['registration_enabled', false],
    ['notifications_channels', ['mail', 'sms']],
    ['notifications_interval', []],
  ]),
  syntaxes: new Map(),
  longTexts: 'append',
  seen: {
    starts: '2026-12-01T18:00:00Z',
    isAllDay: false,
    zone: 'America/New_York',
    unitZone: 'Europe/Berlin',
    left: ['registration_enabled'],
    fields: [
      { field: 'registration_deadline', live: null, shown: '2026-11-30T18:00:00Z', text: null },
      { field: 'notifications_channels', live: ['mail'], shown: ['mail'], text: null },
    ],
  },
  picks: [{ field: 'registration_deadline', instant: '2026-11-29T18:00:00Z' }],
};

const DAY_MS = 86_400_000;

test('a draft is read back as it was typed, with when, and what its form showed', async () => {
  const { drafts } = await openTestStore();
  await drafts.save(BY_ANNA, 'd1', DRAFT, 1_000);
  expect(await drafts.load(BY_ANNA, 'd1')).toEqual({ ...DRAFT, id: 'd1', savedAt: 1_000 });
});

test('a draft is read back with how its texts were meant', async () => {
  const { drafts } = await openTestStore();
  const typed = new Map<Field, Typed>([['content', '**a**']]);
  const texts = { typed, syntaxes: new Map([['content', 'markdown']] as const), longTexts: 'replace' } as const;
  await drafts.save(BY_ANNA, 'd1', { ...DRAFT, form: 'text', ...texts }, 1_000);
  expect(await drafts.load(BY_ANNA, 'd1')).toMatchObject(texts);
});

test('a draft is for who typed it, in the guild where it was typed', async () => {
  const { drafts } = await openTestStore();
  await drafts.save(BY_ANNA, 'd1', DRAFT, 1_000);
  expect(await drafts.load(BY_BEN, 'd1')).toBeNull();
  expect(await drafts.load({ ...BY_ANNA, guildId: OTHER_GUILD }, 'd1')).toBeNull();
  expect(await drafts.load(BY_ANNA, 'd2')).toBeNull();
});

test('a form has one draft of each author: the newest', async () => {
  const { drafts } = await openTestStore();
  await drafts.save(BY_ANNA, 'd1', DRAFT, 1_000);
  await drafts.save(BY_BEN, 'd2', DRAFT, 1_000);
  const newer: Draft = { ...DRAFT, typed: new Map([['registration_deadline', 'soon']]) };
  await drafts.save(BY_ANNA, 'd3', newer, 2_000);
  expect(await drafts.load(BY_ANNA, 'd1')).toBeNull();
  expect(await drafts.load(BY_ANNA, 'd3')).toEqual({ ...newer, id: 'd3', savedAt: 2_000 });
  expect(await drafts.load(BY_BEN, 'd2')).toEqual({ ...DRAFT, id: 'd2', savedAt: 1_000 });
  expect(await drafts.findId(BY_ANNA, DRAFT.eventId, DRAFT.form)).toBe('d3');
});

test('drafts of other events, forms and guilds stand beside each other, and each is kept for a week', async () => {
  const { drafts } = await openTestStore();
  const kept = async (id: string) => (await drafts.load(BY_ANNA, id)) !== null;
  await drafts.save(BY_ANNA, 'd1', DRAFT, 0);
  await drafts.save(BY_ANNA, 'd2', { ...DRAFT, form: 'text' }, 7 * DAY_MS);
  await drafts.save(BY_ANNA, 'd3', { ...DRAFT, eventId: 8 }, 7 * DAY_MS);
  await drafts.save({ ...BY_ANNA, guildId: OTHER_GUILD }, 'd4', DRAFT, 7 * DAY_MS);
  expect([await kept('d1'), await kept('d2'), await kept('d3')]).toEqual([true, true, true]);
  await drafts.save(BY_BEN, 'd5', DRAFT, 7 * DAY_MS + 1);
  expect([await kept('d1'), await kept('d2'), await kept('d3')]).toEqual([false, true, true]);
});

test('a moderator’s drafts of a guild are listed newest first, 25 at most', async () => {
  const { drafts } = await openTestStore();
  for (let eventId = 1; eventId <= 30; eventId += 1)
    await drafts.save(BY_ANNA, `d${eventId}`, { ...DRAFT, eventId }, 1_000 + eventId);
  await drafts.save(BY_BEN, 'b1', DRAFT, 2_000);
  await drafts.save({ ...BY_ANNA, guildId: OTHER_GUILD }, 'o1', DRAFT, 2_000);
  const listed = await drafts.list(BY_ANNA);
  expect(listed[0]).toEqual({ ...DRAFT, eventId: 30, id: 'd30', savedAt: 1_030 });
  expect(listed.map(({ id }) => id)).toEqual(Array.from({ length: 25 }, (_, index) => `d${30 - index}`));
  expect(await drafts.list({ ...BY_BEN, guildId: OTHER_GUILD })).toEqual([]);
});

test('a draft is removed by its author only', async () => {
  const { drafts } = await openTestStore();
  await drafts.save(BY_ANNA, 'd1', DRAFT, 1_000);
  await drafts.remove(BY_BEN, 'd1');
  await drafts.remove({ ...BY_ANNA, guildId: OTHER_GUILD }, 'd1');
  expect(await drafts.load(BY_ANNA, 'd1')).toEqual({ ...DRAFT, id: 'd1', savedAt: 1_000 });
  await drafts.remove(BY_ANNA, 'd1');
  expect(await drafts.load(BY_ANNA, 'd1')).toBeNull();
  expect(await drafts.findId(BY_ANNA, DRAFT.eventId, DRAFT.form)).toBeNull();
});

test('a contest is kept for a week as it was, for who asked, in the guild where it was', async () => {
  const { drafts } = await openTestStore();
  const wanted = [buildWanted(), buildWanted({ field: 'notifications_channels', base: null, wanted: ['mail'] })];
  const contest = { wanted, inTheWay: [3, 9] };
  await drafts.saveContest(BY_ANNA, 'c1', contest, 0);
  expect(await drafts.loadContest(BY_ANNA, 'c1')).toEqual(contest);
  expect(await drafts.loadContest(BY_BEN, 'c1')).toBeNull();
  expect(await drafts.loadContest({ ...BY_ANNA, guildId: OTHER_GUILD }, 'c1')).toBeNull();
  await drafts.saveContest(BY_BEN, 'c2', contest, 7 * DAY_MS);
  expect(await drafts.loadContest(BY_ANNA, 'c1')).toEqual(contest);
  await drafts.saveContest(BY_BEN, 'c3', contest, 7 * DAY_MS + 1);
  expect(await drafts.loadContest(BY_ANNA, 'c1')).toBeNull();
});

test('a form that opens finds the edits of its event, the refused fields of its guild, and its author’s draft', async () => {
  const store = await openTestStore();
  const { drafts, queues } = store;
  expect(await drafts.loadOpening(BY_ANNA, 7, 'alerts')).toEqual({ queued: [], refusals: [], draftId: null });
  const wanted = [
    buildWanted({ eventId: 7, eventName: 'Ünïcode 😀 "quoted" \\ \n', wanted: 'a "b" \\ \n 😀' }),
    buildWanted({ eventId: 7, field: 'notifications_channels', base: null, wanted: ['mail', 'sms'] }),
    buildWanted({ eventId: 7, field: 'all_day', base: false, wanted: true }),
    buildWanted({ eventId: 7, field: 'author_id', base: 7, wanted: 12 }),
    buildWanted({ eventId: 8 }),
  ];
  await queueUp(store, GUILD, ...wanted);
  const flush = asSentByBen(await saveFlush(store, GUILD));
  await store.flushes.claim(flush);
  const verdicts = flush.changes.map(({ edit }) =>
    buildVerdict(edit, { kind: 'rejected', refusal: { kind: 'field', text: `Not “${edit.field}”.` } }),
  );
  await store.flushes.settle({ ...flush, state: 'rejected', verdicts, settledAt: 5_000 });
  await drafts.save(BY_ANNA, 'd1', DRAFT, 1_000);

  const opening = await drafts.loadOpening(BY_ANNA, 7, 'alerts');
  const byId = (a: { id: number }, b: { id: number }) => a.id - b.id;
  expect([...opening.queued].sort(byId)).toEqual(await queues.loadEdits(GUILD, 7));
  expect(opening.queued.map(({ refusal }) => refusal?.kind)).toEqual(['field', 'field', 'field', 'field']);
  const refusalOf = (field: string) => ({ field, refusal: { kind: 'field', text: `Not “${field}”.` }, seenAt: 5_000 });
  const refused = ['all_day', 'author_id', 'name', 'notifications_channels'];
  expect(opening.refusals).toEqual(refused.map(refusalOf));
  expect(opening.draftId).toBe('d1');
  expect(await drafts.loadOpening(BY_ANNA, 7, 'text')).toMatchObject({ draftId: null });
  expect(await drafts.loadOpening(BY_BEN, 7, 'alerts')).toMatchObject({ draftId: null });
  const elsewhere = { ...BY_ANNA, guildId: OTHER_GUILD };
  expect(await drafts.loadOpening(elsewhere, 7, 'alerts')).toEqual({ queued: [], refusals: [], draftId: null });
});
