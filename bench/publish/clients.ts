import { once } from 'node:events';
import { connect } from 'node:net';
import { Redis } from 'ioredis';
import { createClient } from 'redis';
import type { Message } from '../../src/routing/messages.js';
import { encodeFrame } from '../../src/transports/frame.js';
import { dial } from '../../src/transports/redis/dial.js';
import { classic } from '../../src/transports/redis/pubSub.js';
import { openRedis } from '../../src/transports/redis/transport.js';
import { connectionTimes } from '../../src/transports/times.js';
import type { LocalNode, TransportSettings } from '../../src/transports/types.js';

/** One way to speak to a Redis. */
export interface Client {
  /** Publishes so many messages in one turn of the event loop; resolves when all are answered. */
  publish(messages: number): Promise<void>;
  /** Resolves when it listens; `heard` is called with how many messages came. */
  listen(heard: (messages: number) => void): Promise<void>;
  close(): Promise<void>;
}

const settings: TransportSettings = { prefix: 'bench:publish:', frameKey: 7, queuedMessages: 50_000, queuedBytes: 2 ** 26 };
const message: Message<Buffer> = {
  kind: 'chat',
  id: 'n1-123456',
  view: 1,
  topics: ['u:user-1234'],
  body: Buffer.from(`2["message",{"from":"user-0001","text":"${'x'.repeat(20)}"}]`),
};
const frame = encodeFrame(message, settings.frameKey);
/** A channel of publishes that nobody hears, and one of what is heard. */
export const channels = { silent: `${settings.prefix}u:nobody`, heard: `${settings.prefix}u:user-1234` } as const;
const spoken = Buffer.concat([
  Buffer.from(`*3\r\n$7\r\nPUBLISH\r\n$${channels.heard.length}\r\n${channels.heard}\r\n$${frame.length}\r\n`),
  frame,
  Buffer.from('\r\n'),
]);
const lineFeed = 10;

/** By name, from the client that was used before to the least that a process can do. */
export const clients: Readonly<Record<string, (url: string) => Promise<Client>>> = {
  ioredis: openIoredis,
  'node-redis': openNodeRedis,
  own: openOwn,
  transport: openTransport,
  'bare RESP': openBare,
};

function times<T>(count: number, make: () => T): T[] {
  return Array.from({ length: count }, make);
}

/** With RESP3 and one write per turn, as the transport used it. */
async function openIoredis(url: string): Promise<Client> {
  const options = { lazyConnect: true, protocol: 3, replyMapping: 'legacy', disableClientInfo: true } as const;
  const [publisher, listener] = [new Redis(url, options), new Redis(url, options)];
  await Promise.all([publisher.connect(), listener.connect()]);
  return {
    publish: async (messages) => {
      publisher.stream.cork();
      setImmediate(() => publisher.stream.uncork());
      await Promise.all(times(messages, () => publisher.publish(channels.silent, frame)));
    },
    listen: async (heard) => {
      listener.on('messageBuffer', () => heard(1));
      await listener.subscribe(channels.heard);
    },
    close: async () => {
      publisher.disconnect();
      listener.disconnect();
    },
  };
}

async function openNodeRedis(url: string): Promise<Client> {
  const [publisher, listener] = [createClient({ url, RESP: 2 }), createClient({ url, RESP: 2 })];
  await Promise.all([publisher.connect(), listener.connect()]);
  return {
    publish: async (messages) => void (await Promise.all(times(messages, () => publisher.publish(channels.silent, frame)))),
    listen: (heard) => listener.subscribe(channels.heard, () => heard(1), true),
    close: async () => {
      publisher.destroy();
      listener.destroy();
    },
  };
}

/** The connection alone: bytes in, bytes out. */
async function openOwn(url: string): Promise<Client> {
  let heard: (messages: number) => void = () => {};
  const publisher = await dial(url, connectionTimes, { pubSub: classic, message: () => {} });
  const listener = await dial(url, connectionTimes, { pubSub: classic, message: () => heard(1) });
  return {
    publish: async (messages) => void (await Promise.all(times(messages, () => publisher.publish(channels.silent, frame)))),
    listen: (called) => {
      heard = called;
      return listener.subscribe(channels.heard);
    },
    close: async () => void (await Promise.all([publisher.end(), listener.end()])),
  };
}

/** All of the transport, as a chat node has it: messages in, messages out, bounded queues, definite outcomes. */
async function openTransport(url: string): Promise<Client> {
  let heard: (messages: number) => void = () => {};
  const node: LocalNode = {
    id: 'n1',
    arrived: () => heard(1),
    junk: (broker) => {
      throw new Error(`[${broker}] junk`);
    },
    lost: (broker) => {
      throw new Error(`[${broker}] is lost`);
    },
    reconnected: () => {},
  };
  const transport = await openRedis(node, [{ id: 'r1', url }], settings);
  const at = (channel: string) => ({ broker: 'r1', channel: channel.slice(settings.prefix.length) });
  return {
    publish: async (messages) => void (await Promise.all(times(messages, () => transport.publish(at(channels.silent), { ...message })))),
    listen: (called) => {
      heard = called;
      return transport.subscribe(at(channels.heard));
    },
    close: () => transport.close(),
  };
}

/** Counts line ends and bytes: the limit of what any client can reach. */
async function openBare(url: string): Promise<Client> {
  const port = Number(new URL(url).port);
  const [publisher, listener] = [connect({ port, noDelay: true }), connect({ port, noDelay: true })];
  await Promise.all([once(publisher, 'connect'), once(listener, 'connect')]);
  return {
    publish: (messages) =>
      publishBare(publisher, messages, Buffer.from(spoken.toString('latin1').replaceAll('user-1234', 'nobody123'), 'latin1')),
    listen: async (heard) => {
      listener.write(`SUBSCRIBE ${channels.heard}\r\n`);
      await once(listener, 'data');
      // A message is as long as its request: so are the words `message` and `PUBLISH`.
      const messageBytes = spoken.length;
      let bytes = 0;
      listener.on('data', (chunk) => {
        bytes += chunk.length;
        heard(Math.floor(bytes / messageBytes));
        bytes %= messageBytes;
      });
    },
    close: async () => {
      publisher.destroy();
      listener.destroy();
    },
  };
}

/** The same for whoever speaks to those that listen. */
export async function speak(port: number, turns: number, messages: number): Promise<void> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  for (let turn = 0; turn < turns; turn++) await publishBare(socket, messages, spoken);
  socket.destroy();
}

function publishBare(socket: ReturnType<typeof connect>, messages: number, request: Buffer): Promise<void> {
  return new Promise((resolve) => {
    let open = messages;
    const count = (chunk: Buffer) => {
      for (const byte of chunk) if (byte === lineFeed) open--;
      if (open > 0) return;
      socket.off('data', count);
      resolve();
    };
    socket.on('data', count);
    socket.write(Buffer.concat(times(messages, () => request)));
  });
}
