import { expect, vi } from 'vitest';
import type { DiscordSandbox, DiscordUser, Message } from '../../sandbox/discord/index.ts';
import { createReader, type Written } from './crash-record.ts';
import { type BotProcess, buildSurroundings, type Surroundings } from './process.ts';
import { board, buttonOn, edit, openPreview, shown } from './stage.ts';

/** A running bot and a moderator in front of it. */
type Side = Surroundings & { readonly bot: BotProcess; readonly user: DiscordUser; readonly channelId: string };

const PATCH = { method: 'PATCH', path: /\/events\/batch$/ } as const;
const SEARCH = { method: 'POST', path: /\/events\/search$/ } as const;

async function startSide(surroundings: Surroundings, name: string): Promise<Side> {
  const bot = await surroundings.start();
  const channelId = surroundings.discord.channel().id;
  return { ...surroundings, bot, channelId, user: surroundings.discord.user({ name, channelId }) };
}

/** Two bots with one database and one PERSCOM, each with a Discord of its own. */
export async function startBoth(): Promise<{ a: Side; b: Side; read: () => Written }> {
  const a = await startSide(await buildSurroundings(), 'joker');
  const { perscom, directory } = a;
  const b = await startSide(await buildSurroundings({ perscom, directory }), 'viper');
  const read = createReader();
  return { a, b, read: () => read(directory) };
}

const isReport = ({ embeds }: Message): boolean => embeds[0]?.title?.startsWith('Flush report') === true;

const reportsOn = ({ discord, channelId }: Side): readonly Message[] =>
  discord.channelMessages(channelId).filter(isReport);

/** What a bot tries to say where Discord did not take its answer. */
const APOLOGY = 'Something broke on our side';

/**
 * All that bots have answered to interactions since the request numbered `since`, also where Discord did not take it; but
 * no apologies that it did not take either.
 */
const answersSince = ({ requests }: DiscordSandbox, since: number): readonly string[] =>
  requests
    .slice(since)
    .filter(({ path }) => path.endsWith('/callback') || path.endsWith('/messages/@original'))
    .map(({ body, status }) => ({ text: JSON.stringify(body), isTaken: status < 400 }))
    .filter(({ text, isTaken }) => text.includes('"content"') && (isTaken || !text.includes(APOLOGY)))
    .map(({ text }) => text);

/** What may be said to somebody whose confirmation did not send anything. */
const NOT_BY_THIS = [
  'That flush is being sent right now',
  'That flush was sent already, and is not sent twice',
  'A flush of this server is under way',
  'the queue, an event in PERSCOM or an earlier flush changed since the preview',
  'PERSCOM takes only so many requests a minute (429)',
] as const;

/** What was said to those who confirmed, and how often. */
export type Said = Readonly<Record<string, number>>;

function countSaid(answers: readonly string[]): Said {
  const said: Record<string, number> = {};
  for (const answer of answers) {
    const sentence = /\d of \d events? updated/.exec(answer)?.[0] ?? NOT_BY_THIS.find((one) => answer.includes(one));
    const key = sentence ?? `untrue: ${answer}`;
    said[key] = (said[key] ?? 0) + 1;
  }
  return said;
}

/** Everybody was told the truth: one how the flush ended, and all others that theirs sent nothing. */
function expectTruth(said: Said, outcome: string, wanted: number): void {
  expect(said).toMatchObject({ [outcome]: 1 });
  expect(Object.keys(said).filter((sentence) => sentence.startsWith('untrue'))).toEqual([]);
  expect(Object.values(said).reduce((sum, times) => sum + times, 0)).toBe(wanted);
}

/** Three edits of three events, queued by one side. */
async function stageThree({ user }: Side): Promise<void> {
  await edit(user, 1, 'details', { Name: 'Op One' });
  await edit(user, 2, 'details', { Location: 'Site Two' });
  await edit(user, 3, 'text', { Description: 'Plan Three' });
}

/** One PATCH was sent, and all of it applied. */
function expectStored({ perscom }: Side): void {
  expect(perscom.patches()).toHaveLength(1);
  const [one, two, three] = [1, 2, 3].map((id) => perscom.world.events.get(id));
  expect([one?.name, two?.location, three?.description]).toEqual(['Op One', 'Site Two', 'Plan Three']);
}

/** One flush is on record as sent, nothing is queued or open, and each side says so. */
async function expectSettled(sides: readonly Side[], { edits, flushes }: Written): Promise<void> {
  expect(edits).toEqual([]);
  expect(flushes.filter(({ state }) => state !== 'previewed')).toMatchObject([{ state: 'done', dueAt: null }]);
  const boards = await Promise.all(sides.map(({ user }) => board(user)));
  for (const text of boards) expect(text).toMatch(/^The queue is empty/);
  const histories = await Promise.all(
    sides.map(async ({ user }) => (await user.command('queue history')).messageOrThrow()),
  );
  for (const text of histories.map(shown))
    expect(text.match(/• .*/g)).toEqual([expect.stringContaining('3 of 3 events updated')]);
}

/** As many confirmations at once, by the author of each preview in turn. */
const confirm = (previews: readonly [DiscordUser, Message][], times: number): Promise<unknown>[] =>
  Array.from({ length: times }, (_, index) => {
    const [user, preview] = previews[index % previews.length] ?? [];
    if (user === undefined || preview === undefined) throw new Error('there is no preview');
    return user.click(preview, buttonOn(preview, 'Send'));
  });

/** Waits for confirmations. A hundred at once may be too many for a busy machine to answer them all within 3 s. */
async function settleAll(confirmations: readonly Promise<unknown>[]): Promise<void> {
  const settled = await Promise.allSettled(confirmations);
  for (const one of settled) if (one.status === 'rejected') expect(String(one.reason)).toContain('did not respond');
}

/** What Discord may refuse: an answer that came too late, or after another process's one. */
const EXCUSED = { late: 10_062, second: 40_060 } as const;

function expectNoViolations({ violations }: DiscordSandbox, ...excused: readonly (keyof typeof EXCUSED)[]): void {
  const codes: readonly number[] = excused.map((name) => EXCUSED[name]);
  expect(violations.filter(({ code }) => !codes.includes(code))).toEqual([]);
}

const PREVIEWS_A_SIDE = 5;

/** Opens previews on one side, each by a moderator of its own. */
async function openPreviews({ discord, channelId }: Side): Promise<readonly [DiscordUser, Message][]> {
  const users = Array.from({ length: PREVIEWS_A_SIDE }, () => discord.user({ channelId }));
  return Promise.all(users.map(async (user): Promise<[DiscordUser, Message]> => [user, await openPreview(user)]));
}

const ALL = '3 of 3 events updated';
const NONE = '0 of 3 events updated';

/** Of many looks before the PATCH, some get their answer only when the flush that was faster is settled. */
function slowDown({ perscom }: Side, looks: number): void {
  perscom.inject({ on: SEARCH, kind: 'drip', bytes: 1_000_000, everyMs: 900, times: looks });
}

/** Confirms previews of one queue in two processes at once, each preview in the process that showed it. */
export async function confirmInBoth(times: number): Promise<Said> {
  const { a, b, read } = await startBoth();
  await stageThree(a);
  const [ofA, ofB] = await Promise.all([openPreviews(a), openPreviews(b)]);
  const since = [a, b].map(({ discord }) => discord.requests.length);
  slowDown(a, times / 2);
  a.perscom.inject({ on: PATCH, kind: 'handle', delayMs: 200 });
  await settleAll([...confirm(ofA, times), ...confirm(ofB, times)]);
  await vi.waitFor(() => expect([...reportsOn(a), ...reportsOn(b)]).toHaveLength(1), 5_000);
  const said = countSaid([a, b].flatMap(({ discord }, index) => answersSince(discord, since[index] ?? 0)));
  expectTruth(said, ALL, 2 * times);
  expectStored(a);
  await vi.waitFor(() => expect(read().flushes.some(({ isReportKnown }) => isReportKnown)).toBe(true));
  await expectSettled([a, b], read());
  for (const { discord } of [a, b]) expectNoViolations(discord, 'late');
  return said;
}

/** Starts another bot that is logged in to the same Discord, and waits until it gets what users do. */
async function startBeside(side: Side): Promise<void> {
  const { discord, user } = side;
  const { start } = await buildSurroundings(side);
  await start();
  await vi.waitFor(async () => {
    const since = discord.requests.length;
    await user.command('queue view');
    await discord.until(() => answersSince(discord, since).length === 2, 500);
  }, 10_000);
}

/**
 * Confirms one preview in two processes at once: both are logged in to one Discord, which gives every click to both, and
 * takes the first answer. PERSCOM takes the batch, or fails on it, which leaves the queue as it was previewed.
 */
export async function confirmOneInBoth(times: number, isRefused: boolean): Promise<Said> {
  const a = await startSide(await buildSurroundings(), 'joker');
  await stageThree(a);
  const preview = await openPreview(a.user);
  await startBeside(a);
  const since = a.discord.requests.length;
  slowDown(a, times / 2);
  const refuse = { kind: 'answer', status: 500, body: { message: 'Server Error' } } as const;
  a.perscom.inject({ on: PATCH, delayMs: 200, ...(isRefused ? refuse : { kind: 'handle' }) });
  await settleAll(confirm([[a.user, preview]], times));
  await vi.waitFor(() => expect(answersSince(a.discord, since)).toHaveLength(2 * times), 5_000);
  await vi.waitFor(() => expect(reportsOn(a)).toHaveLength(1), 5_000);
  const said = countSaid(answersSince(a.discord, since));
  const outcome = isRefused ? NONE : ALL;
  expectTruth(said, outcome, 2 * times);
  expect(reportsOn(a).map(shown)).toEqual([expect.stringContaining(outcome)]);
  if (!isRefused) expectStored(a);
  expect(a.perscom.patches()).toHaveLength(1);
  expectNoViolations(a.discord, 'late', 'second');
  const read = createReader();
  const state = isRefused ? 'rejected' : 'done';
  await vi.waitFor(() =>
    expect(read(a.directory).flushes.filter((flush) => flush.state !== 'previewed')).toMatchObject([
      { state, isReportKnown: true, dueAt: null },
    ]),
  );
  expect(read(a.directory).edits).toHaveLength(isRefused ? 3 : 0);
  return said;
}

/** PERSCOM takes `takesMs` over the PATCH of one process, longer than its lease lasts, while another one looks on. */
export async function takeLong(takesMs: number): Promise<{ readonly renewals: number }> {
  const { a, b, read } = await startBoth();
  await stageThree(a);
  const preview = await openPreview(a.user);
  a.perscom.inject({ on: PATCH, kind: 'handle', delayMs: takesMs });
  const sent = a.user.click(preview, buttonOn(preview, 'Send'));
  await a.discord.until(() => a.perscom.patches().length === 1);
  const requests = a.perscom.requests.length;
  const leases = new Set<number>();
  while (a.perscom.patches()[0]?.status === null) {
    const [flush] = read().flushes;
    expect(flush).toMatchObject({ state: 'sending' });
    expect(flush?.dueAt).toBeGreaterThan(Date.now());
    leases.add(flush?.dueAt ?? 0);
    expect(
      a.perscom.requests.slice(requests).filter(({ body }) => JSON.stringify(body)?.includes('"filters"')),
    ).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await sent;
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  expect(reportsOn(a).map(shown)).toEqual([expect.stringContaining('3 of 3 events updated')]);
  expect(a.discord.channelMessages(a.channelId)).toHaveLength(1);
  expect(
    b.discord.requests.filter(({ path }) => path.includes('/channels')),
    'what the other bot posted',
  ).toEqual([]);
  expectStored(a);
  await expectSettled([a, b], read());
  for (const { discord } of [a, b]) expectNoViolations(discord);
  return { renewals: leases.size - 1 };
}
