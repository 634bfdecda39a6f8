import type { Topology } from '../routing/types.js';
import { sum, sumKnown } from './accounting.js';
import type { BrokerResult, NodeResult, Result } from './result.js';

/** Messages that a run moved, all places together; `null`: whoever says it does not know. */
export interface MessageTraffic {
  /** Taken in by brokers that pass messages on, handed out by them to nodes, and handed on by them to other brokers; without heartbeats. */
  readonly in: number | null;
  readonly out: number | null;
  readonly relayed: number | null;
  /** Straight from node to node. */
  readonly hops: number | null;
  /** Taken in by places of a directory (while users come and go also who wants what), and given out by them. */
  readonly questions: number | null;
  readonly answers: number | null;
}

/** In the words of those that took the messages in: brokers, and nodes as brokers. A broker that relays to nobody relays nothing. */
export function ownWord({ brokers }: Pick<Result, 'brokers'>, topology: Topology): MessageTraffic {
  const { passing, places } = roles(brokers, topology);
  const relaying = passing.filter(({ id }) => relaysTo(topology, id) > 0);
  return {
    in: sumKnown(passing.map((broker) => besideHeartbeats(broker, 'in'))),
    out: sumKnown(passing.map((broker) => besideHeartbeats(broker, 'out'))),
    relayed: sumKnown(relaying.map((broker) => broker.relayed)),
    hops: sumKnown(places.map((place) => place.hops)),
    questions: sumKnown(places.map((place) => besideHops(place, 'in'))),
    answers: sumKnown(places.map((place) => besideHops(place, 'out'))),
  };
}

/** The same in the words of the nodes that sent and got them, chat and directory alone; what goes from broker to broker no node sees. */
export function wordOfSenders({ brokers, nodes }: Pick<Result, 'brokers' | 'nodes'>, topology: Topology): MessageTraffic {
  const { passing, places } = roles(brokers, topology);
  const directory = nodes.map(({ kinds }: NodeResult) => kinds.directory);
  return {
    in: sum(passing.map(({ kinds }) => kinds.chat.in)),
    out: sum(passing.map(({ kinds }) => kinds.chat.out)),
    relayed: null,
    hops: sum(places.map(({ kinds }) => kinds.chat.in)),
    questions: sum(directory.map(({ published }) => published)),
    answers: sum(directory.map(({ received }) => received)),
  };
}

/** To how many others a broker hands on everything it takes in. */
export function relaysTo({ brokers }: Topology, id: string): number {
  return brokers.find((broker) => broker.id === id)?.relaysTo?.length ?? 0;
}

/** What a broker took in or gave out that did not go straight from node to node. */
export function besideHops(broker: BrokerResult, direction: 'in' | 'out'): number | null {
  const [all, { hops }] = [broker[direction], broker];
  return all === null || hops === null ? null : all - hops;
}

/** What a broker took in or handed out that did not come by the clock: how often that happens says nothing of a message. */
function besideHeartbeats(broker: BrokerResult, direction: 'in' | 'out'): number | null {
  const [all, beaten] = [broker[direction], broker.heartbeats === undefined ? 0 : broker.heartbeats[direction]];
  return all === null || beaten === null ? null : all - beaten;
}

/** Those that pass messages on; and nodes and directories, which answer what they are asked. */
function roles(brokers: readonly BrokerResult[], { brokers: listed }: Topology) {
  const passes = new Set(listed.filter(({ directoryOnly }) => !directoryOnly).map(({ id }) => id));
  return { passing: brokers.filter(({ id }) => passes.has(id)), places: brokers.filter(({ id }) => !passes.has(id)) };
}
