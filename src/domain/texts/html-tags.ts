import { Parser } from 'htmlparser2';

const setOf = (names: string): ReadonlySet<string> => new Set(names.split(' '));

/** What has neither text for people nor a place in Markdown. */
export const DROPPED = setOf(
  'applet audio canvas embed frame frameset head iframe link math meta noembed noframes noscript object script select style svg template textarea title video',
);

/** Elements that mean something to a reader, with the attributes that are read of them. */
export const KEPT: Readonly<Record<string, readonly string[]>> = {
  a: ['href', 'title'],
  img: ['src', 'alt', 'title'],
  ol: ['start'],
  code: ['class'],
  ...Object.fromEntries(
    'b blockquote br del div em h1 h2 h3 h4 h5 h6 hr i li p pre s strike strong table tbody td tfoot th thead tr u ul'
      .split(' ')
      .map((tag) => [tag, []]),
  ),
};

/** Elements that stand on lines of their own and mean nothing else. */
export const BLOCKS = setOf(
  'address article aside body center dd details div dl dt fieldset figcaption figure footer form header html main nav section summary',
);

/** Elements that mean nothing when nothing is in them. */
export const WRAPPERS = setOf('a b code del em i s strike strong u');

/** Elements of which only the content counts. */
const OTHERS = setOf(
  'abbr acronym area base basefont bdi bdo bgsound big blink button caption cite col colgroup data datalist dfn dialog dir font hgroup image input ins kbd keygen label legend map mark marquee menu menuitem meter nobr optgroup option output param picture plaintext progress q rb rp rt rtc ruby samp search slot small source span sub sup time track tt var wbr xmp',
);

/** Whether HTML knows a tag; those that programs make up have a colon in their names. `<callsign>` is none, but a word. */
export const isTag = (name: string): boolean =>
  name.includes(':') || Object.hasOwn(KEPT, name) || [DROPPED, BLOCKS, OTHERS].some((tags) => tags.has(name));

/** Whether a link or a picture may lead to `url`: to the web, or to somebody's mail. */
export const isSafeAddress = (url: string): boolean => /^(?:https?:\/\/|mailto:)\S+$/i.test(url.trim());

/** Whether an attribute says something to a reader. */
export const isRead = (tag: string, name: string, value: string): boolean =>
  KEPT[tag]?.includes(name) === true && ((name !== 'href' && name !== 'src') || isSafeAddress(value));

const TAG = /<(?:\/?([a-z][a-z\d]*)(?:[\s/][^<]*)?>|!--)/gi;

/** Whether a text is HTML rather than plain text: whether it holds a tag. `<https://…>`, `<t:1:R>` and `<callsign>` are none. */
export function isHtml(text: string): boolean {
  for (const [, name] of text.matchAll(TAG)) if (name === undefined || isTag(name.toLowerCase())) return true;
  return false;
}

/** Attributes that do nothing that a reader would have to know of. */
const HARMLESS = setOf('class colspan dir height id lang rel rowspan target width');

/** Whether HTML holds what nobody sees who reads its words: elements that are left out, attributes, comments. */
export function hasUnseen(html: string): boolean {
  let has = false;
  const parser = new Parser({
    onopentag(tag, attributes) {
      const isUnseen = ([name, value]: [string, string]): boolean => !HARMLESS.has(name) && !isRead(tag, name, value);
      has ||= isTag(tag) && (DROPPED.has(tag) || Object.entries(attributes).some(isUnseen));
    },
    oncomment() {
      has = true;
    },
  });
  parser.end(html);
  return has;
}
