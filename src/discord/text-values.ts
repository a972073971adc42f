import type { FieldValue } from '../domain/field.ts';
import { toMarkdown } from '../domain/texts/html-markdown.ts';
import { hasUnseen, isHtml } from '../domain/texts/html-tags.ts';
import { tidyText } from '../domain/value.ts';
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

/** How many units two texts begin with in common. */
function commonLength(a: string, b: string): number {
  let same = 0;
  while (same < a.length && a[same] === b[same]) same += 1;
  return same;
}

/** From where two texts are worth showing: shortly before they differ, and not within a tag or a character. */
function startOfDifference(a: string, b: string): number {
  const start = Math.max(0, commonLength(a, b) - COMMON_CHARACTERS);
  const tag = a.lastIndexOf('<', start);
  if (tag > a.lastIndexOf('>', start - 1)) return tag;
  return /[\udc00-\udfff]/.test(a[start] ?? '') ? start - 1 : start;
}

/** The different texts among `values`, tidied: those that mean the same count as one. */
const textsIn = (values: readonly FieldValue[]): readonly string[] => [
  ...new Set(values.filter((value) => typeof value === 'string').map(tidyText)),
];

/** A part of a text, as its words or as HTML. */
type Excerpt = { readonly start: number; readonly isMarkup: boolean };

/** What shows in which way texts differ: from where the first of them does, as HTML if only that does. */
function excerptOf([first = '', ...others]: readonly string[]): Excerpt {
  const start = Math.min(...others.map((other) => startOfDifference(first, other)));
  const wordsOf = (text: string): string => plain(writtenSource(text.slice(start)), SHOWN_CHARACTERS);
  const words = wordsOf(first);
  return { start, isMarkup: others.every((other) => wordsOf(other) === words) };
}

function sourceOf(text: string, { start, isMarkup }: Excerpt): string {
  const source = text.slice(start);
  return `${start === 0 ? '' : '…'}${isMarkup ? source : writtenSource(source)}`;
}

const quoteExcerpt = (text: string, excerpt: Excerpt): string =>
  `${quote(sourceOf(tidyText(text), excerpt), text)}${excerpt.isMarkup ? '' : unseenIn(text)}`;

/** Whether no two of `texts` look the same by what a line shows of them. */
const lookApart = (texts: readonly string[], sourceFor: (text: string) => string): boolean =>
  new Set(texts.map((text) => plain(sourceFor(text), SHOWN_CHARACTERS))).size === texts.length;

/** The one of the other `texts` that differs from `text` last. */
function nearestTo(text: string, texts: readonly string[]): string {
  const others = texts.filter((other) => other !== text);
  return others.reduce((a, b) => (commonLength(text, b) > commonLength(text, a) ? b : a), others[0] ?? text);
}

/**
 * Shows values of a text that stand beside each other so that they can be told apart: in quotes from where the first of them
 * differ, as HTML if only that does; or, where that is not enough, each from where it differs from the one most like it. Kinds
 * of line breaks do not count.
 */
export function showDifference(
  values: readonly FieldValue[],
  show: (value: FieldValue) => string,
): (value: FieldValue) => string {
  const texts = textsIn(values);
  if (lookApart(texts, writtenSource)) return show;
  const excerpt = excerptOf(texts);
  const isEnough = texts.length === 2 || lookApart(texts, (text) => sourceOf(text, excerpt));
  return (value) => {
    if (typeof value !== 'string') return show(value);
    return isEnough
      ? quoteExcerpt(value, excerpt)
      : showDifference([value, nearestTo(tidyText(value), texts)], show)(value);
  };
}
