import { expect, test } from 'vitest';
import type { Draft } from '../../src/app/ports.ts';
import type { Field } from '../../src/domain/field.ts';
import type { Typed } from '../../src/domain/form.ts';
import { BY_ANNA, BY_BEN, OTHER_GUILD, openTestStore } from '../fixtures/store.ts';

const DRAFT: Draft = {
  eventId: 7,
  form: 'alerts',
  typed: new Map<Field, Typed>([
    ['registration_deadline', 'tomorrow\n“soon”'],
    ['registration_enabled', false],
    ['notifications_channels', ['mail', 'sms']],
    ['notifications_interval', []],
  ]),
};

const DAY_MS = 86_400_000;

test('a draft is read back as it was typed', async () => {
  const { drafts } = await openTestStore();
  await drafts.save(BY_ANNA, 'd1', DRAFT, 1_000);
  expect(await drafts.load(BY_ANNA, 'd1')).toEqual(DRAFT);
});

test('a draft is for who typed it, in the guild where it was typed', async () => {
  const { drafts } = await openTestStore();
  await drafts.save(BY_ANNA, 'd1', DRAFT, 1_000);
  expect(await drafts.load(BY_BEN, 'd1')).toBeNull();
  expect(await drafts.load({ ...BY_ANNA, guildId: OTHER_GUILD }, 'd1')).toBeNull();
  expect(await drafts.load(BY_ANNA, 'd2')).toBeNull();
});

test('drafts do not replace each other, and each is kept for a week', async () => {
  const { drafts } = await openTestStore();
  const kept = async (id: string) => (await drafts.load(BY_ANNA, id)) !== null;
  await drafts.save(BY_ANNA, 'd1', DRAFT, 0);
  await drafts.save(BY_ANNA, 'd2', DRAFT, 7 * DAY_MS);
  expect([await kept('d1'), await kept('d2')]).toEqual([true, true]);
  await drafts.save(BY_BEN, 'd3', DRAFT, 7 * DAY_MS + 1);
  expect([await kept('d1'), await kept('d2')]).toEqual([false, true]);
});
