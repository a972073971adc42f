import { describe, expect, test } from 'vitest';
import type { Fault } from '../../sandbox/perscom/server.ts';
import { board, edit, flush, openPreview, reportsOf, shown, startStage } from './stage.ts';

const PATCH = { method: 'PATCH', path: '/v2/events/batch' } as const;
const SEARCH = { method: 'POST', path: '/v2/events/search' } as const;
const errorBody = (message: string) => ({ error: { message, type: 'HttpException', request_id: 'r', trace_id: 't' } });

type Row = {
  readonly name: string;
  readonly faults: readonly Fault[];
  /** What the report says of the change, and why. */
  readonly says: readonly string[];
  /** Whether PERSCOM ends up with the wanted name. */
  readonly stored: boolean;
};

const REJECTED = '❌ NOT applied (rejected)';

const answer = (status: number, body: string | object): Fault => ({ on: PATCH, kind: 'answer', status, body });

const rows: readonly Row[] = [
  {
    name: '401',
    faults: [answer(401, errorBody('no'))],
    says: [REJECTED, 'does not accept the bot’s token'],
    stored: false,
  },
  { name: '402', faults: [answer(402, errorBody('no'))], says: [REJECTED, 'no valid subscription'], stored: false },
  { name: '403', faults: [answer(403, errorBody('no'))], says: [REJECTED, 'lacks a scope'], stored: false },
  {
    name: '404',
    faults: [answer(404, errorBody('no'))],
    says: [REJECTED, 'does not know that address'],
    stored: false,
  },
  {
    name: '429',
    faults: [answer(429, errorBody('no'))],
    says: [REJECTED, 'takes only so many requests a minute'],
    stored: false,
  },
  {
    name: '422 that names no field',
    faults: [
      answer(422, { error: { message: 'The resources field is required.', errors: { resources: ['Is required.'] } } }),
    ],
    says: [REJECTED, 'PERSCOM says: Is required.'],
    stored: false,
  },
  {
    name: '500 before commit',
    faults: [answer(500, { message: 'Server Error' })],
    says: [REJECTED, '(500)'],
    stored: false,
  },
  {
    name: '500 after commit',
    faults: [{ on: PATCH, kind: 'answer', afterHandling: true, status: 500, body: { message: 'Server Error' } }],
    says: ['✅ applied', '1 of 1 event updated'],
    stored: true,
  },
  {
    name: '503 JSON',
    faults: [answer(503, errorBody('down'))],
    says: [REJECTED, 'down for maintenance'],
    stored: false,
  },
  {
    name: '502 HTML',
    faults: [answer(502, '<h1>Bad gateway</h1>')],
    says: ['❓ UNKNOWN', 'in front of PERSCOM'],
    stored: false,
  },
  {
    name: 'HTML with 200',
    faults: [answer(200, '<h1>Hello</h1>')],
    says: [REJECTED, 'not what its API promises'],
    stored: false,
  },
  {
    name: 'a redirect',
    faults: [{ on: PATCH, kind: 'answer', status: 302, body: '', headers: { location: '/billing' } }],
    says: [REJECTED, '(302)'],
    stored: false,
  },
  {
    name: 'a broken body after commit',
    faults: [{ on: PATCH, kind: 'truncate', bytes: 20 }],
    says: ['✅ applied', '1 of 1 event updated'],
    stored: true,
  },
  {
    name: 'JSON of another shape after commit',
    faults: [{ on: PATCH, kind: 'handle', rewrite: (body) => [body] }],
    says: ['✅ applied'],
    stored: true,
  },
  {
    name: 'a connection dropped before',
    faults: [{ on: PATCH, kind: 'drop' }],
    says: ['❓ UNKNOWN', 'connection to PERSCOM broke'],
    stored: false,
  },
  {
    name: 'a connection dropped after commit',
    faults: [{ on: PATCH, kind: 'drop', afterHandling: true }],
    says: ['✅ applied'],
    stored: true,
  },
  {
    name: 'an event that vanishes with the PATCH',
    faults: [{ on: PATCH, kind: 'handle', before: ({ events }) => void events.delete(1) }],
    says: ['❌ NOT applied (event is gone)', '0 of 1 event updated, 1 no longer exists'],
    stored: false,
  },
  {
    name: 'another editor right after the PATCH',
    faults: [
      {
        on: PATCH,
        kind: 'handle',
        after: ({ events }) => {
          const event = events.get(1);
          if (event !== undefined) events.set(1, { ...event, name: 'Op Theirs' });
        },
      },
    ],
    says: ['⚠️ NOT applied (ignored)', 'PERSCOM holds “Op Theirs”'],
    stored: false,
  },
];

describe('a flush that meets', () => {
  test.each(rows)('$name is reported as it is, and loses nothing', async ({ faults, says, stored }) => {
    const { discord, perscom } = await startStage();
    const joker = discord.user();
    await edit(joker, 1, 'details', { Name: 'Op Wanted' });
    for (const fault of faults) perscom.inject(fault);
    const report = (await flush(joker)).reports.map(shown).join('\n');
    for (const part of says) expect(report).toContain(part);
    if (report.includes('Could not be read back')) expect(report).not.toContain('PERSCOM holds');
    expect(perscom.world.events.get(1)?.name === 'Op Wanted').toBe(stored);
    expect(perscom.patches()).toHaveLength(1);
    const left = await board(joker);
    if (stored) expect(left).toContain('The queue is empty');
    else expect(left).toContain('Op Wanted');
  });

  test('an answer that cannot be read back is unknown, also after a 200', async () => {
    const { discord, perscom } = await startStage({ tuning: { persistence: { flush: { retryForMs: 0 } } } });
    const joker = discord.user();
    await edit(joker, 1, 'details', { Name: 'Op Wanted' });
    const preview = await openPreview(joker);
    perscom.inject({ on: SEARCH, kind: 'handle' });
    perscom.inject({ on: SEARCH, kind: 'drop' });
    const sent = await joker.click(preview, 'Send 1 change');
    const report = (await reportsOf(sent)).map(shown).join('\n');
    expect(report).toContain('❓ UNKNOWN');
    expect(report).toContain('could not be read again to prove it');
    expect(report).not.toContain('✅');
    expect(await board(joker)).toContain('Op Wanted');
    const again = await openPreview(joker);
    expect(shown(again)).toContain('PERSCOM holds everything that was queued already');
    expect(perscom.patches()).toHaveLength(1);
  });

  test('an outage at the preview sends nothing and keeps the queue', async () => {
    const { discord, perscom } = await startStage({ tuning: { persistence: { flush: { retryForMs: 0 } } } });
    const joker = discord.user();
    await edit(joker, 1, 'details', { Name: 'Op Wanted' });
    perscom.inject({ on: SEARCH, kind: 'drop' });
    const answered = await openPreview(joker);
    expect(shown(answered)).toContain('Nothing was sent; the queue is as it was');
    expect(perscom.patches()).toHaveLength(0);
    expect(await board(joker)).toContain('Op Wanted');
  });

  test('an event deleted before the preview says so and sends the others', async () => {
    const { discord, perscom } = await startStage();
    const joker = discord.user();
    await edit(joker, 1, 'details', { Name: 'Op Gone' });
    await edit(joker, 2, 'details', { Name: 'Op There' });
    perscom.world.events.delete(1);
    const { preview, reports } = await flush(joker);
    expect(preview).toContain('the event no longer exists in PERSCOM');
    expect(reports.map(shown).join()).toContain('1 of 2 events updated, 1 no longer exists');
    expect(perscom.patches()[0]?.body).toEqual({ resources: { 2: { name: 'Op There' } } });
    expect(await board(joker)).toContain('Op Gone');
  });
});

describe('a report', () => {
  test('goes to the channel as an ordinary message when the interaction has expired meanwhile', async () => {
    let lateMs = 0;
    const [unknownInteraction, unknownWebhook, expiredToken] = [10062, 10015, 50027];
    const { discord, perscom } = await startStage({
      discordNow: () => Date.now() + lateMs,
      refusals: [unknownInteraction, unknownWebhook, expiredToken],
    });
    const channelId = discord.channel().id;
    const joker = discord.user({ channelId });
    await edit(joker, 1, 'details', { Name: 'Op Wanted' });
    const preview = await openPreview(joker);
    const after = (): void => {
      lateMs = 16 * 60_000;
    };
    perscom.inject({ on: PATCH, kind: 'handle', after });
    await joker.click(preview, 'Send 1 change').catch(() => null);
    await discord.until(() => discord.channelMessages(channelId).length === 1);
    const [report] = discord.channelMessages(channelId);
    if (report === undefined) throw new Error('no report');
    expect(shown(report)).toContain('1 of 1 event updated');
    expect(report.pings).toEqual([]);
  });

  test('needs no permission of the channel, as it goes through the interaction', async () => {
    const { discord } = await startStage();
    const channelId = discord.channel({ appPermissions: 0n }).id;
    const joker = discord.user({ channelId });
    await edit(joker, 1, 'details', { Name: 'Op Wanted' });
    await flush(joker);
    expect(discord.channelMessages(channelId).map(shown)).toEqual([expect.stringContaining('1 of 1 event updated')]);
  });
});
