import { wordsOf } from '../../error.js';
import { draftOf, type Request } from '../../plan/plan.js';
import type { Size } from '../../routing/types.js';
import type { Calibration } from './calibration.js';
import { type Effort, modelOf } from './model.js';
import { recordOf } from './record.js';
import { checkGrowth, type Model, type Subject, subjectOf } from './subject.js';

import { brokerUses, nodeUse, type Use } from './uses.js';

/** What must hold of every process. */
export interface Demands {
  /** Share of its one core that a process may use. */
  readonly utilisation: number;
  /** Sockets that one node may hold. */
  readonly connectionsPerNode: number;
  /** Nodes at least, so that one may die. */
  readonly nodesLeast: number;
  /** 99th percentile of the response, ms; absent: not asked for. */
  readonly responseMsP99?: number | undefined;
}

export interface Fleet {
  readonly strategy: string;
  readonly nodes: number;
  /** Brokers that pass messages on, and those that only keep a directory, by kind. */
  readonly brokers: number;
  readonly kinds: readonly string[];
  readonly cores: number;
  readonly node: Use;
  readonly broker: Use | null;
  /** The share of a core that was allowed: by the demand, or less where the response must be fast. */
  readonly allowed: number;
  readonly saturatesFirst: 'node CPU' | 'broker CPU' | 'sockets per node';
  /** TCP connections at one broker: a node that publishes and listens has two. */
  readonly connectionsPerBroker: number;
  readonly subscriptionsPerBroker: number;
  /** What one place of a directory keeps. */
  readonly entriesPerPlace: number;
  /** Share of deliveries that are lost when one broker dies; null: there is none. */
  readonly lostShare: number | null;
  /** Copies that a node gets and drops. */
  readonly wastedShare: number;
  /** Kinds of brokers whose cost was never measured: that of another stands for it. */
  readonly uncalibrated: readonly string[];
}

export type Planned = Fleet | { readonly strategy: string; readonly why: string };

const effort: Effort = { walkedMost: 0, sampledTopics: 600 };
/** Further sizes tried; each is at least what the one before was short of. */
const triesMost = 24;
const nodesMost = 100_000;
const brokersMost = 2_000;
const muchMore = 1.5;
const littleLess = 0.95;
/** The 99th percentile of a wait is so many times its mean where it is exponential: ln 100. */
const tail = Math.log(100);

/** The fewest nodes and brokers of a strategy that carry a load, or why there are none. */
export function planned(request: Request, demands: Demands, calibration: Calibration): Planned {
  const { strategy } = request;
  try {
    return new Search(request, demands, calibration).find();
  } catch (error) {
    return { strategy: strategy.name, why: wordsOf(error) };
  }
}

/** A size that was tried, and what its processes would use. */
interface Weighed {
  readonly size: Size;
  readonly node: Use;
  readonly broker: Use | null;
  /** Of a core, and of it for messages: they wait for each other. */
  readonly allowed: number;
  readonly allowedBusy: number;
  readonly wastedShare: number;
  /** The rest of what is told of it. */
  fleet(): Fleet;
}

class Search {
  readonly #request: Request;
  readonly #demands: Demands;
  readonly #calibration: Calibration;

  constructor(request: Request, demands: Demands, calibration: Calibration) {
    this.#request = request;
    this.#demands = demands;
    this.#calibration = calibration;
  }

  /** Grows whatever is short until nothing is; what does not get better by growing never will. */
  find(): Planned {
    const { strategy, size } = this.#request;
    let weighed = this.#weigh({
      nodes: Math.max(this.#demands.nodesLeast, Math.ceil((size.users ?? 1) / this.#demands.connectionsPerNode)),
      brokers: 1,
    });
    const growth = new Growth(weighed);
    for (let tries = 0; tries < triesMost; tries++) {
      const [nodesShort, brokersShort] = shortOf(weighed);
      if (nodesShort <= 1 && brokersShort <= 1) return this.#answer(weighed);
      const next = this.#weigh({
        nodes: grown(weighed.size.nodes, nodesShort),
        brokers: grown(Math.max(1, weighed.size.brokers), brokersShort),
      });
      const why = growth.hopeless(next);
      if (why !== undefined) return { strategy: strategy.name, why };
      growth.take(next);
      weighed = next;
    }
    return { strategy: strategy.name, why: `no size up to ${weighed.size.nodes} nodes and ${weighed.size.brokers} brokers carries it` };
  }

  #answer({ fleet, size }: Weighed): Planned {
    const sockets = Math.ceil(size.users / size.nodes);
    const { connectionsPerNode, nodesLeast } = this.#demands;
    const no = (why: string) => ({ strategy: this.#request.strategy.name, why: `it runs with ${size.nodes} node, ${why}` });
    if (size.nodes < nodesLeast) return no(`and at least ${nodesLeast} are asked for`);
    return sockets <= connectionsPerNode ? fleet() : no(`which would hold ${sockets} sockets, and may hold ${connectionsPerNode}`);
  }

  #weigh(at: { nodes: number; brokers: number }): Weighed {
    const { strategy, scenario, options, size: asked } = this.#request;
    const size = { ...asked, nodes: Math.min(at.nodes, nodesMost, asked.users ?? nodesMost), brokers: Math.min(at.brokers, brokersMost) };
    checkGrowth(strategy, { ...scenario.sizes.smoke, ...size }, options);
    const subject = subjectOf(draftOf({ ...this.#request, size }), strategy, scenario);
    const model = modelOf(subject, effort);
    const node = nodeUse(model, this.#calibration);
    const { uses, uncalibrated } = brokerUses(model, subject, this.#calibration);
    const broker = [...uses.values()].sort((one, other) => other.share - one.share)[0] ?? null;
    const { received, wasted } = model.estimate.perNode;
    const weighed = {
      ...{
        size: subject.plan.size,
        node,
        broker,
        allowed: this.#demands.utilisation,
        allowedBusy: allowedBusy(this.#demands, model, node, broker),
      },
      wastedShare: received.mean === 0 ? 0 : wasted.mean / received.mean,
    };
    return { ...weighed, fleet: () => fleetOf({ ...weighed, model, subject, uses, uncalibrated, demands: this.#demands }) };
  }
}

type Found = Omit<Weighed, 'fleet'> & {
  readonly model: Model;
  readonly subject: Subject;
  readonly uses: ReadonlyMap<string, Use>;
  readonly uncalibrated: readonly string[];
  readonly demands: Demands;
};

function fleetOf(found: Found): Fleet {
  const { model, subject, uses, uncalibrated, demands, size, node, broker, allowed, wastedShare } = found;
  const { brokers } = subject.plan.topology;
  const record = recordOf(model, subject, []);
  return {
    strategy: subject.strategy.name,
    nodes: size.nodes,
    brokers: brokers.length,
    kinds: [...uses.keys()],
    cores: node.share * size.nodes + brokers.reduce((sum, { kind }) => sum + (uses.get(kind)?.share ?? 0), 0),
    node,
    broker,
    allowed: Math.min(allowed, found.allowedBusy),
    saturatesFirst: fullFirst(found, size.users / size.nodes / demands.connectionsPerNode),
    connectionsPerBroker: 2 * record.links.perBroker,
    subscriptionsPerBroker: record.subscriptionsPerBroker,
    entriesPerPlace: record.entriesPerPlace,
    lostShare: lostShare(model, subject),
    wastedShare,
    uncalibrated,
  };
}

function shortOf({ node, broker, allowed, allowedBusy }: Omit<Weighed, 'fleet'>): readonly [nodes: number, brokers: number] {
  const short = (use: Use) => Math.max(use.share / allowed, use.busyShare / allowedBusy);
  return [short(node), broker === null ? 0 : short(broker)];
}

function fullFirst(found: Omit<Weighed, 'fleet'>, sockets: number): Fleet['saturatesFirst'] {
  const [nodes, brokers] = shortOf(found);
  if (sockets >= Math.max(nodes, brokers)) return 'sockets per node';
  return nodes >= brokers ? 'node CPU' : 'broker CPU';
}

function grown(count: number, short: number): number {
  return short <= 1 ? count : Math.max(count + 1, Math.ceil(count * Math.min(short * 1.02, 64)));
}

/** Sizes since which growing is judged: so far that it must have helped, not a step that takes less off than a sample is off. */
class Growth {
  #nodes: Weighed;
  #brokers: Weighed;
  #last: Weighed;

  constructor(first: Weighed) {
    this.#nodes = first;
    this.#brokers = first;
    this.#last = first;
  }

  /** Why what is short now will stay so: it did not grow, or growing took next to nothing off it. */
  hopeless(now: Weighed): string | undefined {
    const [nodesShort, brokersShort] = shortOf(now);
    return (nodesShort > 1 ? this.#nodesHopeless(now) : undefined) ?? (brokersShort > 1 ? this.#brokersHopeless(now) : undefined);
  }

  take(now: Weighed): void {
    this.#last = now;
    if (now.size.nodes >= muchMore * this.#nodes.size.nodes) this.#nodes = now;
    if (now.size.brokers >= muchMore * this.#brokers.size.brokers) this.#brokers = now;
  }

  #nodesHopeless(now: Weighed): string | undefined {
    const { nodes } = now.size;
    if (nodes === this.#last.size.nodes && shortOf(this.#last)[0] > 1)
      return `${needs('a node', now.node, now)}, and there cannot be more than ${nodes}`;
    if (nodes < muchMore * this.#nodes.size.nodes || now.node.share <= littleLess * this.#nodes.node.share) return undefined;
    const wasted = now.wastedShare > 0.01 ? `: ${Math.round(now.wastedShare * 100)} % of what it gets is for others` : '';
    return `${needs('every node', now.node, now)}, however many there are${wasted}`;
  }

  #brokersHopeless(now: Weighed): string | undefined {
    const { brokers } = now.size;
    if (brokers === this.#last.size.brokers && shortOf(this.#last)[1] > 1)
      return `${needs('a broker', now.broker, now)}, and there cannot be more than ${Math.max(1, brokers)}`;
    const share = this.#brokers.broker?.share ?? 0;
    if (brokers < muchMore * this.#brokers.size.brokers || (now.broker?.share ?? 0) <= littleLess * share) return undefined;
    return `${needs('a broker', now.broker, now)}, and more of them do not help`;
  }
}

function needs(who: string, use: Use | null, { allowed, allowedBusy }: Weighed): string {
  return `${who} would need ${(use?.share ?? 0).toFixed(2)} of a core, where ${Math.min(allowed, allowedBusy).toFixed(2)} is allowed`;
}

/**
 * A message waits at its sender's node, a broker and its recipient's node. Each as a queue with random arrivals: the mean time there is
 * what one message takes, divided by the share that is free (https://en.wikipedia.org/wiki/M/M/1_queue); the tail of the sum is at most that of the means.
 */
function allowedBusy({ responseMsP99 }: Demands, { estimate, plan }: Model, node: Use, broker: Use | null): number {
  if (responseMsP99 === undefined) return 1;
  const seconds = plan.size.seconds;
  const handled = (estimate.perNode.fromClients.mean + estimate.perNode.useful.mean) / seconds;
  const taken = Math.max(0, ...[...estimate.perBroker.values()].map((one) => (one.in.mean + one.asked.mean) / seconds));
  const nodeMs = handled === 0 ? 0 : (node.busyShare / handled) * 1_000;
  const brokerMs = broker === null || taken === 0 ? 0 : (broker.busyShare / taken) * 1_000;
  const free = (tail * (2 * nodeMs + brokerMs)) / responseMsP99;
  if (free >= 1)
    throw new RangeError(
      `a message takes ${(2 * nodeMs + brokerMs).toFixed(2)} ms of CPU on its way, so its 99th percentile cannot be ${responseMsP99} ms even with nobody else there`,
    );
  return 1 - free;
}

/** What goes through one broker goes nowhere when it dies; a directory that dies stops everybody who asks it. */
function lostShare({ estimate }: Model, { plan: { topology }, routing }: Subject): number | null {
  if (topology.brokers.length === 0) return null;
  const asked =
    estimate.perNode.asked.mean > 0 && topology.brokers.some(({ directoryOnly }) => directoryOnly) && routing.directoryCached !== true;
  if (asked) return 1;
  const [spread] = estimate.perBroker.values();
  return spread === undefined || estimate.deliveries === 0 ? 0 : Math.min(1, spread.carried.mean / estimate.deliveries);
}
