import type { Attachments } from '../app/ports.ts';
import { MAX_TEXT_BYTES } from '../domain/field.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { FILE_TYPES, type FileError } from '../domain/texts/text-field.ts';

/** A form is answered within seconds, and what is uploaded is a page of text. */
const TIMEOUT_MS = 2_000;

/** Where Discord keeps what is uploaded (Discord docs, CDN endpoints and Attachment Object). */
const CDN = new Set(['cdn.discordapp.com', 'media.discordapp.net']);

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Whether a file may be fetched from `url`: from Discord's own, over https; in clear text from this machine only. */
function isDiscords(url: string, apiUrl: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, origin } = new URL(url);
  const isOwn = CDN.has(hostname) || origin === new URL(apiUrl).origin;
  return isOwn && (protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname)));
}

/** The body, or null as soon as it is longer than a text may be. */
async function readBody({ body, headers }: Response): Promise<Buffer | null> {
  if (Number(headers.get('content-length') ?? 0) > MAX_TEXT_BYTES) return null;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > MAX_TEXT_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Text in UTF-8, without a byte-order mark; null for anything else. */
function decode(bytes: Buffer): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
}

async function fetchBody(url: string, timeoutMs: number): Promise<Result<Buffer | null, 'failed'>> {
  try {
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
    return response.ok ? ok(await readBody(response)) : err('failed');
  } catch {
    return err('failed');
  }
}

/** Reads what was uploaded to Discord, whose REST base is `apiUrl`, and from nowhere else. */
export function createAttachments(apiUrl: string, timeoutMs: number = TIMEOUT_MS): Attachments {
  return {
    async read({ name, size, url }) {
      const refuse = (kind: 'file-not-read' | 'not-a-text-file'): Result<never, FileError> => err({ kind, name });
      const tooLarge = err({ kind: 'file-too-large', name, maxBytes: MAX_TEXT_BYTES } as const);
      if (!FILE_TYPES.some((end) => name.toLowerCase().endsWith(end))) return refuse('not-a-text-file');
      if (size > MAX_TEXT_BYTES) return tooLarge;
      if (!isDiscords(url, apiUrl)) return refuse('file-not-read');
      const body = await fetchBody(url, timeoutMs);
      if (!body.ok) return refuse('file-not-read');
      if (body.value === null) return tooLarge;
      const text = decode(body.value);
      return text === null ? refuse('not-a-text-file') : ok({ name, text });
    },
  };
}
