import type { World } from '../../../sandbox/perscom/server.ts';
import { SANDBOX_TOKEN } from '../../../sandbox/perscom/world.ts';
import { both, deletes, FIRST_LOOK_MS, OVER_MS, type Queued, READ_TRIES, type Row } from './row.ts';

const SCHEDULE: readonly Queued[] = [
  { by: 'Joker', event: 1, field: 'name', typed: 'Op Wanted' },
  { by: 'Pyle', event: 2, field: 'starts', typed: '2026-12-01 21:00' },
  { by: 'Pyle', event: 2, field: 'ends', typed: '2026-12-01 23:45' },
];

const SIGN_UP: readonly Queued[] = [
  { by: 'Joker', event: 1, field: 'location', typed: 'Malden' },
  { by: 'Pyle', event: 1, field: 'registration_enabled', typed: false },
];

const ALERTS: readonly Queued[] = [
  { by: 'Joker', event: 1, field: 'location', typed: 'Malden' },
  { by: 'Pyle', event: 2, field: 'notifications_interval', typed: ['1 week before'] },
  { by: 'Pyle', event: 3, field: 'notifications_channels', typed: ['Email'] },
];

const three = (first: Row['fates'][number], others: Row['fates'][number]): Row['fates'] => [first, others, others];

const REST = 'Send the rest';
const BESIDE = 'most likely on another field of the batch';
const KNOWN_TO_FAIL = 'as it is known to on this field';
const OF_ITS_OWN = 'an error of its own (500)';

/** PERSCOM as it was recorded. */
const SHIPPED: readonly Row[] = [
  {
    name: 'a moved op takes the batch down, and the rest goes through (shipped)',
    profile: 'shipped',
    queue: SCHEDULE,
    fates: three('rejected', 'rejected'),
    patches: 1,
    says: [OF_ITS_OWN, BESIDE, KNOWN_TO_FAIL],
    next: { click: REST, fates: three('applied', 'not sent'), patches: 2, says: ['1 of 1 event updated'] },
  },
  {
    name: 'the same where nothing can be read back at first (shipped)',
    profile: 'shipped',
    queue: SCHEDULE,
    readBack: { kind: 'drop', times: READ_TRIES },
    fates: three('unknown', 'unknown'),
    patches: 1,
    says: [OF_ITS_OWN, '3 edits unknown'],
    later: { afterMs: FIRST_LOOK_MS, fates: three('rejected', 'rejected'), says: [BESIDE, KNOWN_TO_FAIL] },
    next: { click: REST, fates: three('applied', 'not sent'), patches: 2, says: ['1 of 1 event updated'] },
  },
  {
    name: 'the same where the answer is lost (shipped)',
    profile: 'shipped',
    queue: SCHEDULE,
    patch: { kind: 'drop', afterHandling: true },
    fates: three('unknown', 'unknown'),
    patches: 1,
    says: ['PERSCOM broke', '3 edits unknown'],
    later: { afterMs: OVER_MS, fates: three('rejected', 'rejected') },
  },
  {
    name: 'the same where the event with the moved times is deleted meanwhile (shipped)',
    profile: 'shipped',
    queue: SCHEDULE,
    patch: { kind: 'handle', after: deletes(2) },
    fates: three('rejected', 'missing'),
    patches: 1,
    says: [OF_ITS_OWN, '1 no longer exists'],
  },
  {
    name: 'a field that is dropped in silence (shipped)',
    profile: 'shipped',
    queue: SIGN_UP,
    fates: ['applied', 'ignored'],
    patches: 1,
    says: ['1 only in part', 'PERSCOM accepted it and did not store it'],
  },
  {
    name: 'a field that is dropped in silence, and an answer that is lost (shipped)',
    profile: 'shipped',
    queue: SIGN_UP,
    patch: { kind: 'drop', afterHandling: true },
    fates: ['applied', 'unknown'],
    patches: 1,
    says: ['PERSCOM broke', '1 edit unknown'],
    later: { afterMs: OVER_MS, fates: ['applied', 'rejected'] },
  },
  {
    name: 'a field that is dropped in silence, and a read back that fails (shipped)',
    profile: 'shipped',
    queue: SIGN_UP,
    readBack: { kind: 'answer', status: 500, body: { message: 'Server Error' } },
    fates: both('unknown'),
    patches: 1,
    says: ['could not be read again to prove it'],
    later: { afterMs: FIRST_LOOK_MS, fates: ['applied', 'ignored'], says: ['1 only in part'] },
  },
  {
    name: 'sets that PERSCOM refuses take the batch down, and the rest goes through (shipped)',
    profile: 'shipped',
    queue: ALERTS,
    fates: three('rejected', 'rejected'),
    patches: 1,
    says: ['(422)', 'PERSCOM says: The selected notifications interval is invalid.', 'not at fault'],
    next: { click: REST, fates: three('applied', 'not sent'), patches: 2, says: ['1 of 1 event updated'] },
  },
  {
    name: 'what PERSCOM as shipped does not take goes through (documented)',
    profile: 'documented',
    queue: [...SCHEDULE, ...SIGN_UP, ...ALERTS.slice(1)],
    fates: [...SCHEDULE, ...SIGN_UP, ...ALERTS.slice(1)].map(() => 'applied'),
    patches: 1,
    says: ['3 of 3 events updated'],
  },
];

const goDown = (world: World): void => {
  world.maintenance = true;
};
const comeBack = (world: World): void => {
  world.maintenance = false;
};
const revoke = ({ tokens }: World): void =>
  void tokens.set(SANDBOX_TOKEN, { scopes: ['view:event', 'update:event'], standing: 'revoked' });
const renew = ({ tokens }: World): void =>
  void tokens.set(SANDBOX_TOKEN, { scopes: ['view:event', 'update:event'], standing: 'valid' });
const withholdUpdates = ({ tokens }: World): void => void tokens.set(SANDBOX_TOKEN, { scopes: ['view:event'] });
const withholdViews = ({ tokens }: World): void => void tokens.set(SANDBOX_TOKEN, { scopes: ['update:event'] });
const unsubscribe = (world: World): void => {
  world.subscribed = false;
};
/** Events without a url cannot be written as JSON then: a PATCH of one is stored and answered with a 500. */
const hostItself = (world: World): void => {
  world.selfHosted = true;
};

const NOTHING_SENT = 'Nothing was sent; the queue is as it was.';

/** Things that happen to a server, from one moment on. */
const MISHAPS = [
  { name: 'maintenance from before the preview', beforePreview: goDown, says: ['(503)', NOTHING_SENT] },
  { name: 'maintenance from before the confirmation', beforeSending: goDown, says: ['(503)', NOTHING_SENT] },
  { name: 'a revoked token before the preview', beforePreview: revoke, says: ['(401)', NOTHING_SENT] },
  { name: 'a revoked token before the confirmation', beforeSending: revoke, says: ['(401)', NOTHING_SENT] },
  { name: 'a lapsed subscription before the preview', beforePreview: unsubscribe, says: ['(402)', NOTHING_SENT] },
  { name: 'a lapsed subscription before the confirmation', beforeSending: unsubscribe, says: ['(402)', NOTHING_SENT] },
  { name: 'a token that may not read', beforePreview: withholdViews, says: ['(403)', NOTHING_SENT] },
].map((row): Row => ({ ...row, fates: both('not sent'), patches: 0 }));

const MISHAPS_AT_THE_PATCH: readonly Row[] = [
  {
    name: 'maintenance from the PATCH on',
    patch: { kind: 'handle', before: goDown },
    fates: both('rejected'),
    patches: 1,
    says: ['down for maintenance (503)', 'Could not be read back from PERSCOM'],
  },
  {
    name: 'maintenance right after the PATCH',
    patch: { kind: 'handle', after: goDown },
    fates: both('unknown'),
    patches: 1,
    says: ['could not be read again to prove it'],
    later: { meanwhile: comeBack, afterMs: FIRST_LOOK_MS, fates: both('applied') },
  },
  {
    name: 'maintenance that outlasts the first look after the PATCH',
    patch: { kind: 'handle', after: goDown },
    fates: both('unknown'),
    patches: 1,
    says: ['could not be read again to prove it'],
    later: {
      meanwhile: comeBack,
      look: { kind: 'answer', status: 500, body: { message: 'Server Error' } },
      afterMs: 60_000,
      fates: both('applied'),
    },
  },
  {
    name: 'a token that is revoked right after the PATCH',
    patch: { kind: 'handle', after: revoke },
    fates: both('unknown'),
    patches: 1,
    says: ['could not be read again to prove it'],
    later: { meanwhile: renew, afterMs: FIRST_LOOK_MS, fates: both('applied') },
  },
  {
    name: 'a token that is revoked at the last moment',
    patch: { kind: 'handle', before: revoke },
    fates: both('rejected'),
    patches: 1,
    says: ['token (401)', 'Could not be read back from PERSCOM'],
  },
  {
    name: 'a token that may not change events',
    beforeSending: withholdUpdates,
    fates: both('rejected'),
    patches: 1,
    says: ['lacks a scope (403)', 'PERSCOM holds “Op Iron Resolve”'],
  },
  {
    name: 'a token that may not read events any more, right after the PATCH',
    patch: { kind: 'handle', after: withholdViews },
    fates: both('unknown'),
    patches: 1,
    says: ['could not be read again to prove it'],
    later: { meanwhile: renew, afterMs: FIRST_LOOK_MS, fates: both('applied') },
  },
  {
    name: 'a subscription that lapses at the last moment',
    patch: { kind: 'handle', before: unsubscribe },
    fates: both('rejected'),
    patches: 1,
    says: ['subscription (402)'],
  },
  {
    name: 'a server that stores an event and cannot write it as JSON (shipped)',
    profile: 'shipped',
    patch: { kind: 'handle', before: hostItself },
    fates: both('unknown'),
    patches: 1,
    says: [OF_ITS_OWN, 'Could not be read back from PERSCOM'],
    later: {
      meanwhile: (world) => {
        world.selfHosted = false;
      },
      afterMs: FIRST_LOOK_MS,
      fates: both('applied'),
    },
  },
];

/** What the servers that are simulated do of their own accord. */
export const SERVER_ROWS: readonly Row[] = [...SHIPPED, ...MISHAPS, ...MISHAPS_AT_THE_PATCH];
