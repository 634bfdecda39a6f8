import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { BareSocket, type Town } from './bareSocket.js';

/**
 * The servers that generators are measured against, a process of their own: `socket.io` does what a chat server does with the official
 * library and nothing else, `net` the same for less than a message costs any generator, which is then the limit. On the message `counts` it says
 * how many messages it took and how many sockets it has.
 */
export interface ServerCounts {
  readonly messages: number;
  readonly sockets: number;
}

const town: Town = { sockets: new Map(), messages: 0 };
/** Clients without a token are the users u0, u1, ... */
let anonymous = 0;
let sockets = () => town.sockets.size;

function serveSocketIo(http: ReturnType<typeof createServer>): void {
  const io = new Server(http, { transports: ['websocket'], serveClient: false, perMessageDeflate: false });
  sockets = () => io.engine.clientsCount;
  io.on('connection', (socket) => {
    const from = userOf(String(socket.handshake.auth.token)) || `u${anonymous++}`;
    void socket.join(from);
    socket.on('message', ({ to, text }: { to: string; text: string }, answer: (reply: object) => void) => {
      const id = `b-${++town.messages}`;
      io.to(to).emit('message', { id, from, to, text });
      answer({ ok: true, id });
    });
    socket.on('sync', (_nothing: unknown, answer: (reply: object) => void) => answer({ ok: true }));
  });
}

function serveNet(http: ReturnType<typeof createServer>): void {
  http.on('upgrade', ({ headers, socket }: IncomingMessage) => new BareSocket(socket, String(headers['sec-websocket-key']), town, userOf));
}

/** The user that a token names; who checks it is another matter. */
function userOf(token: string): string {
  const [, claims = ''] = token.split('.');
  return (JSON.parse(Buffer.from(claims, 'base64url').toString() || '{}') as { sub?: string }).sub ?? '';
}

const http = createServer((_request, response) => response.end()).listen(0, '127.0.0.1', 4096, () => {
  process.send?.({ url: `http://127.0.0.1:${(http.address() as AddressInfo).port}` });
});
if (process.argv[2] === 'net') serveNet(http);
else serveSocketIo(http);
process.on('message', () => process.send?.({ messages: town.messages, sockets: sockets() } satisfies ServerCounts));
process.on('disconnect', () => process.exit(0));
