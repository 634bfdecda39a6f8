import type { Line } from './directory.js';
import type { AnswerOfPlace, BrokerTraffic, Effect, Input, Message, PlaceEffect, RequestToPlace } from './messages.js';
import { NodeCore } from './nodeCore.js';
import type { Address, Broker, BrokerId, NodeId, Routing, Topology } from './types.js';
import { VirtualChannels } from './virtualChannels.js';
import { VirtualHub } from './virtualHub.js';
import type { Use, Wires } from './virtualWires.js';

/** What a broker, or a node as one, took in and handed out, in its own words. */
export interface VirtualTraffic {
  readonly messages: BrokerTraffic;
  /** As a place of a directory: tells and questions in, answers and notices out. */
  readonly directory: BrokerTraffic;
  /** Answers to questions alone. */
  answers: number;
  /** Messages handed on to other brokers. */
  relayed: number;
}

type Request = Extract<PlaceEffect, { place: BrokerId }>;
type Reply = Exclude<PlaceEffect, Request>;

export interface VirtualNetworkConfig<Body, Socket> {
  readonly seed: number;
  readonly wires: Wires;
  route(topology: Topology): Routing;
  /** Told of everything a node does, before it is done. */
  told(node: NodeId, effect: Effect<Body, Socket>): void;
  /** A publish reached its broker, or there is none. */
  published?(message: Message<Body>, taken: boolean): void;
  /** What a node takes a message for that a broker hands to it; absent: for what it is. */
  read?(node: NodeId, message: Message<Body>): Message<Body>;
}

/** Nodes and brokers in memory. Whatever travels does so on the wires: they say when it arrives. */
export class VirtualNetwork<Body, Socket> {
  readonly nodes = new Map<NodeId, NodeCore<Body, Socket>>();
  readonly traffic = new Map<BrokerId, VirtualTraffic>();
  readonly #config: VirtualNetworkConfig<Body, Socket>;
  readonly #brokers = new Map<BrokerId, Broker>();
  readonly #channels = new Map<BrokerId, VirtualChannels>();
  readonly #hubs = new Map<BrokerId, VirtualHub>();
  /** Who waits for what a place answers to a request. */
  readonly #replies = new Map<number, (reply: Reply) => void>();
  #requests = 0;

  constructor(config: VirtualNetworkConfig<Body, Socket>) {
    this.#config = config;
  }

  /** A node dies: nothing more comes from it, and everybody else finds out in their own time. */
  kill(node: NodeId): void {
    this.nodes.delete(node);
    for (const channels of this.#channels.values()) channels.leave(node);
    this.#config.wires.cut(node);
    for (const other of this.nodes.keys()) this.#send(other, 'loses', node, () => this.#reach(other, { type: 'lost', broker: node }));
    for (const [id, hub] of this.#hubs) this.#send(id, 'loses', node, () => hub.leave(node));
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
    for (const effect of core.step(input)) {
      this.#config.told(node, effect);
      this.#do(node, effect);
    }
  }

  /** What all places keep. */
  lines(): readonly Line[] {
    return [...this.nodes.values(), ...this.#hubs.values()].flatMap((place) => place.lines());
  }

  /** How many channels of a broker somebody listens to. */
  channels(broker: BrokerId): number {
    return this.#channels.get(broker)?.size ?? 0;
  }

  #do(node: NodeId, effect: Effect<Body, Socket>): void {
    switch (effect.type) {
      case 'subscribe':
        this.#send(node, 'listens', effect.address.broker, () => this.#subscribe(node, effect.address, effect.attempt));
        break;
      case 'unsubscribe':
        this.#send(node, 'listens', effect.address.broker, () =>
          this.#channelsOf(effect.address.broker).delete(effect.address.channel, node),
        );
        break;
      case 'publish':
        this.#send(node, 'publishes', effect.address.broker, () => this.#publish(node, effect.address, effect.message));
        break;
      case 'tell':
      case 'ask':
      case 'copy':
        this.#send(node, 'asks', effect.place, () => this.#request(node, effect));
        break;
      case 'confirm':
      case 'answer':
      case 'handOver':
        this.#reply(node, effect);
        break;
      default:
    }
  }

  #send(from: string, use: Use, to: string, move: () => void): void {
    this.#config.wires.send(from, use, to, move);
  }

  #reach(node: NodeId, input: Input<Body, Socket>): void {
    if (this.nodes.has(node)) this.step(node, input);
  }

  #request(from: BrokerId, request: Request) {
    const { place, attempt } = request;
    const notice = request.type === 'tell' && request.telling.notice === true;
    const answer = (given: AnswerOfPlace) => this.#send(place, 'answers', from, () => this.#answer(from, given));
    if (!this.nodes.has(place) && !this.#brokers.has(place)) return answer({ type: 'unanswered', place, attempt, definite: true, notice });
    this.#count(from, place, notice);
    const number = ++this.#requests;
    this.#replies.set(number, (reply) => answer(answerOf(request, reply)));
    this.#take(place, requestOf(request, from, number));
  }

  /** A notice is what a place gives out; everything else is what one takes in. */
  #count(from: BrokerId, place: BrokerId, notice: boolean): void {
    if (notice) this.#trafficOf(from).directory.out++;
    else this.#trafficOf(place).directory.in++;
  }

  #take(place: BrokerId, request: RequestToPlace): void {
    if (this.nodes.has(place)) this.step(place, request);
    else this.#hubOf(place).take(request);
  }

  #answer(node: BrokerId, answer: AnswerOfPlace): void {
    if (this.nodes.has(node)) this.step(node, answer);
    else if (this.#brokers.has(node)) this.#hubOf(node).confirmed(answer.place, answer.attempt);
  }

  #reply(place: BrokerId, reply: Reply): void {
    if (reply.type !== 'confirm') {
      this.#trafficOf(place).directory.out++;
      this.#trafficOf(place).answers++;
    }
    this.#replies.get(reply.request)?.(reply);
    this.#replies.delete(reply.request);
  }

  #hubOf(broker: BrokerId): VirtualHub {
    return entryOf(this.#hubs, broker, () => new VirtualHub((effect) => this.#do(broker, effect)));
  }

  #subscribe(node: NodeId, address: Address, attempt: number): void {
    this.#channelsOf(address.broker).add(address.channel, node);
    this.#send(address.broker, 'answers', node, () => this.#reach(node, { type: 'subscribed', address, attempt }));
  }

  #publish(from: NodeId, address: Address, message: Message<Body>): void {
    if (!this.nodes.has(address.broker) && !this.#brokers.has(address.broker)) {
      this.#reach(from, { type: 'refused', broker: address.broker, kind: message.kind });
      this.#config.published?.(message, false);
      return;
    }
    this.#config.published?.(message, true);
    this.#trafficOf(address.broker).messages.in++;
    if (this.nodes.has(address.broker)) {
      this.#hand(address.broker, address, message);
      return;
    }
    this.#handOut(from, address, message);
    for (const broker of this.#brokers.get(address.broker)?.relaysTo ?? []) {
      this.#trafficOf(address.broker).relayed++;
      this.#send(address.broker, 'publishes', broker, () => this.#handOut(from, { broker, channel: address.channel }, message));
    }
  }

  #handOut(from: NodeId, address: Address, message: Message<Body>): void {
    const echo = this.#brokers.get(address.broker)?.echo !== false;
    for (const node of this.#channelsOf(address.broker).at(address.channel)) if (echo || node !== from) this.#hand(node, address, message);
  }

  #hand(node: NodeId, address: Address, message: Message<Body>): void {
    this.#trafficOf(address.broker).messages.out++;
    this.#send(address.broker, 'answers', node, () =>
      this.#reach(node, { type: 'arrived', address, message: this.#config.read?.(node, message) ?? message }),
    );
  }

  #channelsOf(broker: BrokerId): VirtualChannels {
    return entryOf(this.#channels, broker, () => new VirtualChannels());
  }

  #trafficOf(broker: BrokerId): VirtualTraffic {
    return entryOf(this.traffic, broker, () => ({ messages: { in: 0, out: 0 }, directory: { in: 0, out: 0 }, answers: 0, relayed: 0 }));
  }
}

function requestOf(request: Request, from: BrokerId, number: number): RequestToPlace {
  switch (request.type) {
    case 'tell':
      return { type: 'told', from, telling: request.telling, request: number };
    case 'ask':
      return { type: 'asked', from, topics: request.topics, watch: request.watch, request: number };
    case 'copy':
      return { type: 'copied', from, request: number };
  }
}

function answerOf({ place, attempt }: Request, reply: Reply): AnswerOfPlace {
  switch (reply.type) {
    case 'confirm':
      return { type: 'confirmed', place, attempt };
    case 'answer':
      return { type: 'answered', place, attempt, entries: reply.entries };
    case 'handOver':
      return { type: 'copyTaken', place, attempt, lines: reply.lines };
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
