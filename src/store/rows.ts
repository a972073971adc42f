import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { ApiError } from '../domain/api-error.ts';
import type { ChangeState } from '../domain/change.ts';
import { type Field, type FieldValue, fieldNamed } from '../domain/field.ts';
import type { Flush, FlushState } from '../domain/flush.ts';
import type { Typed } from '../domain/form.ts';
import type { Edit } from '../domain/queue.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { Verdict } from '../domain/verdict.ts';
import type { Tables } from './schema.ts';

type Row<Table extends keyof Tables> = Selectable<Tables[Table]>;

const field = z.string().transform((name, context): Field => {
  const known = fieldNamed(name);
  if (known !== null) return known;
  context.addIssue(`not a field: ${name}`);
  return z.NEVER;
});

const value: z.ZodType<FieldValue> = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]);
const typed: z.ZodType<Typed> = z.union([z.string(), z.boolean(), z.array(z.string())]);

/** A schema that reads every `T`: what is written here has to be readable again, also after a kind was added. */
const whole =
  <T>() =>
  <Schema extends z.ZodType<T>>(schema: [T] extends [z.output<Schema>] ? Schema : never): Schema =>
    schema;

const callError = whole<Exclude<ApiError, { readonly kind: 'invalid' }>>()(
  z.union([
    z.object({ kind: z.literal('timeout'), timeoutMs: z.number() }),
    z.object({ kind: z.enum(['server-error', 'gateway-error', 'unexpected-status']), status: z.number() }),
    z.object({
      kind: z.enum([
        'unreachable',
        'disconnected',
        'unauthorized',
        'payment-required',
        'forbidden',
        'not-found',
        'rate-limited',
        'maintenance',
        'unreadable',
      ]),
    }),
  ]),
);

const refusal = whole<Refusal>()(
  z.union([
    z.object({ kind: z.enum(['field', 'batch']), text: z.string() }),
    z.object({ kind: z.enum(['suspect', 'beside-suspect']), status: z.number() }),
    z.object({ kind: z.literal('call'), error: callError }),
    z.object({ kind: z.enum(['other-fields', 'ignored', 'other-value', 'gone', 'not-read']) }),
  ]),
);

const json = z.string().transform((text): unknown => JSON.parse(text));

const edit: z.ZodType<Edit> = z.object({
  id: z.number(),
  eventId: z.number(),
  eventName: z.string(),
  eventPage: z.string().nullable(),
  field,
  base: value,
  wanted: value,
  userId: z.string(),
  stagedAt: z.number(),
  refusal: refusal.nullable(),
});

const change = z.object({
  edit,
  state: whole<ChangeState>()(z.enum(['ready', 'holds', 'conflict', 'out-of-order', 'gone'])),
  live: value,
  eventName: z.string(),
  page: z.string().nullable(),
});

const verdict = z.object({
  change,
  kind: whole<Verdict['kind']>()(z.enum(['applied', 'normalised', 'ignored', 'rejected', 'missing', 'unknown'])),
  after: z.object({ value }).nullable(),
  refusal: refusal.nullable(),
});

const flushState = whole<FlushState>()(z.enum(['previewed', 'sending', 'done', 'rejected', 'unknown']));

const flush: z.ZodType<Flush> = z.object({
  id: z.string(),
  guildId: z.string(),
  userId: z.string(),
  state: flushState,
  revision: z.number(),
  changes: z.array(change),
  verdicts: z.array(verdict),
  parentId: z.string().nullable(),
});

const typedForm = z.array(z.tuple([field, typed]));

const editRow = z.object({
  id: z.number(),
  event_id: z.number(),
  event_name: z.string(),
  event_page: z.string().nullable(),
  field: z.string(),
  base: json,
  wanted: json,
  user_id: z.string(),
  staged_at: z.number(),
  refusal: json.nullable(),
});

/** The edit in a row of `edit`. */
export function parseEdit(row: unknown): Edit {
  const { event_id, event_name, event_page, user_id, staged_at, ...same } = editRow.parse(row);
  return edit.parse({
    ...same,
    eventId: event_id,
    eventName: event_name,
    eventPage: event_page,
    userId: user_id,
    stagedAt: staged_at,
  });
}

const raisedRow = z.object({ last_edit_id: z.number() });

/** The last id that was given to an edit, in a row of `queue`. */
export const parseLastEditId = (row: unknown): number => raisedRow.parse(row).last_edit_id;

/** The flush in a row of `flush`. */
export const parseFlush = (row: Row<'flush'>): Flush =>
  flush.parse({
    id: row.id,
    guildId: row.guild_id,
    userId: row.user_id,
    state: row.state,
    revision: row.revision,
    changes: JSON.parse(row.changes),
    verdicts: JSON.parse(row.verdicts),
    parentId: row.parent_id,
  });

/** The state in a row of `flush`. */
export const parseFlushState = (state: string): FlushState => flushState.parse(state);

/** The typed inputs in the JSON of `draft.typed`. */
export const parseTypedForm = (json: string): ReadonlyMap<Field, Typed> => new Map(typedForm.parse(JSON.parse(json)));
