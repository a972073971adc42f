import createMarkdownIt, { type MarkdownIt, type StateBlock, type StateCore } from 'markdown-it';
import { isSafeAddress } from './html-tags.ts';

/** How deep quotes, lists and emphasis may stand in each other. */
export const MAX_NESTING = 40;

type BlockRule = Parameters<MarkdownIt['block']['ruler']['at']>[1];

/** What opens a block of code, and what stands behind that. */
const OPENING = /^(`{3,}(?=[^`]*$)|~{3,})(.*)$/;
const LANGUAGE = /^(?:[a-z][\w+#-]*)?$/i;

const startOf = ({ bMarks, tShift }: StateBlock, line: number): number => (bMarks[line] ?? 0) + (tShift[line] ?? 0);

const textOf = (state: StateBlock, line: number): string =>
  state.src.slice(startOf(state, line), state.eMarks[line] ?? state.src.length);

const isOutside = ({ sCount, blkIndent }: StateBlock, line: number, text: string): boolean =>
  text !== '' && (sCount[line] ?? 0) < blkIndent;

/** Where a block of code ends: the line, and how far its closing reaches in it; at `endLine` where it is never closed. */
function findClosing(state: StateBlock, startLine: number, endLine: number, closing: RegExp) {
  for (let line = startLine + 1; line < endLine; line += 1) {
    const text = textOf(state, line);
    if (isOutside(state, line, text)) return { line, from: 0, to: 0, text: '' };
    const found = closing.exec(text);
    if (found !== null) return { line, from: found.index, to: found.index + found[0].length, text };
  }
  return { line: endLine, from: 0, to: 0, text: '' };
}

/** Goes on behind what closed a block of code: in the next line, or in what stands in the same one. */
function goOnBehind(state: StateBlock, line: number, to: number, text: string): void {
  const rest = text.slice(to).trimStart();
  state.line = rest === '' && to > 0 ? line + 1 : line;
  if (rest === '') return;
  state.bMarks[line] = (state.eMarks[line] ?? state.src.length) - rest.length;
  state.tShift[line] = 0;
  state.sCount[line] = state.blkIndent;
}

/**
 * A block of code as people write it in chats, too: what stands behind the opening and is no language is its first line, and
 * it may be closed behind its last one.
 */
const readCode: BlockRule = (state, startLine, endLine, silent) => {
  const [, markup = '', info = ''] = OPENING.exec(textOf(state, startLine)) ?? [];
  if (markup === '' || (state.sCount[startLine] ?? 0) - state.blkIndent >= 4) return false;
  if (silent) return true;
  const { line, from, to, text } = findClosing(state, startLine, endLine, new RegExp(`${markup}${markup[0]}*`));
  const isLanguage = LANGUAGE.test(info.trim());
  const lines = state.getLines(startLine + 1, line, state.sCount[startLine] ?? 0, true);
  const token = state.push('fence', 'code', 0);
  token.info = isLanguage ? info.trim() : '';
  token.content = `${isLanguage ? '' : `${info.trim()}\n`}${lines}${text.slice(0, from)}`;
  goOnBehind(state, line, to, text);
  return true;
};

function cellsOf(row: string): readonly string[] {
  const cells = row
    .replace(/^[\s>]+/, '')
    .trim()
    .split(/(?<!\\)\|/);
  const from = cells[0] === '' ? 1 : 0;
  return cells.slice(from).filter((cell, index, all) => index < all.length - 1 || cell !== '');
}

/** Has the last cell of a row hold those beyond the columns of its table too, which Markdown leaves out. */
function keepCells({ src, tokens }: StateCore): void {
  const lines = src.split('\n');
  let written: StateCore['tokens'] = [];
  let cells: readonly string[] = [];
  for (const token of tokens) {
    if (token.type === 'tr_open') {
      written = [];
      cells = cellsOf(lines[token.map?.[0] ?? lines.length] ?? '');
    }
    if (token.type === 'inline') written.push(token);
    const last = token.type === 'tr_close' ? written.at(-1) : undefined;
    const others = cells.slice(written.length);
    if (last !== undefined && others.length > 0) last.content = [last.content, ...others].join(' | ');
  }
}

/**
 * Makes what reads Markdown as people write it: HTML is text, a line break is a line break, as in a chat, and nothing that was
 * typed is left out.
 */
export function createReader(): MarkdownIt {
  const reader = createMarkdownIt({ html: false, breaks: true, maxNesting: MAX_NESTING });
  reader.disable(['code', 'html_block', 'html_inline', 'reference', 'lheading']);
  reader.block.ruler.at('fence', readCode, { alt: ['paragraph', 'reference', 'blockquote', 'list'] });
  reader.core.ruler.before('inline', 'cells', keepCells);
  reader.validateLink = isSafeAddress;
  reader.normalizeLink = (url) => url;
  return reader;
}
