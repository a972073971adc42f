import { forbidden, paymentRequired, unauthenticated } from './refusal.ts';
import type { RawRequest } from './request.ts';
import type { ApiKey, World } from './world.ts';

/** The unit the world belongs to: generated links and `X-Perscom-Id` name it. */
export const TENANT_ID = 1;

/** Refuses a request from which no known tenant can be read: header, or else the key's claim. */
export function identifyTenant(request: RawRequest, world: World): void {
  if (world.selfHosted === true) return;
  const key = keyOf(request, world);
  const claim = key === undefined ? null : tenantOf(key);
  const header = request.headers['x-perscom-id'];
  const tenant = typeof header === 'string' ? header : String(claim);
  if (tenant !== String(TENANT_ID)) throw unauthenticated('HttpException');
}

/** The key of a request whose tenant is known; refuses unknown, expired, revoked and foreign ones. */
export function authenticate(request: RawRequest, world: World): ApiKey {
  const key = keyOf(request, world);
  if (key === undefined || (key.standing ?? 'valid') !== 'valid') throw unauthenticated('AuthenticationException');
  const tenant = tenantOf(key);
  if (tenant !== null && tenant !== TENANT_ID) throw unauthenticated('AuthenticationException');
  return key;
}

/** Refuses when the unit has not paid; who does not ask for JSON is sent to the billing page. */
export function requireSubscription(request: RawRequest, world: World): void {
  if (world.subscribed) return;
  if (!wantsJson(request)) throw new Redirect('/billing');
  throw paymentRequired();
}

/** Refuses a key without `scope`. */
export function requireScope({ scopes }: ApiKey, scope: string): void {
  if (!scopes.includes(scope) && !scopes.includes('*')) throw forbidden();
}

/** Whether the client asked for JSON in its Accept header. */
export function wantsJson({ headers }: RawRequest): boolean {
  return /[/+]json/.test(headers.accept ?? '');
}

/** Thrown to answer 302. */
export class Redirect extends Error {
  readonly location: string;

  constructor(location: string) {
    super(`redirect to ${location}`);
    this.location = location;
  }
}

function tenantOf(key: ApiKey): number | null {
  return key.tenant === undefined ? TENANT_ID : key.tenant;
}

function keyOf({ query, headers }: RawRequest, world: World): ApiKey | undefined {
  const [, bearer] = /^Bearer\s+(.+)$/i.exec(headers.authorization ?? '') ?? [];
  const token = query.get('apikey') ?? bearer;
  return token === undefined ? undefined : world.tokens.get(token);
}
