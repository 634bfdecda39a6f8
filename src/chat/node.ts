import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import type { ChatLimits, RoomForm } from '../plan/types.js';
import type { NodeSnapshot, Secrets } from '../processes/protocol.js';
import { byKind } from '../routing/counters.js';
import type { BrokerTraffic } from '../routing/messages.js';
import type { Kind, NodeId, Routing, Topology } from '../routing/types.js';
import type { BrokerPlace, TransportKind } from '../transports/types.js';
import { answerHttp, type Health } from './http.js';
import { Links } from './links.js';
import { metricsOf } from './metrics.js';
import { Presence } from './presence.js';
import { Refusals } from './refused.js';
import { answer } from './requests.js';
import { Rooms } from './rooms.js';
import { Server } from './server.js';
import type { Session } from './session.js';
import { type Verify, verifier } from './signIn.js';
import { Switchboard } from './switchboard.js';

/** How long a draining node waits for what brokers still owe it. */
const drainWithinMs = 3000;

/** Everything a node is made of. Nothing is read from the environment, so a test can run several in one process. */
export interface NodeParts {
  readonly node: NodeId;
  readonly run: string;
  readonly seed: number;
  readonly topology: Topology;
  readonly rooms: RoomForm;
  readonly limits: ChatLimits;
  readonly secrets: Secrets;
  readonly brokers: readonly BrokerPlace[];
  /** URL of the Redis that keeps the rooms. */
  readonly store: string;
  route(topology: Topology): Routing;
  kindOf(kind: string): TransportKind;
}

/** One chat server: sockets on one side, brokers on the other, the routing core between them. */
export class ChatNode {
  readonly #parts: NodeParts;
  readonly #links = new Links();
  readonly #sessions = new Set<Session>();
  readonly #refusals = new Refusals();
  readonly #eventLoopDelay = monitorEventLoopDelay({ resolution: 10 });
  readonly #switchboard: Switchboard;
  readonly #presence: Presence;
  readonly #rooms: Rooms;
  readonly #server: Server;
  /** The view by which this node publishes, and those it listens to as well. */
  #topology: Topology;
  readonly #coming = new Map<number, Topology>();
  #slowReadersCut = 0;

  private constructor(parts: NodeParts, verify: Verify) {
    this.#parts = parts;
    this.#topology = parts.topology;
    this.#switchboard = new Switchboard(parts, this.#links, {
      asked: (message, online) => this.#presence.question(message, online),
      answered: (message) => this.#presence.answer(message),
    });
    this.#presence = new Presence({ node: parts.node, ...this.#speaker(), nodes: () => this.#topology.nodes });
    this.#rooms = new Rooms({ url: parts.store, run: parts.run, node: parts.node }, parts.rooms, {
      want: (topic, session) => this.#switchboard.want(topic, session),
      unwant: (topic, session) => this.#switchboard.unwant(topic, session),
      sockets: (topic) => this.#switchboard.sockets(topic),
      sessions: () => this.#sessions,
    });
    this.#server = this.#makeServer(verify);
  }

  /** Resolves when the node listens to its brokers and its store; rejects, with nothing left open, when it cannot. */
  static async start(parts: NodeParts): Promise<ChatNode> {
    const node = new ChatNode(parts, await verifier(parts.secrets.tokenKey));
    try {
      await node.#open();
      return node;
    } catch (error) {
      await node.#close();
      throw error;
    }
  }

  /** Opens the port, on this machine only. */
  listen(): Promise<string> {
    return this.#server.listen();
  }

  /** Resolves when nothing is under way: what brokers and store had handed out has arrived, and what followed from it is done. */
  async settle(): Promise<void> {
    const { pending } = this.#switchboard;
    for (let before = -1; before !== pending.begun; ) {
      before = pending.begun;
      await pending.idle();
      await this.#rooms.fence();
      await this.#links.settle();
      await pending.idle();
    }
  }

  async view(topology: Topology): Promise<void> {
    this.#coming.set(topology.version, topology);
    await this.#switchboard.view(topology);
  }

  switch(version: number): void {
    this.#switchboard.switch(version);
    this.#topology = this.#coming.get(version) ?? this.#topology;
  }

  clean(version: number): void {
    this.#switchboard.clean(version);
    for (const known of this.#coming.keys()) if (known < version) this.#coming.delete(known);
  }

  /** No new sockets, clients told, what was asked before answered, subscriptions left, connections closed. */
  async drain(reason: string): Promise<void> {
    this.#server.sayBye(reason);
    await this.#idle();
    await this.#server.close();
    await this.#idle();
    await this.#close();
  }

  snapshot(): NodeSnapshot {
    const { kinds, subscribes, unsubscribes } = this.#switchboard.counters;
    const { user, system } = process.cpuUsage();
    return {
      kinds: structuredClone(kinds),
      brokers: this.#brokerFigures(),
      subscribes,
      unsubscribes,
      subscriptions: this.#switchboard.subscriptions(),
      connections: this.#server.connections,
      refused: this.#refusals.byReason(),
      slowReadersCut: this.#slowReadersCut,
      cpuUs: user + system,
      memoryBytes: process.memoryUsage.rss(),
      eventLoopDelayMsP99: this.#eventLoopDelay.percentile(99) / 1e6,
    };
  }

  health(): Health {
    const brokers = Object.fromEntries([...this.#links.states()].map(([id, { state }]) => [id, state]));
    const status = this.#server.draining ? 'draining' : Object.values(brokers).every((state) => state === 'ok') ? 'ok' : 'degraded';
    return { status, brokers, store: this.#rooms.up ? 'ok' : 'lost', storeWords: this.#rooms.words };
  }

  async #open(): Promise<void> {
    const { topology, brokers: places, limits, secrets, run } = this.#parts;
    const { queuedMessages, queuedBytes } = limits;
    const settings = { prefix: `bench:${run}:`, frameKey: secrets.frameKey, queuedMessages, queuedBytes };
    await this.#rooms.open();
    await this.#links.open(this.#switchboard.local(), { brokers: topology.brokers, places, settings, kindOf: this.#parts.kindOf });
    this.#eventLoopDelay.enable();
    await this.view(topology);
    this.switch(topology.version);
  }

  async #close(): Promise<void> {
    this.#eventLoopDelay.disable();
    await this.#server.close();
    await Promise.all([this.#links.close(), this.#rooms.close()]);
  }

  /** A broker that is gone owes nothing: leaving does not wait for it for ever. */
  async #idle(): Promise<void> {
    await Promise.race([this.#switchboard.pending.idle(), setTimeout(drainWithinMs, undefined, { ref: false })]);
  }

  #makeServer(verify: Verify): Server {
    const metrics = metricsOf(() => this.snapshot());
    const desk = { rooms: this.#rooms, presence: this.#presence, ...this.#speaker() };
    return new Server({
      limits: this.#parts.limits,
      refusals: this.#refusals,
      verify,
      enter: (session) => this.#enter(session),
      leave: (session) => this.#leave(session),
      answer: (session, request) => this.#switchboard.pending.track(answer(desk, session, request)),
      cutSlowReader: () => this.#slowReadersCut++,
      http: (request, response) => answerHttp(request, response, () => this.health(), metrics),
    });
  }

  #speaker(): Pick<Switchboard, 'nextId' | 'say'> {
    return {
      nextId: () => this.#switchboard.nextId(),
      say: (id, saying) => this.#switchboard.say(id, saying),
    };
  }

  /** A user's own topic first: from then on changes of the user's rooms reach the session. */
  async #enter(session: Session): Promise<void> {
    this.#sessions.add(session);
    const heard = [this.#switchboard.want(`u:${session.user}`, session), this.#switchboard.want(`n:${this.#parts.node}`, session)];
    await Promise.all([...heard, this.#rooms.enter(session)]);
  }

  #leave(session: Session): void {
    if (session.left) return;
    session.left = true;
    this.#sessions.delete(session);
    for (const topic of [...session.topics]) this.#switchboard.unwant(topic, session);
  }

  #brokerFigures(): NodeSnapshot['brokers'] {
    const counted = this.#switchboard.counters.brokers;
    const figures = [...this.#links.states()].map(
      ([id, { receipts, junk }]) => [id, { kinds: trafficOrZero(counted.get(id)), receipts, junk }] as const,
    );
    return Object.fromEntries(figures);
  }
}

function trafficOrZero(traffic: Record<Kind, BrokerTraffic> | undefined): Record<Kind, BrokerTraffic> {
  return traffic === undefined ? byKind(() => ({ in: 0, out: 0 })) : structuredClone(traffic);
}
