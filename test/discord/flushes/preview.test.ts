import { expect, test } from 'vitest';
import { previewReply } from '../../../src/discord/flushes/preview.ts';
import type { Change, ChangeState } from '../../../src/domain/change.ts';
import { setUpApp } from '../../fixtures/app.ts';
import { buildChange } from '../../fixtures/domain.ts';
import { BY_ANNA, buildFlush, GUILD, openTestStore } from '../../fixtures/store.ts';
import { ordersUntil, SAME_WORDS } from '../../fixtures/texts.ts';

const STATES = ['conflict', 'gone', 'held', 'out-of-order'] as const;

/** Discord's limit for a description. */
const MAX_DESCRIPTION = 4_096;
const NOT_SENT =
  '**Not sent:** the queue, an event in PERSCOM or an earlier flush changed since the preview. This is how it is now.';

test('a preview fits into its message with everything above it that can stand there, and names that are all markup', async () => {
  const { app } = await setUpApp();
  const store = await openTestStore();
  const userId = '9'.repeat(20);
  for (const letter of ['a', '_'])
    for (let length = 1; length <= 120; length += 1) {
      const eventName = letter.repeat(length);
      const change = (id: number, state: ChangeState): Change =>
        buildChange(
          { id, eventId: id, eventName, userId, field: 'notifications_channels', base: [], wanted: [eventName] },
          { state },
        );
      const ready = Array.from({ length: 60 }, (_, index) => change(index + 1, 'ready'));
      const about = { userId, reason: '*'.repeat(300), acceptsUnknown: true };
      const changes = [...ready, ...STATES.map((state, index) => change(61 + index, state))];
      const flush = await buildFlush(store, GUILD, { ...about, changes });
      const preview = {
        flush,
        checks: { events: new Map(), isComplete: false },
        dropped: [101, 102, 103, 104].map((id) => change(id, 'holds')),
        open: [{ ...flush, state: 'waiting' } as const, { ...flush, state: 'sending' } as const],
      };
      const [embed] = previewReply(app, BY_ANNA, { ok: true, value: preview }, [NOT_SENT]).message.embeds;
      expect(embed?.description?.length).toBeLessThanOrEqual(MAX_DESCRIPTION);
    }
});

test.each([
  [
    'the last word',
    { base: ordersUntil('dawn'), wanted: ordersUntil('noon') },
    ordersUntil('five'),
    'it was “… them hold it until dawn” (702 characters) when <@100> queued “… them hold it until noon” (702 characters), and is now “… them hold it until five” (702 characters)',
  ],
  [
    'the markup',
    { base: 'Hello', wanted: SAME_WORDS.classed },
    SAME_WORDS.bare,
    'it was “Hello” when <@100> queued “\\<p class="x"\\>Hello \\<strong\\>there\\</strong\\>\\</p\\>”, and is now “\\<p\\>Hello \\<strong\\>there\\</strong\\>\\</p\\>”',
  ],
])('a conflict of texts of which only %s differs tells them apart', async (_, edit, live, line) => {
  const { app } = await setUpApp();
  const changes = [buildChange({ ...edit, field: 'description' }, { state: 'conflict', live })];
  const flush = await buildFlush(await openTestStore(), GUILD, { changes });
  const preview = { flush, checks: { events: new Map(), isComplete: true }, dropped: [], open: [] };
  const [embed] = previewReply(app, BY_ANNA, { ok: true, value: preview }).message.embeds;
  expect(embed?.description).toContain(`**Description** is in **conflict**: ${line}`);
});

test('a preview marks what PERSCOM itself did not take when it was last sent, and not what was refused beside it', async () => {
  const { app } = await setUpApp();
  const suspect = buildChange({ id: 1, eventId: 1, wanted: 'Op Kilo', refusal: { kind: 'suspect', status: 500 } });
  const beside = buildChange({ id: 2, eventId: 2, wanted: 'Op Lima', refusal: { kind: 'other-fields' } });
  const flush = await buildFlush(await openTestStore(), GUILD, { changes: [suspect, beside] });
  const preview = { flush, checks: { events: new Map(), isComplete: true }, dropped: [], open: [] };
  const [embed] = previewReply(app, BY_ANNA, { ok: true, value: preview }).message.embeds;
  const lines = embed?.description?.split('\n') ?? [];
  expect(lines.find((line) => line.includes('Op Kilo'))).toContain('⚠️ PERSCOM did not take it last time');
  expect(lines.find((line) => line.includes('Op Lima'))).not.toContain('last time');
});
