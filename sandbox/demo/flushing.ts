import { isDeepStrictEqual } from 'node:util';
import type { DiscordUser, Message } from '../discord/index.ts';
import type { RecordedRequest, StoredEvent } from '../perscom/server.ts';
import { SANDBOX_TOKEN } from '../perscom/world.ts';
import { press, type Scene, showMessage, textOf } from './acting.ts';
import { expectThat } from './expectation.ts';

/** What is expected of events, by id: field by field, as it is sent and has to be stored. */
export type Wanted = Readonly<Record<number, Readonly<Partial<StoredEvent>>>>;

/** Events of PERSCOM, by id. */
export type Events = ReadonlyMap<number, StoredEvent>;

/** All events as they are now, for comparison later. */
export const eventsNow = ({ stage }: Scene): Events => structuredClone(stage.perscom.world.events);

/** How the bot answered a flush: privately, and with a report for the channel. */
export type Sent = { readonly answer: Message; readonly report: Message };

/** Presses a button that sends a flush, and waits for the report in the channel. */
export async function sendBy(scene: Scene, user: DiscordUser, message: Message, button: string): Promise<Sent> {
  const sent = await press(scene, user, message, button);
  const isPosted = await scene.stage.discord
    .until(() => sent.followUps.length > 0)
    .then(
      () => true,
      () => false,
    );
  expectThat('the report is posted', isPosted, sent.message === null ? 'no answer' : textOf(sent.message));
  return { answer: sent.messageOrThrow(), report: sent.followUpOrThrow() };
}

function headerLines({ headers }: RecordedRequest): readonly string[] {
  const { accept, 'content-type': contentType } = headers;
  return ['Authorization: Bearer ••••••••', `Accept: ${accept}`, `Content-Type: ${contentType}`];
}

/** Shows the PATCH number `index` (from 0) as it was sent, and claims that it is the last and says just `wanted`. */
export function showPatch({ stage, tell }: Scene, index: number, wanted: Wanted): RecordedRequest {
  const patches = stage.perscom.patches();
  const patch = patches[index];
  if (patch === undefined) throw new Error(`PERSCOM received ${patches.length} PATCHes, and not one more`);
  const { method, path, headers, body, status } = patch;
  tell.act('Frago', 'sends to PERSCOM');
  tell.show([`${method} ${path}`, ...headerLines(patch), '', JSON.stringify(body, null, 2)].join('\n'));
  tell.act('PERSCOM', `answers ${status}`);
  tell.claim('it sent one PATCH, to the batch address', patches.length === index + 1 && path === '/v2/events/batch');
  tell.claim('the PATCH carries the unit’s token', headers.authorization === `Bearer ${SANDBOX_TOKEN}`);
  tell.claim('it holds the fields that were meant, and no other', isDeepStrictEqual(body, { resources: wanted }), {
    wanted,
    body,
  });
  return patch;
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;

const isSame = (wanted: unknown, stored: unknown): boolean => {
  if (typeof wanted === 'string' && typeof stored === 'string' && TIME.test(wanted))
    return Date.parse(wanted) === Date.parse(stored);
  return isDeepStrictEqual(wanted, stored);
};

const show = (value: unknown): string => (Array.isArray(value) ? value.join(', ') : String(value));

const fieldsIn = (event: Readonly<Partial<StoredEvent>>): readonly (readonly [string, unknown])[] =>
  Object.entries(event);

type Comparison = { readonly before: StoredEvent; readonly after: StoredEvent; readonly wanted: Wanted[number] };

const compare = (scene: Scene, before: Events, wanted: Wanted): readonly Comparison[] =>
  [...before.values()].map((event) => ({
    before: event,
    after: scene.stage.perscom.world.events.get(event.id) ?? event,
    wanted: wanted[event.id] ?? {},
  }));

function touchedLines({ before, after, wanted }: Comparison): readonly string[] {
  const was = new Map(fieldsIn(before));
  const is = new Map(fieldsIn(after));
  const lines = Object.keys(wanted).map(
    (field) => `  ${field.padEnd(24)}${show(was.get(field))} → ${show(is.get(field))}`,
  );
  return lines.length === 0 ? [] : [`event ${before.id}: ${before.name}`, ...lines];
}

const holdsWanted = ({ after, wanted }: Comparison): boolean => {
  const is = new Map(fieldsIn(after));
  return fieldsIn(wanted).every(([field, value]) => isSame(value, is.get(field)));
};

const keepsTheRest = ({ before, after, wanted }: Comparison): boolean => {
  const was = new Map(fieldsIn(before));
  const isFree = (field: string) => field in wanted || field === 'updated_at';
  return fieldsIn(after).every(([field, value]) => isFree(field) || isDeepStrictEqual(value, was.get(field)));
};

/** Shows what PERSCOM holds of `wanted`, and claims that since `before` this and nothing else has changed. */
export function showHeld(scene: Scene, before: Events, wanted: Wanted): void {
  const compared = compare(scene, before, wanted);
  scene.tell.show(compared.flatMap(touchedLines).join('\n'));
  const rows = compared.map(({ after }) => after);
  scene.tell.claim('PERSCOM holds what was typed', compared.every(holdsWanted), rows);
  scene.tell.claim('nothing else in PERSCOM has changed', compared.every(keepsTheRest), rows);
}

/** Claims that PERSCOM holds what it held `before`. */
export function claimUntouched(scene: Scene, before: Events): void {
  const now = eventsNow(scene);
  scene.tell.claim('PERSCOM holds what it held before', isDeepStrictEqual(now, before), now);
}

/** Whether PERSCOM has been asked for events, past any cache, after its first `count` requests. */
export const hasReadEvents = ({ stage }: Scene, count: number): boolean =>
  stage.perscom.requests.slice(count).some(({ path, status }) => path === '/v2/events/search' && status === 200);

const requestsToLastPatch = ({ stage }: Scene): number =>
  stage.perscom.requests.findLastIndex(({ method }) => method === 'PATCH') + 1;

/** Shows what `user` and what everybody reads, and claims that the report is read back, public and pings nobody. */
export function showReport(scene: Scene, user: DiscordUser, { answer, report }: Sent): void {
  const { stage, tell } = scene;
  tell.act('Frago', `answers ${user.name}, and posts the report in #ops-staff`);
  showMessage(scene, answer);
  showMessage(scene, report);
  const isPublic = stage.discord.channelMessages(report.channelId).includes(report);
  tell.claim(
    'for the report, PERSCOM was read again after the PATCH',
    hasReadEvents(scene, requestsToLastPatch(scene)),
  );
  tell.claim('the report is in the channel, and pings nobody', isPublic && report.pings.length === 0);
}
