import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import type { EventValues } from '../../src/domain/event.ts';
import {
  CHANNELS,
  FIELD_NAMES,
  FIELDS,
  type Field,
  type FieldValue,
  type Form,
  INTERVALS,
} from '../../src/domain/field.ts';
import { parseForm } from '../../src/domain/form.ts';
import type { Submitting } from '../../src/domain/form-times.ts';
import { fieldOnForm, type SnapshotField, snapshotOf, type Typed, typedOf } from '../../src/domain/snapshot.ts';
import { MAX_INPUT_LENGTH, NO_ANSWERS } from '../../src/domain/texts/text-field.ts';
import { buildEdit, buildEvent } from '../fixtures/domain.ts';

const BERLIN = 'Europe/Berlin';
const IN_BERLIN = { zone: BERLIN, unitZone: BERLIN };
const NOW: Submitting = { nowMs: Date.parse('2026-11-22T12:00:00Z'), dateOrder: null, picks: [], texts: NO_ANSWERS };

const NOTHING = { edits: [], refused: [], echoes: [], oldEnd: null };
const SNAPSHOT = snapshotOf(buildEvent(1), 'schedule', [], IN_BERLIN);

/** What comes back from a form that shows an event with `values`, when `typed` was typed into it. */
function submit(form: Form, typed: Readonly<Partial<Record<Field, Typed>>>, values: Partial<EventValues> = {}) {
  const snapshot = snapshotOf(buildEvent(1, values), form, [], IN_BERLIN);
  const inputs = new Map(snapshot.fields.map((of) => [of.field, typedOf(snapshot, of)]));
  for (const field of FIELD_NAMES) {
    const text = typed[field];
    if (text !== undefined) inputs.set(field, text);
  }
  return parseForm(snapshot, inputs, NOW);
}

/** The wanted value of each edit, by field. */
const wantedBy = ({ edits }: ReturnType<typeof parseForm>) =>
  Object.fromEntries(edits.map(({ field, wanted }) => [field, wanted]));

/** The error of each refused input, by field. */
const refusedBy = ({ refused }: ReturnType<typeof parseForm>) =>
  Object.fromEntries(refused.map(({ field, error }) => [field, error]));

describe('an opened form', () => {
  test('shows what PERSCOM holds', () => {
    expect(snapshotOf(buildEvent(1), 'schedule', [], IN_BERLIN)).toEqual({
      form: 'schedule',
      eventId: 1,
      eventName: 'Op Alpha',
      eventPage: null,
      ...IN_BERLIN,
      queued: [],
      starts: '2026-12-01T18:00:00Z',
      isAllDay: false,
      fields: [
        { field: 'starts', live: '2026-12-01T18:00:00Z', shown: '2026-12-01T18:00:00Z', text: null },
        { field: 'ends', live: '2026-12-01T20:00:00Z', shown: '2026-12-01T20:00:00Z', text: null },
        { field: 'all_day', live: false, shown: false, text: null },
        { field: 'repeats', live: false, shown: false, text: null },
      ],
    });
  });

  test("shows this event's queued values in place of what PERSCOM holds", () => {
    const mine = buildEdit({ field: 'location', base: 'Altis', wanted: 'Stratis' });
    const ofAnotherEvent = buildEdit({ eventId: 2, field: 'name', wanted: 'Not this one' });
    const shown = snapshotOf(buildEvent(1), 'details', [ofAnotherEvent, mine], IN_BERLIN).fields;
    expect(shown.find(({ field }) => field === 'location')).toEqual({
      field: 'location',
      live: 'Altis',
      shown: 'Stratis',
      text: { syntax: 'plain', text: 'Stratis', isTooLong: false },
    });
    expect(shown.find(({ field }) => field === 'name')?.shown).toBe('Op Alpha');
  });

  test.each<[Field, FieldValue, Typed]>([
    ['starts', '2026-12-01T18:00:00Z', '2026-12-01 19:00'],
    ['registration_deadline', null, ''],
    ['all_day', true, true],
    ['repeats', false, false],
    ['name', 'Op Alpha', 'Op Alpha'],
    ['description', ' one\r\ntwo\r\n', 'one\ntwo'],
    ['location', null, ''],
    ['calendar_id', 2, ['2']],
    ['calendar_id', null, []],
    ['author_id', 7, '7'],
    ['author_id', null, ''],
    ['notifications_channels', ['mail', 'pigeon'], ['mail']],
    ['notifications_interval', null, []],
  ])('fills %s that holds %j with %j', (field, value, typed) => {
    expect(typedOf(SNAPSHOT, fieldOnForm(field, value, value))).toEqual(typed);
  });

  test('never cuts a text that is too long for a text input: its input is empty', () => {
    const shownOf = (text: string): Typed => typedOf(SNAPSHOT, fieldOnForm('content', text, text));
    expect(shownOf('x'.repeat(MAX_INPUT_LENGTH))).toHaveLength(4000);
    expect(shownOf('x'.repeat(MAX_INPUT_LENGTH + 1))).toBe('');
    expect(fieldOnForm('content', null, '😀'.repeat(2_001)).text?.isTooLong).toBe(true);
  });
});

describe('a submitted form', () => {
  test('asks only for what was touched, with what PERSCOM held as its base', () => {
    expect(submit('details', { name: 'Op Bravo' })).toEqual({
      edits: [
        { eventId: 1, eventName: 'Op Alpha', eventPage: null, field: 'name', base: 'Op Alpha', wanted: 'Op Bravo' },
      ],
      refused: [],
      echoes: [],
      oldEnd: null,
    });
  });

  test.each<[Field, Typed, FieldValue]>([
    ['ends', '2026-12-02 00:00', '2026-12-01T23:00:00Z'],
    ['all_day', true, true],
    ['repeats', true, true],
    ['name', '  Op  Bravo ', 'Op  Bravo'],
    ['calendar_id', ['3'], 3],
    ['location', '', null],
    ['url', 'https://example.test/b', 'https://example.test/b'],
    ['author_id', '12', 12],
    ['description', 'one\r\ntwo', '<p>one<br>two</p>'],
    ['content', '   ', null],
    ['registration_enabled', false, false],
    ['registration_deadline', '', null],
    ['notifications_enabled', false, false],
    ['notifications_interval', ['pt0m'], ['pt0m']],
    ['notifications_channels', [], []],
  ])('takes %s typed as %j for %j', (field, typed, wanted) => {
    expect(wantedBy(submit(FIELDS[field].form, { [field]: typed }))).toEqual({ [field]: wanted });
  });

  test('that was filled with a queued value keeps what PERSCOM held as the base', () => {
    const queued = buildEdit({ field: 'location', base: 'Altis', wanted: 'Stratis' });
    const snapshot = snapshotOf(buildEvent(1), 'details', [queued], IN_BERLIN);
    const { edits } = parseForm(snapshot, new Map([['location', 'Malden']]), NOW);
    expect(edits).toMatchObject([{ field: 'location', base: 'Altis', wanted: 'Malden' }]);
  });

  test('asks to go back where a queued value is overtyped with what PERSCOM holds', () => {
    const queued = buildEdit({ field: 'location', base: 'Altis', wanted: 'Stratis' });
    const snapshot = snapshotOf(buildEvent(1), 'details', [queued], IN_BERLIN);
    const { edits } = parseForm(snapshot, new Map([['location', 'Altis']]), NOW);
    expect(edits).toMatchObject([{ field: 'location', base: 'Altis', wanted: 'Altis' }]);
  });

  test('asks for nothing where an input did not come back at all', () => {
    const snapshot = snapshotOf(buildEvent(1), 'alerts', [], IN_BERLIN);
    expect(parseForm(snapshot, new Map(), NOW)).toEqual(NOTHING);
  });

  test('leaves a text alone that was too long to show, and adds what is typed behind it', () => {
    const content = 'x'.repeat(MAX_INPUT_LENGTH + 1);
    expect(submit('text', { content: '' }, { content })).toEqual(NOTHING);
    expect(wantedBy(submit('text', { content: 'short' }, { content }))).toEqual({ content: `${content}\n\nshort` });
  });

  test('keeps members of a set that PERSCOM has and no form offers', () => {
    const values = { notifications_channels: ['mail', 'pigeon'] };
    expect(submit('alerts', { notifications_channels: ['mail'] }, values).edits).toEqual([]);
    expect(wantedBy(submit('alerts', { notifications_channels: ['sms'] }, values))).toEqual({
      notifications_channels: ['sms', 'pigeon'],
    });
  });

  test('takes the same members in another order for untouched', () => {
    expect(submit('alerts', { notifications_interval: ['p1d', 'pt1h'] }).edits).toEqual([]);
  });

  test('takes another kind of line break for untouched', () => {
    const values = { description: 'one\ntwo\r\nthree' };
    expect(submit('text', { description: 'one\r\ntwo\rthree' }, values).edits).toEqual([]);
  });
});

describe('an input that cannot be taken', () => {
  test.each<[Form, Field, Typed, object]>([
    ['schedule', 'starts', '', { kind: 'must-not-be-empty' }],
    ['schedule', 'ends', ' ', { kind: 'must-not-be-empty' }],
    ['schedule', 'starts', 'soon', { kind: 'unreadable-time', example: '2026-11-28 19:00' }],
    ['schedule', 'ends', '2027-02-29 19:00', { kind: 'no-such-date' }],
    ['schedule', 'ends', '2027-03-28 02:30', { kind: 'skipped-by-dst', zone: BERLIN }],
    ['schedule', 'ends', '2027-10-31 02:30', { kind: 'ambiguous-by-dst', zone: BERLIN }],
    ['details', 'name', '', { kind: 'must-not-be-empty' }],
    ['details', 'name', '😀'.repeat(256), { kind: 'too-long', characters: 256, maxCharacters: 255 }],
    ['details', 'calendar_id', [], { kind: 'must-not-be-empty' }],
    ['details', 'author_id', '', { kind: 'must-not-be-empty' }],
    ['details', 'author_id', '0', { kind: 'not-a-user-id' }],
    ['details', 'author_id', '-1', { kind: 'not-a-user-id' }],
    ['details', 'author_id', '1.5', { kind: 'not-a-user-id' }],
    ['details', 'author_id', 'Cpt. Mara', { kind: 'not-a-user-id' }],
    ['details', 'author_id', '9007199254740993', { kind: 'not-a-user-id' }],
    ['alerts', 'registration_deadline', 'never', { kind: 'unreadable-time', example: '2026-11-28 19:00' }],
  ])('on form %s: %s typed as %j', (form, field, typed, error) => {
    const read = submit(form, { [field]: typed });
    expect(refusedBy(read)).toMatchObject({ [field]: error });
    expect(read.edits).toEqual([]);
  });

  test('is handed back as it was typed', () => {
    expect(submit('schedule', { starts: 'When we are done' }).refused).toMatchObject([
      { field: 'starts', typed: 'When we are done' },
    ]);
  });

  test('costs no other input its edit', () => {
    const read = submit('details', { name: '', location: 'Stratis', author_id: 'me', url: '' });
    expect(wantedBy(read)).toEqual({ location: 'Stratis', url: null });
    expect(Object.keys(refusedBy(read))).toEqual(['name', 'author_id']);
  });

  test('holds back the other times, and them only', () => {
    const held = { kind: 'held', instant: '2026-12-05T19:00:00Z' };
    const late = submit('schedule', { starts: 'sat 2000', ends: 'late', repeats: true });
    expect(wantedBy(late)).toEqual({ repeats: true });
    expect(late.refused.map(({ field, typed }) => [field, typed])).toEqual([
      ['starts', 'sat 2000'],
      ['ends', 'late'],
    ]);
    expect(refusedBy(late)).toMatchObject({ starts: { kind: 'held' }, ends: { kind: 'unreadable-time' } });
    expect(refusedBy(submit('schedule', { starts: 'soon', ends: '2026-12-05 20:00' }))).toMatchObject({ ends: held });
    expect(wantedBy(submit('alerts', { registration_deadline: 'soon', registration_enabled: false }))).toEqual({
      registration_enabled: false,
    });
  });

  test('a name of 255 characters is none, even where Discord counts twice as many', () => {
    expect(wantedBy(submit('details', { name: '😀'.repeat(255) }))).toEqual({ name: '😀'.repeat(255) });
  });
});

describe('an end that is left alone while its start moves', () => {
  test('moves along, so that the event stays as long as it is, to the second', () => {
    const read = submit('schedule', { starts: '2026-12-01 22:00' });
    expect(wantedBy(read)).toEqual({ starts: '2026-12-01T21:00:00Z', ends: '2026-12-01T23:00:00Z' });
    expect(read.oldEnd).toBe('2026-12-01T20:00:00Z');
    expect(read.echoes).toEqual([{ field: 'starts', typed: '2026-12-01 22:00', zone: BERLIN }]);
  });

  test('counts what is queued, not what PERSCOM holds', () => {
    const starts = buildEdit({ field: 'starts', base: '2026-12-01T18:00:00Z', wanted: '2026-12-08T18:00:00Z' });
    const ends = buildEdit({ field: 'ends', base: '2026-12-01T20:00:00Z', wanted: '2026-12-08T23:00:00Z' });
    const snapshot = snapshotOf(buildEvent(1), 'schedule', [starts, ends], IN_BERLIN);
    const read = parseForm(snapshot, new Map([['starts', '2026-12-09 19:00']]), NOW);
    expect(wantedBy(read)).toEqual({ starts: '2026-12-09T18:00:00Z', ends: '2026-12-09T23:00:00Z' });
  });

  test.each<[string, Partial<EventValues>]>([
    ['there is none', { ends: null }],
    ['it is before the start already', { ends: '2026-11-01T00:00:00Z' }],
  ])('stays where %s', (_, values) => {
    const read = submit('schedule', { starts: '2027-10-01 19:00' }, values);
    expect([read.oldEnd, wantedBy(read).ends]).toEqual([null, undefined]);
  });

  test('stays where somebody has queued an end of its own, as long as that is after the start', () => {
    const ends = buildEdit({ field: 'ends', base: '2026-12-01T20:00:00Z', wanted: '2026-12-08T22:00:00Z' });
    const snapshot = snapshotOf(buildEvent(1), 'schedule', [ends], IN_BERLIN);
    const wanted = (starts: string) => wantedBy(parseForm(snapshot, new Map([['starts', starts]]), NOW));
    expect(wanted('2026-12-08 20:00')).toEqual({ starts: '2026-12-08T19:00:00Z' });
    expect(wanted('2026-12-09 19:00').ends).toBe('2026-12-16T22:00:00Z');
  });

  test('holds back the start while another end is typed that is refused', () => {
    const read = submit('schedule', { starts: 'sat 5 dec 2000', ends: 'late', repeats: true });
    expect(wantedBy(read)).toEqual({ repeats: true });
    expect(refusedBy(read)).toMatchObject({ starts: { kind: 'held' }, ends: { kind: 'unreadable-time' } });
  });

  test('stays with the start that could not be taken', () => {
    const read = submit('schedule', { starts: 'soon' });
    expect([read.edits, read.oldEnd]).toEqual([[], null]);
  });
});

describe('an event that takes whole days', () => {
  const days = (zone: string, from: string, until: string): Partial<EventValues> => {
    const at = (day: string) =>
      DateTime.fromISO(day, { zone }).startOf('day').toUTC().toFormat("yyyy-MM-dd'T'HH:mm:ss'Z'");
    return { all_day: true, starts: at(from), ends: at(until) };
  };
  const values = days(BERLIN, '2026-12-05', '2026-12-07');

  test('shows its days on the clocks of the unit, wherever its reader is', () => {
    const inNewYork = { zone: 'America/New_York', unitZone: BERLIN };
    const snapshot = snapshotOf(buildEvent(1, values), 'schedule', [], inNewYork);
    const shown = snapshot.fields.map((of) => typedOf(snapshot, of));
    expect(shown.slice(0, 2)).toEqual(['2026-12-05', '2026-12-06']);
    const read = parseForm(snapshot, new Map([['starts', '2026-12-12']]), NOW);
    expect(wantedBy(read)).toEqual({ starts: '2026-12-11T23:00:00Z', ends: '2026-12-13T23:00:00Z' });
  });

  test('ends with the day that was typed', () => {
    expect(wantedBy(submit('schedule', { ends: '2026-12-08' }, values))).toEqual({ ends: '2026-12-08T23:00:00Z' });
  });

  test('moves by whole days', () => {
    expect(wantedBy(submit('schedule', { starts: '+1w' }, values))).toEqual({
      starts: '2026-12-11T23:00:00Z',
      ends: '2026-12-13T23:00:00Z',
    });
  });

  test('keeps its days in every zone, whatever their clocks do', () => {
    const wrong = Intl.supportedValuesOf('timeZone').filter((zone) => {
      const away = { zone: 'Pacific/Kiritimati', unitZone: zone };
      const snapshot = snapshotOf(buildEvent(1, days(zone, '2027-03-26', '2027-03-29')), 'schedule', [], away);
      const read = parseForm(snapshot, new Map([['starts', '2027-10-29']]), NOW);
      const { starts, ends } = days(zone, '2027-10-29', '2027-11-01');
      return JSON.stringify(wantedBy(read)) !== JSON.stringify({ starts, ends });
    });
    expect(wrong).toEqual([]);
  });

  test('asks about a day in the past', () => {
    expect(refusedBy(submit('schedule', { starts: '2026-11-21' }, values))).toMatchObject({
      starts: {
        kind: 'past',
        candidates: [{ instant: '2027-11-20T23:00:00Z' }, { instant: '2026-11-20T23:00:00Z' }],
      },
    });
  });

  test.each([
    ['28/11/2020', '2026-11-28', '2020-11-28'],
    ['2024-02-29', '2028-02-29', '2024-02-29'],
    ['yesterday', '2026-11-22', '2026-11-21'],
  ])('asks whether %j is the next such day that is not past, or itself', (starts, ...candidates) => {
    const { error } = submit('schedule', { starts }, values).refused[0] ?? {};
    const offered = error !== undefined && 'candidates' in error ? error.candidates : [];
    expect(offered.map(({ text }) => text)).toEqual(candidates);
  });

  test.each([
    ['28 Nov 26', '2026-11-27T23:00:00Z'],
    ['28 Nov 2027', '2027-11-27T23:00:00Z'],
  ])('is given a day of a year: %j', (starts, wanted) => {
    expect(wantedBy(submit('schedule', { starts }, values)).starts).toBe(wanted);
  });

  test.each(['28 Nov 2100', '28/11 2000', '2026-11-28 19:00', 'sat 7pm'])(
    'is asked whether its day is meant where a time of day is typed: %j',
    (starts) => {
      const day = { instant: '2026-11-27T23:00:00Z', text: '2026-11-28', zone: BERLIN, dateOrder: null };
      expect(refusedBy(submit('schedule', { starts }, values)).starts).toEqual({
        kind: 'takes-days',
        candidates: [day],
      });
    },
  );

  test('is given a time of day where its own is none at which days begin, as its form shows that', () => {
    const atSeven = { ...values, starts: '2026-12-05T18:00:00Z' };
    const read = submit('schedule', { starts: '2026-12-06 19:00' }, atSeven);
    expect(wantedBy(read).starts).toBe('2026-12-06T18:00:00Z');
  });

  test('ends on the first such weekday from its start on', () => {
    expect(wantedBy(submit('schedule', { ends: 'mon' }, values))).toEqual({ ends: '2026-12-07T23:00:00Z' });
    expect(wantedBy(submit('schedule', { starts: '2026-12-12', ends: 'sun' }, values))).toEqual({
      starts: '2026-12-11T23:00:00Z',
      ends: '2026-12-13T23:00:00Z',
    });
  });

  test('that starts at a time which clocks skip on another day is moved there by its date', () => {
    const timed = { all_day: true, starts: '2027-03-27T01:30:00Z', ends: '2027-03-29T01:30:00Z' };
    expect(wantedBy(submit('schedule', { starts: '+1d' }, timed)).starts).toBe('2027-03-28T01:00:00Z');
  });
});

test('a time is read on the clocks that its label names, also when All day is ticked or unticked with it', () => {
  const inNewYork = { zone: 'America/New_York', unitZone: BERLIN };
  const read = (all_day: boolean) => {
    const snapshot = snapshotOf(buildEvent(1, { all_day }), 'schedule', [], inNewYork);
    return wantedBy(
      parseForm(
        snapshot,
        new Map<Field, Typed>([
          ['starts', '2026-12-05 19:00'],
          ['all_day', !all_day],
        ]),
        NOW,
      ),
    );
  };
  expect(read(true).starts).toBe('2026-12-05T18:00:00Z');
  expect(read(false).starts).toBe('2026-12-06T00:00:00Z');
});

test('what was picked for a time counts in place of what was typed, in the past too', () => {
  const snapshot = snapshotOf(buildEvent(1), 'schedule', [], IN_BERLIN);
  const pick = { field: 'starts', instant: '2026-11-20T18:00:00Z' } as const;
  const read = parseForm(snapshot, new Map([['starts', 'soon']]), { ...NOW, picks: [pick] });
  expect(wantedBy(read)).toEqual({ starts: '2026-11-20T18:00:00Z', ends: '2026-11-20T20:00:00Z' });
});

describe('an end that is typed as a time of day', () => {
  test('is the next one from the start on that was typed with it, and waits where that was refused', () => {
    expect(wantedBy(submit('schedule', { starts: 'sat 5 dec 2000', ends: '2300' }))).toEqual({
      starts: '2026-12-05T19:00:00Z',
      ends: '2026-12-05T22:00:00Z',
    });
    expect(wantedBy(submit('schedule', { starts: 'sat 2000', ends: '02:00' })).ends).toBe('2026-11-29T01:00:00Z');
    const waiting = submit('schedule', { starts: 'soon', ends: '2300' });
    expect([waiting.edits, refusedBy(waiting).ends]).toEqual([[], { kind: 'awaits-start', candidates: [] }]);
  });

  test('waits for a start that was refused', () => {
    const read = submit('schedule', { starts: '3/4 1900', ends: '2026-11-25 19:00', repeats: true });
    expect(wantedBy(read)).toEqual({ repeats: true });
    expect(refusedBy(read)).toMatchObject({ starts: { kind: 'ambiguous-order' }, ends: { kind: 'held' } });
  });

  test('holds All day back with it, which would count for the times that there are', () => {
    const read = submit('schedule', { starts: '05/12', ends: '06/12', all_day: true, repeats: true });
    expect(wantedBy(read)).toEqual({ repeats: true });
    expect(refusedBy(read)).toMatchObject({
      starts: { kind: 'ambiguous-order' },
      all_day: { kind: 'held', instant: null },
    });
  });

  test('is the next one from the start on that there is', () => {
    expect(wantedBy(submit('schedule', { ends: '22:00' }))).toEqual({ ends: '2026-12-01T21:00:00Z' });
    expect(wantedBy(submit('schedule', { ends: '1am' }))).toEqual({ ends: '2026-12-02T00:00:00Z' });
  });
});

describe('an end that is not after the start', () => {
  test('refuses the start that was moved behind an end that was moved too', () => {
    const read = submit('schedule', { starts: '2026-12-01 23:00', ends: '2026-12-01 22:00', all_day: true });
    const error = { kind: 'ends-too-early', starts: '2026-12-01T22:00:00Z', ends: '2026-12-01T21:00:00Z' };
    expect(refusedBy(read)).toMatchObject({ starts: error, ends: error, all_day: { kind: 'held' } });
    expect(wantedBy(read)).toEqual({});
  });

  test('refuses the end that was moved before the start, or onto it', () => {
    const refused = { kind: 'ends-too-early', starts: '2026-12-01T18:00:00Z', ends: '2026-12-01T18:00:00Z' };
    expect(refusedBy(submit('schedule', { ends: '2026-12-01 19:00' }))).toMatchObject({ ends: refused });
  });

  test('refuses both where both were moved', () => {
    const read = submit('schedule', { starts: '2026-12-05 20:00', ends: '2026-12-05 19:00' });
    expect(Object.keys(refusedBy(read))).toEqual(['starts', 'ends']);
  });

  test('is measured against a queued start', () => {
    const queued = buildEdit({ field: 'starts', base: '2026-12-01T18:00:00Z', wanted: '2026-12-08T18:00:00Z' });
    const snapshot = snapshotOf(buildEvent(1), 'schedule', [queued], IN_BERLIN);
    expect(refusedBy(parseForm(snapshot, new Map([['ends', '2026-12-01 23:00']]), NOW))).toMatchObject({
      ends: { kind: 'ends-too-early', starts: '2026-12-08T18:00:00Z', ends: '2026-12-01T22:00:00Z' },
    });
  });

  test('that PERSCOM holds already stands in nobody’s way who changes neither', () => {
    expect(wantedBy(submit('schedule', { repeats: true }, { ends: '2026-11-01T00:00:00Z' }))).toEqual({
      repeats: true,
    });
  });

  test('refuses that the event no longer takes all day, where that is all that was touched', () => {
    const ends = '2026-12-01T18:00:00Z';
    const read = submit('schedule', { all_day: false }, { all_day: true, starts: ends, ends });
    expect(refusedBy(read)).toMatchObject({ all_day: { kind: 'ends-too-early', starts: ends, ends } });
  });

  test('may be the start itself where the event takes all day', () => {
    const midnight = '2026-12-01 00:00';
    expect(refusedBy(submit('schedule', { starts: midnight, ends: midnight, all_day: true }))).toEqual({});
    expect(Object.keys(refusedBy(submit('schedule', { starts: midnight, ends: midnight })))).toEqual([
      'starts',
      'ends',
    ]);
  });

  test('may mean the same time of day after the start', () => {
    const refused = refusedBy(submit('schedule', { starts: 'sat 2000', ends: 'today 23:00' }));
    expect(refused).toMatchObject({
      starts: { candidates: [] },
      ends: { candidates: [{ instant: '2026-11-28T22:00:00Z' }] },
    });
    expect(refusedBy(submit('schedule', { ends: '19:00' }))).toMatchObject({
      ends: { candidates: [{ instant: '2026-12-02T18:00:00Z' }] },
    });
  });

  test('is not looked for where an event has no end', () => {
    expect(wantedBy(submit('schedule', { starts: '2027-01-01 19:00' }, { ends: null }))).toEqual({
      starts: '2027-01-01T18:00:00Z',
    });
  });
});

const instant = fc
  .integer({ min: 946_684_800, max: 2_145_916_799 })
  .map((seconds) => `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`);
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.array(fc.constantFrom('a', ' ', '\n', '\r\n', '\r', '\t'), { maxLength: 12 }).map((parts) => parts.join('')),
  fc.constant('x'.repeat(MAX_INPUT_LENGTH + 5)),
);
const membersOf = (choices: readonly { readonly value: string }[]) =>
  fc.option(fc.array(fc.constantFrom(...choices.map(({ value }) => value), 'pigeon', 'P2W'), { maxLength: 6 }));
const id = fc.option(fc.integer({ min: 1, max: 2 ** 31 }));
const anyValues: fc.Arbitrary<EventValues> = fc.record({
  name: text,
  calendar_id: id,
  description: fc.option(text),
  content: fc.option(text),
  location: fc.option(text),
  url: fc.option(text),
  author_id: id,
  all_day: fc.boolean(),
  starts: instant,
  ends: fc.option(instant),
  repeats: fc.boolean(),
  registration_enabled: fc.boolean(),
  registration_deadline: fc.option(instant),
  notifications_enabled: fc.boolean(),
  notifications_interval: membersOf(INTERVALS),
  notifications_channels: membersOf(CHANNELS),
});

/** What Discord sends back for an input that nobody touched: it may write line breaks in its own way. */
const asDiscordSends = (typed: Typed): Typed => (typeof typed === 'string' ? typed.replaceAll('\n', '\r\n') : typed);

test('an untouched form never asks for anything, whatever the event holds and wherever the unit is', () => {
  const forms = fc.constantFrom<Form>('schedule', 'details', 'text', 'alerts');
  const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
  fc.assert(
    fc.property(anyValues, forms, zones, zones, (values, form, zone, unitZone) => {
      const snapshot = snapshotOf(buildEvent(1, values), form, [], { zone, unitZone });
      const sent = (of: SnapshotField) => [of.field, asDiscordSends(typedOf(snapshot, of))] as const;
      expect(parseForm(snapshot, new Map(snapshot.fields.map(sent)), NOW)).toEqual(NOTHING);
    }),
    { numRuns: 400 },
  );
});
