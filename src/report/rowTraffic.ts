import { isSaying } from '../plan/actions.js';
import { nodeIndex, roomId, userId } from '../plan/placement.js';
import { loadStrategy } from '../plan/strategies.js';
import type { Plan, Saying } from '../plan/types.js';
import type { Workload } from '../plan/workload.js';
import { workloadOfPlan } from '../plan/workloadOfPlan.js';
import { costOf, type Reach, type Row, rowOf, type Traffic } from '../routing/rows.js';
import type { Routing, Topic } from '../routing/types.js';

/** What all messages of a plan must cost by the row of its strategy. */
export interface RowTraffic extends Traffic {
  /** No more questions than these can be asked: where answers are kept, one by each node for each topic that only others know of. */
  readonly questionsMost: number;
}

/** Null where the row is for another size, other options or another form of rooms, or there is none; rows tell of messages alone, to one device each. */
export async function rowTraffic(plan: Plan): Promise<RowTraffic | null> {
  const row = rowFor(plan);
  if (row === undefined) return null;
  const workload = await workloadOfPlan(plan);
  if (workload.devices > 1) return null;
  const routing = (await loadStrategy(plan.strategy)).route(plan.topology, plan.strategy.options);
  const questions = new Set<string>();
  let total: Traffic = { in: 0, out: 0, relayed: 0, hops: 0, questions: 0 };
  for (const action of workload.actions()) {
    if (!isSaying(action)) return null;
    const sending = sendingOf(action, plan, workload, routing);
    for (const topic of sending.asked.keys()) questions.add(`${sending.sender} ${topic}`);
    const cost = costOf(row, action.do === 'message' ? 'direct' : plan.rooms, reachOf(sending, plan));
    if (cost === null) return null;
    total = plus(total, cost);
  }
  return { ...total, questionsMost: total.questions ?? questions.size };
}

/** One message, as far as its cost depends on it. */
interface Sending {
  readonly sender: string;
  readonly members: readonly number[];
  /** The topics that the sender's node has to ask another place about, with that place. */
  readonly asked: ReadonlyMap<Topic, string>;
}

function sendingOf(action: Saying, { rooms, topology: { nodes } }: Plan, workload: Workload, routing: Routing): Sending {
  const sender = nodes[nodeIndex(action.user, 0, nodes.length)] ?? '';
  const members = action.do === 'message' ? [action.to] : (workload.rooms[action.room] ?? []);
  const isNamed = action.do === 'post' && rooms === 'topic';
  const topics = isNamed ? [`r:${roomId(action.room)}` as const] : members.map((user) => `u:${userId(user)}` as const);
  return { sender, members, asked: new Map(topics.flatMap((topic) => question(topic, sender, routing))) };
}

/** Every place that knows a topic knows all of it, so one is asked, and nobody else by a node that is among them. */
function question(topic: Topic, sender: string, { directory }: Routing): [Topic, string][] {
  const places = directory?.(topic) ?? [];
  const [first] = places;
  return first === undefined || places.includes(sender) ? [] : [[topic, first]];
}

function reachOf({ sender, members, asked }: Sending, { topology: { nodes } }: Plan): Reach {
  const reached = new Set(members.map((user) => nodes[nodeIndex(user, 0, nodes.length)]));
  return { members: members.length, nodes: reached.size, own: reached.has(sender), places: new Set(asked.values()).size };
}

function plus(one: Traffic, other: Traffic): Traffic {
  return {
    in: one.in + other.in,
    out: one.out + other.out,
    relayed: one.relayed + other.relayed,
    hops: one.hops + other.hops,
    questions: one.questions === null || other.questions === null ? null : one.questions + other.questions,
  };
}

function rowFor({ strategy, size }: Plan): Row | undefined {
  const rows = [rowOf(strategy.name, 'small'), rowOf(strategy.name, 'large')];
  return rows.find(
    (row) => row?.nodes === size.nodes && row.brokers === size.brokers && row.users === size.users && fits(row, strategy.options),
  );
}

function fits({ options }: Row, chosen: Plan['strategy']['options']): boolean {
  return Object.entries(options).every(([name, value]) => chosen[name] === value);
}
