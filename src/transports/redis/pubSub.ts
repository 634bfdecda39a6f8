/** One of the two kinds of Pub/Sub that Redis has, under the names of its commands. Their channels have nothing to do with each other. */
export interface PubSub {
  readonly publish: string;
  readonly subscribe: string;
  readonly unsubscribe: string;
}

/** A channel is heard on the server where it is published and on those that it relays to. */
export const classic: PubSub = { publish: 'PUBLISH', subscribe: 'SUBSCRIBE', unsubscribe: 'UNSUBSCRIBE' };

/** A channel has a slot and belongs to the primary of a cluster that owns it, like a key. */
export const sharded: PubSub = { publish: 'SPUBLISH', subscribe: 'SSUBSCRIBE', unsubscribe: 'SUNSUBSCRIBE' };
