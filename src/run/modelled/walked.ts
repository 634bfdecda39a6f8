import { probesOf } from '../../load/probes.js';
import { roomId, userId } from '../../plan/placement.js';
import type { Members, Saying } from '../../plan/types.js';
import type { Topic } from '../../routing/types.js';
import { placedByTransport } from '../placedByTransport.js';
import { bodyBytesOf } from './bodyBytes.js';
import { type Everybody, everybody, placedAnyhow, placedAs } from './crowds.js';
import { Batches } from './estimate.js';
import { listeningToAll, type TopicsOf } from './listening.js';
import { Loads } from './loads.js';
import { Questions } from './questions.js';
import { Sendings } from './sendings.js';
import { type Model, messagesOf, type Subject } from './subject.js';
import { holdingsOf } from './subscriptions.js';
import { type Streets, Walk } from './walk.js';

/** Placements tried where the transport places sockets, so that the error says how far a run may be off. */
const placementCount = 40;

/** Every message of the plan, one by one. */
export function walked(subject: Subject): Model {
  const { plan, scenario, places } = subject;
  const crowd = everybody(scenario, plan);
  const crowds = placedByTransport(plan.topology) ? placements(crowd, subject) : [crowd];
  const batches = new Batches(places, { scale: 1, runShare: crowds.length > 1 ? 1 : 0 });
  const walks = crowds.map((placed) => new Passage(subject, placed));
  for (const walk of walks) batches.add(walk.play());
  const [first] = walks;
  return {
    plan,
    manner: crowds.length > 1 ? { name: 'placements', placements: crowds.length } : { name: 'all' },
    messages: messagesOf(plan.size),
    estimate: batches.estimate(),
    holdings: first?.holdings() ?? [],
    questions: first?.questions ?? null,
    assumptions:
      crowds.length > 1
        ? [
            `the transport places sockets: the mean of ${crowds.length} ways in which ${subject.sockets === undefined ? 'they may be spread over the nodes' : 'each node may have those that it had in the run'}`,
          ]
        : [],
  };
}

/** Ways in which the sockets may be on the nodes. */
function placements(crowd: Everybody, { plan: { size }, sockets }: Subject): readonly Everybody[] {
  return Array.from({ length: placementCount }, (_, draw) =>
    sockets === undefined ? placedAnyhow(crowd, size.nodes, draw) : placedAs(crowd, size.users, sockets, draw),
  );
}

/** One way through all phases of a run that a figure depends on. */
class Passage {
  readonly questions: Questions;
  readonly #subject: Subject;
  readonly #crowd: Everybody;
  readonly #topicsOf: TopicsOf;

  constructor(subject: Subject, crowd: Everybody) {
    this.#subject = subject;
    this.#crowd = crowd;
    this.#topicsOf = topicsOfNodes(subject, crowd);
    this.questions = new Questions({ ...subject, topology: subject.plan.topology });
  }

  play(): Loads {
    const { plan } = this.#subject;
    this.#askBefore();
    const walk = new Walk(this.#streets(), this.questions);
    const sendings = new Sendings(this.#crowd, plan.rooms);
    for (const action of this.#crowd.actions()) walk.say(sendings.of(action));
    return walk.finish();
  }

  holdings() {
    const { plan, routing } = this.#subject;
    return plan.topology.nodes.map((id, node) => holdingsOf(routing, id, this.#topicsOf(node)));
  }

  #streets(): Streets {
    const { plan, routing, places } = this.#subject;
    const listening = listeningToAll(routing, plan.topology.nodes, this.#topicsOf);
    return { topology: plan.topology, routing, places, listening, seed: plan.seed, bodyBytes: bodyBytesOf(plan) };
  }

  /** Probes and warm-up fill what nodes keep of directories before anything is counted. */
  #askBefore(): void {
    const { plan, places } = this.#subject;
    const unseen = new Loads(places);
    for (const { from, to } of probesOf(plan.topology.nodes, plan.size.users)) {
      const audience = [{ topic: `u:${userId(to)}` as const, at: [] }];
      this.questions.ask({ node: this.#crowd.node(from), audience }, unseen);
    }
    const sendings = new Sendings(this.#crowd, plan.rooms);
    for (const action of warmUpOf(this.#crowd, plan.warmUpSeconds)) this.questions.ask(sendings.of(action), unseen);
    this.questions.beginCounting();
  }
}

function warmUpOf(crowd: Everybody, warmUpSeconds: number): Iterable<Saying> {
  return warmUpSeconds > 0 ? crowd.warmUpActions() : [];
}

/** What every node wants once all are online: its own topic, its users', and where rooms have topics those of its users' rooms. */
function topicsOfNodes({ plan }: Subject, crowd: Everybody): TopicsOf {
  const wanted = plan.topology.nodes.map((id) => new Set<Topic>([`n:${id}`]));
  for (let user = 0; user < plan.size.users; user++) wanted[crowd.node(user)]?.add(`u:${userId(user)}`);
  if (plan.rooms === 'topic') for (const [room, members] of crowd.rooms.entries()) wantRoom(wanted, crowd, room, members);
  const topics = wanted.map((of) => [...of]);
  return (node) => topics[node] ?? [];
}

function wantRoom(wanted: readonly Set<Topic>[], crowd: Everybody, room: number, members: Members): void {
  for (const member of members) wanted[crowd.node(member)]?.add(`r:${roomId(room)}`);
}
