import { describe, expect, test } from 'vitest';
import {
  type ActionName,
  type ArgumentsOf,
  chosenForm,
  chosenNumber,
  chosenNumbers,
  chosenSettlement,
  customId,
  formOption,
  inputId,
  parseArguments,
  parseInputId,
  settlementOfAllOption,
  settlementOption,
  splitCustomId,
} from '../../src/discord/custom-id.ts';
import { FIELD_NAMES, FORM_NAMES } from '../../src/domain/field.ts';

const FLUSH = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const LONGEST = 'x'.repeat(36);
const HUGE = 999_999_999_999_999;

/** What every action carries, ordinary and as long as it gets; the compiler sees to it that none is missing. */
const CARRIED: { readonly [Name in ActionName]: readonly ArgumentsOf<Name>[] } = {
  'open-form': [
    [7, 'alerts'],
    [HUGE, 'schedule'],
  ],
  'choose-form': [[7], [HUGE]],
  'fix-draft': [[FLUSH], [LONGEST]],
  'open-draft': [[]],
  'pick-time': [
    [FLUSH, 'starts', 1_795_000_000, 'none'],
    [LONGEST, 'registration_deadline', -62_135_596_800, 'month-first'],
  ],
  'keep-end': [
    [7, 0],
    [HUGE, 253_402_300_799],
  ],
  'replace-edits': [[FLUSH], [LONGEST]],
  'submit-form': [
    [7, 'details', FLUSH],
    [HUGE, 'schedule', LONGEST],
  ],
  'list-calendars': [
    [7, 0],
    [HUGE, HUGE],
  ],
  'choose-calendar': [[7], [HUGE]],
  'view-queue': [[]],
  'turn-queue': [[0], [3], [HUGE]],
  'take-back': [[0], [HUGE]],
  'ask-discard': [[]],
  'discard-queue': [[0], [12], [HUGE]],
  'preview-flush': [[]],
  'turn-preview': [
    [FLUSH, 2],
    [LONGEST, HUGE],
  ],
  'send-flush': [[FLUSH], [LONGEST]],
  'send-rest': [[FLUSH], [LONGEST]],
  'halve-flush': [[FLUSH], [LONGEST]],
  'choose-conflict': [[FLUSH], [LONGEST]],
  'keep-ours': [
    [FLUSH, 0],
    [LONGEST, HUGE],
  ],
  'keep-theirs': [
    [FLUSH, 12],
    [LONGEST, HUGE],
  ],
  'drop-gone': [[FLUSH], [LONGEST]],
  'fix-edit': [[]],
  'settle-flush': [[]],
  'leave-waiting': [[0], [12], [HUGE]],
  'stop-waiting': [[FLUSH], [LONGEST]],
  'turn-history': [[0], [HUGE]],
  'show-flush': [[0], [HUGE]],
  'turn-flush': [
    [FLUSH, 0, 0],
    [LONGEST, HUGE, HUGE],
  ],
  'undo-flush': [[FLUSH], [LONGEST]],
  'turn-undo': [
    [FLUSH, 1],
    [LONGEST, HUGE],
  ],
  'turn-shift': [
    [FLUSH, 2],
    [LONGEST, HUGE],
  ],
  'choose-shifted': [
    [FLUSH, 0, 0, 1],
    [LONGEST, 199, 199, 20],
  ],
  'settle-shifted': [
    [FLUSH, 0],
    [LONGEST, HUGE],
  ],
  'toggle-shift': [
    [FLUSH, 'ends', 0],
    [LONGEST, 'deadlines', HUGE],
  ],
  'queue-shift': [[FLUSH], [LONGEST]],
  'replace-shifted': [[FLUSH], [LONGEST]],
  'renew-shift': [[FLUSH], [LONGEST]],
  'shift-instead': [
    [FLUSH, 1],
    [LONGEST, HUGE],
  ],
  'shift-chosen': [[]],
  'ask-shift': [[FLUSH], [LONGEST]],
  'submit-shift': [[FLUSH], [LONGEST]],
  'turn-list': [
    [0, null, null, null],
    [3, 7, '2026-11-28', null, 'iron'],
    [999, HUGE, '2026-11-28', '2027-02-28', 'x'.repeat(44)],
    [1, null, null, '2026-11-28', 'a', 'b', '', 'c'],
  ],
  'pick-days': [
    ['day', null, '2026-11-28', null],
    ['month', HUGE, '2026-11-28', '2027-02-28', 'x'.repeat(44)],
  ],
  'show-event': [[]],
  'turn-event': [
    [7, 0],
    [HUGE, 999],
  ],
  'set-unit-zone': [['Europe/Berlin'], ['America/Argentina/ComodRivadavia']],
  'set-own-zone': [
    ['Etc/GMT+5', 'ask'],
    ['America/Argentina/ComodRivadavia', 'month-first'],
  ],
  'forget-zone': [[]],
  cancel: [[]],
};

const isAction = (name: string): name is ActionName => Object.hasOwn(CARRIED, name);
const ACTIONS = Object.keys(CARRIED).filter(isAction);

/** The ids of an action, each with what it carries. */
const written = <Name extends ActionName>(name: Name): readonly { id: string; args: readonly unknown[] }[] =>
  CARRIED[name].map((args) => ({ id: customId(name, ...args), args }));

/** What the bot makes of a custom id that comes back from Discord: an action with what it carries, or null. */
function readBack(id: string) {
  const split = splitCustomId(id);
  const args = split === null ? null : parseArguments(split.name, split.args);
  return split === null || args === null ? null : { name: split.name, args };
}

test.each(ACTIONS)('%s is read back as it was written', (name) => {
  for (const { id, args } of written(name)) expect(readBack(id), id).toEqual({ name, args });
});

test('an id says its action, its version and what it carries', () => {
  expect(customId('turn-preview', FLUSH, 2)).toBe(`turn-preview:1:${FLUSH}:2`);
  expect(customId('view-queue')).toBe('view-queue:1');
});

test('no two ids are alike, and none is longer than the 100 characters that Discord takes', () => {
  const ids = ACTIONS.flatMap(written).map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => id.length > 100)).toEqual([]);
});

describe('an id that is refused', () => {
  test.each([
    ['of another version', `send-flush:2:${FLUSH}`],
    ['without a version', 'send-flush'],
    ['with an empty version', 'send-flush::abc'],
    ['empty', ''],
    ['of no action', 'explode:1'],
    ['of no action, but of every object', 'toString:1'],
    ['without its arguments', 'open-form:1:7'],
    ['with one too many', 'view-queue:1:7'],
    ['with an event that is none', 'open-form:1:zero:alerts'],
    ['with event 0', 'open-form:1:0:alerts'],
    ['with half an event', 'open-form:1:1.5:alerts'],
    ['with an event in another notation', 'open-form:1:1e3:alerts'],
    ['with a blank for an event', 'open-form:1: :alerts'],
    ['with a number of 16 digits', 'choose-form:1:9007199254740993'],
    ['with a form that is none', 'open-form:1:7:secrets'],
    ['with a page before the first', 'turn-queue:1:-1'],
    ['without a page', 'turn-queue:1:'],
    ['with a day that is none', 'turn-list:1:0::2026-02-31::'],
    ['without its days', 'turn-list:1:0:'],
    ['with a zone that is none', 'set-unit-zone:1:Mars/Base'],
    ['with an id that no bot makes', 'send-flush:1:a b'],
    ['with an empty id', 'send-flush:1:'],
    ['with an edit that is none', `keep-ours:1:${FLUSH}:all`],
    ['without its edit, as an older version wrote it', `keep-ours:1:${FLUSH}`],
    ['with an id that is too long', `send-flush:1:${'x'.repeat(37)}`],
  ])('is one %s', (_, id) => {
    expect(readBack(id)).toBeNull();
  });
});

describe('a choice of an id from a select', () => {
  test.each([['0'], ['-1'], ['1.5'], [''], ['x'], ['another'], ['1e3'], [' 1'], ['1234567890123456']])(
    'is not %j',
    (value) => {
      expect(chosenNumber([value])).toBeNull();
    },
  );

  test('is its first value, and none where nothing was chosen', () => {
    expect([chosenNumber(['12']), chosenNumber(['3', '4']), chosenNumber([])]).toEqual([12, 3, null]);
  });
});

describe('a choice of several events from a select', () => {
  test('is all of them, or none where one is no event', () => {
    expect(chosenNumbers(['3', '14'])).toEqual([3, 14]);
    expect(chosenNumbers([])).toEqual([]);
    expect(chosenNumbers(['3', '0'])).toEqual([]);
  });
});

describe('a choice of a time for an op from a select', () => {
  test('is known again', () => {
    expect(chosenSettlement([settlementOption(7, 'ends', 1)])).toEqual([7, 'ends', 1]);
    expect(chosenSettlement([settlementOfAllOption(1)])).toEqual(['all', 1]);
  });

  test.each([[''], ['7:ends'], ['7:name:1'], ['0:ends:1'], ['7:ends:-1']])('is not %j', (value) => {
    expect(chosenSettlement([value])).toBeNull();
  });
});

describe('a choice of a form of an event from a select', () => {
  test.each(FORM_NAMES)('is known again: %s', (form) => {
    expect(chosenForm([formOption(7, form)])).toEqual({ eventId: 7, form });
  });

  test.each([[''], ['7'], ['alerts'], ['7:secrets'], ['0:alerts'], ['7:alerts:7'], ['7:alerts '], [':alerts']])(
    'is not %j',
    (value) => {
      expect(chosenForm([value])).toBeNull();
    },
  );

  test('is its first value, and none where nothing was chosen', () => {
    expect(chosenForm([formOption(7, 'text'), formOption(8, 'text')])).toEqual({ eventId: 7, form: 'text' });
    expect(chosenForm([])).toBeNull();
  });
});

describe("a modal's input", () => {
  const MARK = 'Ab-_345678';

  test.each(FIELD_NAMES)('for %s is known again by its field and its mark', (field) => {
    const id = inputId(field, MARK);
    expect(parseInputId(id)).toEqual({ field, mark: MARK });
    expect(id.length).toBeLessThanOrEqual(100);
  });

  test.each(['', 'name', ':', `pigeon:${MARK}`, `toString:${MARK}`, `Name:${MARK}`])('is not %j', (id) => {
    expect(parseInputId(id)).toBeNull();
  });
});
