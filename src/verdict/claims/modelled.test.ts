import { describe, expect, it } from 'vitest';
import { planOf } from '../../plan/plan.js';
import { loadScenario } from '../../plan/scenarios.js';
import { checkedStrategy, optionsOf } from '../../plan/strategies.js';
import { runModelled } from '../../run/modelled.js';
import { claimCriteria, placesOf } from './claims.js';
import type { At, Observed } from './criterion.js';
import { claimFiguresOf } from './figures.js';
import { judgeClaims } from './judgeClaims.js';
import { isAt, loadAt, type Point, points } from './points.js';

const load = { users: 80, ratePerSecond: 200, seconds: 2 };

/** What must come of every claim by counts alone: the model knows no time and no change, so what needs them is open. */
const expected: Readonly<Record<string, string>> = {
  'single-server': 'confirmed',
  'node-cluster': 'qualified',
  'single-bus': 'confirmed',
  'mesh-master': 'qualified',
  'mesh-replicated': 'confirmed',
  'redis-broadcast': 'confirmed',
  'single-channel': 'confirmed',
  'redis-cluster': 'qualified',
  'random-publish': 'confirmed',
  'publish-all': 'qualified',
  'user-channels': 'confirmed',
  'user-channels-random-publish': 'confirmed',
  'user-channels-publish-all': 'confirmed',
  grouped: 'confirmed',
  'address-book': 'confirmed',
  hashed: 'qualified',
  ring: 'not measured',
  'partition-ring': 'not measured',
  rabbitmq: 'not measured',
  'rabbitmq-hash': 'qualified',
};

async function observe({ strategy: name, point }: At): Promise<Observed> {
  if (point === 'resize') throw new RangeError('the model knows no change');
  const at: Point = points[point];
  const { strategy, file } = await checkedStrategy(name);
  const scenario = await loadScenario('direct');
  const options = Object.fromEntries(Object.entries(at.options ?? {}).map(([option, value]) => [option, String(value)]));
  const plan = planOf({
    ...{ strategy, strategyFile: file, options: optionsOf(strategy, options), scenario, sizeName: 'smoke' },
    size: { nodes: at.nodes, brokers: at.brokers, ...loadAt(at, load) },
    ...{ rooms: 'members', seed: 1, run: 'modelled', workers: 1, attach: { brokers: null, store: null }, command: '' },
  });
  expect(isAt(plan, point, load)).toBe(true);
  const measured = await runModelled(plan, strategy, scenario);
  const verdict = { status: 'pass', reasons: [], parts: {} } as never;
  return { strategy: name, point, folder: null, figures: claimFiguresOf({ ...measured, verdict }) };
}

describe('claims, judged by the model of the very runs', () => {
  it('come out as counting by hand says', async () => {
    const names = Object.keys(claimCriteria);
    const places = placesOf(names).filter(({ point }) => point !== 'resize');
    const observed = await Promise.all(places.map(observe));
    const judged = judgeClaims(
      names.map((strategy) => ({ strategy, claim: '' })),
      observed,
    );
    expect(Object.fromEntries(judged.map(({ strategy, verdict }) => [strategy, verdict]))).toEqual(expected);
    const parts = judged.flatMap(({ strategy, parts: of }) =>
      of.filter(({ holds }) => holds === false).map(({ id }) => `${strategy} ${id}`),
    );
    expect(parts).toEqual(['node-cluster workersShare', 'publish-all nodesCalmer', 'hashed winner', 'rabbitmq-hash noMoreBindings']);
  });
});
