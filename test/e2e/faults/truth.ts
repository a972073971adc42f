import Database from 'libsql';
import { z } from 'zod';
import type { World } from '../../../sandbox/perscom/server.ts';
import { type Field, fieldNamed } from '../../../src/domain/field.ts';

/** An edit as the bot's database holds it. */
export type StoredEdit = {
  readonly id: number;
  readonly event_id: number;
  readonly field: Field;
  readonly base: unknown;
  readonly wanted: unknown;
  readonly user_id: string;
};

const json = z.string().transform((text): unknown => JSON.parse(text));

const storedEdit = z.object({
  id: z.number(),
  event_id: z.number(),
  field: z.string().transform((name, context): Field => {
    const field = fieldNamed(name);
    if (field !== null) return field;
    context.addIssue(`not a field: ${name}`);
    return z.NEVER;
  }),
  base: json,
  wanted: json,
  user_id: z.string(),
});

function query<Row>(path: string, sql: string, row: z.ZodType<Row>): Row[] {
  const database = new Database(path, { readonly: true });
  try {
    return z.array(row).parse(database.prepare(sql).all());
  } finally {
    database.close();
  }
}

/** The queue in the database at `path`, oldest edit first. */
export const queueIn = (path: string): readonly StoredEdit[] =>
  query(path, 'SELECT id, event_id, field, base, wanted, user_id FROM edit ORDER BY id', storedEdit);

/** When each flush in the database is to be looked after. */
export const duesIn = (path: string): readonly (number | null)[] =>
  query(path, 'SELECT due_at FROM flush ORDER BY id', z.object({ due_at: z.number().nullable() })).map(
    ({ due_at }) => due_at,
  );

/** Whether the database knows that a report stands in this message. */
export const isNoted = (path: string, messageId: string): boolean =>
  query(path, 'SELECT posts FROM flush', z.object({ posts: z.string() })).some(({ posts }) =>
    posts.includes(messageId),
  );

const TIMES: readonly Field[] = ['starts', 'ends', 'registration_deadline'];

/** What a value of a field means to a reader: empty is empty, sets have no order, and times may be written in two ways. */
function meaningOf(field: Field, value: unknown): unknown {
  if (TIMES.includes(field) && typeof value === 'string') return Date.parse(value);
  if (typeof value === 'string') return value.replaceAll('\r\n', '\n').trim() || null;
  return Array.isArray(value) ? [...value].sort().join(' ') || null : value;
}

/** Whether PERSCOM, this moment, holds what an edit wants. */
export function isHeld({ events }: World, { event_id, field, wanted }: StoredEdit): boolean {
  const event = events.get(event_id);
  return event !== undefined && meaningOf(field, event[field]) === meaningOf(field, wanted);
}
