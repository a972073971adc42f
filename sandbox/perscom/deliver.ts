import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { type Answer, json } from './answer.ts';
import type { Effect, Fault } from './fault.ts';
import { parseJson, type RawRequest } from './request.ts';
import type { World } from './world.ts';

/** What a delivery needs besides its request. */
type Delivery = {
  readonly request: RawRequest;
  readonly response: ServerResponse;
  readonly world: World;
  /** The simulated server's own answer; calling it does the work. */
  readonly handle: () => Answer;
  /** Told the status the moment it goes out. */
  readonly answered: (status: number) => void;
  /** Ends waiting when the server closes. */
  readonly signal: AbortSignal;
};

const UNDISTURBED: Fault = { on: {}, kind: 'handle' };

/** Answers a request as the server would, or as the fault it met has it; the work is done even if the client left. */
export async function deliver(delivery: Delivery, fault: Fault = UNDISTURBED): Promise<void> {
  if (fault.delayMs !== undefined) await wait(fault.delayMs, undefined, { signal: delivery.signal });
  fault.before?.(delivery.world);
  const answer = isHandled(fault) ? delivery.handle() : undefined;
  fault.after?.(delivery.world);
  if (!delivery.response.destroyed) await disturb(fault, delivery, answer);
}

function isHandled(effect: Effect): boolean {
  return 'afterHandling' in effect ? effect.afterHandling === true : !['answer', 'drop', 'hang'].includes(effect.kind);
}

const NOTHING: Answer = { status: 204, headers: {}, body: null };

async function disturb(effect: Effect, delivery: Delivery, answer: Answer = NOTHING): Promise<void> {
  switch (effect.kind) {
    case 'handle':
      return send(delivery, rewritten(answer, effect.rewrite));
    case 'answer':
      return send(delivery, otherAnswer(effect));
    case 'drop':
      return void delivery.response.destroy();
    case 'hang':
      return;
    case 'truncate':
      return truncate(delivery, answer, effect.bytes);
    case 'drip':
      return drip(delivery, answer, effect);
  }
}

function rewritten(answer: Answer, rewrite?: (body: unknown) => unknown): Answer {
  if (rewrite === undefined) return answer;
  return { ...answer, body: JSON.stringify(rewrite(parseJson(answer.body ?? ''))) };
}

function otherAnswer({ status, body, headers }: Extract<Effect, { kind: 'answer' }>): Answer {
  const isText = typeof body === 'string';
  const answer = isText
    ? { status, headers: { 'content-type': 'text/html; charset=UTF-8' }, body }
    : json(status, body);
  return { ...answer, headers: { ...answer.headers, ...headers } };
}

function send({ response, answered }: Delivery, { status, headers, body }: Answer): void {
  answered(status);
  response.writeHead(status, headers).end(body ?? undefined);
}

/** Announces the whole body, so that the client can tell that it was cut. */
function begin({ response, answered }: Delivery, { status, headers, body }: Answer): Buffer {
  const whole = Buffer.from(body ?? '');
  answered(status);
  response.writeHead(status, { ...headers, 'content-length': whole.length });
  return whole;
}

function truncate(delivery: Delivery, answer: Answer, bytes: number): void {
  const whole = begin(delivery, answer);
  delivery.response.write(whole.subarray(0, bytes), () => delivery.response.destroy());
}

async function drip(delivery: Delivery, answer: Answer, { bytes, everyMs }: Extract<Effect, { kind: 'drip' }>) {
  const whole = begin(delivery, answer);
  for (let sent = 0; sent < whole.length; sent += bytes) {
    await wait(everyMs, undefined, { signal: delivery.signal });
    if (delivery.response.destroyed) return;
    delivery.response.write(whole.subarray(sent, sent + bytes));
  }
  delivery.response.end();
}
