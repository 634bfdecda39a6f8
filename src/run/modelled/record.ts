import type { ModelRecord } from '../../measure/modelSchema.js';
import { linksOf } from './links.js';
import type { Model, Subject } from './model.js';
import type { ByLetter } from './subscriptions.js';

/** What only a model says, in the words of the record. */
export function recordOf(model: Model, subject: Subject, exponents: readonly ModelRecord['exponents'][number][]): ModelRecord {
  const { manner, messages, estimate, holdings, assumptions } = model;
  const { topology } = subject.plan;
  const subscriptions = meanOf(holdings.map((held) => held.subscriptions));
  const entries = meanOf(holdings.map((held) => held.entries));
  return {
    manner: manner.name,
    messages,
    taken: manner.name === 'sample' ? manner.messages : messages,
    perNode: estimate.perNode,
    perBroker: Object.fromEntries(estimate.perBroker),
    subscriptions,
    subscriptionsPerBroker: per(sum(subscriptions) * topology.nodes.length, topology.brokers.filter((one) => !one.directoryOnly).length),
    entries,
    entriesPerPlace: per(sum(entries) * topology.nodes.length, placesOf(subject)),
    links: linksOf(subject),
    exponents: [...exponents],
    assumptions: [...assumptions],
  };
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
