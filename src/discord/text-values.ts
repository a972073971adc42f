import type { FieldValue } from '../domain/field.ts';
import { toMarkdown } from '../domain/texts/html-markdown.ts';
import { hasUnseen, isHtml } from '../domain/texts/html-tags.ts';
import { count, plain } from './text.ts';

/** How much of a text a line shows. */
export const SHOWN_CHARACTERS = 120;

/** As much HTML as what is shown of it can come from. */
const READ_CHARACTERS = 2_000;

/** How much of what two texts have in common is shown before they differ. */
const COMMON_CHARACTERS = 20;

/** A line that stands for an empty paragraph says nothing where lines are not drawn. */
const BLANK_LINES = /^\\(?:\n|$)/gm;

/** The beginning of a text as people would write it: HTML as Markdown. */
export const writtenSource = (text: string): string =>
  isHtml(text) ? toMarkdown(text.slice(0, READ_CHARACTERS)).replaceAll(BLANK_LINES, '') : text;

/** The beginning of `source` in quotes, with the size of the `whole` text if that is not all. */
export function quote(source: string, whole: string): string {
  const isCut = whole.length > SHOWN_CHARACTERS;
  const size = isCut ? ` (${count([...whole].length, 'character')})` : '';
  return `“${plain(source, SHOWN_CHARACTERS)}”${size}`;
}

/** Says so where HTML holds what no reader of its words would see; sending that is no secret. */
const unseenIn = (text: string): string => (isHtml(text) && hasUnseen(text) ? ' (and HTML that is not shown)' : '');

/** The beginning of a text in quotes, as people would write it, with its size if that is not all. */
export const quoteText = (text: string): string => `${quote(writtenSource(text), text)}${unseenIn(text)}`;

/** From where two texts are worth showing: shortly before they differ, and not within a tag or a character. */
function startOfDifference(a: string, b: string): number {
  let same = 0;
  while (same < a.length && a[same] === b[same]) same += 1;
  const start = Math.max(0, same - COMMON_CHARACTERS);
  const tag = a.lastIndexOf('<', start);
  if (tag > a.lastIndexOf('>', start - 1)) return tag;
  return /[\udc00-\udfff]/.test(a[start] ?? '') ? start - 1 : start;
}

/** Two values of a text in quotes, so that they do not look the same: from where they differ, as HTML if only that does. */
export function showDifference(
  from: FieldValue,
  to: FieldValue,
  show: (value: FieldValue) => string,
): readonly [string, string] {
  if (typeof from !== 'string' || typeof to !== 'string') return [show(from), show(to)];
  const beginsAlike = plain(writtenSource(from), SHOWN_CHARACTERS) === plain(writtenSource(to), SHOWN_CHARACTERS);
  if (!beginsAlike) return [show(from), show(to)];
  const start = startOfDifference(from, to);
  const cut = (text: string): string => `${start === 0 ? '' : '…'}${text}`;
  const [old, wanted] = [from.slice(start), to.slice(start)];
  const isMarkupOnly = writtenSource(old) === writtenSource(wanted);
  const source = (text: string): string => cut(isMarkupOnly ? text : writtenSource(text));
  const unseen = (text: string): string => (isMarkupOnly ? '' : unseenIn(text));
  return [`${quote(source(old), from)}${unseen(from)}`, `${quote(source(wanted), to)}${unseen(to)}`];
}
