import { copiesOf, messageOf } from './copies.js';
import { trafficOf, zeroCounters } from './counters.js';
import { keyOf, Listening } from './listening.js';
import type { Effect, Input, Message, NodeCoreConfig, NodeCounters, Said } from './messages.js';
import type { Address, Kind, NodeId, Routing, Topic, Topology } from './types.js';

interface View {
  readonly version: number;
  readonly routing: Routing;
  /** Places not yet confirmed of those that `viewReady` waits for; null once it was said. */
  waiting: Set<string> | null;
}

interface Wanted<Socket> {
  readonly sockets: Set<Socket>;
  /** Where the topic is heard, for each view that is listened to. */
  readonly places: Map<number, readonly Address[]>;
}

/**
 * The one state machine of a chat node: it alone routes, delivers and counts. No I/O, clock or randomness of its own,
 * so the chat server runs it over sockets and brokers, and the simulator over arrays.
 *
 * While two views are listened to, a copy counts only at an address where the view it was published by says:
 * that keeps every message at exactly one useful copy per node during a change of topology.
 */
export class NodeCore<Body, Socket> {
  readonly counters: NodeCounters = zeroCounters();
  readonly #config: NodeCoreConfig;
  readonly #wanted = new Map<Topic, Wanted<Socket>>();
  readonly #listening = new Listening();
  #views: View[] = [];
  #publishing: View | undefined;
  #effects: Effect<Body, Socket>[] = [];

  constructor(config: NodeCoreConfig) {
    this.#config = config;
  }

  /** Takes one input and returns what must be done, in order. */
  step(input: Input<Body, Socket>): readonly Effect<Body, Socket>[] {
    this.#effects = [];
    this.#take(input);
    return this.#effects;
  }

  /** How many addresses are listened at, by the first letter of the topics heard there. */
  subscriptions(): Record<string, number> {
    return this.#listening.count();
  }

  sockets(topic: Topic): ReadonlySet<Socket> | undefined {
    return this.#wanted.get(topic)?.sockets;
  }

  #take(input: Input<Body, Socket>) {
    switch (input.type) {
      case 'wanted':
        return this.#want(input.topic, input.socket);
      case 'unwanted':
        return this.#unwant(input.topic, input.socket);
      case 'subscribed':
        return this.#subscribed(input.address, input.attempt);
      case 'said':
        return this.#say(input);
      case 'arrived':
        return this.#arrive(input.address, input.message);
      case 'refused':
        return this.#takeBack(input.broker, input.kind);
      case 'unwritten':
        this.counters.kinds[input.kind].deliveredToSockets -= input.sockets;
        return;
      case 'written':
        this.counters.kinds[input.kind].deliveredToSockets += input.sockets;
        return;
      case 'published':
        return this.#countPublished(input.broker, input.kind);
      case 'lost':
        return this.#lose(input.broker);
      case 'reconnected':
        return this.#resubscribe(input.broker);
      case 'view':
        return this.#view(input.topology);
      case 'switch':
        return this.#switch(input.version);
      case 'clean':
        return this.#clean(input.version);
    }
  }

  #want(topic: Topic, socket: Socket): void {
    const known = this.#wanted.get(topic);
    if (known !== undefined) {
      known.sockets.add(socket);
    } else {
      const wanted: Wanted<Socket> = { sockets: new Set([socket]), places: new Map() };
      this.#wanted.set(topic, wanted);
      for (const view of this.#views) this.#listen(topic, wanted, view);
    }
    this.#sayIfReady(topic);
  }

  #unwant(topic: Topic, socket: Socket): void {
    const wanted = this.#wanted.get(topic);
    if (wanted === undefined || !wanted.sockets.delete(socket) || wanted.sockets.size > 0) return;
    this.#wanted.delete(topic);
    for (const address of placesOf(wanted)) this.#leave(address, topic);
  }

  #listen(topic: Topic, wanted: Wanted<Socket>, view: View): void {
    const places = view.routing.subscribe(topic, this.#config.node);
    wanted.places.set(view.version, places);
    for (const address of places) {
      if (address.broker === this.#config.node) continue;
      const attempt = this.#listening.hold(address, topic);
      if (attempt !== undefined) this.#subscribe(address, attempt);
    }
  }

  #subscribe(address: Address, attempt: number): void {
    this.counters.subscribes++;
    this.#effects.push({ type: 'subscribe', address, attempt });
  }

  #leave(address: Address, topic: Topic): void {
    if (!this.#listening.release(address, topic)) return;
    this.counters.unsubscribes++;
    this.#effects.push({ type: 'unsubscribe', address });
    for (const view of this.#views) this.#settled(view, keyOf(address));
  }

  #subscribed(address: Address, attempt: number): void {
    for (const topic of this.#listening.confirm(address, attempt)) this.#sayIfReady(topic);
    if (!this.#listening.confirmed(address)) return;
    for (const view of this.#views) this.#settled(view, keyOf(address));
  }

  #sayIfReady(topic: Topic): void {
    const wanted = this.#wanted.get(topic);
    if (wanted !== undefined && this.#isReady(wanted)) this.#effects.push({ type: 'ready', topic });
  }

  #isReady(wanted: Wanted<Socket>): boolean {
    return this.#views.length > 0 && placesOf(wanted).every((address) => this.#heard(address));
  }

  #heard(address: Address): boolean {
    return address.broker === this.#config.node || this.#listening.confirmed(address);
  }

  #settled(view: View, key: string): void {
    if (view.waiting === null) return;
    view.waiting.delete(key);
    if (view.waiting.size > 0) return;
    view.waiting = null;
    this.#effects.push({ type: 'viewReady', version: view.version });
  }

  #say(said: Said<Body>): void {
    if (said.by === 'client') this.counters.kinds[said.kind].fromClients++;
    const view = this.#publishing;
    if (view === undefined) throw new Error(`[${this.#config.node}] a message was said before the first view`);
    if (view.routing.local === 'around') this.#hand(messageOf(said, said.topics, view.version));
    for (const { address, message } of copiesOf(said, view, this.#config)) this.#publish(address, message);
  }

  /** Publishing to oneself is a call and counts nothing. */
  #publish(address: Address, message: Message<Body>): void {
    if (address.broker === this.#config.node) {
      this.#hand(message);
      return;
    }
    this.#countPublished(address.broker, message.kind);
    this.#effects.push({ type: 'publish', address, message });
  }

  #countPublished(broker: string, kind: Kind): void {
    this.counters.kinds[kind].published++;
    trafficOf(this.counters, broker)[kind].in++;
  }

  #takeBack(broker: string, kind: Kind): void {
    this.counters.kinds[kind].published--;
    trafficOf(this.counters, broker)[kind].in--;
  }

  #arrive(address: Address, message: Message<Body>): void {
    const counters = this.counters.kinds[message.kind];
    counters.received++;
    trafficOf(this.counters, address.broker)[message.kind].out++;
    if (!this.#dropsOwn(message) && this.#hand(message, address)) counters.useful++;
    else counters.wasted++;
  }

  /** Returns whether somebody here wanted it. */
  #hand(message: Message<Body>, address?: Address): boolean {
    return isQuestion(message) ? this.#ask(message, address) : this.#deliver(message, address);
  }

  /** Every node that a question reaches answers it; it is useful where the user is. */
  #ask(message: Message<Body>, address?: Address): boolean {
    const online = message.topics.some((topic) => this.#hears(topic, message, address));
    this.#effects.push({ type: 'question', message, online });
    return online;
  }

  #dropsOwn(message: Message<Body>): boolean {
    return this.#viewOf(message.view)?.routing.local === 'around' && nodeOf(message.id) === this.#config.node;
  }

  /** Hands a message to the local sockets that want one of its topics, at this address if one is given. */
  #deliver(message: Message<Body>, address?: Address): boolean {
    let useful = false;
    for (const topic of message.topics) {
      const wanted = this.#hears(topic, message, address);
      if (wanted === undefined) continue;
      useful = true;
      if (!topic.startsWith('n:')) this.counters.kinds[message.kind].deliveredToSockets += wanted.sockets.size;
      this.#effects.push({ type: 'deliver', topic, sockets: wanted.sockets, message });
    }
    return useful;
  }

  #hears(topic: Topic, message: Message<Body>, address: Address | undefined): Wanted<Socket> | undefined {
    const wanted = this.#wanted.get(topic);
    if (wanted === undefined || address === undefined) return wanted;
    return isAmong(wanted.places.get(message.view), address) ? wanted : undefined;
  }

  #lose(broker: string): void {
    this.#listening.lose(broker);
    for (const view of this.#views) if (view.waiting !== null) this.#await(view);
  }

  #resubscribe(broker: string): void {
    for (const { address, attempt } of this.#listening.unconfirmed(broker)) this.#subscribe(address, attempt);
  }

  #view(topology: Topology): void {
    const newest = this.#views.at(-1);
    if (newest !== undefined && topology.version <= newest.version) return;
    const view: View = { version: topology.version, routing: this.#config.route(topology), waiting: new Set() };
    this.#views.push(view);
    this.#publishing ??= view;
    for (const [topic, wanted] of this.#wanted) this.#listen(topic, wanted, view);
    this.#await(view);
    if (newest === undefined) for (const topic of this.#wanted.keys()) this.#sayIfReady(topic);
  }

  #await(view: View): void {
    for (const wanted of this.#wanted.values()) {
      for (const address of wanted.places.get(view.version) ?? []) {
        if (!this.#heard(address)) view.waiting?.add(keyOf(address));
      }
    }
    this.#settled(view, '');
  }

  #switch(version: number): void {
    this.#publishing = this.#viewOf(version) ?? this.#publishing;
  }

  #clean(version: number): void {
    if (this.#publishing === undefined || this.#publishing.version < version) return;
    const left = this.#views.filter((view) => view.version < version);
    this.#views = this.#views.filter((view) => view.version >= version);
    for (const [topic, wanted] of this.#wanted) this.#forget(topic, wanted, left);
  }

  #forget(topic: Topic, wanted: Wanted<Socket>, views: readonly View[]): void {
    const before = placesOf(wanted);
    const wasReady = this.#isReady(wanted);
    for (const view of views) wanted.places.delete(view.version);
    const kept = new Set(placesOf(wanted).map(keyOf));
    for (const address of before) if (!kept.has(keyOf(address))) this.#leave(address, topic);
    if (!wasReady) this.#sayIfReady(topic);
  }

  #viewOf(version: number): View | undefined {
    return this.#views.find((view) => view.version === version);
  }
}

/** The node that gave a message its id. */
export function nodeOf(id: string): NodeId {
  return id.slice(0, id.lastIndexOf('-'));
}

function placesOf(wanted: Wanted<unknown>): readonly Address[] {
  return [...wanted.places.values()].flat();
}

function isAmong(places: readonly Address[] | undefined, { broker, channel }: Address): boolean {
  return places?.some((place) => place.channel === channel && place.broker === broker) === true;
}

/** A message of kind presence for a user's own topic asks whether the user is online. */
function isQuestion(message: Message<unknown>): boolean {
  return message.kind === 'presence' && message.topics.every((topic) => topic.startsWith('u:'));
}
