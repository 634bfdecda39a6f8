import { wordsOf } from '../../error.js';
import { draftOf, type Request } from '../../plan/plan.js';
import type { EngineName } from '../../plan/types.js';
import type { Calibration } from './calibration.js';
import { Growth, grown, shortOf, type Weighed } from './growth.js';
import { type Effort, modelOf } from './model.js';
import { recordOf } from './record.js';
import { checkGrowth, type Model, type Subject, subjectOf } from './subject.js';

import { brokerUses, nodeUse, type Substitute, type Use } from './uses.js';

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
  /** What serves the clients of its nodes. */
  readonly engine: EngineName;
  readonly nodes: number;
  /** Brokers that pass messages on, and those that only keep a directory, by kind. */
  readonly brokers: number;
  /** How many of them only keep a directory. */
  readonly directories: number;
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
  /** Kinds of brokers, and engines of nodes, whose cost was never measured. */
  readonly uncalibrated: readonly Substitute[];
}

export type Planned = Fleet | { readonly strategy: string; readonly why: string };

const effort: Effort = { walkedMost: 0, sampledTopics: 600 };
/** Further sizes tried; each is at least what the one before was short of. */
const triesMost = 24;
const nodesMost = 100_000;
const brokersMost = 2_000;
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

/** A size that was tried, and the rest of what is told of it. */
interface Tried extends Weighed {
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

  #answer({ fleet, size }: Tried): Planned {
    const sockets = Math.ceil(size.users / size.nodes);
    const { connectionsPerNode, nodesLeast } = this.#demands;
    const no = (why: string) => ({ strategy: this.#request.strategy.name, why: `it runs with ${size.nodes} node, ${why}` });
    if (size.nodes < nodesLeast) return no(`and at least ${nodesLeast} are asked for`);
    return sockets <= connectionsPerNode ? fleet() : no(`which would hold ${sockets} sockets, and may hold ${connectionsPerNode}`);
  }

  #weigh(at: { nodes: number; brokers: number }): Tried {
    const { strategy, scenario, options, size: asked } = this.#request;
    const size = { ...asked, nodes: Math.min(at.nodes, nodesMost, asked.users ?? nodesMost), brokers: Math.min(at.brokers, brokersMost) };
    checkGrowth(strategy, { ...scenario.sizes.smoke, ...size }, options);
    const draft = draftOf({ ...this.#request, size });
    const subject = subjectOf(draft, strategy, scenario);
    const model = modelOf(subject, effort);
    const { use: node, ...nodes } = nodeUse(model, draft.engine, this.#calibration);
    const { uses, ...brokers } = brokerUses(model, subject, this.#calibration);
    const uncalibrated = [...nodes.uncalibrated, ...brokers.uncalibrated];
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
    return {
      ...weighed,
      fleet: () => fleetOf({ ...weighed, engine: draft.engine, model, subject, uses, uncalibrated, demands: this.#demands }),
    };
  }
}

interface Found extends Weighed {
  readonly engine: EngineName;
  readonly model: Model;
  readonly subject: Subject;
  readonly uses: ReadonlyMap<string, Use>;
  readonly uncalibrated: readonly Substitute[];
  readonly demands: Demands;
}

function fleetOf(found: Found): Fleet {
  const { engine, model, subject, uses, uncalibrated, demands, size, node, broker, allowed, wastedShare } = found;
  const { brokers } = subject.plan.topology;
  const record = recordOf(model, subject, []);
  return {
    strategy: subject.strategy.name,
    engine,
    nodes: size.nodes,
    brokers: brokers.length,
    directories: brokers.filter(({ directoryOnly }) => directoryOnly).length,
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

function fullFirst(found: Weighed, sockets: number): Fleet['saturatesFirst'] {
  const [nodes, brokers] = shortOf(found);
  if (sockets >= Math.max(nodes, brokers)) return 'sockets per node';
  return nodes >= brokers ? 'node CPU' : 'broker CPU';
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
