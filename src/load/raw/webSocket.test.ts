import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { type WebSocket as ServerSocket, WebSocketServer } from 'ws';
import { addressOf } from './address.js';
import { Turn } from './turn.js';
import { WebSocket } from './webSocket.js';

/** The `ws` package as judge of what is written. */
async function pair(): Promise<{ readonly client: WebSocket; readonly server: ServerSocket; readonly heard: string[]; writes(): number }> {
  const http = createServer().listen(0, '127.0.0.1');
  await once(http, 'listening');
  const sockets = new WebSocketServer({ server: http });
  const connected = once(sockets, 'connection');
  const address = addressOf(`ws://127.0.0.1:${(http.address() as AddressInfo).port}`);
  const shared = { turn: new Turn(), readBuffer: Buffer.alloc(1024) };
  const client = new WebSocket(address, shared, { text: () => {}, binary: () => {}, closed: () => {} });
  const [server, request] = (await connected) as [ServerSocket, { readonly socket: { on(event: 'data', listener: () => void): void } }];
  const heard: string[] = [];
  server.on('message', (bytes) => heard.push(String(bytes)));
  let chunks = 0;
  request.socket.on('data', () => chunks++);
  onTestFinished(() => {
    client.close();
    server.terminate();
    http.close();
  });
  return { client, server, heard, writes: () => chunks };
}

it('writes texts of any length and alphabet, in order', async () => {
  const { client, heard } = await pair();
  const texts = ['', 'x', 'Привет 👋', '\uFFFD', ...[125, 126, 65_535, 65_536, 200_000].map((length) => 'y'.repeat(length)), 'end'];
  for (const text of texts) client.send(text);
  await expect.poll(() => heard.length).toBe(texts.length);
  expect(heard).toEqual(texts);
});

it('writes once for all that is said in one turn of the event loop', async () => {
  const { client, heard, writes } = await pair();
  for (let number = 0; number < 50; number++) client.send(`${number}`);
  await expect.poll(() => heard.length).toBe(50);
  expect(writes()).toBe(1);
});

it('masks equal texts differently', async () => {
  const { client, heard } = await pair();
  client.send('same');
  client.send('same');
  await expect.poll(() => heard).toEqual(['same', 'same']);
});

it('loses and changes nothing while the other end does not read', async () => {
  const { client, server, heard } = await pair();
  server.pause();
  const texts = Array.from({ length: 400 }, (_, number) => `${number} `.padEnd(50_000, '.'));
  for (const text of texts) {
    client.send(text);
    await new Promise(setImmediate);
  }
  server.resume();
  await expect.poll(() => heard.length, { timeout: 20_000 }).toBe(texts.length);
  expect(heard).toEqual(texts);
});
