import type { Measured } from '../../measure/result.js';
import { isSaying } from '../../plan/actions.js';
import { nodeIndex, roomId, userId } from '../../plan/placement.js';
import type { Action, Plan, Scenario } from '../../plan/types.js';
import { type Workload, workloadOf } from '../../plan/workload.js';
import type { Strategy, Topic } from '../../routing/types.js';
import { runModelled } from '../modelled.js';
import { type Holdings, holdingsOf } from './subscriptions.js';

/** The messages of a plan alone, as if nobody came, went or asked: right for all of them when only those who stay write, and only to each other. */
export function modelOfSayings(plan: Plan, strategy: Strategy, scenario: Scenario): Promise<Measured> {
  const { does: _, ...rest } = scenario;
  return runModelled(plan, strategy, { ...rest, actions: (...given) => sayings(scenario.actions(...given)) });
}

function* sayings(actions: Iterable<Action>): Iterable<Action> {
  for (const action of actions) if (isSaying(action)) yield action;
}

/** What each node of a plan must hold when its last action has been played, from the strategy's answers and from who is online then. */
export function holdingsAtTheEnd(plan: Plan, strategy: Strategy, scenario: Scenario): ReadonlyMap<string, Holdings> {
  const workload = workloadOf(scenario, plan);
  const routing = strategy.route(plan.topology, plan.strategy.options);
  const topics = topicsAtTheEnd(plan, workload);
  return new Map(plan.topology.nodes.map((id, node) => [id, holdingsOf(routing, id, [...(topics[node] ?? [])])]));
}

function topicsAtTheEnd({ size, topology, rooms }: Plan, workload: Workload): readonly ReadonlySet<Topic>[] {
  const wanted = topology.nodes.map((id) => new Set<Topic>([`n:${id}`]));
  for (const { user, device, watched } of socketsAtTheEnd(size.users, workload)) {
    const topics = wanted[nodeIndex(user, device, size.nodes)];
    topics?.add(`u:${userId(user)}`);
    for (const other of watched) topics?.add(`s:${userId(other)}`);
    if (rooms === 'topic') for (const room of roomsOf(user, workload)) topics?.add(`r:${roomId(room)}`);
  }
  return wanted;
}

interface Socket {
  readonly user: number;
  readonly device: number;
  /** Only the first device of a user watches, and only while it is there. */
  readonly watched: Set<number>;
}

function socketsAtTheEnd(users: number, { devices, actions }: Workload): Iterable<Socket> {
  const sockets = new Map<string, Socket>();
  const enter = (user: number, device: number) => sockets.set(`${user} ${device}`, { user, device, watched: new Set() });
  for (let user = 0; user < users; user++) for (let device = 0; device < devices; device++) enter(user, device);
  for (const action of actions()) {
    if (action.do === 'connect') enter(action.user, action.device);
    else if (action.do === 'disconnect') sockets.delete(`${action.user} ${action.device}`);
    else if (action.do === 'watch' || action.do === 'unwatch') watch(sockets.get(`${action.user} 0`), action.do, action.others);
  }
  return sockets.values();
}

function watch(socket: Socket | undefined, what: 'watch' | 'unwatch', others: readonly number[]): void {
  for (const other of others) what === 'watch' ? socket?.watched.add(other) : socket?.watched.delete(other);
}

function roomsOf(user: number, { rooms }: Workload): readonly number[] {
  return rooms.flatMap((members, room) => (members.includes(user) ? [room] : []));
}
