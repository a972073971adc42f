import { both, edits, FIRST_LOOK_MS, READ_TRIES, type Row, type Trouble } from './row.ts';

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** The answer with other events in its `data`. */
const withData = (change: (data: readonly unknown[]) => readonly unknown[]): Trouble => ({
  kind: 'handle',
  rewrite: (body) => (isObject(body) && Array.isArray(body.data) ? { ...body, data: change(body.data) } : body),
});

const renamed = (event: unknown): unknown => (isObject(event) ? { ...event, name: 'Op Lie', location: 'Lie' } : event);

/** What PERSCOM makes of values, and what it says it did: only what is read back counts. */
export const ANSWER_ROWS: readonly Row[] = [
  {
    name: 'a value that PERSCOM changes as it stores it',
    patch: { kind: 'handle', after: edits(1, { name: 'OP WANTED' }) },
    fates: ['ignored', 'applied'],
    patches: 1,
    says: ['something else was there when it was read again', 'PERSCOM holds “OP WANTED”'],
  },
  {
    name: 'a value that PERSCOM writes its own way',
    patch: { kind: 'handle', after: edits(1, { name: 'Op Wanted ' }) },
    fates: ['normalised', 'applied'],
    patches: 1,
    says: ['2 of 2 events updated', 'PERSCOM wrote it its own way'],
  },
  {
    name: 'a field that PERSCOM does not store, although it echoes it',
    patch: { kind: 'handle', after: edits(2, { location: 'Livonia, Topolin' }) },
    fates: ['applied', 'ignored'],
    patches: 1,
    says: ['PERSCOM accepted it and did not store it', '1 of 2 events updated'],
  },
  {
    name: 'a success that did nothing',
    patch: { kind: 'answer', status: 200, body: { data: [{ id: 1 }, { id: 2 }] } },
    fates: both('ignored'),
    patches: 1,
    says: ['0 of 2 events updated', 'PERSCOM accepted it and did not store it'],
  },
  {
    name: 'an answer with other values than those stored',
    patch: withData((data) => data.map(renamed)),
    fates: both('applied'),
    patches: 1,
    says: ['2 of 2 events updated'],
  },
  {
    name: 'an answer that leaves an event out',
    patch: withData((data) => data.slice(1)),
    fates: both('applied'),
    patches: 1,
    says: ['2 of 2 events updated'],
  },
  {
    name: 'an answer without any event',
    patch: withData(() => []),
    fates: both('applied'),
    patches: 1,
    says: ['2 of 2 events updated'],
  },
  {
    name: 'an answer with an event that was not asked for',
    patch: withData((data) => [...data, { id: 999 }]),
    fates: both('applied'),
    patches: 1,
    says: ['2 of 2 events updated'],
  },
  {
    name: 'an answer with an event twice',
    patch: withData((data) => [...data, ...data.map(renamed)]),
    fates: both('applied'),
    patches: 1,
    says: ['2 of 2 events updated'],
  },
  {
    name: 'an answer in another order',
    patch: withData((data) => data.toReversed()),
    fates: both('applied'),
    patches: 1,
    says: ['2 of 2 events updated'],
  },
  {
    name: 'a read back with an event that was not asked for',
    readBack: withData((data) => [...data.map((event) => (isObject(event) ? { ...event, id: 3 } : event)), ...data]),
    fates: both('applied'),
    patches: 1,
    says: ['2 of 2 events updated'],
  },
  {
    name: 'a read back with an event that cannot be read',
    readBack: withData((data) => data.map((event) => (isObject(event) ? { ...event, starts: 'soon' } : event))),
    fates: both('unknown'),
    patches: 1,
    says: ['could not be read again to prove it'],
    later: { afterMs: FIRST_LOOK_MS, fates: both('applied') },
  },
  {
    name: 'a success that did nothing and cannot be read back',
    patch: { kind: 'answer', status: 200, body: { data: [{ id: 1 }, { id: 2 }] } },
    readBack: { kind: 'drop', times: READ_TRIES },
    fates: both('unknown'),
    patches: 1,
    says: ['could not be read again to prove it'],
    later: { afterMs: FIRST_LOOK_MS, fates: both('ignored'), says: ['PERSCOM accepted it and did not store it'] },
  },
];
