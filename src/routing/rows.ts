import type { Options } from './types.js';

/**
 * What each strategy must cost: the rows of strategies.md as numbers for two sizes, written down and not computed from any strategy,
 * so that routing, live runs and model are each compared with the same figures from outside.
 */

/** So many messages: at all, for each of the M members, or for each of the D nodes that hold a recipient. */
export type Count = number | `${number}M` | `${number}D`;
/** Taken in by the brokers, handed out to nodes, and handed on from broker to broker (none if missing). */
type Cost = readonly [taken: Count, handed: Count, relayed?: Count];

/** Every member is online, with one socket or several on one node; on every node somebody is online. */
export interface Row {
  readonly strategy: string;
  readonly options: Options;
  readonly nodes: number;
  readonly brokers: number;
  readonly users: number;
  /** Addresses listened at for `u:` topics, summed over the nodes. */
  readonly subscriptions: number;
  /** One message to one user on another node. */
  readonly direct: Cost;
  /** One message to a room, fanned out to its members' topics. */
  readonly members: Cost;
  /** One message to a room, published to the room's own topic. */
  readonly topic: Cost;
}

export type RowSize = 'small' | 'large';
type Line = readonly [
  strategy: string,
  brokers: number,
  subscriptions: number,
  direct: Cost,
  members: Cost,
  topic: Cost,
  options?: Options,
];

/** Asked for: 4 nodes, 3 brokers, 400 users. */
const small: readonly Line[] = [
  // strategy, brokers, subscriptions, then in and out of: a direct message, a room message by `members`, by `topic`
  ['single-server', 0, 0, [0, 0], [0, 0], [0, 0]],
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
  ['redis-broadcast', 1, 4, [1, 4], [1, 4], [1, 4]],
  ['adapter-sharded', 1, 404, [1, 1], ['1M', '1M'], [1, '1D']],
  ['adapter-streams', 1, 4, [1, 4], [1, 4], [1, 4]],
  ['node-cluster', 1, 4, [1, 3], [1, 3], [1, 3]],
];

/** Asked for: 8 nodes, 6 brokers, 1,000 users. */
const large: readonly Line[] = [
  ['single-server', 0, 0, [0, 0], [0, 0], [0, 0]],
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
  ['redis-broadcast', 1, 8, [1, 8], [1, 8], [1, 8]],
  ['adapter-sharded', 1, 1008, [1, 1], ['1M', '1M'], [1, '1D']],
  ['adapter-streams', 1, 8, [1, 8], [1, 8], [1, 8]],
  ['node-cluster', 1, 8, [1, 7], [1, 7], [1, 7]],
];

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
  const [, brokers, subscriptions, direct, members, topic, options = {}] = line;
  return { strategy, options, nodes: brokers === 0 ? 1 : nodes, brokers, users, subscriptions, direct, members, topic };
}

/** Whom a message reaches: M members on D nodes; a direct message has one of each. */
export interface Reach {
  readonly members: number;
  readonly nodes: number;
}

export interface Traffic {
  readonly in: number;
  readonly out: number;
  readonly relayed: number;
}

/** What one message must cost all brokers together; a run's figure is the sum over its messages. */
export function costOf(row: Row, form: 'direct' | 'members' | 'topic', reach: Reach): Traffic {
  const [taken, handed, relayed = 0] = row[form];
  return { in: countOf(taken, reach), out: countOf(handed, reach), relayed: countOf(relayed, reach) };
}

function countOf(count: Count, { members, nodes }: Reach): number {
  if (typeof count === 'number') return count;
  return Number.parseFloat(count) * (count.endsWith('M') ? members : nodes);
}
