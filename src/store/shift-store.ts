import { z } from 'zod';
import type { KeptShift, ShiftStore } from '../app/shift-port.ts';
import { type ShiftProblem, TIME_FIELDS } from '../domain/shift.ts';
import { DATE_ORDERS } from '../domain/times/typed-time.ts';
import type { Db } from './schema.ts';

const KEPT_MS = 86_400_000;

const instant = z.string();
const ids = z.array(z.number());

const request = z.object({
  by: z.string(),
  to: z.string(),
  event: z.string(),
  eventIds: ids.nullable(),
  name: z.string(),
  calendar: z.string(),
  from: z.string(),
  until: z.string(),
});

const problem: z.ZodType<ShiftProblem> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('skipped-by-dst'),
    before: z.string(),
    after: z.string(),
    candidates: z.array(instant),
  }),
  z.object({ kind: z.literal('ambiguous-by-dst'), candidates: z.array(instant) }),
  z.object({ kind: z.enum(['no-such-date', 'hours-of-all-day']) }),
]);

const time = z.object({
  field: z.enum(TIME_FIELDS),
  live: instant.nullable(),
  base: instant.nullable(),
  from: instant,
  queued: z.object({ id: z.number(), userId: z.string() }).nullable(),
  to: z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), value: instant }),
    z.object({ ok: z.literal(false), error: problem }),
  ]),
});

const op = z.object({
  eventId: z.number(),
  eventName: z.string(),
  eventPage: z.string().nullable(),
  calendarId: z.number().nullable(),
  allDay: z.boolean(),
  repeats: z.boolean(),
  times: z.array(time),
});

const shift = z.object({
  move: z.object({ days: z.number(), ms: z.number() }),
  zone: z.string(),
  ops: z.array(op),
  leavesEnds: z.boolean(),
  leavesDeadlines: z.boolean(),
  leftOut: ids,
  gone: z.number(),
  past: z.number(),
});

const kept: z.ZodType<KeptShift> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('question'),
    alternatives: z.array(z.object({ request, dateOrder: z.enum(DATE_ORDERS).nullable() })),
  }),
  z.object({
    ...{ kind: z.literal('chosen'), eventIds: ids },
    ...{ by: z.string().default(''), to: z.string().default('') },
  }),
  z.object({ kind: z.literal('preview'), shift }),
]);

/** The shifts in `db`. */
export const createShiftStore = (db: Db): ShiftStore => ({
  save: ({ guildId, userId }, id, content, now) =>
    db.transaction().execute(async (tx) => {
      await tx
        .deleteFrom('shift')
        .where('saved_at', '<', now - KEPT_MS)
        .execute();
      const row = { id, guild_id: guildId, user_id: userId, content: JSON.stringify(content), saved_at: now };
      await tx.insertInto('shift').values(row).execute();
    }),

  async load(guildId, id) {
    const found = db.selectFrom('shift').select('content').where('guild_id', '=', guildId).where('id', '=', id);
    const row = await found.executeTakeFirst();
    // What another version wrote is as good as gone: it is asked for again.
    return row === undefined ? null : (kept.safeParse(JSON.parse(row.content)).data ?? null);
  },
});
