import type { Redis } from 'ioredis';

/** One of the two kinds of Pub/Sub that Redis has, under the names of its commands. Their channels have nothing to do with each other. */
export interface PubSub {
  readonly names: { readonly publish: string; readonly subscribe: string; readonly unsubscribe: string };
  publish(redis: Redis, channel: string, frame: Buffer): Promise<number>;
  subscribe(redis: Redis, channel: string): Promise<unknown>;
  unsubscribe(redis: Redis, channel: string): Promise<unknown>;
}

/** A channel is heard on the server where it is published and on those that it relays to. */
export const classic: PubSub = {
  names: { publish: 'PUBLISH', subscribe: 'SUBSCRIBE', unsubscribe: 'UNSUBSCRIBE' },
  publish: (redis, channel, frame) => redis.publish(channel, frame),
  subscribe: (redis, channel) => redis.subscribe(channel),
  unsubscribe: (redis, channel) => redis.unsubscribe(channel),
};

/** A channel has a slot and belongs to the primary of a cluster that owns it, like a key. */
export const sharded: PubSub = {
  names: { publish: 'SPUBLISH', subscribe: 'SSUBSCRIBE', unsubscribe: 'SUNSUBSCRIBE' },
  // The library's types leave open what is answered: the number of receivers.
  publish: (redis, channel, frame) => redis.spublish(channel, frame) as Promise<number>,
  subscribe: (redis, channel) => redis.ssubscribe(channel),
  unsubscribe: (redis, channel) => redis.sunsubscribe(channel),
};
