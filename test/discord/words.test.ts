import { describe, expect, test } from 'vitest';
import type { NotConnected } from '../../src/app/app.ts';
import type { ReadError } from '../../src/app/find-events.ts';
import type { OpenError } from '../../src/app/open-form.ts';
import type { PreviewError } from '../../src/app/preview-flush.ts';
import type { TakeBackError } from '../../src/app/queue.ts';
import type { SendError } from '../../src/app/send-flush.ts';
import type { ChooseError, SubmitError } from '../../src/app/submit-form.ts';
import {
  describeApiError,
  describeChooseError,
  describeCrash,
  describeDiscardError,
  describeFieldError,
  describeNotConnected,
  describeOpenError,
  describePosting,
  describePreviewError,
  describeReadError,
  describeSendError,
  describeSubmitError,
  describeTakeBackError,
  GUILD_ONLY,
  NEEDS_PERMISSION,
  OTHER_VERSION,
} from '../../src/discord/words.ts';
import type { FlushState } from '../../src/domain/flush.ts';
import type { FieldError } from '../../src/domain/form.ts';
import { API_ERRORS, buildChange } from '../fixtures/domain.ts';

/** One error of every kind of a union; the compiler sees to it that none is missing. */
type Every<Failure extends { readonly kind: string }> = {
  readonly [Kind in Failure['kind']]: Extract<Failure, { readonly kind: Kind }>;
};

const API = { kind: 'api', error: API_ERRORS.maintenance } as const;
const HOSTILE = 'Op @everyone **x**';
const BERLIN = 'Europe/Berlin';

const NOT_CONNECTED: NotConnected = { kind: 'not-connected' };

const READ_ERRORS = {
  'not-connected': NOT_CONNECTED,
  slow: { kind: 'slow' },
  api: API,
} as const satisfies Every<ReadError>;

const OPEN_ERRORS = {
  ...READ_ERRORS,
  'no-such-event': { kind: 'no-such-event', text: HOSTILE },
  'several-events': { kind: 'several-events', text: HOSTILE },
  'no-such-draft': { kind: 'no-such-draft' },
  'slow-form': { kind: 'slow-form', eventId: 1, form: 'text' },
} as const satisfies Every<OpenError>;

type Forgotten = Extract<SubmitError, { kind: 'form-forgotten' }>;

/** Why what a forgotten form showed cannot be looked up. */
const BECAUSE = { api: API, slow: { kind: 'slow' }, gone: { kind: 'gone' } } as const satisfies Every<
  Forgotten['because']
>;

const SUBMIT_ERRORS = {
  'not-connected': NOT_CONNECTED,
  'form-forgotten': { kind: 'form-forgotten', because: API, draftId: 'd1' },
} as const satisfies Every<SubmitError>;

const CHOOSE_ERRORS = { ...READ_ERRORS, gone: { kind: 'gone' } } as const satisfies Every<ChooseError>;

const FIELD_ERRORS = {
  'unreadable-time': { kind: 'unreadable-time', example: '2026-11-28 19:00' },
  'no-such-date': { kind: 'no-such-date' },
  'skipped-by-dst': { kind: 'skipped-by-dst', zone: BERLIN, before: '2027-03-28 02:00', after: '2027-03-28 03:00' },
  'ambiguous-by-dst': {
    kind: 'ambiguous-by-dst',
    zone: BERLIN,
    candidates: ['2026-10-25 02:30 +02:00', '2026-10-25 02:30 +01:00'],
  },
  'must-not-be-empty': { kind: 'must-not-be-empty' },
  'too-long': { kind: 'too-long', characters: 256, maxCharacters: 255 },
  'not-a-user-id': { kind: 'not-a-user-id' },
  'changed-meanwhile': { kind: 'changed-meanwhile' },
  'ends-too-early': { kind: 'ends-too-early', starts: '2026-12-01T18:00:00Z', ends: '2026-12-01T17:00:00Z' },
} as const satisfies Every<FieldError>;

const TAKE_BACK_ERRORS = {
  'not-connected': NOT_CONNECTED,
  busy: { kind: 'busy' },
  'nothing-queued': { kind: 'nothing-queued', text: HOSTILE },
  'several-events': { kind: 'several-events', text: HOSTILE },
} as const satisfies Every<TakeBackError>;

type DiscardError = Parameters<typeof describeDiscardError>[0];

const DISCARD_ERRORS = {
  busy: { kind: 'busy' },
  'moved-on': { kind: 'moved-on' },
} as const satisfies Record<DiscardError['kind'], DiscardError>;

const PREVIEW_ERRORS = {
  'not-connected': NOT_CONNECTED,
  'queue-empty': { kind: 'queue-empty' },
  'all-hold': { kind: 'all-hold', dropped: [buildChange()] },
  api: API,
} as const satisfies Every<PreviewError>;

type Unsent = Exclude<SendError, { kind: 'outdated' }>;

const SEND_ERRORS = {
  'no-such-flush': { kind: 'no-such-flush' },
  'nothing-left': { kind: 'nothing-left' },
  taken: { kind: 'taken', state: 'done' },
  busy: { kind: 'busy' },
  'not-connected': NOT_CONNECTED,
  api: API,
} as const satisfies Every<Unsent>;

/** Every state in which a flush that somebody else took can be. */
const TAKEN_STATES = {
  previewed: true,
  sending: true,
  done: true,
  rejected: true,
  unknown: true,
} as const satisfies Record<FlushState, true>;

const isTakenState = (state: string): state is FlushState => Object.hasOwn(TAKEN_STATES, state);
const TAKEN = Object.keys(TAKEN_STATES)
  .filter(isTakenState)
  .map((state) => ({ kind: 'taken', state }) as const);

/** What `describe` says of every error of a table, named. */
const told = <Failure extends { readonly kind: string }>(
  what: string,
  table: Readonly<Record<string, Failure>>,
  describeOne: (error: Failure) => string,
): readonly [string, string][] =>
  Object.values(table).map((error): [string, string] => [`${what}: ${error.kind}`, describeOne(error)]);

const SENTENCES: readonly [string, string][] = [
  ...told('API', API_ERRORS, describeApiError),
  ...told('read', READ_ERRORS, describeReadError),
  ...told('read, API', API_ERRORS, (error) => describeReadError({ kind: 'api', error })),
  ...told('open', OPEN_ERRORS, describeOpenError),
  ...told('submit', SUBMIT_ERRORS, describeSubmitError),
  ...told('submit, because', BECAUSE, (because) =>
    describeSubmitError({ kind: 'form-forgotten', because, draftId: 'd1' }),
  ),
  ...told('choose', CHOOSE_ERRORS, describeChooseError),
  ...told('field', FIELD_ERRORS, (error) => describeFieldError('starts', error, BERLIN)),
  ...told('take back', TAKE_BACK_ERRORS, describeTakeBackError),
  ...told('discard', DISCARD_ERRORS, describeDiscardError),
  ...told('preview', PREVIEW_ERRORS, describePreviewError),
  ...told('send', SEND_ERRORS, describeSendError),
  ...TAKEN.map((error): [string, string] => [`taken: ${error.state}`, describeSendError(error)]),
  ['not connected', describeNotConnected(NOT_CONNECTED)],
  ['crash', describeCrash('a1b2')],
  ['report in the channel', describePosting(true)],
  ['report not in the channel', describePosting(false)],
  ['permission', NEEDS_PERMISSION],
  ['guild only', GUILD_ONLY],
  ['another version', OTHER_VERSION],
];

test.each(SENTENCES)('%s is a whole sentence', (_, sentence) => {
  expect(sentence).toMatch(/^\S.*[^.]\.$/);
  expect(sentence).not.toMatch(/undefined|null|NaN|\[object|\.\.|\.[A-Z]/);
});

test('no two kinds of failed call are told alike', () => {
  const told = Object.values(API_ERRORS).map(describeApiError);
  expect(new Set(told).size).toBe(told.length);
});

describe('a refusal', () => {
  const sentencesOf = (sentences: readonly (readonly [string, string])[]) => sentences.map(([, sentence]) => sentence);

  test('to flush says that nothing was sent, or that nothing had to be', () => {
    const refusals = [
      ...sentencesOf(told('preview', PREVIEW_ERRORS, describePreviewError)),
      ...sentencesOf(told('send', SEND_ERRORS, describeSendError)),
    ];
    expect(refusals.filter((text) => !/nothing (was (sent|changed)|to send)|is not sent twice/i.test(text))).toEqual(
      [],
    );
  });

  test('to take back, to discard or to queue a calendar says that this was not done', () => {
    const refusals = [
      ...sentencesOf(told('take back', TAKE_BACK_ERRORS, describeTakeBackError)),
      ...sentencesOf(told('discard', DISCARD_ERRORS, describeDiscardError)),
      ...sentencesOf(told('choose', CHOOSE_ERRORS, describeChooseError)),
    ];
    const isHonest = (text: string) => /nothing was (taken back|discarded|changed)|was not queued/i.test(text);
    expect(refusals.filter((text) => !isHonest(text))).toEqual([]);
  });

  test('to take a forgotten form says that nothing was queued and that what was typed is kept', () => {
    const refusals = Object.values(BECAUSE).map((because) =>
      describeSubmitError({ kind: 'form-forgotten', because, draftId: 'd1' }),
    );
    expect(refusals.filter((text) => !/Nothing was queued, and what you typed is kept/.test(text))).toEqual([]);
    expect(new Set(refusals).size).toBe(3);
  });

  test('of a flush that was taken says something else while it is sent, when it has ended, and when nobody knows', () => {
    const [sending, done, rejected, unknown] = (['sending', 'done', 'rejected', 'unknown'] as const).map((state) =>
      describeSendError({ kind: 'taken', state }),
    );
    expect(rejected).toBe(done);
    expect(new Set([sending, done, unknown]).size).toBe(3);
    expect(unknown).toMatch(/not known/);
  });
});

describe('what was typed', () => {
  test('is escaped when it is repeated', () => {
    const repeated = [
      describeOpenError(OPEN_ERRORS['no-such-event']),
      describeOpenError(OPEN_ERRORS['several-events']),
      describeTakeBackError(TAKE_BACK_ERRORS['nothing-queued']),
      describeTakeBackError(TAKE_BACK_ERRORS['several-events']),
    ];
    for (const text of repeated) expect(text).toContain('“Op @\u200beveryone \\*\\*x\\*\\*”');
  });

  test('and is ambiguous gets both candidates to copy', () => {
    expect(describeFieldError('starts', FIELD_ERRORS['ambiguous-by-dst'], BERLIN)).toMatch(
      /`2026-10-25 02:30 \+02:00` is the first, `2026-10-25 02:30 \+01:00` the second/,
    );
  });

  test('and is in a gap gets its edges', () => {
    expect(describeFieldError('starts', FIELD_ERRORS['skipped-by-dst'], BERLIN)).toMatch(
      /from 2027-03-28 02:00 to 2027-03-28 03:00/,
    );
  });

  test('and puts the end before the start gets both as full dates in the zone', () => {
    expect(describeFieldError('ends', FIELD_ERRORS['ends-too-early'], BERLIN)).toMatch(
      /start Tuesday 1 December 2026, 19:00 \(Europe\/Berlin\) and end Tuesday 1 December 2026, 18:00 \(Europe\/Berlin\)/,
    );
  });

  test('and may not be empty gets the name of its field', () => {
    expect(describeFieldError('name', FIELD_ERRORS['must-not-be-empty'], BERLIN)).toMatch(/^Name /);
  });
});
