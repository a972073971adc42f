import {
  type Input,
  instant,
  listOf,
  looseBoolean,
  looseId,
  missingDatetimeRule,
  oneOf,
  orNull,
  type Parse,
  type Parsed,
  pass,
  strictBoolean,
  strictId,
  text,
  wallTime,
} from './parse.ts';
import type { StoredEvent } from './world.ts';

/** What a request would alter in an event. */
export type Change = {
  readonly set: Partial<Omit<StoredEvent, 'id'>>;
  /** Ids as they were sent: the answer repeats them so, while a number is stored. */
  readonly sent: { readonly calendar_id?: number | string; readonly author_id?: number | string };
  /** Whether it names a column the table lacks, which only saving finds out. */
  readonly unknownColumn: boolean;
};

/** A field the server has a rule for, under the name requests use. */
export type Field = { readonly name: string; readonly parse: Parse<Change> };

/** The values the API knows for notifications_channels. */
export const CHANNELS = ['broadcast', 'database', 'discord_private', 'discord_public', 'mail', 'sms'];

/** The values the API knows for notifications_interval. */
const INTERVALS = ['pt0m', 'pt15m', 'pt1h', 'p1d', 'p1w'];

const NAME_MAX = 255;
const TEXT_MAX = 65_535;

function field<T>(name: string, parse: Parse<T>, change: (value: T) => Partial<Change>): Field {
  return { name, parse: (input) => mapped(parse(input), change) };
}

function mapped<T>(parsed: Parsed<T>, change: (value: T) => Partial<Change>): Parsed<Change> {
  return parsed.ok ? pass({ set: {}, sent: {}, unknownColumn: false, ...change(parsed.value) }) : parsed;
}

/** A deadline under the name only the rules know: its rule is missing as well, unless there is nothing to check. */
function misspeltDeadline({ value }: Input): Parsed<null> {
  return value === null ? pass(null) : missingDatetimeRule();
}

const TEXTS: readonly Field[] = [
  field('description', orNull(text(TEXT_MAX)), (description) => ({ set: { description } })),
  field('content', orNull(text(TEXT_MAX)), (content) => ({ set: { content } })),
  field('location', orNull(text(TEXT_MAX)), (location) => ({ set: { location } })),
  field('url', orNull(text(TEXT_MAX)), (url) => ({ set: { url } })),
];

/** The rules of the shipped server, in the order in which it reports their failures. */
export const SHIPPED_FIELDS: readonly Field[] = [
  field('name', text(NAME_MAX), (name) => ({ set: { name } })),
  field('calendar_id', looseId('calendars'), ({ id, sent }) => ({
    set: { calendar_id: id },
    sent: { calendar_id: sent },
  })),
  ...TEXTS,
  field('author_id', looseId('users'), ({ id, sent }) => ({ set: { author_id: id }, sent: { author_id: sent } })),
  field('all_day', looseBoolean, (all_day) => ({ set: { all_day } })),
  field('starts', missingDatetimeRule, () => ({})),
  field('ends', missingDatetimeRule, () => ({})),
  field('repeats', looseBoolean, (repeats) => ({ set: { repeats } })),
  field('registrations_enabled', looseBoolean, () => ({ unknownColumn: true })),
  field('registrations_deadline', misspeltDeadline, () => ({ unknownColumn: true })),
  field('notifications_enabled', looseBoolean, (notifications_enabled) => ({ set: { notifications_enabled } })),
  field('notifications_interval', oneOf(INTERVALS), (interval) => ({ set: { notifications_interval: interval } })),
  field('notifications_channels', oneOf(CHANNELS), (channel) => ({ set: { notifications_channels: [channel] } })),
  field('updated_at', wallTime, (updated_at) => ({ set: { updated_at } })),
  field('created_at', wallTime, (created_at) => ({ set: { created_at } })),
];

/** The rules the API reference promises: its 16 fields, each with the type given there. */
export const DOCUMENTED_FIELDS: readonly Field[] = [
  field('name', text(NAME_MAX), (name) => ({ set: { name } })),
  field('calendar_id', strictId('calendars'), ({ id }) => ({ set: { calendar_id: id } })),
  ...TEXTS,
  field('author_id', strictId('users'), ({ id }) => ({ set: { author_id: id } })),
  field('all_day', strictBoolean, (all_day) => ({ set: { all_day } })),
  field('starts', instant, (starts) => ({ set: { starts } })),
  field('ends', orNull(instant), (ends) => ({ set: { ends } })),
  field('repeats', strictBoolean, (repeats) => ({ set: { repeats } })),
  field('registration_enabled', strictBoolean, (registration_enabled) => ({ set: { registration_enabled } })),
  field('registration_deadline', orNull(instant), (deadline) => ({ set: { registration_deadline: deadline } })),
  field('notifications_enabled', strictBoolean, (notifications_enabled) => ({ set: { notifications_enabled } })),
  field('notifications_interval', orNull(listOf(INTERVALS)), (list) => ({ set: { notifications_interval: list } })),
  field('notifications_channels', orNull(listOf(CHANNELS)), (list) => ({ set: { notifications_channels: list } })),
];
