import { groupByEvent } from '../domain/change.ts';

/** Items that belong together, under a heading that is repeated on every page that they spill over to. */
export type Block<Item> = { readonly heading: string; readonly items: readonly Item[] };

/** The text of one page, to stand in one embed's description, and the items that it shows. */
export type Page<Item> = { readonly text: string; readonly items: readonly Item[] };

/**
 * What a page holds, in UTF-16 units and in items. An embed's description takes 4096 units, of which some may stand above a
 * page; a select takes 25 items.
 */
const MAX_PAGE_LENGTH = 2_600;
/** What may stand above a page, in UTF-16 units. */
export const MAX_ABOVE = 1_400;
const MAX_PAGE_ITEMS = 20;

/** Lays blocks out on pages, one line an item, within Discord's limits. */
export function paginate<Item>(blocks: readonly Block<Item>[], lineOf: (item: Item) => string): readonly Page<Item>[] {
  const pages: { text: string; items: Item[] }[] = [];
  let page = { text: '', items: [] as Item[] };
  for (const { heading, items } of blocks) {
    let above = `${page.items.length === 0 ? '' : '\n'}${heading}\n`;
    for (const item of items) {
      const line = lineOf(item);
      const isFull = page.text.length + above.length + line.length + 1 > MAX_PAGE_LENGTH;
      if (page.items.length > 0 && (isFull || page.items.length === MAX_PAGE_ITEMS)) {
        page = { text: '', items: [] };
        above = above === '' ? `${heading} (continued)\n` : `${heading}\n`;
      }
      if (page.items.length === 0) pages.push(page);
      page.text += `${above}${line}\n`;
      page.items.push(item);
      above = '';
    }
  }
  return pages;
}

/** Items by event, in the order in which the events first appear, each under the heading made of its items. */
export function byEvent<Item>(
  items: readonly Item[],
  eventIdOf: (item: Item) => number,
  headingOf: (own: readonly Item[]) => string,
): readonly Block<Item>[] {
  const groups = [...groupByEvent(items, eventIdOf).values()];
  return groups.map((own) => ({ heading: headingOf(own), items: own }));
}
