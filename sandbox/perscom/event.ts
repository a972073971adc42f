import { isDeepStrictEqual } from 'node:util';
import { TENANT_ID } from './access.ts';
import { CHANNELS, type Change } from './fields.ts';
import { timestamp } from './instant.ts';
import { exception, phpError } from './refusal.ts';
import type { StoredEvent, World } from './world.ts';

/** An event as answers carry it: ids as sent if they were just sent, a url always, and a label. */
type EventResource = Omit<StoredEvent, 'calendar_id' | 'author_id'> & {
  calendar_id: number | string | null;
  author_id: number | string | null;
  label: string;
};

const TEXT_BYTES_MAX = 65_535;

/** `event` as it is stored after `change`; `updated_at` moves only if something really changes. */
export function changed(event: StoredEvent, { set, unknownColumn }: Change, nowMs: number): StoredEvent {
  if (unknownColumn) throw exception('QueryException');
  const next = { ...event, ...set };
  if (isDeepStrictEqual(next, event)) return event;
  if (![next.description, next.content, next.location, next.url].every(fitsColumn)) throw exception('QueryException');
  return { ...next, updated_at: set.updated_at ?? timestamp(nowMs) };
}

function fitsColumn(text: string | null): boolean {
  return text === null || Buffer.byteLength(text) <= TEXT_BYTES_MAX;
}

/** The link answers give for an event that has no url; `origin` is where the client reached the server. */
function generatedLink(id: number, origin: string): string {
  return `${origin}/events/${id}?tenant=${TENANT_ID}`;
}

/** `event` as an answer carries it; throws for what the server cannot turn into JSON. */
export function eventResource(
  event: StoredEvent,
  origin: string,
  world: World,
  sent: Change['sent'] = {},
): EventResource {
  if (world.selfHosted === true && event.url === null) throw phpError();
  if (event.notifications_channels?.some((channel) => !CHANNELS.includes(channel))) throw phpError();
  const { id, name, calendar_id, description, content, location, author_id, all_day, starts, ends } = event;
  const { repeats, registration_enabled, registration_deadline, notifications_enabled } = event;
  const { notifications_interval, notifications_channels, created_at, updated_at } = event;
  const url = event.url ?? generatedLink(id, origin);
  return {
    ...{ id, name, calendar_id, description, content, location, url, author_id, all_day, starts, ends },
    ...{ repeats, registration_enabled, registration_deadline, notifications_enabled },
    ...{ notifications_interval, notifications_channels, created_at, updated_at },
    ...sent,
    label: `Event: ${id}`,
  };
}
