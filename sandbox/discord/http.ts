import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type Answer, ok, refusals } from './answer.ts';
import type { Attachment } from './message.ts';
import { answerCall, findRoute, isAuthorized } from './routes/router.ts';
import type { UploadedFile, World } from './world.ts';

/** What the HTTP side needs besides the world. */
export type HttpOptions = {
  readonly world: World;
  readonly record: boolean;
  readonly gatewayUrl: () => string;
  /** Called after every answer. */
  readonly onAnswered: () => void;
};

type Body = { readonly json: unknown; readonly files: readonly Attachment[]; readonly isBroken: boolean };

/** The REST side of the stand-in, not yet listening. */
export function createRestServer(options: HttpOptions): Server {
  const server = createServer((request, response) => {
    serve(options, request, response).catch((error: unknown) => crash(options.world, request, response, error));
  });
  server.keepAliveTimeout = 120_000;
  return server;
}

/** A bug of the stand-in itself: recorded, so that no test passes over it. */
function crash(
  world: World,
  { method = '', url = '' }: IncomingMessage,
  response: ServerResponse,
  error: unknown,
): void {
  const reason = `The stand-in crashed: ${error instanceof Error ? error.stack : String(error)}`;
  world.violations.push({ code: 0, reason, issues: [], request: { method, path: url, body: null }, at: world.now() });
  send(response, { status: 500, body: { code: 0, message: reason } });
}

async function serve(options: HttpOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { world } = options;
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const raw = await readAll(request);
  const upload = [...world.uploads.values()].find(({ path }) => path === url.pathname);
  if (upload !== undefined) return sendFile(response, upload);
  const receivedAt = performance.now();
  const body = await parseBody(world, request, raw);
  const answer = body.isBroken ? refusals.notJson() : answerTo(options, request, url, body, receivedAt);
  note(options, request.method ?? '', url, body.json, answer);
  send(response, answer);
  options.onAnswered();
}

function answerTo(options: HttpOptions, request: IncomingMessage, url: URL, body: Body, receivedAt: number): Answer {
  const path = url.pathname.replace(/^\/api(?:\/v\d+)?/, '');
  if (path === '/gateway' || path === '/gateway/bot')
    return gatewayAnswer(options, path, request.headers.authorization);
  const { method = '' } = request;
  const match = findRoute(method, path);
  if ('status' in match) return match;
  const { json, files } = body;
  const call = { world: options.world, method, query: url.searchParams, body: json, files, receivedAt };
  return answerCall(match, call, request.headers.authorization);
}

function gatewayAnswer({ world, gatewayUrl }: HttpOptions, path: string, authorization: string | undefined): Answer {
  const url = gatewayUrl();
  if (path === '/gateway') return ok({ url });
  if (!isAuthorized(world.token, authorization)) return refusals.unauthorized();
  const limit = { total: 1000, remaining: 1000, reset_after: 0, max_concurrency: 1 };
  return ok({ url, shards: 1, session_start_limit: limit });
}

function note(options: HttpOptions, method: string, url: URL, body: unknown, answer: Answer): void {
  const { world, record } = options;
  const path = decodeURIComponent(url.pathname);
  const at = world.now();
  if (record) world.requests.push({ method, path, query: url.search, body, status: answer.status, at });
  if (answer.refused) world.violations.push({ ...answer.refused, request: { method, path, body }, at });
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function parseBody(world: World, request: IncomingMessage, raw: Buffer): Promise<Body> {
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('multipart/form-data')) return parseForm(world, type, raw);
  return { ...parseJson(raw.toString()), files: [] };
}

function parseJson(text: string): Pick<Body, 'json' | 'isBroken'> {
  if (text === '') return { json: undefined, isBroken: false };
  try {
    return { json: JSON.parse(text), isBroken: false };
  } catch {
    return { json: text, isBroken: true };
  }
}

async function parseForm(world: World, type: string, raw: Buffer): Promise<Body> {
  const form = await new Response(raw, { headers: { 'content-type': type } }).formData();
  const files: Attachment[] = [];
  for (const value of form.values()) {
    if (typeof value !== 'string') files.push({ id: world.nextId(), filename: value.name, size: value.size });
  }
  return { ...parseJson(String(form.get('payload_json') ?? '')), files };
}

function sendFile(response: ServerResponse, { content, isLost }: UploadedFile): void {
  if (isLost) return void response.writeHead(404).end();
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': content.length });
  response.end(content);
}

function send(response: ServerResponse, answer: Answer): void {
  if (answer.body === undefined) {
    response.writeHead(answer.status).end();
    return;
  }
  const text = JSON.stringify(answer.body);
  response.writeHead(answer.status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}
