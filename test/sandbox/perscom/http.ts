import { type IncomingHttpHeaders, request } from 'node:http';

/** What a client may set; nothing is added, so that a missing Accept header stays missing. */
export type Outgoing = {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A text is sent as it is, anything else as JSON. */
  readonly body?: unknown;
};

/** An answer read to its end. */
export type Incoming = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly text: string };

/** Sends one request on a connection of its own; rejects when the answer is missing or cut. */
export function send(url: string, { method = 'GET', path, headers = {}, body }: Outgoing): Promise<Incoming> {
  return new Promise((resolve, reject) => {
    const outgoing = request(`${url}${path}`, { method, headers, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body === undefined || typeof body === 'string' ? body : JSON.stringify(body));
  });
}
