import { toMarkdown } from './html-markdown.ts';
import { toHtml } from './markdown-html.ts';
import { tidyText } from './value.ts';

/** Whether HTML comes back as it was, letter by letter, from being shown as Markdown. */
export const survives = (html: string): boolean => toHtml(toMarkdown(html), html) === tidyText(html);
