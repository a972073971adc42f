import { hash } from 'node:crypto';
import type { Field } from '../domain/field.ts';
import {
  type Snapshot,
  type SnapshotField,
  type Syntaxes,
  type Typed,
  tidyTyped,
  typedOf,
} from '../domain/snapshot.ts';
import { isRich, SYNTAXES, type Syntax } from '../domain/texts/text-field.ts';
import { sameValue } from '../domain/value.ts';

/** The draft that somebody has of a form that they opened, and whether the form shows it. */
export type OwnDraft = { readonly id: string; readonly isShown: boolean };

/** What a form showed, and its author's draft of it, if there was one. */
export type OpenedForm = Snapshot & { readonly draft?: OwnDraft };

/** What forms showed, by a key that a modal carries. In memory only. */
export type Snapshots = {
  /** Remembers what a form shows and answers its key. */
  remember(form: OpenedForm): string;
  /** What the form with this key showed; null if that is forgotten, for instance after a restart. */
  recall(key: string): OpenedForm | null;
};

const MAX_SNAPSHOTS = 2_000;

/** A memory of the latest 2,000 forms; `newId` makes their keys. */
export function createSnapshots(newId: () => string): Snapshots {
  const snapshots = new Map<string, OpenedForm>();
  return {
    remember(form) {
      const key = newId();
      snapshots.set(key, form);
      const [oldest] = snapshots.keys();
      if (snapshots.size > MAX_SNAPSHOTS && oldest !== undefined) snapshots.delete(oldest);
      return key;
    },
    recall: (key) => snapshots.get(key) ?? null,
  };
}

/** What an input holds, and the mark of what it showed when the form was opened. */
export type MarkedInput = { readonly typed: Typed; readonly mark: string };

const digest = (text: string): string => hash('sha256', text, 'base64url').slice(0, 10);

/** The mark of an input that shows `typed`: 10 characters, the same in every process. */
export const markOf = (typed: Typed): string => digest(JSON.stringify(tidyTyped(typed)));

/** Begins the mark of a text that no form can show: its input is empty, and stands for a text all the same. */
const UNSHOWN = '~';

/** Stands before what PERSCOM held, where the form showed a queued value instead, or that value otherwise. */
const BEHIND = '.';

/** Begins the mark of a text that may be HTML: in which syntax its input is written. */
const SIGNS: Readonly<Record<Syntax, string>> = { plain: '=', markdown: '*', html: '<' };

const syntaxOf = (mark: string): Syntax | undefined => SYNTAXES.find((syntax) => mark.startsWith(SIGNS[syntax]));

const withoutSign = (mark: string): string => (syntaxOf(mark) === undefined ? mark : mark.slice(1));

/** Whether two marks are of the same values; those of an older version do not say in which syntax. */
export const isSameMark = (a: string, b: string): boolean => withoutSign(a) === withoutSign(b);

function showInput(snapshot: Snapshot, of: SnapshotField): MarkedInput {
  const { field, shown, live, text } = of;
  const sign = text !== null && isRich(field) ? SIGNS[text.syntax] : '';
  const typed = typedOf(snapshot, of);
  const own = text?.isTooLong === true ? `${UNSHOWN}${digest(String(shown))}` : markOf(typed);
  const isAsHeld = sameValue(live, shown) && text?.syntax !== 'markdown';
  return { typed, mark: `${sign}${own}${isAsHeld ? '' : `${BEHIND}${digest(JSON.stringify(live))}`}` };
}

/**
 * What the inputs of a form show. With its mark an input tells, after a restart too, whether somebody touched it and
 * whether the value, or what PERSCOM holds behind it, has changed since.
 */
export const showInputs = (snapshot: Snapshot): ReadonlyMap<Field, MarkedInput> =>
  new Map(snapshot.fields.map((of) => [of.field, showInput(snapshot, of)]));

/** Whether an input holds something else than it showed when it got its mark. */
export function isTouched({ typed, mark }: MarkedInput): boolean {
  const [own = ''] = withoutSign(mark).split(BEHIND);
  return own.startsWith(UNSHOWN) ? tidyTyped(typed) !== '' : markOf(typed) !== own;
}

/** In which syntax the texts of a form are written, by their marks. */
export const syntaxesIn = (inputs: ReadonlyMap<Field, MarkedInput>): Syntaxes =>
  new Map(
    [...inputs].flatMap(([field, { mark }]) => {
      const syntax = syntaxOf(mark);
      return syntax === undefined ? [] : [[field, syntax] as const];
    }),
  );
