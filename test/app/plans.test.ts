import { describe, expect, test } from 'vitest';
import { createPlans } from '../../src/app/plans.ts';
import { findIn } from '../../src/domain/agenda.ts';
import { type EventSummary, summaryOf } from '../../src/domain/event.ts';
import { buildEvent, buildValues } from '../fixtures/domain.ts';

const op = (id: number, name: string): EventSummary => summaryOf(id, buildValues({ name }));
const listOf = (readAt: number, ...events: readonly EventSummary[]) => ({ events, isWhole: true, readAt });

describe('what is planned', () => {
  const nameIn = (plans: ReturnType<typeof createPlans>, list: ReturnType<typeof listOf>) =>
    findIn(plans.over(list).agenda, 1)?.name;

  test('is the list, with what was learnt of single events since', () => {
    const plans = createPlans();
    const list = listOf(100, op(1, 'As listed'), op(2, 'Other'));
    expect(nameIn(plans, list)).toBe('As listed');
    plans.learn(buildEvent(1, { name: 'As learnt' }), 200);
    expect(nameIn(plans, list)).toBe('As learnt');
    expect(findIn(plans.over(list).agenda, 2)?.name).toBe('Other');
  });

  test('goes by the list again once that was read later', () => {
    const plans = createPlans();
    plans.learn(buildEvent(1, { name: 'As learnt' }), 200);
    expect(nameIn(plans, listOf(100, op(1, 'Before')))).toBe('As learnt');
    expect(nameIn(plans, listOf(201, op(1, 'After')))).toBe('After');
  });

  test('is not put back by a slow answer', () => {
    const plans = createPlans();
    const list = listOf(100, op(1, 'As listed'));
    plans.learn(buildEvent(1, { name: 'Younger' }), 300);
    plans.learn(buildEvent(1, { name: 'Older' }), 200);
    expect(nameIn(plans, list)).toBe('Younger');
    plans.learn(buildEvent(1, { name: 'As listed' }), 400);
    expect(nameIn(plans, list)).toBe('As listed');
  });

  test('is arranged anew only when something has changed', () => {
    const plans = createPlans();
    const list = listOf(100, op(1, 'As listed'));
    const { agenda } = plans.over(list);
    plans.learn(buildEvent(1, { name: 'As listed', location: 'Elsewhere' }), 200);
    expect(plans.over(list).agenda).toBe(agenda);
  });
});
