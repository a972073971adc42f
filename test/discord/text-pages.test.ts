import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
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

  test('holds everything, on pages that fit', () => {
    const texts = fc.string({ unit: fc.constantFrom('a', ' ', '\n', '\\', '\\*', '💥', 'word'), maxLength: 60 });
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
