import { setTimeout } from 'node:timers/promises';
import type { SeenHop } from '../measure/traceSchema.js';
import type { ChatLimits, ClientTransport, EngineName, RoomForm } from '../plan/types.js';
import type { EngineInUse, NodePeek, NodeSnapshot, Secrets } from '../processes/protocol.js';
import type { Kind, NodeId, Options, Routing, Topic, Topology } from '../routing/types.js';
import type { BrokerPlace, TransportKind } from '../transports/types.js';
import { Api } from './api.js';
import { Attendance } from './attendance.js';
import { type Choice, chooseEngine } from './engine/choice.js';
import { Figures } from './figures.js';
import { type Health, healthOf } from './health.js';
import { answerHttp } from './http.js';
import { Inbox } from './inbox.js';
import { Links } from './links.js';
import { metricsWhenAsked } from './metricsWhenAsked.js';
import { Presence } from './presence.js';
import { answer } from './requests.js';
import { Rooms } from './rooms.js';
import { Server } from './server.js';
import type { Session } from './session.js';
import { type Verify, verifier } from './signIn.js';
import { StatusAnnouncer } from './statusAnnouncer.js';
import { Turns } from './statusTurns.js';
import { StatusWatchers } from './statusWatchers.js';
import { Switchboard } from './switchboard.js';

/** How long a draining node waits for what brokers still owe it. */
const drainWithinMs = 3000;
/** When a node leaves the view, all that is watched is asked for anew: so many questions at once do not crowd out what clients say. */
const questionsAtOnce = 500;
/** Longest wait for a sign-in, unless the node is told another. */
const signInWithinMs = 10_000;

/** Everything a node is made of. Nothing is read from the environment, so a test can run several in one process. */
export interface NodeParts {
  readonly node: NodeId;
  readonly run: string;
  readonly seed: number;
  /** Its brokers are opened; it is lived by once it is viewed and switched to. */
  readonly topology: Topology;
  readonly rooms: RoomForm;
  readonly limits: ChatLimits;
  readonly secrets: Secrets;
  readonly brokers: readonly BrokerPlace[];
  /** Nodes speak to each other. */
  readonly mesh: boolean;
  /** URL of the Redis that keeps the rooms. */
  readonly store: string;
  readonly signInWithinMs?: number;
  /** How clients may connect; absent: over WebSocket alone. */
  readonly transports?: readonly ClientTransport[];
  /** Absent: fast. */
  readonly engine?: EngineName;
  /** Of the strategy. */
  readonly options?: Options;
  route(topology: Topology): Routing;
  kindOf(kind: string): Promise<TransportKind>;
}

/** One chat server: sockets on one side, brokers on the other, the routing core between them. */
export class ChatNode {
  readonly #parts: NodeParts;
  readonly #links = new Links();
  readonly #figures: Figures;
  readonly #engine: Choice;
  readonly #switchboard: Switchboard;
  readonly #inbox: Inbox;
  readonly #presence: Presence;
  readonly #announcer: StatusAnnouncer;
  readonly #watchers: StatusWatchers;
  readonly #rooms: Rooms;
  readonly #attendance: Attendance;
  readonly #server: Server;
  /** The view by which this node publishes. */
  #topology: Topology;
  /** The views it is ready to publish by, by version. */
  readonly #ready = new Map<number, Topology>();

  private constructor(parts: NodeParts, verify: Verify) {
    this.#parts = parts;
    this.#topology = parts.topology;
    this.#engine = chooseEngine(parts.engine ?? 'fast', parts.limits);
    this.#switchboard = new Switchboard(parts, this.#links, {
      asked: (message, online) => this.#presence.question(message, online),
      echoed: (message) => this.#presence.echoed(message),
      heard: (topic) => this.#watchers.heard(topic),
      unheard: (topics, cause) => this.#attendance.unheard(topics, cause),
    });
    this.#inbox = new Inbox(parts.node, this.#switchboard, (answer) => this.#presence.answer(answer));
    const links = this.#links;
    this.#presence = new Presence({
      node: parts.node,
      inbox: this.#inbox,
      ...this.#speaker(),
      nodes: () => this.#topology.nodes,
      get online() {
        const ask = links.online;
        return ask && ((user: string) => ask(`u:${user}`));
      },
    });
    this.#announcer = new StatusAnnouncer({ node: parts.node, ...this.#speaker() });
    this.#watchers = this.#makeWatchers();
    const listeners = {
      want: (topic: Topic, session: Session) => this.#switchboard.want(topic, session),
      unwant: (topic: Topic, session: Session) => this.#switchboard.unwant(topic, session),
      sockets: (topic: Topic) => this.#switchboard.sockets(topic),
      sessions: () => this.#attendance.sessions,
    };
    this.#rooms = new Rooms({ url: parts.store, run: parts.run, node: parts.node }, parts.rooms, listeners, parts.limits);
    this.#attendance = new Attendance(`n:${parts.node}`, {
      switchboard: this.#switchboard,
      inbox: this.#inbox,
      rooms: this.#rooms,
      announcer: this.#announcer,
      watchers: this.#watchers,
    });
    this.#figures = new Figures({ switchboard: this.#switchboard, links: this.#links, connections: () => this.#server.connections });
    this.#server = this.#makeServer(verify);
  }

  /** Resolves when the node is connected to its brokers and its store; it takes part from the first view on; rejects, with nothing left open, when it cannot. */
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
    return this.#server.listen(this.#links.door);
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

  /** Where other nodes find this one; null where nodes do not speak to each other. */
  get place(): BrokerPlace | null {
    return this.#links.place;
  }

  /** What clients are served with, and why it is not what was asked for. */
  get engine(): EngineInUse {
    return { name: this.#engine.engine.name, fallback: this.#engine.fallback };
  }

  /** `places`: of the nodes, where they speak to each other. */
  async view(topology: Topology, places: readonly BrokerPlace[] = []): Promise<void> {
    this.#rooms.view(topology.nodes);
    await this.#links.rejoin(topology.nodes, places);
    await this.#switchboard.view(topology);
    this.#ready.set(topology.version, topology);
  }

  switch(version: number): void {
    this.#switchboard.switch(version);
    const { nodes } = this.#topology;
    this.#topology = this.#ready.get(version) ?? this.#topology;
    if (nodes.some((node) => !this.#topology.nodes.includes(node))) this.#watchers.nodeLeft();
  }

  clean(version: number): void {
    this.#switchboard.clean(version);
    for (const known of this.#ready.keys()) if (known < version) this.#ready.delete(known);
  }

  /** Resolves when what this node published before the call is answered, and what brokers had handed to it by then has arrived. */
  async fence(): Promise<void> {
    await this.#switchboard.pending.before();
    await this.#links.settle();
  }

  /** No new sockets, clients told, what was asked before answered, subscriptions left, connections closed. */
  async drain(reason: string): Promise<void> {
    this.#server.sayBye(reason);
    await this.#idle();
    await this.#server.close();
    this.#inbox.leave();
    await this.#idle();
    await this.#close();
  }

  /** Records its part in messages of one kind, until the function that is returned is called. */
  follow(kind: Kind): () => readonly SeenHop[] {
    return this.#switchboard.follow(kind);
  }

  /** The event loop's delay in it is that since the snapshot before. */
  snapshot(): NodeSnapshot {
    return this.#figures.snapshot();
  }

  peek(): NodePeek {
    return this.#figures.peek();
  }

  health(): Health {
    return healthOf({ links: this.#links.states(), storeUp: this.#rooms.up, draining: this.#server.draining });
  }

  async #open(): Promise<void> {
    const { topology, brokers: places, mesh, kindOf, limits, secrets, run } = this.#parts;
    const { queuedMessages, queuedBytes } = limits;
    const { options = {} } = this.#parts;
    const settings = { prefix: `bench:${run}:`, frameKey: secrets.frameKey, queuedMessages, queuedBytes, options };
    await this.#rooms.open();
    await this.#links.open(this.#switchboard.local(this.#server.io), { brokers: topology.brokers, places, settings, mesh, kindOf });
    if (this.#links.everyNodeAnswers) this.#inbox.stay();
    this.#figures.start();
  }

  async #close(): Promise<void> {
    this.#figures.stop();
    this.#announcer.stop();
    await this.#server.close();
    await Promise.all([this.#links.close(), this.#rooms.close()]);
  }

  /** A broker that is gone owes nothing: leaving does not wait for it for ever. */
  async #idle(): Promise<void> {
    await Promise.race([this.#switchboard.pending.idle(), setTimeout(drainWithinMs, undefined, { ref: false })]);
  }

  #makeServer(verify: Verify): Server {
    const metrics = metricsWhenAsked(() => this.#figures.now());
    const desk = { rooms: this.#rooms, presence: this.#presence, watchers: this.#watchers, ...this.#speaker() };
    const { node, limits } = this.#parts;
    const api = new Api({
      node,
      limits,
      verify,
      desk,
      draining: () => this.#server.draining,
      track: (work) => this.#switchboard.pending.track(work),
    });
    const overHttp = { api, refusals: this.#figures.refusals, health: () => this.health(), metrics };
    return new Server({
      engine: this.#engine.engine,
      limits,
      transports: this.#parts.transports ?? ['websocket'],
      refusals: this.#figures.refusals,
      verify,
      signInWithinMs: this.#parts.signInWithinMs ?? signInWithinMs,
      enter: (session) => this.#attendance.enter(session),
      online: (session) => this.#announcer.online(session),
      leave: (session) => this.#attendance.leave(session),
      answer: (session, request) => this.#switchboard.pending.track(answer(desk, session, request)),
      cutSlowReader: () => this.#figures.cutSlowReader(),
      unwritten: (kind) => this.#switchboard.unwritten(kind),
      delivers: () => this.#links.delivers,
      written: (kind) => this.#switchboard.written(kind),
      http: (request, response) => answerHttp(request, response, overHttp),
    });
  }

  #makeWatchers(): StatusWatchers {
    const { node, limits } = this.#parts;
    const switchboard = this.#switchboard;
    const turns = new Turns(questionsAtOnce);
    return new StatusWatchers({
      node,
      watchedMax: limits.watchedMax,
      ask: (user, draws) => switchboard.pending.track(turns.take(() => this.#presence.ask(user, draws, 'node'))),
      want: (topic, listener) => switchboard.want(topic, listener),
      unwant: (topic, listener) => switchboard.unwant(topic, listener),
      unwritten: (kind) => switchboard.unwritten(kind),
    });
  }

  #speaker(): Pick<Switchboard, 'nextId' | 'say'> {
    return {
      nextId: () => this.#switchboard.nextId(),
      say: (id, saying) => this.#switchboard.say(id, saying),
    };
  }
}
