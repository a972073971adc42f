import { describe, expect, test } from 'vitest';
import { isZone, offsetAt } from '../../../src/domain/zones/zone.ts';
import { meaningsOf, offsetOfLetter } from '../../../src/domain/zones/zone-names.ts';

/** Every abbreviation of up to five letters that means something. */
const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];
const words = (length: number): readonly string[] =>
  length === 0 ? [''] : words(length - 1).flatMap((word) => LETTERS.map((letter) => word + letter));
const KNOWN = [2, 3, 4].flatMap(words).filter((word) => meaningsOf(word) !== undefined);

/** The offsets that a zone has had since 2000, by month. */
function offsetsOf(zone: string): ReadonlySet<number> {
  const months = [...Array(27 * 12).keys()].map((month) => Date.UTC(2000, month, 15));
  return new Set(months.map((millis) => offsetAt(zone, millis)));
}

describe('an abbreviation of a zone', () => {
  test('is known, if it is usual', () => {
    expect(KNOWN).toEqual(expect.arrayContaining(['cet', 'cest', 'bst', 'est', 'pdt', 'ist', 'cst', 'aedt', 'nzst']));
    expect(meaningsOf('constructor')).toBeUndefined();
  });

  test.each(KNOWN)('%s is an offset that every zone named for it has, or had', (word) => {
    for (const { offset, zones } of meaningsOf(word) ?? []) {
      expect(zones.filter((zone) => !isZone(zone))).toEqual([]);
      expect(
        zones.filter((zone) => !offsetsOf(zone).has(offset)),
        `${offset}`,
      ).toEqual([]);
    }
  });
});

describe('a military letter', () => {
  test('is a whole number of hours, from -12 to +12, each once', () => {
    const hours = LETTERS.filter((letter) => letter !== 'j').map(
      (letter) => (offsetOfLetter(letter) ?? Number.NaN) / 60,
    );
    expect(hours.toSorted((a, b) => a - b)).toEqual([...Array(25).keys()].map((hour) => hour - 12));
  });

  test.each([
    ['a', 1],
    ['i', 9],
    ['k', 10],
    ['l', 11],
    ['m', 12],
    ['n', -1],
    ['y', -12],
    ['z', 0],
  ])('%s is UTC%i', (letter, hours) => {
    expect(offsetOfLetter(letter)).toBe(hours * 60);
  });

  test.each(['j', 'zz', '1', ''])('is not %j', (letter) => {
    expect(offsetOfLetter(letter)).toBeNull();
  });
});
