import { describe, expect, it } from 'vitest';
import { draws } from '../src/routing/hash.js';
import { redises } from '../src/routing/redises.js';
import type { Options, Routing, Strategy, Topic } from '../src/routing/types.js';
import partitionRing from './partition-ring.js';
import rendezvous from './rendezvous.js';
import ring from './ring.js';

const topics = Array.from({ length: 10_000 }, (_, index): Topic => `u:u${index}`);

function routing<O extends Options>(strategy: Strategy<O>, brokers: number): Routing {
  const topology = { version: 1, nodes: ['n1'], brokers: redises({ brokers }) };
  return strategy.route(topology, (strategy.options ?? {}) as O);
}

function homes(routed: Routing): string[] {
  return topics.map((topic) => routed.subscribe(topic, 'n1')[0]?.broker ?? '');
}

/** What happens when one Redis joins so many others. */
function growth<O extends Options>(strategy: Strategy<O>, brokers: number) {
  const [before, after] = [homes(routing(strategy, brokers)), homes(routing(strategy, brokers + 1))];
  const moved = topics.flatMap((_, index) => (before[index] === after[index] ? [] : [after[index] ?? '']));
  const loads = new Map<string, number>();
  for (const home of after) loads.set(home, (loads.get(home) ?? 0) + 1);
  const mean = topics.length / (brokers + 1);
  return {
    share: moved.length / topics.length,
    toOld: moved.filter((home) => home !== `r${brokers + 1}`).length,
    maxToMean: Math.max(...loads.values()) / mean,
  };
}

describe.each([
  ['ring', ring as Strategy, 1.35],
  ['partition-ring', partitionRing as Strategy, 1.35],
  ['rendezvous', rendezvous as Strategy, 1.1],
])('%s, when one Redis joins', (_name, strategy, unevenness) => {
  const random = draws('clusters', 11);
  const clusters = Array.from({ length: 100 }, () => 1 + Math.floor(random() * 16)).map((brokers) => ({
    brokers,
    ...growth(strategy, brokers),
  }));

  it('moves the share of topics that it must, within 10 % of 1/(R+1) on average over 100 clusters', () => {
    const ratios = clusters.map(({ brokers, share }) => share * (brokers + 1));
    const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
    expect(mean).toBeGreaterThan(0.9);
    expect(mean).toBeLessThan(1.1);
  });

  it('moves no topic between two Redis that stay', () => {
    expect(clusters.map(({ toOld }) => toOld).filter((count) => count > 0)).toEqual([]);
  });

  it('leaves the fullest Redis not far above the mean', () => {
    expect(Math.max(...clusters.map(({ maxToMean }) => maxToMean))).toBeLessThan(unevenness);
  });
});
