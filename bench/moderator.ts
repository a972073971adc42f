import type { Interaction } from '../sandbox/discord/index.ts';
import type { StoredEvent } from '../sandbox/perscom/server.ts';
import type { Contestant } from './contestant.ts';
import { pickFrom } from './statistics.ts';

/** How many events have an edit waiting while the paths are measured; each edit replaces the one before. */
export const QUEUED_EVENTS = 60;

/** What a moderator does; each act is checked to have been answered as it should, and tells how long that took. */
export type Moderator = {
  /** `/event edit` on any event. */
  openForm(): Promise<number>;
  /** A part of a name is typed into `/event edit`. */
  type(): Promise<number>;
  /** A new end is typed into the form of one of {@link QUEUED_EVENTS} events; only the submit counts. */
  submitForm(): Promise<number>;
};

/** Discord shows no more choices, and the bare handler always answers as many. */
export const MAX_CHOICES = 25;

/** How long an op lasts that is edited for the `turn`th time, in minutes: never as long as the sandbox's ops, nor as the time before. */
const lengthOf = (turn: number): number => 181 + (turn % 29) + 30 * (turn % 16);

const MINUTE_MS = 60_000;
const LONGEST_QUERY = 12;

/** Parts of events' names, as somebody might type them, each of which fits at least {@link MAX_CHOICES} events. */
export function buildQueries(events: readonly StoredEvent[], random: () => number): readonly string[] {
  const names = events.map(({ name }) => name.toLowerCase());
  const part = (): string => {
    const name = pickFrom(names, random);
    const from = Math.floor(random() * name.length);
    return name.slice(from, from + Math.floor(random() * (LONGEST_QUERY + 1))).trim();
  };
  const fits = (text: string): boolean => names.filter((name) => name.includes(text)).length >= MAX_CHOICES;
  return Array.from({ length: 1_000 }, part).filter(fits);
}

/** The events that are yet to come, soonest first: those that people move. */
export const upcoming = (events: readonly StoredEvent[]): readonly StoredEvent[] =>
  events.filter(({ starts }) => Date.parse(starts) > Date.now()).toSorted((a, b) => a.starts.localeCompare(b.starts));

/** How an end is typed that is some minutes after an event's start, on the clocks of UTC; the unit's are ahead. */
export const typedEnd = ({ starts }: StoredEvent, minutes: number): string =>
  new Date(Date.parse(starts) + minutes * MINUTE_MS).toISOString().slice(0, 16).replace('T', ' ');

function checkQueued({ message }: Interaction): void {
  const title = message?.embeds[0]?.title ?? message?.content;
  if (!title?.startsWith('Queued: 1 edit')) throw new Error(`A submitted form was answered with “${title}”`);
}

/** The moderator of `contestant`, who knows these events and types these queries. */
export function createModerator(
  contestant: Contestant,
  events: readonly StoredEvent[],
  queries: readonly string[],
  random: () => number,
): Moderator {
  const planned = upcoming(events).slice(0, QUEUED_EVENTS);
  let turn = 0;
  const open = (event: StoredEvent | undefined) => contestant.command('event edit', { event: String(event?.id) });
  return {
    async openForm() {
      const opened = await open(pickFrom(events, random));
      opened.modalOrThrow();
      return opened.acknowledgedAfterMs;
    },
    async type() {
      const startedAt = performance.now();
      const choices = await contestant.complete(pickFrom(queries, random));
      const tookMs = performance.now() - startedAt;
      if (choices.length !== MAX_CHOICES) throw new Error(`Autocomplete offered ${choices.length} choices`);
      return tookMs;
    },
    async submitForm() {
      const event = planned[turn % planned.length];
      if (event === undefined) throw new Error('No event is yet to come');
      turn += 1;
      const opened = await open(event);
      const typed = { Ends: typedEnd(event, lengthOf(turn)) };
      const submitted = await contestant.submit(opened.modalOrThrow(), typed);
      checkQueued(submitted);
      return submitted.acknowledgedAfterMs;
    },
  };
}
