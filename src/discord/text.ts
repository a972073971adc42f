/** `text` cut to at most `max` UTF-16 units, between characters, with `…` where something was left out. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  let kept = '';
  for (const character of text) {
    if (kept.length + character.length > max - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

/** A name with something about it, in at most `max` UTF-16 units: where that is too long, the name is cut. */
export const named = (name: string, about: string, max: number): string =>
  `${shorten(name, Math.max(1, max - about.length - 3))} · ${about}`;

const MARKUP = /[\\*_~|`[\]<>#]/g;
const BLANKS = /[\r\n\t\u2028\u2029]+/g;
/** Controls that turn the direction of writing would let a name rearrange the line that it stands in. */
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
/** A zero-width space keeps `@everyone` and `@here` from being drawn as mentions; no reply lets them ping anyway. */
const MASS_MENTION = /@(?=everyone|here)/g;

/** Text whose letters Discord shows as they are: no markup, no mention, no timestamp. Lines and blanks stay. */
export const letters = (text: string): string =>
  text.replaceAll(DIRECTION, '').replaceAll(MARKUP, '\\$&').replaceAll(MASS_MENTION, '@\u200b');

/** Text that stays inside a code block, where Discord draws it letter by letter and offers to copy it. */
export const fenced = (text: string): string => text.replaceAll(/``(?=`)/g, '``\u200b');

/**
 * Text from PERSCOM or from users as one line that Discord shows as it is: no markup, no mention, no timestamp, no link
 * mask. At most `max` characters of it, before escaping, and visibly shortened.
 */
export function plain(text: string, max = 100): string {
  return letters(shorten(text.replaceAll(DIRECTION, '').replaceAll(BLANKS, ' ').trim(), max));
}

/** A mention of a user; replies allow no pings, so it only names them. */
export const mention = (userId: string): string => `<@${userId}>`;

const MAX_LINK_LENGTH = 300;

/** Whether `text` can be shown as the web address that it is, letter by letter. */
export const isPlainAddress = (text: string): boolean => /^https?:\/\/[^\s<>]{1,280}$/i.test(text);

/** `url` as it can stand in a link, or null if it is no web address or too long for a message. */
export function linkTarget(url: string | null): string | null {
  if (url === null || !/^https?:\/\//i.test(url) || !URL.canParse(url)) return null;
  const { href } = new URL(url);
  const target = href.replaceAll('(', '%28').replaceAll(')', '%29');
  return target.length > MAX_LINK_LENGTH ? null : target;
}

/** Discord shows a mask only where it holds no brackets and looks like no other address. */
const isMaskable = (name: string): boolean => !/[[\]]|:\/\/|\bwww\./i.test(name);

/** A name as a bold link, or followed by a link where Discord would not take it as a mask. */
export function linked(name: string, url: string | null): string {
  const target = linkTarget(url);
  const shown = plain(name) || '(no name)';
  if (target === null) return `**${shown}**`;
  return isMaskable(name) ? `**[${shown}](${target})**` : `**${shown}** ([open](${target}))`;
}

/** A moment in milliseconds since the epoch, as Discord draws it for its reader: the date and time, or how long ago. */
export const drawTime = (ms: number, style: 'f' | 'R'): string => `<t:${Math.floor(ms / 1000)}:${style}>`;

/** `1 edit`, `2 edits`. */
export const count = (n: number, noun: string, plural = `${noun}s`): string => `${n} ${n === 1 ? noun : plural}`;
