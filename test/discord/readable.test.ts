import { describe, expect, test } from 'vitest';
import { readableText } from '../../src/discord/readable.ts';

describe('a text of PERSCOM’s in a message', () => {
  test.each<readonly [string, string | null, string]>([
    ['nothing', null, ''],
    ['blanks', ' \n ', ''],
    ['plain text', 'Bring NVGs.\r\nMeet at *base*', 'Bring NVGs.\nMeet at \\*base\\*'],
    ['paragraphs', '<p>One &amp; two</p><p>three<br>four</p>', 'One & two\n\nthree\nfour'],
    ['emphasis', '<p><strong>a</strong><em>b</em><u>c</u><s>d</s></p>', '**a***b*__c__~~d~~'],
    ['headings', '<h1>Plan</h1><h3>Phase</h3><h5>Step</h5>', '# Plan\n\n### Phase\n\n**Step**'],
    ['lists', '<ul><li><p>a</p><ol><li>b</li></ol></li><li>c</li></ul>', '- a\n  1. b\n- c'],
    ['a quote', '<blockquote><p>q</p></blockquote>', '> q'],
    ['code', '<p><code>a*b</code></p><pre><code>x ``` y</code></pre>', '`a*b`\n\n```\nx ``\u200b` y\n```'],
    ['blank lines in code', '<pre>a\n\n\n\nb</pre><p></p><p>c</p>', '```\na\n\n\n\nb\n```\n\nc'],
    [
      'a table',
      '<table><tr><th>Role</th><th>Name</th></tr><tr><td>Pilot</td><td>Joker</td></tr></table>',
      'Role · Name\nPilot · Joker',
    ],
    [
      'a table without headings',
      '<table><tr><td>Pilot</td><td>Joker</td></tr><tr><td></td><td></td></tr><tr><td>Gunner</td><td>Pyle</td></tr></table>',
      'Pilot · Joker\nGunner · Pyle',
    ],
    [
      'cells of several parts',
      '<table><tr><th><p>Role</p></th></tr><tr><td><p>Pilot</p><p>lead</p>Joker<ul><li>NVG</li><li>Map</li></ul></td></tr></table>',
      'Role\nPilot lead Joker NVG Map',
    ],
    [
      'words in angle brackets',
      '<p>Report to <Callsign> on <freq>.</p><o:p>a</o:p></freq>',
      'Report to \\<Callsign\\> on \\<freq\\>.\n\na',
    ],
    ['a picture that cannot be shown', '<p>a <img src="/p.png" alt="Map *1*"> b <img></p>', 'a Map \\*1\\* b'],
    ['what is empty', '<h1></h1><p>a</p><pre></pre><h5></h5><p>b</p>', 'a\n\nb'],
    ['a rule and empty paragraphs', '<p>a</p><p></p><p></p><hr><p>b</p>', 'a\n\n———\n\nb'],
    ['a link', '<a href="https://x.test/a(b)">map</a>', 'map (<https://x.test/a%28b%29>)'],
    ['a link that is its own address', '<a href="https://x.test/">https://x.test/</a>', '<https://x.test/>'],
    [
      'an address among words',
      'Map: https://x.test/a_b#c_d. (http://y.test/*) https://z.test/@everyone',
      'Map: <https://x.test/a_b#c_d>. (<http://y.test/>\\*) https://z.test/@\u200beveryone',
    ],
    ['a mail address', '<a href="mailto:co@x.test">the CO</a>', 'the CO (co@x.test)'],
    ['a picture', '<p><img src="https://x.test/p.png" alt="Map"></p>', 'Map (<https://x.test/p.png>)'],
  ])('%s is readable', (_, html, readable) => {
    expect(readableText(html)).toBe(readable);
  });

  test.each<readonly [string, string, string]>([
    ['a script', '<p>a</p><script>alert(1)</script><style>p{}</style>', 'a'],
    ['a link to a script', '<a href="javascript:alert(1)">a</a>', 'a'],
    ['an event handler', '<p onclick="x()">a</p>', 'a'],
    [
      'mentions',
      '<p>@everyone &lt;@123456789012345678&gt; &lt;t:1:R&gt;</p>',
      '@\u200beveryone \\<@123456789012345678\\> \\<t:1:R\\>',
    ],
    [
      'markup in the text',
      '<p>**a** # b [c](https://x.test) ||d||</p>',
      '\\*\\*a\\*\\* \\# b \\[c\\](<https://x.test/>) \\|\\|d\\|\\|',
    ],
    [
      'a link that says to lead elsewhere',
      '<a href="https://evil.test/">https://good.test/</a>',
      '<https://good.test/> (<https://evil.test/>)',
    ],
    ['a text that turns the direction of writing', '<p>a\u202eb</p>', 'ab'],
    ['unclosed tags', '<p>a<b>b<ul><li>c', 'a**b c**'],
  ])('%s does nothing', (_, html, readable) => {
    expect(readableText(html)).toBe(readable);
  });

  test('thousands of tags in each other take no time and no stack', () => {
    const started = performance.now();
    for (const tag of ['div', 'b', 'ul><li', 'blockquote', 'p><b><i', 'a href="https://x.test/"', 'table><tr><td'])
      expect(readableText(`<${tag}>`.repeat(8_000).concat('text'))).toContain('text');
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
