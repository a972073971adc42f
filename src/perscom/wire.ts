import { z } from 'zod';
import type { FieldRefusal } from '../domain/api-error.ts';
import type { Calendar, EventRecord, Instant } from '../domain/event.ts';
import { fieldNamed } from '../domain/field.ts';
import { parseInstant } from '../domain/times/time.ts';

const instant = z.string().transform((text, context): Instant => {
  const parsed = parseInstant(text);
  if (parsed !== null) return parsed;
  context.addIssue('not a time');
  return z.NEVER;
});

/** PERSCOM echoes some numbers as they were sent, so `"2"` may stand for 2 (recorded: "author_id string "2""). */
const id = z.coerce.number().int().positive();
const nullableId = z.union([z.null(), id]);
const flag = z.union([z.boolean(), z.literal([0, 1]).transform((bit) => bit === 1)]);

/** Once a single string was stored, PERSCOM answers it as a string (recorded: "GET after single-string interval"). */
const set = z.union([z.array(z.string()), z.string().transform((member) => [member]), z.null()]);

const event = z.object({
  id,
  name: z.string(),
  calendar_id: nullableId,
  description: z.string().nullable(),
  content: z.string().nullable(),
  location: z.string().nullable(),
  url: z.string().nullable(),
  author_id: nullableId,
  all_day: flag,
  starts: instant,
  ends: instant.nullable(),
  repeats: flag,
  registration_enabled: flag,
  registration_deadline: instant.nullable(),
  notifications_enabled: flag,
  notifications_interval: set,
  notifications_channels: set,
  updated_at: instant.nullish(),
});

const meta = z.object({ current_page: z.number(), last_page: z.number() });

/** A page of events that were asked for by id: all of it has to be readable. */
export const eventPage = z.object({ data: z.array(event), meta });

/** A page of all events: one that cannot be read is left out, as it must not hide the others. */
export const eventList = z.object({
  data: z.array(z.unknown()).transform((entries) =>
    entries.flatMap((entry) => {
      const parsed = event.safeParse(entry);
      return parsed.success ? [parsed.data] : [];
    }),
  ),
  meta,
});

/** A batch PATCH's answer. Nothing in it is believed but that it is one: values are echoed, not read back. */
export const batchAnswer = z.object({ data: z.array(z.object({ id })) });

/** A page of calendars; one without a name is called by its id. */
export const calendarPage = z.object({
  data: z.array(
    z
      .object({ id, name: z.string().nullable() })
      .transform(({ id, name }): Calendar => ({ id, name: name?.trim() || `Calendar #${id}` })),
  ),
  meta,
});

/** It is shown to users, so nothing is taken for an id that could be anything else. */
const requestId = z
  .string()
  .regex(/^[\w-]{1,64}$/)
  .nullable()
  .catch(null);

/** PERSCOM's own id of a request; null for what does not look like one. */
export const parseRequestId = (value: unknown): string | null => requestId.parse(value);

const errors = z.record(z.string(), z.array(z.string())).optional();

/** PERSCOM's own error body: an envelope, or for a PHP error only a `message`. */
export const errorBody = z.union([
  z
    .object({ error: z.object({ message: z.string(), errors, request_id: requestId }) })
    .transform(({ error: { message, errors, request_id } }) => ({
      error: { message, errors, requestId: request_id, isEnvelope: true },
    })),
  z.object({ message: z.string() }).transform(({ message }) => ({
    error: { message, errors: undefined, requestId: null, isEnvelope: false },
  })),
]);

/** The page that PERSCOM generates for an event without a url; `<own id>` is the only thing that differs between events. */
function generatedPage(event: { readonly id: number; readonly url: string | null }): string | null {
  const pattern = new RegExp(`^https?://\\S+/events/${event.id}\\?tenant=[^&]*$`);
  return event.url !== null && pattern.test(event.url) ? event.url : null;
}

/** How the address of an event's page is made, learnt from a generated link. */
export type PageAddress = (eventId: number) => string;

/** The address pattern in the first generated link among `events`; null if there is none. */
export function learnPageAddress(events: readonly { id: number; url: string | null }[]): PageAddress | null {
  const sample = events
    .map((event) => ({ id: event.id, page: generatedPage(event) }))
    .find(({ page }) => page !== null);
  if (sample === undefined || sample.page === null) return null;
  const [before, after] = sample.page.split(`/events/${sample.id}?`);
  return (eventId) => `${before}/events/${eventId}?${after}`;
}

/** An event from the wire. A generated link is the event's page, never its `url`. */
export function toEventRecord(wire: z.infer<typeof event>, pageOf: PageAddress | null): EventRecord {
  const { id, updated_at, ...values } = wire;
  const isGenerated = generatedPage(wire) !== null;
  return {
    id,
    values: { ...values, url: isGenerated ? null : values.url },
    page: pageOf?.(id) ?? null,
    updatedAt: updated_at ?? null,
  };
}

const RESOURCE_KEY = /^resources\.(\d+)(?:\.(\w+))?/;

/** What a 422 says, put to events and fields by its keys (`resources.<id>.<field>`). */
export function parseRefusals(errors: Readonly<Record<string, readonly string[]>>): readonly FieldRefusal[] {
  return Object.entries(errors).map(([key, texts]) => {
    const match = RESOURCE_KEY.exec(key);
    const field = match?.[2] === undefined ? null : fieldNamed(match[2]);
    const text = texts.join(' ').replaceAll(/\bresources\.\d+\.(\w+)/g, (_, name: string) => name.replaceAll('_', ' '));
    return { eventId: match?.[1] === undefined ? null : Number(match[1]), field, text };
  });
}
