import { describe, expect, test } from 'vitest';
import type { PreviewError } from '../../../src/app/preview-flush.ts';
import type { SendError } from '../../../src/app/send-flush.ts';
import type { WaitError } from '../../../src/app/wait-for-perscom.ts';
import {
  describeHurried,
  describePosting,
  describePreviewError,
  describeSendError,
} from '../../../src/discord/flushes/flush-words.ts';
import { leftWaitingReply } from '../../../src/discord/flushes/open-flush.ts';
import type { FlushState } from '../../../src/domain/flush.ts';
import { err } from '../../../src/domain/result.ts';
import { API_ERRORS, buildChange } from '../../fixtures/domain.ts';
import { type Every, expectSentence, type Said, sentencesOf, told } from '../../fixtures/words.ts';

const NOT_CONNECTED = { kind: 'not-connected' } as const;
const API = { kind: 'api', error: API_ERRORS.maintenance, revision: 3 } as const;

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

const WAIT_ERRORS = {
  'not-connected': NOT_CONNECTED,
  'moved-on': { kind: 'moved-on' },
  'waiting-already': { kind: 'waiting-already' },
} as const satisfies Every<WaitError>;

/** Every state in which a flush that somebody else took can be. */
const TAKEN_STATES = {
  previewed: true,
  waiting: true,
  sending: true,
  done: true,
  rejected: true,
  unknown: true,
  expired: true,
} as const satisfies Record<FlushState, true>;

const isTakenState = (state: string): state is FlushState => Object.hasOwn(TAKEN_STATES, state);
const describeTaken = (state: FlushState): string => describeSendError({ kind: 'taken', state });
const TAKEN = Object.keys(TAKEN_STATES)
  .filter(isTakenState)
  .map((state): Said => [`taken: ${state}`, describeTaken(state)]);

const NOT_LEFT = told('wait', WAIT_ERRORS, (error) => leftWaitingReply(err(error)).message.content);

const SENTENCES: readonly Said[] = [
  ...told('preview', PREVIEW_ERRORS, describePreviewError),
  ...told('send', SEND_ERRORS, describeSendError),
  ...TAKEN,
  ...NOT_LEFT,
  ...[0, 1, 2].map((unknown): Said => [`hurried: ${unknown}`, describeHurried(unknown)]),
  ['report in the channel', describePosting(true)],
  ['report not in the channel', describePosting(false)],
];

test.each(SENTENCES)('%s is a whole sentence', (_, sentence) => {
  expectSentence(sentence);
});

describe('a refusal', () => {
  test('to flush, or to leave a flush waiting, says that nothing was sent, or that nothing had to be', () => {
    const refusals = sentencesOf([
      ...told('preview', PREVIEW_ERRORS, describePreviewError),
      ...told('send', SEND_ERRORS, describeSendError),
      ...NOT_LEFT,
    ]);
    const isHonest = (text: string) => /nothing (was (sent|changed)|to send)|is not sent twice/i.test(text);
    expect(refusals.filter((text) => !isHonest(text))).toEqual([]);
  });

  test('of a flush that was taken says something else while it waits, is sent, has ended, and when nobody knows', () => {
    expect(describeTaken('rejected')).toBe(describeTaken('done'));
    const said = (['waiting', 'sending', 'done', 'unknown'] as const).map(describeTaken);
    expect(new Set(said).size).toBe(4);
    expect(describeTaken('unknown')).toMatch(/not known/);
  });
});
