import { createAdapter } from '@socket.io/redis-streams-adapter';
import type { BrokerPlace } from '../types.js';
import type { Boundary } from './boundary.js';
import { type Listener, newClient, type RedisClient } from './clients.js';
import { glanceAtEntry, glanceAtMap } from './glance.js';
import { Reading } from './reading.js';
import { Subscriptions } from './subscriptions.js';
import type { Wiring } from './wiring.js';

/** Plain text only, so that the adapter need not look for binary parts; the rest are its defaults. */
export const streamsSettings = {
  adapter: '@socket.io/redis-streams-adapter',
  onlyPlaintext: true,
  streamCount: 1,
  maxLength: 10_000,
  readCount: 100,
  blockTimeMs: 5_000,
} as const;

type Entry = Readonly<Record<string, string>>;

/** Every message is an entry of one stream that every node reads; questions and answers go through Pub/Sub. */
export function wireStreams(place: BrokerPlace, prefix: string, boundary: Boundary): Wiring {
  const publishing = newClient(place, 'publish');
  const subscriptions = new Subscriptions(place.id);
  const streamName = `${prefix}-stream`;
  const reading = new Reading(publishing, streamName);
  const { onlyPlaintext, streamCount, maxLength: maxLen, readCount, blockTimeMs: blockTimeInMs } = streamsSettings;
  const options = { streamName, channelPrefix: prefix, onlyPlaintext, streamCount, maxLen, readCount, blockTimeInMs };
  const copies: RedisClient[] = [];
  const duplicate = () => {
    const copy = publishing.duplicate({ disableOfflineQueue: false });
    copies.push(copy);
    return seenCopy(copy, boundary, subscriptions, reading);
  };
  return {
    clients: [publishing],
    copies,
    subscriptions,
    adapter: () => createAdapter(seenPublishing(publishing, boundary, duplicate), options),
    heard: () => reading.begun(),
    settle: () => reading.caughtUp(),
  };
}

function seenPublishing(client: RedisClient, boundary: Boundary, duplicate: () => RedisClient): RedisClient {
  return Object.assign(Object.create(client) as RedisClient, {
    duplicate,
    publish: (channel: string, message: Buffer) => boundary.sent(glanceAtMap(message), client.publish(channel, message), Number),
    xAdd: (...given: Parameters<RedisClient['xAdd']>) => boundary.sent(glanceAtEntry(given[2] as Entry), client.xAdd(...given), () => null),
  });
}

/** The adapter makes one copy to read the stream and one to subscribe; each uses its own half of this. */
function seenCopy(client: RedisClient, boundary: Boundary, subscriptions: Subscriptions, reading: Reading): RedisClient {
  const seen =
    (listener: Listener): Listener =>
    (message, channel) => {
      boundary.came('all', glanceAtMap(message));
      listener(message, channel);
    };
  const subscribe = (channels: string[], listener: Listener) => subscriptions.add(client.subscribe(channels, seen(listener), true), 'own');
  const xRead = async (...given: Parameters<RedisClient['xRead']>) => {
    const streams = await reading.read(client, () => client.xRead(...given));
    for (const { id, message } of streams?.[0]?.messages ?? []) {
      boundary.came('all', glanceAtEntry(message));
      reading.took(id);
    }
    return streams;
  };
  const disconnect = () => Promise.resolve(client.isOpen ? client.destroy() : undefined);
  return Object.assign(Object.create(client) as RedisClient, { subscribe, xRead, disconnect });
}
