import { keyOf } from '../../routing/listening.js';
import type { NodeId, Routing, Topic } from '../../routing/types.js';

/** Counts by the first letter of the topics they are for. */
export type ByLetter = Record<string, number>;

/** Where a node listens and what it tells directories, as the core of a node counts it. */
export interface Holdings {
  readonly subscriptions: ByLetter;
  readonly entries: ByLetter;
}

/** What a node holds that wants these topics. Its own address in a mesh is no subscription. */
export function holdingsOf(routing: Routing, node: NodeId, topics: readonly Topic[]): Holdings {
  const places = new Map<string, Set<string>>();
  const entries: ByLetter = {};
  for (const topic of topics) {
    const letter = topic.charAt(0);
    const addresses = routing.subscribe(topic, node);
    for (const address of addresses) if (address.broker !== node) letters(places, keyOf(address)).add(letter);
    const told = (routing.directory?.(topic) ?? []).length * addresses.length;
    if (told > 0) entries[letter] = (entries[letter] ?? 0) + told;
  }
  const subscriptions: ByLetter = {};
  for (const heard of places.values()) for (const letter of heard) subscriptions[letter] = (subscriptions[letter] ?? 0) + 1;
  return { subscriptions, entries };
}

function letters(places: Map<string, Set<string>>, key: string): Set<string> {
  const heard = places.get(key) ?? new Set<string>();
  places.set(key, heard);
  return heard;
}

/** How many topics of a letter a node wants on average, and a few of them. */
export interface Wanted {
  readonly letter: string;
  readonly perNode: number;
  readonly some: readonly Topic[];
}

/**
 * The same for a node with more topics than can be asked for: what two of its topics have in common is held once, the rest for each.
 * Some topics must stand for all: a channel that only a few of very many topics share counts as one for each.
 */
export function holdingsBySample(routing: Routing, node: NodeId, wanted: readonly Wanted[]): Holdings {
  const each = wanted.filter(({ some }) => some.length > 0).map((one) => holdingsByLetter(routing, node, one));
  return {
    subscriptions: Object.fromEntries(each.map(({ letter, subscriptions }) => [letter, subscriptions])),
    entries: Object.fromEntries(each.flatMap(({ letter, entries }) => (entries > 0 ? [[letter, entries]] : []))),
  };
}

function holdingsByLetter(routing: Routing, node: NodeId, { letter, perNode, some }: Wanted) {
  const { subscriptions, entries } = holdingsOf(routing, node, some);
  const [held, told] = [subscriptions[letter] ?? 0, entries[letter] ?? 0];
  const one = holdingsOf(routing, node, some.slice(0, 1)).subscriptions[letter] ?? 0;
  const eachFurther = some.length > 1 ? (held - one) / (some.length - 1) : 0;
  return { letter, subscriptions: one + eachFurther * Math.max(0, perNode - 1), entries: (told / some.length) * perNode };
}
