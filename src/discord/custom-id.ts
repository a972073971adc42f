import { z } from 'zod';
import { fieldNamed } from '../domain/field.ts';

/** Raised whenever the meaning of an id changes, so that a button of an older version is told apart from a new one. */
const VERSION = '1';

const eventId = z.coerce.number().int().positive();
const editId = eventId;
const page = z.coerce.number().int().min(0);
const revision = page;
const form = z.enum(['schedule', 'details', 'text', 'alerts']);
const id = z.string().regex(/^[A-Za-z0-9_-]{1,40}$/);

/** Ids of one action: `of` writes `action:version:arguments`, at most 100 characters; `parse` reads the arguments back. */
export type IdCodec<Args extends readonly (string | number)[]> = {
  readonly action: string;
  of(...args: Args): string;
  parse(args: readonly string[]): Args | null;
};

function codec<Args extends readonly (string | number)[]>(action: string, schema: z.ZodType<Args>): IdCodec<Args> {
  return {
    action,
    of: (...args) => [action, VERSION, ...args].join(':'),
    parse: (args) => {
      const parsed = schema.safeParse(args);
      return parsed.success ? parsed.data : null;
    },
  };
}

/** Every action that a button, a select or a modal can ask for, with what its id carries. */
export const IDS = {
  /** Open a form of an event. */
  openForm: codec('form', z.tuple([eventId, form])),
  /** Choose which form of an event to open. */
  chooseForm: codec('forms', z.tuple([eventId])),
  /** Reopen a form with a draft. */
  fixDraft: codec('fix', z.tuple([id])),
  /** The modal of a form; the last argument is its snapshot's key. */
  submitForm: codec('submit', z.tuple([eventId, form, id])),
  /** Show a page of calendars to choose from. */
  listCalendars: codec('calendars', z.tuple([eventId, page])),
  /** Choose a calendar from a select. */
  chooseCalendar: codec('calendar', z.tuple([eventId])),
  viewQueue: codec('queue', z.tuple([])),
  turnQueue: codec('queue-page', z.tuple([page])),
  /** Take back an edit chosen from a select on a page of the board. */
  removeEdit: codec('remove', z.tuple([page])),
  askClear: codec('clear-ask', z.tuple([])),
  clearQueue: codec('clear', z.tuple([revision])),
  previewFlush: codec('flush', z.tuple([])),
  turnPreview: codec('preview-page', z.tuple([id, page])),
  sendFlush: codec('send', z.tuple([id])),
  sendRest: codec('rest', z.tuple([id])),
  keepOurs: codec('ours', z.tuple([id])),
  keepTheirs: codec('theirs', z.tuple([id])),
  /** Leave without doing anything. */
  cancel: codec('cancel', z.tuple([])),
} as const;

/** An edit chosen in a select. */
export const chosenEdit = editId;

/** A calendar chosen in a select. */
export const chosenCalendar = eventId;

/** The action and arguments of a custom id of this version, or null. */
export function splitCustomId(customId: string): { readonly action: string; readonly args: readonly string[] } | null {
  const [action, version, ...args] = customId.split(':');
  return action === undefined || version !== VERSION ? null : { action, args };
}

/** Inputs of a modal are named for their field. */
export const fieldOfInput = fieldNamed;
