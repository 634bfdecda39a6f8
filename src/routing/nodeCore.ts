import { type NodeCounters, zeroCounters } from './counters.js';
import { Directories } from './directories.js';
import type { Line } from './directory.js';
import { Hearing } from './hearing.js';
import type { Effect, Input, NodeCoreConfig, Said, Sockets } from './messages.js';
import { type Held, Speaking } from './speaking.js';
import type { Address, NodeId, Topic, Topology } from './types.js';
import { View } from './view.js';
import { Views } from './views.js';
import { Wanting } from './wanting.js';

/**
 * The one state machine of a chat node: it alone routes, delivers and counts. No I/O, clock or randomness of its own,
 * so the chat server runs it over sockets and brokers, and the simulator over arrays.
 *
 * Its parts: what is wanted here (`Wanting`), what is said (`Speaking`) and heard (`Hearing`), who remembers what (`Directories`),
 * and the topologies it lives by (`Views`).
 */
export class NodeCore<Body, Socket> {
  readonly counters: NodeCounters = zeroCounters();
  readonly #config: NodeCoreConfig;
  readonly #views: Views;
  readonly #directories: Directories<Held<Body>>;
  readonly #wanting: Wanting<Socket>;
  readonly #speaking: Speaking<Body>;
  readonly #hearing: Hearing<Body, Socket>;
  #effects: Effect<Body, Socket>[] = [];

  constructor(config: NodeCoreConfig) {
    const { node } = config;
    const { counters } = this;
    const emit = (effect: Effect<Body, Socket>) => this.#effects.push(effect);
    this.#config = config;
    this.#views = new Views((version) => emit({ type: 'viewReady', version }));
    this.#directories = new Directories(node, counters, {
      emit,
      knows: (tell) => this.#wanting.known(tell),
      answered: (askers) => this.#speaking.answered(askers),
      failed: (askers) => this.#speaking.failed(askers),
      nodes: () => this.#views.newest?.nodes ?? new Set(),
      copied: () => this.#views.settled(theCopy),
    });
    this.#wanting = new Wanting({ node, counters, views: this.#views, directories: this.#directories, emit });
    this.#hearing = new Hearing({ node, counters, views: this.#views, wanting: this.#wanting, emit });
    this.#speaking = new Speaking(config, counters, {
      emit,
      hand: (message) => this.#hearing.called(message),
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
    return this.#wanting.subscriptions();
  }

  /** How many entries places of directories are told, by the first letter of their topics. */
  entries(): Record<string, number> {
    return this.#directories.entries();
  }

  /** What this node keeps as a place of a directory. */
  lines(): readonly Line[] {
    return this.#directories.lines();
  }

  sockets(topic: Topic): Sockets<Socket> | undefined {
    return this.#wanting.sockets(topic);
  }

  /** The wanted topics that are to be heard at an address. */
  topicsAt(address: Address): ReadonlySet<Topic> {
    return this.#wanting.topicsAt(address);
  }

  #take(input: Input<Body, Socket>) {
    switch (input.type) {
      case 'wanted':
        return this.#wanting.want(input.topic, input.socket);
      case 'unwanted':
        return this.#wanting.unwant(input.topic, input.socket);
      case 'subscribed':
        return this.#wanting.subscribed(input.address, input.attempt);
      case 'said':
        return this.#say(input);
      case 'arrived':
        return this.#hearing.arrived(input.address, input.message);
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

  #say(said: Said<Body>): void {
    if (said.by === 'client') this.counters.kinds[said.kind].fromClients++;
    const view = this.#views.publishing;
    if (view === undefined) throw new Error(`[${this.#config.node}] a message was said before the first view`);
    this.#speaking.say(said, view);
  }

  #lose(broker: string): void {
    this.#wanting.lose(broker);
    this.#directories.lose(broker);
    for (const view of this.#views.waiting()) this.#await(view);
  }

  #reconnect(broker: string): void {
    this.#wanting.reconnect(broker);
    this.#directories.reconnected(broker);
  }

  #view(topology: Topology): void {
    const { newest } = this.#views;
    if (newest !== undefined && topology.version <= newest.version) return;
    const view = new View(topology, this.#config.route(topology));
    this.#views.add(view);
    this.#wanting.listenBy(view, newest && copiersOf(view, newest));
    if (newest === undefined || this.#directories.copying) this.#directories.copyFrom(view.sourceFor(this.#config.node));
    this.#await(view);
    if (newest === undefined) this.#wanting.sayReady();
  }

  #await(view: View): void {
    const copy = this.#directories.copying ? [theCopy] : [];
    this.#views.await(view, [...this.#wanting.unsettledBy(view), ...copy]);
  }

  #switch(version: number): void {
    if (this.#views.publishBy(version)) this.#directories.forget(nodesLeftBy(version, this.#views.all));
  }

  #clean(version: number): void {
    const unready = this.#wanting.unready();
    const left = this.#views.leave(version);
    if (left === undefined) return;
    const views = this.#views.all;
    this.#directories.keep(
      (place) => views.some((view) => view.has(place)),
      (place, topic) => views.some(({ routing }) => this.#directories.asksAt(routing.directory, topic) === place),
    );
    this.#wanting.leave(left, unready);
  }
}

/** What a view waits for beside addresses and tells, whose keys hold a space. */
const theCopy = 'copy';

/** The nodes that are new in a view by which those who join copy the directory. */
function copiersOf(view: View, before: View): ReadonlySet<NodeId> | undefined {
  if (!view.routing.directoryCopied) return undefined;
  return new Set([...view.nodes].filter((node) => !before.nodes.has(node)));
}

/** The nodes of the views before a version that none from then on has. Where nobody remembers anything, nobody is missed. */
function nodesLeftBy(version: number, views: readonly View[]): Iterable<NodeId> {
  if (views.every(({ routing }) => routing.directory === undefined)) return [];
  const after = views.filter((view) => view.version >= version);
  const before = views.filter((view) => view.version < version).flatMap((view) => [...view.nodes]);
  return new Set(before.filter((node) => !after.some((view) => view.nodes.has(node))));
}
