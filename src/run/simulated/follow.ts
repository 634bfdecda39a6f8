import { socketName } from '../../measure/ledger.js';
import { NodeHops } from '../../measure/nodeHops.js';
import { traceOf } from '../../measure/trace.js';
import type { SeenHop, Trace } from '../../measure/traceSchema.js';
import { roomId, userId } from '../../plan/placement.js';
import { type Subject, subjectsOf } from '../../plan/subjects.js';
import type { Saying } from '../../plan/types.js';
import { observe } from '../../routing/observe.js';
import type { Stage } from './phases.js';
import type { Body } from './town.js';

/** A message of each kind that the load has, recorded as live: after all was counted, from what the cores of the nodes take and do. */
export function follow(stage: Stage): Trace[] {
  const { plan, workload, town } = stage;
  town.questions.end();
  return subjectsOf(plan, workload).flatMap((subject) => {
    const saying = sayingOf(subject);
    return saying === undefined ? [] : [followed(stage, saying)];
  });
}

/** Questions whether somebody is online are not simulated. */
function sayingOf(subject: Subject): Saying | undefined {
  if (subject.kind === 'presence') return undefined;
  const { user } = subject;
  return subject.kind === 'message' ? { do: 'message', atMs: 0, user, to: subject.to } : { do: 'post', atMs: 0, user, room: subject.room };
}

function followed({ plan, town, players }: Stage, saying: Saying): Trace {
  const { topology, size } = plan;
  const clock = () => town.timeline.nowMs;
  const nameOf = (socket: number) => (socket < 0 ? undefined : nameOfSocket(socket, size.users));
  const nodes = [...town.network.nodes].map(([node, core]) => {
    const hops = new NodeHops<Body, number>({ node, kind: 'chat', clock, nameOf });
    return { hops, stop: observe(core, hops.observer) };
  });
  const clients: SeenHop[] = [];
  const at = userId(saying.user);
  clients.push({ atMs: clock(), at, what: 'intended' }, { atMs: clock(), at, what: 'sent', to: town.nodeOf(saying.user) });
  town.follow(saying.user, players.topicsOf(saying), {
    seen: (user, device) =>
      clients.push({ atMs: clock(), at: socketName(userId(user), String(device)), what: 'delivered', from: town.nodeOf(user, device) }),
  });
  town.timeline.drain();
  for (const { stop } of nodes) stop();
  return traceOf({
    kind: saying.do,
    from: at,
    to: saying.do === 'message' ? userId(saying.to) : roomId(saying.room),
    hops: [...clients, ...nodes.flatMap(({ hops }) => hops.seen)],
    nodes: topology.nodes,
    brokers: topology.brokers.map(({ id }) => id),
    clockErrorMs: 0,
    unknown: ['when the sender is answered: in a simulation that takes no time'],
  });
}

function nameOfSocket(socket: number, users: number): string {
  return socketName(userId(socket % users), String(Math.floor(socket / users)));
}
