import Database from 'libsql';
import { expect, test } from 'vitest';
import { previewFlush } from '../../src/app/preview-flush.ts';
import { sendFlush } from '../../src/app/send-flush.ts';
import { NOW, setUpApp } from '../fixtures/app.ts';
import { buildWanted } from '../fixtures/domain.ts';
import { BY_ANNA, BY_BEN } from '../fixtures/store.ts';

const RENAME = buildWanted({ base: 'Op Alpha', wanted: 'Op Bravo' });
const HOLDS = buildWanted({ field: 'location', base: 'Malden', wanted: 'Altis' });

test.each([
  ['and nothing dropped out', [RENAME]],
  ['and an edit that PERSCOM holds already dropped out', [RENAME, HOLDS]],
])('a preview during which an edit was replaced is not sent as if it were the queue, %s', async (_, queued) => {
  const { app, server, whileReading } = await setUpApp();
  await app.queues.stage(BY_ANNA, queued, false, NOW);
  whileReading(() => app.queues.stage(BY_BEN, [{ ...RENAME, wanted: 'Op Charlie' }], false, NOW));
  const preview = await previewFlush(app, BY_ANNA);
  if (!preview.ok) throw new Error(`no preview: ${preview.error.kind}`);
  expect(await sendFlush(app, BY_ANNA, preview.value.flush.id)).toMatchObject({
    ok: false,
    error: { kind: 'outdated', preview: { value: { flush: { changes: [{ edit: { wanted: 'Op Charlie' } }] } } } },
  });
  expect(server.patches()).toEqual([]);
});

test('an edit that PERSCOM holds already drops out, and what is left can be sent', async () => {
  const { app, server } = await setUpApp();
  await app.queues.stage(BY_ANNA, [RENAME, HOLDS], false, NOW);
  const preview = await previewFlush(app, BY_ANNA);
  if (!preview.ok) throw new Error(`no preview: ${preview.error.kind}`);
  expect(preview.value.dropped).toMatchObject([{ edit: HOLDS }]);
  expect(await sendFlush(app, BY_ANNA, preview.value.flush.id)).toMatchObject({
    ok: true,
    value: { flush: { state: 'done', verdicts: [{ kind: 'applied' }] }, queued: 0 },
  });
  expect(server.patches()).toMatchObject([{ body: { resources: { 1: { name: 'Op Bravo' } } } }]);
});

test('a flush whose end cannot be written down is reported all the same, and the log knows why', async () => {
  const { app, server, path, logged, whileReading } = await setUpApp();
  await app.queues.stage(BY_ANNA, [RENAME], false, NOW);
  const preview = await previewFlush(app, BY_ANNA);
  if (!preview.ok) throw new Error(`no preview: ${preview.error.kind}`);
  const other = new Database(path);
  whileReading(async () => undefined);
  whileReading(async () => other.exec('BEGIN IMMEDIATE'));
  const report = await sendFlush(app, BY_ANNA, preview.value.flush.id);
  other.close();
  expect(report).toMatchObject({ ok: true, value: { queued: null, flush: { verdicts: [{ kind: 'applied' }] } } });
  expect(logged).toEqual(['how a flush ended could not be written down']);
  expect(server.patches()).toHaveLength(1);
});
