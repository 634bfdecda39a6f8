import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactFigures } from '../../measure/exact.js';
import type { Measured } from '../../measure/result.js';
import { loadScenario } from '../../plan/scenarios.js';
import { listStrategies } from '../../plan/strategies.js';
import type { Plan, RoomForm, Scenario } from '../../plan/types.js';
import type { KindCounters } from '../../routing/messages.js';
import type { Strategy } from '../../routing/types.js';
import type { VirtualNetwork } from '../../routing/virtualNetwork.js';
import { runModelled } from '../modelled.js';
import { placedByTransport } from '../placedByTransport.js';
import { planFor, playVirtually } from './testing/town.js';

const strategies = await listStrategies();
const scenarios: readonly Scenario[] = [await loadScenario('direct'), await loadScenario('rooms')];

function formsOf({ rooms }: Strategy): readonly RoomForm[] {
  return rooms ?? ['members', 'topic'];
}

/** A small size, a scenario, a form and a seed. */
function towns(strategy: Strategy) {
  return fc
    .record({
      nodes: fc.integer({ min: 1, max: 7 }),
      brokers: fc.integer({ min: 1, max: 6 }),
      crowd: fc.integer({ min: 2, max: 40 }),
      messages: fc.integer({ min: 1, max: 30 }),
      seed: fc.integer({ min: 0, max: 1_000_000 }),
      rooms: fc.constantFrom(...formsOf(strategy)),
      scenario: fc.constantFrom(...scenarios),
    })
    .map(({ nodes, brokers, crowd, messages, seed, rooms, scenario }) => {
      const size = { nodes, brokers, users: nodes + crowd, ratePerSecond: messages, seconds: 1, bytes: 64 };
      return { scenario, plan: planFor(strategy, scenario, size, { rooms, seed }) };
    });
}

type Chat = Pick<KindCounters, 'fromClients' | 'published' | 'received' | 'useful' | 'wasted' | 'deliveredToSockets'>;

/** What the cores and the virtual brokers counted, by the names of the result. */
function counted(network: VirtualNetwork<null, string>, plan: Plan): Record<string, unknown> {
  const nodes = plan.topology.nodes.map((id): [string, Chat | undefined] => [id, network.nodes.get(id)?.counters.kinds.chat]);
  const brokers = plan.topology.brokers.map(({ id }) => {
    const { messages, relayed } = network.traffic.get(id) ?? { messages: { in: 0, out: 0 }, relayed: 0 };
    return [id, { in: messages.in, out: messages.out, relayed }];
  });
  return { nodes: Object.fromEntries(nodes), brokers: Object.fromEntries(brokers) };
}

function predicted({ nodes, brokers }: Measured, plan: Plan): Record<string, unknown> {
  const listed = new Set(plan.topology.brokers.map(({ id }) => id));
  return {
    nodes: Object.fromEntries(nodes.map(({ id, kinds }) => [id, kinds.chat])),
    brokers: Object.fromEntries(brokers.flatMap(({ id, kinds, relayed }) => (listed.has(id) ? [[id, { ...kinds.chat, relayed }]] : []))),
  };
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

describe.each(strategies.map((strategy) => [strategy.name, strategy] as const))('the model of %s', (_name, strategy) => {
  it('agrees to the message with cores and virtual brokers on small random towns, and its totals balance', async () => {
    await fc.assert(
      fc.asyncProperty(towns(strategy), async ({ scenario, plan }) => {
        const modelled = await runModelled(plan, strategy, scenario);
        expect(modelled.equations.filter(({ holds }) => holds !== true)).toEqual([]);
        expect(sum(modelled.brokers.map(({ kinds }) => kinds.chat.in))).toBe(sum(modelled.nodes.map(({ kinds }) => kinds.chat.published)));
        expect(sum(modelled.brokers.map(({ kinds }) => kinds.chat.out))).toBe(sum(modelled.nodes.map(({ kinds }) => kinds.chat.received)));
        expect(modelled.counts.delivered).toBe(sum(modelled.nodes.map(({ kinds }) => kinds.chat.deliveredToSockets)));
        if (placedByTransport(plan.topology)) return;
        expect(predicted(modelled, plan)).toEqual(counted(playVirtually(plan, strategy, scenario), plan));
        for (const { id, subscriptions, entries } of modelled.nodes) {
          const core = playVirtually(plan, strategy, scenario).nodes.get(id);
          expect({ subscriptions, entries }).toEqual({ subscriptions: core?.subscriptions(), entries: core?.entries() });
        }
      }),
      { numRuns: 8, seed: 1 },
    );
  });

  it('by sample stays within its stated error of what is exact', async () => {
    for (const scenario of scenarios) {
      const rooms = formsOf(strategy).at(-1) ?? 'topic';
      const plan = planFor(strategy, scenario, { nodes: 6, brokers: 4, users: 600, ratePerSecond: 400, seconds: 10, bytes: 64 }, { rooms });
      const exact = await runModelled(plan, strategy, scenario);
      const sample = await runModelled(plan, strategy, scenario, { effort: { walkedMost: 0, sampledTopics: 2_000 } });
      expect(sample.model?.manner).toBe('sample');
      const [is, says] = [exactFigures(exact), exactFigures(sample)];
      const chat = [...is.keys()].filter((place) => place.includes('.chat.'));
      const beyond = chat.filter((place) => Math.abs((is.get(place) ?? 0) - (says.get(place) ?? 0)) > errorAt(exact, sample, place));
      expect(beyond).toEqual([]);
      expect(chat.length).toBeGreaterThan(5);
    }
  });

  it('does not depend on how long the same traffic lasts', async () => {
    const [scenario] = scenarios;
    if (scenario === undefined) throw new Error('there is no scenario');
    const size = { nodes: 50, brokers: 10, users: 1_000_000, ratePerSecond: 20_000, bytes: 64 };
    const [short, long] = await Promise.all(
      [10, 1_000].map((seconds) => runModelled(planFor(strategy, scenario, { ...size, seconds }), strategy, scenario)),
    );
    const perSecond = (result: Measured | undefined, seconds: number) => (result?.model?.perNode.received.mean ?? Number.NaN) / seconds;
    expect(perSecond(long, 1_000)).toBeCloseTo(perSecond(short, 10), 3);
  });
});

/** Rounding aside, a placement that is not the plan's has an error of its own. */
function errorAt(exact: Measured, sample: Measured, place: string): number {
  return (exact.errors?.[place] ?? 0) + (sample.errors?.[place] ?? 0) + 1e-6 * sample.counts.delivered;
}
