import type { Fault, Profile, World } from '../../../sandbox/perscom/server.ts';
import type { Field } from '../../../src/domain/field.ts';
import type { Tuning } from '../../../src/frago.ts';
import type { Scene } from './scene.ts';

type WithoutTarget<Disturbance> = Disturbance extends Fault ? Omit<Disturbance, 'on'> : never;

/** What a request to PERSCOM meets; the row says which one. */
export type Trouble =
  | WithoutTarget<Fault>
  /** Connections are refused until the bot has tried so often, or until the row goes on. */
  | { readonly kind: 'refuse'; readonly tries: number };

/** One edit, typed into a form. */
export type Queued = {
  readonly by: 'Joker' | 'Pyle';
  readonly event: number;
  readonly field: Field;
  readonly typed: string | boolean | readonly string[];
};

/**
 * What becomes of one edit. The first six are verdicts of a report. `not sent`: the report does not name it, and it stays
 * queued; `dropped`: the same, but it has left the queue, as PERSCOM holds it already; `not queued`: it never was.
 */
export type Fate =
  | 'applied'
  | 'normalised'
  | 'ignored'
  | 'rejected'
  | 'missing'
  | 'unknown'
  | 'not sent'
  | 'dropped'
  | 'not queued';

/** What is wrong with the database, and between which moments. */
export type DatabaseTrouble = {
  readonly kind: 'locked' | 'full';
  readonly from: 'typing' | 'preview' | 'claim' | 'settling' | 'looking';
  /** `report`: it ends before the bot could note where its report stands. */
  readonly until: 'report' | 'answer' | 'look';
};

/** How an unknown flush is settled, some time after its report. */
export type Later = {
  /** What happens while nobody knows. */
  readonly meanwhile?: (world: World) => void;
  /** What Discord refuses from then on. */
  readonly discord?: (scene: Scene) => void;
  /** Whether the bot stops and starts again meanwhile. */
  readonly restarts?: boolean;
  /** A button of the report that the moderator does not want to wait without. */
  readonly click?: string;
  /** What the first look, two seconds after the report, meets. */
  readonly look?: Trouble;
  /** What is wrong with the database from then on, until it was noticed. */
  readonly database?: DatabaseTrouble['kind'];
  /** How far the clock is put on, after that look if there is one. */
  readonly afterMs: number;
  readonly fates: readonly Fate[];
  readonly says?: readonly string[];
  /** Where the whole truth stands in the end: in the report that was there, in a new one, or in the log and on the board. */
  readonly report?: 'edited' | 'edited, with a page more' | 'posted anew' | 'sent directly' | 'nowhere';
};

/** What sending comes to. */
export type Ending = {
  /** What becomes of each edit of the queue, in its order. */
  readonly fates: readonly Fate[];
  /** How many PATCHes have reached PERSCOM by then. */
  readonly patches: number;
  /** What the report says, or the answer where there is none. */
  readonly says: readonly string[];
  /** Has to be there if a fate is unknown, or the bot could not write down what it reported. */
  readonly later?: Later;
};

/** What a PATCH, and the read after it, meet. */
type Sending = { readonly patch?: Trouble; readonly readBack?: Trouble };

/** A button of a report that sends again, and what that comes to. */
export type Next = Sending & Ending & { readonly click: string };

/** A queue, what goes wrong with its flush, and what has to be true afterwards. */
export type Row = Sending &
  Ending & {
    readonly name: string;
    /** `documented` unless given. */
    readonly profile?: Profile;
    /** `TWO_EDITS` unless given. */
    readonly queue?: readonly Queued[];
    /** What another editor does in PERSCOM between queueing and preview. */
    readonly beforePreview?: (world: World) => void;
    /** The same between preview and confirmation. */
    readonly beforeSending?: (world: World) => void;
    /** What the read at the preview meets. */
    readonly preview?: Trouble;
    readonly previewSays?: readonly string[];
    /** Whether the moderator leaves the flush to be sent by itself, as PERSCOM cannot be reached at the preview. */
    readonly waits?: boolean;
    /** What the look at PERSCOM before the PATCH meets. */
    readonly check?: Trouble;
    /** The body of the first PATCH. */
    readonly sent?: object;
    readonly database?: DatabaseTrouble;
    /** What Discord refuses from the confirmation on. */
    readonly discord?: (scene: Scene) => void;
    /** The same from the PATCH on. */
    readonly discordAtPatch?: (scene: Scene) => void;
    /** Nobody gets to see a report, although something was sent. */
    readonly isUnreported?: boolean;
    readonly tuning?: Tuning;
    /** Whether the bot's clock runs by itself. */
    readonly isClockRunning?: boolean;
    readonly next?: Next;
  };

/** A rename by one moderator, and another op's location by another. */
export const TWO_EDITS: readonly Queued[] = [
  { by: 'Joker', event: 1, field: 'name', typed: 'Op Wanted' },
  { by: 'Pyle', event: 2, field: 'location', typed: 'Malden' },
];

/** The same fate for both of `TWO_EDITS`. */
export const both = (fate: Fate): readonly Fate[] => [fate, fate];

/** A read is tried so often before it is given up, if no time passes (see persistence.ts). */
export const READ_TRIES = 11;

/** A PATCH that provably never left is tried so often. */
export const PATCH_TRIES = 3;

/** When the bot looks first after an unknown flush, and a little later. */
export const FIRST_LOOK_MS = 2_100;

/** When nothing that was sent can land any more, and a little later. */
export const OVER_MS = 121_000;

/** Another editor's change of one event, for `before` and `after`. */
export const edits =
  (id: number, values: Partial<NonNullable<ReturnType<World['events']['get']>>>) =>
  ({ events }: World): void => {
    const event = events.get(id);
    if (event === undefined) throw new Error(`PERSCOM has no event ${id}`);
    events.set(id, { ...event, ...values });
  };

/** Another editor deletes an event. */
export const deletes =
  (id: number) =>
  ({ events }: World): void =>
    void events.delete(id);
