import { z } from 'zod';
import { type Field, FORM_NAMES, type Form, fieldNamed } from '../domain/field.ts';
import { TIME_FIELDS, type TimeField } from '../domain/shift.ts';
import { DATE_ORDERS } from '../domain/times/typed-time.ts';
import { isZone } from '../domain/zones/zone.ts';

/** Raised whenever the meaning of an id changes, so that a button of an older version is told apart from a new one. */
const VERSION = '1';

/** The year 10000, which no timestamp of Discord's or PERSCOM's takes. */
const MAX_SECONDS = 253_402_300_800;

const page = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);
const number = z
  .string()
  .regex(/^[1-9]\d{0,14}$/)
  .transform(Number);
const numbers = z.array(number);
const eventId = number;
const form = z.enum(FORM_NAMES);
const id = z.string().regex(/^[A-Za-z0-9-]{1,36}$/);
const fieldName = z.string().transform((name, context): Field => {
  const known = fieldNamed(name);
  if (known !== null) return known;
  context.addIssue('not a field');
  return z.NEVER;
});
const seconds = z
  .string()
  .regex(/^-?\d{1,12}$/)
  .transform(Number)
  .refine((n) => Math.abs(n) < MAX_SECONDS);
const order = z.enum([...DATE_ORDERS, 'none']);

/** A page of a list whose filter takes up most of an id. */
const listPage = z
  .string()
  .regex(/^\d{1,3}$/)
  .transform(Number);
const left = z.literal('').transform(() => null);
const calendarId = z.union([left, number]);
const day = z.union([left, z.iso.date()]);

/** The longest IANA names have 32 characters. */
const zone = z.string().max(40).refine(isZone);

/** What moves along with the starts of a shift. */
export const FOLLOWERS = ['ends', 'deadlines'] as const;

/** What a button, a select or a modal can ask for, with what its id carries. */
const ARGUMENTS = {
  /** Open a form of an event. */
  'open-form': z.tuple([eventId, form]),
  /** Choose which form of an event to open. */
  'choose-form': z.tuple([eventId]),
  /** Reopen a form with a draft. */
  'fix-draft': z.tuple([id]),
  /** Open the form of a draft chosen from a select. */
  'open-draft': z.tuple([]),
  /** Take a refused time of a draft for the instant of these seconds since the epoch; it shows an order of day and month, or none. */
  'pick-time': z.tuple([id, fieldName, seconds, order]),
  /** Queue the end of these seconds since the epoch, which an event had before its start moved. */
  'keep-end': z.tuple([eventId, seconds]),
  /** Put what was contested in the place of the edits that were shown with it. */
  'replace-edits': z.tuple([id]),
  /** The modal of a form; the last argument is its snapshot's key. */
  'submit-form': z.tuple([eventId, form, id]),
  /** Show a page of calendars to choose from. */
  'list-calendars': z.tuple([eventId, page]),
  /** Choose a calendar from a select. */
  'choose-calendar': z.tuple([eventId]),
  'view-queue': z.tuple([]),
  'turn-queue': z.tuple([page]),
  /** Take back an edit chosen from the select on a page of the board. */
  'take-back': z.tuple([page]),
  'ask-discard': z.tuple([]),
  /** Discard the queue as it was at a revision. */
  'discard-queue': z.tuple([page]),
  'preview-flush': z.tuple([]),
  'turn-preview': z.tuple([id, page]),
  'send-flush': z.tuple([id]),
  'send-rest': z.tuple([id]),
  'halve-flush': z.tuple([id]),
  /** Choose one of the conflicts on a preview, to resolve it alone. */
  'choose-conflict': z.tuple([id]),
  /** Settle the conflict of an edit of a preview, or all of them at edit 0. */
  'keep-ours': z.tuple([id, page]),
  'keep-theirs': z.tuple([id, page]),
  /** Take the edits of events that are gone out of the queue. */
  'drop-gone': z.tuple([id]),
  /** Open the form of a refused edit chosen from a select. */
  'fix-edit': z.tuple([]),
  /** Find out what became of unknown flushes, without waiting any longer for what they sent. */
  'settle-flush': z.tuple([]),
  /** Leave the queue at a revision to be sent when PERSCOM is back. */
  'leave-waiting': z.tuple([page]),
  'stop-waiting': z.tuple([id]),
  'turn-history': z.tuple([page]),
  /** Open a flush chosen from the select on a page of the history. */
  'show-flush': z.tuple([page]),
  /** Show a page of a flush, opened from a page of the history. */
  'turn-flush': z.tuple([id, page, page]),
  'undo-flush': z.tuple([id]),
  /** Show a page of how the undo of a flush stands. */
  'turn-undo': z.tuple([id, page]),
  'turn-shift': z.tuple([id, page]),
  /** Choose which ops of a shift are moved, of those on a page: so many, from one on. */
  'choose-shifted': z.tuple([id, listPage, listPage, listPage]),
  /** Choose a time for an op on a page of a shift, in the place of one that clocks skip or double. */
  'settle-shifted': z.tuple([id, page]),
  /** Leave what moves along with the starts where it is, or have it move. */
  'toggle-shift': z.tuple([id, z.enum(FOLLOWERS), page]),
  'queue-shift': z.tuple([id]),
  /** Put the ops of a shift that were contested in the place of the edits that were in their way. */
  'replace-shifted': z.tuple([id]),
  /** Show the ops of a shift anew that were left alone as the queue had changed. */
  'renew-shift': z.tuple([id]),
  /** Ask for a shift again with a candidate of what was refused. */
  'shift-instead': z.tuple([id, page]),
  /** Ask how far to move the events chosen from a select, or those that were chosen before. */
  'shift-chosen': z.tuple([]),
  'ask-shift': z.tuple([id]),
  /** The modal that asks it. */
  'submit-shift': z.tuple([id]),
  /** Show a page of the events of a calendar, between two days, whose names contain the rest, in which `:` may stand. */
  'turn-list': z.tuple([listPage, calendarId, day, day], z.string()),
  /** Show the first page of such a list, whose days were chosen with the day or the month first. */
  'pick-days': z.tuple([z.enum(['day', 'month']), calendarId, day, day], z.string()),
  /** Show an event chosen from a select. */
  'show-event': z.tuple([]),
  /** Show a page of an event. */
  'turn-event': z.tuple([eventId, listPage]),
  /** Set the unit's zone. */
  'set-unit-zone': z.tuple([zone]),
  /** Set one's own zone, and the order of day and month with it: `ask` is none, `keep` the one that is set. */
  'set-own-zone': z.tuple([zone, z.enum([...DATE_ORDERS, 'ask', 'keep'])]),
  'forget-zone': z.tuple([]),
  /** Leave without doing anything. */
  cancel: z.tuple([]),
} as const;

/** The name of an action. */
export type ActionName = keyof typeof ARGUMENTS;

type Arguments = { readonly [Name in ActionName]: z.output<(typeof ARGUMENTS)[Name]> };

/** What the id of an action carries. */
export type ArgumentsOf<Name extends ActionName> = Arguments[Name];

const schemas: { readonly [Name in ActionName]: z.ZodType<Arguments[Name]> } = ARGUMENTS;

/** A custom id, `action:version:arguments`, of at most 100 characters. */
export const customId = <Name extends ActionName>(name: Name, ...args: ArgumentsOf<Name>): string =>
  [name, VERSION, ...args].join(':');

const isActionName = (name: string): name is ActionName => Object.hasOwn(ARGUMENTS, name);

/** The action of a custom id of this version, and its arguments as text; null if there is no such action. */
export function splitCustomId(
  customId: string,
): { readonly name: ActionName; readonly args: readonly string[] } | null {
  const [name, version, ...args] = customId.split(':');
  return name !== undefined && version === VERSION && isActionName(name) ? { name, args } : null;
}

/** The arguments of an action, or null if they are not of its shape. */
export function parseArguments<Name extends ActionName>(name: Name, args: readonly string[]): ArgumentsOf<Name> | null {
  const parsed = schemas[name].safeParse(args);
  return parsed.success ? parsed.data : null;
}

const formOf = z.tuple([eventId, form]);

/** The value of an option that means a form of an event. */
export const formOption = (eventId: number, form: Form): string => `${eventId}:${form}`;

/** The form of an event chosen in a select, or null if there is none. */
export function chosenForm(values: readonly string[]): { readonly eventId: number; readonly form: Form } | null {
  const parsed = formOf.safeParse(values[0]?.split(':'));
  return parsed.success ? { eventId: parsed.data[0], form: parsed.data[1] } : null;
}

/** The draft or flush chosen in a select, or null if there is none. */
export const chosenId = (values: readonly string[]): string | null => id.safeParse(values[0]).data ?? null;

/** The edit, calendar or event, by its number, chosen in a select, or null if there is none. */
export const chosenNumber = (values: readonly string[]): number | null => number.safeParse(values[0]).data ?? null;

/** The events chosen in a select, by their numbers. */
export const chosenNumbers = (values: readonly string[]): readonly number[] => numbers.safeParse(values).data ?? [];

const settlement = z.tuple([number, z.enum(TIME_FIELDS), page]);
const settlementOfAll = z.tuple([z.literal('all'), page]);
const anySettlement = z.union([settlement, settlementOfAll]);

/** The value of an option that means candidate `index` for a time of an event. */
export const settlementOption = (eventId: number, field: TimeField, index: number): string =>
  `${eventId}:${field}:${index}`;

/** The value of an option that means candidate `index` for every time that clocks skip or double. */
export const settlementOfAllOption = (index: number): string => `all:${index}`;

/** The candidate for a time of an event, or for all of them, that was chosen in a select, or null if there is none. */
export const chosenSettlement = (values: readonly string[]): z.output<typeof anySettlement> | null =>
  anySettlement.safeParse(values[0]?.split(':')).data ?? null;

/** The custom id of a modal's input: its field, and the mark of what it shows. */
export const inputId = (field: Field, mark: string): string => `${field}:${mark}`;

/** The field and mark of a modal's input, or null if it is none of ours. */
export function parseInputId(customId: string): { readonly field: Field; readonly mark: string } | null {
  const [name, mark] = customId.split(':');
  const field = fieldNamed(name ?? '');
  return field === null || mark === undefined ? null : { field, mark };
}
