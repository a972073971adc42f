/** How far `text` can be cut at most: between lines, else between words, else between characters, and never behind a backslash. */
function cutAt(text: string, max: number): number {
  const line = text.lastIndexOf('\n', max);
  if (line > max / 2) return line;
  const blank = text.lastIndexOf(' ', max);
  if (blank > max / 2) return blank;
  const isPair = /[\uD800-\uDBFF]/.test(text[max - 1] ?? '');
  const end = isPair ? max - 1 : max;
  const slashes = /\\*$/.exec(text.slice(0, end))?.[0].length ?? 0;
  return slashes % 2 === 1 ? end - 1 : end;
}

/** A mark that is open, and where it stands. */
type Mark = { readonly mark: string; readonly at: number };

/** What can stand outside of code: escaped characters, addresses, marks, and text. A bracket alone begins an address. */
const TOKEN = /\\.|<[^<>\s]*>|```|`|~~|__|\*+|[^\\<`~_*]+|./suy;

const isCode = (mark: string | undefined): boolean => mark?.startsWith('`') === true;

/** The marks in a token; in a run of asterisks there are several. */
function marksIn(token: string): readonly string[] {
  if (token.startsWith('*')) return token.match(/\*\*?/g) ?? [];
  return token === '~~' || token === '__' || token === '<' || isCode(token) ? [token] : [];
}

/** The marks that `text` opens and does not close, in order. */
function openIn(text: string): readonly Mark[] {
  let open: Mark[] = [];
  const token = new RegExp(TOKEN);
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const [found = ''] = token.exec(text) ?? [];
    for (const mark of marksIn(found)) {
      const others = open.filter((one) => one.mark !== mark);
      open = others.length < open.length ? others : [...open, { mark, at }];
    }
    if (!isCode(found)) continue;
    const end = text.indexOf(found, token.lastIndex);
    if (end === -1) return open;
    token.lastIndex = end;
  }
  return open;
}

const lineAt = (text: string, at: number): number => text.lastIndexOf('\n', at) + 1;

/** Where to cut instead of at `end`, so as to part no address and to leave no mark with nothing behind it. */
function backTo(text: string, end: number, last: Mark | undefined): number {
  if (last === undefined) return end;
  const isLeft = last.mark === '<' || text.slice(last.at + last.mark.length, end).trim() === '';
  return isLeft ? (last.mark === '```' ? lineAt(text, last.at) : last.at) : end;
}

/** What closes marks at the end of a page, and what opens them again on the next; a fence keeps to its quote or list. */
function seam(text: string, open: readonly Mark[]): readonly [string, string] {
  const fence = open.find(({ mark }) => mark === '```');
  const line = fence === undefined ? '' : text.slice(lineAt(text, fence.at), fence.at).replaceAll(/[^>]/g, ' ');
  const marks = open.map(({ mark }) => mark);
  const closing = marks.toReversed().map((mark) => (mark === '```' ? `\n${line}\`\`\`` : mark));
  return [closing.join(''), marks.map((mark) => (mark === '```' ? `${line}\`\`\`\n` : mark)).join('')];
}

type Cut = { readonly page: string; readonly rest: string };

/** The first page of what is longer than one, and the rest; marks that would leave no room for text are left alone. */
function cutPage(text: string, max: number): Cut {
  for (let room = max; room > max / 2; ) {
    const end = cutAt(text, room);
    const last = openIn(text.slice(0, end)).at(-1);
    const to = backTo(text, end, last) || end;
    const open = openIn(text.slice(0, to));
    const [closing, opening] = seam(text, open);
    const page = `${text.slice(0, to).trimEnd()}${closing}`;
    const rest = text.slice(to);
    const isInBlock = open.some(({ mark }) => mark === '```');
    if (opening.length >= to) break;
    if (page.length <= max)
      return { page, rest: `${opening}${isInBlock ? rest.replace(/^\n/, '') : rest.trimStart()}` };
    room -= page.length - max;
  }
  const end = cutAt(text, max);
  return { page: text.slice(0, end).trimEnd(), rest: text.slice(end).trimStart() };
}

/**
 * Marked-up text in pages of at most `max` (at least 8) UTF-16 units, which hold all of it but the blanks where they part. An
 * escaped character stays escaped; code and emphasis that go on over a page end with it and begin again on the next.
 */
export function cutPages(text: string, max: number): readonly string[] {
  const pages: string[] = [];
  let rest = text;
  while (rest.length > max) {
    const cut = cutPage(rest, max);
    pages.push(cut.page);
    rest = cut.rest;
  }
  return rest === '' ? pages : [...pages, rest];
}
