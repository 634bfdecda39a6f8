import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { isIP } from 'node:net';
import { unavailable, wordsOf } from '../../error.js';
import type { Language } from '../../report/language.js';
import { type Answer, answerTo, notice } from './answers.js';
import type { ResultsFolder } from './folder.js';

export interface Served {
  readonly folder: ResultsFolder;
  readonly host: string;
  readonly port: number;
  readonly language: Language;
}

/** On every answer: nothing else may read it, frame it, keep it or guess its type. */
const always = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
} as const;

export async function serve({ folder, host, port, language }: Served): Promise<Server> {
  const server = createServer((request, response) => {
    void answered(request, { folder, host, language }).then((answer) => send(response, answer, request.method === 'HEAD'));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(notListening(error, host, port)));
    server.listen(port, host, resolve);
  });
  return server;
}

function notListening(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === 'EADDRINUSE') return unavailable(`port ${port} of ${host} is taken: name another with --port, or leave it out`, error);
  return unavailable(`cannot listen at ${host}, port ${port}: ${wordsOf(error)}; name others with --host and --port`, error);
}

type Asked = Pick<Served, 'folder' | 'host' | 'language'>;

/** A fault of ours is told on the terminal, and ends nothing. */
async function answered(request: IncomingMessage, { folder, host, language }: Asked): Promise<Answer> {
  if (!isOwnHost(request.headers.host, host)) return notice(421, 'This server is not asked for by that name.', language);
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    const refused = notice(405, 'Only GET and HEAD are answered here.', language);
    return { ...refused, headers: { ...refused.headers, allow: 'GET, HEAD' } };
  }
  // Not by URL, which would resolve `..` and what stands for it.
  const [path = '/', query = ''] = (request.url ?? '/').split(/\?(.*)/s);
  try {
    return await answerTo(path, new URLSearchParams(query), folder, language);
  } catch (error) {
    process.stderr.write(`${path}: ${wordsOf(error)}\n`);
    return notice(500, 'This page cannot be made; the terminal of bench serve says why.', language);
  }
}

/** A page from elsewhere can make its own name lead here (DNS rebinding); it cannot make an address its name. */
export function isOwnHost(header: string | undefined, host: string): boolean {
  const name = /^(\[[\da-f:.]+\]|[^:[\]/@]+)(:\d+)?$/i.exec(header ?? '')?.[1]?.toLowerCase() ?? '';
  const bare = name.replace(/^\[|\]$/g, '');
  return isIP(bare) !== 0 || bare === 'localhost' || bare === host.toLowerCase();
}

function send(response: ServerResponse, { status, headers, body }: Answer, isHead: boolean): void {
  const length = String(typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength);
  response.writeHead(status, { ...always, ...headers, 'content-length': length });
  response.end(isHead ? undefined : body);
}
