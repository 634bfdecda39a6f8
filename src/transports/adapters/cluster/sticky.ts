import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Server } from 'socket.io';

/**
 * Long-polling is many requests, each perhaps on a connection of its own, and one worker knows the session; but the primary hands each
 * connection, unread, to the next worker that is free (docs/decisions/11). So the session's id names its worker by a port of that worker alone,
 * and whichever worker gets a request passes it on to there. The port is signed: a client cannot have requests sent to any other.
 */
export async function makeSticky(io: Server, secret: string): Promise<void> {
  if (!io.engine.opts.transports?.includes('polling')) return;
  const own = await privatePort(io);
  const generateId = io.engine.generateId.bind(io.engine);
  io.engine.generateId = async (asked) => `${await generateId(asked)}.${own}.${signature(own, secret)}`;
  const listeners = io.httpServer.listeners('request');
  io.httpServer.removeAllListeners('request');
  io.httpServer.on('request', (asked: IncomingMessage, response: ServerResponse) => {
    const port = portOf(asked, secret);
    if (port !== undefined && port !== own) passOn(asked, response, port);
    else for (const listener of listeners) Reflect.apply(listener, io.httpServer, [asked, response]);
  });
}

/** Where the other workers reach this one; the cluster does not share it. It keeps no process alive. */
async function privatePort(io: Server): Promise<number> {
  const door = createServer((asked, response) => io.httpServer.emit('request', asked, response));
  door.listen({ host: '127.0.0.1', port: 0, exclusive: true }).unref();
  await once(door, 'listening');
  return (door.address() as AddressInfo).port;
}

/** The port in the session's id, if it is one that a worker signed. */
export function portOf({ url = '' }: Pick<IncomingMessage, 'url'>, secret: string): number | undefined {
  const [, port, signed] = /[?&]sid=[^&.]*\.(\d{1,5})\.([\w-]+)(?:&|$)/.exec(url) ?? [];
  if (port === undefined || signed === undefined) return undefined;
  const [given, right] = [Buffer.from(signed), Buffer.from(signature(Number(port), secret))];
  return given.length === right.length && timingSafeEqual(given, right) ? Number(port) : undefined;
}

export function signature(port: number, secret: string): string {
  return createHmac('sha256', secret).update(`port ${port}`).digest('base64url');
}

/** A worker that is gone has no sessions: its clients learn it as they would from a proxy. */
function passOn(asked: IncomingMessage, response: ServerResponse, port: number): void {
  const { method, url, headers } = asked;
  const passed = request({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  passed.on('error', () => {
    if (response.headersSent) response.destroy();
    else response.writeHead(502).end();
  });
  response.on('close', () => passed.destroy());
  asked.pipe(passed);
}
