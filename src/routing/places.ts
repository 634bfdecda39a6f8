import type { Address, BrokerId, Topic } from './types.js';

/** An address that a node listens at. */
export interface Place {
  readonly address: Address;
  /** The wanted topics that are heard here. Mostly it is one, and a million users do without a million sets. */
  topics: Topic | Set<Topic>;
  attempt: number;
  confirmed: boolean;
}

/**
 * Places by channel, and by broker only where several have a channel of that name: a million subscriptions do without a million keys of
 * their own.
 */
export class Places {
  readonly #channels = new Map<string, Place | Map<BrokerId, Place>>();

  get({ broker, channel }: Address): Place | undefined {
    const found = this.#channels.get(channel);
    if (found instanceof Map) return found.get(broker);
    return found?.address.broker === broker ? found : undefined;
  }

  /** For an address that has none. */
  add(place: Place): void {
    const { broker, channel } = place.address;
    const found = this.#channels.get(channel);
    if (found === undefined) this.#channels.set(channel, place);
    else if (found instanceof Map) found.set(broker, place);
    else this.#channels.set(channel, new Map([found, place].map((one) => [one.address.broker, one])));
  }

  delete({ address: { broker, channel } }: Place): void {
    const found = this.#channels.get(channel);
    if (found instanceof Map) found.delete(broker);
    if (!(found instanceof Map) || found.size === 0) this.#channels.delete(channel);
  }

  *[Symbol.iterator](): Iterator<Place> {
    for (const found of this.#channels.values()) {
      if (found instanceof Map) yield* found.values();
      else yield found;
    }
  }
}
