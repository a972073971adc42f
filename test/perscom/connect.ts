import { onTestFinished } from 'vitest';
import { type PerscomSandbox, type Profile, startPerscom, type World } from '../../sandbox/perscom/server.ts';
import { buildWorld, SANDBOX_TOKEN } from '../../sandbox/perscom/world.ts';
import type { Perscom } from '../../src/app/ports.ts';
import { createBudget } from '../../src/perscom/budget.ts';
import { createPerscom, type PerscomOptions } from '../../src/perscom/client.ts';

/** When it is in the simulated PERSCOM. */
export const NOW = Date.parse('2026-11-22T12:00:00Z');

/** The batch PATCH. */
export const ON_PATCH = { method: 'PATCH', path: '/v2/events/batch' };

/** Reading events. */
export const ON_SEARCH = { method: 'POST', path: '/v2/events/search' };

/** A batch that renames event 1. */
export const RENAME = { resources: { 1: { name: 'Op Renamed' } } };

/** A body in PERSCOM's own words. */
export const PERSCOM_SAYS = {
  error: { message: 'PERSCOM says so.', type: 'HttpException', request_id: 'r', trace_id: 't' },
};

/** Another server, a client of it, and how both are set up. */
type Setup = { readonly profile?: Profile; readonly world?: World; readonly options?: Partial<PerscomOptions> };

/** A client of the PERSCOM at `apiUrl`. It backs off for no time, and has a budget of its own unless given one. */
export const clientAt = (apiUrl: string, options: Partial<PerscomOptions> = {}): Perscom =>
  createPerscom({
    ...{ apiUrl, version: 'v2', token: SANDBOX_TOKEN, random: () => 0 },
    budget: createBudget({ now: () => Date.now() }),
    ...options,
  });

/** A simulated PERSCOM for this test, and a client of it. */
export async function connect({
  profile = 'documented',
  world = buildWorld({ now: NOW }),
  options = {},
}: Setup = {}): Promise<{ server: PerscomSandbox; perscom: Perscom }> {
  const server = await startPerscom({ profile, world, now: () => NOW });
  onTestFinished(() => server.close());
  return { server, perscom: clientAt(server.url, options) };
}
