import { describe, expect, test } from 'vitest';
import { describeRefusal, nameVerdict } from '../../../src/discord/flushes/verdict-words.ts';
import type { Verdict } from '../../../src/domain/verdict.ts';
import { REFUSALS } from '../../fixtures/domain.ts';

describe('the reason of a change that was not applied', () => {
  test('is told for every kind', () => {
    const told = REFUSALS.map(describeRefusal);
    expect(told.filter((text) => !/^\S.{15,}\S$/.test(text))).toEqual([]);
    expect(told.filter((text) => /undefined|null|NaN|\[object|\n/.test(text))).toEqual([]);
  });

  test('tells no two of them alike but those in which PERSCOM speaks for itself', () => {
    const told = new Set(REFUSALS.map(describeRefusal));
    expect(told.size).toBe(REFUSALS.length);
  });

  test("shows PERSCOM's own words, escaped and visibly shortened", () => {
    const text = `The **name** is @everyone's. ${'x'.repeat(300)}`;
    const told = describeRefusal({ kind: 'field', text });
    expect(told).toMatch(/^PERSCOM says: The \\\*\\\*name\\\*\\\* is @\u200beveryone's\. x+…$/);
    expect(told.length).toBeLessThan(250);
  });
});

test('every verdict has a word of its own, and only what is stored is called applied without NOT', () => {
  const STORED: Readonly<Record<Verdict['kind'], boolean>> = {
    applied: true,
    normalised: true,
    ignored: false,
    rejected: false,
    missing: false,
    unknown: false,
  };
  const isKind = (kind: string): kind is Verdict['kind'] => Object.hasOwn(STORED, kind);
  const kinds = Object.keys(STORED).filter(isKind);
  expect(new Set(kinds.map(nameVerdict)).size).toBe(6);
  for (const kind of kinds) expect(/(?<!NOT )applied/.test(nameVerdict(kind)), kind).toBe(STORED[kind]);
});
