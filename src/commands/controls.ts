import { listStrategies } from '../plan/strategies.js';
import type { Plan } from '../plan/types.js';
import type { Comparison } from '../report/comparison.js';
import type { Topology } from '../routing/types.js';
import { findTransportKind } from '../transports/index.js';

/** Whether Socket.IO itself delivers what a transport hands on: an official adapter. */
export async function isAdapter({ brokers }: Pick<Topology, 'brokers'>): Promise<boolean> {
  const kinds = await Promise.all([...new Set(brokers.map(({ kind }) => kind))].map(findTransportKind));
  return kinds.some((kind) => kind?.facts.delivers === true);
}

/**
 * An official adapter and a strategy of bench differ in routing and in implementation. The control, which routes like an adapter on the code
 * of bench, tells the two apart; these are the ones that a comparison lacks, and why it needs them.
 */
export async function missingControls(plans: readonly Plan[]): Promise<Comparison['leftOut']> {
  const adapters = await Promise.all(plans.map(async (plan) => ((await isAdapter(plan.topology)) ? [plan.strategy.name] : [])));
  if (adapters.flat().length === 0) return [];
  const there = new Set(plans.map(({ strategy }) => strategy.name));
  const controlled = (await listStrategies()).flatMap(({ name, control }) => (control === undefined ? [] : [{ name, control }]));
  return controlled
    .filter(({ control }) => !there.has(control))
    .map(({ name, control }) => ({
      strategy: control,
      why: `the control of ${adapters.flat().join(', ')}: it routes like ${name} on the code of bench`,
    }));
}
