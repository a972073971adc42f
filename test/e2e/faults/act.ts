import { expect } from 'vitest';
import type { Interaction, Message } from '../../../sandbox/discord/index.ts';
import { FIELDS } from '../../../src/domain/field.ts';
import { buttonOn, edit, hasButton, openPreview, shown } from '../stage.ts';
import { isReport, isWhole } from './report.ts';
import { type DatabaseTrouble, type Queued, type Row, TWO_EDITS } from './row.ts';
import { PATIENCE_MS, type Scene } from './scene.ts';
import { isNoted } from './truth.ts';

/** What a click or a command came to. */
export type Outcome = {
  /** What the bot answers, as it reads now; empty if it could not. */
  readonly answer: () => string;
  /** The pages of its report, if there is one. */
  readonly report: readonly Message[];
};

const only = (answer: Message): Outcome => ({ answer: () => shown(answer), report: [] });

const queueEdit = ({ moderators }: Scene, { by, event, field, typed }: Queued): Promise<Message> =>
  edit(moderators[by], event, FIELDS[field].form, { [FIELDS[field].label]: typed });

async function whileBroken(
  scene: Scene,
  trouble: DatabaseTrouble | undefined,
  from: DatabaseTrouble['from'],
  work: () => Promise<Message>,
): Promise<Message> {
  if (trouble?.from !== from) return work();
  scene.breakDatabase(trouble.kind);
  const done = await work();
  scene.mendDatabase();
  return done;
}

/** Queues the row's edits. Only if the last one met trouble, there is an answer to look at. */
export async function queueUp(scene: Scene, { queue = TWO_EDITS, database }: Row): Promise<Outcome | null> {
  const last = database?.from === 'typing' ? queue.at(-1) : undefined;
  for (const one of queue) if (one !== last) await queueEdit(scene, one);
  if (last === undefined) return null;
  return only(await whileBroken(scene, database, 'typing', () => queueEdit(scene, last)));
}

/** Everything that was posted where the flush was confirmed, or to who did. */
export const messagesIn = ({ stage, channelId, moderators }: Scene): readonly Message[] => [
  ...stage.discord.channelMessages(channelId),
  ...moderators.Joker.directMessages,
];

const ofFlush = (answer: string): boolean => /\d+ of \d+ events? updated/.test(answer);

/** Clicks what sends a flush, and waits until all is said; the answer may yet change, or never come. */
export async function confirm(scene: Scene, message: Message, button: string, isUnreported = false): Promise<Outcome> {
  const before = new Set(messagesIn(scene).map(({ id }) => id));
  let sent: Interaction | undefined;
  let failure: unknown;
  const answer = (): string => (sent === undefined ? '' : shown(sent.messageOrThrow()));
  const report = (): readonly Message[] => {
    const own = sent?.followUps.filter(({ ephemeral }) => ephemeral) ?? [];
    return [...messagesIn(scene), ...own].filter((one) => isReport(one) && !before.has(one.id));
  };
  const isAnswered = (): boolean => sent !== undefined && (isUnreported || !ofFlush(answer()));
  scene.moderators.Joker.click(message, button).then(
    (interaction) => {
      sent = interaction;
    },
    (error: unknown) => {
      failure = error;
    },
  );
  await scene.stage.discord.until(() => isWhole(report()) || isAnswered() || failure !== undefined, PATIENCE_MS);
  if (failure !== undefined) throw failure;
  return { answer, report: report() };
}

/** Arranges for what the look before the next PATCH, that PATCH, and the read after it meet. */
export function arrangeTroubles(
  scene: Scene,
  { check, patch, readBack, database, discordAtPatch }: Partial<Row>,
): void {
  const breakFrom = (from: DatabaseTrouble['from']): void => {
    if (database?.from === from) scene.breakDatabase(database.kind);
  };
  scene.disturbRead(check, () => {
    breakFrom('claim');
    if (patch?.kind === 'refuse') scene.disturbPatch(patch);
  });
  if (patch?.kind === 'refuse') return;
  scene.disturbPatch(patch, () => {
    breakFrom('settling');
    discordAtPatch?.(scene);
    if (readBack !== undefined) scene.disturbRead(readBack);
  });
}

/** Waits until the bot knows where the public pages of its report stand. */
export const waitForNotes = ({ stage: { discord, databasePath } }: Scene, { report }: Outcome): Promise<void> =>
  discord.until(() => report.every(({ ephemeral, id }) => ephemeral || isNoted(databasePath, id)), PATIENCE_MS);

/** The label of the button that sends a preview; null if it has none, or one that would send it later. */
const sendButton = (preview: Message): string | null =>
  hasButton(preview, 'Send') && !hasButton(preview, 'Send it') ? buttonOn(preview, 'Send') : null;

/** Confirms a preview in front of everything that the row has in store. */
async function send(scene: Scene, row: Row, preview: Message, button: string): Promise<Outcome> {
  const { discord } = scene.stage;
  const isReported = (): boolean => messagesIn(scene).some(isReport);
  arrangeTroubles(scene, row);
  row.discord?.(scene);
  const mended =
    row.database?.until === 'report' ? discord.until(isReported, PATIENCE_MS).then(scene.mendDatabase) : null;
  const outcome = await confirm(scene, preview, button, row.isUnreported);
  await mended;
  if (row.database?.until === 'answer') scene.mendDatabase();
  if (row.database?.until === 'look') await scene.logs('where a report stands could not be written down');
  else await waitForNotes(scene, outcome);
  return outcome;
}

/** Leaves a flush for when PERSCOM is back, and waits for its report. */
async function leave(scene: Scene, row: Row, refused: Message): Promise<Outcome> {
  arrangeTroubles(scene, row);
  await scene.moderators.Joker.click(refused, 'Send it when PERSCOM is back');
  scene.acceptConnections();
  const report = (): readonly Message[] => messagesIn(scene).filter(isReport);
  const news = (): readonly Message[] =>
    messagesIn(scene).filter(({ content }) => content.includes('the flush that waited'));
  await scene.stage.discord.until(() => news().length > 0, PATIENCE_MS);
  return { answer: () => news().map(shown).join('\n'), report: report() };
}

/** Previews and confirms, as far as the bot lets a moderator. */
export async function flush(scene: Scene, row: Row): Promise<Outcome> {
  const { world } = scene.stage.perscom;
  row.beforePreview?.(world);
  if (row.preview !== undefined) scene.disturbRead(row.preview);
  const preview = await whileBroken(scene, row.database, 'preview', () => openPreview(scene.moderators.Joker));
  for (const text of row.previewSays ?? []) expect(shown(preview)).toContain(text);
  const button = sendButton(preview);
  if (button === null) return row.waits ? leave(scene, row, preview) : only(preview);
  row.beforeSending?.(world);
  return send(scene, row, preview, button);
}
