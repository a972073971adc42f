import { describe, expect, test } from 'vitest';
import type { EventSummary } from '../../src/domain/event.ts';
import { type EventFilter, filterEvents } from '../../src/domain/event-filter.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const ALL: EventFilter = { calendarId: null, from: null, until: null, text: '' };

const op = (id: number, starts: string, own: Partial<EventSummary> = {}): EventSummary => ({
  ...{ id, name: `Op ${id}`, starts, ends: null, allDay: false, repeats: false, calendarId: 1 },
  ...own,
});

const BERLIN = 'Europe/Berlin';

function idsOf(events: readonly EventSummary[], filter: Partial<EventFilter> = {}, zone = BERLIN) {
  const { events: own, series } = filterEvents(events, { ...ALL, ...filter }, zone, NOW);
  return { own: own.map(({ id }) => id), series: series.map(({ id }) => id) };
}

describe('a filter of events', () => {
  test('leaves out what is over, and puts the soonest first', () => {
    const events = [
      op(1, '2026-12-01T19:00:00Z'),
      op(2, '2026-11-22T11:00:00Z'),
      op(3, '2026-11-22T10:00:00Z', { ends: '2026-11-22T12:00:00Z' }),
      op(4, '2026-11-22T12:00:00Z'),
      op(5, '2026-11-20T10:00:00Z', { ends: '2026-11-22T11:59:59Z' }),
      op(6, '2026-11-22T12:00:00Z'),
    ];
    expect(idsOf(events).own).toEqual([3, 4, 6, 1]);
  });

  test('keeps what takes all day until its last day is over on the unit’s clocks', () => {
    const day = { allDay: true };
    const events = [
      op(1, '2026-11-21T23:00:00Z', { ...day, ends: '2026-11-22T23:00:00Z' }),
      op(2, '2026-11-21T23:00:00Z', { ...day, ends: null }),
      op(3, '2026-11-22T00:00:00Z', { ...day, ends: '2026-11-22T00:00:00Z' }),
      op(4, '2026-11-19T23:00:00Z', { ...day, ends: '2026-11-21T23:00:00Z' }),
    ];
    expect(idsOf(events).own).toEqual([1, 2, 3]);
  });

  test('takes days as those of the unit’s clocks, the first and the last included', () => {
    const events = [
      op(1, '2026-11-27T22:59:59Z'),
      op(2, '2026-11-27T23:00:00Z'),
      op(3, '2026-11-28T22:59:59Z'),
      op(4, '2026-11-28T23:00:00Z'),
    ];
    const day = { from: '2026-11-28', until: '2026-11-28' };
    expect(idsOf(events, day).own).toEqual([2, 3]);
    expect(idsOf(events, day, 'Pacific/Kiritimati').own).toEqual([1, 2]);
    expect(idsOf(events, day, 'Pacific/Niue').own).toEqual([3, 4]);
    expect(idsOf(events, { until: '2026-11-27' }).own).toEqual([1]);
  });

  test('goes back as far as its first day', () => {
    const events = [op(1, '2026-01-01T12:00:00Z'), op(2, '2026-02-01T12:00:00Z')];
    expect(idsOf(events, { from: '2026-01-15' }).own).toEqual([2]);
  });

  test('takes one calendar, and a part of a name in any case of letters', () => {
    const events = [
      op(1, '2026-12-01T19:00:00Z', { name: 'Op Iron Resolve', calendarId: 1 }),
      op(2, '2026-12-02T19:00:00Z', { name: 'Op Iron Fist', calendarId: 2 }),
      op(3, '2026-12-03T19:00:00Z', { name: 'Training', calendarId: null }),
    ];
    expect(idsOf(events, { calendarId: 2 }).own).toEqual([2]);
    expect(idsOf(events, { text: ' IRON ' }).own).toEqual([1, 2]);
    expect(idsOf(events, { text: 'iron', calendarId: 1 }).own).toEqual([1]);
  });

  test('keeps series apart that began before and may still go on', () => {
    const repeats = true;
    const events = [
      op(1, '2026-06-01T18:00:00Z', { repeats }),
      op(2, '2026-12-01T18:00:00Z', { repeats }),
      op(3, '2027-06-01T18:00:00Z', { repeats }),
    ];
    expect(idsOf(events)).toEqual({ own: [2, 3], series: [1] });
    expect(idsOf(events, { from: '2027-01-01' })).toEqual({ own: [3], series: [1, 2] });
    expect(idsOf(events, { from: '2026-12-01', until: '2026-12-31' })).toEqual({ own: [2], series: [1] });
  });
});
