import type { Effect, Input, Message } from './messages.js';
import { NodeCore } from './nodeCore.js';
import type { Address, Broker, BrokerId, NodeId, Routing, Topology } from './types.js';

/** What a broker took in, handed to nodes, and handed on to other brokers. */
export interface VirtualTraffic {
  in: number;
  out: number;
  relayed: number;
}

export interface VirtualNetworkConfig<Body, Socket> {
  readonly seed: number;
  route(topology: Topology): Routing;
  /** Told of everything a node does that is not for a broker. */
  told(node: NodeId, effect: Effect<Body, Socket>): void;
}

/**
 * Nodes and brokers in memory. Whatever travels waits in the lane of its connection, in order;
 * which lane moves next is the caller's choice, so that any order a real network could take can be taken.
 */
export class VirtualNetwork<Body, Socket> {
  readonly nodes = new Map<NodeId, NodeCore<Body, Socket>>();
  readonly traffic = new Map<BrokerId, VirtualTraffic>();
  readonly #config: VirtualNetworkConfig<Body, Socket>;
  readonly #brokers = new Map<BrokerId, Broker>();
  readonly #listeners = new Map<BrokerId, Map<string, Set<NodeId>>>();
  readonly #lanes = new Map<string, (() => void)[]>();

  constructor(config: VirtualNetworkConfig<Body, Socket>) {
    this.#config = config;
  }

  /** Makes the nodes and brokers of a topology exist, beside those there are; the nodes are not told of it. */
  add({ nodes, brokers }: Topology): void {
    for (const node of nodes) {
      if (!this.nodes.has(node)) this.nodes.set(node, new NodeCore({ node, seed: this.#config.seed, route: this.#config.route }));
    }
    for (const broker of brokers) {
      const relaysTo = new Set([...(this.#brokers.get(broker.id)?.relaysTo ?? []), ...(broker.relaysTo ?? [])]);
      this.#brokers.set(broker.id, { ...broker, relaysTo: [...relaysTo] });
    }
  }

  step(node: NodeId, input: Input<Body, Socket>): void {
    const core = this.nodes.get(node);
    if (core === undefined) throw new RangeError(`no node ${node} in this network`);
    for (const effect of core.step(input)) this.#do(node, effect);
  }

  /** How many lanes have something to move. */
  get busy(): number {
    return this.#lanes.size;
  }

  /** Moves the first in one of the busy lanes. */
  turn(index: number): void {
    const lane = [...this.#lanes.keys()][index];
    if (lane !== undefined) this.#move(lane);
  }

  /** Moves everything until nothing is under way. */
  drain(): void {
    while (this.#lanes.size > 0) for (const lane of this.#lanes.keys()) this.#move(lane);
  }

  #move(lane: string): void {
    const waiting = this.#lanes.get(lane) ?? [];
    const first = waiting.shift();
    if (waiting.length === 0) this.#lanes.delete(lane);
    first?.();
  }

  #send(lane: string, move: () => void): void {
    const waiting = this.#lanes.get(lane);
    if (waiting === undefined) this.#lanes.set(lane, [move]);
    else waiting.push(move);
  }

  #do(node: NodeId, effect: Effect<Body, Socket>): void {
    switch (effect.type) {
      case 'subscribe': {
        const { address, attempt } = effect;
        this.#send(`${node} listens ${address.broker}`, () => this.#subscribe(node, address, attempt));
        break;
      }
      case 'unsubscribe': {
        const { address } = effect;
        this.#send(`${node} listens ${address.broker}`, () => this.#listenersAt(address).delete(node));
        break;
      }
      case 'publish': {
        const { address, message } = effect;
        this.#send(`${node} publishes ${address.broker}`, () => this.#publish(node, address, message));
        break;
      }
      default:
        this.#config.told(node, effect);
    }
  }

  #subscribe(node: NodeId, address: Address, attempt: number): void {
    this.#listenersAt(address).add(node);
    this.#send(`${address.broker} answers ${node}`, () => this.step(node, { type: 'subscribed', address, attempt }));
  }

  #publish(from: NodeId, address: Address, message: Message<Body>): void {
    this.#trafficOf(address.broker).in++;
    if (this.nodes.has(address.broker)) {
      this.#hand(address.broker, address, message);
      return;
    }
    this.#handOut(from, address, message);
    for (const broker of this.#brokers.get(address.broker)?.relaysTo ?? []) {
      this.#trafficOf(address.broker).relayed++;
      this.#handOut(from, { broker, channel: address.channel }, message);
    }
  }

  #handOut(from: NodeId, address: Address, message: Message<Body>): void {
    const echo = this.#brokers.get(address.broker)?.echo !== false;
    for (const node of this.#listenersAt(address)) if (echo || node !== from) this.#hand(node, address, message);
  }

  #hand(node: NodeId, address: Address, message: Message<Body>): void {
    this.#trafficOf(address.broker).out++;
    this.#send(`${address.broker} answers ${node}`, () => this.step(node, { type: 'arrived', address, message }));
  }

  #listenersAt({ broker, channel }: Address): Set<NodeId> {
    return entryOf(
      entryOf(this.#listeners, broker, () => new Map<string, Set<NodeId>>()),
      channel,
      () => new Set<NodeId>(),
    );
  }

  #trafficOf(broker: BrokerId): VirtualTraffic {
    return entryOf(this.traffic, broker, () => ({ in: 0, out: 0, relayed: 0 }));
  }
}

/** The value of a key, made when first asked for. */
function entryOf<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
