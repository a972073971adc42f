import { expect } from 'vitest';
import type { Message } from '../../../sandbox/discord/index.ts';
import { buttonOn } from '../stage.ts';
import { messagesIn } from './act.ts';
import { isReport } from './report.ts';
import { FIRST_LOOK_MS, type Later, type Trouble } from './row.ts';
import { PATIENCE_MS, type Scene } from './scene.ts';
import { duesIn } from './truth.ts';

/** For how long nobody else looks after a flush while the bot does (see follow-up.ts). */
const LOOK_LEASE_MS = 30_000;

/** Lets the bot look after its flush once, and its look meet `trouble`; resolves when it has written that down. */
async function lookInVain(scene: Scene, trouble: Trouble): Promise<void> {
  const { discord, databasePath } = scene.stage;
  const before = duesIn(databasePath);
  scene.disturbRead(trouble);
  scene.pass(FIRST_LOOK_MS);
  const leased = scene.now() + LOOK_LEASE_MS;
  await discord.until(() => {
    const dues = duesIn(databasePath);
    return dues.join() !== before.join() && !dues.includes(leased);
  }, PATIENCE_MS);
}

/** Puts the clock on until the bot looks; as far as the row says so, a first look or its record fails. */
async function passTime(scene: Scene, { look, database, afterMs }: Later): Promise<void> {
  if (look !== undefined) await lookInVain(scene, look);
  if (database !== undefined) scene.breakDatabase(database);
  scene.pass(afterMs);
  if (database === undefined) return;
  await scene.logs('could not be followed up');
  scene.mendDatabase();
}

const isTold = ({ content }: Message, userId: string): boolean =>
  content.includes('what became of your flush is known now') && content.includes(`<@${userId}>`);

/** Waits until the bot has told the moderator, in the channel or else directly, or has given up. */
async function hear(scene: Scene, { report }: Later): Promise<void> {
  const { Joker } = scene.moderators;
  const told = (): Message | undefined => messagesIn(scene).find((message) => isTold(message, Joker.id));
  if (report === 'nowhere') return scene.stage.discord.until(() => scene.unpostedNews() >= 4, PATIENCE_MS);
  await scene.stage.discord.until(() => told() !== undefined, PATIENCE_MS);
  const message = told();
  if (message?.channelId === scene.channelId) expect(message.pings).toEqual([`<@${Joker.id}>`]);
  return undefined;
}

/** Where the report is that was completed, or posted in the place of another one. */
function placeOf(scene: Scene, isEdited: boolean, fresh: readonly Message[]): Later['report'] {
  const [first] = fresh;
  if (isEdited) return first === undefined ? 'edited' : 'edited, with a page more';
  if (first === undefined) return 'nowhere';
  return first.channelId === scene.channelId ? 'posted anew' : 'sent directly';
}

/** Waits until an unknown flush is settled, and answers its report as it is then. */
export async function settle(scene: Scene, later: Later, before: readonly Message[]): Promise<readonly Message[]> {
  const isOld = new Set(messagesIn(scene).map(({ id }) => id));
  later.meanwhile?.(scene.stage.perscom.world);
  scene.acceptConnections();
  scene.mendDatabase();
  later.discord?.(scene);
  if (later.restarts) await scene.stage.restart();
  const [first] = before;
  if (later.click !== undefined && first !== undefined)
    await scene.moderators.Joker.click(first, buttonOn(first, later.click));
  await passTime(scene, later);
  await hear(scene, later);
  const fresh = messagesIn(scene).filter((message) => isReport(message) && !isOld.has(message.id));
  const isEdited = before.length > 0 && before.every(({ editedCount }) => editedCount > 0);
  expect(placeOf(scene, isEdited, fresh)).toBe(later.report ?? 'edited');
  return isEdited ? [...before, ...fresh] : fresh;
}
