import type { Server } from 'socket.io';
import { BenchError } from '../error.js';
import type { Effect, Input, Message, NodeCoreConfig, NodeCounters } from '../routing/messages.js';
import { NodeCore } from '../routing/nodeCore.js';
import type { Address, Kind, Topic, Topology } from '../routing/types.js';
import { isDefinite, isForSockets, type LocalNode } from '../transports/types.js';
import { BodyReader, isWellFormed } from './bodies.js';
import { DirectoryDesk } from './directoryDesk.js';
import type { Links } from './links.js';
import { type Deferred, deferred, Pending } from './pending.js';
import { Session } from './session.js';

/** What became of something that was said. */
export type Outcome =
  | {
      readonly status: 'taken';
      /** Brokers' receivers and this node itself, if it was reached by a call; null where a transport does not say. */
      readonly receivers: number | null;
    }
  | { readonly status: 'rejected' | 'unknown' };

export interface Saying {
  readonly by: 'client' | 'node';
  readonly kind: Kind;
  readonly topics: readonly Topic[];
  readonly body: Buffer;
  readonly draws: string;
}

/** Whatever wants topics: a session, or the inbox of this node. */
export interface Listener {
  /** Those it wants; kept by the switchboard. */
  readonly topics: Set<Topic>;
  /** Joins the topic's Socket.IO room, or leaves it, where the transport delivers by itself. */
  follow?(topic: Topic, wanted: boolean): void;
  /** Takes the body of a message: for a session a complete Socket.IO packet. */
  write(body: string, kind: Kind): void;
}

/** What the core leaves to the rest of the node. */
export interface Hooks {
  asked(message: Message<Buffer>, online: boolean): void;
  /** A question of this node came back to it. */
  echoed(message: Message<Buffer>): void;
  /** What is said for a topic that is wanted here is heard everywhere from now on, for the first time or again. */
  heard(topic: Topic): void;
}

const nothing = Buffer.alloc(0);

/** What was done for one message. */
interface Performed {
  readonly publishes: Promise<number | null>[];
  /** Calls to this node itself: deliveries and questions. */
  calls: number;
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
  readonly #waiting = new Map<Topic, Deferred<void>>();
  readonly #views = new Map<number, Deferred<void>>();
  readonly #desk: DirectoryDesk;
  /** Messages for which a directory is asked, until they are published or cannot be. */
  readonly #held = new Map<string, Deferred<Outcome>>();
  #said = 0;
  #newest = Number.NEGATIVE_INFINITY;

  constructor(config: NodeCoreConfig, links: Links, hooks: Hooks) {
    this.#core = new NodeCore(config);
    this.#node = config.node;
    this.#links = links;
    this.#hooks = hooks;
    this.#desk = new DirectoryDesk(links, this.pending, (input) => this.#step(input));
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
    return {
      id: this.#node,
      socketIo: {
        io,
        passed: (address, message) => {
          this.#step({ type: 'arrived', address, message: { ...message, view: this.#newest, body: nothing } });
        },
        published: (broker, kind, receivers) => this.#published(broker, kind, receivers),
      },
      arrived: (address, message) => this.#arrived(address, message),
      junk: (broker) => this.#links.junk(broker),
      lost: (broker, only) => {
        this.#links.setLost(broker, true);
        if (only === undefined) this.#step({ type: 'lost', broker });
      },
      reconnected: (broker) => {
        this.#links.setLost(broker, false);
        this.#step({ type: 'reconnected', broker });
      },
      directory: this.#desk,
    };
  }

  /** Resolves when the topic is heard everywhere it should be, or nobody here wants it any more. */
  want(topic: Topic, listener: Listener): Promise<void> {
    listener.topics.add(topic);
    if (this.#links.delivers) listener.follow?.(topic, true);
    const ready = this.#waiting.get(topic) ?? deferred<void>();
    this.#waiting.set(topic, ready);
    this.#step({ type: 'wanted', topic, socket: listener });
    return ready.promise;
  }

  unwant(topic: Topic, listener: Listener): void {
    if (!listener.topics.delete(topic)) return;
    if (this.#links.delivers) listener.follow?.(topic, false);
    this.#step({ type: 'unwanted', topic, socket: listener });
    if (this.#core.sockets(topic) === undefined) this.#ready(topic);
  }

  nextId(): string {
    return `${this.#node}-${++this.#said}`;
  }

  /** Never rejects: a failure is an outcome. */
  say(id: string, saying: Saying): Promise<Outcome> {
    const performed = this.#step({ type: 'said', id, ...saying });
    const held = this.#held.get(id);
    if (held !== undefined) return this.pending.track(held.promise);
    return performed.publishes.length === 0 ? outcomeOf(performed) : this.pending.track(outcomeOf(performed));
  }

  /** A listener took a message and will not write it to its socket. */
  unwritten(kind: Kind): void {
    this.#step({ type: 'unwritten', kind, sockets: 1 });
  }

  /** Socket.IO wrote a delivery of a transport that delivers by itself to a socket. */
  written(kind: Kind): void {
    this.#step({ type: 'written', kind, sockets: 1 });
  }

  async view(topology: Topology): Promise<void> {
    if (topology.version <= this.#newest)
      throw new BenchError('bug', `[${this.#node}] view ${topology.version} is not newer than ${this.#newest}`);
    this.#links.check(topology.brokers);
    this.#newest = topology.version;
    const ready = deferred<void>();
    this.#views.set(topology.version, ready);
    this.#step({ type: 'view', topology });
    await ready.promise;
  }

  switch(version: number): void {
    this.#step({ type: 'switch', version });
  }

  clean(version: number): void {
    this.#step({ type: 'clean', version });
  }

  #arrived(address: Address, message: Message<Buffer>): void {
    if (isWellFormed(message)) this.#step({ type: 'arrived', address, message });
    else this.#links.junk(address.broker);
  }

  /**
   * Returns what was done for a message that was said and not held. A session that is cut while it is written to makes a step within this one;
   * the sets being walked bear that.
   */
  #step(input: Input<Buffer, Listener>): Performed {
    this.pending.note();
    let performed: Performed = { publishes: [], calls: 0 };
    for (const effect of this.#core.step(input)) {
      switch (effect.type) {
        case 'publish':
          performed.publishes.push(this.#publish(effect.address, effect.message));
          break;
        case 'held':
          this.#held.set(effect.id, deferred());
          break;
        case 'released':
          this.#conclude(effect.id, outcomeOf(performed));
          performed = { publishes: [], calls: 0 };
          break;
        case 'rejected':
          this.#conclude(effect.id, Promise.resolve({ status: 'rejected' }));
          break;
        default:
          if (this.#perform(effect)) performed.calls++;
      }
    }
    return performed;
  }

  #conclude(id: string, outcome: Promise<Outcome>): void {
    const held = this.#held.get(id);
    this.#held.delete(id);
    if (held !== undefined) outcome.then(held.resolve, held.reject);
  }

  /** Returns whether the effect reached somebody. */
  #perform(effect: Exclude<Effect<Buffer, Listener>, OfMessage>): boolean {
    switch (effect.type) {
      case 'deliver':
        if (this.#links.delivers && isForSockets(effect.message.kind)) this.#leaveTo(effect.sockets, effect.message.kind);
        else this.#deliver(effect.sockets, effect.message);
        return true;
      case 'question':
        this.#hooks.asked(effect.message, effect.online && effect.message.topics.some((topic) => this.#isOnline(topic)));
        return true;
      case 'echo':
        this.#hooks.echoed(effect.message);
        return false;
      case 'subscribe':
        this.#subscribe(effect.address, effect.attempt);
        return false;
      case 'unsubscribe':
        this.#unsubscribe(effect.address);
        return false;
      case 'ready':
        this.#ready(effect.topic);
        this.#hooks.heard(effect.topic);
        return false;
      case 'viewReady':
        this.#views.get(effect.version)?.resolve();
        this.#views.delete(effect.version);
        return false;
      default:
        this.#desk.perform(effect);
        return false;
    }
  }

  /** The core is told of a definite refusal before anybody who waits for the outcome. */
  #publish(address: Address, message: Message<Buffer>): Promise<number | null> {
    const published = this.#links.publish(address, message);
    published.catch((error: unknown) => {
      if (isDefinite(error)) this.#step({ type: 'refused', broker: address.broker, kind: message.kind });
    });
    return published;
  }

  #deliver(listeners: ReadonlySet<Listener>, message: Message<Buffer>): void {
    const body = this.#bodies.read(message.body);
    for (const listener of listeners) listener.write(body, message.kind);
  }

  /** The transport writes: what it wrote is counted when it did. */
  #leaveTo({ size }: ReadonlySet<Listener>, kind: Kind): void {
    this.#step({ type: 'unwritten', kind, sockets: size });
  }

  /** An adapter's own message; when it fails, whoever waits for an answer to it runs into a time limit. */
  #published(broker: string, kind: Kind, receivers: Promise<number | null>): void {
    this.#step({ type: 'published', broker, kind });
    this.pending.track(receivers).then(
      (count) => this.#links.received(broker, count),
      (error: unknown) => {
        if (isDefinite(error)) this.#step({ type: 'refused', broker, kind });
        else this.#links.received(broker, null);
      },
    );
  }

  /** Who still signs in may yet be refused: messages are held for them, but they are not online. */
  #isOnline(topic: Topic): boolean {
    return [...this.sockets(topic)].some((session) => session.online);
  }

  /** A failure is kept by the links and shows in the node's health; whoever waits for the topic runs into a time limit. */
  #subscribe(address: Address, attempt: number): void {
    const confirmed = this.pending.track(this.#links.subscribe(address));
    confirmed.then(
      () => {
        this.#step({ type: 'subscribed', address, attempt });
      },
      () => this.pending.note(),
    );
  }

  /** An unsubscribe that fails leaves a subscription behind: what comes through it is wasted, and counted so. */
  #unsubscribe(address: Address): void {
    this.pending.track(this.#links.unsubscribe(address)).catch(() => this.pending.note());
  }

  #ready(topic: Topic): void {
    this.#waiting.get(topic)?.resolve();
    this.#waiting.delete(topic);
  }
}

async function outcomeOf({ publishes, calls }: Performed): Promise<Outcome> {
  const results = await Promise.allSettled(publishes);
  const failed = results.filter((result) => result.status === 'rejected');
  if (failed.length === 0) return { status: 'taken', receivers: sum(calls, results) };
  const nothingHappened = calls === 0 && failed.length === results.length && failed.every(({ reason }) => isDefinite(reason));
  return { status: nothingHappened ? 'rejected' : 'unknown' };
}

function sum(calls: number, results: readonly PromiseSettledResult<number | null>[]): number | null {
  let receivers: number | null = calls;
  for (const result of results) {
    if (result.status === 'rejected' || result.value === null || receivers === null) receivers = null;
    else receivers += result.value;
  }
  return receivers;
}
