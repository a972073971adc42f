import { expect, test } from 'vitest';
import type { App } from '../../../src/app/app.ts';
import type { Input } from '../../../src/discord/action.ts';
import { splitCustomId } from '../../../src/discord/custom-id.ts';
import { NO_MODAL } from '../../../src/discord/forms/modal-input.ts';
import type { Reply } from '../../../src/discord/reply.ts';
import { shiftActions } from '../../../src/discord/shifts/shift-actions.ts';
import { setUpApp } from '../../fixtures/app.ts';
import { BY_ANNA } from '../../fixtures/store.ts';

const input = (values: readonly string[], texts: Readonly<Record<string, string>> = {}): Input => ({
  values,
  modal: { ...NO_MODAL, others: new Map(Object.entries(texts)) },
});

/** The modal that asks how far to move the events with these ids. */
async function ask(app: App, ...ids: readonly string[]) {
  const reply = await shiftActions['shift-chosen'].run(app, BY_ANNA, [], input(ids));
  if (reply?.kind !== 'modal') throw new Error('no modal was opened');
  return reply.modal;
}

const submit = async (app: App, customId: string, texts: Readonly<Record<string, string>>): Promise<Reply | null> =>
  shiftActions['submit-shift'].run(app, BY_ANNA, splitCustomId(customId)?.args ?? [], input([], texts));

test('the events chosen from a list are asked about in a modal within Discord’s limits, and then shown moved', async () => {
  const { app } = await setUpApp();
  const ids = ['1', ...Array.from({ length: 24 }, (_, index) => String(999_999_999_999_900 + index))];
  const modal = await ask(app, ...ids);
  expect(modal.custom_id.length).toBeLessThanOrEqual(100);
  expect(modal.components).toHaveLength(2);
  const preview = await submit(app, modal.custom_id, { by: '+1d', to: '' });
  expect(JSON.stringify(preview)).toContain('1 of 1 op moves by +1 day');
});

test('what was typed wrong into it is there to be put right', async () => {
  const { app } = await setUpApp();
  const answer = await submit(app, (await ask(app, '1')).custom_id, { by: 'soon', to: 'Sunday' });
  if (answer?.kind !== 'message') throw new Error('no message');
  expect(answer.message.content).toContain('and not both');
  const [row] = answer.message.components;
  const again = row?.components[0]?.custom_id ?? '';
  const reopened = await shiftActions['ask-shift'].run(app, BY_ANNA, splitCustomId(again)?.args ?? [], input([]));
  if (reopened?.kind !== 'modal') throw new Error('no modal was opened');
  expect(JSON.stringify(reopened.modal.components)).toMatch(/"value":"soon".*"value":"Sunday"/);
  const preview = await submit(app, reopened.modal.custom_id, { by: '+1d', to: '' });
  expect(JSON.stringify(preview)).toContain('1 of 1 op moves by +1 day');
});

test('what is no longer kept is not asked about', async () => {
  const { app } = await setUpApp();
  const reply = await shiftActions['ask-shift'].run(app, BY_ANNA, ['s1'], input([]));
  expect(JSON.stringify(reply)).toContain('That shift is no longer kept');
});

test('a select that says nothing of any event opens nothing', async () => {
  const { app } = await setUpApp();
  const reply = await shiftActions['shift-chosen'].run(app, BY_ANNA, [], input(['none']));
  expect(JSON.stringify(reply)).toContain('No op was chosen');
  const settled = await shiftActions['settle-shifted'].run(app, BY_ANNA, ['s1', '0'], input(['none']));
  expect(JSON.stringify(settled)).toContain('another version of the bot');
});
