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

/** One end after the other: later than any start, and in a month in which no zone of Europe changes its clocks. */
function createEnds(): () => string {
  let next = Date.UTC(new Date().getUTCFullYear() + 5, 0, 2);
  return () => {
    next += MINUTE_MS;
    return new Date(next).toISOString().slice(0, 16).replace('T', ' ');
  };
}

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
  const nextEnd = createEnds();
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
      turn = (turn + 1) % QUEUED_EVENTS;
      const opened = await open(events[turn]);
      const submitted = await contestant.submit(opened.modalOrThrow(), { Ends: nextEnd() });
      checkQueued(submitted);
      return submitted.acknowledgedAfterMs;
    },
  };
}
