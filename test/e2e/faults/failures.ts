import type { Tuning } from '../../../src/frago.ts';
import { READ_TRIES, type Trouble } from './row.ts';

/** One way in which a call to PERSCOM fails, and what follows from it. */
export type Failure = {
  readonly name: string;
  /** PERSCOM did not do what it was asked, unless `commits`. */
  readonly trouble: Trouble;
  /** The same after PERSCOM did it; none where that cannot be. */
  readonly committed?: Trouble;
  /** What the bot calls it. */
  readonly says: string;
  /** How often a read that meets it is tried. */
  readonly tries: number;
  /** What a change is that met it and is not there when it is read again. */
  readonly unseen: 'rejected' | 'unknown';
  /** What it is if it cannot be read again. */
  readonly unread: 'rejected' | 'unknown';
  /** The bot has given up by the time PERSCOM is done with the request. */
  readonly isLate?: boolean;
  readonly tuning?: Tuning;
};

type Answer = {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

const before = (answer: Answer): Trouble => ({ kind: 'answer', ...answer });
const after = (answer: Answer): Trouble => ({ kind: 'answer', afterHandling: true, ...answer });

/** PERSCOM's own error body, as recorded (perscom-api.md, sections 5 and 6). */
export const envelope = (message: string, type = 'HttpException') => ({
  error: { message, type, request_id: 'r-1', trace_id: 't-1' },
});

const SERVER_ERROR = envelope('There was a server error with your last request. Please try again.', 'QueryException');
const DOWN = 'The API is currently down for maintenance. Please check back later.';
const HTML = '<!DOCTYPE html><html><body><h1>Service Unavailable</h1></body></html>';

/** Nobody waits for the real minute here, nor for eleven tries. */
export const IMPATIENT: Tuning = {
  persistence: { patch: { tryTimeoutMs: 800 }, flush: { tryTimeoutMs: 800, repeatsAfter: () => 0 } },
};

const REFUSED = { tries: 1, unseen: 'rejected', unread: 'rejected' } as const;
const PASSING = { tries: READ_TRIES, unseen: 'unknown', unread: 'unknown' } as const;

const ANSWERS: readonly Failure[] = [
  { name: '401', trouble: before({ status: 401, body: envelope('no') }), says: 'token (401)', ...REFUSED },
  { name: '402', trouble: before({ status: 402, body: envelope('no') }), says: 'subscription (402)', ...REFUSED },
  { name: '403', trouble: before({ status: 403, body: envelope('no') }), says: 'lacks a scope (403)', ...REFUSED },
  { name: '404', trouble: before({ status: 404, body: envelope('no') }), says: 'that address (404)', ...REFUSED },
  {
    name: '429 without Retry-After',
    trouble: before({ status: 429, body: envelope('slow down') }),
    says: 'only so many requests a minute (429), and none is left for this. Wait a minute.',
    ...REFUSED,
  },
  {
    name: '429 with Retry-After: 30',
    trouble: before({ status: 429, body: envelope('slow down'), headers: { 'retry-after': '30' } }),
    says: 'only so many requests a minute (429), and none is left for this. Wait 30 seconds.',
    ...REFUSED,
  },
  {
    name: '500 in an envelope',
    trouble: before({ status: 500, body: SERVER_ERROR }),
    committed: after({ status: 500, body: SERVER_ERROR }),
    says: 'an error of its own (500)',
    ...REFUSED,
    unread: 'unknown',
  },
  {
    name: '500 of PHP',
    trouble: before({ status: 500, body: { message: 'Server Error' } }),
    committed: after({ status: 500, body: { message: 'Server Error' } }),
    says: 'an error of its own (500)',
    ...REFUSED,
    unread: 'unknown',
  },
  {
    name: '503 JSON',
    trouble: before({ status: 503, body: envelope(DOWN) }),
    says: 'down for maintenance (503)',
    ...REFUSED,
    tries: READ_TRIES,
  },
  {
    name: '503 HTML',
    trouble: before({ status: 503, body: HTML, headers: { 'retry-after': '120' } }),
    committed: after({ status: 503, body: HTML }),
    says: 'Something in front of PERSCOM answered in its place (503)',
    ...PASSING,
  },
  {
    name: '502 HTML',
    trouble: before({ status: 502, body: '<h1>Bad gateway</h1>' }),
    committed: after({ status: 502, body: '<h1>Bad gateway</h1>' }),
    says: 'answered in its place (502)',
    ...PASSING,
  },
  {
    name: 'a redirect',
    trouble: before({ status: 302, body: '', headers: { location: '/billing' } }),
    says: 'does not speak as PERSCOM’s API does (302)',
    ...REFUSED,
  },
  {
    name: 'HTML with 200',
    trouble: before({ status: 200, body: '<h1>Welcome</h1>' }),
    committed: after({ status: 200, body: '<h1>Welcome</h1>' }),
    says: 'not what its API promises',
    ...REFUSED,
    unread: 'unknown',
  },
  {
    name: 'JSON of another shape with 200',
    trouble: before({ status: 200, body: { data: 'none' } }),
    committed: { kind: 'handle', rewrite: (body) => [body] },
    says: 'not what its API promises',
    ...REFUSED,
    unread: 'unknown',
  },
];

const CONNECTIONS: readonly Failure[] = [
  {
    name: 'a refused connection',
    trouble: { kind: 'refuse', tries: Number.POSITIVE_INFINITY },
    says: 'PERSCOM could not be reached',
    ...PASSING,
    unseen: 'rejected',
    unread: 'rejected',
  },
  {
    name: 'a dropped connection',
    trouble: { kind: 'drop' },
    committed: { kind: 'drop', afterHandling: true },
    says: 'connection to PERSCOM broke',
    ...PASSING,
  },
  {
    name: 'no answer at all',
    trouble: { kind: 'hang' },
    committed: { kind: 'hang', afterHandling: true },
    says: 'did not answer within 1 second',
    ...PASSING,
    tries: 1,
    tuning: IMPATIENT,
  },
  {
    name: 'a late answer',
    trouble: { kind: 'answer', status: 500, body: SERVER_ERROR, delayMs: 1_200 },
    says: 'did not answer within 1 second',
    ...PASSING,
    tries: 1,
    isLate: true,
    tuning: IMPATIENT,
  },
];

/** All of them; a read meets each, and so does a PATCH. */
export const FAILURES: readonly Failure[] = [...ANSWERS, ...CONNECTIONS];

/** Answers that begin well come after PERSCOM did its work, so a PATCH has landed. */
export const BEGUN: readonly Failure[] = [
  {
    name: 'an answer that breaks off',
    trouble: { kind: 'truncate', bytes: 30 },
    committed: { kind: 'truncate', bytes: 30 },
    says: 'connection to PERSCOM broke',
    ...PASSING,
  },
  {
    name: 'an answer that drips too slowly',
    trouble: { kind: 'drip', bytes: 40, everyMs: 100 },
    committed: { kind: 'drip', bytes: 40, everyMs: 100 },
    says: 'did not answer within 1 second',
    ...PASSING,
    tries: 1,
    tuning: IMPATIENT,
  },
];

/** `trouble` as often as needed for all tries of one read. */
export const forOneRead = ({ trouble, tries }: Failure): Trouble =>
  trouble.kind === 'refuse' ? trouble : { ...trouble, times: tries };
