import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { Contest, Opening, Post } from '../app/ports.ts';
import type { ApiError } from '../domain/api-error.ts';
import type { ChangeState } from '../domain/change.ts';
import { type Field, type FieldValue, fieldNamed } from '../domain/field.ts';
import type { Flush, FlushState } from '../domain/flush.ts';
import type { Edit, WantedEdit } from '../domain/queue.ts';
import type { KnownRefusal, Refusal } from '../domain/refusal.ts';
import type { Answer, Verdict } from '../domain/verdict.ts';
import type { Tables } from './schema.ts';

type Row<Table extends keyof Tables> = Selectable<Tables[Table]>;

/** A field, by its name. */
export const field = z.string().transform((name, context): Field => {
  const known = fieldNamed(name);
  if (known !== null) return known;
  context.addIssue(`not a field: ${name}`);
  return z.NEVER;
});

/** A field's value. */
export const value: z.ZodType<FieldValue> = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(z.string()),
]);

/** A schema that reads every `T`: what is written here has to be readable again, also after a kind was added. */
const whole =
  <T>() =>
  <Schema extends z.ZodType<T>>(schema: [T] extends [z.output<Schema>] ? Schema : never): Schema =>
    schema;

const callError = whole<Exclude<ApiError, { readonly kind: 'invalid' }>>()(
  z.union([
    z.object({ kind: z.literal('timeout'), timeoutMs: z.number() }),
    z.object({ kind: z.literal('rate-limited'), retryAfterMs: z.number().nullable().default(null) }),
    z.object({ kind: z.enum(['server-error', 'gateway-error', 'unexpected-status']), status: z.number() }),
    z.object({
      kind: z.enum([
        'interrupted',
        'unreachable',
        'disconnected',
        'unauthorized',
        'payment-required',
        'forbidden',
        'not-found',
        'maintenance',
        'unreadable',
      ]),
    }),
  ]),
);

const apiError = whole<ApiError>()(
  z.union([
    callError,
    z.object({
      kind: z.literal('invalid'),
      refusals: z
        .array(z.object({ eventId: z.number().nullable(), field: field.nullable(), text: z.string() }))
        .readonly(),
    }),
  ]),
);

const answer: z.ZodType<Answer> = z.union([
  z.object({ ok: z.literal(true), value: z.null() }),
  z.object({ ok: z.literal(false), error: apiError }),
]);

const refusal = whole<Refusal>()(
  z.union([
    z.object({ kind: z.enum(['field', 'batch']), text: z.string() }),
    z.object({ kind: z.enum(['suspect', 'beside-suspect', 'culprit']), status: z.number() }),
    z.object({ kind: z.literal('call'), error: callError }),
    z.object({ kind: z.enum(['other-fields', 'ignored', 'other-value', 'gone', 'not-read']) }),
  ]),
);

const json = z.string().transform((text): unknown => JSON.parse(text));

const wantedEdit = z.object({
  eventId: z.number(),
  eventName: z.string(),
  eventPage: z.string().nullable(),
  field,
  base: value,
  wanted: value,
}) satisfies z.ZodType<WantedEdit>;

const edit: z.ZodType<Edit> = wantedEdit.extend({
  id: z.number(),
  userId: z.string(),
  stagedAt: z.number(),
  refusal: refusal.nullable(),
});

const change = z.object({
  edit,
  state: whole<ChangeState>()(z.enum(['ready', 'holds', 'conflict', 'held', 'out-of-order', 'gone'])),
  live: value,
  eventName: z.string(),
  page: z.string().nullable(),
  changedAt: z.string().nullable().default(null),
});

const verdict = z.object({
  change,
  kind: whole<Verdict['kind']>()(z.enum(['applied', 'normalised', 'ignored', 'rejected', 'missing', 'unknown'])),
  after: z.object({ value }).nullable(),
  refusal: refusal.nullable(),
});

const flushState = whole<FlushState>()(
  z.enum(['previewed', 'waiting', 'sending', 'done', 'rejected', 'unknown', 'expired']),
);

const flush: z.ZodType<Flush> = z.object({
  id: z.string(),
  guildId: z.string(),
  userId: z.string(),
  channelId: z.string().nullable(),
  state: flushState,
  revision: z.number(),
  changes: z.array(change),
  verdicts: z.array(verdict),
  answer: answer.nullable(),
  requestId: z.string().nullable(),
  attempts: z.number(),
  reason: z.string().nullable(),
  parentId: z.string().nullable(),
  acceptsUnknown: z.boolean(),
  previewedAt: z.number(),
  sentAt: z.number().nullable(),
  settledAt: z.number().nullable(),
  overAt: z.number().nullable(),
  dueAt: z.number().nullable(),
});

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

/** The flush in a row of `flush`. */
export const parseFlush = (row: Row<'flush'>): Flush =>
  flush.parse({
    id: row.id,
    guildId: row.guild_id,
    userId: row.user_id,
    channelId: row.channel_id,
    state: row.state,
    revision: row.revision,
    changes: JSON.parse(row.changes),
    verdicts: JSON.parse(row.verdicts),
    answer: row.answer === null ? null : JSON.parse(row.answer),
    requestId: row.request_id,
    attempts: row.attempts,
    reason: row.reason,
    parentId: row.parent_id,
    acceptsUnknown: row.accepts_unknown === 1,
    previewedAt: row.previewed_at,
    sentAt: row.sent_at,
    settledAt: row.settled_at,
    overAt: row.over_at,
    dueAt: row.due_at,
  });

const posts = z.array(z.object({ channelId: z.string(), messageId: z.string() }));

/** The messages in the JSON of `flush.posts`. */
export const parsePosts = (json: string): readonly Post[] => posts.parse(JSON.parse(json));

const contest: z.ZodType<Contest> = z.object({ wanted: z.array(wantedEdit), inTheWay: z.array(z.number()) });

/** The contest in a row of `contest`. */
export const parseContest = (row: Row<'contest'>): Contest =>
  contest.parse({ wanted: JSON.parse(row.wanted), inTheWay: JSON.parse(row.in_the_way) });

const knownRefusal: z.ZodType<KnownRefusal> = z.object({ field, refusal, seenAt: z.number() });

/** SQL for a row of `edit` as {@link Edit} in JSON: one value costs less than many, in rows or in columns. */
export const EDIT_AS_JSON = `json_object('id', id, 'eventId', event_id, 'eventName', event_name, 'eventPage', event_page,
  'field', field, 'base', json(base), 'wanted', json(wanted), 'userId', user_id, 'stagedAt', staged_at,
  'refusal', json(refusal))`;

/** SQL for a row of `refused_field` as {@link KnownRefusal} in JSON. */
export const REFUSAL_AS_JSON = `json_object('field', field, 'refusal', json(refusal), 'seenAt', seen_at)`;

const known = { queued: z.array(edit), refusals: z.array(knownRefusal) };

/** A row with all of it as JSON in one column. */
const foundRow = z.object({ found: json });

const opening: z.ZodType<Opening> = z.object({ ...known, draftId: z.string().nullable() });

/** What is on disk about a form, in a row. */
export const parseOpening = (row: unknown): Opening => opening.parse(foundRow.parse(row).found);

const place = z.object({
  ...known,
  isUnsettled: z.number().transform((is) => is === 1),
  lastEditId: z.number().nullable(),
});

/** What a staging meets, in a row. */
export const parsePlace = (row: unknown): z.output<typeof place> => place.parse(foundRow.parse(row).found);
