import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { byEvent, paginate } from '../../src/discord/pages.ts';

describe('pages', () => {
  const lineOf = (item: string) => `• ${item}`;

  test('repeat a heading on the page that its items spill over to', () => {
    const items = Array.from({ length: 21 }, (_, index) => `item ${index + 1}`);
    const pages = paginate([{ heading: '**Op Alpha**', items }], lineOf);
    expect(pages.map(({ items: shown }) => shown.length)).toEqual([20, 1]);
    expect(pages[0]?.text).toMatch(/^\*\*Op Alpha\*\*\n• item 1\n• item 2\n/);
    expect(pages[1]?.text).toBe('**Op Alpha** (continued)\n• item 21\n');
  });

  test('keep blocks together under their own headings while there is room', () => {
    const pages = paginate(
      [
        { heading: 'A', items: ['a1', 'a2'] },
        { heading: 'B', items: ['b1'] },
      ],
      lineOf,
    );
    expect(pages).toEqual([{ text: 'A\n• a1\n• a2\n\nB\n• b1\n', items: ['a1', 'a2', 'b1'] }]);
  });

  test('are none where there is nothing to show', () => {
    expect(paginate([], lineOf)).toEqual([]);
    expect(paginate([{ heading: 'A', items: [] }], lineOf)).toEqual([]);
  });

  const someLine = fc.integer({ min: 1, max: 2_000 }).map((length) => 'x'.repeat(length));
  const someBlocks = fc.array(
    fc.record({
      heading: fc.integer({ min: 1, max: 600 }).map((length) => 'h'.repeat(length)),
      items: fc.array(someLine, { maxLength: 50 }),
    }),
    { maxLength: 8 },
  );

  test('never exceed an embed, never hold more than a select can, and lose or reorder nothing', () => {
    fc.assert(
      fc.property(someBlocks, (blocks) => {
        const pages = paginate(blocks, lineOf);
        expect(pages.flatMap(({ items }) => items)).toEqual(blocks.flatMap(({ items }) => items));
        for (const { text, items } of pages) {
          expect(text.length).toBeLessThanOrEqual(3_000);
          expect(items.length).toBeGreaterThan(0);
          expect(items.length).toBeLessThanOrEqual(20);
          expect(text.split('\n').filter((line) => line.startsWith('• '))).toEqual(items.map(lineOf));
          expect(text.startsWith('h')).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('items by event', () => {
  const eventIdOf = ([eventId]: readonly [number, string]) => eventId;
  const headingOf = (own: readonly (readonly [number, string])[]) => own.map(([id, name]) => `${id}${name}`).join(' ');

  test('come in the order in which the events first appear, each under the heading made of its own', () => {
    const items = [
      [9, 'a'],
      [2, 'b'],
      [9, 'c'],
      [5, 'd'],
      [2, 'e'],
    ] as const;
    expect(byEvent(items, eventIdOf, headingOf)).toEqual([
      { heading: '9a 9c', items: [items[0], items[2]] },
      { heading: '2b 2e', items: [items[1], items[4]] },
      { heading: '5d', items: [items[3]] },
    ]);
  });

  test('are none where there are no items', () => {
    expect(byEvent([], eventIdOf, headingOf)).toEqual([]);
  });
});
