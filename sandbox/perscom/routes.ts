import { requireScope } from './access.ts';
import { type Answer, json } from './answer.ts';
import { type Profile, type Updated, updateBatch, updateOne } from './batch.ts';
import { eventResource } from './event.ts';
import { pageRequest, paginate } from './page.ts';
import { methodNotAllowed, notFound } from './refusal.ts';
import { calendarResource, compileIncludes, userResource } from './relation.ts';
import type { RawRequest } from './request.ts';
import { search } from './search.ts';
import type { ApiKey, StoredEvent, World } from './world.ts';

/** An authenticated request with everything an endpoint needs to answer it. */
export type Call = {
  readonly request: RawRequest;
  readonly input: Record<string, unknown>;
  readonly key: ApiKey;
  readonly world: World;
  /** The events as GETs see them: possibly those of before the last PATCH. */
  readonly visible: ReadonlyMap<number, StoredEvent>;
  readonly profile: Profile;
  readonly nowMs: number;
  /** Scheme and host the client used. */
  readonly origin: string;
};

/** An endpoint; `part` is the id in its path, if it has one. */
type Endpoint = (call: Call, part: string) => Answer;

/** A path and what answers it, by method. */
type Route = { readonly path: RegExp; readonly endpoints: Readonly<Record<string, Endpoint>> };

/** First match wins, so `batch` and `search` are ids to the methods that have no such endpoint. */
const ROUTES: readonly Route[] = [
  { path: /^\/events$/, endpoints: { GET: listEvents } },
  { path: /^\/events\/batch$/, endpoints: { PATCH: patchBatch, GET: showEvent, PUT: patchEvent } },
  { path: /^\/events\/search$/, endpoints: { POST: searchEvents, GET: showEvent, PATCH: patchEvent, PUT: patchEvent } },
  { path: /^\/events\/([^/]+)$/, endpoints: { GET: showEvent, PATCH: patchEvent, PUT: patchEvent } },
  { path: /^\/calendars$/, endpoints: { GET: listCalendars } },
  { path: /^\/me$/, endpoints: { GET: showMe } },
];

/** The endpoint for a method and a path without its version; undefined if there is no such path. */
export function findEndpoint(method: string, path: string, fullPath: string): ((call: Call) => Answer) | undefined {
  const route = ROUTES.find((candidate) => candidate.path.test(path));
  if (route === undefined) return undefined;
  const endpoint = route.endpoints[method];
  if (endpoint === undefined) throw methodNotAllowed(method, fullPath, Object.keys(route.endpoints).join(', '));
  return (call) => endpoint(call, path.split('/')[2] ?? '');
}

function listEvents(call: Call): Answer {
  requireScope(call.key, 'view:event');
  return listed(call, ascending(call.visible));
}

function searchEvents(call: Call): Answer {
  requireScope(call.key, 'view:event');
  return listed(call, search(ascending(call.world.events), call.input, call.world));
}

function listed(call: Call, events: readonly StoredEvent[]): Answer {
  const written = compileEvent(call);
  const page = paginate(events, pageRequest(addressOf(call), call.request.query, call.input));
  return json(200, { ...page, data: page.data.map((event) => written({ event, sent: {} })) });
}

function showEvent(call: Call, id: string): Answer {
  const event = eventNamed(call.visible, id);
  requireScope(call.key, 'view:event');
  return json(200, { data: compileEvent(call)({ event, sent: {} }) });
}

function patchBatch(call: Call): Answer {
  const written = compileEvent(call);
  const updated = updateBatch(call.input, { ...call, mayUpdate: () => requireScope(call.key, 'update:event') });
  return json(200, { data: updated.map(written) });
}

function patchEvent(call: Call, id: string): Answer {
  const event = eventNamed(call.world.events, id);
  const written = compileEvent(call);
  const updated = updateOne(event, call.input, { ...call, mayUpdate: () => requireScope(call.key, 'update:event') });
  return json(200, { data: written(updated) });
}

function listCalendars(call: Call): Answer {
  requireScope(call.key, 'view:calendar');
  const calendars = ascending(call.world.calendars).map(calendarResource);
  return json(200, paginate(calendars, pageRequest(addressOf(call), call.request.query, call.input)));
}

function showMe(call: Call): Answer {
  const owner = ascending(call.world.users).slice(0, 1).map(userResource);
  return json(200, paginate(owner, pageRequest(addressOf(call), call.request.query, call.input)));
}

function compileEvent({ request, input, origin, world }: Call): (updated: Updated) => Record<string, unknown> {
  const included = compileIncludes(request.query, input);
  return ({ event, sent }) => ({ ...eventResource(event, origin, world, sent), ...included(event, world) });
}

function eventNamed(events: ReadonlyMap<number, StoredEvent>, id: string): StoredEvent {
  const event = /^[1-9]\d*$/.test(id) ? events.get(Number(id)) : undefined;
  if (event === undefined) throw notFound();
  return event;
}

function ascending<T extends { readonly id: number }>(rows: ReadonlyMap<number, T>): T[] {
  return [...rows.values()].sort((one, other) => one.id - other.id);
}

function addressOf({ origin, request }: Call): string {
  return `${origin}${request.path}`;
}
