import type { BrokerTraffic } from '../messages.js';
import { routedOnce } from '../routedOnce.js';
import { type BrokerId, type Kind, kinds, type NodeId, type Routing, type Strategy, type Topic, type Topology } from '../types.js';
import { VirtualNetwork } from '../virtualNetwork.js';
import { Lanes } from '../virtualWires.js';
import { drawValues, everyDraw, knownOf, Script, senderOn } from './everyDraw.js';
import type { Trial } from './trial.js';

/** Whoever sends and whatever is drawn, every listening node gets exactly one useful copy, and the nodes' counts agree with the brokers'. */
export function* checkDelivery(strategy: Strategy, trial: Trial): Iterable<string> {
  const stage = new Stage(routedOnce(strategy, trial.options), trial.topology, trial.wanted);
  for (const node of trial.topology.nodes) {
    for (const topics of messagesOf(trial.wanted)) {
      for (const draws of stage.drawsOf(node, topics)) {
        stage.say(node, topics, draws);
        yield* stage.wrong(node, topics, draws);
      }
    }
  }
  yield* unbalanced(stage.network);
}

/** One message for each topic, and one for all users at once, as a room's in the form `members`. */
function messagesOf(wanted: ReadonlyMap<Topic, unknown>): Topic[][] {
  const topics = [...wanted.keys()];
  return [...topics.map((topic) => [topic]), topics.filter((topic) => topic.startsWith('u:'))];
}

/** A virtual network in which every node listens to what it wants, and the copies of one message that it handed to sockets. */
export class Stage {
  readonly network: VirtualNetwork<null, string>;
  readonly #lanes = new Lanes();
  readonly #script = new Script();
  readonly #routing: Routing;
  readonly #topology: Topology;
  readonly #wanted: ReadonlyMap<Topic, readonly NodeId[]>;
  readonly #copies = new Map<string, number>();
  #said = 0;

  constructor(route: (topology: Topology) => Routing, topology: Topology, wanted: ReadonlyMap<Topic, readonly NodeId[]>) {
    this.#routing = route(topology);
    this.#topology = topology;
    this.#wanted = wanted;
    this.network = new VirtualNetwork({
      seed: 0,
      wires: this.#lanes,
      route: (seen) => this.#script.over(route(seen)),
      told: (node, effect) => {
        if (effect.type === 'deliver') this.#copies.set(`${node} ${effect.topic}`, this.#copiesOf(node, effect.topic) + 1);
      },
    });
    this.network.add(topology);
    for (const node of topology.nodes) this.network.step(node, { type: 'view', topology });
    for (const [topic, nodes] of wanted) {
      for (const node of nodes) this.network.step(node, { type: 'wanted', topic, socket: `${node}/${topic}` });
    }
    this.#lanes.drain();
  }

  /** What may be drawn for a message, so that every broker and every node can be; all topics of a message draw alike. */
  drawsOf(node: NodeId, [first]: readonly Topic[]): Iterable<readonly number[]> {
    if (first === undefined) return [];
    const values = drawValues(Math.max(this.#topology.brokers.length, this.#topology.nodes.length));
    const known = knownOf(this.#routing, first, this.#wanted.get(first) ?? []);
    return everyDraw((random) => this.#routing.publish(first, senderOn(node, random, known)), values);
  }

  say(node: NodeId, topics: readonly Topic[], draws: readonly number[]): void {
    this.#script.draws = draws;
    this.#copies.clear();
    const id = `${node}-${this.#said++}`;
    this.network.step(node, { type: 'said', by: 'client', kind: 'chat', id, topics, body: null, draws: id });
    this.#lanes.drain();
  }

  *wrong(sender: NodeId, topics: readonly Topic[], draws: readonly number[]): Iterable<string> {
    for (const node of this.#topology.nodes) {
      for (const topic of topics) {
        const due = this.#wanted.get(topic)?.includes(node) ? 1 : 0;
        const copies = this.#copiesOf(node, topic);
        if (copies !== due)
          yield `${node} got ${copies} copies instead of ${due} of a message for ${topic} from ${sender}${drawnWords(draws)}`;
      }
    }
  }

  #copiesOf(node: NodeId, topic: Topic): number {
    return this.#copies.get(`${node} ${topic}`) ?? 0;
  }
}

function drawnWords(draws: readonly number[]): string {
  return draws.length === 0 ? '' : ` that drew ${draws.join(', ')}`;
}

/** The equations between what nodes count and what brokers count, a node as a broker included. */
export function* unbalanced<Body, Socket>({ nodes, traffic }: VirtualNetwork<Body, Socket>): Iterable<string> {
  const all = [...nodes.values()].map(({ counters }) => counters);
  for (const { received, useful, wasted } of all.flatMap((counters) => kinds.map((kind) => counters.kinds[kind]))) {
    if (received !== useful + wasted) yield `received ${received} is not useful ${useful} + wasted ${wasted}`;
  }
  for (const [broker, { messages, directory }] of traffic) {
    const said = { in: messages.in + directory.in, out: messages.out + directory.out };
    yield* different(broker, said, sumOf(all.map((counters) => totalOf(counters.brokers.of(broker)))));
    const node = nodes.get(broker);
    if (node !== undefined) yield* different(broker, said, totalOf(node.counters.asBroker));
  }
  const published = all.flatMap((counters) => kinds.map((kind) => counters.kinds[kind].published));
  const taken = [...traffic.values()].map(({ messages, directory }) => messages.in + directory.in);
  if (sum(published) !== sum(taken)) yield `the nodes published ${sum(published)}, the brokers took in ${sum(taken)}`;
}

function* different(broker: BrokerId, said: BrokerTraffic, counted: BrokerTraffic): Iterable<string> {
  if (said.in !== counted.in) yield `the nodes put ${counted.in} to ${broker}, which took in ${said.in}`;
  if (said.out !== counted.out) yield `${broker} handed out ${said.out}, of which the nodes got ${counted.out}`;
}

function totalOf(traffic: Record<Kind, BrokerTraffic>): BrokerTraffic {
  return sumOf(Object.values(traffic));
}

function sumOf(all: readonly BrokerTraffic[]): BrokerTraffic {
  return { in: sum(all.map((one) => one.in)), out: sum(all.map((one) => one.out)) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
