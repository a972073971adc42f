import type { EventValues } from './event.ts';

/** One of the 16 editable fields, by PERSCOM's name. */
export type Field = keyof EventValues;

/** Any value that a field can have. Times are `Instant`s. */
export type FieldValue = string | number | boolean | null | readonly string[];

/** The four modals, in the order in which they are offered. */
export const FORM_NAMES = ['schedule', 'details', 'text', 'alerts'] as const;

/** One of the four modals. */
export type Form = (typeof FORM_NAMES)[number];

/** A choice of a field that holds a set, with PERSCOM's own label. */
export type Choice = { readonly value: string; readonly label: string };

/**
 * How a field is entered, and what it accepts. A calendar and an author can be changed, never taken away (recorded:
 * "calendar_id null", "author_id null").
 */
export type FieldInput =
  | { readonly kind: 'time'; readonly mayBeEmpty: boolean }
  | {
      readonly kind: 'text';
      readonly mayBeEmpty: boolean;
      readonly maxCharacters: number;
      readonly lines: 'one' | 'many';
      /** Whether the text is meant to be a web address; PERSCOM takes any text. */
      readonly isLink: boolean;
    }
  | { readonly kind: 'flag' }
  | { readonly kind: 'calendar' }
  | { readonly kind: 'user' }
  | { readonly kind: 'set'; readonly choices: readonly Choice[] };

/** All there is to know about a field: its words, its form, its input, and what the server as shipped does to it. */
export type FieldSpec = {
  readonly label: string;
  readonly form: Form;
  readonly input: FieldInput;
  /**
   * Whether PERSCOM 3.1.2 cannot change the field by API, by error or in silence, although its reference says it can.
   */
  readonly isRefusedAsShipped: boolean;
};

/** PERSCOM's text columns hold 65,535 bytes; longer texts fail (recorded: "description over 65535 bytes"). */
export const MAX_TEXT_BYTES = 65_535;

const text = (lines: 'one' | 'many'): FieldInput => ({
  kind: 'text',
  mayBeEmpty: true,
  maxCharacters: MAX_TEXT_BYTES,
  lines,
  isLink: false,
});

const link: FieldInput = { kind: 'text', mayBeEmpty: true, maxCharacters: MAX_TEXT_BYTES, lines: 'one', isLink: true };

/** A choice of when a reminder goes out. */
export type Interval = Choice & { readonly secondsBefore: number };

/** Send times before an event, longest first, with PERSCOM's labels (perscom-app, NotificationInterval::getLabel). */
export const INTERVALS: readonly Interval[] = [
  { value: 'p1w', label: '1 week before', secondsBefore: 604_800 },
  { value: 'p1d', label: '1 day before', secondsBefore: 86_400 },
  { value: 'pt1h', label: '1 hour before', secondsBefore: 3_600 },
  { value: 'pt15m', label: '15 minutes before', secondsBefore: 900 },
  { value: 'pt0m', label: 'At time of event', secondsBefore: 0 },
];

/** Notification channels, with PERSCOM's labels (perscom-app, NotificationChannel::getLabel). */
export const CHANNELS: readonly Choice[] = [
  { value: 'broadcast', label: 'Live' },
  { value: 'database', label: 'Dashboard' },
  { value: 'discord_private', label: 'Discord (Private)' },
  { value: 'discord_public', label: 'Discord (Public)' },
  { value: 'mail', label: 'Email' },
  { value: 'sms', label: 'SMS' },
];

const asDocumented = { isRefusedAsShipped: false } as const;
const refusedAsShipped = { isRefusedAsShipped: true } as const;

/**
 * The 16 fields in the order in which forms and reports show them.
 * `ends` cannot be emptied: PERSCOM's dashboard fails on an event without one.
 */
export const FIELDS: Readonly<Record<Field, FieldSpec>> = {
  starts: { label: 'Starts', form: 'schedule', input: { kind: 'time', mayBeEmpty: false }, ...refusedAsShipped },
  ends: { label: 'Ends', form: 'schedule', input: { kind: 'time', mayBeEmpty: false }, ...refusedAsShipped },
  all_day: { label: 'All day', form: 'schedule', input: { kind: 'flag' }, ...asDocumented },
  repeats: { label: 'Repeats', form: 'schedule', input: { kind: 'flag' }, ...asDocumented },
  name: {
    label: 'Name',
    form: 'details',
    input: { kind: 'text', mayBeEmpty: false, maxCharacters: 255, lines: 'one', isLink: false },
    ...asDocumented,
  },
  calendar_id: { label: 'Calendar', form: 'details', input: { kind: 'calendar' }, ...asDocumented },
  location: { label: 'Location', form: 'details', input: text('one'), ...asDocumented },
  url: { label: 'URL', form: 'details', input: link, ...asDocumented },
  author_id: { label: 'Author', form: 'details', input: { kind: 'user' }, ...asDocumented },
  description: { label: 'Description', form: 'text', input: text('many'), ...asDocumented },
  content: { label: 'Content', form: 'text', input: text('many'), ...asDocumented },
  registration_enabled: {
    label: 'Registration enabled',
    form: 'alerts',
    input: { kind: 'flag' },
    ...refusedAsShipped,
  },
  registration_deadline: {
    label: 'Registration deadline',
    form: 'alerts',
    input: { kind: 'time', mayBeEmpty: true },
    ...refusedAsShipped,
  },
  notifications_enabled: { label: 'Notifications enabled', form: 'alerts', input: { kind: 'flag' }, ...asDocumented },
  notifications_interval: {
    label: 'Notification interval',
    form: 'alerts',
    input: { kind: 'set', choices: INTERVALS },
    ...refusedAsShipped,
  },
  notifications_channels: {
    label: 'Notification channels',
    form: 'alerts',
    input: { kind: 'set', choices: CHANNELS },
    ...refusedAsShipped,
  },
};

/** The titles of the forms. */
export const FORMS: Readonly<Record<Form, string>> = {
  schedule: 'Schedule',
  details: 'Details',
  text: 'Text',
  alerts: 'Sign-up and alerts',
};

const isForm = (key: string): key is Form => Object.hasOwn(FORMS, key);

/** The form called `key`, or null if there is none. */
export const formNamed = (key: string): Form | null => (isForm(key) ? key : null);

const isField = (key: string): key is Field => Object.hasOwn(FIELDS, key);

/** All field names, in display order. */
export const FIELD_NAMES: readonly Field[] = Object.keys(FIELDS).filter(isField);

/** The field called `key` by PERSCOM, or null if it is none of the 16. */
export const fieldNamed = (key: string): Field | null => (isField(key) ? key : null);

/** The fields of one form, in display order; at most five, as a Discord modal holds no more. */
export const fieldsOf = (form: Form): readonly Field[] => FIELD_NAMES.filter((field) => FIELDS[field].form === form);

/** The label of a set's member, or the member itself where PERSCOM has one that we do not know. */
export const labelOf = (choices: readonly Choice[], value: string): string =>
  choices.find((choice) => choice.value === value)?.label ?? value;
