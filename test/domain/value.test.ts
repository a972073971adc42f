import { describe, expect, test } from 'vitest';
import type { FieldValue } from '../../src/domain/field.ts';
import { meansSame, sameValue, tidyText } from '../../src/domain/value.ts';

test.each<[FieldValue, FieldValue]>([
  ['a', 'a'],
  [null, null],
  [2, 2],
  [
    ['p1d', 'pt1h'],
    ['pt1h', 'p1d'],
  ],
  [['mail', 'mail'], ['mail']],
  [[], []],
])('%j is the same value as %j', (a, b) => {
  expect(sameValue(a, b)).toBe(true);
});

test.each<[FieldValue, FieldValue]>([
  ['a', 'a '],
  ['', null],
  ['2', 2],
  [false, null],
  [0, false],
  [[], null],
  [['mail'], 'mail'],
  [['mail'], ['mail', 'sms']],
])('%j is another value than %j', (a, b) => {
  expect(sameValue(a, b)).toBe(false);
});

describe('to a reader', () => {
  test.each<[FieldValue, FieldValue]>([
    ['', null],
    [' \n', null],
    [[], null],
    ['a', ' a\t'],
    ['a', '\u200b a\u200e\ufeff'],
    [null, '\u200b'.repeat(70_000)],
    ['a\nb', 'a\r\nb'],
    ['a\nb', 'a\rb'],
    [
      ['sms', 'mail'],
      ['mail', 'sms'],
    ],
  ])('%j means the same as %j', (a, b) => {
    expect(meansSame(a, b)).toBe(true);
    expect(meansSame(b, a)).toBe(true);
  });

  test.each<[FieldValue, FieldValue]>([
    [false, null],
    [0, null],
    ['2', 2],
    ['a b', 'a  b'],
    ['a\n\nb', 'a\nb'],
    ['Alpha', 'alpha'],
    [['mail'], null],
  ])('%j means something else than %j', (a, b) => {
    expect(meansSame(a, b)).toBe(false);
  });
});

test('tidy text has one kind of line break, inner blanks as they were, and none at its ends', () => {
  expect(tidyText('\r\n  one\r\n\r\ntwo\rthree  four \n')).toBe('one\n\ntwo\nthree  four');
});
