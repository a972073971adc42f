import { expect, test } from 'vitest';
import { reportMessages } from '../../../src/discord/flushes/report.ts';
import { buildEdit, buildVerdict } from '../../fixtures/domain.ts';
import { buildFlush, GUILD, openTestStore } from '../../fixtures/store.ts';
import { ordersUntil, SAME_WORDS } from '../../fixtures/texts.ts';

const { bare, classed } = SAME_WORDS;
const TERMS = { zone: 'Europe/Berlin', calendars: [] };

test.each([
  [
    'the last word',
    ordersUntil('dawn'),
    ordersUntil('noon'),
    ordersUntil('five'),
    'was “… them hold it until dawn” (702 characters) · asked for “… them hold it until noon” (702 characters) · PERSCOM holds “… them hold it until five” (702 characters)',
  ],
  [
    'the markup',
    bare,
    classed,
    bare,
    'was “\\<p\\>Hello \\<strong\\>there\\</strong\\>\\</p\\>” · asked for “\\<p class="x"\\>Hello \\<strong\\>there\\</strong\\>\\</p\\>” · PERSCOM holds “\\<p\\>Hello \\<strong\\>there\\</strong\\>\\</p\\>”',
  ],
])('a verdict on texts of which only %s differs tells them apart', async (_, base, wanted, value, line) => {
  const verdict = buildVerdict(buildEdit({ field: 'description', base, wanted }), {
    kind: 'ignored',
    after: { value },
    refusal: { kind: 'other-value' },
  });
  const previewed = await buildFlush(await openTestStore(), GUILD, { changes: [verdict.change] });
  const flush = { ...previewed, verdicts: [verdict] };
  const report = { flush, after: new Map(), queued: 1, hasMoved: true, pieces: null };
  const [message] = reportMessages(report, TERMS, 0);
  expect(message?.embeds[0]?.description).toContain(`**Description**: ${line}`);
});
