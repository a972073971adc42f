import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toMarkdown } from '../../../src/domain/texts/html-markdown.ts';
import { toHtml } from '../../../src/domain/texts/markdown-html.ts';
import { survives as survivesAs } from '../../../src/domain/texts/text-field.ts';
import { tidyText } from '../../../src/domain/value.ts';

const survives = (html: string): boolean => survivesAs(html, toMarkdown(html));

/** Within what a text of 65,535 bytes has to be read, however it is made; Discord waits 3 s. */
const QUICK_MS = 1_500;

/** HTML as PERSCOM's editor and others write it, with the Markdown that is shown of it. */
const SURVIVING: readonly (readonly [string, string])[] = [
  ['<p>Old</p>', 'Old'],
  ['<p>One</p><p>two</p>', 'One\n\ntwo'],
  ['<p>A <strong>b</strong> <em>c</em> <u>d</u> <s>e</s>.</p>', 'A **b** *c* __d__ ~~e~~.'],
  ['<p>A <b>b</b> <i>c</i> <del>e</del>.</p>', 'A **b** *c* ~~e~~.'],
  ['<h1>A</h1><h2>B</h2><h3>C</h3>', '# A\n\n## B\n\n### C'],
  ['<ul><li><p>a</p></li><li><p>b</p></li></ul>', '- a\n- b'],
  ['<ul><li>a</li><li>b</li></ul>', '- a\n- b'],
  ['<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<p>c</p>', '- a\n- b\n\nc'],
  ['<ul><li><p>a</p><ul><li><p>b</p></li></ul></li></ul>', '- a\n  - b'],
  ['<ul><li><p>a</p><p>b</p></li></ul>', '- a\n\n  b'],
  ['<ol><li><p>a</p></li><li><p>b</p></li></ol>', '1. a\n2. b'],
  ['<ol start="3"><li>a</li></ol>', '3. a'],
  ['<blockquote><p>a</p><p>b</p></blockquote>', '> a\n>\n> b'],
  ['<p><a href="https://x.test/?a=1">map</a></p>', '[map](https://x.test/?a=1)'],
  [
    '<p><a target="_blank" rel="noopener noreferrer nofollow" href="https://x.test/">map</a></p>',
    '[map](https://x.test/)',
  ],
  ['<p><code>a*b</code></p><pre><code>x\n  y</code></pre>', '`a*b`\n\n```\nx\n  y\n```'],
  ['<pre><code class="language-js">x</code></pre>', '```js\nx\n```'],
  ['<p>a<br>b<br><br>c</p>', 'a\nb\n\\\nc'],
  ['<p>a<br />b</p>\n<hr />\n<p>c</p>', 'a\nb\n\n---\n\nc'],
  ['<p>a</p><p></p><p>b</p>', 'a\n\n\\\n\nb'],
  ['<p>a</p><p><br></p><p>b</p>', 'a\n\n\\\n\nb'],
  ['<p>a</p><hr><p>b</p>', 'a\n\n---\n\nb'],
  ['<p><img src="https://x.test/p.png" alt="Map"></p>', '![Map](https://x.test/p.png)'],
  [
    '<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>',
    '| a | b |\n| - | - |\n| 1 | 2 |',
  ],
  ['<p>it&#039;s &quot;x&quot; &amp; a&nbsp;b &lt;c&gt;</p>', 'it\'s "x" & a&nbsp;b \\<c>'],
  ['<p># a</p><p>- b</p><p>1. c</p><p>*d* &lt;b&gt;</p>', '\\# a\n\n\\- b\n\n1\\. c\n\n\\*d\\* \\<b>'],
];

const LOST: readonly string[] = [
  '<p style="color:red">a</p>',
  '<div>a</div>',
  '<p>a</p><script>alert(1)</script>',
  '<p onclick="x()">a</p>',
  '<p><a href="javascript:alert(1)">a</a></p>',
  '<p>a <!-- b --></p>',
  '<p>a</p><iframe src="https://x.test/"></iframe>',
  '<table><tr><td colspan="2">a</td></tr></table>',
  '<p><span class="x">a</span></p>',
  '<p>a',
];

const TAGS = [
  'p',
  'b',
  'u',
  's',
  'a href="https://x.test/"',
  'ul',
  'li',
  'blockquote',
  'table',
  'tr',
  'td',
  'h1',
  'pre',
];
const piece = fc.oneof(
  fc.constantFrom(...TAGS).map((tag) => `<${tag}>`),
  fc.constantFrom(...TAGS).map((tag) => `</${tag.split(' ')[0]}>`),
  fc.constantFrom('<br>', '<hr>', '<img src="https://x.test/">', '<script>', '&amp;', '*', '_', '\\', '# ', '\n', ' '),
  fc.string({ maxLength: 8 }),
);
const anyHtml = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));

describe('HTML as Markdown', () => {
  test.each(SURVIVING)('%j is shown as %j, and comes back as it was', (html, markdown) => {
    expect(toMarkdown(html)).toBe(markdown);
    expect(toHtml(markdown, html)).toBe(html);
    expect(survives(html)).toBe(true);
  });

  test.each(LOST)('%j would lose something', (html) => {
    expect(survives(html)).toBe(false);
  });

  test('comes back as it was whenever it is said to', () => {
    fc.assert(
      fc.property(anyHtml, (html) => {
        if (survives(html)) expect(toHtml(toMarkdown(html), html)).toBe(html.replaceAll(/\r\n?/g, '\n').trim());
      }),
      { numRuns: 300 },
    );
  });

  test.each(['div', 'b', 'ul><li', 'blockquote', 'p><b><i', 'a href="https://x.test/"', 'table><tr><td'])(
    'thousands of <%s> in each other, never closed, cost neither time nor the stack',
    (tag) => {
      const html = `<${tag}>`.repeat(8_000).slice(0, 65_000).concat('>text');
      const started = performance.now();
      expect(toMarkdown(html)).toContain('text');
      expect(survives(html)).toBe(false);
      expect(performance.now() - started).toBeLessThan(2 * QUICK_MS);
    },
  );
});

describe('Markdown as HTML', () => {
  test.each<readonly [string, string]>([
    ['**a** __b__ *c* _d_ ~~e~~', '<p><strong>a</strong> <u>b</u> <em>c</em> <em>d</em> <s>e</s></p>'],
    ['a\nb', '<p>a<br>b</p>'],
    ['- a\n- b', '<ul><li><p>a</p></li><li><p>b</p></li></ul>'],
    ['a\n\n    four blanks', '<p>a</p><p>four blanks</p>'],
    ['Phase 1\n---\nb\n===', '<p>Phase 1</p><hr><p>b<br>===</p>'],
    ['[Map]: https://map.test/', '<p>[Map]: https://map.test/</p>'],
    [
      'a\n```Alpha: 45.50\nBravo: 46.00```\nGo.',
      '<p>a</p><pre><code>Alpha: 45.50\nBravo: 46.00</code></pre><p>Go.</p>',
    ],
    ['```\na\n``` and **b**\nc', '<pre><code>a</code></pre><p>and <strong>b</strong><br>c</p>'],
    [
      '> ```js\n> a```\n> b\n\nc',
      '<blockquote><pre><code class="language-js">a</code></pre><p>b</p></blockquote><p>c</p>',
    ],
    ['- ```a b\n  c``` d\n- e', '<ul><li><pre><code>a b\nc</code></pre><p>d</p></li><li><p>e</p></li></ul>'],
    ['```a``` b', '<p><code>a</code> b</p>'],
    ['````\na```\n````\n~~~\nb', '<pre><code>a```</code></pre><pre><code>b</code></pre>'],
    [
      '|a|b|\n|-|-|\n|1|2|three|**4** \\| 5|\n|6|',
      '<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2 | three | <strong>4</strong> | 5</td></tr><tr><td>6</td><td></td></tr></tbody></table>',
    ],
    ['[a](https://x.test/?b=1&c="2")', '<p><a href="https://x.test/?b=1&amp;c=&quot;2&quot;">a</a></p>'],
  ])('%j is %j', (markdown, html) => {
    expect(toHtml(markdown)).toBe(html);
  });

  test.each<readonly [string, string]>([
    ['<script>alert(1)</script>', '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>'],
    ['a <b onclick="x">b</b>', '<p>a &lt;b onclick="x"&gt;b&lt;/b&gt;</p>'],
    ['[a](javascript:alert(1))', '<p>[a](javascript:alert(1))</p>'],
    ['![a](data:image/png;base64,AAAA)', '<p>![a](data:image/png;base64,AAAA)</p>'],
    ['```js" onclick="x\na\n```', '<pre><code>js" onclick="x\na</code></pre>'],
  ])('%j does nothing', (markdown, html) => {
    expect(toHtml(markdown)).toBe(html);
  });

  test('copies no attribute of a link but those that say nothing', () => {
    const like = '<p><a onclick="x()" href="https://x.test/">a</a></p>';
    expect(toHtml('[b](https://y.test/)', like)).toBe('<p><a href="https://y.test/">b</a></p>');
  });

  test('is written in the manner of what is there', () => {
    expect(toHtml('**a**\n\n- b', '<p>x <b>y</b></p>\n<ul>\n<li>z</li>\n</ul>')).toBe(
      '<p><b>a</b></p>\n<ul>\n<li>b</li>\n</ul>',
    );
  });

  test.each(['> ', '- ', '*a ', '**a *b ', '[', '![', '[a](', '`a``', '~~a~', '&amp;', '|a', '<a', 'a\n', '\\'])(
    'thousands of %j cost neither time nor the stack, and lose nothing',
    (unit) => {
      const started = performance.now();
      expect(toHtml(`${unit.repeat(Math.floor(60_000 / unit.length))}text`)).toContain('text');
      expect(performance.now() - started).toBeLessThan(QUICK_MS);
    },
  );

  test('keeps every word that was typed, and so never comes to nothing', () => {
    const unit = fc.constantFrom(
      ...['[ab]: cd', '[ab]', 'ef ', '```', '```js gh', '~~~', '`', '*', '**', '_', '__', '~~', '---', '==='],
      ...['- ', '1. ', '> ', '# ', '-# ', '|', '|ab|cd|\n|-|-|\n', '|ef|gh|ij|\n', '|kl\\|mn|', '(', ')'],
      ...['<qr>', '<https://st.uv>', '[wx](https://y.z "ab")', '![ef](https://y.z "gh")', '[kl](javascript:mn)'],
      ...['&amp;', '&lt;', '<!-- ij -->', '\\', '\t', ' ', '    ', '\n', '\n\n', '\u200b'],
    );
    fc.assert(
      fc.property(fc.array(unit, { minLength: 1, maxLength: 12 }), (units) => {
        const markdown = units.join('');
        const html = toHtml(markdown).replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"');
        const words = markdown.replaceAll(/&(?:amp|lt);/g, ' ').match(/[a-z]{2,}/g) ?? [];
        expect(words.filter((word) => !html.includes(word))).toEqual([]);
        expect(html === '').toBe(tidyText(markdown) === '');
      }),
      { numRuns: 2_000 },
    );
  });

  test('is always harmless: no tag that Markdown has not, no attribute but known ones', () => {
    fc.assert(
      fc.property(fc.oneof(anyHtml, fc.string()), (markdown) => {
        const tags = toHtml(markdown).match(/<[^>]*>/g) ?? [];
        const harmless =
          /^<\/?(?:p|u|s|em|strong|code|pre|br|hr|h[1-6]|[uo]l|li|blockquote|table|thead|tbody|tr|td|th|a|img)(?: (?:href|src|alt|title|class|start|style)="[^"]*")*>$/;
        expect(tags.filter((tag) => !harmless.test(tag))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
