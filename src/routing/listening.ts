import { type Place, Places } from './places.js';
import type { Address, Topic } from './types.js';

/** A place as a map key. Broker ids hold no space. */
export function keyOf(address: Address): string {
  return `${address.broker} ${address.channel}`;
}

/**
 * The addresses a node listens at, each held by the topics that need it.
 * Invariant: a place exists exactly while a topic holds it; only the latest attempt can confirm it.
 */
export class Listening {
  readonly #places = new Places();
  #attempts = 0;

  /** Returns the attempt to subscribe with when the place is new, else undefined. */
  hold(address: Address, topic: Topic): number | undefined {
    const place = this.#places.get(address);
    if (place !== undefined) {
      if (place.topics !== topic) place.topics = asSet(place.topics).add(topic);
      return undefined;
    }
    const attempt = ++this.#attempts;
    this.#places.add({ address, topics: topic, attempt, confirmed: false });
    return attempt;
  }

  /** Returns true when nobody needs the place any more. */
  release(address: Address, topic: Topic): boolean {
    const place = this.#places.get(address);
    if (place === undefined || !letGo(place, topic)) return false;
    this.#places.delete(place);
    return true;
  }

  /** Returns the topics heard there when this confirms it, else nothing. */
  confirm(address: Address, attempt: number): Iterable<Topic> {
    const place = this.#places.get(address);
    if (place === undefined || place.attempt !== attempt || place.confirmed) return [];
    place.confirmed = true;
    return typeof place.topics === 'string' ? [place.topics] : place.topics;
  }

  /** The wanted topics that are to be heard there. */
  topicsAt(address: Address): ReadonlySet<Topic> {
    const place = this.#places.get(address);
    return place === undefined ? new Set() : asSet(place.topics);
  }

  confirmed(address: Address): boolean {
    return this.#places.get(address)?.confirmed === true;
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
    for (const { topics } of this.#places) for (const letter of lettersOf(topics)) counts[letter] = (counts[letter] ?? 0) + 1;
    return counts;
  }

  *#at(broker: string): Iterable<Place> {
    for (const place of this.#places) if (place.address.broker === broker) yield place;
  }
}

function lettersOf(topics: Topic | Set<Topic>): Iterable<string> {
  return typeof topics === 'string' ? topics.charAt(0) : new Set(Array.from(topics, (topic) => topic.charAt(0)));
}

function asSet(topics: Topic | Set<Topic>): Set<Topic> {
  return typeof topics === 'string' ? new Set<Topic>().add(topics) : topics;
}

/** Returns whether the topic was the last that held the place. */
function letGo({ topics }: Place, topic: Topic): boolean {
  if (typeof topics === 'string') return topics === topic;
  return topics.delete(topic) && topics.size === 0;
}
