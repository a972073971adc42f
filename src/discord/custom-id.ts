import { z } from 'zod';
import { type Field, FORM_NAMES, fieldNamed } from '../domain/field.ts';

/** Raised whenever the meaning of an id changes, so that a button of an older version is told apart from a new one. */
const VERSION = '1';

const page = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);
const eventId = page.refine((n) => n > 0);
const form = z.enum(FORM_NAMES);
const id = z.string().regex(/^[A-Za-z0-9-]{1,36}$/);

/** What a button, a select or a modal can ask for, with what its id carries. */
const ARGUMENTS = {
  /** Open a form of an event. */
  'open-form': z.tuple([eventId, form]),
  /** Choose which form of an event to open. */
  'choose-form': z.tuple([eventId]),
  /** Reopen a form with a draft. */
  'fix-draft': z.tuple([id]),
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
  'keep-ours': z.tuple([id]),
  'keep-theirs': z.tuple([id]),
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

/** The id chosen in a select whose values are ids, or null if there is none. */
export function chosenId(values: readonly string[]): number | null {
  const parsed = eventId.safeParse(values[0]);
  return parsed.success ? parsed.data : null;
}

/** The custom id of a modal's input: its field, and the mark of what it shows. */
export const inputId = (field: Field, mark: string): string => `${field}:${mark}`;

/** The field and mark of a modal's input, or null if it is none of ours. */
export function parseInputId(customId: string): { readonly field: Field; readonly mark: string } | null {
  const [name, mark] = customId.split(':');
  const field = fieldNamed(name ?? '');
  return field === null || mark === undefined ? null : { field, mark };
}
