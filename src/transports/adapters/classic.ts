import { createAdapter } from '@socket.io/redis-adapter';
import type { BrokerPlace } from '../types.js';
import type { Boundary } from './boundary.js';
import { answersWithinMs, type Listener, newClient, type RedisClient } from './clients.js';
import { glanceAtBroadcast, glanceAtRequest, glanceAtResponse } from './glance.js';
import { Subscriptions } from './subscriptions.js';
import type { Wiring } from './wiring.js';

/** The option that its documentation will make the default: an answer goes to who asked, not to everybody. */
export const classicSettings = { adapter: '@socket.io/redis-adapter', publishOnSpecificResponseChannel: true } as const;

/** One pattern for broadcasts, one channel for requests and two for responses, for every node; subscribed once and for all. */
export function wireClassic(place: BrokerPlace, key: string, boundary: Boundary): Wiring {
  const publishing = newClient(place, 'publish');
  const listening = newClient(place, 'subscribe');
  const subscriptions = new Subscriptions(place.id);
  return {
    clients: [publishing, listening],
    subscriptions,
    adapter: () =>
      createAdapter(seenPublishing(publishing, key, boundary), seenListening(listening, key, boundary, subscriptions), {
        key,
        publishOnSpecificResponseChannel: classicSettings.publishOnSpecificResponseChannel,
        requestsTimeout: answersWithinMs,
      }),
    settle: () => listening.ping().then(() => undefined),
  };
}

function seenPublishing(client: RedisClient, key: string, boundary: Boundary): RedisClient {
  const publish = (channel: string, message: string | Buffer) =>
    boundary.sent(glanceAt(key, channel, Buffer.from(message)), client.publish(channel, message), Number);
  return Object.assign(Object.create(client) as RedisClient, { publish });
}

function seenListening(client: RedisClient, key: string, boundary: Boundary, subscriptions: Subscriptions): RedisClient {
  const seen =
    (listener: Listener): Listener =>
    (message, channel) => {
      boundary.came('all', glanceAt(key, channel.toString('utf8'), message));
      listener(message, channel);
    };
  return Object.assign(Object.create(client) as RedisClient, {
    pSubscribe: (pattern: string, listener: Listener) => subscriptions.add(client.pSubscribe(pattern, seen(listener), true), 'own'),
    subscribe: (channels: string[], listener: Listener) => subscriptions.add(client.subscribe(channels, seen(listener), true), 'own'),
    pUnsubscribe: (pattern: string) => subscriptions.leave(client.pUnsubscribe(pattern)),
    unsubscribe: (channel: string) => subscriptions.leave(client.unsubscribe(channel)),
  });
}

function glanceAt(key: string, channel: string, message: Buffer) {
  if (channel.startsWith(`${key}-request#`)) return glanceAtRequest(message);
  if (channel.startsWith(`${key}-response#`)) return glanceAtResponse(message);
  return glanceAtBroadcast(message, channel.slice(`${key}#/#`.length, -1));
}
