import { randomUUID } from 'node:crypto';
import { authenticate, identifyTenant, Redirect, requireSubscription, wantsJson } from './access.ts';
import type { Answer } from './answer.ts';
import type { Profile } from './batch.ts';
import type { RateLimit } from './rate-limit.ts';
import { notFound, Refusal, type RequestIds, type Stage, unknownVersion } from './refusal.ts';
import { meantMethod, type RawRequest, readInput } from './request.ts';
import { type Call, findEndpoint } from './routes.ts';
import type { StoredEvent, World } from './world.ts';

/** The simulated server as a function from request to answer; the world is what changes. */
export type Perscom = (request: RawRequest, address: string, origin: string) => Answer;

/** What the simulated server is made of. */
type PerscomParts = {
  readonly profile: Profile;
  readonly world: World;
  readonly rateLimit: RateLimit;
  readonly now: () => number;
  /** Whether GETs answer from the events of before the last PATCH. */
  readonly staleGets: boolean;
};

/** Gives every answer its ids, and the headers that fit how far the request came. */
export function createPerscom(parts: PerscomParts): Perscom {
  const respond = createResponder(parts);
  return (request, address, origin) => {
    if (parts.world.maintenance === true) return underMaintenance(request);
    const ids = { requestId: randomUUID(), traceId: randomUUID() };
    const limits: Record<string, string> = {};
    const count = () => Object.assign(limits, parts.rateLimit.count(address, parts.now()));
    try {
      const stage = request.path === '/health' ? 'throttled' : 'inside';
      return withHeaders(respond(request, count, origin), stage, ids, limits);
    } catch (error) {
      return refused(error, ids, limits);
    }
  };
}

type Responder = (request: RawRequest, count: () => void, origin: string) => Answer;

/** The order of the checks is the recorded one: route, tenant, limit, version, key, subscription. */
function createResponder({ world, profile, now, staleGets }: PerscomParts): Responder {
  let beforeLastPatch: ReadonlyMap<number, StoredEvent> | undefined;
  return (request, count, origin) => {
    const input = readInput(request);
    const method = meantMethod(request.method, input);
    if (request.path === '/health') return health(count);
    const endpoint = endpointFor(request, method, count);
    identifyTenant(request, world);
    count();
    if (!/^\/v[12]\//.test(request.path)) throw unknownVersion();
    const key = authenticate(request, world);
    requireSubscription(request, world);
    const before = method === 'PATCH' && staleGets ? structuredClone(world.events) : undefined;
    const visible = (staleGets && beforeLastPatch) || world.events;
    const answer = endpoint({ request, input, key, world, visible, profile, nowMs: now(), origin });
    beforeLastPatch = before ?? beforeLastPatch;
    return answer;
  };
}

function endpointFor({ path }: RawRequest, method: string, count: () => void): (call: Call) => Answer {
  const [, , rest] = /^\/(v\d+)(\/.*)$/.exec(path) ?? [];
  const endpoint = rest === undefined ? undefined : findEndpoint(method, rest, path);
  if (endpoint !== undefined) return endpoint;
  count();
  throw notFound('throttled');
}

function health(count: () => void): Answer {
  count();
  return { status: 204, headers: {}, body: null };
}

function refused(error: unknown, ids: RequestIds, limits: Record<string, string>): Answer {
  if (error instanceof Redirect) return { status: 302, headers: { location: error.location }, body: null };
  if (error instanceof Refusal) return withHeaders(error.answer(ids), error.stage ?? 'inside', ids, limits);
  throw error;
}

const CACHE_HEADERS: Readonly<Record<'inside' | 'before', Record<string, string>>> = {
  inside: {
    'cache-control': 'max-age=0, no-store, public',
    'surrogate-control': 'max-age=2592000',
    vary: 'Authorization, X-Perscom-Id, Origin',
  },
  before: { 'cache-control': 'no-cache, private', vary: 'Origin' },
};

function withHeaders(answer: Answer, stage: Stage, ids: RequestIds, limits: Record<string, string>): Answer {
  const identity = { 'x-perscom-request-id': ids.requestId, 'x-perscom-trace-id': ids.traceId };
  const caching = CACHE_HEADERS[stage === 'inside' ? 'inside' : 'before'];
  return { ...answer, headers: { ...answer.headers, ...caching, ...limits, ...identity } };
}

const MAINTENANCE_PAGE =
  '<!DOCTYPE html>\n<html lang="en"><head><title>Maintenance</title></head><body>503</body></html>';

/** The one answer without request ids in its headers. */
function underMaintenance(request: RawRequest): Answer {
  const headers = CACHE_HEADERS.before;
  if (wantsJson(request)) return { ...maintenanceError(), headers: { ...headers, 'content-type': 'application/json' } };
  const asPage = { ...headers, 'content-type': 'text/html; charset=UTF-8', 'retry-after': '60' };
  return { status: 503, headers: asPage, body: MAINTENANCE_PAGE };
}

function maintenanceError(): Answer {
  const message = 'The API is currently down for maintenance. Please check back later.';
  const refusal = new Refusal({ status: 503, message, type: 'HttpException' });
  return refusal.answer({ requestId: randomUUID(), traceId: randomUUID() });
}
