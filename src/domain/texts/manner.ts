/** How a piece of HTML writes what can be written in several ways; what is added to it is written alike. */
export type Manner = {
  readonly strong: string;
  readonly em: string;
  readonly strike: string;
  /** An empty paragraph, a line break and a rule, as they are. */
  readonly blank: string;
  readonly lineBreak: string;
  readonly rule: string;
  /** What stands between blocks. */
  readonly between: string;
  /** Whether lines between the items of a list are broken. */
  readonly breaksItems: boolean;
  /** Whether each item of a list holds a paragraph. */
  readonly hasItemParagraphs: boolean;
  /** Attributes of links before and behind their address. */
  readonly beforeHref: string;
  readonly behindHref: string;
  /** How quotes, apostrophes and no-break spaces are written in text. */
  readonly quote: string;
  readonly apostrophe: string;
  readonly noBreakSpace: string;
};

const firstOf = (html: string, ...ways: readonly [string, ...string[]]): string =>
  ways.find((way) => html.includes(way)) ?? ways[0];

const tagOf = (html: string, ...tags: readonly [string, ...string[]]): string =>
  tags.find((tag) => html.includes(`<${tag}>`)) ?? tags[0];

/** Attributes that say nothing but where a link opens and how it is drawn; no others are copied. */
const LINK_ATTRIBUTES = /^(?:(?:target|rel|class)="[\w -]*" ?)*$/;

function linkManner(html: string): Pick<Manner, 'beforeHref' | 'behindHref'> {
  const [, before = '', behind = ''] = /<a ([^<>]{0,200}?)href="[^"<>]*"([^<>]{0,200})>/.exec(html) ?? [];
  const isHarmless = LINK_ATTRIBUTES.test(before) && LINK_ATTRIBUTES.test(behind.trimStart());
  return isHarmless ? { beforeHref: before, behindHref: behind } : { beforeHref: '', behindHref: '' };
}

/** The manner in which `html` is written; where it does not say, that of PERSCOM's editor. */
export function mannerOf(html: string): Manner {
  const [, between = ''] = /<\/(?:p|h[1-6]|ul|ol|blockquote|pre|table)>(\n{1,2})</.exec(html) ?? [];
  return {
    strong: tagOf(html, 'strong', 'b'),
    em: tagOf(html, 'em', 'i'),
    strike: tagOf(html, 's', 'del', 'strike'),
    blank: firstOf(html, '<p></p>', '<p><br></p>', '<p>&nbsp;</p>', '<p>\u00a0</p>', '<p><br /></p>'),
    lineBreak: firstOf(html, '<br>', '<br />', '<br/>'),
    rule: firstOf(html, '<hr>', '<hr />', '<hr/>'),
    between,
    breaksItems: /<[ou]l>\n<li>/.test(html),
    hasItemParagraphs: html.includes('<li><p>') || !html.includes('<li>'),
    ...linkManner(html),
    quote: html.includes('&quot;') ? '&quot;' : '"',
    apostrophe: ['&#039;', '&#39;', '&apos;'].find((way) => html.includes(way)) ?? "'",
    noBreakSpace: firstOf(html, '&nbsp;', '\u00a0'),
  };
}
