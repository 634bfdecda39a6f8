import type { Options } from './types.js';

/**
 * What each strategy must cost: the rows of strategies.md as numbers for two sizes, written down and not computed from any strategy,
 * so that routing, live runs and model are each compared with the same figures from outside.
 */

/**
 * So many messages: at all, for each of the M members, for each of the D nodes that hold a recipient, for each of those but the sender's
 * own (H), or for each place of a directory but the sender's own node that the topics' question goes to (P).
 */
export type Count = number | `${number}${'M' | 'D' | 'H' | 'P'}`;

/** What does not go through a broker: from node to node, and pairs of question and answer (null: it depends on what was asked before). */
interface Straight {
  readonly hops?: Count;
  readonly questions?: Count | null;
}

/** Taken in by the brokers, handed out to nodes, handed on from broker to broker (none if missing), and past the brokers. */
type Cost = readonly [taken: Count, handed: Count, relayed?: Count, straight?: Straight];

/** Subscriptions of all nodes together, and the different channels and patterns that the broker then has (null: it does not say). */
interface AtBroker {
  readonly subscriptions: number;
  readonly channels: number | null;
}

/** Every member is online, with one socket or several on one node; on every node somebody is online. */
export interface Row {
  readonly strategy: string;
  readonly options: Options;
  readonly nodes: number;
  readonly brokers: number;
  readonly users: number;
  /** Addresses that routing listens at for `u:` topics, summed over the nodes. */
  readonly subscriptions: number;
  /** What an official adapter subscribes to instead, without rooms of the scenario; null: its routing's addresses are its subscriptions. */
  readonly adapter: AtBroker | null;
  /** Entries for `u:` topics that all places of the directory keep together. */
  readonly entries: number;
  /**
   * Which places share the load of the topics evenly, as by a hash of each topic or by chance: brokers what they take in, places of the
   * directory what they are asked. Absent: strategies.md says no such thing.
   */
  readonly spread?: Spread;
  /** One message to one user on another node. */
  readonly direct: Cost;
  /** One message to a room, fanned out to its members' topics; null: it does not run that form. */
  readonly members: Cost | null;
  /** One message to a room, published to the room's own topic. */
  readonly topic: Cost;
}

/** `draws`: brokers too, but each message draws once for all its recipients. */
export type Spread = 'brokers' | 'draws' | 'places';

export type RowSize = 'small' | 'large';
type Line = readonly [
  strategy: string,
  brokers: number,
  subscriptions: number,
  direct: Cost,
  members: Cost | null,
  topic: Cost,
  options?: Options,
  beside?: { readonly nodes?: number; readonly entries?: number; readonly adapter?: AtBroker },
];

const viaMaster = { hops: '1H', questions: 1 } as const;
const viaCopy = { hops: '1H' } as const;
const viaHash = { hops: '1H', questions: '1P' } as const;
const asksMaster = { questions: 1 } as const;
const askedOnce = { questions: null } as const;

/** Asked for: 4 nodes, 3 brokers, 400 users. */
const small: readonly Line[] = [
  // strategy, brokers, subscriptions, then in and out of: a direct message, a room message by `members`, by `topic`
  ['single-server', 0, 0, [0, 0], [0, 0], [0, 0], {}, { nodes: 1 }],
  ['single-channel', 1, 4, [1, 4], [1, 4], [1, 4]],
  ['random-publish', 3, 12, [1, 4], [1, 4], [1, 4]],
  ['publish-all', 3, 4, [3, 4], [3, 4], [3, 4]],
  ['user-channels', 1, 400, [1, 1], ['1M', '1M'], [1, '1D']],
  ['user-channels-random-publish', 3, 1200, [1, 1], ['1M', '1M'], [1, '1D']],
  ['user-channels-publish-all', 3, 400, [3, 1], ['3M', '1M'], [3, '1D']],
  ['grouped', 4, 800, [2, 1], ['2M', '1M'], [2, '1D'], { groups: 2 }],
  ['hashed', 3, 400, [1, 1], ['1M', '1M'], [1, '1D']],
  ['ring', 3, 400, [1, 1], ['1M', '1M'], [1, '1D']],
  ['partition-ring', 3, 400, [1, 1], ['1M', '1M'], [1, '1D']],
  ['rendezvous', 3, 400, [1, 1], ['1M', '1M'], [1, '1D']],
  ['redis-cluster', 3, 4, [1, 4, 2], [1, 4, 2], [1, 4, 2]],
  ['redis-sharded', 3, 400, [1, 1], ['1M', '1M'], [1, '1D']],
  ['rabbitmq', 1, 400, [1, 1], ['1M', '1M'], [1, '1D']],
  ['rabbitmq-hash', 1, 1200, [1, 1], ['1M', '1M'], [1, '1D'], { exchanges: 3 }],
  ['nats', 1, 400, [1, 1], ['1M', '1M'], [1, '1D']],
  ['single-bus', 1, 400, [1, 1], ['1M', '1M'], [1, '1D']],
  ['mesh-master', 0, 0, [0, 0, 0, viaMaster], [0, 0, 0, viaMaster], [0, 0, 0, viaMaster], {}, { entries: 400 }],
  ['mesh-replicated', 0, 0, [0, 0, 0, viaCopy], [0, 0, 0, viaCopy], [0, 0, 0, viaCopy], {}, { entries: 1600 }],
  ['directory-hash', 0, 0, [0, 0, 0, viaHash], [0, 0, 0, viaHash], [0, 0, 0, viaHash], {}, { entries: 400 }],
  ['address-book', 3, 4, [1, 1, 0, asksMaster], ['1D', '1D', 0, asksMaster], ['1D', '1D', 0, asksMaster], {}, { entries: 400 }],
  ['node-inbox', 3, 4, [1, 1, 0, askedOnce], ['1D', '1D', 0, askedOnce], ['1D', '1D', 0, askedOnce], {}, { entries: 400 }],
  ['redis-broadcast', 1, 4, [1, 4], null, [1, 4], {}, { adapter: { subscriptions: 16, channels: 7 } }],
  ['adapter-sharded', 1, 404, [1, 1], null, [1, '1D'], {}, { adapter: { subscriptions: 408, channels: 405 } }],
  ['adapter-streams', 1, 4, [1, 4], null, [1, 4], {}, { adapter: { subscriptions: 8, channels: 5 } }],
  ['node-cluster', 1, 4, [1, 3], null, [1, 3], {}, { adapter: { subscriptions: 0, channels: null } }],
];

/** Asked for: 8 nodes, 6 brokers, 1,000 users. */
const large: readonly Line[] = [
  ['single-server', 0, 0, [0, 0], [0, 0], [0, 0], {}, { nodes: 1 }],
  ['single-channel', 1, 8, [1, 8], [1, 8], [1, 8]],
  ['random-publish', 6, 48, [1, 8], [1, 8], [1, 8]],
  ['publish-all', 6, 8, [6, 8], [6, 8], [6, 8]],
  ['user-channels', 1, 1000, [1, 1], ['1M', '1M'], [1, '1D']],
  ['user-channels-random-publish', 6, 6000, [1, 1], ['1M', '1M'], [1, '1D']],
  ['user-channels-publish-all', 6, 1000, [6, 1], ['6M', '1M'], [6, '1D']],
  ['grouped', 6, 3000, [2, 1], ['2M', '1M'], [2, '1D'], { groups: 3 }],
  ['hashed', 6, 1000, [1, 1], ['1M', '1M'], [1, '1D']],
  ['ring', 6, 1000, [1, 1], ['1M', '1M'], [1, '1D']],
  ['partition-ring', 6, 1000, [1, 1], ['1M', '1M'], [1, '1D']],
  ['rendezvous', 6, 1000, [1, 1], ['1M', '1M'], [1, '1D']],
  ['redis-cluster', 6, 8, [1, 8, 5], [1, 8, 5], [1, 8, 5]],
  ['redis-sharded', 6, 1000, [1, 1], ['1M', '1M'], [1, '1D']],
  ['rabbitmq', 1, 1000, [1, 1], ['1M', '1M'], [1, '1D']],
  ['rabbitmq-hash', 1, 6000, [1, 1], ['1M', '1M'], [1, '1D'], { exchanges: 6 }],
  ['nats', 1, 1000, [1, 1], ['1M', '1M'], [1, '1D']],
  ['single-bus', 1, 1000, [1, 1], ['1M', '1M'], [1, '1D']],
  ['mesh-master', 0, 0, [0, 0, 0, viaMaster], [0, 0, 0, viaMaster], [0, 0, 0, viaMaster], {}, { entries: 1000 }],
  ['mesh-replicated', 0, 0, [0, 0, 0, viaCopy], [0, 0, 0, viaCopy], [0, 0, 0, viaCopy], {}, { entries: 8000 }],
  ['directory-hash', 0, 0, [0, 0, 0, viaHash], [0, 0, 0, viaHash], [0, 0, 0, viaHash], {}, { entries: 1000 }],
  ['address-book', 6, 8, [1, 1, 0, asksMaster], ['1D', '1D', 0, asksMaster], ['1D', '1D', 0, asksMaster], {}, { entries: 1000 }],
  ['node-inbox', 6, 8, [1, 1, 0, askedOnce], ['1D', '1D', 0, askedOnce], ['1D', '1D', 0, askedOnce], {}, { entries: 1000 }],
  ['redis-broadcast', 1, 8, [1, 8], null, [1, 8], {}, { adapter: { subscriptions: 32, channels: 11 } }],
  ['adapter-sharded', 1, 1008, [1, 1], null, [1, '1D'], {}, { adapter: { subscriptions: 1016, channels: 1009 } }],
  ['adapter-streams', 1, 8, [1, 8], null, [1, 8], {}, { adapter: { subscriptions: 16, channels: 9 } }],
  ['node-cluster', 1, 8, [1, 7], null, [1, 7], {}, { adapter: { subscriptions: 0, channels: null } }],
];

const spreads: ReadonlyMap<string, Spread> = new Map([
  ['random-publish', 'draws'],
  ['publish-all', 'brokers'],
  ['user-channels-random-publish', 'draws'],
  ['user-channels-publish-all', 'brokers'],
  ['grouped', 'draws'],
  ['hashed', 'brokers'],
  ['ring', 'brokers'],
  ['partition-ring', 'brokers'],
  ['rendezvous', 'brokers'],
  ['redis-sharded', 'brokers'],
  ['directory-hash', 'places'],
  ['node-inbox', 'places'],
]);

const tables = {
  small: { nodes: 4, users: 400, lines: small },
  large: { nodes: 8, users: 1000, lines: large },
} as const;

export const rowNames: ReadonlySet<string> = new Set([...small, ...large].map(([strategy]) => strategy));

/** The row of a strategy; undefined where strategies.md has none. */
export function rowOf(strategy: string, size: RowSize): Row | undefined {
  const { nodes, users, lines } = tables[size];
  const line = lines.find(([name]) => name === strategy);
  if (line === undefined) return undefined;
  const [, brokers, subscriptions, direct, members, topic, options = {}, beside = {}] = line;
  const spread = spreads.get(strategy);
  const even = spread === undefined ? {} : { spread };
  return { strategy, options, nodes, brokers, users, subscriptions, adapter: null, entries: 0, direct, members, topic, ...even, ...beside };
}

/** Whom a message reaches: M members on D nodes; a direct message has one of each. */
export interface Reach {
  readonly members: number;
  readonly nodes: number;
  /** Whether the sender's own node is one of the D. */
  readonly own?: boolean;
  /** Places of the directory that know the topics, without the sender's own node. */
  readonly places?: number;
}

export interface Traffic {
  readonly in: number;
  readonly out: number;
  readonly relayed: number;
  /** Messages from node to node. */
  readonly hops: number;
  /** Questions to other places of a directory, each with its answer; null: it depends on what was asked before. */
  readonly questions: number | null;
}

/** What one message must cost all brokers together; a run's figure is the sum over its messages. null: the strategy does not run that form. */
export function costOf(row: Row, form: 'direct' | 'members' | 'topic', reach: Reach): Traffic | null {
  const cost = row[form];
  if (cost === null) return null;
  const [taken, handed, relayed = 0, { hops = 0, questions = 0 } = {}] = cost;
  return {
    in: countOf(taken, reach),
    out: countOf(handed, reach),
    relayed: countOf(relayed, reach),
    hops: countOf(hops, reach),
    questions: questions === null ? null : countOf(questions, reach),
  };
}

function countOf(count: Count, { members, nodes, own = false, places = 0 }: Reach): number {
  if (typeof count === 'number') return count;
  const each = new Map([
    ['M', members],
    ['D', nodes],
    ['H', own ? nodes - 1 : nodes],
    ['P', places],
  ]);
  return Number.parseFloat(count) * (each.get(count.slice(-1)) ?? Number.NaN);
}
