import cluster from 'node:cluster';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setupPrimary } from '@socket.io/cluster-adapter';
import { Relayed } from './relayed.js';

/** What a chat node is forked with. */
export interface Fork {
  readonly file: string;
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * The primary of a cluster: it hands every message of a worker on to the others, and every client, unread, to the next worker that is free.
 * Answers with the port where bench asks for forks and counters.
 */
export async function startPrimary(secret: string): Promise<number> {
  setupPrimary();
  cluster.schedulingPolicy = cluster.SCHED_RR;
  const relayed = new Relayed();
  const control = createServer((request, response) => {
    if (request.headers.authorization === `Bearer ${secret}`) answer(request, response, relayed);
    else response.writeHead(401).end();
  });
  control.listen(0, '127.0.0.1');
  await once(control, 'listening');
  return (control.address() as AddressInfo).port;
}

function answer(request: IncomingMessage, response: ServerResponse, relayed: Relayed): void {
  if (request.method === 'GET') {
    const { user, system } = process.cpuUsage();
    response.end(JSON.stringify({ ...relayed.counted, cpuUs: user + system, memoryBytes: process.memoryUsage.rss() }));
    return;
  }
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.once('end', () => fork(JSON.parse(Buffer.concat(chunks).toString('utf8')) as Fork, response));
}

/** The first line of the answer names the process; the last, when it has ended, how. */
function fork({ file, environment }: Fork, response: ServerResponse): void {
  cluster.setupPrimary({ exec: file, serialization: 'advanced' });
  const worker = cluster.fork(environment);
  response.write(`${worker.process.pid}\n`);
  worker.once('exit', (code: number | null, signal: string | null) => response.end(`${signal ?? `exit code ${code}`}\n`));
}
