import { expect, it } from 'vitest';
import { environment } from './environment.js';

it('names the version of every client library that may be on the path of a message', async () => {
  const { libraries } = await environment();
  expect(Object.keys(libraries)).toEqual(expect.arrayContaining(['socket.io', 'ws', 'ioredis', 'amqplib', '@nats-io/transport-node']));
  expect(Object.entries(libraries).filter(([, version]) => !/^\d+\.\d+\.\d+/.test(version))).toEqual([]);
});
