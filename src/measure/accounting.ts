import { byKind } from '../routing/counters.js';
import type { BrokerTraffic, KindCounters } from '../routing/messages.js';
import { type Kind, kinds } from '../routing/types.js';
import type { BrokerResult, Counts, Equation, NodeResult } from './result.js';
import type { MessageTraffic } from './traffic.js';

/** The difference of two cumulative counters, kind by kind. */
export function kindsBetween(start: Record<Kind, KindCounters>, end: Record<Kind, KindCounters>): Record<Kind, KindCounters> {
  return byKind((kind) => between(start[kind], end[kind]));
}

export function trafficBetween(start: Record<Kind, BrokerTraffic> | undefined, end: Record<Kind, BrokerTraffic> | undefined) {
  return byKind((kind) => between(start?.[kind] ?? { in: 0, out: 0 }, end?.[kind] ?? { in: 0, out: 0 }));
}

/** Adds up traffic with one broker over the nodes. */
export function sumTraffic(all: readonly Record<Kind, BrokerTraffic>[]): Record<Kind, BrokerTraffic> {
  return byKind((kind) => ({ in: sum(all.map((one) => one[kind].in)), out: sum(all.map((one) => one[kind].out)) }));
}

function between<C extends object>(start: C, end: C): C {
  const before = new Map<string, number>(Object.entries(start));
  const differences = Object.entries(end as Record<string, number>).map(([name, value]) => [name, value - (before.get(name) ?? 0)]);
  return Object.fromEntries(differences) as C;
}

/**
 * What must hold to the message. Between nodes, brokers and load workers each side comes from another witness: no figure of one is ever
 * computed from the other's. What a node says twice is a check of its own bookkeeping, no second witness.
 * `blind`: a witness died, or they were read while something was on its way. One is not held against another then.
 * `relaysTo`: to how many others a broker hands on everything it takes in.
 */
export function equationsOf(
  nodes: readonly NodeResult[],
  brokers: readonly BrokerResult[],
  counts: Counts,
  blind: boolean,
  relaysTo: (broker: string) => number = () => 0,
): Equation[] {
  const toSockets = sum(nodes.map((node) => node.kinds.chat.deliveredToSockets));
  return [
    ...brokers.flatMap((broker) => brokerEquations(broker, blind, relaysTo(broker.id))),
    ...nodes.flatMap(selfChecks),
    atSockets(blind ? null : toSockets, counts),
  ];
}

/** What is written to a socket in the moment in which its client leaves, nobody sees: the ledger counts that pair as uncertain, and knows no more of it. */
function atSockets(written: number | null, { delivered, duplicated, misdelivered, uncertain }: Counts): Equation {
  const name = 'delivered to sockets = delivered + duplicated + misdelivered in the ledger';
  const seen = delivered + duplicated + misdelivered;
  if (uncertain === 0 || written === null) return equation(name, 'all', written, seen);
  const unseen = written - seen;
  const words = `${name} + of the ${uncertain} uncertain those written to somebody who was leaving`;
  return { name: words, place: 'all', left: written, right: seen, holds: unseen >= 0 && unseen <= uncertain };
}

/** A broker against the nodes, and against the others that it relays to. */
export function brokerEquations(broker: BrokerResult, blind: boolean, others: number): Equation[] {
  const known = (direction: 'in' | 'out') => (blind ? null : overKinds(broker, direction));
  return [
    ...takenIn(broker, known('in'), blind),
    equation('handed out by the broker = received by nodes', broker.id, broker.out, known('out')),
    ...relayed(broker, blind ? null : broker.in, others),
  ];
}

/** A broker counts commands. Where messages share them, it knows nothing of messages, and commands are held against commands. */
function takenIn({ id, in: taken, commands }: BrokerResult, published: number | null, blind: boolean): Equation[] {
  if (commands === undefined) return [equation('published by nodes = taken in by the broker', id, published, taken)];
  return [
    equation('commands put by nodes = taken in by the broker', id, blind ? null : commands.put, commands.taken),
    equation('commands handed out by the broker = got by nodes', id, commands.answered, blind ? null : commands.got),
  ];
}

/** What a node must say of itself without a contradiction: it finds a figure that was forgotten in the code, not a message that was. */
export function selfChecks(node: NodeResult): Equation[] {
  return [
    ...countedTwice(node),
    equation('received = useful + wasted', node.id, total(node, 'received'), total(node, 'useful') + total(node, 'wasted')),
    equation('things received that are no message of this run = 0', node.id, node.junk, 0),
  ];
}

/** A node counts what it says and hears twice in one breath, by what it is for and by whom it goes through. Kinds of which there was none are left out. */
function countedTwice({ id, kinds: counted, throughBrokers: again }: NodeResult): Equation[] {
  return kinds.flatMap((kind) => {
    const [one, other] = [counted[kind], again[kind]];
    if (one.published + one.received + other.in + other.out === 0) return [];
    return [
      equation(`${kind} published = put to brokers, one by one`, id, one.published, other.in),
      equation(`${kind} received = got from brokers, one by one`, id, one.received, other.out),
    ];
  });
}

function relayed({ id, relayed: copies }: BrokerResult, taken: number | null, others: number): Equation[] {
  return others === 0
    ? []
    : [equation('taken in by the broker, for each other broker = relayed by it', id, taken === null ? null : taken * others, copies)];
}

/** A statement about a run with a witness for each side; `null`: that one is silent. */
export function equation(name: string, place: string, left: number | null, right: number | null): Equation {
  return { name, place, left, right, holds: left === null || right === null ? null : left === right };
}

function overKinds(broker: BrokerResult, direction: 'in' | 'out'): number {
  return sum(kinds.map((kind) => broker.kinds[kind][direction]));
}

function total(node: NodeResult, counter: keyof KindCounters): number {
  return sum(kinds.map((kind) => node.kinds[kind][counter]));
}

/** (in + relayed + out + hops + questions + answers) / delivered; null when somebody cannot say, or nothing was delivered. */
export function amplificationOf(traffic: MessageTraffic, delivered: number): number | null {
  return perDelivered(sumKnown([traffic.in, traffic.relayed, traffic.out, traffic.hops, traffic.questions, traffic.answers]), delivered);
}

export function perDelivered(amount: number | null, delivered: number): number | null {
  return amount === null || delivered === 0 ? null : amount / delivered;
}

/** The sum, or null when one of them is unknown. */
export function sumKnown(values: readonly (number | null)[]): number | null {
  let result = 0;
  for (const value of values) {
    if (value === null) return null;
    result += value;
  }
  return result;
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
