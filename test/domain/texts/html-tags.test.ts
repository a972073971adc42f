import { expect, test } from 'vitest';
import { hasUnseen, isHtml } from '../../../src/domain/texts/html-tags.ts';

test.each([
  ['Bring NVGs', false],
  ['I <3 you & a < b', false],
  ['Bed &amp; breakfast', false],
  ['<t:1:R> <@1> <https://x.test/>', false],
  ['Report to <callsign> on <freq 2>', false],
  ['Report to <callsign><br>', true],
  ['<p>a</p>', true],
  ['</P >', true],
  ['a<br>b', true],
  ['<!-- a -->', true],
])('%j is HTML: %s', (text, is) => {
  expect(isHtml(text)).toBe(is);
});

test.each([
  ['<p class="x">a <a target="_blank" rel="noopener" href="https://x.test/">b</a></p>', false],
  ['<td colspan="1" rowspan="2">a</td><ol start="3"></ol>', false],
  ['<span>a</span> <callsign x="y">', false],
  ['<p>a</p><script src="//x.test/"></script>', true],
  ['<iframe></iframe>', true],
  ['<p onclick="x()">a</p>', true],
  ['<p style="color:red">a</p>', true],
  ['<a href="javascript:x()">a</a>', true],
  ['<p>a<!-- b --></p>', true],
])('%j holds what is not seen: %s', (html, has) => {
  expect(hasUnseen(html)).toBe(has);
});
