import { describe, expect, test } from 'vitest';
import type { NotConnected } from '../../src/app/app.ts';
import type { ChooseError } from '../../src/app/choose-value.ts';
import type { ReadError } from '../../src/app/find-events.ts';
import type { OpenError } from '../../src/app/open-form.ts';
import type { PickError } from '../../src/app/pick-time.ts';
import type { TakeBackError } from '../../src/app/queue.ts';
import type { ReplaceError } from '../../src/app/replace-edits.ts';
import type { SubmitError } from '../../src/app/submit-form.ts';
import {
  describeApiError,
  describeChooseError,
  describeCrash,
  describeDiscardError,
  describeFieldError,
  describeNotConnected,
  describeOpenError,
  describePickError,
  describeReadError,
  describeReplaceError,
  describeSubmitError,
  describeTakeBackError,
  GUILD_ONLY,
  NEEDS_PERMISSION,
  OTHER_VERSION,
} from '../../src/discord/words.ts';
import type { FieldError } from '../../src/domain/form.ts';
import type { Candidate } from '../../src/domain/times/typed-time.ts';
import { API_ERRORS } from '../fixtures/domain.ts';
import { type Every, expectSentence, type Said, sentencesOf, told } from '../fixtures/words.ts';

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
  'form-forgotten': { kind: 'form-forgotten', because: API, draftId: 'd1', hasFiles: false },
  broken: { kind: 'broken', draftId: 'd1' },
} as const satisfies Every<SubmitError>;

const REPLACE_ERRORS = {
  'not-connected': NOT_CONNECTED,
  'no-such-contest': { kind: 'no-such-contest' },
} as const satisfies Every<ReplaceError>;

const CHOOSE_ERRORS = {
  ...READ_ERRORS,
  gone: { kind: 'gone' },
  'ends-too-early': { kind: 'ends-too-early', starts: '2026-12-01T18:00:00Z', ends: '2026-12-01T17:00:00Z' },
} as const satisfies Every<ChooseError>;

const PICK_ERRORS = {
  'not-connected': NOT_CONNECTED,
  'no-such-draft': { kind: 'no-such-draft' },
  'form-forgotten': { kind: 'form-forgotten', because: { kind: 'gone' }, draftId: 'd1' },
} as const satisfies Every<PickError>;

/** A time that somebody may have meant. */
const CANDIDATE: Candidate = {
  instant: '2026-10-25T00:30:00Z',
  text: '2026-10-25T00:30:00Z',
  zone: BERLIN,
  dateOrder: null,
};

const FIELD_ERRORS = {
  'unreadable-time': { kind: 'unreadable-time', example: '2026-11-28 19:00', candidates: [] },
  'no-such-date': { kind: 'no-such-date', candidates: [] },
  'other-weekday': { kind: 'other-weekday', day: '2026-11-28', candidates: [CANDIDATE] },
  'ambiguous-clock': { kind: 'ambiguous-clock', candidates: [CANDIDATE, CANDIDATE] },
  'needs-time': { kind: 'needs-time', candidates: [CANDIDATE] },
  'takes-days': { kind: 'takes-days', candidates: [] },
  'skipped-by-dst': {
    kind: 'skipped-by-dst',
    zone: BERLIN,
    before: '2027-03-28 02:00',
    after: '2027-03-28 03:00',
    candidates: [CANDIDATE],
  },
  'ambiguous-by-dst': { kind: 'ambiguous-by-dst', zone: BERLIN, candidates: [CANDIDATE, CANDIDATE] },
  'ambiguous-order': { kind: 'ambiguous-order', candidates: [CANDIDATE, CANDIDATE] },
  'ambiguous-zone': { kind: 'ambiguous-zone', name: HOSTILE, candidates: [CANDIDATE, CANDIDATE] },
  'unknown-zone': { kind: 'unknown-zone', name: HOSTILE, candidates: [] },
  past: { kind: 'past', instant: CANDIDATE.instant, candidates: [CANDIDATE] },
  'no-origin': { kind: 'no-origin', candidates: [] },
  'awaits-start': { kind: 'awaits-start', candidates: [] },
  'must-not-be-empty': { kind: 'must-not-be-empty' },
  'too-long': { kind: 'too-long', characters: 256, maxCharacters: 255 },
  'not-a-user-id': { kind: 'not-a-user-id' },
  'changed-meanwhile': { kind: 'changed-meanwhile' },
  held: { kind: 'held', instant: '2026-12-01T18:00:00Z' },
  'ends-too-early': {
    kind: 'ends-too-early',
    starts: '2026-12-01T18:00:00Z',
    ends: '2026-12-01T17:00:00Z',
    candidates: [],
  },
  'file-not-read': { kind: 'file-not-read', name: HOSTILE },
  'file-too-large': { kind: 'file-too-large', name: HOSTILE, maxBytes: 65_535 },
  'not-a-text-file': { kind: 'not-a-text-file', name: HOSTILE },
  'empty-file': { kind: 'empty-file', name: HOSTILE, isLong: false },
  'typed-and-uploaded': { kind: 'typed-and-uploaded', name: HOSTILE },
  'too-many-bytes': { kind: 'too-many-bytes', bytes: 65_536, maxBytes: 65_535 },
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

const SENTENCES: readonly Said[] = [
  ...told('API', API_ERRORS, describeApiError),
  ...told('read', READ_ERRORS, describeReadError),
  ...told('read, API', API_ERRORS, (error) => describeReadError({ kind: 'api', error })),
  ...told('open', OPEN_ERRORS, describeOpenError),
  ...told('submit', SUBMIT_ERRORS, describeSubmitError),
  ...told('submit, because', BECAUSE, (because) =>
    describeSubmitError({ ...SUBMIT_ERRORS['form-forgotten'], because }),
  ),
  ['submit: broken, with nowhere to keep a draft', describeSubmitError({ kind: 'broken', draftId: null })],
  ...told('replace', REPLACE_ERRORS, describeReplaceError),
  ...told('choose', CHOOSE_ERRORS, (error) => describeChooseError(error, BERLIN)),
  ...told('pick', PICK_ERRORS, describePickError),
  ...told('field', FIELD_ERRORS, (error) => describeFieldError('starts', error, BERLIN)),
  ...told('take back', TAKE_BACK_ERRORS, describeTakeBackError),
  ...told('discard', DISCARD_ERRORS, describeDiscardError),
  ...[null, 0, 1, 30_500].map(
    (retryAfterMs): Said => [`rate-limited: ${retryAfterMs}`, describeApiError({ kind: 'rate-limited', retryAfterMs })],
  ),
  ['not connected', describeNotConnected(NOT_CONNECTED)],
  ['crash', describeCrash('a1b2')],
  ['permission', NEEDS_PERMISSION],
  ['guild only', GUILD_ONLY],
  ['another version', OTHER_VERSION],
];

test.each(SENTENCES)('%s is a whole sentence', (_, sentence) => {
  expectSentence(sentence);
});

test('no two kinds of failed call are told alike', () => {
  const told = Object.values(API_ERRORS).map(describeApiError);
  expect(new Set(told).size).toBe(told.length);
});

describe('a refusal', () => {
  test('to take back, to discard or to queue a calendar says that this was not done', () => {
    const refusals = sentencesOf([
      ...told('take back', TAKE_BACK_ERRORS, describeTakeBackError),
      ...told('discard', DISCARD_ERRORS, describeDiscardError),
      ...told('choose', CHOOSE_ERRORS, (error) => describeChooseError(error, BERLIN)),
    ]);
    const isHonest = (text: string) => /nothing was (taken back|discarded|changed)|was not queued/i.test(text);
    expect(refusals.filter((text) => !isHonest(text))).toEqual([]);
  });

  test('to take a forgotten form says that nothing was queued and that what was typed is kept', () => {
    const refusals = Object.values(BECAUSE).map((because) =>
      describeSubmitError({ ...SUBMIT_ERRORS['form-forgotten'], because }),
    );
    expect(refusals.filter((text) => !/Nothing was queued, and what you typed is kept/.test(text))).toEqual([]);
    expect(new Set(refusals).size).toBe(3);
  });

  test('to take a forgotten form never says that files are kept, nor anything where nothing was typed', () => {
    const forgotten = SUBMIT_ERRORS['form-forgotten'];
    const both = describeSubmitError({ ...forgotten, hasFiles: true });
    const files = describeSubmitError({ ...forgotten, draftId: null, hasFiles: true });
    const nothing = describeSubmitError({ ...forgotten, draftId: null });
    expect(both).toMatch(/what you typed is kept: .* Your files are not: upload them again there\.$/);
    expect(files).toMatch(/Nothing was queued\. Open the form again, and upload your files again\.$/);
    expect(nothing).toMatch(/Nothing was queued\. Open the form again\.$/);
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

  test('and may mean several times says that one can be picked', () => {
    const ambiguous = Object.values(FIELD_ERRORS).filter(
      (error) => 'candidates' in error && error.candidates.length > 0,
    );
    const sentences = ambiguous.map((error) => describeFieldError('starts', error, BERLIN));
    expect(sentences.filter((sentence) => !sentence.endsWith('Pick what you mean below.'))).toEqual([]);
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
