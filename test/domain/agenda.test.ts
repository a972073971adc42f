import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { agendaOf, entriesNear, findIn, toEntry } from '../../src/domain/agenda.ts';
import type { EventSummary } from '../../src/domain/event.ts';
import { HOUR_MS } from '../../src/domain/zones/zone.ts';

const MIDNIGHT = Date.parse('2026-11-28T00:00:00Z');
const hour = (hours: number): string => `${new Date(MIDNIGHT + hours * HOUR_MS).toISOString().slice(0, 19)}Z`;

const op = (id: number, starts: number, ends: number | null, overrides: Partial<EventSummary> = {}): EventSummary => ({
  id,
  name: `Op ${id}`,
  starts: hour(starts),
  ends: ends === null ? null : hour(ends),
  allDay: false,
  repeats: false,
  calendarId: 1,
  ...overrides,
});

const idsNear = (events: readonly EventSummary[], own: EventSummary, hours = 1): readonly number[] =>
  entriesNear(agendaOf(events), toEntry(own), hours * HOUR_MS)
    .map(({ event }) => event.id)
    .sort((a, b) => a - b);

describe('the ops near another', () => {
  test('are those of its calendar and kind that do not repeat, to which less than the margin lies', () => {
    const others = [
      op(2, 16, 17),
      op(3, 16, 17.5),
      op(4, 19, 20),
      op(5, 22.5, 23),
      op(6, 23, 24),
      op(7, 10, 40),
      op(8, 19, 20, { calendarId: 2 }),
      op(9, 19, 20, { repeats: true }),
      op(10, 19, 20, { allDay: true }),
    ];
    expect(idsNear(others, op(1, 18, 22))).toEqual([3, 4, 5, 7]);
    expect(idsNear(others, op(1, 18, 22, { allDay: true }))).toEqual([10]);
    expect(idsNear([...others, op(11, 19, 20, { calendarId: null })], op(1, 18, 22, { calendarId: null }))).toEqual([]);
  });

  test('never include the op itself', () => {
    expect(idsNear([op(1, 18, 22), op(2, 18, 22)], op(1, 19, 23))).toEqual([2]);
  });

  test('count as their start where they have no end, or one before it', () => {
    expect(idsNear([op(2, 20, null), op(3, 20, 10), op(4, 17, null)], op(1, 18, 22))).toEqual([2, 3]);
    expect(idsNear([op(2, 10, 17.5)], op(1, 18, null))).toEqual([2]);
  });

  test('are found in any order of events just as by looking at all of them', () => {
    const times = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.option(fc.integer({ min: 0, max: 30 })));
    fc.assert(
      fc.property(
        fc.array(times, { maxLength: 40 }),
        times,
        fc.integer({ min: 1, max: 9 }),
        (all, [from, for_], margin) => {
          const events = all.map(([starts, length], index) =>
            op(index + 2, starts, length === null ? null : starts + length),
          );
          const own = op(1, from, for_ === null ? null : from + for_);
          const { fromMs, toMs } = toEntry(own);
          const expected = events.filter((event) => {
            const other = toEntry(event);
            return other.fromMs < toMs + margin * HOUR_MS && other.toMs > fromMs - margin * HOUR_MS;
          });
          expect(idsNear(events, own, margin)).toEqual(expected.map(({ id }) => id));
        },
      ),
    );
  });
});

describe('a layer of an agenda', () => {
  const below = agendaOf([op(1, 10, 12), op(2, 18, 20), op(3, 18, 20)]);
  const above = agendaOf([op(2, 50, 52), op(4, 18, 20)], below);

  test('stands in the place of what is beneath it', () => {
    const near = entriesNear(above, toEntry(op(1, 18, 20)), HOUR_MS);
    expect(near.map(({ event }) => event.id)).toEqual([4, 3]);
    expect(entriesNear(above, toEntry(op(9, 50, 51)), HOUR_MS).map(({ event }) => event.id)).toEqual([2]);
  });

  test('is asked first for an event by its id', () => {
    expect(findIn(above, 2)?.starts).toBe(hour(50));
    expect(findIn(above, 3)?.starts).toBe(hour(18));
    expect(findIn(above, 9)).toBeNull();
    expect(findIn(null, 1)).toBeNull();
  });
});

test('an op is held against a thousand others of its calendar in well under 0.05 ms', () => {
  const agenda = agendaOf(Array.from({ length: 1000 }, (_, index) => op(index + 1, index * 6, index * 6 + 3)));
  const samples = Array.from({ length: 500 }, (_, index) => {
    const own = toEntry(op(index + 1, index * 6 + 2, index * 6 + 5));
    const began = performance.now();
    entriesNear(agenda, own, HOUR_MS);
    return performance.now() - began;
  }).sort((a, b) => a - b);
  expect(samples[250]).toBeLessThan(0.05);
});
