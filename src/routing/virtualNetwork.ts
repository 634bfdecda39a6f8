import type { Line } from './directory.js';
import type { AnswerOfPlace, BrokerTraffic, Effect, Input, Message, PlaceEffect, RequestToPlace } from './messages.js';
import { NodeCore } from './nodeCore.js';
import type { Address, Broker, BrokerId, NodeId, Routing, Topology } from './types.js';
import { VirtualHub } from './virtualHub.js';

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
    for (const channels of this.#listeners.values()) for (const listeners of channels.values()) listeners.delete(node);
    for (const lane of this.#lanes.keys()) if (lane.startsWith(`${node} `)) this.#lanes.delete(lane);
    for (const other of this.nodes.keys())
      this.#send(`${node} is lost to ${other}`, () => this.#reach(other, { type: 'lost', broker: node }));
    for (const [id, hub] of this.#hubs) this.#send(`${node} is lost to ${id}`, () => hub.leave(node));
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

  /** What all places keep. */
  lines(): readonly Line[] {
    return [...this.nodes.values(), ...this.#hubs.values()].flatMap((place) => place.lines());
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
      case 'tell':
      case 'ask':
      case 'copy':
        this.#send(`${node} asks ${effect.place}`, () => this.#request(node, effect));
        break;
      case 'confirm':
      case 'answer':
      case 'handOver':
        this.#reply(node, effect);
        break;
      default:
        this.#config.told(node, effect);
    }
  }

  #reach(node: NodeId, input: Input<Body, Socket>): void {
    if (this.nodes.has(node)) this.step(node, input);
  }

  #request(from: BrokerId, request: Request) {
    const { place, attempt } = request;
    const notice = request.type === 'tell' && request.telling.notice === true;
    const answer = (given: AnswerOfPlace) => this.#send(`${place} answers ${from}`, () => this.#answer(from, given));
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
    this.#listenersAt(address).add(node);
    this.#send(`${address.broker} answers ${node}`, () => this.#reach(node, { type: 'subscribed', address, attempt }));
  }

  #publish(from: NodeId, address: Address, message: Message<Body>): void {
    if (!this.nodes.has(address.broker) && !this.#brokers.has(address.broker)) {
      this.#reach(from, { type: 'refused', broker: address.broker, kind: message.kind });
      return;
    }
    this.#trafficOf(address.broker).messages.in++;
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
    this.#trafficOf(address.broker).messages.out++;
    this.#send(`${address.broker} answers ${node}`, () => this.#reach(node, { type: 'arrived', address, message }));
  }

  #listenersAt({ broker, channel }: Address): Set<NodeId> {
    return entryOf(
      entryOf(this.#listeners, broker, () => new Map<string, Set<NodeId>>()),
      channel,
      () => new Set<NodeId>(),
    );
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
