import { FIELDS, type Field, type FieldValue, MAX_TEXT_BYTES } from '../field.ts';
import { err, ok, type Result } from '../result.ts';
import { tidyText } from '../value.ts';
import { toMarkdown } from './html-markdown.ts';
import { isHtml } from './html-tags.ts';
import { countLetters, parseHtml } from './html-tree.ts';
import { mannerOf } from './manner.ts';
import { toHtml } from './markdown-html.ts';

/** The longest text that a Discord text input takes, in UTF-16 units (Discord docs, Text Input). */
export const MAX_INPUT_LENGTH = 4000;

/** How the input of a text is written: as it is, as Markdown that stands for HTML, or as HTML. */
export const SYNTAXES = ['plain', 'markdown', 'html'] as const;

/** One of these. */
export type Syntax = (typeof SYNTAXES)[number];

/** What the input of a text shows. */
export type ShownText = {
  readonly syntax: Syntax;
  /** What the input holds; empty where the text does not fit in. */
  readonly text: string;
  readonly isTooLong: boolean;
};

/** Whether a field's text may be HTML: a description or a content. */
export function isRich(field: Field): boolean {
  const { input } = FIELDS[field];
  return input.kind === 'text' && input.lines === 'many';
}

/** Whether Markdown is what somebody would write: a blank or a letter written as a number is not. */
const readsWell = (markdown: string): boolean => !/&#x[\da-f]+;/i.test(markdown);

const fits = (text: string): boolean => text.length <= MAX_INPUT_LENGTH;

/** Whether HTML comes back as it was, letter by letter, from being shown as `markdown`. */
export const survives = (html: string, markdown: string): boolean => toHtml(markdown, html) === tidyText(html);

const TOO_LONG = { text: '', isTooLong: true } as const;

/** Long HTML is looked at before it is converted, as that takes far longer. */
function showHtml(html: string): ShownText {
  if (!fits(html) && countLetters(parseHtml(html)) > MAX_INPUT_LENGTH) return { syntax: 'markdown', ...TOO_LONG };
  const markdown = toMarkdown(html);
  if (fits(markdown) && readsWell(markdown) && survives(html, markdown))
    return { syntax: 'markdown', text: markdown, isTooLong: false };
  return fits(html) ? { syntax: 'html', text: html, isTooLong: false } : { syntax: 'markdown', ...TOO_LONG };
}

/**
 * What the input of `field` shows of `value`: HTML as Markdown where nothing would be lost by it, else as it is. In an empty
 * text that may be HTML, Markdown is written.
 */
export function showText(field: Field, value: FieldValue): ShownText {
  const text = tidyText(value === null ? '' : String(value));
  if (isRich(field) && isHtml(text)) return showHtml(text);
  const syntax = text === '' && isRich(field) ? 'markdown' : 'plain';
  return fits(text) ? { syntax, text, isTooLong: false } : { syntax, ...TOO_LONG };
}

/** A file that was uploaded for a text. */
export type TextFile = { readonly name: string; readonly text: string };

/** Why a file that was uploaded cannot be taken. */
export type FileError =
  | { readonly kind: 'file-not-read'; readonly name: string }
  | { readonly kind: 'file-too-large'; readonly name: string; readonly maxBytes: number }
  | { readonly kind: 'not-a-text-file'; readonly name: string };

/** Why a text cannot be taken. */
export type TextError =
  | FileError
  /** `isLong` where the form does not show the text that the file would empty. */
  | { readonly kind: 'empty-file'; readonly name: string; readonly isLong: boolean }
  | { readonly kind: 'typed-and-uploaded'; readonly name: string }
  | { readonly kind: 'too-many-bytes'; readonly bytes: number; readonly maxBytes: number };

/** What becomes of texts that a form cannot show: something is added behind them or takes their place, or one of them goes. */
export const LONG_TEXTS = ['append', 'replace', 'empty-description', 'empty-content'] as const;

/** One of these. */
export type LongTexts = (typeof LONG_TEXTS)[number];

/** What came with a form for its texts, besides what was typed. */
export type TextAnswers = {
  readonly longTexts: LongTexts;
  readonly files: ReadonlyMap<Field, Result<TextFile, FileError>>;
};

/** A form that asks for its inputs only. Nothing that cannot be seen is replaced. */
export const NO_ANSWERS: TextAnswers = { longTexts: 'append', files: new Map() };

/** The kinds of file that are taken, by the ends of their names. */
export const FILE_TYPES = ['.md', '.txt', '.html'] as const;

/** What a file is to be stored as: HTML as it is, other text as if it had been typed. */
const fromFile = ({ name, text }: TextFile, { syntax }: ShownText, like: string): string =>
  /\.html$/i.test(name) || syntax === 'plain' ? tidyText(text) : toHtml(text, like);

const append = (text: string, added: string): string =>
  `${text}${isHtml(text) ? mannerOf(text).between : '\n\n'}${added}`;

/** A text that a form shows: its value, and what the input holds of it. */
export type TextOnForm = { readonly field: Field; readonly shown: FieldValue; readonly text: ShownText };

/** Whether a text that the form cannot show is to go, which nobody can say in its input. */
export const isEmptied = (
  { field, text }: Pick<TextOnForm, 'field'> & { readonly text: ShownText | null },
  { longTexts }: TextAnswers,
): boolean => text?.isTooLong === true && longTexts === `empty-${field}`;

/** What was typed into the input of a text, or uploaded for it, or both. */
export type TextInput = { readonly typed: string; readonly isTyped: boolean };

type Added = Result<string, TextError>;

function addedBy({ typed, isTyped }: TextInput, files: TextAnswers['files'], of: TextOnForm): Added {
  const { field, shown, text: present } = of;
  const like = tidyText(String(shown ?? ''));
  const uploaded = files.get(field);
  if (uploaded === undefined) return ok(present.syntax === 'markdown' && typed !== '' ? toHtml(typed, like) : typed);
  if (!uploaded.ok) return uploaded;
  const { name } = uploaded.value;
  if (isTyped) return err({ kind: 'typed-and-uploaded', name });
  const text = fromFile(uploaded.value, present, like);
  return text === '' ? err({ kind: 'empty-file', name, isLong: present.isTooLong }) : ok(text);
}

/** The value of a text after what was typed and uploaded; null for an empty one. */
export function parseRichText(
  of: TextOnForm,
  input: TextInput,
  answers: TextAnswers,
): Result<string | null, TextError> {
  const added = addedBy(input, answers.files, of);
  if (!added.ok) return added;
  const isAdded = of.text.isTooLong && answers.longTexts !== 'replace' && !isEmptied(of, answers);
  const value = isAdded ? append(String(of.shown), added.value) : added.value;
  const bytes = new TextEncoder().encode(value).length;
  if (bytes > MAX_TEXT_BYTES) return err({ kind: 'too-many-bytes', bytes, maxBytes: MAX_TEXT_BYTES });
  return ok(value === '' ? null : value);
}
