import { both, FIRST_LOOK_MS, OVER_MS, type Row } from './row.ts';

/** A flush that nobody says is still being sent, as its bot has stopped or cannot write, is looked after then. */
const LEASE_OVER_MS = 11_000;

const BROKE = 'Something broke on our side';
const NOT_WRITTEN = 'The bot could not write this down: its disk may be full or locked.';
const AS_BEFORE = 'What was confirmed as queued is still queued';

type Kind = NonNullable<Row['database']>['kind'];

/** A database that takes no writes, at every moment of a flush. */
const rowsOf = (kind: Kind): readonly Row[] => [
  {
    name: `a database that is ${kind} when an edit is queued`,
    database: { kind, from: 'typing', until: 'answer' },
    fates: ['not sent', 'not queued'],
    patches: 0,
    says: [BROKE, 'nothing was queued', 'What you typed', 'Malden'],
  },
  {
    name: `a database that is ${kind} at the preview`,
    database: { kind, from: 'preview', until: 'answer' },
    fates: both('not sent'),
    patches: 0,
    says: [BROKE, AS_BEFORE],
  },
  {
    name: `a database that is ${kind} when the flush is claimed`,
    database: { kind, from: 'claim', until: 'answer' },
    fates: both('not sent'),
    patches: 0,
    says: [BROKE, AS_BEFORE],
  },
  {
    name: `a database that is ${kind} when a good flush is to be written down`,
    database: { kind, from: 'settling', until: 'report' },
    fates: both('applied'),
    patches: 1,
    says: ['2 of 2 events updated', NOT_WRITTEN],
    later: { afterMs: LEASE_OVER_MS, fates: both('applied') },
  },
  {
    name: `a database that is ${kind} when a good flush, and where its report stands, are to be written down`,
    database: { kind, from: 'settling', until: 'look' },
    fates: both('applied'),
    patches: 1,
    says: ['2 of 2 events updated', NOT_WRITTEN],
    later: { afterMs: LEASE_OVER_MS, fates: both('applied'), report: 'posted anew' },
  },
  {
    name: `a database that is ${kind} when a flush that landed without an answer is to be written down`,
    patch: { kind: 'drop', afterHandling: true },
    database: { kind, from: 'settling', until: 'report' },
    fates: both('applied'),
    patches: 1,
    says: ['PERSCOM broke', '2 of 2 events updated', NOT_WRITTEN],
    later: { afterMs: LEASE_OVER_MS, fates: both('applied') },
  },
  {
    name: `a database that is ${kind} when a flush is unknown and that is to be written down`,
    patch: { kind: 'drop' },
    database: { kind, from: 'settling', until: 'report' },
    fates: both('unknown'),
    patches: 1,
    says: ['PERSCOM broke', '2 edits unknown', NOT_WRITTEN],
    later: { afterMs: OVER_MS, fates: both('rejected') },
  },
  {
    name: `a database that is ${kind} when a refused flush is to be written down`,
    patch: { kind: 'answer', status: 403, body: { error: { message: 'no' } } },
    database: { kind, from: 'settling', until: 'report' },
    fates: both('rejected'),
    patches: 1,
    says: ['lacks a scope (403)', NOT_WRITTEN],
    later: { afterMs: LEASE_OVER_MS, fates: both('rejected'), says: ['lacks a scope (403)'] },
  },
  {
    name: `a database that is ${kind} when an unknown flush is to be settled`,
    patch: { kind: 'drop' },
    fates: both('unknown'),
    patches: 1,
    says: ['PERSCOM broke'],
    later: { database: kind, afterMs: OVER_MS, fates: both('rejected') },
  },
  {
    name: `a database that is ${kind} when a landed flush is to be settled`,
    readBack: { kind: 'answer', status: 500, body: { message: 'Server Error' } },
    fates: both('unknown'),
    patches: 1,
    says: ['could not be read again'],
    later: { database: kind, afterMs: FIRST_LOOK_MS, fates: both('applied') },
  },
];

/** A database that another process keeps to itself. */
export const LOCKED_ROWS = rowsOf('locked');

/** A database on a full disk. */
export const FULL_ROWS = rowsOf('full');
