import type { App } from '../../app/app.ts';
import { checkAgain } from '../../app/check-edits.ts';
import { halveFlush } from '../../app/halve-flush.ts';
import { openFlush, viewHistory } from '../../app/history.ts';
import type { Caller } from '../../app/ports.ts';
import { loadFlush, previewFlush, type Resolution, resolveChanges } from '../../app/preview-flush.ts';
import { sendFlush, sendRest } from '../../app/send-flush.ts';
import { hurryUp } from '../../app/settle-flush.ts';
import { undoFlush, viewUndo } from '../../app/undo-flush.ts';
import { leaveWaiting, stopWaiting } from '../../app/wait-for-perscom.ts';
import { type Actions, on, type Run } from '../action.ts';
import { buttons, viewQueueButton } from '../components.ts';
import { type ActionName, chosenId, chosenNumber } from '../custom-id.ts';
import { type MessageReply, sayText } from '../reply.ts';
import { OTHER_VERSION } from '../words.ts';
import { describeHurried, describeSendError } from './flush-words.ts';
import { flushReply, historyReply } from './history.ts';
import { leftWaitingReply } from './open-flush.ts';
import { conflictReply, previewPage, previewReply } from './preview.ts';
import { reportReply } from './report.ts';
import { undoPageReply, undoReply } from './undo.ts';

const turnPreview: Run<'turn-preview', MessageReply> = async (app, caller, [flushId, page]) => {
  const flush = await loadFlush(app, caller, flushId);
  if (flush === null) return sayText(describeSendError({ kind: 'no-such-flush' }));
  if (flush.state === 'previewed')
    return previewPage(app, caller, { flush, checks: await checkAgain(app, caller, flush.changes) }, page);
  return sayText(describeSendError({ kind: 'taken', state: flush.state }), buttons(viewQueueButton));
};

async function resolve(
  app: App,
  caller: Caller,
  flushId: string,
  how: Parameters<typeof resolveChanges>[3],
): Promise<MessageReply> {
  const preview = await resolveChanges(app, caller, flushId, how);
  if (preview.ok) return previewReply(app, caller, preview);
  const { error } = preview;
  if (error.kind === 'no-such-flush' || error.kind === 'busy') return sayText(describeSendError(error));
  return previewReply(app, caller, { ok: false, error });
}

const resolveConflicts =
  (resolution: Resolution): Run<'keep-ours' | 'keep-theirs', MessageReply> =>
  (app, caller, [flushId, editId]) =>
    resolve(app, caller, flushId, { state: 'conflict', editId: editId === 0 ? null : editId, resolution });

const chooseConflict: Run<'choose-conflict', MessageReply> = async (app, caller, [flushId], { values }) => {
  const flush = await loadFlush(app, caller, flushId);
  if (flush === null) return sayText(describeSendError({ kind: 'no-such-flush' }));
  return conflictReply(app, caller, flush, chosenNumber(values) ?? 0);
};

const stopWait: Run<'stop-waiting', MessageReply> = async (app, caller, [flushId]) => {
  const hasStopped = await stopWaiting(app, caller, flushId);
  const text = hasStopped
    ? 'That flush no longer waits and will not be sent. The queue is as it was.'
    : 'That flush does not wait any more: it was sent or stopped before. Nothing was changed.';
  return sayText(text, buttons(viewQueueButton));
};

const showFlush: Run<'show-flush', MessageReply> = async (app, caller, [listPage], { values }) => {
  const flushId = chosenId(values);
  if (flushId === null) return sayText(OTHER_VERSION);
  return flushReply(app, caller, await openFlush(app, caller, flushId), 0, listPage);
};

/** What the buttons and selects of previews, reports and the history do. */
export const flushActions = {
  'preview-flush': on('preview-flush', 'message', async (app, caller) =>
    previewReply(app, caller, await previewFlush(app, caller)),
  ),
  'turn-preview': on('turn-preview', 'update', turnPreview),
  'send-flush': on('send-flush', 'update', async (app, caller, [flushId]) =>
    reportReply(app, caller, await sendFlush(app, caller, flushId)),
  ),
  'send-rest': on('send-rest', 'message', async (app, caller, [flushId]) =>
    reportReply(app, caller, await sendRest(app, caller, flushId)),
  ),
  'halve-flush': on('halve-flush', 'message', async (app, caller, [flushId]) =>
    reportReply(app, caller, await halveFlush(app, caller, flushId)),
  ),
  'choose-conflict': on('choose-conflict', 'update', chooseConflict),
  'keep-ours': on('keep-ours', 'update', resolveConflicts('ours')),
  'keep-theirs': on('keep-theirs', 'update', resolveConflicts('drop')),
  'drop-gone': on('drop-gone', 'update', (app, caller, [flushId]) =>
    resolve(app, caller, flushId, { state: 'gone', editId: null, resolution: 'drop' }),
  ),
  'settle-flush': on('settle-flush', 'message', async (app, caller) =>
    sayText(describeHurried(await hurryUp(app, caller)), buttons(viewQueueButton)),
  ),
  'leave-waiting': on('leave-waiting', 'message', async (app, caller, [revision]) =>
    leftWaitingReply(await leaveWaiting(app, caller, revision)),
  ),
  'stop-waiting': on('stop-waiting', 'message', stopWait),
  'turn-history': on('turn-history', 'update', async (app, caller, [page]) =>
    historyReply(app, caller, await viewHistory(app, caller, page)),
  ),
  'show-flush': on('show-flush', 'update', showFlush),
  'turn-flush': on('turn-flush', 'update', async (app, caller, [flushId, page, listPage]) =>
    flushReply(app, caller, await openFlush(app, caller, flushId), page, listPage),
  ),
  'undo-flush': on('undo-flush', 'message', async (app, caller, [flushId]) =>
    undoReply(app, caller, await undoFlush(app, caller, flushId)),
  ),
  'turn-undo': on('turn-undo', 'update', async (app, caller, [flushId, page]) =>
    undoPageReply(app, caller, await viewUndo(app, caller, flushId), page),
  ),
} as const satisfies Partial<Actions<ActionName>>;
