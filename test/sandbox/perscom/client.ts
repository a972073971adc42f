import { z } from 'zod';
import type { PerscomSandbox } from '../../../sandbox/perscom/server.ts';
import { SANDBOX_TOKEN } from '../../../sandbox/perscom/world.ts';
import { type Incoming, type Outgoing, send } from './http.ts';

const Events = z.object({ data: z.array(z.looseObject({ id: z.int() })) });
const Refused = z.object({ error: z.object({ errors: z.record(z.string(), z.array(z.string())) }) });

/** Sends a request as a well-behaved client with a good key would. */
export function ask(perscom: PerscomSandbox, { headers, ...outgoing }: Outgoing): Promise<Incoming> {
  const usual = {
    accept: 'application/json',
    'content-type': 'application/json',
    authorization: `Bearer ${SANDBOX_TOKEN}`,
  };
  return send(perscom.url, { ...outgoing, headers: { ...usual, ...headers } });
}

/** One batch PATCH. */
export function patch(perscom: PerscomSandbox, resources: Readonly<Record<string, unknown>>): Promise<Incoming> {
  return ask(perscom, { method: 'PATCH', path: '/v2/events/batch', body: { resources } });
}

/** One search for the events with `ids`. */
export function search(perscom: PerscomSandbox, ids: readonly number[]): Promise<Incoming> {
  const filters = [{ field: 'id', operator: 'in', value: ids }];
  return ask(perscom, { method: 'POST', path: '/v2/events/search?limit=100', body: { filters } });
}

/** The events in an answer. */
export function eventsOf({ text }: Incoming) {
  return Events.parse(JSON.parse(text)).data;
}

/** The field errors in a 422. */
export function errorsOf({ text }: Incoming) {
  return Refused.parse(JSON.parse(text)).error.errors;
}
