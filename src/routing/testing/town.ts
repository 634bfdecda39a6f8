import { Stage } from '../contract/delivery.js';
import type { Reach, Row, Traffic } from '../rows.js';
import type { NodeId, Routing, Strategy, Topic, Topology } from '../types.js';

/** Rooms that exist in every town: their members are the first users of the first nodes. */
export const reaches: readonly Reach[] = [
  { members: 2, nodes: 1 },
  { members: 6, nodes: 3 },
  { members: 20, nodes: 4 },
];

/** The users of a row, one socket each, user i on node i modulo the number of nodes: every node wants its users and the rooms of its users. */
export class Town {
  readonly topology: Topology;
  readonly #stage: Stage;
  readonly #routing: Routing;

  constructor(strategy: Strategy, row: Row, asked: { nodes: number; brokers: number }) {
    const wanted = { ...asked, users: row.users, ratePerSecond: 1, seconds: 1, bytes: 1 };
    const options = { ...strategy.options, ...row.options };
    const size = strategy.fit?.(wanted, options) ?? wanted;
    const nodes = Array.from({ length: size.nodes }, (_, index) => `n${index + 1}`);
    this.topology = { version: 1, nodes, brokers: strategy.brokers(size) };
    this.#routing = strategy.route(this.topology, options);
    this.#stage = new Stage((topology) => strategy.route(topology, options), this.topology, listeners(nodes, row.users));
  }

  subscriptions(): number {
    return [...this.#stage.network.nodes.values()].reduce((sum, core) => sum + (core.subscriptions().u ?? 0), 0);
  }

  /** Entries for `u:` topics that places of directories were told by the nodes. */
  entries(): number {
    return [...this.#stage.network.nodes.values()].reduce((sum, core) => sum + (core.entries().u ?? 0), 0);
  }

  /** Entries for `u:` topics that the places keep. */
  kept(): number {
    return this.#stage.network.lines().filter(({ topic }) => topic.startsWith('u:')).length;
  }

  /** The different costs that a message of one sender has, over all draws. */
  costs(sender: NodeId, topics: readonly Topic[]): Traffic[] {
    const seen = new Map<string, Traffic>();
    for (const draws of this.#stage.drawsOf(sender, topics)) {
      const cost = this.#costOf(() => this.#stage.say(sender, topics, draws));
      seen.set(JSON.stringify(cost), cost);
    }
    return [...seen.values()];
  }

  /** What a message of one sender reaches beyond its members and nodes. */
  seenFrom(sender: NodeId, reach: Reach, topics: readonly Topic[]): Reach {
    const own = this.topology.nodes.indexOf(sender) < reach.nodes;
    const places = topics.flatMap((topic) => this.#routing.directory?.(topic) ?? []);
    return { ...reach, own, places: new Set(places.filter((place) => place !== sender)).size };
  }

  #costOf(say: () => void): Traffic {
    const before = this.#traffic();
    say();
    const after = this.#traffic();
    return {
      in: after.in - before.in,
      out: after.out - before.out,
      relayed: after.relayed - before.relayed,
      hops: after.hops - before.hops,
      questions: after.questions - before.questions,
    };
  }

  #traffic(): Record<keyof Traffic, number> {
    const sum = { in: 0, out: 0, relayed: 0, hops: 0, questions: 0 };
    for (const [broker, { messages, answers, relayed }] of this.#stage.network.traffic) {
      sum.questions += answers;
      if (this.topology.nodes.includes(broker)) {
        sum.hops += messages.in;
        continue;
      }
      sum.in += messages.in;
      sum.out += messages.out;
      sum.relayed += relayed;
    }
    return sum;
  }
}

/** A reach in a town that may have fewer nodes. */
export function within(reach: Reach, nodes: number): Reach {
  return { members: reach.members, nodes: Math.min(reach.nodes, nodes) };
}

export function roomTopic({ members }: Reach): Topic {
  return `r:of-${members}`;
}

export function memberTopics(reach: Reach, nodes: number): Topic[] {
  return Array.from({ length: reach.members }, (_, index) => `u:u${memberOf(reach, index, nodes)}` as const);
}

/** Members take turns on the first nodes of the reach. */
function memberOf(reach: Reach, index: number, nodes: number): number {
  const spread = within(reach, nodes).nodes;
  return (index % spread) + nodes * Math.floor(index / spread);
}

function listeners(nodes: readonly NodeId[], users: number): Map<Topic, NodeId[]> {
  const wanted = new Map<Topic, NodeId[]>();
  for (let user = 0; user < users; user++) wanted.set(`u:u${user}`, nodes.slice(user % nodes.length, (user % nodes.length) + 1));
  for (const reach of reaches) wanted.set(roomTopic(reach), nodes.slice(0, reach.nodes));
  return wanted;
}
