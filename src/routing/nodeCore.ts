import { trafficOf, zeroCounters } from './counters.js';
import { Directories } from './directories.js';
import type { Line } from './directory.js';
import { keyOf, Listening } from './listening.js';
import type { Effect, Input, Message, NodeCoreConfig, NodeCounters, Said } from './messages.js';
import { type Held, Speaking } from './speaking.js';
import { type Tell, tellKey } from './tellings.js';
import type { Address, Kind, NodeId, Topic, Topology } from './types.js';
import { View } from './view.js';

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
  readonly #directories: Directories<Held<Body>>;
  readonly #speaking: Speaking<Body>;
  #views: View[] = [];
  #publishing: View | undefined;
  #effects: Effect<Body, Socket>[] = [];

  constructor(config: NodeCoreConfig) {
    this.#config = config;
    this.#directories = new Directories(config.node, this.counters, {
      emit: (effect) => this.#effects.push(effect),
      knows: (tell) => this.#known(tell),
      answered: (askers) => this.#speaking.answered(askers),
      failed: (askers) => this.#speaking.failed(askers),
      nodes: () => this.#views.at(-1)?.nodes ?? new Set(),
      copied: () => this.#settledEverywhere('copy'),
    });
    this.#speaking = new Speaking(config, this.counters, {
      emit: (effect) => this.#effects.push(effect),
      hand: (message) => this.#hand(message),
      lookUp: (held) => this.#directories.lookUp(held, held.view.routing, held.topics),
    });
  }

  /** Takes one input and returns what must be done, in order. */
  step(input: Input<Body, Socket>): readonly Effect<Body, Socket>[] {
    this.#effects = [];
    this.#take(input);
    this.#directories.finishStep();
    return this.#effects;
  }

  /** How many addresses are listened at, by the first letter of the topics heard there. */
  subscriptions(): Record<string, number> {
    return this.#listening.count();
  }

  /** How many entries places of directories are told, by the first letter of their topics. */
  entries(): Record<string, number> {
    return this.#directories.entries();
  }

  /** What this node keeps as a place of a directory. */
  lines(): readonly Line[] {
    return this.#directories.lines();
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
        return this.#speaking.refused(input.broker, input.kind);
      case 'unwritten':
        this.counters.kinds[input.kind].deliveredToSockets -= input.sockets;
        return;
      case 'written':
        this.counters.kinds[input.kind].deliveredToSockets += input.sockets;
        return;
      case 'published':
        return this.#speaking.published(input.broker, input.kind);
      case 'lost':
        return this.#lose(input.broker);
      case 'reconnected':
        return this.#reconnect(input.broker);
      case 'view':
        return this.#view(input.topology);
      case 'switch':
        return this.#switch(input.version);
      case 'clean':
        return this.#clean(input.version);
      default:
        return this.#directories.take(input);
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
    for (const tell of this.#tellsOf(topic, wanted)) this.#takeBack(tell);
    for (const address of placesOf(wanted)) this.#leave(address, topic);
  }

  /** `copiers` need not be told: they copy from a place that was. */
  #listen(topic: Topic, wanted: Wanted<Socket>, view: View, copiers: ReadonlySet<NodeId> = new Set()): void {
    const places = view.routing.subscribe(topic, this.#config.node);
    wanted.places.set(view.version, places);
    for (const address of places) {
      if (address.broker === this.#config.node) continue;
      const attempt = this.#listening.hold(address, topic);
      if (attempt !== undefined) this.#subscribe(address, attempt);
    }
    for (const tell of view.tells(topic, places)) {
      if (copiers.has(tell.place)) this.#directories.assume(tell);
      else this.#directories.tell(tell);
    }
  }

  #tellsOf(topic: Topic, wanted: Wanted<Socket>): readonly Tell[] {
    return this.#views.flatMap((view) => view.tells(topic, wanted.places.get(view.version) ?? []));
  }

  #takeBack(tell: Tell): void {
    this.#directories.takeBack(tell);
    this.#settledEverywhere(tellKey(tell));
  }

  #known(tell: Tell): void {
    this.#sayIfReady(tell.topic);
    this.#settledEverywhere(tellKey(tell));
  }

  #subscribe(address: Address, attempt: number): void {
    this.counters.subscribes++;
    this.#effects.push({ type: 'subscribe', address, attempt });
  }

  #leave(address: Address, topic: Topic): void {
    if (!this.#listening.release(address, topic)) return;
    this.counters.unsubscribes++;
    this.#effects.push({ type: 'unsubscribe', address });
    this.#settledEverywhere(keyOf(address));
  }

  #subscribed(address: Address, attempt: number): void {
    for (const topic of this.#listening.confirm(address, attempt)) this.#sayIfReady(topic);
    if (this.#listening.confirmed(address)) this.#settledEverywhere(keyOf(address));
  }

  #sayIfReady(topic: Topic): void {
    const wanted = this.#wanted.get(topic);
    if (wanted !== undefined && this.#isReady(topic, wanted)) this.#effects.push({ type: 'ready', topic });
  }

  #isReady(topic: Topic, wanted: Wanted<Socket>): boolean {
    if (this.#views.length === 0 || !placesOf(wanted).every((address) => this.#heard(address))) return false;
    return this.#tellsOf(topic, wanted).every((tell) => this.#directories.knows(tell));
  }

  #heard(address: Address): boolean {
    return address.broker === this.#config.node || this.#listening.confirmed(address);
  }

  #settledEverywhere(key: string): void {
    for (const view of this.#views) this.#settled(view, key);
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
    this.#speaking.say(said, view);
  }

  #arrive(address: Address, message: Message<Body>): void {
    const counters = this.counters.kinds[message.kind];
    counters.received++;
    trafficOf(this.counters, address.broker)[message.kind].out++;
    if (address.broker === this.#config.node) this.#countHandedOn(message.kind);
    if (!this.#dropsOwn(message) && this.#hand(message, address)) counters.useful++;
    else counters.wasted++;
    if (this.#dropsOwn(message) && isQuestion(message)) this.#effects.push({ type: 'echo', message });
  }

  /** As a broker, a node hands what it takes in to its own sockets. */
  #countHandedOn(kind: Kind): void {
    this.counters.asBroker[kind].in++;
    this.counters.asBroker[kind].out++;
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
    this.#directories.lose(broker);
    for (const view of this.#views) if (view.waiting !== null) this.#await(view);
  }

  #reconnect(broker: string): void {
    for (const { address, attempt } of this.#listening.unconfirmed(broker)) this.#subscribe(address, attempt);
    this.#directories.reconnected(broker);
  }

  #view(topology: Topology): void {
    const newest = this.#views.at(-1);
    if (newest !== undefined && topology.version <= newest.version) return;
    const view = new View(topology, this.#config.route(topology));
    this.#views.push(view);
    this.#publishing ??= view;
    const copiers = newest !== undefined && view.routing.directoryCopied ? without(view.nodes, newest.nodes) : undefined;
    for (const [topic, wanted] of this.#wanted) this.#listen(topic, wanted, view, copiers);
    if (newest === undefined || this.#directories.copying) this.#directories.copyFrom(view.sourceFor(this.#config.node));
    this.#await(view);
    if (newest === undefined) for (const topic of this.#wanted.keys()) this.#sayIfReady(topic);
  }

  #await(view: View): void {
    view.waiting ??= new Set();
    for (const [topic, wanted] of this.#wanted) {
      const places = wanted.places.get(view.version) ?? [];
      for (const address of places) if (!this.#heard(address)) view.waiting.add(keyOf(address));
      for (const tell of view.tells(topic, places)) if (!this.#directories.knows(tell)) view.waiting.add(tellKey(tell));
    }
    if (this.#directories.copying) view.waiting.add('copy');
    this.#settled(view, '');
  }

  #switch(version: number): void {
    const view = this.#viewOf(version);
    if (view === undefined) return;
    this.#publishing = view;
    const [before, after] = [
      this.#views.filter((other) => other.version < version),
      this.#views.filter((other) => other.version >= version),
    ];
    this.#directories.forget(without(nodesOf(before), nodesOf(after)));
  }

  #clean(version: number): void {
    if (this.#publishing === undefined || this.#publishing.version < version) return;
    const left = this.#views.filter((view) => view.version < version);
    const wereReady = new Map([...this.#wanted].map(([topic, wanted]) => [topic, this.#isReady(topic, wanted)]));
    this.#views = this.#views.filter((view) => view.version >= version);
    this.#directories.keep(
      (place) => this.#views.some((view) => view.has(place)),
      (place, topic) => this.#views.some(({ routing }) => this.#directories.asksAt(routing.directory, topic) === place),
    );
    for (const [topic, wanted] of this.#wanted) {
      this.#forget(topic, wanted, left);
      if (!wereReady.get(topic)) this.#sayIfReady(topic);
    }
  }

  #forget(topic: Topic, wanted: Wanted<Socket>, views: readonly View[]): void {
    const tells = views.flatMap((view) => view.tells(topic, wanted.places.get(view.version) ?? []));
    const before = placesOf(wanted);
    for (const view of views) wanted.places.delete(view.version);
    const told = new Set(this.#tellsOf(topic, wanted).map(tellKey));
    for (const tell of tells) if (!told.has(tellKey(tell))) this.#takeBack(tell);
    const kept = new Set(placesOf(wanted).map(keyOf));
    for (const address of before) if (!kept.has(keyOf(address))) this.#leave(address, topic);
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

function nodesOf(views: readonly View[]): ReadonlySet<NodeId> {
  return new Set(views.flatMap(({ nodes }) => [...nodes]));
}

function without(nodes: ReadonlySet<NodeId>, others: ReadonlySet<NodeId>): ReadonlySet<NodeId> {
  return new Set([...nodes].filter((node) => !others.has(node)));
}

function isAmong(places: readonly Address[] | undefined, { broker, channel }: Address): boolean {
  return places?.some((place) => place.channel === channel && place.broker === broker) === true;
}

/** A message of kind presence for a user's own topic asks whether the user is online. */
function isQuestion(message: Message<unknown>): boolean {
  return message.kind === 'presence' && message.topics.every((topic) => topic.startsWith('u:'));
}
