import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readableText } from '../../src/discord/readable.ts';
import { cutPages } from '../../src/discord/text-pages.ts';

const withoutBlanks = (text: string): string => text.replaceAll(/\s/g, '');

describe('a text in pages', () => {
  test('is one page where it fits, and none where there is none', () => {
    expect(cutPages('short', 8)).toEqual(['short']);
    expect(cutPages('', 8)).toEqual([]);
  });

  test('parts between lines, else between words, else within one', () => {
    expect(cutPages('one line\nanother line', 14)).toEqual(['one line', 'another line']);
    expect(cutPages('some words here', 12)).toEqual(['some words', 'here']);
    expect(cutPages('x'.repeat(20), 8)).toEqual(['x'.repeat(8), 'x'.repeat(8), 'x'.repeat(4)]);
  });

  test('parts no escaped character from its backslash, and no character in two', () => {
    expect(cutPages('1234567\\*bold\\*', 8)).toEqual(['1234567', '\\*bold\\*']);
    expect(cutPages('1234567💥', 8)).toEqual(['1234567', '💥']);
  });

  test.each<readonly [string, string, number, readonly string[]]>([
    ['strong text', '**some words here**', 14, ['**some words**', '**here**']],
    ['marks in marks', 'a ***b** __c d e f__*', 16, ['a ***b** __c__*', '*__d e f__*']],
    ['code in a line', 'a `b*c d_e f` g', 10, ['a `b*c`', '`d_e f` g']],
    ['a block of code', 'a\n```\nb **c**\n  d\n```\ne', 17, ['a\n```\nb **c**\n```', '```\n  d\n```\ne']],
    [
      'code in a quote',
      '> ```\n> b\n> c\n> d\n> ```',
      18,
      ['> ```\n> b\n> ```', '> ```\n> c\n> ```', '> ```\n> d\n> ```'],
    ],
    ['code in a list', '- ```\n  b\n  c\n  ```', 16, ['- ```\n  b\n  ```', '  ```\n  c\n  ```']],
    ['code that has just begun', 'some words\n```\nb\n```', 16, ['some words', '```\nb\n```']],
    ['a mark that has just begun', 'abcdefgh**i**', 10, ['abcdefgh', '**i**']],
    ['an address', 'some words (<https://x.test/abc>)', 30, ['some words (', '<https://x.test/abc>)']],
    ['escaped marks', 'a \\*\\*b c\\* \\`d', 10, ['a \\*\\*b', 'c\\* \\`d']],
  ])('keeps %s whole on each page', (_, text, max, pages) => {
    expect(cutPages(text, max)).toEqual(pages);
  });

  test.each(['pre', 'code', 'strong', 'blockquote'])('has nothing in <%s> come alive, wherever it is cut', (tag) => {
    const hostile = '[Join here](https://evil.test) &lt;@123&gt; ||x|| &lt;t:1:R&gt; ';
    const text = readableText(`<p>a</p><${tag}>${hostile.repeat(150)}</${tag}><p>b</p>`);
    for (const max of [380, 3_500]) {
      const alive = cutPages(text, max).map((page) => page.replaceAll(/```[\s\S]*?```|`[^`]*`|\\./g, ''));
      expect(alive.filter((page) => /[[<|`]/.test(page.replaceAll(/<https:[^<>\s]*>/g, '')))).toEqual([]);
    }
  });

  test('leaves no code open on any page', () => {
    const units = fc.constantFrom(
      'a',
      ' ',
      '\n',
      '\\*',
      '**',
      '*',
      '__',
      '`b c`',
      '\n```\nd **e**\n f\n```\n',
      '<http://g>',
    );
    fc.assert(
      fc.property(fc.array(units, { maxLength: 60 }), fc.integer({ min: 30, max: 60 }), (parts, max) => {
        const pages = cutPages(parts.join(''), max);
        expect(pages.filter((page) => page.length > max || (page.split('```').length - 1) % 2 === 1)).toEqual([]);
        expect(pages.join('').match(/[a-g]/g)).toEqual(parts.join('').match(/[a-g]/g));
      }),
      { numRuns: 1_000 },
    );
  });

  test('holds everything, on pages that fit', () => {
    const texts = fc.string({ unit: fc.constantFrom('a', ' ', '\n', '\\\\', '\\*', '💥', 'word'), maxLength: 60 });
    fc.assert(
      fc.property(texts, fc.integer({ min: 8, max: 30 }), (text, max) => {
        const pages = cutPages(text, max);
        expect(withoutBlanks(pages.join(''))).toBe(withoutBlanks(text));
        expect(pages.filter((page) => page.length > max || page === '')).toEqual([]);
        expect(pages.filter((page) => /^[\uDC00-\uDFFF]/.test(page))).toEqual([]);
      }),
    );
  });
});
