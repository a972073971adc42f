import { discardQueue, takeBackOne, viewQueue } from '../app/queue.ts';
import { type Actions, on, type Run } from './action.ts';
import { askDiscardReply, boardReply, takenBackReply } from './board.ts';
import { type ActionName, chosenNumber } from './custom-id.ts';
import { type MessageReply, sayText } from './reply.ts';
import { count } from './text.ts';
import { describeDiscardError, OTHER_VERSION } from './words.ts';

const takeBack: Run<'take-back', MessageReply> = async (app, caller, [page], { values }) => {
  const editId = chosenNumber(values);
  if (editId === null) return sayText(OTHER_VERSION);
  const result = await takeBackOne(app, caller, editId);
  return result.ok ? boardReply(app, caller, await viewQueue(app, caller), page) : takenBackReply(result);
};

const discard: Run<'discard-queue', MessageReply> = async (app, caller, [revision]) => {
  const result = await discardQueue(app, caller, revision);
  if (result.ok) return sayText(`Discarded ${count(result.value, 'queued edit')}. Nothing in PERSCOM changed.`);
  return askDiscardReply(await viewQueue(app, caller), describeDiscardError(result.error));
};

/** What the buttons and selects of the board do. */
export const queueActions = {
  'view-queue': on('view-queue', 'message', async (app, caller) =>
    boardReply(app, caller, await viewQueue(app, caller), 0),
  ),
  'turn-queue': on('turn-queue', 'update', async (app, caller, [page]) =>
    boardReply(app, caller, await viewQueue(app, caller), page),
  ),
  'take-back': on('take-back', 'update', takeBack),
  'ask-discard': on('ask-discard', 'message', async (app, caller) => askDiscardReply(await viewQueue(app, caller))),
  'discard-queue': on('discard-queue', 'update', discard),
} as const satisfies Partial<Actions<ActionName>>;
