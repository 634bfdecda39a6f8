import type { Server } from 'socket.io';
import { BenchError } from '../error.js';
import { socketName } from '../measure/ledger.js';
import { NodeHops } from '../measure/nodeHops.js';
import type { SeenHop } from '../measure/traceSchema.js';
import { unixMs } from '../processes/clock.js';
import type { NodeCounters } from '../routing/counters.js';
import type { Effect, Input, Message, NodeCoreConfig, Sockets } from '../routing/messages.js';
import { NodeCore } from '../routing/nodeCore.js';
import { observe } from '../routing/observe.js';
import type { Address, Kind, Topic, Topology } from '../routing/types.js';
import { isForSockets, type LocalNode } from '../transports/types.js';
import { Awaited } from './awaited.js';
import { BodyReader } from './bodies.js';
import { BrokerDesk } from './brokerDesk.js';
import { DirectoryDesk } from './directoryDesk.js';
import type { Links } from './links.js';
import type { Listener } from './listener.js';
import { nothingPerformed, type Outcome, outcomeOf, type Performed } from './outcomes.js';
import { Pending } from './pending.js';
import { Session } from './session.js';
import type { Soon } from './soon.js';

export interface Saying {
  readonly by: 'client' | 'node';
  readonly kind: Kind;
  readonly topics: readonly Topic[];
  readonly body: Buffer;
  readonly draws: string;
}

/** What the core leaves to the rest of the node. */
export interface Hooks {
  asked(message: Message<Buffer>, online: boolean): void;
  /** A question of this node came back to it. */
  echoed(message: Message<Buffer>): void;
  /** What is said for a topic that is wanted here is heard everywhere from now on, for the first time or again. */
  heard(topic: Topic): void;
  /** What is said for these topics is not heard here, and nothing tries again while the broker is there. */
  unheard(topics: ReadonlySet<Topic>, cause: unknown): void;
}

/** What concerns a message is told apart from all that happens otherwise. */
type OfMessage = Extract<Effect<Buffer, Listener>, { type: 'publish' | 'held' | 'released' | 'rejected' }>;

/** Runs the core over sessions and transports: performs each effect, and feeds back what comes of it. It neither routes nor counts. */
export class Switchboard {
  readonly pending = new Pending();
  readonly #core: NodeCore<Buffer, Listener>;
  readonly #links: Links;
  readonly #hooks: Hooks;
  readonly #node: string;
  readonly #bodies = new BodyReader();
  readonly #brokers: BrokerDesk;
  readonly #directories: DirectoryDesk;
  readonly #topicsReady = new Awaited<Topic, void>();
  readonly #viewsReady = new Awaited<number, void>();
  /** Messages for which a directory is asked, until they are published or cannot be. */
  readonly #held = new Awaited<string, Outcome>();
  #said = 0;
  #newest = Number.NEGATIVE_INFINITY;

  constructor(config: NodeCoreConfig, links: Links, hooks: Hooks) {
    const { pending } = this;
    const step = (input: Input<Buffer, Listener>) => void this.#step(input);
    this.#core = new NodeCore(config);
    this.#node = config.node;
    this.#links = links;
    this.#hooks = hooks;
    const unheard = (address: Address, cause: unknown) => hooks.unheard(this.#core.topicsAt(address), cause);
    const count = (input: Input<Buffer, Listener>) => void this.#core.step(input);
    this.#brokers = new BrokerDesk({ node: config.node, links, pending, newest: () => this.#newest, step, count, unheard });
    this.#directories = new DirectoryDesk(links, pending, step);
  }

  get counters(): NodeCounters {
    return this.#core.counters;
  }

  subscriptions(): Record<string, number> {
    return this.#core.subscriptions();
  }

  /** Entries that places of directories are told by this node, by the first letter of their topics. */
  entries(): Record<string, number> {
    return this.#core.entries();
  }

  sockets(topic: Topic): ReadonlySet<Session> {
    return new Set([...(this.#core.sockets(topic) ?? [])].filter((listener) => listener instanceof Session));
  }

  /** This node, as transports see it. */
  local(io: Server): LocalNode {
    return this.#brokers.local(io, this.#directories);
  }

  /** Resolves when the topic is heard everywhere it should be, or nobody here wants it any more. */
  want(topic: Topic, listener: Listener): Promise<void> {
    listener.topics.add(topic);
    if (this.#links.delivers) listener.follow?.(topic, true);
    const ready = this.#topicsReady.of(topic);
    this.#step({ type: 'wanted', topic, socket: listener });
    return ready;
  }

  unwant(topic: Topic, listener: Listener): void {
    if (!listener.topics.delete(topic)) return;
    if (this.#links.delivers) listener.follow?.(topic, false);
    this.#step({ type: 'unwanted', topic, socket: listener });
    if (this.#core.sockets(topic) === undefined) this.#topicsReady.settle(topic, undefined);
  }

  nextId(): string {
    return `${this.#node}-${++this.#said}`;
  }

  /** Never rejects: a failure is an outcome. */
  say(id: string, { by, kind, topics, body, draws }: Saying): Soon<Outcome> {
    const performed = this.#step({ type: 'said', id, by, kind, topics, body, draws });
    const outcome = this.#held.has(id) ? this.#held.of(id) : outcomeOf(performed);
    return outcome instanceof Promise ? this.pending.track(outcome) : outcome;
  }

  /** A listener took a message and will not write it to its socket. */
  unwritten(kind: Kind): void {
    this.#step({ type: 'unwritten', kind, sockets: 1 });
  }

  /** Socket.IO wrote a delivery of a transport that delivers by itself to a socket. */
  written(kind: Kind): void {
    this.#step({ type: 'written', kind, sockets: 1 });
  }

  /** Records what this node does for messages of one kind from now on, until the function that is returned is called. Nothing of it is on their way before. */
  follow(kind: Kind): () => readonly SeenHop[] {
    const nameOf = (listener: Listener) => (listener instanceof Session ? socketName(listener.user, listener.device) : undefined);
    const hops = new NodeHops<Buffer, Listener>({ node: this.#node, kind, clock: unixMs, nameOf });
    const stop = [observe(this.#core, hops.observer), this.#brokers.observe((...accepted) => hops.accepted(...accepted))];
    return () => {
      for (const restore of stop) restore();
      return hops.seen;
    };
  }

  async view(topology: Topology): Promise<void> {
    const { version, brokers } = topology;
    if (version <= this.#newest) throw new BenchError('bug', `[${this.#node}] view ${version} is not newer than ${this.#newest}`);
    this.#links.check(brokers);
    this.#newest = version;
    const ready = this.#viewsReady.of(version);
    this.#step({ type: 'view', topology });
    await ready;
  }

  switch(version: number): void {
    this.#step({ type: 'switch', version });
  }

  clean(version: number): void {
    this.#step({ type: 'clean', version });
  }

  /**
   * Returns what was done for a message that was said and not held. A session that is cut while it is written to makes a step within this one;
   * the sets being walked bear that.
   */
  #step(input: Input<Buffer, Listener>): Performed {
    this.pending.note();
    let performed = nothingPerformed();
    for (const effect of this.#core.step(input)) {
      switch (effect.type) {
        case 'publish':
          performed.publishes.push(this.#brokers.publish(effect.address, effect.message));
          break;
        case 'held':
          void this.#held.of(effect.id);
          break;
        case 'released':
          this.#held.settle(effect.id, outcomeOf(performed));
          performed = nothingPerformed();
          break;
        case 'rejected':
          this.#held.settle(effect.id, { status: 'rejected' });
          break;
        default:
          if (this.#perform(effect)) performed.calls++;
      }
    }
    return performed;
  }

  /** Returns whether the effect reached somebody. */
  #perform(effect: Exclude<Effect<Buffer, Listener>, OfMessage>): boolean {
    switch (effect.type) {
      case 'deliver':
        this.#deliver(effect.sockets, effect.message);
        return true;
      case 'question':
        this.#hooks.asked(effect.message, effect.online && effect.message.topics.some((topic) => this.#isOnline(topic)));
        return true;
      case 'echo':
        this.#hooks.echoed(effect.message);
        return false;
      case 'subscribe':
        this.#brokers.subscribe(effect.address, effect.attempt);
        return false;
      case 'unsubscribe':
        this.#brokers.unsubscribe(effect.address);
        return false;
      case 'ready':
        this.#topicsReady.settle(effect.topic, undefined);
        this.#hooks.heard(effect.topic);
        return false;
      case 'viewReady':
        this.#viewsReady.settle(effect.version, undefined);
        return false;
      default:
        this.#directories.perform(effect);
        return false;
    }
  }

  /** Where the transport writes to the sockets, what it wrote is counted when it did. */
  #deliver(listeners: Sockets<Listener>, { kind, body }: Message<Buffer>): void {
    if (this.#links.delivers && isForSockets(kind)) {
      this.#step({ type: 'unwritten', kind, sockets: listeners.size });
      return;
    }
    const packet = this.#bodies.read(body);
    listeners.forEach((listener) => {
      listener.write(packet, kind);
    });
  }

  /** Who still signs in may yet be refused: messages are held for them, but they are not online. */
  #isOnline(topic: Topic): boolean {
    return [...this.sockets(topic)].some((session) => session.online);
  }
}
