import { type Answer, excused, refusals } from './answer.ts';
import type { World } from './world.ts';

/** What Discord is to refuse although nothing is wrong with it; what is wrong anyway is refused for that, and counts. */
export type Denial = {
  readonly reason: Reason;
  /** Only in this channel. */
  readonly channelId?: string;
  /** Only what answers this user's interactions or goes to their direct messages. */
  readonly userId?: string;
  /** Only what edits, gets or deletes this message. */
  readonly messageId?: string;
  readonly method?: 'DELETE' | 'GET' | 'PATCH' | 'POST';
  /** How many requests it is for; without it, for all from now on. */
  readonly times?: number;
};

/** A denial in force; it ends by itself after the last of its `times`. */
export type StandingDenial = {
  /** How many requests it has refused. */
  readonly refused: number;
  lift(): void;
};

/** A denial as the stand-in keeps it. */
export type Denying = Denial & { refused: number; lift(): void };

/** What a request is about: sent to a channel, or to the webhook of an interaction. */
export type Subject = {
  readonly method: string;
  readonly via: 'channel' | 'interaction';
  readonly channelId: string;
  /** Whose interaction, or whose direct messages; null for a channel of a guild. */
  readonly userId: string | null;
  readonly messageId: string | null;
};

type Kind = { readonly answer: () => Answer; readonly fits: (subject: Subject) => boolean };
type Reason = keyof typeof KINDS;

const inGuild = ({ via, userId }: Subject): boolean => via === 'channel' && userId === null;
const isDirect = ({ via, userId, method }: Subject): boolean =>
  via === 'channel' && userId !== null && method === 'POST';
const byToken = ({ via }: Subject): boolean => via === 'interaction';

const KINDS = {
  /** 403/50001 in a channel of a guild. */
  missingAccess: { answer: refusals.missingAccess, fits: inGuild },
  /** 403/50013 in a channel of a guild. */
  missingPermissions: { answer: refusals.missingPermissions, fits: inGuild },
  /** 404/10003 in any channel, through an interaction too. */
  unknownChannel: { answer: refusals.unknownChannel, fits: () => true },
  /** 404/10008 for what names a message. */
  unknownMessage: { answer: refusals.unknownMessage, fits: ({ messageId }) => messageId !== null },
  /** 401/50027 for follow-ups to an interaction and for edits of its answers. */
  tokenExpired: { answer: refusals.tokenExpired, fits: byToken },
  /** 404/10015 for the same. */
  unknownWebhook: { answer: refusals.unknownWebhook, fits: byToken },
  /** 403/50007 for a direct message. */
  cannotMessageUser: { answer: refusals.cannotMessageUser, fits: isDirect },
  /** 403/50278 for a direct message. */
  noMutualGuilds: { answer: refusals.noMutualGuilds, fits: isDirect },
} as const satisfies Readonly<Record<string, Kind>>;

/** Makes Discord refuse what `denial` describes. */
export function deny(world: World, denial: Denial): StandingDenial {
  const denying: Denying = { ...denial, refused: 0, lift: () => void world.denials.delete(denying) };
  world.denials.add(denying);
  return denying;
}

/** The refusal that a test asked for, by its latest denial that fits; null when there is none. */
export function denied(world: World, subject: Subject): Answer | null {
  const denying = [...world.denials].findLast((candidate) => isFor(candidate, subject));
  if (!denying) return null;
  denying.refused += 1;
  if (denying.refused === denying.times) denying.lift();
  return excused(KINDS[denying.reason].answer());
}

function isFor(denial: Denial, subject: Subject): boolean {
  const isNamed = (['method', 'channelId', 'userId', 'messageId'] as const).every(
    (member) => denial[member] === undefined || denial[member] === subject[member],
  );
  return isNamed && KINDS[denial.reason].fits(subject);
}
