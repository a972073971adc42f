import Database from 'libsql';
import { describe, expect, test } from 'vitest';
import type { Settings } from '../../src/app/ports.ts';
import { openStore } from '../../src/store/open.ts';
import { ANNA, BEN, databasePath, GUILD, OTHER_GUILD, openTestStore } from '../fixtures/store.ts';

const NEW_YORK = 'America/New_York';
const TOKYO = 'Asia/Tokyo';

/** What is set for the two guilds and the two moderators. */
const allOf = ({ zoneOf, habitsOf }: Settings) => ({
  zones: [zoneOf(GUILD), zoneOf(OTHER_GUILD)],
  habits: [habitsOf(ANNA), habitsOf(BEN)],
});

const NOTHING = { zone: null, dateOrder: null };

describe('settings', () => {
  test('are none where nothing was set', async () => {
    const { settings } = await openTestStore();
    expect(allOf(settings)).toEqual({ zones: [null, null], habits: [NOTHING, NOTHING] });
  });

  test('are seen at once by who sets them, each for one guild or one moderator', async () => {
    const { settings } = await openTestStore();
    await settings.setZone(GUILD, TOKYO);
    await settings.setHabits(ANNA, { zone: NEW_YORK, dateOrder: 'month-first' });
    expect(allOf(settings)).toEqual({
      zones: [TOKYO, null],
      habits: [{ zone: NEW_YORK, dateOrder: 'month-first' }, NOTHING],
    });
  });

  test('stay as they are where a change leaves them out, and go where it says so', async () => {
    const { settings } = await openTestStore();
    await settings.setHabits(ANNA, { zone: NEW_YORK });
    await settings.setHabits(ANNA, { dateOrder: 'day-first' });
    expect(settings.habitsOf(ANNA)).toEqual({ zone: NEW_YORK, dateOrder: 'day-first' });
    await settings.setHabits(ANNA, { zone: null });
    expect(settings.habitsOf(ANNA)).toEqual({ zone: null, dateOrder: 'day-first' });
  });

  test('are there after the file is opened again', async () => {
    const path = databasePath();
    const first = await openStore(path);
    await first.settings.setZone(GUILD, NEW_YORK);
    await first.settings.setZone(GUILD, TOKYO);
    await first.settings.setHabits(BEN, { zone: NEW_YORK, dateOrder: 'day-first' });
    const before = allOf(first.settings);
    await first.close();
    const second = await openTestStore(path);
    expect(allOf(second.settings)).toEqual(before);
    expect(before.zones).toEqual([TOKYO, null]);
  });

  test('that another process changes are seen after a refresh, and so are its next ones', async () => {
    const path = databasePath();
    const [first, second] = [await openTestStore(path), await openTestStore(path)];
    await first.settings.setZone(GUILD, TOKYO);
    expect(second.settings.zoneOf(GUILD)).toBeNull();
    await second.settings.refresh();
    expect(second.settings.zoneOf(GUILD)).toBe(TOKYO);
    await first.settings.setHabits(ANNA, { zone: NEW_YORK });
    await second.settings.refresh();
    expect(allOf(second.settings)).toEqual(allOf(first.settings));
  });

  test('of two processes come together, whoever refreshes first', async () => {
    const path = databasePath();
    const [first, second] = [await openTestStore(path), await openTestStore(path)];
    await first.settings.setZone(GUILD, TOKYO);
    await second.settings.setZone(OTHER_GUILD, NEW_YORK);
    await second.settings.refresh();
    await first.settings.refresh();
    expect(allOf(first.settings).zones).toEqual([TOKYO, NEW_YORK]);
    expect(allOf(second.settings)).toEqual(allOf(first.settings));
  });

  test('a refresh without news leaves everything as it is', async () => {
    const { settings } = await openTestStore();
    await settings.setZone(GUILD, TOKYO);
    await settings.refresh();
    await settings.refresh();
    expect(settings.zoneOf(GUILD)).toBe(TOKYO);
  });

  test('that cannot be read are read again at the next refresh', async () => {
    const path = databasePath();
    const { settings } = await openTestStore(path);
    const database = new Database(path);
    database.exec(`INSERT INTO user_setting VALUES ('${ANNA}', NULL, 'year-first')`);
    database.close();
    await expect(settings.refresh()).rejects.toThrow(/day-first/);
    await expect(settings.refresh()).rejects.toThrow(/day-first/);
  });

  test('with an order of dates that no version of the bot knows are refused when the file is opened', async () => {
    const path = databasePath();
    await (await openStore(path)).close();
    const database = new Database(path);
    database.exec(`INSERT INTO user_setting VALUES ('${ANNA}', NULL, 'year-first')`);
    database.close();
    await expect(openStore(path)).rejects.toThrow(/day-first/);
  });
});

test('a zone that one process has set outlives a date order that another sets before it knows', async () => {
  const path = databasePath();
  const [a, b] = [await openTestStore(path), await openTestStore(path)];
  await a.settings.setHabits(ANNA, { zone: 'America/New_York' });
  await b.settings.setHabits(ANNA, { dateOrder: 'day-first' });
  const both = { zone: 'America/New_York', dateOrder: 'day-first' };
  expect(b.settings.habitsOf(ANNA)).toEqual(both);
  await a.settings.refresh();
  expect(a.settings.habitsOf(ANNA)).toEqual(both);
});
