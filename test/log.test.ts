import { DiscordAPIError } from 'discord.js';
import { ofetch } from 'ofetch';
import { describe, expect, test } from 'vitest';
import { createLog } from '../src/log.ts';

const BOT_TOKEN = 'MTk4NjIyNDgzNDcx.C0ffee.bot-token';
const API_TOKEN = 'eyJ.api-token';
const INTERACTION_TOKEN = 'aW50ZXJhY3Rpb246MTIz';

/** A log and everything that it has written. */
function logInMemory(level = 'info') {
  const lines: string[] = [];
  const log = createLog(level, [BOT_TOKEN, API_TOKEN], { write: (line: string) => void lines.push(line) });
  return { log, written: () => lines.join('') };
}

/** The error that discord.js throws when an answer is refused: address and body hold what nobody else may see. */
const refusedAnswer = () =>
  new DiscordAPIError(
    { code: 50_035, message: 'Invalid Form Body' },
    50_035,
    400,
    'POST',
    `https://discord.com/api/v10/interactions/123/${INTERACTION_TOKEN}/callback`,
    { files: undefined, body: { token: INTERACTION_TOKEN, content: 'what a moderator typed' } },
  );

/** An error of ofetch that was really thrown, by a request to where nothing listens. */
const failedFetch = (): Promise<unknown> =>
  ofetch(`http://127.0.0.1:1/v2/me?apikey=${API_TOKEN}`, {
    headers: { Authorization: `Bearer ${API_TOKEN}` },
    body: { content: 'what a moderator typed' },
    method: 'POST',
  }).catch((error: unknown) => error);

describe('an error in the log', () => {
  test('says what and where it was', () => {
    const { log, written } = logInMemory();
    log.error({ err: refusedAnswer() }, 'not answered');
    expect(JSON.parse(written())).toMatchObject({
      msg: 'not answered',
      err: { message: 'Invalid Form Body', code: 50_035, status: 400, stack: expect.stringContaining('log.test.ts') },
    });
  });

  test.each<[string, (err: unknown) => object]>([
    ['as err', (err) => ({ err })],
    ['by itself', (err) => Object(err)],
    ['inside another', (err) => ({ err: new Error('outer', { cause: err }) })],
  ])('holds nothing of the request that failed, logged %s', async (_, toLog) => {
    for (const error of [refusedAnswer(), await failedFetch()]) {
      const { log, written } = logInMemory();
      log.error(toLog(error), 'failed');
      expect(written()).toMatch(/Invalid Form Body|127\.0\.0\.1/);
      expect(written()).not.toContain(INTERACTION_TOKEN);
      expect(written()).not.toContain(API_TOKEN);
      expect(written()).not.toContain('what a moderator typed');
    }
  });

  test.each([
    `https://discord.com/api/v10/webhooks/123/${INTERACTION_TOKEN}/messages/@original`,
    `/interactions/123/${INTERACTION_TOKEN}/callback`,
  ])('shows %s without its token', (address) => {
    const { log, written } = logInMemory();
    log.error({ err: new Error(`request to ${address} failed`) }, 'failed');
    expect(written()).toContain('failed');
    expect(written()).not.toContain(INTERACTION_TOKEN);
  });
});

test('the secrets of this process are blotted out wherever they turn up', () => {
  const { log, written } = logInMemory();
  log.info({ note: `tokens ${BOT_TOKEN} and ${API_TOKEN}`, deep: [{ inside: API_TOKEN }] }, `login with ${BOT_TOKEN}`);
  expect(JSON.parse(written())).toMatchObject({
    note: 'tokens [redacted] and [redacted]',
    deep: [{ inside: '[redacted]' }],
    msg: 'login with [redacted]',
  });
});

test('a token or an authorization is never printed, whosever it is', () => {
  const { log, written } = logInMemory();
  const headers = { authorization: 'Bearer somebody-elses' };
  log.info({ token: 'somebody-elses', interaction: { id: 1, token: 'somebody-elses' }, headers, request: { headers } });
  expect(written()).toContain('"id":1');
  expect(written()).not.toContain('somebody-elses');
});

test('what is below the level is not written', () => {
  const { log, written } = logInMemory('warn');
  log.info('not this');
  log.warn('but this');
  expect(written()).toMatch(/but this/);
  expect(written()).not.toMatch(/not this/);
});
