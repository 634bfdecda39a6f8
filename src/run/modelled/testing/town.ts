import { onlySayings } from '../../../plan/actions.js';
import { nodeIndex, roomId, userId } from '../../../plan/placement.js';
import { draftOf, type Request } from '../../../plan/plan.js';
import type { Plan, RoomForm, Scenario } from '../../../plan/types.js';
import { type Workload, workloadOf } from '../../../plan/workload.js';
import type { Size, Strategy, Topic } from '../../../routing/types.js';
import { VirtualNetwork } from '../../../routing/virtualNetwork.js';
import { Lanes } from '../../../routing/virtualWires.js';

/** A request for a strategy at a size, with its own options. */
export function requestFor(
  strategy: Strategy,
  scenario: Scenario,
  size: Partial<Size>,
  { rooms = 'members', seed = 1 }: { rooms?: RoomForm; seed?: number } = {},
): Request {
  return {
    ...{ strategy, strategyFile: null, options: strategy.options ?? {}, scenario, sizeName: 'smoke', size, rooms, seed },
    ...{ run: 'test', workers: 1, warmUpSeconds: 0, attach: { brokers: null, store: null }, command: 'none' },
  };
}

export function planFor(...request: Parameters<typeof requestFor>): Plan {
  return draftOf(requestFor(...request));
}

/** Plays a plan through the cores and the virtual brokers of the contract: another witness of what its messages cost. */
export function playVirtually(plan: Plan, strategy: Strategy, scenario: Scenario): VirtualNetwork<null, string> {
  const { topology } = plan;
  const routing = strategy.route(topology, plan.strategy.options);
  const lanes = new Lanes();
  const network = new VirtualNetwork<null, string>({ seed: plan.seed, wires: lanes, route: () => routing, told: () => {} });
  network.add(topology);
  for (const node of topology.nodes) network.step(node, { type: 'view', topology });
  const workload = workloadOf(scenario, plan);
  for (const [node, topic, socket] of wanted(plan, workload)) network.step(node, { type: 'wanted', topic, socket });
  lanes.drain();
  const said = new Map<number, number>();
  let messages = 0;
  for (const action of onlySayings(workload.actions(), 'the town')) {
    const number = said.get(action.user) ?? 0;
    said.set(action.user, number + 1);
    const node = nodeOf(plan, action.user);
    const target = action.do === 'message' ? [action.to] : (workload.rooms[action.room] ?? []);
    const named = action.do === 'post' && plan.rooms === 'topic';
    const topics: Topic[] = named ? [`r:${roomId(action.room)}`] : target.map((user) => `u:${userId(user)}` as const);
    const draws = `${userId(action.user)}.0:chat:${number}`;
    network.step(node, { type: 'said', by: 'client', kind: 'chat', id: `${node}-${messages++}`, topics, body: null, draws });
    lanes.drain();
  }
  return network;
}

function* wanted(plan: Plan, { rooms }: Workload): Iterable<readonly [node: string, topic: Topic, socket: string]> {
  for (const node of plan.topology.nodes) yield [node, `n:${node}`, node];
  for (let user = 0; user < plan.size.users; user++) yield [nodeOf(plan, user), `u:${userId(user)}`, userId(user)];
  if (plan.rooms !== 'topic') return;
  for (const [room, members] of rooms.entries()) for (const user of members) yield [nodeOf(plan, user), `r:${roomId(room)}`, userId(user)];
}

function nodeOf({ topology: { nodes } }: Plan, user: number): string {
  return nodes[nodeIndex(user, 0, nodes.length)] ?? '';
}
