import { envelope } from './failures.ts';
import { both, FIRST_LOOK_MS, OVER_MS, type Queued, READ_TRIES, type Row } from './row.ts';

const ONE_WRONG: readonly Queued[] = [
  { by: 'Joker', event: 1, field: 'name', typed: 'Op Wanted' },
  { by: 'Pyle', event: 2, field: 'author_id', typed: '999' },
];

const MANY_WRONG: readonly Queued[] = [
  { by: 'Joker', event: 1, field: 'author_id', typed: '998' },
  { by: 'Joker', event: 2, field: 'name', typed: 'Op Wanted' },
  { by: 'Pyle', event: 3, field: 'author_id', typed: '999' },
  { by: 'Pyle', event: 4, field: 'location', typed: 'Malden' },
  { by: 'Pyle', event: 5, field: 'author_id', typed: '997' },
  { by: 'Joker', event: 5, field: 'name', typed: 'Op Fifth' },
];

const INVALID = 'because a value in it is not valid (422)';
const NOT_AT_FAULT = 'not at fault: PERSCOM refuses a whole batch';
const NO_AUTHOR = 'PERSCOM says: The selected author id is invalid.';
const REST = 'Send the rest';

/** What PERSCOM refuses or fails on stays queued with its reason, and the rest can be sent. */
export const REFUSAL_ROWS: readonly Row[] = [
  {
    name: '422 on one field, and then the rest',
    queue: ONE_WRONG,
    fates: both('rejected'),
    patches: 1,
    says: [INVALID, NO_AUTHOR, NOT_AT_FAULT],
    next: { click: REST, fates: ['applied', 'not sent'], patches: 2, says: ['1 of 1 event updated'] },
  },
  {
    name: '422 on three of five events, and then the rest',
    queue: MANY_WRONG,
    fates: MANY_WRONG.map(() => 'rejected'),
    patches: 1,
    says: [INVALID, NO_AUTHOR, NOT_AT_FAULT, '0 of 5 events updated', '6 edits not applied'],
    next: {
      click: REST,
      fates: ['not sent', 'applied', 'not sent', 'applied', 'not sent', 'applied'],
      patches: 2,
      says: ['3 of 3 events updated', 'The queue holds 3 edits now'],
    },
  },
  {
    name: '422 on one field, and a rest whose connection breaks before it lands',
    queue: ONE_WRONG,
    fates: both('rejected'),
    patches: 1,
    says: [NO_AUTHOR],
    next: {
      click: REST,
      patch: { kind: 'drop' },
      fates: ['unknown', 'not sent'],
      patches: 2,
      says: ['PERSCOM broke'],
      later: { afterMs: OVER_MS, fates: ['rejected', 'not sent'] },
    },
  },
  {
    name: '422 on one field, and a rest that lands before its connection breaks',
    queue: ONE_WRONG,
    fates: both('rejected'),
    patches: 1,
    says: [NO_AUTHOR],
    next: {
      click: REST,
      patch: { kind: 'drop', afterHandling: true },
      fates: ['applied', 'not sent'],
      patches: 2,
      says: ['PERSCOM broke', '1 of 1 event updated'],
    },
  },
  {
    name: '422 on one field that cannot be read back',
    queue: ONE_WRONG,
    readBack: { kind: 'drop', times: READ_TRIES },
    fates: both('rejected'),
    patches: 1,
    says: [NO_AUTHOR, NOT_AT_FAULT, 'Could not be read back from PERSCOM'],
  },
  {
    name: '422 that names no field',
    patch: {
      kind: 'answer',
      status: 422,
      body: { error: { message: 'no', errors: { resources: ['The resources field is required.'] } } },
    },
    fates: both('rejected'),
    patches: 1,
    says: [INVALID, 'PERSCOM says: The resources field is required.'],
  },
  {
    name: '422 that names an event and a field that nobody sent',
    patch: {
      kind: 'answer',
      status: 422,
      body: { error: { message: 'no', errors: { 'resources.7.starts': ['The start is wrong.'] } } },
    },
    fates: both('rejected'),
    patches: 1,
    says: [INVALID, NOT_AT_FAULT],
  },
  {
    name: '422 of something that is not PERSCOM',
    patch: { kind: 'answer', status: 422, body: '<h1>Unprocessable</h1>' },
    fates: both('rejected'),
    patches: 1,
    says: ['does not speak as PERSCOM’s API does (422)'],
  },
  {
    name: '500 on one of two changes, which is found by halves',
    patch: { kind: 'answer', status: 500, body: envelope('broken', 'QueryException'), times: 2 },
    fates: both('rejected'),
    patches: 1,
    says: ['an error of its own (500)'],
    next: {
      click: 'Find what PERSCOM fails on',
      fates: ['rejected', 'applied'],
      patches: 3,
      says: ['1 of 2 events updated', 'also when it is sent alone'],
    },
  },
  {
    name: '500 on a whole batch, and a half whose connection breaks before it lands',
    patch: { kind: 'answer', status: 500, body: envelope('broken', 'QueryException') },
    fates: both('rejected'),
    patches: 1,
    says: ['an error of its own (500)'],
    next: {
      click: 'Find what PERSCOM fails on',
      patch: { kind: 'drop' },
      fates: ['unknown', 'rejected'],
      patches: 2,
      says: ['1 unknown'],
      later: { afterMs: OVER_MS, fates: both('rejected') },
    },
  },
  {
    name: '500 on a whole batch, and a half that lands before its connection breaks and cannot be read back',
    patch: { kind: 'answer', status: 500, body: envelope('broken', 'QueryException') },
    fates: both('rejected'),
    patches: 1,
    says: ['an error of its own (500)'],
    next: {
      click: 'Find what PERSCOM fails on',
      patch: { kind: 'drop', afterHandling: true },
      readBack: { kind: 'drop', times: READ_TRIES },
      fates: ['unknown', 'rejected'],
      patches: 2,
      says: ['1 unknown'],
      later: { afterMs: FIRST_LOOK_MS, fates: ['applied', 'rejected'] },
    },
  },
];
