import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** A request with its whole body read, before any of it is interpreted. */
export type RawRequest = {
  readonly method: string;
  readonly path: string;
  /** As it came, without the question mark. */
  readonly search: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
};

/** Reads `message` to its end. */
export async function readRequest(message: IncomingMessage): Promise<RawRequest> {
  const url = new URL(message.url ?? '/', 'http://sandbox');
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk));
  return {
    method: message.method ?? 'GET',
    path: url.pathname,
    search: url.search.slice(1),
    query: url.searchParams,
    headers: message.headers,
    text: Buffer.concat(chunks).toString('utf8'),
  };
}

/** The JSON in `text`; undefined when there is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether `value` is an object keyed by text, and no list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The input the server's controllers see: JSON or form fields, every text trimmed, blank texts as null.
 * What cannot be read counts as no input at all.
 */
export function readInput({ headers, text }: RawRequest): Record<string, unknown> {
  const type = headers['content-type'] ?? '';
  if (type.includes('application/x-www-form-urlencoded')) return trimRecord(parseForm(text));
  const parsed = /[/+]json/.test(type) ? parseJson(text) : undefined;
  return isRecord(parsed) ? trimRecord(parsed) : {};
}

/** The method meant: a POST may stand for another with `_method`. */
export function meantMethod(method: string, input: Record<string, unknown>): string {
  const override = input._method;
  return method === 'POST' && typeof override === 'string' ? override.toUpperCase() : method;
}

const BLANK_EDGES = /^[\s\u200B\u200E\uFEFF]+|[\s\u200B\u200E\uFEFF]+$/gu;

function trimRecord(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, trimmed(value)]));
}

function trimmed(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(BLANK_EDGES, '') || null;
  if (Array.isArray(value)) return value.map(trimmed);
  return isRecord(value) ? trimRecord(value) : value;
}

/** Form fields with PHP's brackets: `resources[1][name]=x`. */
function parseForm(text: string): Record<string, unknown> {
  const form: Record<string, unknown> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    putAt(
      form,
      name.split('[').map((part) => part.replace(/\]$/, '')),
      value,
    );
  }
  return form;
}

function putAt(target: Record<string, unknown>, path: readonly string[], value: string): void {
  const [key = '', ...rest] = path;
  if (rest.length === 0) {
    target[key] = value;
    return;
  }
  const inner = target[key];
  const next = isRecord(inner) ? inner : {};
  target[key] = next;
  putAt(next, rest, value);
}
