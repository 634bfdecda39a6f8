import { describe, expect, it } from 'vitest';
import { loadScenario } from '../../plan/scenarios.js';
import { loadStrategy } from '../../plan/strategies.js';
import type { Action, Plan, Scenario } from '../../plan/types.js';
import type { Strategy } from '../../routing/types.js';
import { simulatedPlan } from '../simulated/testing/plans.js';
import { holdingsAtTheEnd, modelOfSayings } from './comings.js';

/** Six users on two nodes: u0, u2, u4 on n1, the others on n2. */
async function planOf(strategy: Strategy): Promise<Plan> {
  return simulatedPlan(strategy.name, 'direct', { size: { nodes: 2, brokers: 2, users: 6, ratePerSecond: 4, seconds: 1 } });
}

async function scenarioOf(actions: readonly Action[]): Promise<Scenario> {
  return { ...(await loadScenario('direct')), does: ['connect', 'disconnect', 'watch', 'unwatch'], actions: () => actions };
}

async function heldAfter(name: string, actions: readonly Action[]) {
  const strategy = await loadStrategy({ name, file: null });
  return Object.fromEntries(holdingsAtTheEnd(await planOf(strategy), strategy, await scenarioOf(actions)));
}

const goes = (user: number, atMs: number): Action => ({ do: 'disconnect', atMs, user, device: 0 });
const comes = (user: number, atMs: number): Action => ({ do: 'connect', atMs, user, device: 0 });
const watches = (user: number, others: readonly number[], atMs: number): Action => ({ do: 'watch', atMs, user, others });

describe('what nodes hold at the end', () => {
  it('is everybody where nobody comes or goes', async () => {
    const each = { subscriptions: { n: 1, u: 3 }, entries: {} };
    expect(await heldAfter('hashed', [])).toEqual({ n1: each, n2: each });
  });

  it('is without those who have gone, and with those who came back', async () => {
    const { n1, n2 } = await heldAfter('hashed', [goes(0, 1), goes(1, 2), goes(3, 3), comes(3, 4)]);
    expect([n1?.subscriptions, n2?.subscriptions]).toEqual([
      { n: 1, u: 2 },
      { n: 1, u: 2 },
    ]);
  });

  it('is what somebody watches, once for a node, until nobody there does any more', async () => {
    const both = [watches(0, [1, 3], 1), watches(2, [1], 2)];
    const left = async (more: readonly Action[]) => (await heldAfter('hashed', [...both, ...more])).n1?.subscriptions;
    expect(await left([])).toEqual({ n: 1, u: 3, s: 2 });
    expect(await left([{ do: 'unwatch', atMs: 3, user: 0, others: [1] }])).toEqual({ n: 1, u: 3, s: 2 });
    expect(await left([goes(0, 3)])).toEqual({ n: 1, u: 2, s: 1 });
    expect(await left([goes(0, 3), comes(0, 4), goes(2, 5)])).toEqual({ n: 1, u: 2 });
  });

  it('is told to the directory, to each of its places', async () => {
    const { n1, n2 } = await heldAfter('mesh-replicated', [goes(1, 1), watches(0, [1], 2)]);
    expect([n1?.entries, n2?.entries]).toEqual([{ u: 6, s: 2 }, { u: 4 }]);
  });
});

it('the messages of a plan in which people come and go are modelled as if they did not', async () => {
  const strategy = await loadStrategy({ name: 'hashed', file: null });
  const plan = await planOf(strategy);
  const says: readonly Action[] = [{ do: 'message', atMs: 1, user: 0, to: 1 }];
  const alone = await modelOfSayings(plan, strategy, await scenarioOf(says));
  const among = await modelOfSayings(plan, strategy, await scenarioOf([goes(5, 0), ...says, comes(5, 2)]));
  expect(among.nodes).toEqual(alone.nodes);
  expect(among.nodes.map(({ kinds }) => [kinds.chat.published, kinds.chat.useful])).toEqual([
    [1, 0],
    [0, 1],
  ]);
});
