import { totalmem } from 'node:os';
import { unavailable } from '../../error.js';
import { nodeIndex, userId } from '../../plan/placement.js';
import type { Plan } from '../../plan/types.js';
import type { Workload } from '../../plan/workload.js';
import type { Routing, Topic } from '../../routing/types.js';

/** Of the memory of the machine: the rest is for whoever else is there. */
const usableShare = 0.75;

/** Bytes that a simulation keeps for each, as `npm run bench:sim` measured them with Node 20, rounded up. */
const bytesOf = {
  start: 150e6,
  node: 20_000,
  /** Its socket, its place in the ledger and the topic that it wants. */
  user: 1_600,
  /** At the node and at the broker. */
  subscription: 450,
  /** At the node that tells and at the place that is told. */
  entry: 1_300,
  /** What its sender and its recipient keep of it. */
  message: 800,
  delivery: 350,
  /** What a node counts of a broker that it has spoken with. */
  pair: 100,
} as const;

/** A strategy that keeps more than this for each user keeps it for each node or broker. */
const manyPlaces = 10;
const sampledUsers = 50;

export interface Need {
  readonly bytes: number;
  /** What each user makes nodes, brokers and directories keep. */
  readonly subscriptions: number;
  readonly entries: number;
}

export function memoryLimitMegabytes(): number {
  return Math.floor((totalmem() * usableShare) / 2 ** 20);
}

/** What a simulation of the plan will keep, from the functions of its strategy over a sample of users. */
export function needOf(plan: Plan, routing: Routing, { rooms }: Pick<Workload, 'rooms'>): Need {
  const { nodes, brokers, users, ratePerSecond, seconds } = plan.size;
  const { subscriptions, entries } = keptForUser(plan, routing);
  const messages = Math.round(ratePerSecond * (seconds + plan.warmUpSeconds));
  const deliveries = messages * (rooms.length === 0 ? 1 : rooms.reduce((sum, members) => sum + members.length, 0) / rooms.length);
  const pairs = Math.min(nodes * Math.max(brokers, nodes), 2 * deliveries);
  const bytes =
    bytesOf.start +
    nodes * bytesOf.node +
    users * (bytesOf.user + subscriptions * bytesOf.subscription + entries * bytesOf.entry) +
    messages * bytesOf.message +
    deliveries * bytesOf.delivery +
    pairs * bytesOf.pair;
  return { bytes, subscriptions, entries };
}

/** Before anything is played. Returns what a person should know of it. */
export function checkMemory(plan: Plan, need: Need, limitMegabytes = memoryLimitMegabytes()): readonly string[] {
  const { bytes, subscriptions, entries } = need;
  const places = subscriptions + entries;
  const megabytes = Math.ceil(bytes / 2 ** 20);
  const why =
    places > manyPlaces
      ? `: ${plan.strategy.name} keeps ${Math.round(subscriptions)} subscriptions and ${Math.round(entries)} entries of a directory for each user`
      : '';
  const words = `a simulation of ${plan.size.users} users on ${plan.size.nodes} nodes takes about ${megabytes} MB of memory${why}`;
  if (megabytes > limitMegabytes)
    throw unavailable(`${words}, and may take ${limitMegabytes} MB on this machine; simulate fewer users, nodes or messages`);
  return why === '' ? [] : [words];
}

/** Subscriptions are shared by the users of a node where they have one name: those count once, for the node. */
function keptForUser({ topology, size }: Plan, routing: Routing): Pick<Need, 'subscriptions' | 'entries'> {
  const sampled = Math.min(sampledUsers, size.users);
  const addresses = new Map<string, number>();
  let entries = 0;
  for (let sample = 0; sample < sampled; sample++) {
    // All of one node, so that what they share shows.
    const user = Math.min(size.users - 1, sample * size.nodes);
    const node = topology.nodes[nodeIndex(user, 0, size.nodes)] ?? '';
    const topic: Topic = `u:${userId(user)}`;
    const heard = routing.subscribe(topic, node);
    for (const { broker, channel } of heard) if (broker !== node) addresses.set(`${broker} ${channel}`, 1);
    entries += heard.length * (routing.directory?.(topic).length ?? 0);
  }
  return { subscriptions: addresses.size / sampled, entries: entries / sampled };
}
