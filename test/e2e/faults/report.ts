import type { Message } from '../../../sandbox/discord/index.ts';
import { shown } from '../stage.ts';
import type { Fate } from './row.ts';

/** How a report words a verdict; what begins like another one stands before it. */
const WORDS: readonly (readonly [string, Fate])[] = [
  ['✅ applied (PERSCOM wrote it its own way)', 'normalised'],
  ['✅ applied', 'applied'],
  ['⚠️ NOT applied (ignored)', 'ignored'],
  ['❌ NOT applied (rejected)', 'rejected'],
  ['❌ NOT applied (event is gone)', 'missing'],
  ['❓ UNKNOWN', 'unknown'],
];

const HEADING = /^\*\*\[.*\]\(\S*\/events\/(\d+)\?tenant=\d*\)\*\*/;
const LABEL = / · \*\*([^*]+)\*\*: /;

/** Where a report says what became of a field of an event. */
export const placeOf = (event: number | string, label: string): string => `${event} ${label}`;

/** The verdicts that the pages of a report give, by the place of each. Throws on one that is given twice. */
export function verdictsIn(pages: readonly Message[]): ReadonlyMap<string, Fate> {
  const verdicts = new Map<string, Fate>();
  let event = '';
  for (const line of pages.flatMap((page) => shown(page).split('\n'))) {
    event = HEADING.exec(line)?.[1] ?? event;
    const fate = WORDS.find(([words]) => line.startsWith(words))?.[1];
    const label = LABEL.exec(line)?.[1];
    if (fate === undefined || label === undefined) continue;
    const place = placeOf(event, label);
    if (verdicts.has(place)) throw new Error(`two verdicts on ${place}`);
    verdicts.set(place, fate);
  }
  return verdicts;
}

const titleOf = ({ embeds }: Message): string => embeds[0]?.title ?? '';

/** Whether a message is a page of a report. */
export const isReport = (message: Message): boolean => titleOf(message).startsWith('Flush report');

/** Whether these are all pages of a report. */
export const isWhole = (pages: readonly Message[]): boolean =>
  pages[0] !== undefined && pages.length === Number(/of (\d+)/.exec(titleOf(pages[0]))?.[1] ?? 1);
