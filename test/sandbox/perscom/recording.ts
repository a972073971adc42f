import { readFileSync } from 'node:fs';
import { z } from 'zod';

const Recording = z.strictObject({
  /** Its place in the whole of the recordings, from 0. */
  case: z.int(),
  topic: z.string(),
  name: z.string(),
  /** What was special about the server. */
  given: z.string().optional(),
  /** Whether the state after the case before still holds. */
  continues: z.boolean().optional(),
  method: z.string(),
  path: z.string(),
  auth: z.string().optional(),
  /** Null leaves out a header that is sent otherwise. */
  request_headers: z.record(z.string(), z.string().nullable()).optional(),
  request: z.unknown().optional(),
  note: z.string().optional(),
  status: z.int(),
  headers: z.string(),
  response: z.unknown(),
  /** Rows after the exchange by event id: the columns that differ from the start, as SQL text. */
  stored: z.record(z.string(), z.record(z.string(), z.string().nullable())).optional(),
});

/** One recorded exchange, as the fixture abbreviates it. */
export type Recording = z.infer<typeof Recording>;

const EventRow = z.strictObject({
  id: z.int(),
  name: z.string(),
  calendar_id: z.int().nullable(),
  description: z.string().nullable(),
  content: z.string().nullable(),
  location: z.string().nullable(),
  url: z.string(),
  author_id: z.int().nullable(),
  all_day: z.boolean(),
  starts: z.string(),
  ends: z.string().nullable(),
  repeats: z.boolean(),
  registration_enabled: z.boolean(),
  registration_deadline: z.string().nullable(),
  notifications_enabled: z.boolean(),
  notifications_interval: z.array(z.string()).nullable(),
  notifications_channels: z.array(z.string()).nullable(),
  created_at: z.string(),
  updated_at: z.string(),
  label: z.string(),
});

const CalendarRow = z.strictObject({
  id: z.int(),
  name: z.string(),
  description: z.string().nullable(),
  color: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  label: z.string(),
});

const UserRow = z.object({ id: z.int(), name: z.string(), email: z.string(), created_at: z.string() });

const Line = z.union([
  Recording,
  z.strictObject({ about: z.string() }),
  z.strictObject({
    start: z.strictObject({ events: z.array(EventRow), calendars: z.array(CalendarRow), user: UserRow }),
  }),
  z.strictObject({ headers: z.record(z.string(), z.record(z.string(), z.string())) }),
  z.strictObject({ pages: z.record(z.string(), z.strictObject({ links: z.unknown(), meta: z.unknown() })) }),
  z.strictObject({ left_out: z.array(z.int()), why: z.string(), topics: z.array(z.string()) }),
]);

const LINES = readFileSync(new URL('./recordings.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => Line.parse(JSON.parse(line)));

/** Every exchange that is replayed. */
export const RECORDINGS: readonly Recording[] = LINES.flatMap((line) => ('case' in line ? [line] : []));

/** The places of the exchanges that are not replayed; the fixture says why. */
export const LEFT_OUT: readonly number[] = LINES.flatMap((line) => ('left_out' in line ? line.left_out : []));

/** What every exchange started from, as answers carry it. */
export const START = first(LINES.flatMap((line) => ('start' in line ? [line.start] : [])));

const PAGES = first(LINES.flatMap((line) => ('pages' in line ? [line.pages] : [])));
const HEADERS = first(LINES.flatMap((line) => ('headers' in line && !('case' in line) ? [line.headers] : [])));

/** The headers the server answered with. */
export function expectedHeaders({ headers }: Recording): Readonly<Record<string, string>> {
  return HEADERS[headers] ?? {};
}

/** The body the server answered with, its abbreviations written out; `now` is when the request was made. */
export function expectedBody({ response }: Recording, now: string): unknown {
  if (!isRecord(response) || !('data' in response)) return response;
  const { data, page, ...rest } = response;
  const whole = Array.isArray(data) ? data.map((item) => expectedItem(item, now)) : expectedItem(data, now);
  return { data: whole, ...rest, ...(typeof page === 'string' ? PAGES[page] : {}) };
}

function expectedItem(item: unknown, now: string): unknown {
  if (!isRecord(item) || !('event' in item)) return item;
  const { event, ...changes } = item;
  const start = START.events.find(({ id }) => id === event);
  const moved = changes.updated_at === '<now>' ? { updated_at: now } : {};
  return { ...start, ...changes, ...moved };
}

const CUT = /^(.*)…\((\d+) characters\)$/su;

/** `value` with every text that was cut in the recording repeated up to its full length. */
export function uncut(value: unknown): unknown {
  if (typeof value === 'string') return uncutText(value);
  if (Array.isArray(value)) return value.map(uncut);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, uncut(inner)]));
}

function uncutText(text: string): string {
  const [, start = '', length] = CUT.exec(text) ?? [];
  return length === undefined ? text : start.repeat(Math.ceil(Number(length) / start.length)).slice(0, Number(length));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function first<T>([item]: readonly T[]): T {
  if (item === undefined) throw new Error('the fixture lacks a line');
  return item;
}
