import type { Profile } from '../../../sandbox/perscom/server.ts';
import type { Field } from '../../../src/domain/field.ts';
import { BEGUN, FAILURES, type Failure, IMPATIENT } from './failures.ts';
import {
  both,
  deletes,
  edits,
  FIRST_LOOK_MS,
  type Later,
  OVER_MS,
  PATCH_TRIES,
  type Queued,
  READ_TRIES,
  type Row,
  type Trouble,
} from './row.ts';

const PROFILES: readonly Profile[] = ['documented', 'shipped'];

const DROPPED_READS: Trouble = { kind: 'drop', times: READ_TRIES };

const laterOf = (afterMs: number, fate: 'applied' | 'rejected'): { readonly later: Later } => ({
  later: { afterMs, fates: both(fate) },
});

/** All tries of a PATCH are refused, and the read after it once. */
const forOnePatch = ({ trouble }: Failure): Trouble =>
  trouble.kind === 'refuse' ? { kind: 'refuse', tries: PATCH_TRIES } : trouble;

const unseen = (failure: Failure, profile: Profile): Row => ({
  name: `${failure.name} to a PATCH that did nothing (${profile})`,
  profile,
  ...(failure.tuning && { tuning: failure.tuning }),
  patch: forOnePatch(failure),
  fates: both(failure.unseen),
  patches: failure.trouble.kind === 'refuse' ? 0 : 1,
  says: [failure.says, '0 of 2 events updated'],
  ...(failure.unseen === 'unknown' && laterOf(OVER_MS, 'rejected')),
});

const landed = (failure: Failure, patch: Trouble, profile: Profile): Row => ({
  name: `${failure.name} to a PATCH that landed (${profile})`,
  profile,
  ...(failure.tuning && { tuning: failure.tuning }),
  patch,
  fates: both('applied'),
  patches: 1,
  says: [failure.says, '2 of 2 events updated'],
});

const landedUnread = (failure: Failure, patch: Trouble): Row => ({
  ...landed(failure, patch, 'documented'),
  name: `${failure.name} to a PATCH that landed and cannot be read back`,
  readBack: failure.tuning ? { kind: 'hang' } : DROPPED_READS,
  fates: both('unknown'),
  says: [failure.says, '2 edits unknown', 'Could not be read back from PERSCOM'],
  ...laterOf(FIRST_LOOK_MS, 'applied'),
});

const unseenUnread = (failure: Failure): Row => ({
  ...unseen(failure, 'documented'),
  name: `${failure.name} to a PATCH that did nothing and cannot be read back`,
  readBack: failure.tuning ? { kind: 'hang' } : DROPPED_READS,
  fates: both(failure.unread),
  says: [failure.says, 'Could not be read back from PERSCOM'],
  ...(failure.unread === 'unknown' && laterOf(failure.unseen === 'unknown' ? OVER_MS : FIRST_LOOK_MS, 'rejected')),
});

const COMMITTED = [...FAILURES, ...BEGUN].flatMap((failure) =>
  failure.committed === undefined ? [] : [{ failure, patch: failure.committed }],
);

/** Every way to fail, of a PATCH that did nothing and of one that landed, read back or not. */
export const PATCH_ROWS: readonly Row[] = [
  ...PROFILES.flatMap((profile) => FAILURES.map((failure) => unseen(failure, profile))),
  ...PROFILES.flatMap((profile) => COMMITTED.map(({ failure, patch }) => landed(failure, patch, profile))),
];

const REFUSED_FOR_A_SECOND: Trouble = {
  kind: 'answer',
  status: 429,
  body: { error: { message: 'slow down' } },
  headers: { 'retry-after': '1' },
};

const wantAll = (...fields: readonly Field[]): readonly Queued[] =>
  [1, 2, 3, 4, 5].flatMap((event) =>
    fields.map((field) => ({ by: event % 2 === 0 ? 'Pyle' : 'Joker', event, field, typed: `${field} wanted` })),
  );

const TEN = wantAll('name', 'location');
const TWENTY_FIVE = wantAll('name', 'location', 'url', 'description', 'content');

const DROPPED = { patch: { kind: 'drop' }, fates: both('unknown'), patches: 1, says: ['PERSCOM broke'] } as const;

/** Twice as bad: nothing can be read back either; and what may happen while nobody knows. */
export const DOUBT_ROWS: readonly Row[] = [
  ...FAILURES.filter(({ trouble, isLate }) => trouble.kind !== 'refuse' && !isLate).map(unseenUnread),
  ...COMMITTED.map(({ failure, patch }) => landedUnread(failure, patch)),
  {
    name: 'a connection that is refused once is tried again, and nothing is sent twice',
    patch: { kind: 'refuse', tries: 1 },
    fates: both('applied'),
    patches: 1,
    says: ['2 of 2 events updated', 'It took 2 tries; PERSCOM did not'],
  },
  {
    name: '429 with Retry-After: 1 is waited for, and the PATCH sent again',
    patch: REFUSED_FOR_A_SECOND,
    isClockRunning: true,
    fates: both('applied'),
    patches: 2,
    says: ['2 of 2 events updated', 'It took 2 tries'],
  },
  {
    name: 'a PATCH that lands after the bot has given up waiting for it',
    tuning: IMPATIENT,
    isClockRunning: true,
    patch: { kind: 'handle', delayMs: 1_200 },
    fates: both('unknown'),
    patches: 1,
    says: ['did not answer within 1 second', 'PERSCOM holds “Op Iron Resolve”'],
    later: { afterMs: 0, fates: both('applied') },
  },
  {
    name: 'a report of two pages that keeps them',
    queue: TWENTY_FIVE,
    readBack: DROPPED_READS,
    fates: TWENTY_FIVE.map(() => 'unknown'),
    patches: 1,
    says: ['could not be read again', '25 edits unknown', 'Flush report (2 of 2)'],
    later: { afterMs: FIRST_LOOK_MS, fates: TWENTY_FIVE.map(() => 'applied'), says: ['Flush report (2 of 2)'] },
  },
  {
    name: 'a report that needs another page in the end',
    queue: TEN,
    patch: { kind: 'drop' },
    readBack: DROPPED_READS,
    fates: TEN.map(() => 'unknown'),
    patches: 1,
    says: ['PERSCOM broke', '10 edits unknown'],
    later: {
      meanwhile: (world) => {
        for (const id of world.events.keys()) edits(id, { name: 'N'.repeat(130), location: 'L'.repeat(130) })(world);
      },
      afterMs: OVER_MS,
      fates: TEN.map(() => 'rejected'),
      says: ['10 edits not applied', 'Flush report (1 of 2)', 'Flush report (2 of 2)'],
      report: 'edited, with a page more',
    },
  },
  {
    name: 'a PATCH that lands after its connection broke',
    ...DROPPED,
    later: {
      meanwhile: (world) => {
        edits(1, { name: 'Op Wanted' })(world);
        edits(2, { location: 'Malden' })(world);
      },
      afterMs: FIRST_LOOK_MS,
      fates: both('applied'),
    },
  },
  {
    name: 'a PATCH of which nobody knows, while another editor changes one of its fields',
    ...DROPPED,
    later: { meanwhile: edits(1, { name: 'Op Theirs' }), afterMs: OVER_MS, fates: both('rejected') },
  },
  {
    name: 'a PATCH of which nobody knows, while an event is deleted',
    ...DROPPED,
    later: {
      meanwhile: deletes(1),
      afterMs: OVER_MS,
      fates: ['missing', 'rejected'],
      says: ['1 no longer exists'],
    },
  },
  {
    name: 'a landed PATCH, of which nobody knows while another editor changes one of its fields',
    patch: { kind: 'drop', afterHandling: true },
    readBack: DROPPED_READS,
    fates: both('unknown'),
    patches: 1,
    says: ['PERSCOM broke'],
    later: { meanwhile: edits(1, { name: 'Op Theirs' }), afterMs: OVER_MS, fates: ['rejected', 'applied'] },
  },
  {
    name: 'a good PATCH, of which nobody knows while another editor changes one of its fields',
    readBack: DROPPED_READS,
    fates: both('unknown'),
    patches: 1,
    says: ['could not be read again'],
    later: { meanwhile: edits(1, { name: 'Op Theirs' }), afterMs: FIRST_LOOK_MS, fates: ['ignored', 'applied'] },
  },
];
