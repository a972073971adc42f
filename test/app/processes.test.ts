import { expect, test, vi } from 'vitest';
import { sendFlush } from '../../src/app/send-flush.ts';
import { hurryUp } from '../../src/app/settle-flush.ts';
import { LEASE_MS, OVER_AFTER_MS } from '../../src/domain/flush.ts';
import { NOW, preview, recorded } from '../fixtures/app.ts';
import {
  follow,
  leaveQueue,
  SOON,
  setUpLeft,
  setUpQueued,
  setUpUnknown,
  untilIdle,
  untilPutOff,
  untilTold,
} from '../fixtures/follow.ts';
import { BY_ANNA, BY_BEN } from '../fixtures/store.ts';

/** An app that has sent its PATCH and waits to read the event again. */
async function setUpSending() {
  const setup = await setUpQueued();
  const { flush } = await preview(setup.app);
  setup.whileReading(async () => undefined);
  const { held, letGo } = setup.holdReading();
  const sent = sendFlush(setup.app, BY_ANNA, flush.id);
  await held;
  return { ...setup, flush, sent, letGo };
}

test('a flush whose process is alive renews its lease and is left to it, however long PERSCOM takes', async () => {
  const { app, flush, sent, letGo, pass, openAnother } = await setUpSending();
  const { told } = follow(openAnother());
  pass(LEASE_MS - 1);
  const dueAt = NOW + 2 * LEASE_MS - 1;
  await vi.waitFor(async () => expect(await recorded(app, flush)).toMatchObject({ dueAt }), SOON);
  pass(LEASE_MS - 1);
  await follow(openAnother(), told).stop();
  letGo();
  expect(await sent).toMatchObject({ ok: true, value: { flush: { state: 'done' }, hasMoved: true } });
  expect(told).toEqual([]);
});

test('a flush that this very process is sending is left alone even when its lease could not be renewed', async () => {
  const { app, sent, letGo, pass } = await setUpSending();
  pass(OVER_AFTER_MS);
  const { told, stop } = follow(app);
  await stop();
  letGo();
  expect(await sent).toMatchObject({ ok: true, value: { flush: { state: 'done' }, hasMoved: true } });
  expect(told).toEqual([]);
});

test('a process that comes back after another has settled its flush changes nothing, and says what it saw', async () => {
  const { app, flush, server, sent, letGo, pass, openAnother } = await setUpSending();
  Object.assign(server.world.events.get(1) ?? {}, { name: 'Op Zulu' });
  pass(OVER_AFTER_MS);
  const { told } = follow(openAnother());
  await untilTold(told, ['sending', 'rejected']);
  const settled = await recorded(app, flush);
  letGo();
  expect(await sent).toMatchObject({
    ok: true,
    value: { hasMoved: false, flush: { verdicts: [{ kind: 'applied' }] } },
  });
  expect(await recorded(app, flush)).toEqual(settled);
});

test('two processes on one database tell each piece of news once between them', async () => {
  const { app, server, pass, openAnother } = await setUpLeft();
  pass(LEASE_MS);
  const { told } = follow(app);
  follow(openAnother(), told);
  await untilTold(told, ['sending', 'unknown']);
  pass(OVER_AFTER_MS);
  await untilTold(told, ['sending', 'unknown'], ['unknown', 'rejected']);
  server.world.maintenance = true;
  await leaveQueue(app);
  await untilPutOff(app);
  server.world.maintenance = false;
  pass(2_000);
  await untilTold(told, ['sending', 'unknown'], ['unknown', 'rejected'], ['waiting', 'done']);
  pass(OVER_AFTER_MS);
  await untilIdle(app);
  expect(told).toHaveLength(3);
  expect(server.patches()).toHaveLength(1);
});

test('two that look at one flush at once, as somebody hurried past the slower, tell of it once', async () => {
  const { app, holdReading, pass, openAnother } = await setUpUnknown();
  const { held, letGo } = holdReading();
  pass(OVER_AFTER_MS);
  const slow = follow(app);
  await held;
  await hurryUp(app, BY_BEN);
  const { told } = follow(openAnother());
  await untilTold(told, ['unknown', 'rejected']);
  letGo();
  await slow.stop();
  expect(slow.told).toEqual([]);
});
