import { describe, expect, test } from 'vitest';
import { createUnitAgenda } from '../../src/app/unit-agenda.ts';
import { findIn } from '../../src/domain/agenda.ts';
import { type EventSummary, summaryOf } from '../../src/domain/event.ts';
import { buildEvent, buildValues } from '../fixtures/domain.ts';

const op = (id: number, name: string): EventSummary => summaryOf(id, buildValues({ name }));
const listOf = (readAt: number, ...events: readonly EventSummary[]) => ({ events, isWhole: true, readAt });

describe('what is planned', () => {
  const nameIn = (planned: ReturnType<typeof createUnitAgenda>, list: ReturnType<typeof listOf>) =>
    findIn(planned.over(list).agenda, 1)?.name;

  test('is the list, with what was learnt of single events since', () => {
    const planned = createUnitAgenda();
    const list = listOf(100, op(1, 'As listed'), op(2, 'Other'));
    expect(nameIn(planned, list)).toBe('As listed');
    planned.learn(buildEvent(1, { name: 'As learnt' }), 200);
    expect(nameIn(planned, list)).toBe('As learnt');
    expect(findIn(planned.over(list).agenda, 2)?.name).toBe('Other');
  });

  test('goes by the list again once that was read later', () => {
    const planned = createUnitAgenda();
    planned.learn(buildEvent(1, { name: 'As learnt' }), 200);
    expect(nameIn(planned, listOf(100, op(1, 'Before')))).toBe('As learnt');
    expect(nameIn(planned, listOf(201, op(1, 'After')))).toBe('After');
  });

  test('is not put back by a slow answer', () => {
    const planned = createUnitAgenda();
    const list = listOf(100, op(1, 'As listed'));
    planned.learn(buildEvent(1, { name: 'Younger' }), 300);
    planned.learn(buildEvent(1, { name: 'Older' }), 200);
    expect(nameIn(planned, list)).toBe('Younger');
    planned.learn(buildEvent(1, { name: 'As listed' }), 400);
    expect(nameIn(planned, list)).toBe('As listed');
  });

  test('is arranged anew only when something has changed', () => {
    const planned = createUnitAgenda();
    const list = listOf(100, op(1, 'As listed'));
    const { agenda } = planned.over(list);
    planned.learn(buildEvent(1, { name: 'As listed', location: 'Elsewhere' }), 200);
    expect(planned.over(list).agenda).toBe(agenda);
  });
});
