import { BEGUN, FAILURES, type Failure, forOneRead } from './failures.ts';
import { both, FIRST_LOOK_MS, type Row, type Trouble } from './row.ts';

const READ_FAILURES: readonly Failure[] = [...FAILURES, ...BEGUN];

/** What a failure brings along for its row. */
const tuned = ({ tuning }: Failure): Pick<Row, 'tuning'> => (tuning === undefined ? {} : { tuning });

const atPreview = (failure: Failure): Row => ({
  name: `${failure.name} at the preview`,
  ...tuned(failure),
  preview: forOneRead(failure),
  fates: both('not sent'),
  patches: 0,
  says: [failure.says, 'Nothing was sent; the queue is as it was.'],
});

const beforePatch = (failure: Failure): Row => ({
  name: `${failure.name} at the look before the PATCH`,
  ...tuned(failure),
  check: forOneRead(failure),
  fates: both('not sent'),
  patches: 0,
  says: [failure.says, 'Nothing was sent; the queue is as it was.'],
});

/** After a 429 the bot asks nothing for a minute. */
const SILENCE_MS = 61_000;

const afterPatch = (failure: Failure): Row => ({
  name: `${failure.name} when PERSCOM is read back after a good PATCH`,
  ...tuned(failure),
  readBack: forOneRead(failure),
  fates: both('unknown'),
  patches: 1,
  says: ['2 edits unknown', 'could not be read again to prove it', 'Could not be read back from PERSCOM'],
  later: {
    afterMs: failure.name.startsWith('429') ? SILENCE_MS : FIRST_LOOK_MS,
    fates: both('applied'),
    says: ['2 of 2 events updated', 'Read back from PERSCOM after the flush'],
  },
});

/** Every way to fail, at every read of a flush; and failures that pass before a read is given up. */
export const READ_ROWS: readonly Row[] = [
  ...READ_FAILURES.flatMap((failure) => [atPreview(failure), beforePatch(failure), afterPatch(failure)]),
  ...READ_FAILURES.filter(({ tries }) => tries > 2).map(
    (failure): Row => ({
      name: `${failure.name} twice at every read, which then works`,
      ...tuned(failure),
      preview: twice(failure),
      check: twice(failure),
      readBack: twice(failure),
      fates: both('applied'),
      patches: 1,
      says: ['2 of 2 events updated', 'Read back from PERSCOM after the flush'],
    }),
  ),
];

function twice({ trouble }: Failure): Trouble {
  return trouble.kind === 'refuse' ? { ...trouble, tries: 2 } : { ...trouble, times: 2 };
}
