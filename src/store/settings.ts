import { type Selectable, sql } from 'kysely';
import { z } from 'zod';
import type { Habits, Settings } from '../app/ports.ts';
import { DATE_ORDERS } from '../domain/times/typed-time.ts';
import type { Db, Tables } from './schema.ts';

const dateOrder = z.enum(DATE_ORDERS).nullable();
const version = z.object({ data_version: z.number() });

const NONE: Habits = { zone: null, dateOrder: null };

/** Changes whenever another connection has changed the database (SQLite docs, PRAGMA data_version). */
async function versionOf(db: Db): Promise<number> {
  const { rows } = await sql`PRAGMA data_version`.execute(db);
  return version.parse(rows[0]).data_version;
}

const parseHabits = ({ zone, date_order }: Selectable<Tables['user_setting']>): Habits => ({
  zone,
  dateOrder: dateOrder.parse(date_order),
});

async function loadAll(db: Db): Promise<{ zones: Map<string, string>; habits: Map<string, Habits> }> {
  const guilds = await db.selectFrom('guild_setting').selectAll().execute();
  const users = await db.selectFrom('user_setting').selectAll().execute();
  return {
    zones: new Map(guilds.map(({ guild_id, zone }) => [guild_id, zone])),
    habits: new Map(users.map((row) => [row.user_id, parseHabits(row)])),
  };
}

/** Settings in the tables of `db`, all of which are kept in memory. */
export async function loadSettings(db: Db): Promise<Settings> {
  let seen = await versionOf(db);
  let known = await loadAll(db);
  /** What this process has changed by now: a reading that began before is not the last word. */
  let writes = 0;
  const habitsOf = (userId: string): Habits => known.habits.get(userId) ?? NONE;
  return {
    zoneOf: (guildId) => known.zones.get(guildId) ?? null,
    habitsOf,
    async setZone(guildId, zone) {
      await db.transaction().execute(async (tx) => {
        await tx.replaceInto('guild_setting').values({ guild_id: guildId, zone }).execute();
      });
      writes += 1;
      known.zones.set(guildId, zone);
    },
    async setHabits(userId, change) {
      const { zone, dateOrder: date_order } = change;
      const given = { ...(zone === undefined ? {} : { zone }), ...(date_order === undefined ? {} : { date_order }) };
      const row = await db.transaction().execute(async (tx) => {
        const fresh = tx.insertInto('user_setting').values({ user_id: userId, zone: null, date_order: null, ...given });
        await fresh.onConflict((conflict) => conflict.column('user_id').doUpdateSet(given)).execute();
        return tx.selectFrom('user_setting').selectAll().where('user_id', '=', userId).executeTakeFirstOrThrow();
      });
      writes += 1;
      known.habits.set(userId, parseHabits(row));
    },
    async refresh() {
      const now = await versionOf(db);
      if (now === seen) return;
      let [read, before] = [known, -1];
      while (before !== writes) {
        before = writes;
        read = await loadAll(db);
      }
      known = read;
      seen = now;
    },
  };
}
