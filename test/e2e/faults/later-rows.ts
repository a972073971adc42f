import {
  both,
  deletes,
  edits,
  FIRST_LOOK_MS,
  OVER_MS,
  type Queued,
  READ_TRIES,
  type Row,
  type Trouble,
} from './row.ts';

const DROPPED = { patch: { kind: 'drop' }, fates: both('unknown'), patches: 1, says: ['PERSCOM broke'] } as const;
const UNREAD = {
  readBack: { kind: 'drop', times: READ_TRIES },
  fates: both('unknown'),
  patches: 1,
  says: ['could not be read again'],
} as const;

const SETTLE = 'Settle it now: what is not there counts as not applied';

/** An unknown flush, and what may happen before it is settled. */
const UNKNOWN: readonly Row[] = [
  {
    name: 'a bot that is restarted while a flush is unknown',
    ...UNREAD,
    later: { restarts: true, afterMs: FIRST_LOOK_MS, fates: both('applied') },
  },
  {
    name: 'a bot that is restarted after nothing that was sent can land any more',
    ...DROPPED,
    later: { restarts: true, afterMs: OVER_MS, fates: both('rejected') },
  },
  {
    name: 'a moderator who does not want to wait for what was sent',
    ...DROPPED,
    later: { click: SETTLE, afterMs: 0, fates: both('rejected') },
  },
  {
    name: 'a moderator who does not want to wait for a flush that landed',
    ...UNREAD,
    later: { click: SETTLE, afterMs: 0, fates: both('applied') },
  },
  {
    name: 'a first look that finds PERSCOM down',
    ...UNREAD,
    later: {
      look: { kind: 'drop', times: READ_TRIES },
      afterMs: 10_000,
      fates: both('applied'),
    },
  },
  {
    name: 'a first look that finds nothing yet',
    ...DROPPED,
    later: { look: { kind: 'handle' }, afterMs: OVER_MS, fates: both('rejected') },
  },
  {
    name: 'a first look that finds PERSCOM down and a change that did not land',
    ...DROPPED,
    later: { look: { kind: 'drop', times: READ_TRIES }, afterMs: OVER_MS, fates: both('rejected') },
  },
];

const DOWN: Trouble = {
  kind: 'answer',
  status: 503,
  body: { error: { message: 'down', type: 'HttpException' } },
  times: READ_TRIES,
};

const BACK = 'PERSCOM is back, and the flush that waited was sent';

const ONE_WRONG: readonly Queued[] = [
  { by: 'Joker', event: 1, field: 'name', typed: 'Op Wanted' },
  { by: 'Pyle', event: 2, field: 'author_id', typed: '999' },
];

/** What a flush meets that was left to be sent when PERSCOM is back. */
const WAITING: readonly Omit<Row, 'preview' | 'waits'>[] = [
  { name: 'nothing', fates: both('applied'), patches: 1, says: [BACK, '2 of 2 events updated'] },
  {
    name: 'a dropped connection',
    patch: { kind: 'drop' },
    fates: both('unknown'),
    patches: 1,
    says: [BACK, 'PERSCOM broke', '2 unknown'],
    later: { afterMs: OVER_MS, fates: both('rejected') },
  },
  {
    name: 'a dropped connection after it landed',
    patch: { kind: 'drop', afterHandling: true },
    fates: both('applied'),
    patches: 1,
    says: [BACK, 'PERSCOM broke', '2 of 2 events updated'],
  },
  {
    name: 'a read back that fails',
    readBack: { kind: 'drop', times: READ_TRIES },
    fates: both('unknown'),
    patches: 1,
    says: [BACK, 'could not be read again'],
    later: { afterMs: FIRST_LOOK_MS, fates: both('applied') },
  },
  {
    name: '500',
    patch: { kind: 'answer', status: 500, body: { message: 'Server Error' } },
    fates: both('rejected'),
    patches: 1,
    says: [BACK, 'an error of its own (500)'],
  },
  {
    name: '422, and then the rest',
    queue: ONE_WRONG,
    fates: both('rejected'),
    patches: 1,
    says: [BACK, '(422)', 'PERSCOM says: The selected author id is invalid.'],
    next: { click: 'Send the rest', fates: ['applied', 'not sent'], patches: 2, says: ['1 of 1 event updated'] },
  },
  {
    name: '401 before it is sent',
    check: { kind: 'answer', status: 401, body: { error: { message: 'no' } } },
    fates: both('not sent'),
    patches: 0,
    says: ['the flush that waited for PERSCOM was **not sent**', 'token (401)'],
  },
  {
    name: 'another editor',
    beforePreview: edits(1, { name: 'Op Theirs' }),
    fates: ['not sent', 'applied'],
    patches: 1,
    says: [BACK, '1 of 1 event updated', '1 edit held back'],
  },
  {
    name: 'another editor who entered the same',
    beforePreview: edits(1, { name: 'Op Wanted' }),
    fates: ['dropped', 'applied'],
    patches: 1,
    says: [BACK, '1 of 1 event updated'],
  },
  {
    name: 'another editor who entered all of it',
    beforePreview: (world) => {
      edits(1, { name: 'Op Wanted' })(world);
      edits(2, { location: 'Malden' })(world);
    },
    fates: both('dropped'),
    patches: 0,
    says: ['was **not sent**', 'Nothing of it can be sent'],
  },
  {
    name: 'a deleted event',
    beforePreview: deletes(1),
    fates: ['missing', 'applied'],
    patches: 1,
    says: [BACK, '1 of 2 events updated, 1 no longer exists'],
  },
  {
    name: 'a channel that takes no messages of the bot',
    discordAtPatch: ({ stage, channelId }) => void stage.discord.deny({ reason: 'missingAccess', channelId }),
    fates: both('applied'),
    patches: 1,
    says: [BACK, '2 of 2 events updated'],
  },
];

/** Flushes that are looked after by the bot itself. */
export const LATER_ROWS: readonly Row[] = [
  ...UNKNOWN,
  ...WAITING.map(
    (row): Row => ({ ...row, name: `a waiting flush that meets ${row.name}`, preview: DOWN, waits: true }),
  ),
];
