import type { Code, Emphasis, Heading, Image, InlineCode, Link, Strong, Table, Text } from 'mdast';
import { defaultHandlers, type Handle, type Options, toMarkdown } from 'mdast-util-to-markdown';
import { readHtml } from '../domain/texts/html-markdown.ts';
import { isHtml } from '../domain/texts/html-tags.ts';
import { tidyText } from '../domain/value.ts';
import { fenced, letters, linkTarget } from './text.ts';

/** A handler of a part that begins and ends with `mark`. Its beginning is known without writing the part. */
const marked = (markOf: (node: Strong | Emphasis) => string): Handle =>
  Object.assign<Handle, object>(
    (node: Strong, _parent, state, info) => {
      const mark = markOf(node);
      return `${mark}${state.containerPhrasing(node, { ...info, before: mark, after: mark })}${mark}`;
    },
    { peek: (node: Strong) => markOf(node) },
  );

/** A web address, without what a sentence puts behind it. */
const ADDRESS = /https?:\/\/[^\s<>]*[^\s<>.,;:!?)\]'"*_~|]/gi;

/** Words letter by letter, with the web addresses among them as links, as escaping would break those. */
function words(text: string): string {
  let written = '';
  let end = 0;
  for (const { 0: address, index } of text.matchAll(ADDRESS)) {
    const target = linkTarget(address);
    if (target === null || /@(?:everyone|here)/i.test(target)) continue;
    written += `${letters(text.slice(end, index))}<${target}>`;
    end = index + address.length;
  }
  return written + letters(text.slice(end));
}

/** Words with the address that they lead to, as a link that names none could lead anywhere. */
function withAddress(name: string, url: string): string {
  const target = linkTarget(url);
  if (name === words(url) || name === '') return target === null ? letters(url) : `<${target}>`;
  return `${name} (${target === null ? letters(url.replace(/^mailto:/i, '')) : `<${target}>`})`;
}

const heading: Handle = (node: Heading, parent, state, info) => {
  if (node.children.length === 0) return '';
  if (node.depth <= 3) return defaultHandlers.heading(node, parent, state, info);
  return `**${state.containerPhrasing(node, { ...info, before: '*', after: '*' })}**`;
};

const code: Handle = ({ value }: Code) => (value === '' ? '' : `\`\`\`\n${fenced(value)}\n\`\`\``);

const inlineCode: Handle = ({ value }: InlineCode) => (value.includes('`') ? letters(value) : `\`${value}\``);

const table: Handle = ({ children }: Table, _parent, state, info) =>
  children
    .filter((row) => row.children.some((cell) => cell.children.length > 0))
    .map((row) => row.children.map((cell) => state.containerPhrasing(cell, info)).join(' · '))
    .join('\n');

/** What Discord draws, which is less than Markdown, and all text letter by letter. */
const DISCORD: Options = {
  bullet: '-',
  listItemIndent: 'one',
  handlers: {
    text: ({ value, data }: Text) => (data?.isBlank === true ? '' : words(value)),
    strong: marked(({ data }) => (data !== undefined && 'isUnderline' in data ? '__' : '**')),
    emphasis: marked(() => '*'),
    delete: marked(() => '~~'),
    break: () => '\n',
    link: (node: Link, _parent, state, info) => withAddress(state.containerPhrasing(node, info), node.url),
    image: ({ alt, url }: Image) => withAddress(letters(alt ?? ''), url),
    heading,
    code,
    inlineCode,
    table,
    thematicBreak: () => '———',
  },
};

/**
 * A text of PERSCOM's, HTML or plain, as readable text for a message: no tags, entities decoded, links with their addresses,
 * lists, headings and emphasis as Discord draws them. What the text itself says is shown letter by letter: it marks nothing up
 * and mentions nobody. Not shortened; empty for nothing.
 */
export function readableText(value: string | null): string {
  const text = tidyText(value ?? '');
  const readable = isHtml(text) ? toMarkdown(readHtml(text), DISCORD) : words(text);
  return readable.replaceAll(/```[\s\S]*?```|\n{3,}/g, (found) => (found.startsWith('`') ? found : '\n\n')).trim();
}
