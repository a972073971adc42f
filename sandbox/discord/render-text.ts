/** What drawing needs to know besides the thing drawn. */
export type RenderOptions = {
  /** What to call an id, with its sigil (`@name`, `#channel`); unknown ids keep their digits. */
  readonly nameOf?: (id: string) => string | null;
  /** The time relative timestamps are measured from, in milliseconds since 1970. */
  readonly now?: number;
  readonly width?: number;
};

/** The width drawn to unless told otherwise. */
export const WIDTH = 100;

const ESCAPE_BASE = 0xe000;
const TIMESTAMP = /<t:(-?\d+)(?::([tTdDfFsSR]))?>/g;
const MENTION = /<(@&|@!?|#)(\d+)>/g;
const MASKED_LINK = /\[([^\]]+)\]\((?:<[^>]+>|[^)\s]+)\)/g;
const COMMAND_MENTION = /<\/([^:>]+):\d+>/g;
const EMOJI = /<a?(:\w+:)\d+>/g;

/** Discord markdown as a reader sees it: escapes resolved, times, mentions and masked links in words. */
export function plainText(markdown: string, options: RenderOptions = {}): string {
  const hidden = markdown.replaceAll(/\\([^\w\s])/g, (_, char: string) =>
    String.fromCharCode(ESCAPE_BASE + char.charCodeAt(0)),
  );
  const shown = hidden
    .replaceAll(
      TIMESTAMP,
      (_, seconds: string, style = 'f') => `[${timestampText(Number(seconds), style, options.now)}]`,
    )
    .replaceAll(COMMAND_MENTION, '/$1')
    .replaceAll(EMOJI, '$1')
    .replaceAll(MENTION, (_, sigil: string, id: string) => options.nameOf?.(id) ?? `${sigil.charAt(0)}${id}`)
    .replaceAll(MASKED_LINK, '$1')
    .replaceAll(/\*\*|__|~~/g, '');
  return shown.replaceAll(/[\ue000-\ue0ff]/g, (char) => String.fromCharCode(char.charCodeAt(0) - ESCAPE_BASE));
}

const STYLES: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
  s: { dateStyle: 'short', timeStyle: 'short' },
  S: { dateStyle: 'short', timeStyle: 'medium' },
};

function timestampText(seconds: number, style: string, now: number | undefined): string {
  if (style === 'R' && now !== undefined) return relativeText(seconds * 1000 - now);
  const format = new Intl.DateTimeFormat('en-GB', { ...(STYLES[style] ?? STYLES.f), timeZone: 'UTC' });
  return `${format.format(new Date(seconds * 1000))}${style.toLowerCase() === 'd' ? '' : ' UTC'}`;
}

const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_536_000_000],
  ['month', 2_592_000_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

function relativeText(differenceMs: number): string {
  const format = new Intl.RelativeTimeFormat('en');
  const [unit, sizeMs] = UNITS.find(([, size]) => Math.abs(differenceMs) >= size) ?? (['second', 1000] as const);
  return format.format(Math.round(differenceMs / sizeMs), unit);
}

/** Text broken into lines of at most `width` characters, at spaces where there are any. */
export function wrap(text: string, width: number): readonly string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, width));
}

function wrapLine(line: string, width: number): readonly string[] {
  const lines: string[] = [];
  let rest = line;
  while (rest.length > width) {
    const space = rest.lastIndexOf(' ', width);
    const at = space > 0 ? space : width;
    lines.push(rest.slice(0, at));
    rest = rest.slice(at).trimStart();
  }
  return [...lines, rest];
}

/** Columns of lines side by side, each `width` wide. */
export function sideBySide(columns: readonly (readonly string[])[], width: number): readonly string[] {
  const height = Math.max(0, ...columns.map((column) => column.length));
  return Array.from({ length: height }, (_, row) =>
    columns
      .map((column) => (column[row] ?? '').padEnd(width))
      .join(' ')
      .trimEnd(),
  );
}
