import { sql } from 'kysely';
import { z } from 'zod';
import type { Habits, Settings } from '../app/ports.ts';
import { DATE_ORDERS } from '../domain/typed-time.ts';
import type { Db } from './schema.ts';

const dateOrder = z.enum(DATE_ORDERS).nullable();
const version = z.object({ data_version: z.number() });

const NONE: Habits = { zone: null, dateOrder: null };

/** Changes whenever another connection has changed the database (SQLite docs, PRAGMA data_version). */
async function versionOf(db: Db): Promise<number> {
  const { rows } = await sql`PRAGMA data_version`.execute(db);
  return version.parse(rows[0]).data_version;
}

async function loadAll(db: Db): Promise<{ zones: Map<string, string>; habits: Map<string, Habits> }> {
  const guilds = await db.selectFrom('guild_setting').selectAll().execute();
  const users = await db.selectFrom('user_setting').selectAll().execute();
  return {
    zones: new Map(guilds.map(({ guild_id, zone }) => [guild_id, zone])),
    habits: new Map(users.map((row) => [row.user_id, { zone: row.zone, dateOrder: dateOrder.parse(row.date_order) }])),
  };
}

/** Settings in the tables of `db`, all of which are kept in memory. */
export async function loadSettings(db: Db): Promise<Settings> {
  let seen = await versionOf(db);
  let known = await loadAll(db);
  const habitsOf = (userId: string): Habits => known.habits.get(userId) ?? NONE;
  return {
    zoneOf: (guildId) => known.zones.get(guildId) ?? null,
    habitsOf,
    async setZone(guildId, zone) {
      await db.transaction().execute(async (tx) => {
        await tx.replaceInto('guild_setting').values({ guild_id: guildId, zone }).execute();
      });
      known.zones.set(guildId, zone);
    },
    async setHabits(userId, change) {
      const habits = { ...habitsOf(userId), ...change };
      const row = { user_id: userId, zone: habits.zone, date_order: habits.dateOrder };
      await db.transaction().execute(async (tx) => {
        await tx.replaceInto('user_setting').values(row).execute();
      });
      known.habits.set(userId, habits);
    },
    async refresh() {
      const now = await versionOf(db);
      if (now === seen) return;
      seen = now;
      known = await loadAll(db);
    },
  };
}
