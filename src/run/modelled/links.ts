import { nodeIndex, userId } from '../../plan/placement.js';
import { knownOf } from '../../routing/contract/everyDraw.js';
import { draws, hash } from '../../routing/hash.js';
import type { BrokerId, NodeId, Topic } from '../../routing/types.js';
import { looksOf } from './looks.js';
import { type Subject, widthOf } from './subject.js';

/** Nodes that are asked; topics for which each is. */
const nodesAskedMost = 4;
const topicsAsked = 400;
/** Places that all answers may name or look at before fewer nodes are asked. */
const looksMost = 2_000_000;

/** Connections that the routing needs. */
export interface Links {
  readonly perNode: number;
  readonly perBroker: number;
  readonly total: number;
}

/** Whom a node must be able to speak to: wherever it listens, puts messages for any topic, or asks a directory. */
export function linksOf(subject: Subject): Links {
  const { plan, routing } = subject;
  const { nodes, brokers } = plan.topology;
  const asked = nodesAsked(subject);
  const step = Math.max(1, Math.floor(nodes.length / asked));
  const some = nodes.filter((_, node) => node % step === 0).slice(0, asked);
  const found = some.map((node) => partnersOf({ plan, routing }, node));
  const mean = (kind: 'brokers' | 'nodes') => found.reduce((sum, one) => sum + one[kind], 0) / found.length;
  const total = nodes.length * mean('brokers') + (nodes.length * mean('nodes')) / 2;
  return {
    perNode: mean('brokers') + mean('nodes'),
    perBroker: brokers.length === 0 ? 0 : (nodes.length * mean('brokers')) / brokers.length,
    total,
  };
}

function nodesAsked(subject: Subject): number {
  const { listened, put } = widthOf(subject.routing, subject.plan.topology.nodes[0] ?? '');
  const affordable = Math.floor(looksMost / (topicsAsked * (listened + put + looksOf(subject))));
  return Math.max(1, Math.min(nodesAskedMost, affordable));
}

function partnersOf({ plan, routing }: Pick<Subject, 'plan' | 'routing'>, node: NodeId): { brokers: number; nodes: number } {
  const { nodes, brokers } = plan.topology;
  const isBroker = new Set(brokers.map(({ id }) => id));
  const met = { brokers: new Met(brokers.length), nodes: new Met(nodes.length - 1) };
  for (const [index, topic] of someTopics(plan).entries()) {
    const listener = nodes[nodeIndex(topic.user, 0, nodes.length)] ?? '';
    const known = knownOf(routing, topic.topic, [listener]);
    const put = routing.publish(topic.topic, { node, known, random: draws(`link ${index}`, plan.seed) });
    const places = [...routing.subscribe(topic.topic, node), ...put].map(({ broker }) => broker);
    const asked = routing.directory?.(topic.topic) ?? [];
    const called = asked.includes(node) ? [] : asked.slice(0, 1);
    for (const id of new Set([...places, ...called])) if (id !== node) met[isBroker.has(id) ? 'brokers' : 'nodes'].meet(id);
  }
  return { brokers: met.brokers.all(), nodes: met.nodes.all() };
}

function someTopics({ size, seed }: Subject['plan']): readonly { readonly user: number; readonly topic: Topic }[] {
  const count = Math.min(size.users, topicsAsked);
  return Array.from({ length: count }, (_, index) => {
    const user = count === size.users ? index : Math.floor((hash(`link to ${index}`, seed) / 2 ** 32) * size.users);
    return { user, topic: `u:${userId(user)}` as const };
  });
}

/** Who was met, of so many; where many topics met many of them, all will be. */
class Met {
  readonly #of: number;
  readonly #seen = new Map<BrokerId, number>();
  #meetings = 0;

  constructor(of: number) {
    this.#of = of;
  }

  meet(id: BrokerId): void {
    this.#meetings++;
    this.#seen.set(id, (this.#seen.get(id) ?? 0) + 1);
  }

  /** Those seen once tell how many were not seen: Chao's estimate, https://en.wikipedia.org/wiki/Unseen_species_problem */
  all(): number {
    const times = (count: number) => [...this.#seen.values()].filter((seen) => seen === count).length;
    const [once, twice] = [times(1), times(2)];
    const unseen = this.#meetings === 0 ? 0 : (once * Math.max(0, once - 1)) / (2 * (twice + 1));
    return Math.min(this.#of, Math.round(this.#seen.size + unseen));
  }
}
