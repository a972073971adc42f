import { createServer, type RequestListener } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { createAttachments } from '../../src/discord/attachments.ts';

/** A Discord on this machine whose files are answered like this; answers its origin. */
async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}

const upload = (url: string, name = 'orders.md') => ({ name, size: 5, url });

async function read(answer: RequestListener, name?: string) {
  const origin = await serve(answer);
  return createAttachments(`${origin}/api`, 300).read(upload(`${origin}/file`, name));
}

test('a file is read as UTF-8, without its byte-order mark', async () => {
  const result = await read((_, response) => response.end(Buffer.from('\ufeffAlpha é 🎖️')));
  expect(result).toEqual({ ok: true, value: { name: 'orders.md', text: 'Alpha é 🎖️' } });
});

test.each<readonly [string, RequestListener, string]>([
  ['is gone', (_, response) => response.writeHead(404).end('no'), 'file-not-read'],
  [
    'leads elsewhere',
    (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end(),
    'file-not-read',
  ],
  [
    'breaks off',
    (_, response) => void response.writeHead(200, { 'content-length': 9 }).write('abc', () => response.destroy()),
    'file-not-read',
  ],
  ['never comes', () => undefined, 'file-not-read'],
  [
    'is said to be too large',
    (_, response) => response.writeHead(200, { 'content-length': 70_000 }).end(),
    'file-too-large',
  ],
  [
    'turns out too large',
    (_, response) => void response.write('x'.repeat(40_000), () => response.end('x'.repeat(40_000))),
    'file-too-large',
  ],
  ['is no UTF-8', (_, response) => response.end(Buffer.from([0x61, 0xff, 0xfe])), 'not-a-text-file'],
  ['holds a zero', (_, response) => response.end('a\0b'), 'not-a-text-file'],
])('a file that %s is refused', async (_, answer, kind) => {
  expect(await read(answer)).toEqual({ ok: false, error: expect.objectContaining({ kind, name: 'orders.md' }) });
});

test('a file of another kind, or too large by what Discord says of it, is not even fetched', async () => {
  const asked: string[] = [];
  const origin = await serve(({ url }, response) => {
    asked.push(url ?? '');
    response.end('a');
  });
  const attachments = createAttachments(origin);
  const results = await Promise.all([
    attachments.read(upload(`${origin}/a`, 'orders.exe')),
    attachments.read({ ...upload(`${origin}/a`), size: 65_536 }),
  ]);
  expect(results.map((result) => (result.ok ? 'read' : result.error.kind))).toEqual([
    'not-a-text-file',
    'file-too-large',
  ]);
  expect(asked).toEqual([]);
});

test.each([
  'http://cdn.discordapp.com/a.md',
  'https://cdn.discordapp.com.evil.test/a.md',
  'https://evil.test/a.md',
  'http://169.254.169.254/latest/meta-data',
  'file:///etc/passwd',
  'not an address',
])('nothing is fetched from %s', async (url) => {
  const result = await createAttachments('https://discord.com/api').read(upload(url));
  expect(result).toEqual({ ok: false, error: { kind: 'file-not-read', name: 'orders.md' } });
});

test('another port of this machine is not Discord', async () => {
  const origin = await serve((_, response) => response.end('secret'));
  const result = await createAttachments('http://127.0.0.1:1/api').read(upload(`${origin}/a`));
  expect(result.ok).toBe(false);
});
