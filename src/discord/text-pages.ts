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

/**
 * Marked-up text in pages of at most `max` (at least 8) UTF-16 units, which hold all of it but the blanks where they part. An
 * escaped character stays escaped.
 */
export function cutPages(text: string, max: number): readonly string[] {
  const pages: string[] = [];
  let rest = text;
  while (rest.length > max) {
    const end = cutAt(rest, max);
    pages.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return rest === '' ? pages : [...pages, rest];
}
