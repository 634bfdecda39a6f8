import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { expect, onTestFinished, test } from 'vitest';
import { type Hooks, request } from './driver.js';
import { socketIoDriver } from './socketIoDriver.js';

async function serve(): Promise<{ readonly io: Server; readonly url: string }> {
  const http = createServer().listen(0, '127.0.0.1');
  await once(http, 'listening');
  const io = new Server(http);
  onTestFinished(() => io.close());
  return { io, url: `http://127.0.0.1:${(http.address() as AddressInfo).port}` };
}

function listener(): Hooks & { readonly cuts: string[] } {
  const cuts: string[] = [];
  return { cuts, pushed: () => {}, cut: (reason) => cuts.push(reason) };
}

test('a connect that is cut before it is acknowledged fails at once, with the reason, and is no cut of a connection', async () => {
  const { io, url } = await serve();
  io.use((socket) => socket.conn.close());
  const hooks = listener();
  const connected = socketIoDriver.connect({ url, token: 'x', timeoutMs: 60_000 }, hooks);
  await expect(connected).rejects.toThrow('closed before the acknowledgement: transport close');
  expect(hooks.cuts).toEqual([]);
});

test('a connection that is cut after it was acknowledged says so once', async () => {
  const { io, url } = await serve();
  io.on('connection', (socket) => socket.on('sync', () => socket.disconnect(true)));
  const hooks = listener();
  const connection = await socketIoDriver.connect({ url, token: 'x', timeoutMs: 60_000 }, hooks);
  expect(await request(connection, 'sync', {})).toMatchObject({ ok: false, error: 'unknown' });
  expect(hooks.cuts).toEqual(['io server disconnect']);
});

test('a connect that the network refuses fails with the words of the network', async () => {
  const connected = socketIoDriver.connect({ url: 'http://127.0.0.1:1', token: 'x', timeoutMs: 60_000 }, listener());
  await expect(connected).rejects.toThrow('websocket error: connect ECONNREFUSED 127.0.0.1:1');
});
