import { describe, expect, test } from 'vitest';
import type { StoredEvent } from '../../sandbox/perscom/server.ts';
import { buildEvent, buildWorld } from '../../sandbox/perscom/world.ts';
import type { Field, Form } from '../../src/domain/field.ts';
import { FIELD_NAMES } from '../../src/domain/field.ts';
import { board, edit, flush, NOW, shown, startStage } from './stage.ts';

type Case = {
  readonly field: Field;
  readonly form: Form;
  readonly input: string;
  readonly typed: string | boolean | readonly string[];
  /** What goes over the wire. */
  readonly sent: unknown;
  /** What PERSCOM stores, where that looks different from what is sent. */
  readonly stored?: unknown;
};

const cases: readonly Case[] = [
  {
    field: 'starts',
    form: 'schedule',
    input: 'Starts',
    typed: '2026-11-24 19:30',
    sent: '2026-11-24T18:30:00Z',
    stored: '2026-11-24T18:30:00.000000Z',
  },
  {
    field: 'ends',
    form: 'schedule',
    input: 'Ends',
    typed: '2026-11-25 01:15',
    sent: '2026-11-25T00:15:00Z',
    stored: '2026-11-25T00:15:00.000000Z',
  },
  { field: 'all_day', form: 'schedule', input: 'All day', typed: true, sent: true },
  { field: 'repeats', form: 'schedule', input: 'Repeats', typed: true, sent: true },
  { field: 'name', form: 'details', input: 'Name', typed: 'Op Iron Fist', sent: 'Op Iron Fist' },
  { field: 'calendar_id', form: 'details', input: 'Calendar', typed: ['Training'], sent: 2 },
  { field: 'location', form: 'details', input: 'Location', typed: 'Stratis', sent: 'Stratis' },
  { field: 'url', form: 'details', input: 'URL', typed: 'https://example.test/new', sent: 'https://example.test/new' },
  { field: 'author_id', form: 'details', input: 'Author', typed: '2', sent: 2 },
  { field: 'description', form: 'text', input: 'Description', typed: '<p>New\nlines</p>', sent: '<p>New\nlines</p>' },
  { field: 'content', form: 'text', input: 'Content', typed: '', sent: null },
  { field: 'registration_enabled', form: 'alerts', input: 'Registration enabled', typed: false, sent: false },
  {
    field: 'registration_deadline',
    form: 'alerts',
    input: 'Registration deadline',
    typed: '2026-11-23 18:00',
    sent: '2026-11-23T17:00:00Z',
    stored: '2026-11-23T17:00:00.000000Z',
  },
  { field: 'notifications_enabled', form: 'alerts', input: 'Notifications enabled', typed: false, sent: false },
  {
    field: 'notifications_interval',
    form: 'alerts',
    input: 'Notification interval',
    typed: ['1 week before', 'At time of event'],
    sent: ['p1w', 'pt0m'],
  },
  {
    field: 'notifications_channels',
    form: 'alerts',
    input: 'Notification channels',
    typed: ['Discord (Private)', 'SMS'],
    sent: ['discord_private', 'sms'],
  },
];

const world = () =>
  buildWorld({
    now: NOW,
    events: [
      buildEvent({
        id: 7,
        name: 'Op Iron Resolve',
        starts: '2026-11-24T19:00:00.000000Z',
        ends: '2026-11-24T22:00:00.000000Z',
        content: '<p>Old</p>',
        author_id: 1,
      }),
    ],
  });

const sorted = (value: unknown): unknown => (Array.isArray(value) ? [...value].sort() : value);

describe('every editable field', () => {
  test('is in the table of this test', () => {
    expect(cases.map(({ field }) => field).sort()).toEqual([...FIELD_NAMES].sort());
  });

  test.each(cases)(
    '$field is stored as typed, and nothing else is sent',
    async ({ field, form, input, typed, sent, stored }) => {
      const { discord, perscom } = await startStage({ world: world() });
      const before: StoredEvent = { ...perscom.world.events.get(7) } as StoredEvent;
      const moderator = discord.user();

      const queued = await edit(moderator, 7, form, { [input]: typed });
      if (field === 'starts') await moderator.click(queued, 'Keep the old end');
      expect(await board(moderator)).toContain('1 edit of 1 event');
      const { reports } = await flush(moderator);

      expect(perscom.patches()).toHaveLength(1);
      const [patch] = perscom.patches();
      const body = patch?.body as { resources: Record<string, Record<string, unknown>> };
      expect(Object.keys(body.resources)).toEqual(['7']);
      expect(Object.keys(body.resources['7'] ?? {})).toEqual([field]);
      expect(sorted(body.resources['7']?.[field])).toEqual(sorted(sent));
      const after = perscom.world.events.get(7);
      expect(sorted(after?.[field])).toEqual(sorted(stored ?? sent));
      expect({ ...after, [field]: null, updated_at: '' }).toEqual({ ...before, [field]: null, updated_at: '' });
      expect(reports.map(shown).join()).toContain('1 of 1 event updated');
      expect(reports.map(shown).join()).toContain('✅ applied');
    },
  );

  test('can be edited in one go: four forms, sixteen fields, one PATCH', async () => {
    const { discord, perscom } = await startStage({ world: world() });
    const moderator = discord.user();
    for (const form of ['schedule', 'details', 'text', 'alerts'] as const) {
      const own = cases.filter((one) => one.form === form);
      await edit(moderator, 7, form, Object.fromEntries(own.map(({ input, typed }) => [input, typed])));
    }
    const { reports } = await flush(moderator);
    expect(perscom.patches()).toHaveLength(1);
    const after = perscom.world.events.get(7);
    for (const { field, sent, stored } of cases) expect(sorted(after?.[field])).toEqual(sorted(stored ?? sent));
    expect(
      reports
        .map(shown)
        .join()
        .match(/✅ applied/g),
    ).toHaveLength(16);
  });
});
