import { usage } from '../../error.js';
import { nodeIndex, userId } from '../../plan/placement.js';
import { keyOf } from '../../routing/listening.js';
import type { Topic } from '../../routing/types.js';
import { placedByTransport } from '../placedByTransport.js';
import { bodyBytesOf } from './bodyBytes.js';
import { placedAnyhow, placedAs, type Sample, sampleOf } from './crowds.js';
import { Batches } from './estimate.js';
import { type Listening, listeningAnyway } from './listening.js';
import type { Loads } from './loads.js';
import { looksOf } from './looks.js';
import type { Effort } from './model.js';
import { Questions } from './questions.js';
import { Sendings } from './sendings.js';
import { type Model, messagesOf, type Subject, widthOf } from './subject.js';
import { type Holdings, holdingsBySample, type Wanted } from './subscriptions.js';
import { type Streets, Walk } from './walk.js';

const batchCount = 20;
/** Messages of a batch at least; fewer say nothing of how they differ. */
const batchLeast = 20;
/** Places that all sampled messages together may be put at. */
const putsMost = 400_000;
/** Nodes and brokers that a strategy may look at, for all sampled messages together, to say where they go. */
const looksMost = 8_000_000;
/** Nodes whose holdings are asked for; topics of each that stand for all. */
const nodesAsked = 8;
const topicsAsked = 16;

/** So many messages like those of the plan, by batches, scaled to all of them. */
export function sampled(subject: Subject, effort: Effort): Model {
  const { plan, scenario, routing, places } = subject;
  const crowd = sampleOf(scenario, plan);
  const sample = placed(crowd, subject);
  const listening = listeningAnyway(routing, plan.topology.nodes, (node) => someTopics(subject, node, 3));
  const most = topicsMost(subject, effort);
  checkApart(subject, listening, most.compared);
  const streets: Streets = { topology: plan.topology, routing, places, listening, seed: plan.seed, bodyBytes: bodyBytesOf(plan) };
  const each = batchSize(plan, sample, most.said);
  const messages = messagesOf(plan.size);
  const batches = new Batches(places, { scale: messages / each, runShare: each / messages });
  const sendings = new Sendings(sample, plan.rooms);
  for (let batch = 0; batch < batchCount; batch++) batches.add(play(subject, streets, sendings, sample.actions(batch, each)));
  return {
    plan,
    manner: { name: 'sample', messages: each * batchCount },
    messages,
    estimate: batches.estimate(),
    holdings: holdings(subject, sample),
    questions: null,
    assumptions: assumptionsOf(subject, sample),
  };
}

/** Which of the users that are played is where. */
function placed(crowd: Sample, { plan: { topology, size }, sockets }: Subject): Sample {
  if (!placedByTransport(topology)) return crowd;
  return sockets === undefined ? placedAnyhow(crowd, size.nodes, 0) : placedAs(crowd, size.users, sockets, 0);
}

function play({ plan, routing, places }: Subject, streets: Streets, sendings: Sendings, actions: ReturnType<Sample['actions']>): Loads {
  const walk = new Walk(streets, new Questions({ topology: plan.topology, routing, places }, true));
  for (const action of actions) walk.say(sendings.of(action));
  const loads = walk.finish();
  if (routing.directoryCached) keepAnswers(loads, plan);
  return loads;
}

/**
 * Where answers are kept, only the first of a node's messages for a topic asks. That so many pairs of node and topic are met when the
 * messages fall on all pairs alike: https://en.wikipedia.org/wiki/Coupon_collector%27s_problem
 */
function keepAnswers({ nodes, brokers, messages }: Loads, { size }: Subject['plan']): void {
  const asked = nodes.asked.reduce((sum, questions) => sum + questions, 0) * (messagesOf(size) / messages);
  if (asked === 0) return;
  const pairs = size.nodes * size.users;
  const share = (-pairs * Math.expm1(-asked / pairs)) / asked;
  for (const column of [nodes.asked, brokers.asked])
    for (let place = 0; place < column.length; place++) column[place] = (column[place] ?? 0) * share;
}

/** Topics of messages that may be sampled, and topics that may be asked for to compare where they are heard. */
function topicsMost(subject: Subject, { sampledTopics }: Effort): { readonly said: number; readonly compared: number } {
  const { listened, put } = widthOf(subject.routing, subject.plan.topology.nodes[0] ?? '');
  const looked = looksMost / looksOf(subject);
  return {
    said: Math.min(sampledTopics, putsMost / (put + listened), looked),
    compared: Math.min(sampledTopics / 2, putsMost / listened, looked / 2),
  };
}

function batchSize({ rooms: form }: Subject['plan'], { rooms }: Sample, topics: number): number {
  const members = rooms.length === 0 ? 1 : rooms.reduce((sum, of) => sum + of.length, 0) / rooms.length;
  const messages = topics / (form === 'members' ? members : 1);
  return Math.max(batchLeast, Math.round(messages / batchCount));
}

/** Topics that a node wants: its own and some of its users'. */
function someTopics({ plan }: Subject, node: number, count: number): readonly Topic[] {
  return [`n:${plan.topology.nodes[node] ?? ''}`, ...someUsers(plan.size, node, count - 1)];
}

/** Some users of a node, spread over all it has. */
function someUsers({ users, nodes }: Subject['plan']['size'], node: number, count: number): readonly Topic[] {
  const most = Math.max(1, Math.floor(users / nodes));
  return Array.from(
    { length: Math.min(count, most) },
    (_, index) => `u:${userId(node + nodes * Math.floor((index * most) / count))}` as const,
  );
}

function holdings({ plan, routing }: Subject, { rooms, roomCount }: Sample): readonly Holdings[] {
  const { size, topology } = plan;
  const step = Math.max(1, Math.floor(size.nodes / nodesAsked));
  const asked = topology.nodes.flatMap((id, node) => (node % step === 0 && node / step < nodesAsked ? [{ id, node }] : []));
  return asked.map(({ id, node }) => {
    const wanted: Wanted[] = [
      { letter: 'n', perNode: 1, some: [`n:${id}`] },
      { letter: 'u', perNode: size.users / size.nodes, some: someUsers(size, node, topicsAsked) },
    ];
    if (plan.rooms === 'topic' && rooms.length > 0) wanted.push(roomsOf(size.nodes, { rooms, roomCount }));
    return holdingsBySample(routing, id, wanted);
  });
}

/** A node wants a room when one of its members is there: of m members on N nodes with the probability 1 - (1 - 1/N)^m. */
function roomsOf(nodes: number, { rooms, roomCount }: Pick<Sample, 'rooms' | 'roomCount'>): Wanted {
  const wanted = rooms.reduce((sum, members) => sum - Math.expm1(members.length * Math.log1p(-1 / nodes)), 0) / rooms.length;
  const some = Array.from({ length: topicsAsked }, (_, room) => `r:r${room}` as const);
  return { letter: 'r', perNode: wanted * roomCount, some };
}

/** Two topics that share a channel which not all share: how many nodes hear it cannot be told from a sample. */
function checkApart({ plan, routing, strategy }: Subject, listening: Listening, topicsCompared: number): void {
  const seen = new Map<string, Topic>();
  for (let index = 0; index < topicsCompared; index++) {
    const user = Math.floor((index * plan.size.users) / topicsCompared);
    const node = nodeIndex(user, 0, plan.size.nodes);
    const topic = `u:${userId(user)}` as const;
    for (const address of routing.subscribe(topic, plan.topology.nodes[node] ?? '')) {
      const key = keyOf(address);
      const other = seen.get(key);
      if (other !== undefined && other !== topic && !listening.hears(node, key)) throw shared(strategy.name, [topic, other], key);
      seen.set(key, topic);
    }
  }
}

function shared(strategy: string, topics: readonly Topic[], key: string) {
  return usage(
    `strategy ${strategy} gives ${topics.join(' and ')} one channel (${key}) that not every topic has: a sample does not say how many nodes hear it; ask for a size small enough to walk through, or simulate it`,
  );
}

function assumptionsOf({ plan, routing, sockets }: Subject, { rooms }: Sample): readonly string[] {
  return [
    ...(rooms.length > 0 ? ['rooms of all users are like those of the users that were sampled'] : []),
    ...(routing.directoryCached
      ? ['kept answers of directories: nothing is kept at the start, and messages fall on all pairs of node and topic alike']
      : []),
    ...(placedByTransport(plan.topology)
      ? [
          `the transport places sockets: ${sockets === undefined ? 'they are spread over the nodes at random' : 'each node has those that it had in the run'}`,
        ]
      : []),
  ];
}
