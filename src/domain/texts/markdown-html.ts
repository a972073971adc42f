import { tidyText } from '../value.ts';
import { BLANK_LINE } from './html-markdown.ts';
import { type Manner, mannerOf } from './manner.ts';
import { createReader, MAX_NESTING } from './markdown-reader.ts';

type Token = ReturnType<typeof reader.parse>[number];
type Tokens = readonly Token[];

const reader = createReader();

const escapeTags = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const writeText = (text: string, { quote, apostrophe, noBreakSpace }: Manner): string =>
  escapeTags(text).replaceAll('"', quote).replaceAll("'", apostrophe).replaceAll('\u00a0', noBreakSpace);

const attribute = (name: string, value: string | number | null): string =>
  value === null || value === '' ? '' : ` ${name}="${escapeTags(String(value)).replaceAll('"', '&quot;')}"`;

const pair = (token: Token, tag: string): string => (token.nesting === 1 ? `<${tag}>` : `</${tag}>`);

function writeLink(token: Token, { beforeHref, behindHref }: Manner): string {
  const href = attribute('href', token.attrGet('href')).trimStart();
  return `<a ${beforeHref}${href}${attribute('title', token.attrGet('title'))}${behindHref}>`;
}

function writeCode({ content, info }: Token): string {
  const name = info === '' ? '' : `language-${info}`;
  return `<pre><code${attribute('class', name)}>${escapeTags(content.replace(/\n$/, ''))}</code></pre>`;
}

const writeImage = (token: Token): string =>
  `<img${attribute('src', token.attrGet('src'))} alt="${escapeTags(token.content).replaceAll('"', '&quot;')}"${attribute('title', token.attrGet('title'))}>`;

const isBlankLine = (token: Token | undefined): boolean => token?.content === BLANK_LINE;

function writeParagraph(tokens: Tokens, index: number, manner: Manner): string {
  const token = tokens[index];
  if (token === undefined || (token.hidden && !manner.hasItemParagraphs)) return '';
  if (token.nesting === 1) return isBlankLine(tokens[index + 1]) ? manner.blank.replace('</p>', '') : '<p>';
  return '</p>';
}

/** Tags without words of their own; blocks of lists on lines of their own where that is the manner. */
function writeTag(token: Token, { breaksItems }: Manner): string {
  const attributes = (token.attrs ?? []).map(([name, value]) => attribute(name, value)).join('');
  const tag = token.nesting === -1 ? `</${token.tag}>` : `<${token.tag}${attributes}>`;
  const isBroken = breaksItems && /^(?:bullet_list_open|ordered_list_open|list_item_close)$/.test(token.type);
  return isBroken ? `${tag}\n` : tag;
}

function writeInline(token: Token, manner: Manner): string {
  switch (token.type) {
    case 'text':
    case 'text_special':
      return writeText(token.content, manner);
    case 'softbreak':
    case 'hardbreak':
      return manner.lineBreak;
    case 'code_inline':
      return `<code>${writeText(token.content, manner)}</code>`;
    case 'strong_open':
    case 'strong_close':
      return pair(token, token.markup === '__' ? 'u' : manner.strong);
    case 'em_open':
    case 'em_close':
      return pair(token, manner.em);
    case 's_open':
    case 's_close':
      return pair(token, manner.strike);
    case 'link_open':
      return writeLink(token, manner);
    case 'image':
      return writeImage(token);
    default:
      return writeTag(token, manner);
  }
}

function writeToken(tokens: Tokens, index: number, manner: Manner): string {
  const token = tokens[index];
  if (token === undefined) return '';
  switch (token.type) {
    case 'paragraph_open':
    case 'paragraph_close':
      return writeParagraph(tokens, index, manner);
    case 'inline':
      if (isBlankLine(token)) return '';
      return (token.children ?? []).map((child) => writeInline(child, manner)).join('');
    case 'fence':
      return writeCode(token);
    case 'hr':
      return manner.rule;
    default:
      return writeTag(token, manner);
  }
}

/** Each block with what is in it. */
function writeBlocks(tokens: Tokens, manner: Manner): readonly string[] {
  const blocks: string[] = [];
  let block = '';
  for (const [index, token] of tokens.entries()) {
    block += writeToken(tokens, index, manner);
    if (token.level > 0 || token.nesting === 1 || token.type === 'inline') continue;
    blocks.push(block);
    block = '';
  }
  return blocks;
}

/** Text of which nothing is read but where its lines end. */
const writePlain = (text: string, manner: Manner): readonly string[] =>
  text.split(/\n{2,}/).map((part) => `<p>${writeText(part, manner).replaceAll('\n', manner.lineBreak)}</p>`);

/**
 * Markdown as HTML, in the manner of `like`. Typed HTML is text; links lead to the web or to mail. What is nested deeper than
 * anybody writes is text too, rather than lost.
 */
export function toHtml(markdown: string, like = ''): string {
  const manner = mannerOf(like);
  const text = tidyText(markdown);
  const tokens = reader.parse(text, {});
  const isTooDeep = tokens.some(({ level }) => level >= MAX_NESTING - 1);
  return (isTooDeep ? writePlain(text, manner) : writeBlocks(tokens, manner)).join(manner.between);
}
