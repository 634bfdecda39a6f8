import { draw, draws } from '../hash.js';
import { routedOnce } from '../routedOnce.js';
import type { NodeId, Size, Strategy, Topic, Topology } from '../types.js';
import { VirtualNetwork } from '../virtualNetwork.js';
import { Lanes } from '../virtualWires.js';
import { fitted, frozen, type Trial } from './trial.js';

/**
 * While a topology changes under load, every node that listens gets every message exactly once. The order of events is random, within the protocol:
 * all nodes have the new view ready before any switches, and all have switched and nothing is under way before any leaves the old view.
 * A node that joins has sockets only after the switch, and where it copies the directory it gets the view last. A node that leaves is dead before.
 */
export function* checkChange(strategy: Strategy, trial: Trial): Iterable<string> {
  const random = draws('change', trial.seed);
  const next = nextTopology(strategy, trial, random);
  if (next === undefined) return;
  const change = new Change(strategy, trial, next, random);
  change.play();
  yield* change.wrong();
}

/** One node more or less, or one broker more or less, if the strategy can run that. */
function nextTopology(strategy: Strategy, trial: Trial, random: () => number): Topology | undefined {
  const { size, options, nodeName, topology } = trial;
  const asked: Size = draw(
    [
      { ...size, nodes: size.nodes + 1 },
      { ...size, nodes: size.nodes - 1 },
      { ...size, brokers: size.brokers + 1 },
      { ...size, brokers: size.brokers - 1 },
    ],
    random(),
  );
  if (asked.brokers < Math.min(size.brokers, 1) || asked.nodes < 1) return undefined;
  const next = fitted(strategy, frozen({ size: asked, options, plainNames: true, seed: 0 })).size;
  if (next.nodes === size.nodes && next.brokers === size.brokers) return undefined;
  const joined = Array.from({ length: Math.max(next.nodes - size.nodes, 0) }, (_, index) => nodeName(size.nodes + index));
  return frozen({
    version: topology.version + 1,
    nodes: [...remaining(topology.nodes, next.nodes, random), ...joined],
    brokers: strategy.brokers(next),
  });
}

/** Any of the nodes may be among those that leave. */
function remaining(nodes: readonly NodeId[], count: number, random: () => number): readonly NodeId[] {
  if (nodes.length <= count) return nodes;
  const leaving = draw(nodes, random());
  return remaining(
    nodes.filter((node) => node !== leaving),
    count,
    random,
  );
}

interface Sent {
  readonly id: string;
  readonly from: NodeId;
  readonly topic: Topic;
  readonly during: string;
  /** Whoever was ready to hear it when it was sent. */
  readonly due: ReadonlySet<NodeId>;
}

class Change {
  readonly #lanes = new Lanes();
  readonly #network: VirtualNetwork<null, string>;
  readonly #trial: Trial;
  readonly #next: Topology;
  readonly #random: () => number;
  readonly #topics: readonly Topic[];
  readonly #ready = new Map<Topic, Set<NodeId>>();
  readonly #wanted = new Map<Topic, Set<NodeId>>();
  readonly #viewReady = new Set<NodeId>();
  /** Messages that did not happen: no place of the directory could be asked. */
  readonly #rejected = new Set<string>();
  readonly #joinLast: boolean;
  readonly #copies = new Map<string, number>();
  readonly #sent: Sent[] = [];

  constructor(strategy: Strategy, trial: Trial, next: Topology, random: () => number) {
    this.#trial = trial;
    this.#next = next;
    this.#random = random;
    this.#topics = [...trial.wanted.keys()];
    const route = routedOnce(strategy, trial.options);
    this.#joinLast = route(next).directoryCopied === true;
    for (const topic of this.#topics) {
      this.#ready.set(topic, new Set());
      this.#wanted.set(topic, new Set());
    }
    this.#network = new VirtualNetwork({
      seed: trial.seed,
      wires: this.#lanes,
      route,
      told: (node, effect) => {
        if (effect.type === 'ready') this.#ready.get(effect.topic)?.add(node);
        else if (effect.type === 'viewReady' && effect.version === next.version) this.#viewReady.add(node);
        else if (effect.type === 'rejected') this.#rejected.add(effect.id);
        else if (effect.type === 'deliver') this.#count(`${effect.message.id} ${node}`);
      },
    });
  }

  play(): void {
    const { topology, wanted } = this.#trial;
    const { version, nodes } = this.#next;
    this.#network.add(topology);
    for (const node of topology.nodes) this.#network.step(node, { type: 'view', topology });
    for (const [topic, listeners] of wanted) for (const node of listeners) this.#want(node, topic);
    this.#lanes.drain();
    const stay = topology.nodes.filter((node) => nodes.includes(node));
    const join = nodes.filter((node) => !stay.includes(node));
    const gone = topology.nodes.filter((node) => !stay.includes(node));
    this.#mix('death', gone, stay, (node) => this.#network.kill(node));
    this.#network.add(this.#next);
    for (const group of this.#joinLast ? [stay, join] : [nodes]) {
      this.#mix('view', group, stay, (node) => this.#network.step(node, { type: 'view', topology: this.#next }));
      this.#untilReady(group);
    }
    this.#mix('switch', nodes, stay, (node) => this.#network.step(node, { type: 'switch', version }));
    this.#lanes.drain();
    this.#mix('clean', nodes, nodes, (node) => this.#network.step(node, { type: 'clean', version }));
    this.#lanes.drain();
    this.#mix('afterwards', [...nodes], nodes, () => undefined);
    this.#lanes.drain();
  }

  /** Takes a step on every node, in random order among messages, newly wanted topics and whatever is under way. */
  #mix(during: string, nodes: readonly NodeId[], users: readonly NodeId[], step: (node: NodeId) => void): void {
    const left = [...nodes];
    while (left.length > 0) {
      const dice = this.#random();
      if (dice < 0.25) for (const node of left.splice(Math.floor(this.#random() * left.length), 1)) step(node);
      else if (dice < 0.5) this.#say(during, draw(users, this.#random()), draw(this.#topics, this.#random()));
      else if (dice < 0.6) this.#want(draw(users, this.#random()), draw(this.#topics, this.#random()));
      else this.#lanes.turn(Math.floor(this.#random() * this.#lanes.busy));
    }
  }

  #untilReady(nodes: readonly NodeId[]): void {
    const late = () => nodes.filter((node) => !this.#viewReady.has(node));
    while (late().length > 0 && this.#lanes.busy > 0) this.#lanes.turn(Math.floor(this.#random() * this.#lanes.busy));
    if (late().length > 0) throw new Error(`${late().join(', ')} never had the next topology ready`);
  }

  /** A node's own topic is wanted by no other. */
  #want(node: NodeId, topic: Topic): void {
    if (topic.startsWith('n:') && topic !== `n:${node}`) return;
    this.#wanted.get(topic)?.add(node);
    this.#network.step(node, { type: 'wanted', topic, socket: `${node}/${topic}` });
  }

  #say(during: string, from: NodeId, topic: Topic): void {
    const id = `${from}-${this.#sent.length}`;
    this.#sent.push({ id, from, topic, during, due: new Set(this.#ready.get(topic)) });
    this.#network.step(from, { type: 'said', by: 'client', kind: 'chat', id, topics: [topic], body: null, draws: id });
  }

  #count(copy: string): void {
    this.#copies.set(copy, (this.#copies.get(copy) ?? 0) + 1);
  }

  *wrong(): Iterable<string> {
    for (const { id, from, topic, during, due } of this.#sent) {
      for (const node of this.#next.nodes) {
        const copies = this.#copies.get(`${id} ${node}`) ?? 0;
        const least = due.has(node) && !this.#rejected.has(id) ? 1 : 0;
        const most = this.#wanted.get(topic)?.has(node) ? 1 : 0;
        if (copies >= least && copies <= most) continue;
        yield `while ${sizeWords(this.#trial.topology)} became ${sizeWords(this.#next)}, at the step '${during}', ${node} got ${copies} copies instead of ${most} of a message for ${topic} from ${from}`;
      }
    }
  }
}

function sizeWords({ nodes, brokers }: Topology): string {
  return `${nodes.length} nodes and ${brokers.length} brokers`;
}
