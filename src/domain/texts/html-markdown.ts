import { type Handle as FromHtml, defaultHandlers as fromHtml, toMdast } from 'hast-util-to-mdast';
import type { Root, Strong, Text } from 'mdast';
import { gfmStrikethroughToMarkdown } from 'mdast-util-gfm-strikethrough';
import { gfmTableToMarkdown } from 'mdast-util-gfm-table';
import {
  type AttentionInfo,
  defaultHandlers,
  type Handle,
  type Options,
  toMarkdown as write,
} from 'mdast-util-to-markdown';
import { tidyText } from '../value.ts';
import { parseHtml } from './html-tree.ts';

declare module 'mdast' {
  interface StrongData {
    /** Underlined, which Markdown has not; who writes in chats writes it as `__text__`. */
    isUnderline?: boolean;
  }
  interface TextData {
    /** Stands in an empty paragraph, of which Markdown has none. */
    isBlank?: boolean;
  }
}

/** What stands alone on a line for an empty paragraph. */
export const BLANK_LINE = '\\';

const NO_BREAK_SPACE = '\u00a0';

const isBlank = (text: string): boolean => text === '' || text === NO_BREAK_SPACE;

const paragraph: FromHtml = (state, node) => {
  const made = fromHtml.p(state, node);
  const [only, another] = made?.children ?? [];
  const isEmpty = only === undefined || (another === undefined && only.type === 'text' && isBlank(only.value));
  return isEmpty
    ? { type: 'paragraph', children: [{ type: 'text', value: BLANK_LINE, data: { isBlank: true } }] }
    : made;
};

const underline: FromHtml = (state, node) => ({ ...fromHtml.strong(state, node), data: { isUnderline: true } });

/** Lists are written close: blank lines between items would be lines to scroll past on a phone. */
const item: FromHtml = (state, node) => ({ ...fromHtml.li(state, node), spread: false });
const list: FromHtml = (state, node) => ({ ...fromHtml.ul(state, node), spread: false });

/** What HTML says, as a tree of Markdown's parts. In bounded time and depth. */
export const readHtml = (html: string): Root => {
  const tree = toMdast(parseHtml(html), {
    handlers: { p: paragraph, u: underline, li: item, ul: list, ol: list },
    document: true,
  });
  return tree.type === 'root' ? tree : { type: 'root', children: [] };
};

/** Strong text is always `**text**`, as `__text__` is underlined. */
const attention = ({ data }: Strong): AttentionInfo => ({
  construct: 'strong',
  markers: [data?.isUnderline === true ? '_' : '*'],
  sizes: [2],
});
const strong: Handle = Object.assign<Handle, object>((...args) => defaultHandlers.strong(...args), {
  attention,
  peek: ({ data }: Strong) => (data?.isUnderline === true ? '_' : '*'),
});

/** A line break is a line break, as in a chat; where lines would be empty, and so end a paragraph, it is a backslash too. */
const lineBreak: Handle = (...args) => {
  const written = defaultHandlers.break(...args);
  const [, , , { before }] = args;
  return written.startsWith('\\') && before !== '\n' ? '\n' : written;
};

/** Discord would not bring back every blank that it is given. */
const text: Handle = (node: Text, ...args) =>
  node.data?.isBlank === true ? BLANK_LINE : defaultHandlers.text(node, ...args).replaceAll(NO_BREAK_SPACE, '&nbsp;');

const STYLE: Options = {
  bullet: '-',
  rule: '-',
  listItemIndent: 'one',
  extensions: [gfmStrikethroughToMarkdown(), gfmTableToMarkdown()],
  handlers: { strong, break: lineBreak, text },
};

/** HTML as Markdown for people to read and edit. What Markdown cannot say is left out. */
export const toMarkdown = (html: string): string => tidyText(write(readHtml(html), STYLE));
