import type { Address, Topic } from './types.js';

interface Place {
  readonly address: Address;
  /** The wanted topics that are heard here. Mostly it is one, and a million users do without a million sets. */
  topics: Topic | Set<Topic>;
  attempt: number;
  confirmed: boolean;
}

/** A place as a map key. Broker ids hold no space. */
export function keyOf(address: Address): string {
  return `${address.broker} ${address.channel}`;
}

/**
 * The addresses a node listens at, each held by the topics that need it.
 * Invariant: a place exists exactly while a topic holds it; only the latest attempt can confirm it.
 */
export class Listening {
  readonly #places = new Map<string, Place>();
  #attempts = 0;

  /** Returns the attempt to subscribe with when the place is new, else undefined. */
  hold(address: Address, topic: Topic): number | undefined {
    const key = keyOf(address);
    const place = this.#places.get(key);
    if (place !== undefined) {
      if (place.topics !== topic) place.topics = asSet(place.topics).add(topic);
      return undefined;
    }
    const attempt = ++this.#attempts;
    this.#places.set(key, { address, topics: topic, attempt, confirmed: false });
    return attempt;
  }

  /** Returns true when nobody needs the place any more. */
  release(address: Address, topic: Topic): boolean {
    const key = keyOf(address);
    const place = this.#places.get(key);
    if (place === undefined || !letGo(place, topic)) return false;
    return this.#places.delete(key);
  }

  /** Returns the topics heard there when this confirms it, else nothing. */
  confirm(address: Address, attempt: number): Iterable<Topic> {
    const place = this.#places.get(keyOf(address));
    if (place === undefined || place.attempt !== attempt || place.confirmed) return [];
    place.confirmed = true;
    return asSet(place.topics);
  }

  /** The wanted topics that are to be heard there. */
  topicsAt(address: Address): ReadonlySet<Topic> {
    const place = this.#places.get(keyOf(address));
    return place === undefined ? new Set() : asSet(place.topics);
  }

  confirmed(address: Address): boolean {
    return this.#places.get(keyOf(address))?.confirmed === true;
  }

  /** All that was confirmed at the broker no longer is. */
  lose(broker: string): void {
    for (const place of this.#at(broker)) {
      place.confirmed = false;
      place.attempt = ++this.#attempts;
    }
  }

  /** The places of a broker that must be subscribed again, with their attempts. */
  *unconfirmed(broker: string): Iterable<{ address: Address; attempt: number }> {
    for (const place of this.#at(broker)) {
      if (!place.confirmed) yield { address: place.address, attempt: place.attempt };
    }
  }

  /** Places by the first letter of the topics heard there; a place shared by two letters counts for both. */
  count(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const place of this.#places.values()) {
      const letters = new Set([...asSet(place.topics)].map((topic) => topic.charAt(0)));
      for (const letter of letters) counts[letter] = (counts[letter] ?? 0) + 1;
    }
    return counts;
  }

  *#at(broker: string): Iterable<Place> {
    for (const place of this.#places.values()) if (place.address.broker === broker) yield place;
  }
}

function asSet(topics: Topic | Set<Topic>): Set<Topic> {
  return typeof topics === 'string' ? new Set<Topic>().add(topics) : topics;
}

/** Returns whether the topic was the last that held the place. */
function letGo({ topics }: Place, topic: Topic): boolean {
  if (typeof topics === 'string') return topics === topic;
  return topics.delete(topic) && topics.size === 0;
}
