import type { App } from '../app/app.ts';
import { termsOf } from '../app/connections.ts';
import type { Report, SendError } from '../app/flush-queue.ts';
import type { Result } from '../domain/result.ts';
import { isStored } from '../domain/verdict.ts';
import type { Caller } from './command.ts';
import { button, buttons } from './components.ts';
import { IDS } from './custom-id.ts';
import { previewReply } from './preview.ts';
import { type Reply, sayText } from './reply.ts';
import { reportMessages, summarise } from './report.ts';
import { describePreviewError, describeSendError } from './words.ts';

const OUTDATED = '**Not sent:** the queue, or an event in PERSCOM, changed since the preview. This is how it is now.';

function sendErrorReply(app: App, { guildId }: Caller, error: SendError): Reply {
  if (error.kind !== 'outdated')
    return sayText(describeSendError(error), buttons(button('View queue', IDS.viewQueue.of())));
  const { preview } = error;
  if (preview.ok) return previewReply(preview.value, termsOf(app.connections, guildId), [OUTDATED]);
  return sayText(`${OUTDATED}\n${describePreviewError(preview.error)}`);
}

/** What became of a flush: the report for the channel and a word to who sent it; or why it was not sent. */
export function flushReply(app: App, caller: Caller, result: Result<Report, SendError>): Reply {
  if (!result.ok) return sendErrorReply(app, caller, result.error);
  const report = result.value;
  const posts = reportMessages(report, termsOf(app.connections, caller.guildId), app.clock.now());
  const isDone = report.verdicts.every(isStored);
  const text = `${summarise(report.verdicts)}.`;
  return { ...sayText(text, isDone ? [] : buttons(button('View queue', IDS.viewQueue.of()))), posts };
}
