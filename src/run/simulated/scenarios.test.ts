import { expect, it } from 'vitest';
import { standardHopLatency } from '../../plan/hopLatency.js';
import { draftOf } from '../../plan/plan.js';
import { listScenarios, loadScenario } from '../../plan/scenarios.js';
import { loadStrategy } from '../../plan/strategies.js';
import type { Plan } from '../../plan/types.js';
import { runModelled } from '../modelled.js';
import { simulate } from './simulate.js';

async function planFor(name: string): Promise<Plan> {
  return draftOf({
    strategy: await loadStrategy({ name: 'hashed', file: null }),
    strategyFile: null,
    options: {},
    scenario: await loadScenario(name),
    sizeName: 'smoke',
    size: {},
    rooms: 'members',
    seed: 7,
    run: 'test',
    workers: 1,
    hopLatency: standardHopLatency,
    attach: { brokers: null, store: null },
    command: 'none',
  });
}

const scenarios = await listScenarios();
const sayings = scenarios.filter(({ does = [] }) => does.length === 0).map(({ name }) => name);
const others = scenarios.filter(({ does = [] }) => does.length > 0).map(({ name }) => name);

it.each(sayings)('%s, where people only say things, is simulated clean', async (name) => {
  const { measured } = await simulate(await planFor(name));
  expect(measured.counts).toMatchObject({ lost: 0, duplicated: 0, misdelivered: 0, rejected: 0, uncertain: 0 });
  expect(measured.counts.delivered).toBeGreaterThanOrEqual(measured.counts.sent);
  expect(measured.equations.filter(({ holds }) => holds !== true)).toEqual([]);
});

it.each(others)('%s is refused by simulator and model, with what they do not know', async (name) => {
  const plan = await planFor(name);
  const scenario = await loadScenario(name);
  const words = `its users also ${scenario.does?.join(', ')}; run it live`;
  await expect(simulate(plan)).rejects.toThrow(
    `scenario ${name} cannot be played by the simulator, which knows messages and posts alone: ${words}`,
  );
  await expect(runModelled(plan, await loadStrategy(plan.strategy), scenario)).rejects.toThrow(
    `cannot be played by the model, which knows messages and posts alone: ${words}`,
  );
});

it('several devices are simulated, every one on its node, and not modelled', async () => {
  const plan = { ...(await planFor('multi-device')), scenarioOptions: { devices: 5 } };
  const { measured } = await simulate(plan);
  expect(measured.counts.delivered).toBe(5 * measured.counts.sent);
  expect(measured.nodes.map(({ connections }) => connections)).toEqual([75, 75, 75, 75]);
  await expect(runModelled(plan, await loadStrategy(plan.strategy), await loadScenario('multi-device'))).rejects.toThrow(
    'the model knows one device of each user, not 5',
  );
});
