import { traceOf } from '../measure/trace.js';
import type { SeenHop, Trace } from '../measure/traceSchema.js';
import { roomId, userId } from '../plan/placement.js';
import { type Subject, subjectsOf } from '../plan/subjects.js';
import { workloadOfPlan } from '../plan/workloadOfPlan.js';
import type { NodeId } from '../routing/types.js';
import { correctedErrorMs, type Offset, offsetOf, worstPairMs } from './clocks.js';
import type { Stage } from './live.js';
import { placedByTransport } from './placedByTransport.js';
import { settle } from './settle.js';

/** How long all of it may take: an idle system passes a message in milliseconds. */
const followMs = 20_000;
/** How long each process may take for its part. */
const partMs = 10_000;

/**
 * When all is counted: one message of each kind that the load has, sent once more through the same processes and recorded by each of them.
 * Undefined when that fails, which costs no result.
 */
export async function follow(stage: Stage): Promise<readonly Trace[] | undefined> {
  const { patience, watch } = stage;
  watch.progress({ step: 'following one message of each kind' });
  return (await patience.known('traces', { id: 'traces' }, followMs, followAll(stage))) ?? undefined;
}

async function followAll(stage: Stage): Promise<readonly Trace[]> {
  const { plan } = stage;
  const clocks = await clocksOf(stage);
  const followed: { readonly subject: Subject; readonly hops: readonly SeenHop[] }[] = [];
  for (const subject of subjectsOf(plan, await workloadOfPlan(plan)))
    followed.push({ subject, hops: await hopsOf(stage, subject, clocks.nodes) });
  const after = await clocksOf(stage);
  const errorsMs = [
    ...clocks.nodes.map((before, index) => errorMs(before, after.nodes[index])),
    ...stage.cast.workers.map(({ clock }, index) => errorMs(clock, after.workers[index])),
  ];
  return followed.map(({ subject, hops }) => recordOf(stage, subject, hops, worstPairMs(errorsMs)));
}

/** Of every node and worker; the times of a worker are corrected already by what its clock was ahead before the load. */
async function clocksOf({ cast }: Stage): Promise<{ readonly nodes: readonly Offset[]; readonly workers: readonly Offset[] }> {
  const [nodes, workers]: [Offset[], Offset[]] = [[], []];
  for (const { call } of cast.nodes) nodes.push(await offsetOf(() => call.time()));
  for (const { call } of cast.workers) workers.push(await offsetOf(() => call.time()));
  return { nodes, workers };
}

function errorMs(before: Offset, after: Offset | undefined): number {
  return after === undefined ? before.errorMs : correctedErrorMs(before, after);
}

/** By the clock of the coordinator. */
async function hopsOf(stage: Stage, subject: Subject, clocks: readonly Offset[]): Promise<readonly SeenHop[]> {
  const { cast, patience } = stage;
  const kind = subject.kind === 'presence' ? 'presence' : 'chat';
  await patience.all('begin to record', partMs, cast.nodes, ({ call }) => call.follow(kind));
  await patience.all('send a message to follow', partMs, cast.workers, ({ call }) => call.follow(subject));
  await settle(stage);
  const atNodes = await patience.all('say what it recorded', partMs, cast.nodes, ({ call }) => call.followed());
  const atClients = await patience.all('say what it recorded', partMs, cast.workers, ({ call }) => call.followed());
  return [...atClients.flat(), ...atNodes.flatMap((hops, index) => corrected(hops, clocks[index]?.aheadMs ?? 0))];
}

function corrected(hops: readonly SeenHop[], aheadMs: number): readonly SeenHop[] {
  return hops.map((hop) => ({ ...hop, atMs: hop.atMs - aheadMs }));
}

function recordOf(stage: Stage, subject: Subject, hops: readonly SeenHop[], clockErrorMs: number): Trace {
  const { topology } = stage.plan;
  return traceOf({
    kind: subject.kind,
    from: userId(subject.user),
    to: subject.kind === 'post' ? roomId(subject.room) : userId(subject.to),
    hops: placedByTransport(topology) ? withoutPlaces(hops, topology.nodes) : hops,
    nodes: topology.nodes,
    brokers: topology.brokers.map(({ id }) => id),
    clockErrorMs,
    unknown: unseenOf(stage),
  });
}

/** The plan does not say where clients are, so what a worker takes for their nodes is left out. */
function withoutPlaces(hops: readonly SeenHop[], nodes: readonly NodeId[]): readonly SeenHop[] {
  return hops.map((hop) => {
    if (nodes.includes(hop.at)) return hop;
    const { from: _from, to: _to, ...rest } = hop;
    return rest;
  });
}

function unseenOf({ plan, cast }: Stage): readonly string[] {
  const delivers = cast.brokers.some(({ kind }) => kind.facts.delivers === true);
  return [
    ...(plan.topology.brokers.length > 0
      ? ['times inside a broker: it is seen only when a node puts something to it or gets something from it']
      : []),
    ...(delivers ? ['which socket Socket.IO writes to, and what its adapter does beside publishing: it delivers by itself'] : []),
    ...(placedByTransport(plan.topology) ? ['the node of a client: where all share one door, the plan does not say'] : []),
  ];
}
