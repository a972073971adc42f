import type { Element, Root, RootContent } from 'hast';
import { Parser } from 'htmlparser2';
import { BLOCKS, DROPPED, isRead, isTag, KEPT, WRAPPERS } from './html-tags.ts';

/** How deep elements may stand in each other; tags beyond are left out, and their text stands where it is. */
const MAX_DEPTH = 20;

/** How many elements a tree may hold, more than 65,535 bytes that people write; tags beyond are left out as well. */
const MAX_ELEMENTS = 3_000;

/** Elements that mean something in these parents only; elsewhere they are blocks like others. */
const PARENTS: Readonly<Record<string, readonly string[]>> = {
  li: ['ul', 'ol'],
  tbody: ['table'],
  thead: ['table'],
  tfoot: ['table'],
  tr: ['table', 'tbody', 'thead', 'tfoot'],
  td: ['tr'],
  th: ['tr'],
};

function propertiesOf(tag: string, attributes: Readonly<Record<string, string>>): Element['properties'] {
  const names = KEPT[tag] ?? [];
  const kept = names.flatMap((name) => {
    const value = attributes[name];
    if (value === undefined || !isRead(tag, name, value)) return [];
    return [name === 'class' ? ['className', value.split(/\s+/)] : [name, value]];
  });
  return Object.fromEntries(kept);
}

const nameOf = (parent: Root | Element): string => (parent.type === 'element' ? parent.tagName : '');

const STRUCTURES = new Set('blockquote h1 h2 h3 h4 h5 h6 hr ol pre table ul'.split(' '));

/** Whether a tag is to be read as any block: it has no meaning where it stands, or none that Markdown could say. */
function isAstray(tag: string, names: readonly string[]): boolean {
  if (BLOCKS.has(tag) || PARENTS[tag]?.includes(names.at(-1) ?? '') === false) return true;
  return STRUCTURES.has(tag) && (names.includes('table') || names.includes('pre'));
}

const isInline = (tag: string): boolean => WRAPPERS.has(tag) || tag === 'br' || tag === 'img';

const isBlock = (tag: string): boolean => BLOCKS.has(tag) || (Object.hasOwn(KEPT, tag) && !isInline(tag));

const isLine = (name: string): boolean => WRAPPERS.has(name) || name === 'td' || name === 'th';

/** Whether a tag is left out within these: a block in a line of text or a cell, or a link in a link. */
const isLeftOut = (tag: string, names: readonly string[]): boolean =>
  (!isInline(tag) && names.some(isLine)) || (tag === 'a' && names.includes('a'));

/** The element that stands for a tag; null where only its content counts. */
function elementFor(
  tag: string,
  attributes: Readonly<Record<string, string>>,
  parents: readonly (Root | Element)[],
): Element | null {
  const names = parents.map(nameOf);
  const tagName = isAstray(tag, names) ? 'div' : tag;
  if (!Object.hasOwn(KEPT, tagName) || isLeftOut(tagName, names)) return null;
  const properties = propertiesOf(tagName, attributes);
  if (tagName === 'a' && properties.href === undefined) return null;
  if (tagName === 'img' && properties.src === undefined) return null;
  return { type: 'element', tagName, properties, children: [] };
}

/** What stands in the place of a tag that is left out: a blank for a block, and what a picture shows. */
const insteadOf = (tag: string, { alt = '' }: Readonly<Record<string, string>> = {}): string =>
  tag === 'img' ? alt : isBlock(tag) ? ' ' : '';

/**
 * HTML as a tree of what is for people: scripts, styles, event handlers and links to anything but the web or mail are left
 * out. In time linear to its length and of bounded depth, whatever it holds; nothing is executed or fetched.
 */
export function parseHtml(html: string): Root {
  const root: Root = { type: 'root', children: [] };
  const parents: (Root | Element)[] = [root];
  /** For every open tag, whether it put an element into the tree. */
  const open: boolean[] = [];
  let dropped = 0;
  let count = 0;
  function write(text: string): void {
    if (dropped > 0 || text === '') return;
    const siblings = parents.at(-1)?.children ?? [];
    const last = siblings.at(-1);
    if (last?.type === 'text') last.value += text;
    else siblings.push({ type: 'text', value: text });
  }
  const parser = new Parser({
    onopentag(tag, attributes) {
      if (DROPPED.has(tag)) dropped += 1;
      if (!isTag(tag)) write(html.slice(parser.startIndex, parser.endIndex + 1));
      const isTooMuch = parents.length > MAX_DEPTH || count === MAX_ELEMENTS;
      const element = dropped > 0 || isTooMuch ? null : elementFor(tag, attributes, parents);
      open.push(element !== null);
      if (element === null) return write(insteadOf(tag, attributes));
      parents.at(-1)?.children.push(element);
      parents.push(element);
      count += 1;
    },
    ontext: write,
    onclosetag(tag, isImplied) {
      if (DROPPED.has(tag)) dropped -= 1;
      if (!isTag(tag) && !isImplied) write(html.slice(parser.startIndex, parser.endIndex + 1));
      if (open.pop() !== true) return write(insteadOf(tag));
      const closed = parents.pop();
      if (WRAPPERS.has(tag) && closed?.children.length === 0) parents.at(-1)?.children.pop();
    },
  });
  parser.end(html);
  return root;
}

/** How many letters, blanks aside, a tree holds with the addresses in it: Markdown of it has no fewer. */
export function countLetters(node: Root | RootContent): number {
  if (node.type === 'text') return node.value.replaceAll(/\s/g, '').length;
  const address = node.type === 'element' ? String(node.properties.href ?? node.properties.src ?? '') : '';
  const children = 'children' in node ? node.children : [];
  return children.reduce((sum, child) => sum + countLetters(child), address.length);
}
