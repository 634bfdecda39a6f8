import { keyOf } from '../../routing/listening.js';
import type { Address, BrokerId, NodeId, Routing, Topic } from '../../routing/types.js';

/** Nodes that listen at the same places. */
interface Group {
  readonly keys: ReadonlySet<string>;
  readonly nodes: number[];
}

/**
 * Where nodes listen whatever a message is for. Nodes with equal places stand together, so that a channel that all listen to costs
 * one entry and not one for each node. What only those listen to who want the topic is not in here: `subscribe` says it.
 */
export class Listening {
  readonly groups: readonly Group[];
  readonly #groupOf: readonly (Group | undefined)[];
  readonly #at = new Map<string, number[]>();

  /** `places[n]`: where node n listens. Equal lists may be one object. */
  constructor(places: readonly (readonly Address[])[]) {
    const groups = new Map<string, Group>();
    const names = new Map<readonly Address[], string>();
    this.#groupOf = places.map((addresses, node) => {
      if (addresses.length === 0) return undefined;
      const name = names.get(addresses) ?? addresses.map(keyOf).join('\n');
      names.set(addresses, name);
      const group = groups.get(name) ?? { keys: new Set(addresses.map(keyOf)), nodes: [] };
      groups.set(name, group);
      group.nodes.push(node);
      return group;
    });
    this.groups = [...groups.values()];
    for (const [index, { keys }] of this.groups.entries()) for (const key of keys) this.#add(key, index);
  }

  hears(node: number, key: string): boolean {
    return this.#groupOf[node]?.keys.has(key) === true;
  }

  /** Indexes of the groups that listen there. */
  at(key: string): readonly number[] {
    return this.#at.get(key) ?? [];
  }

  #add(key: string, group: number): void {
    const groups = this.#at.get(key);
    if (groups === undefined) this.#at.set(key, [group]);
    else groups.push(group);
  }
}

/** All that a node wants while its users are online. */
export type TopicsOf = (node: number) => readonly Topic[];

/** Where every node listens, found by asking for every topic it wants. */
export function listeningToAll(routing: Routing, nodes: readonly NodeId[], topicsOf: TopicsOf): Listening {
  return new Listening(nodes.map((id, node) => placesOf(routing, id, topicsOf(node))));
}

function placesOf(routing: Routing, node: NodeId, topics: readonly Topic[]): readonly Address[] {
  const places = new Map<string, Address>();
  for (const topic of topics) for (const address of routing.subscribe(topic, node)) places.set(keyOf(address), address);
  return [...places.values()];
}

/** Nodes that are asked first whether there is any place at which they listen for whatever topic. */
const tried = 64;

/** Where every node listens for whatever topic: what a few topics of it have in common. */
export function listeningAnyway(routing: Routing, nodes: readonly NodeId[], topicsOf: TopicsOf): Listening {
  const step = Math.max(1, Math.floor(nodes.length / tried));
  const some = nodes.filter((_, node) => node % step === 0);
  const none = some.every((id, index) => inCommon(routing, id, topicsOf(index * step)).length === 0);
  return new Listening(none ? [] : nodes.map((id, node) => inCommon(routing, id, topicsOf(node))));
}

function inCommon(routing: Routing, node: NodeId, [first, ...others]: readonly Topic[]): readonly Address[] {
  if (first === undefined) return [];
  const places = routing.subscribe(first, node);
  return others.reduce<readonly Address[]>((left, topic) => both(left, routing.subscribe(topic, node)), places);
}

function both(places: readonly Address[], others: readonly Address[]): readonly Address[] {
  if (places === others || places.length === 0) return places;
  const keys = new Set(others.map(keyOf));
  const kept = places.filter((place) => keys.has(keyOf(place)));
  return kept.length === places.length ? places : kept;
}

export function isAmong(places: readonly Address[], broker: BrokerId, channel: string): boolean {
  for (const place of places) if (place.channel === channel && place.broker === broker) return true;
  return false;
}
