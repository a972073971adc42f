import { type App, termsOf } from '../../app/app.ts';
import type { Announce, News } from '../../app/follow-up.ts';
import { wholeReport } from '../../app/halve-flush.ts';
import type { Post } from '../../app/ports.ts';
import { keepPosts, type Report } from '../../app/settle-flush.ts';
import type { NotSent } from '../../app/wait-for-perscom.ts';
import { wasTurnedAway } from '../../domain/api-error.ts';
import type { Flush } from '../../domain/flush.ts';
import { assertNever, ok } from '../../domain/result.ts';
import { buttons, viewQueueButton } from '../components.ts';
import type { DispatchLog } from '../deliver.ts';
import type { Message } from '../reply.ts';
import { count, mention } from '../text.ts';
import { describeApiError } from '../words.ts';
import { reportMessages, summarise } from './report.ts';

/** Discord's channels, without an interaction. Each rejects when Discord refuses. */
export type Channels = {
  /** Posts a message, which pings `pinged` alone. */
  post(channelId: string, message: Message, pinged?: string): Promise<Post>;
  edit(post: Post, message: Message): Promise<void>;
  /** The channel of direct messages with a user. */
  openDirect(userId: string): Promise<string>;
};

const text = (content: string): Message => ({ content, embeds: [], components: [] });

/** Replaces a page that a report no longer has. */
const NO_LONGER = text('The report above has become shorter; this page of it no longer holds.');

function describeNotSent(why: NotSent): string {
  switch (why.kind) {
    case 'moved-on':
      return 'The queue changed while it waited.';
    case 'flushed-meanwhile':
      return 'Somebody flushed the queue while it waited.';
    case 'too-late':
      return 'PERSCOM was not back within a day.';
    case 'nothing-left':
      return 'Nothing of it can be sent as it is any more: PERSCOM holds it already, or it is in conflict.';
    case 'api':
      return describeApiError(why.error);
    default:
      return assertNever(why);
  }
}

function describeWaited({ flush, dropped = [] }: Report): string {
  const { answer } = flush;
  const held =
    dropped.length === 0 ? '' : ` PERSCOM held ${count(dropped.length, 'edit')} already; they have left the queue.`;
  if (answer?.ok === false && wasTurnedAway(answer.error))
    return `PERSCOM was back and then did not take the flush that waited: it is still queued.${held}`;
  return `PERSCOM is back, and the flush that waited was sent.${held}`;
}

function tell({ flush, outcome }: News): Message {
  const who = mention(flush.userId);
  if (!outcome.ok) {
    const why = `${describeNotSent(outcome.error)} What is still queued stays queued: \`/queue flush\` shows a fresh preview.`;
    return {
      ...text(`${who} the flush that waited for PERSCOM was **not sent**. ${why}`),
      components: buttons(viewQueueButton),
    };
  }
  const { state, verdicts } = outcome.value.flush;
  const summary = `**${summarise(verdicts)}.**`;
  if (flush.state === 'waiting') return text(`${who} ${describeWaited(outcome.value)} ${summary}`);
  if (state !== 'unknown') return text(`${who} what became of your flush is known now: ${summary}`);
  return text(
    `${who} the bot stopped while your flush was on its way, and nobody knows yet what became of all of it. I keep looking.`,
  );
}

/** Says what there is to say where it belongs, or in the next best place; should all fail, the history still has it. */
export const createAnnounce = (app: App, channels: Channels, log: DispatchLog): Announce => {
  async function tryTo<Done>(what: () => Promise<Done>, flush: Flush): Promise<Done | null> {
    try {
      return await what();
    } catch (err) {
      log.error({ err, flushId: flush.id, guildId: flush.guildId }, 'news of a flush could not be posted this way');
      return null;
    }
  }

  /** In the flush's channel, else to its author. */
  async function post(flush: Flush, message: Message, pinged?: string): Promise<Post | null> {
    const { channelId, userId } = flush;
    const inChannel = channelId === null ? null : await tryTo(() => channels.post(channelId, message, pinged), flush);
    return inChannel ?? tryTo(async () => channels.post(await channels.openDirect(userId), message), flush);
  }

  /** Puts `messages` in the place of what was posted before, one by one. */
  async function place(flush: Flush, messages: readonly Message[], before: readonly Post[]): Promise<readonly Post[]> {
    const placed: Post[] = [];
    for (const [index, message] of messages.entries()) {
      const old = before[index];
      const isEdited = old !== undefined && (await tryTo(() => channels.edit(old, message).then(() => true), flush));
      const now = isEdited ? old : await post(flush, message);
      if (now !== null && now !== undefined) placed.push(now);
    }
    for (const old of before.slice(messages.length)) await tryTo(() => channels.edit(old, NO_LONGER), flush);
    return placed;
  }

  /** Posts a report, or puts it in the place of the one that there was. */
  async function publish(flush: Flush, report: Report): Promise<void> {
    const { guildId, id } = report.flush;
    const before = await app.flushes.loadPosts(guildId, id);
    const messages = reportMessages(report, termsOf(app, flush), app.clock.now());
    await keepPosts(app, guildId, id, await place(flush, messages, before));
    if (flush.id !== id) await keepPosts(app, guildId, flush.id, []);
  }

  return async ({ flush, outcome }) => {
    const told = outcome.ok ? ok(await wholeReport(app, outcome.value)) : outcome;
    if (told.ok) await publish(flush, told.value);
    await post(flush, tell({ flush, outcome: told }), flush.userId);
  };
};
