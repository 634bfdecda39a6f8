import type { ModelRecord } from '../../measure/modelSchema.js';
import type { Topology } from '../../routing/types.js';
import { linksOf } from './links.js';
import type { Model, Subject } from './subject.js';
import type { ByLetter } from './subscriptions.js';

/** What only a model says, in the words of the record. */
export function recordOf(model: Model, subject: Subject, exponents: readonly ModelRecord['exponents'][number][]): ModelRecord {
  const { manner, messages, estimate, holdings, assumptions } = model;
  const { topology } = subject.plan;
  const entries = meanOf(holdings.map((held) => held.entries));
  return {
    manner: manner.name,
    messages,
    taken: manner.name === 'sample' ? manner.messages : messages,
    perNode: estimate.perNode,
    perBroker: Object.fromEntries(estimate.perBroker),
    subscriptions: meanOf(holdings.map((held) => held.subscriptions)),
    subscriptionsPerBroker: subscriptionsPerBroker(holdings, topology),
    entries,
    entriesPerPlace: per(sum(entries) * topology.nodes.length, placesOf(subject)),
    links: linksOf(subject),
    exponents: [...exponents],
    assumptions: [...assumptions],
  };
}

/** Of all nodes at one broker that passes messages on. */
export function subscriptionsPerBroker(holdings: Model['holdings'], { nodes, brokers }: Topology): number {
  const each = sum(meanOf(holdings.map((held) => held.subscriptions)));
  return per(each * nodes.length, brokers.filter(({ directoryOnly }) => !directoryOnly).length);
}

function meanOf(all: readonly ByLetter[]): ByLetter {
  const letters = [...new Set(all.flatMap((one) => Object.keys(one)))];
  return Object.fromEntries(letters.map((letter) => [letter, all.reduce((total, one) => total + (one[letter] ?? 0), 0) / all.length]));
}

function sum(counts: ByLetter): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

function per(all: number, places: number): number {
  return places === 0 ? 0 : all / places;
}

/** Listed directories if there are any, else the nodes where the routing has a directory. */
function placesOf({ plan: { topology }, routing }: Subject): number {
  if (routing.directory === undefined) return 0;
  const listed = topology.brokers.filter(({ directoryOnly }) => directoryOnly).length;
  return listed > 0 ? listed : topology.nodes.length;
}
