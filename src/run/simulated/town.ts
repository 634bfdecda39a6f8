import { refusal } from '../../load/driver.js';
import { type Probe, ProbeWatch } from '../../load/probes.js';
import { Recorder } from '../../load/recorder.js';
import type { Said } from '../../load/text.js';
import { socketName } from '../../measure/ledger.js';
import { standardHopLatency } from '../../plan/hopLatency.js';
import { nodeIndex, userId } from '../../plan/placement.js';
import type { Plan } from '../../plan/types.js';
import type { Effect, Message } from '../../routing/messages.js';
import { routedOnce } from '../../routing/routedOnce.js';
import type { Kind, NodeId, Strategy, Topic, Topology } from '../../routing/types.js';
import { VirtualNetwork } from '../../routing/virtualNetwork.js';
import { Change, type Manner } from './change.js';
import { Outcomes } from './outcomes.js';
import { Questions } from './questions.js';
import { Timeline } from './timeline.js';

/** What a message carries: of the load what a text says of itself, of a probe who sent it and which; of one that is followed who is told of each receipt; null: of the warm-up. */
export type Body = Said | { readonly from: string; readonly pair: string } | Followed | null;

interface Followed {
  seen(user: number, device: number): void;
}

/** Sockets go by numbers, first those of everyone's first device; the inbox of a node, where answers about presence arrive, by this. */
const inbox = -1;
/** Which device says what a user says. */
const speaking = '0';

/** So many connect at a time: what follows from one connect is over before memory fills with what follows from all. */
const connectsAtOnce = 500;

/** Whoever watches what nodes do, beside the town. */
export type Watcher = (node: NodeId, effect: Effect<Body, number>) => void;

/**
 * Virtual nodes, brokers and users in virtual time. It neither routes nor counts: the nodes are the ones of the chat server, brokers count in
 * the virtual network, and a recorder of the load sees what its users get. Status notices are left out: nobody watches, and they
 * are said before anything is measured.
 */
export class SimulatedTown {
  readonly timeline: Timeline;
  readonly network: VirtualNetwork<Body, number>;
  readonly recorder: Recorder;
  readonly questions = new Questions();
  readonly #plan: Plan;
  readonly #outcomes: Outcomes;
  /** How many messages of a kind each user has said. */
  readonly #drawn: Readonly<Record<'chat' | 'probe', Uint32Array>>;
  readonly #watchers = new Set<Watcher>();
  /** While nodes change over by themselves: the view that each takes everything for. */
  readonly #viewOf = new Map<NodeId, number>();
  #closed = false;
  #probes = new ProbeWatch([]);
  #said = 0;

  constructor(plan: Plan, strategy: Strategy) {
    this.#plan = plan;
    this.timeline = new Timeline(plan.hopLatency ?? standardHopLatency, plan.seed);
    this.recorder = new Recorder(plan, () => this.timeline.nowMs);
    this.#outcomes = new Outcomes((said, reply) => this.recorder.answered(said, reply));
    this.#drawn = { chat: new Uint32Array(plan.size.users), probe: new Uint32Array(plan.size.users) };
    this.network = new VirtualNetwork({
      seed: plan.seed,
      wires: this.timeline,
      route: routedOnce(strategy, plan.strategy.options),
      told: (node, effect) => this.#told(node, effect),
      published: ({ id }, taken) => this.#outcomes.settle(id, taken),
      read: (node, message) => this.#read(node, message),
    });
  }

  /** Every node is there and ready before any publishes. */
  open(): void {
    const { topology } = this.#plan;
    this.network.add(topology);
    for (const node of topology.nodes) this.network.step(node, { type: 'view', topology });
    this.timeline.drain();
    for (const node of topology.nodes) this.network.step(node, { type: 'switch', version: topology.version });
  }

  /** Some of the users, from one on, in the places that the plan gives them. Returns the first that has not connected. */
  connect(from: number, devices: number): number {
    const { users, nodes } = this.#plan.size;
    const [askedAtMs, to] = [this.timeline.nowMs, Math.min(from + connectsAtOnce, users)];
    for (let user = from; user < to; user++) {
      this.enter(user, devices, `u:${userId(user)}`);
      if (user < nodes) this.network.step(this.nodeOf(user), { type: 'wanted', topic: `n:${this.nodeOf(user)}`, socket: inbox });
    }
    this.timeline.drain();
    for (let user = from; user < to; user++)
      for (let device = 0; device < devices; device++) this.recorder.connected(socketName(userId(user), String(device)), askedAtMs);
    return to;
  }

  /** A user listens to a topic, on every device. */
  enter(user: number, devices: number, topic: Topic): void {
    for (let device = 0; device < devices; device++)
      this.network.step(this.nodeOf(user, device), { type: 'wanted', topic, socket: user + device * this.#plan.size.users });
  }

  /** Probes that are to be seen from now on. */
  expect(probes: readonly Probe[]): void {
    this.#probes = new ProbeWatch(probes);
  }

  get missingProbes(): readonly string[] {
    return this.#probes.missing;
  }

  probe(user: number, topics: readonly Topic[], body: Body): void {
    this.#send(user, 'probe', topics, body);
  }

  say(user: number, topics: readonly Topic[], said: Said): void {
    this.recorder.sending(said);
    if (this.#closed || !this.network.nodes.has(this.nodeOf(user))) this.recorder.answered(said, refusal('rejected', 'not connected'));
    else this.#send(user, 'chat', topics, said);
  }

  /** After the load, and in no figure of it. */
  follow(user: number, topics: readonly Topic[], followed: Followed): void {
    this.#send(user, 'chat', topics, followed);
  }

  /** Nothing more happens: what is not answered by now never will be. */
  close(): void {
    this.#outcomes.giveUp();
  }

  /** From one topology to the next while messages are under way; `done` is called when nobody lives by the old one any more. */
  change(topology: Topology, manner: Manner, done: () => void = () => {}): void {
    new Change(this, topology, done).begin(manner);
  }

  /** A node dies, and its users are cut off. */
  lose(node: NodeId): void {
    this.network.kill(node);
    const { nodes, users } = this.#plan.size;
    const first = this.#plan.topology.nodes.indexOf(node);
    if (first < 0) return;
    for (let user = first; user < users; user += nodes) this.recorder.cut(socketName(userId(user), speaking), 'node died');
  }

  /** Nobody can say anything while the doors are closed. */
  closeDoors(closed: boolean): void {
    this.#closed = closed;
  }

  /** From now on the node takes whatever it hears for a message of its own view, as one would that knows of no views. */
  believe(node: NodeId, version: number): void {
    this.#viewOf.set(node, version);
  }

  watch(watcher: Watcher): void {
    this.#watchers.add(watcher);
  }

  nodeOf(user: number, device = 0): NodeId {
    const { nodes } = this.#plan.topology;
    return nodes[nodeIndex(user, device, nodes.length)] ?? '';
  }

  /** Names the message for its draws as a session of the chat server does. */
  #send(user: number, kind: 'chat' | 'probe', topics: readonly Topic[], body: Body): void {
    const [node, drawn] = [this.nodeOf(user), this.#drawn[kind]];
    const draws = `${userId(user)}.${speaking}:${kind}:${drawn[user]}`;
    drawn[user] = (drawn[user] ?? 0) + 1;
    this.timeline.send(userId(user), 'asks', node, () => this.#arrive(node, kind, { topics, body, draws }));
  }

  #arrive(node: NodeId, kind: Kind, saying: { readonly topics: readonly Topic[]; readonly body: Body; readonly draws: string }): void {
    if (!this.network.nodes.has(node)) {
      if (isSaid(saying.body)) this.recorder.answered(saying.body, refusal('unknown', 'connection lost'));
      return;
    }
    const id = `${node}-${++this.#said}`;
    if (isSaid(saying.body)) this.#outcomes.begin(id, saying.body);
    this.network.step(node, { type: 'said', by: 'client', kind, id, ...saying });
    this.#outcomes.settle(id, null);
  }

  #read(node: NodeId, message: Message<Body>): Message<Body> {
    if (this.#viewOf.size === 0) return message;
    const view = this.#viewOf.get(node) ?? this.#plan.topology.version;
    return message.view === view ? message : { ...message, view };
  }

  #told(node: NodeId, effect: Effect<Body, number>): void {
    switch (effect.type) {
      case 'deliver':
        for (const socket of effect.sockets) this.#deliver(node, socket, effect.message);
        break;
      case 'publish':
        this.#outcomes.wait(effect.message.id);
        break;
      case 'held':
        this.#outcomes.wait(effect.id);
        break;
      case 'released':
        this.#outcomes.settle(effect.id, null);
        break;
      case 'rejected':
        this.#outcomes.settle(effect.id, false);
        break;
      case 'ask':
        this.questions.add(node, effect);
        break;
      default:
    }
    for (const watcher of this.#watchers) watcher(node, effect);
  }

  #deliver(node: NodeId, socket: number, { body }: Message<Body>): void {
    const { users } = this.#plan.size;
    const [user, device] = [socket % users, Math.floor(socket / users)];
    const to = userId(user);
    this.timeline.send(node, 'answers', to, () => {
      if (isSaid(body)) this.recorder.received(user, device, nodeIndex(user, device, this.#plan.topology.nodes.length), body);
      else if (isFollowed(body)) body.seen(user, device);
      else if (body !== null && device === 0) this.#probes.saw(body.from, to, body.pair);
    });
  }
}

function isFollowed(body: Body): body is Followed {
  return body !== null && 'seen' in body;
}

function isSaid(body: Body): body is Said {
  return body !== null && 'sequence' in body;
}
