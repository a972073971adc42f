import { describe, expect, test } from 'vitest';
import type { App } from '../../src/app/app.ts';
import { openForm } from '../../src/app/open-form.ts';
import { previewFlush } from '../../src/app/preview-flush.ts';
import { createSnapshots, type MarkedInput } from '../../src/app/snapshots.ts';
import { type SubmittedForm, submitForm } from '../../src/app/submit-form.ts';
import type { Field, Form } from '../../src/domain/field.ts';
import type { Typed } from '../../src/domain/form.ts';
import { NOW, setUpApp } from '../fixtures/app.ts';
import { buildWanted } from '../fixtures/domain.ts';
import { BY_ANNA, BY_BEN, GUILD } from '../fixtures/store.ts';

/** Opens a form of event 1 and fills it in; what comes back from Discord carries what the form showed. */
async function fillIn(app: App, form: Form, typed: Readonly<Partial<Record<Field, Typed>>>): Promise<SubmittedForm> {
  const opened = await openForm(app, BY_ANNA, '1', form);
  if (!opened.ok) throw new Error(`not opened: ${opened.error.kind}`);
  const { key, shown } = opened.value;
  const inputs = [...shown].map(([field, input]): [Field, MarkedInput] => [
    field,
    { typed: typed[field] ?? input.typed, mark: input.mark },
  ]);
  return { eventId: 1, form, key, inputs: new Map(inputs) };
}

/** The app after its process was started anew. */
const restarted = (app: App): App => ({ ...app, snapshots: createSnapshots(app.newId) });

describe('a form that was opened before the process was started anew', () => {
  test('is taken where nothing has changed since: touched inputs are queued, and no others', async () => {
    const { app } = await setUpApp();
    const submitted = await fillIn(app, 'details', { location: 'Stratis' });
    expect(await submitForm(restarted(app), BY_ANNA, submitted)).toMatchObject({
      ok: true,
      value: {
        staged: [{ kind: 'queued', edit: { field: 'location', base: 'Altis', wanted: 'Stratis' } }],
        refused: [],
      },
    });
  });

  test.each<[string, string | null, string | null]>([
    ['another text', 'before', 'after'],
    ['a text where none was', null, 'after'],
    ['a text too long for a form where none was', null, 'x'.repeat(4_001)],
    ['none', 'before', null],
  ])('refuses a touched input behind which there now is %s, as its author has not seen it', async (_, was, is) => {
    const { app, server } = await setUpApp({ content: was });
    const submitted = await fillIn(app, 'text', { content: 'mine' });
    const event = server.world.events.get(1);
    if (event !== undefined) server.world.events.set(1, { ...event, content: is });
    await app.connections.of(GUILD)?.cache.event(1, { waitMs: 5_000, maxAgeMs: 0 });
    const submission = await submitForm(restarted(app), BY_ANNA, submitted);
    if (!submission.ok) throw new Error(`not taken: ${submission.error.kind}`);
    const { staged, refused } = submission.value;
    expect(staged.map(({ kind }) => kind)).toEqual([]);
    expect(refused).toEqual([{ field: 'content', typed: 'mine', error: { kind: 'changed-meanwhile' } }]);
  });
});

test('a queued value that is replaced after a restart keeps the base that its author saw, or is refused', async () => {
  const { app, server } = await setUpApp();
  await app.queues.stage(BY_BEN, [buildWanted({ field: 'location', base: 'Altis', wanted: 'Stratis' })], false, NOW);
  const submitted = await fillIn(app, 'details', { location: 'Tanoa' });
  const event = server.world.events.get(1);
  if (event !== undefined) server.world.events.set(1, { ...event, location: 'Malden' });
  await app.connections.of(GUILD)?.cache.event(1, { waitMs: 5_000, maxAgeMs: 0 });
  expect(await submitForm(restarted(app), BY_ANNA, submitted)).toMatchObject({
    value: { staged: [], refused: [{ field: 'location', error: { kind: 'changed-meanwhile' } }] },
  });
});

test('typing back what PERSCOM held never overwrites what somebody has put there since, without asking', async () => {
  const { app, server } = await setUpApp();
  await app.queues.stage(BY_BEN, [buildWanted({ field: 'location', base: 'Altis', wanted: 'Stratis' })], false, NOW);
  const submitted = await fillIn(app, 'details', { location: 'Altis' });
  const event = server.world.events.get(1);
  if (event !== undefined) server.world.events.set(1, { ...event, location: 'Malden' });
  await submitForm(app, BY_ANNA, submitted);
  const preview = await previewFlush(app, BY_ANNA);
  if (!preview.ok) throw new Error(`no preview: ${preview.error.kind}`);
  expect(preview.value.flush.changes).toMatchObject([{ state: 'conflict', live: 'Malden' }]);
});
