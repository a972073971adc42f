import { setMaxListeners } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Profile } from './batch.ts';
import { deliver } from './deliver.ts';
import { createFaultQueue, type Fault, type InjectedFault } from './fault.ts';
import { createPerscom } from './handle.ts';
import { createNoRateLimit, createRateLimit } from './rate-limit.ts';
import { parseJson, type RawRequest, readRequest } from './request.ts';
import { buildWorld, type World } from './world.ts';

export type { Profile } from './batch.ts';
export type { Fault } from './fault.ts';
export type { ApiKey, StoredEvent, World } from './world.ts';

/** A request as it came in. */
export type RecordedRequest = {
  readonly method: string;
  /** Without its query. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  /** Parsed JSON, or the raw text where it is none. */
  readonly body: unknown;
  /** Null while, or because, it was never answered. */
  readonly status: number | null;
  /** When it had been read, by the sandbox's clock. */
  readonly at: number;
};

/** A PERSCOM that runs on this machine. */
export type PerscomSandbox = {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string;
  /** The live state; tests read and mutate it. */
  readonly world: World;
  /** Every request since the start, in order of arrival. */
  readonly requests: readonly RecordedRequest[];
  /** The batch PATCHes among them. */
  patches(): readonly RecordedRequest[];
  /** Queues a disturbance for the next request that matches. */
  inject(fault: Fault): InjectedFault;
  /** Refuses new connections, and ends the open ones as soon as their request is answered. */
  refuseConnections(): void;
  /** Listens again, where it did. */
  acceptConnections(): void;
  /** Stops listening and cuts every connection, hanging ones included. */
  close(): Promise<void>;
};

/** How to run a sandbox; only the profile must be chosen. */
export type PerscomOptions = {
  readonly profile: Profile;
  readonly world?: World;
  /** Any free one unless given. */
  readonly port?: number;
  /** 100 requests a minute, as recorded; off unless true. */
  readonly rateLimit?: boolean;
  /** Answers GETs from the state before the last PATCH, as a cache might; search is never stale. */
  readonly staleGets?: boolean;
  readonly now?: () => number;
};

/** Starts a PERSCOM on loopback and resolves when it listens. */
export async function startPerscom(options: PerscomOptions): Promise<PerscomSandbox> {
  const { profile, rateLimit = false, staleGets = false, now = Date.now, port = 0 } = options;
  const world = options.world ?? buildWorld({ now: now() });
  const limit = rateLimit ? createRateLimit() : createNoRateLimit();
  const perscom = createPerscom({ profile, world, rateLimit: limit, now, staleGets });
  const faults = createFaultQueue();
  const requests: RecordedRequest[] = [];
  const closing = new AbortController();
  // Every answer that is being delayed listens to it.
  setMaxListeners(0, closing.signal);
  const open = new Set<ServerResponse>();

  async function answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await readRequest(message);
    const recorded = record(request, now());
    requests.push(recorded);
    const delivery = {
      ...{ request, response, world, signal: closing.signal },
      handle: () => perscom(request, message.socket.remoteAddress ?? '', `http://${message.headers.host ?? ''}`),
      answered: (status: number) => {
        recorded.status = status;
      },
    };
    await deliver(delivery, faults.take(request.method, request.path));
  }

  const server = createServer((message, response) => {
    open.add(response);
    response.once('close', () => open.delete(response));
    answer(message, response).catch((error: unknown) => abandon(response, error, closing.signal));
  });
  const url = await listen(server, port);
  return {
    url,
    world,
    requests,
    patches: () => requests.filter(({ method, path }) => method === 'PATCH' && path.endsWith('/events/batch')),
    inject: faults.add,
    refuseConnections() {
      for (const response of open) response.shouldKeepAlive = false;
      server.close();
    },
    acceptConnections: () => void server.listen(Number(new URL(url).port), '127.0.0.1'),
    close: () => stop(server, closing),
  };
}

type OpenRecord = Omit<RecordedRequest, 'status'> & { status: number | null };

function record({ method, path, search, headers, text }: RawRequest, at: number): OpenRecord {
  const parsed = parseJson(text);
  return { method, path, query: search, headers, body: parsed === undefined ? text : parsed, status: null, at };
}

/** A client that left or a closing sandbox is nothing; anything else is a bug here and must be seen. */
function abandon(response: ServerResponse, error: unknown, closing: AbortSignal): void {
  if (closing.aborted || response.destroyed) return;
  if (response.headersSent) return void response.destroy();
  response.writeHead(599, { 'content-type': 'text/plain' }).end(`sandbox bug: ${String(error)}`);
}

function listen(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : port}`);
    });
  });
}

function stop(server: Server, closing: AbortController): Promise<void> {
  closing.abort();
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
