import { ComponentType } from 'discord.js';
import { describe, expect, test } from 'vitest';
import type { FilterError, Instead } from '../../../src/app/list-events.ts';
import type { ShowError } from '../../../src/app/show-event.ts';
import { listReply } from '../../../src/discord/events/event-list.ts';
import { describeFilterError, describeShowError } from '../../../src/discord/events/list-words.ts';
import { err } from '../../../src/domain/result.ts';
import type { DayError } from '../../../src/domain/times/read-time.ts';
import { setUpApp } from '../../fixtures/app.ts';
import { API_ERRORS } from '../../fixtures/domain.ts';
import { BY_ANNA } from '../../fixtures/store.ts';
import { type Every, expectSentence, sentencesOf, told } from '../../fixtures/words.ts';

const candidates = [] as const;
const DAY_ERRORS: Every<DayError> = {
  'unreadable-time': { kind: 'unreadable-time', example: '28 Nov', candidates },
  'no-such-date': { kind: 'no-such-date', candidates },
  'other-weekday': { kind: 'other-weekday', day: '2026-11-28', candidates },
  'ambiguous-order': { kind: 'ambiguous-order', candidates },
  past: { kind: 'past', instant: '2026-01-01T00:00:00Z', candidates },
};

const refusedDay = (error: DayError, instead: readonly Instead[] = []): FilterError => ({
  ...{ kind: 'refused-day', option: 'from', text: '03/04', error, instead },
});

const READ_ERRORS = {
  'not-connected': { kind: 'not-connected' },
  api: { kind: 'api', error: API_ERRORS.timeout },
  slow: { kind: 'slow' },
} as const;

const FILTER_ERRORS: Every<FilterError> = {
  ...READ_ERRORS,
  'no-such-calendar': { kind: 'no-such-calendar', text: 'Nowhere', count: 0 },
  'refused-day': { kind: 'refused-day', option: 'from', text: 'x', error: DAY_ERRORS['no-such-date'], instead: [] },
  'disordered-days': { kind: 'disordered-days' },
};

const SHOW_ERRORS: Every<ShowError> = {
  ...READ_ERRORS,
  'no-such-event': { kind: 'no-such-event', text: 'Op X' },
  'several-events': { kind: 'several-events', text: 'Op X' },
  gone: { kind: 'gone' },
};

describe('what is said where there is nothing to show', () => {
  const said = [
    ...told('filter', FILTER_ERRORS, describeFilterError),
    ...told('day', DAY_ERRORS, (error) => describeFilterError(refusedDay(error))),
    ...told('show', SHOW_ERRORS, describeShowError),
  ];

  test.each(said)('%s is whole sentences', (_, sentence) => {
    expectSentence(sentence);
  });

  test('says of what was typed that nothing was changed by it', () => {
    const typed = sentencesOf(said.filter(([what]) => !/: (?:not-connected|api|slow)$/.test(what)));
    expect(typed.filter((sentence) => !sentence.includes('Nothing was changed.'))).toEqual([]);
  });
});

test('a day that can be several is asked about, with a button for each', async () => {
  const { app } = await setUpApp();
  const filter = { calendarId: 2, until: '2027-06-30', text: 'iron' };
  const instead = [
    { filter: { ...filter, from: '2027-04-03' }, dateOrder: 'day-first' as const },
    { filter: { ...filter, from: '2027-03-04' }, dateOrder: null },
  ];
  const { message } = listReply(app, BY_ANNA, err(refusedDay(DAY_ERRORS['ambiguous-order'], instead)), 0, null);
  expect(message.content).toBe(
    '`from` says “03/04”. That may be a day and a month, or a month and a day. Which you choose is remembered. Nothing was changed. Which day is meant?',
  );
  const parts = message.components.flatMap(({ components }) => components);
  expect(parts).toMatchObject([
    {
      type: ComponentType.Button,
      label: 'Sat 3 April 2027',
      custom_id: 'pick-days:1:day:2:2027-04-03:2027-06-30:iron',
    },
    { type: ComponentType.Button, label: 'Thu 4 March 2027', custom_id: 'turn-list:1:0:2:2027-03-04:2027-06-30:iron' },
  ]);
});
