import { both, deletes, FIRST_LOOK_MS, OVER_MS, READ_TRIES, type Row } from './row.ts';
import type { Scene } from './scene.ts';

const allReports = ({ stage, channelId }: Scene) => stage.discord.channelMessages(channelId);

/** Fifteen minutes after a click Discord takes nothing more through its interaction. */
const expireToken = ({ stage }: Scene): void => void stage.discord.deny({ reason: 'tokenExpired' });
const refuseFollowUps = ({ stage }: Scene): void =>
  void stage.discord.deny({ reason: 'unknownWebhook', method: 'POST' });
const refuseOneFollowUp = ({ stage }: Scene): void =>
  void stage.discord.deny({ reason: 'unknownWebhook', method: 'POST', times: 1 });
const forbidChannel = ({ stage, channelId }: Scene): void =>
  void stage.discord.deny({ reason: 'missingPermissions', channelId });
const hideChannel = ({ stage, channelId }: Scene): void =>
  void stage.discord.deny({ reason: 'missingAccess', channelId });
const deleteChannel = ({ stage, channelId }: Scene): void => stage.discord.deleteChannel(channelId);
const deleteReport = (scene: Scene): void => {
  for (const message of allReports(scene)) scene.stage.discord.deleteMessage(message);
};
const refuseDirectMessages = ({ stage, moderators }: Scene): void =>
  void stage.discord.deny({ reason: 'cannotMessageUser', userId: moderators.Joker.id });
const refuseOneEdit = ({ stage, channelId }: Scene): void =>
  void stage.discord.deny({ reason: 'missingAccess', channelId, method: 'PATCH', times: 1 });

const all =
  (...refusals: readonly ((scene: Scene) => void)[]) =>
  (scene: Scene): void => {
    for (const refuse of refusals) refuse(scene);
  };

const WELL = { fates: both('applied'), patches: 1 } as const;
const REPORT_FOLLOWS = '2 of 2 events updated. The report follows in the channel.';
const NOT_ALL_POSTED = '2 of 2 events updated. Not all of the report could be posted in the channel';

/** Discord in the way of a report. */
const AT_ONCE: readonly Row[] = [
  { name: 'a token that expires before the report', discord: refuseFollowUps, ...WELL, says: [REPORT_FOLLOWS] },
  {
    name: 'a token that expires before the answer',
    patch: { kind: 'handle', delayMs: 1_700 },
    discordAtPatch: expireToken,
    ...WELL,
    says: ['2 of 2 events updated'],
  },
  { name: 'a channel that takes no messages of the bot', discord: forbidChannel, ...WELL, says: [REPORT_FOLLOWS] },
  { name: 'a channel that the bot cannot see', discord: hideChannel, ...WELL, says: [REPORT_FOLLOWS] },
  {
    name: 'a report that only its moderator can be shown',
    discord: all(refuseOneFollowUp, forbidChannel),
    ...WELL,
    says: [NOT_ALL_POSTED, 'Flush report'],
  },
  {
    name: 'a report that cannot be posted anywhere',
    discord: all(refuseFollowUps, forbidChannel),
    isUnreported: true,
    ...WELL,
    says: [NOT_ALL_POSTED],
  },
  {
    name: 'a channel that is deleted while PERSCOM works',
    discordAtPatch: deleteChannel,
    isUnreported: true,
    ...WELL,
    says: ['2 of 2 events updated'],
  },
];

const DROPPED = { patch: { kind: 'drop' }, fates: both('unknown'), patches: 1, says: ['PERSCOM broke'] } as const;
const UNREAD = {
  readBack: { kind: 'drop', times: READ_TRIES },
  fates: both('unknown'),
  patches: 1,
  says: ['could not be read again'],
} as const;
const REJECTED = { afterMs: OVER_MS, fates: both('rejected') } as const;
const APPLIED = { afterMs: FIRST_LOOK_MS, fates: both('applied') } as const;

/** Discord in the way of a report that is to be completed. */
const LATER: readonly Row[] = [
  { name: 'a token that expires before an unknown report', discord: refuseFollowUps, ...DROPPED, later: REJECTED },
  {
    name: 'a token that expires before an unknown flush is settled',
    ...DROPPED,
    later: { ...REJECTED, discord: expireToken },
  },
  {
    name: 'an unknown report that somebody deletes',
    ...UNREAD,
    later: { ...APPLIED, discord: deleteReport, report: 'posted anew' },
  },
  {
    name: 'an unknown report that cannot be edited for once',
    ...UNREAD,
    later: { ...APPLIED, discord: refuseOneEdit, report: 'posted anew' },
  },
  {
    name: 'a channel that takes no messages of the bot when an unknown flush is settled',
    ...DROPPED,
    later: { ...REJECTED, discord: forbidChannel, report: 'sent directly' },
  },
  {
    name: 'a channel that the bot cannot see any more when an unknown flush is settled',
    ...UNREAD,
    later: { ...APPLIED, discord: hideChannel, report: 'sent directly' },
  },
  {
    name: 'a channel that is deleted before an unknown flush is settled',
    ...DROPPED,
    later: {
      ...REJECTED,
      meanwhile: deletes(1),
      fates: ['missing', 'rejected'],
      discord: deleteChannel,
      report: 'sent directly',
    },
  },
  {
    name: 'a channel and direct messages that are closed when an unknown flush is settled',
    ...UNREAD,
    later: { ...APPLIED, discord: all(forbidChannel, refuseDirectMessages), report: 'nowhere' },
  },
  {
    name: 'an unknown report that only its moderator could be shown, and a channel that opens later',
    discord: all(refuseOneFollowUp, ({ stage, channelId }) => {
      const { deny } = stage.discord;
      deny({ reason: 'missingPermissions', channelId, times: 1 });
    }),
    ...DROPPED,
    later: { ...REJECTED, report: 'posted anew' },
  },
];

/** Discord in the way, at once and later. */
export const DISCORD_ROWS: readonly Row[] = [...AT_ONCE, ...LATER];
