import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { count, fenced, isPlainAddress, linked, linkTarget, mention, plain, shorten } from '../../src/discord/text.ts';

describe('shortening', () => {
  test('leaves a text alone that fits', () => {
    expect(shorten('Op Alpha', 8)).toBe('Op Alpha');
  });

  test('shows that something was left out', () => {
    expect(shorten('Op Alpha', 7)).toBe('Op Alp…');
    expect(shorten('x'.repeat(300), 100)).toBe(`${'x'.repeat(99)}…`);
  });

  test('never splits a character', () => {
    expect(shorten('😀😀😀', 4)).toBe('😀…');
    expect(shorten('😀'.repeat(255), 100)).toBe(`${'😀'.repeat(49)}…`);
  });

  test('keeps to its limit, keeps the beginning, and stays well-formed', () => {
    const anyText = fc.string({ unit: fc.constantFrom('a', 'é', '😀', '🇩🇪', '\n'), maxLength: 40 });
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 50 }), (text, max) => {
        const short = shorten(text, max);
        expect(short.length).toBeLessThanOrEqual(max);
        expect(short).not.toMatch(/[\ud800-\udfff]/u);
        expect(short === text || (short.endsWith('…') && text.startsWith(short.slice(0, -1)))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe('plain text', () => {
  test.each([
    ['@everyone **x** [a](b) <@1>', '@\u200beveryone \\*\\*x\\*\\* \\[a\\](b) \\<@1\\>'],
    ['@here', '@\u200bhere'],
    ['`code` ```block```', '\\`code\\` \\`\\`\\`block\\`\\`\\`'],
    ['~~gone~~ __under__ ||spoiler||', '\\~\\~gone\\~\\~ \\_\\_under\\_\\_ \\|\\|spoiler\\|\\|'],
    ['<t:0:R> <#1> <@&2> <:e:3>', '\\<t:0:R\\> \\<\\#1\\> \\<@&2\\> \\<:e:3\\>'],
    ['> quote', '\\> quote'],
    ['# Heading', '\\# Heading'],
    ['already \\* escaped', 'already \\\\\\* escaped'],
    ['two\r\nlines\n\n\tand\u2028more', 'two lines and more'],
    ['  blank at its ends \n', 'blank at its ends'],
    ['', ''],
  ])('of %j is %j', (text, shown) => {
    expect(plain(text)).toBe(shown);
  });

  test('of 255 emoji is visibly shortened', () => {
    expect(plain('😀'.repeat(255))).toBe(`${'😀'.repeat(49)}…`);
    expect(plain('😀'.repeat(255), 510)).toBe('😀'.repeat(255));
  });

  test('leaves no markup unescaped, is one line, and loses no character', () => {
    const hostile = fc.string({
      unit: fc.constantFrom(
        'a',
        ' ',
        '*',
        '_',
        '~',
        '`',
        '|',
        '[',
        ']',
        '(',
        ')',
        '<',
        '>',
        '#',
        '\\',
        '\n',
        '@everyone',
        '@here',
        '<@1>',
      ),
      maxLength: 30,
    });
    fc.assert(
      fc.property(hostile, (text) => {
        const shown = plain(text, 1_000);
        expect(shown.replaceAll(/\\[\\*_~|`[\]<>#]/g, '')).not.toMatch(/[\\*_~|`[\]<>#\n]|@(everyone|here)/);
        const read = shown.replaceAll(/\\(.)/g, '$1').replaceAll('\u200b', '');
        expect(read).toBe(text.replaceAll(/\n+/g, ' ').trim());
      }),
      { numRuns: 300 },
    );
  });
});

describe('a link', () => {
  test.each([
    ['Op Alpha', 'https://example.test/a', '**[Op Alpha](https://example.test/a)**'],
    ['Op *Alpha*', 'https://example.test/a(b)', '**[Op \\*Alpha\\*](https://example.test/a%28b%29)**'],
    ['Op Alpha', null, '**Op Alpha**'],
    ['Op Alpha', 'javascript:alert(1)', '**Op Alpha**'],
    ['Op Alpha', 'example.test/a', '**Op Alpha**'],
    ['Op Alpha', `https://example.test/${'x'.repeat(300)}`, '**Op Alpha**'],
    ['\u202e', 'https://example.test/a', '**[(no name)](https://example.test/a)**'],
    ['[a](b)', 'https://example.test/a', '**\\[a\\](b)** ([open](https://example.test/a))'],
    ['https://evil.test', 'https://example.test/a', '**https://evil.test** ([open](https://example.test/a))'],
    ['www.evil.test', 'https://example.test/a', '**www.evil.test** ([open](https://example.test/a))'],
  ])('named %j to %j reads %s', (name, url, shown) => {
    expect(linked(name, url)).toBe(shown);
  });

  test('cannot be ended by what is in its address', () => {
    expect(linkTarget('https://example.test/a)b<c> d"e|f')).toBe('https://example.test/a%29b%3Cc%3E%20d%22e|f');
  });
});

test('words are counted in the singular and the plural', () => {
  expect([count(0, 'edit'), count(1, 'edit'), count(2, 'edit')]).toEqual(['0 edits', '1 edit', '2 edits']);
  expect(mention('901')).toBe('<@901>');
});

test.each([
  ['https://example.test/a?b=c', true],
  ['HTTP://EXAMPLE.TEST', true],
  [`https://example.test/${'x'.repeat(300)}`, false],
  ['https://example.test/a b', false],
  ['https://example.test/<a>', false],
  ['see https://example.test', false],
  ['javascript:alert(1)', false],
  ['example.test', false],
  ['https://', false],
])('%j can be shown as the address that it is: %s', (text, isPlain) => {
  expect(isPlainAddress(text)).toBe(isPlain);
});

test.each([1, 2, 3, 4, 5, 6, 7, 10])(
  'a run of %i backticks does not end the code block that it stands in',
  (length) => {
    const text = `a ${'`'.repeat(length)} b`;
    expect(fenced(text)).not.toContain('```');
    expect(fenced(text).replaceAll('\u200b', '')).toBe(text);
  },
);
