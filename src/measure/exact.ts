import type { Kind } from '../routing/types.js';
import type { Counts, Result } from './result.js';

/** The kinds of traffic that depend on plan and seed alone. Probes and control do not. */
const exactKinds: readonly Kind[] = ['chat', 'presence', 'directory'];

/** One figure with its place: `nodes.n1.chat.received`. */
export type Figures = ReadonlyMap<string, number | null>;

/**
 * The figures that are equal live and simulated and from run to run with one seed: messages per node and broker (nodes as
 * brokers too) between start and drained, what directories were told, and the ledger except the order of arrival. Promised without faults, resizes or limits that bite.
 */
export function exactFigures(result: Pick<Result, 'counts' | 'nodes' | 'brokers'>): Figures {
  const figures = new Map<string, number | null>();
  for (const [name, value] of Object.entries(result.counts) as [keyof Counts, number][]) {
    if (name !== 'reordered') figures.set(`counts.${name}`, value);
  }
  for (const { id, kinds, entries } of result.nodes) {
    addKinds(figures, `nodes.${id}`, kinds);
    for (const [letter, count] of byLetter(entries)) figures.set(`nodes.${id}.entries.${letter}`, count);
  }
  for (const broker of result.brokers) addKinds(figures, `brokers.${broker.id}`, broker.kinds);
  return figures;
}

/** What is left open at the end: where nodes listen, by the first letter of the topics, who is connected, and the channels that brokers see listened to. */
export function heldFigures({ nodes, brokers }: Pick<Result, 'nodes' | 'brokers'>): Figures {
  const ofNodes = nodes.flatMap(({ id, subscriptions, connections }): [string, number][] => [
    [`nodes.${id}.held.connections`, connections],
    ...byLetter(subscriptions).map(([letter, count]): [string, number] => [`nodes.${id}.subscriptions.${letter}`, count]),
  ]);
  return new Map([...ofNodes, ...brokers.map(({ id, channels }) => [`brokers.${id}.held.channels`, channels] as const)]);
}

/** In one order, whichever came first in the run. */
function byLetter(counts: Readonly<Record<string, number>>): [string, number][] {
  return Object.entries(counts).sort(([one], [other]) => (one < other ? -1 : 1));
}

/** The figures that differ, with both values; empty when they agree. */
export function differences(one: Figures, other: Figures): string[] {
  const names = new Set([...one.keys(), ...other.keys()]);
  return [...names].filter((name) => one.get(name) !== other.get(name)).map((name) => `${name}: ${one.get(name)} and ${other.get(name)}`);
}

function addKinds(figures: Map<string, number | null>, place: string, kinds: Readonly<Record<Kind, object>>): void {
  for (const kind of exactKinds) {
    for (const [name, value] of Object.entries(kinds[kind])) figures.set(`${place}.${kind}.${name}`, value);
  }
}
