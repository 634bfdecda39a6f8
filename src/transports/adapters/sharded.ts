import { createShardedAdapter } from '@socket.io/redis-adapter';
import { usage } from '../../error.js';
import type { Options } from '../../routing/types.js';
import type { BrokerPlace } from '../types.js';
import type { Boundary } from './boundary.js';
import { type Listener, newClient, type RedisClient } from './clients.js';
import { glanceAtJson } from './glance.js';
import { Subscriptions } from './subscriptions.js';
import type { Wiring } from './wiring.js';

export const shardedSettings = { adapter: '@socket.io/redis-adapter createShardedAdapter' } as const;
const modes = ['static', 'dynamic', 'dynamic-private'] as const;

/** Two channels for every node, and in the dynamic modes one for every room; the adapter does not wait until a room's channel is heard. */
export function wireSharded(place: BrokerPlace, channelPrefix: string, boundary: Boundary, { mode = 'dynamic' }: Options): Wiring {
  const subscriptionMode = modes.find((known) => known === mode);
  if (subscriptionMode === undefined) throw usage(`[adapter-sharded] mode is one of ${modes.join(', ')}, not ${mode}`);
  const publishing = newClient(place, 'publish');
  const listening = newClient(place, 'subscribe');
  const subscriptions = new Subscriptions(place.id);
  const base = `${channelPrefix}#/#`;
  return {
    clients: [publishing, listening],
    subscriptions,
    windows: subscriptionMode !== 'static',
    adapter: () =>
      createShardedAdapter(seenPublishing(publishing, boundary), seenListening(listening, base, boundary, subscriptions), {
        channelPrefix,
        subscriptionMode,
      }),
    settle: () => listening.ping().then(() => undefined),
  };
}

function seenPublishing(client: RedisClient, boundary: Boundary): RedisClient {
  const sPublish = (channel: string, message: string | Buffer) =>
    boundary.sent(glanceAtJson(Buffer.from(message)), client.sPublish(channel, message), Number);
  return Object.assign(Object.create(client) as RedisClient, { sPublish });
}

function seenListening(client: RedisClient, base: string, boundary: Boundary, subscriptions: Subscriptions): RedisClient {
  const sSubscribe = (asked: string, listener: Listener) => {
    const name = nameOf(asked, base);
    const seen: Listener = (message, channel) => {
      boundary.came(name.includes(':') ? name : 'all', glanceAtJson(message));
      listener(message, channel);
    };
    return subscriptions.add(client.sSubscribe(asked, seen, true), name.includes(':') ? 'room' : 'own');
  };
  const sUnsubscribe = (channel: string) => subscriptions.leave(client.sUnsubscribe(channel));
  return Object.assign(Object.create(client) as RedisClient, { sSubscribe, sUnsubscribe });
}

/** The room of a channel: our rooms are topics and hold a colon, which the adapters' own names do not. */
function nameOf(channel: string, base: string): string {
  return channel.slice(base.length, -1);
}
