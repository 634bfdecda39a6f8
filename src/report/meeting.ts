import { rowOf } from '../routing/rows.js';
import type { Address, Broker, NodeId, Routing, Size, Strategy, Topic, Topology } from '../routing/types.js';
import type { ExchangeLayout } from '../transports/types.js';
import { type Inside, insideOf } from './inside.js';

/** A town small enough for a picture: two users on each of three nodes, as far as the strategy has that many. */
const size: Size = { nodes: 3, brokers: 3, users: 6, ratePerSecond: 1, seconds: 1, bytes: 64 };
const names = ['ann', 'bob', 'cid', 'dan', 'eve', 'fay'];

export interface Home {
  readonly id: NodeId;
  readonly users: readonly string[];
}

/** One copy on its way: from the sender's node or a broker to a broker or a node. */
export interface Step {
  readonly from: string;
  readonly to: string;
  /** Taken in by a broker, handed on between brokers, wanted by a user there, or by nobody there. */
  readonly as: 'published' | 'relayed' | 'useful' | 'wasted';
}

/** Where the nodes of a small town listen, and the way of one message: what a strategy's own functions say. */
export interface Meeting {
  readonly nodes: readonly Home[];
  readonly brokers: readonly Broker[];
  /** How many channels each node listens to at each broker for its users. */
  readonly listening: readonly { readonly node: NodeId; readonly broker: string; readonly channels: number }[];
  readonly sender: { readonly user: string; readonly node: NodeId };
  readonly recipient: { readonly user: string; readonly node: NodeId };
  readonly path: readonly Step[];
  /** Of the brokers that have exchanges. */
  readonly insides: readonly Inside[];
  /** Whom the sender's node asks where the recipient is: a broker or a node, maybe itself; null: nobody. */
  readonly asked: string | null;
}

/** By the kind of broker, where it has any. */
export type Exchanges = ReadonlyMap<string, ExchangeLayout>;

interface Town {
  readonly homes: readonly Home[];
  readonly topology: Topology;
  readonly routing: Routing;
}

export function meetingOf(strategy: Strategy, exchanges: Exchanges = new Map()): Meeting {
  const town = townOf(strategy);
  const [sender, recipient] = pairOf(town);
  const addresses = publishedAt(sender.node, recipient, town);
  return {
    nodes: town.homes,
    brokers: town.topology.brokers,
    listening: town.homes.flatMap((home) => listeningOf(home, town, ownChannels(strategy.name))),
    sender,
    recipient,
    path: addresses.flatMap((address) => stepsTo(address, sender.node, recipient.node, town)),
    insides: insidesOf(addresses, town, exchanges),
    asked: askedOf(sender.node, recipient.user, town),
  };
}

function townOf(strategy: Strategy): Town {
  const options = strategy.options ?? {};
  const fitted = strategy.fit?.(size, options) ?? size;
  const homes = Array.from({ length: fitted.nodes }, (_, index) => ({
    id: `n${index + 1}`,
    users: names.filter((_, user) => user % fitted.nodes === index),
  }));
  const topology = { version: 1, nodes: homes.map(({ id }) => id), brokers: strategy.brokers(fitted) };
  return { homes, topology, routing: strategy.route(topology, options) };
}

type Person = Meeting['sender'];

/** Ann and bob; or the first two about whom a third node is asked, so that the question has a way to go. */
function pairOf(town: Town): readonly [sender: Person, recipient: Person] {
  const people = names.map((user) => ({ user, node: nodeOf(user, town) }));
  const pairs = people.flatMap((sender) => people.map((recipient) => [sender, recipient] as const));
  const apart = pairs.find(([sender, recipient]) => {
    const place = askedOf(sender.node, recipient.user, town);
    return town.topology.nodes.includes(place ?? '') && new Set([place, sender.node, recipient.node]).size === 3;
  });
  return (
    apart ?? [
      { user: 'ann', node: nodeOf('ann', town) },
      { user: 'bob', node: nodeOf('bob', town) },
    ]
  );
}

function nodeOf(user: string, { homes }: Town): NodeId {
  return homes.find(({ users }) => users.includes(user))?.id ?? '';
}

function topicOf(user: string): Topic {
  return `u:${user}`;
}

/** How many more channels an official adapter has on each node than routing knows of. */
function ownChannels(strategy: string): number {
  const row = rowOf(strategy, 'small');
  return row === undefined || row.adapter === null ? 0 : (row.adapter.subscriptions - row.subscriptions) / row.nodes;
}

function listeningOf(home: Home, town: Town, own: number): Meeting['listening'] {
  const channels = new Map<string, Set<string>>();
  for (const { broker, channel } of addressesOf(home, town)) channels.set(broker, (channels.get(broker) ?? new Set()).add(channel));
  return [...channels].map(([broker, of]) => ({ node: home.id, broker, channels: of.size + own }));
}

function addressesOf({ id, users }: Home, { routing }: Town): readonly Address[] {
  return users.flatMap((user) => routing.subscribe(topicOf(user), id));
}

/** By the first of the draws, if there are any. */
function publishedAt(from: NodeId, recipient: Meeting['recipient'], { routing }: Town): readonly Address[] {
  const topic = topicOf(recipient.user);
  const known = routing.directory === undefined ? [] : routing.subscribe(topic, recipient.node);
  return routing.publish(topic, { node: from, known, random: () => 0 });
}

function insidesOf(published: readonly Address[], town: Town, exchanges: Exchanges): readonly Inside[] {
  const listeners = town.homes.map((home) => ({ node: home.id, addresses: addressesOf(home, town) }));
  return town.topology.brokers.flatMap(({ id, kind }) => {
    const layout = exchanges.get(kind);
    return layout === undefined ? [] : insideOf(id, layout, { published, listeners });
  });
}

function stepsTo({ broker: first, channel }: Address, from: NodeId, wanting: NodeId, town: Town): readonly Step[] {
  const { nodes, brokers } = town.topology;
  if (nodes.includes(first)) return [{ from, to: first, as: first === wanting ? 'useful' : 'wasted' }];
  const { relaysTo = [], echo } = brokers.find(({ id }) => id === first) ?? {};
  const handedOut = (broker: string) =>
    town.homes
      .filter((home) => addressesOf(home, town).some((at) => at.broker === broker && at.channel === channel))
      .filter(({ id }) => echo !== false || id !== from)
      .map(({ id }): Step => ({ from: broker, to: id, as: id === wanting ? 'useful' : 'wasted' }));
  const relayed = relaysTo.flatMap((to): readonly Step[] => [{ from: first, to, as: 'relayed' }, ...handedOut(to)]);
  return [{ from, to: first, as: 'published' }, ...handedOut(first), ...relayed];
}

/** One place is asked: the asker itself if it is among them. */
function askedOf(asker: NodeId, user: string, { routing }: Town): Meeting['asked'] {
  const places = routing.directory?.(topicOf(user)) ?? [];
  return places.includes(asker) ? asker : (places[0] ?? null);
}
