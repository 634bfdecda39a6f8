import { planOf, type Request } from '../../../plan/plan.js';
import { loadScenario } from '../../../plan/scenarios.js';
import { loadStrategy } from '../../../plan/strategies.js';
import type { Plan } from '../../../plan/types.js';
import { rowOf } from '../../../routing/rows.js';

export const forms = ['direct', 'members', 'topic'] as const;
export type Form = (typeof forms)[number];

/** A plan at the size of the rows of strategies.md: 4 nodes, 3 brokers, 400 users. */
export async function simulatedPlan(name: string, form: Form, more: Partial<Request> = {}): Promise<Plan> {
  const strategy = await loadStrategy({ name, file: null });
  return planOf({
    strategy,
    strategyFile: null,
    options: { ...strategy.options, ...rowOf(name, 'small')?.options },
    scenario: await loadScenario(form === 'direct' ? 'direct' : 'rooms'),
    sizeName: 'smoke',
    rooms: form === 'direct' ? 'members' : form,
    seed: 7,
    run: 'simulated',
    workers: 1,
    warmUpSeconds: 0,
    hopLatency: { distribution: 'constant', ms: 0.2 },
    attach: { brokers: null, store: null },
    command: 'npx bench run --runner simulated',
    ...more,
    size: { nodes: 4, brokers: 3, users: 400, ratePerSecond: form === 'direct' ? 400 : 100, seconds: 0.5, ...more.size },
  });
}
