/** A server without any of ours, as a process of its own: `socket.io` or `echo`. It says its port on standard output and ends with its parent. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { WebSocketServer } from 'ws';

const http = createServer();

/** What the chat node does for a message, with Socket.IO's means and nothing else: a room per user, an emit to it, an acknowledgement. */
function serveSocketIo(): void {
  const io = new Server(http, { transports: ['websocket'], serveClient: false, perMessageDeflate: false });
  let said = 0;
  io.on('connection', (socket) => {
    const user = String(socket.handshake.auth.token);
    void socket.join(user);
    socket.on('message', ({ to, text }: { to: string; text: string }, acknowledge: (reply: object) => void) => {
      const id = `n1-${++said}`;
      io.to(to).emit('message', { id, from: user, to, text });
      acknowledge({ ok: true, id });
    });
  });
}

function serveEcho(): void {
  const server = new WebSocketServer({ server: http, perMessageDeflate: false });
  server.on('connection', (socket) => socket.on('message', (bytes, binary) => socket.send(bytes, { binary })));
}

if (process.argv[2] === 'socket.io') serveSocketIo();
else serveEcho();
http.listen(0, '127.0.0.1');
await once(http, 'listening');
process.stdout.write(`${(http.address() as AddressInfo).port}\n`);
process.stdin.on('end', () => process.exit(0)).resume();
