import { describe, expect, it } from 'vitest';
import { differences, exactFigures } from '../../measure/exact.js';
import type { Measured } from '../../measure/result.js';
import { ownWord, wordOfSenders } from '../../measure/traffic.js';
import { listStrategies } from '../../plan/strategies.js';
import type { HopLatency } from '../../plan/types.js';
import { rowTraffic } from '../../report/rowTraffic.js';
import { rowNames, rowOf } from '../../routing/rows.js';
import { verdictOf } from '../../verdict/verdict.js';
import { simulate } from './simulate.js';
import { forms, simulatedPlan } from './testing/plans.js';

const strategies = (await listStrategies()).filter(({ name }) => rowNames.has(name));
const cases = strategies.flatMap(({ name, rooms }) =>
  forms.filter((form) => form === 'direct' || rooms === undefined || rooms.includes(form)).map((form) => [name, form] as const),
);

function total(values: readonly (number | undefined)[]): number {
  return values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
}

/** What the row of strategies.md says, by the word of those that sent and of those that took in. */
async function expectItsRow(result: Measured): Promise<void> {
  const { plan, nodes } = result;
  const row = await rowTraffic(plan);
  if (row === null) throw new Error(`strategies.md has no row for ${plan.strategy.name} at this size`);
  const [own, said] = [ownWord(result, plan.topology), wordOfSenders(result, plan.topology)];
  expect(said).toMatchObject({ in: row.in, out: row.out, hops: row.hops });
  expect(own).toMatchObject({ in: row.in, out: row.out, relayed: row.relayed, hops: row.hops });
  for (const questions of [own.questions, own.answers, said.questions, said.answers]) {
    expect(questions).toBe(row.questions ?? own.questions);
    expect(questions).toBeLessThanOrEqual(row.questionsMost);
  }
  const { subscriptions, entries } = rowOf(plan.strategy.name, 'small') ?? {};
  expect(total(nodes.map((node) => node.subscriptions.u))).toBe(subscriptions);
  expect(total(nodes.map((node) => node.entries.u))).toBe(entries);
}

function expectClean(result: Measured): void {
  expect(verdictOf(result)).toMatchObject({ status: 'pass', reasons: [] });
  expect(result.counts).toMatchObject({ rejected: 0, unanswered: 0, lost: 0, duplicated: 0, misdelivered: 0, reordered: 0, uncertain: 0 });
  expect(result.counts.sent).toBe(Math.round(result.plan.size.ratePerSecond * result.plan.size.seconds));
  expect(result.counts.delivered).toBeGreaterThanOrEqual(result.counts.sent);
  expect(result.equations.filter(({ holds }) => holds !== true)).toEqual([]);
}

it.each(cases)('%s, %s: delivers everything once and costs what its row says', async (name, form) => {
  const { measured } = await simulate(await simulatedPlan(name, form));
  expectClean(measured);
  await expectItsRow(measured);
});

const slow: HopLatency = { distribution: 'lognormal', medianMs: 5, sigma: 1 };

describe('a simulation', () => {
  it.each(['random-publish', 'directory-hash', 'node-inbox'])(
    'of %s is the same for the same seed, and another for another',
    async (name) => {
      const runs = [7, 7, 8].map(async (seed) => (await simulate(await simulatedPlan(name, 'topic', { seed, hopLatency: slow }))).measured);
      const [one, again, other] = (await Promise.all(runs)).map((measured) => ({ ...measured, startedAt: '' }));
      expect(again).toEqual(one);
      expect(other?.counts).not.toEqual(one?.counts);
    },
  );

  it.each(['hashed', 'redis-cluster', 'mesh-replicated', 'address-book'])('of %s counts the same however long hops take', async (name) => {
    const [quick, late] = await Promise.all(
      [undefined, { hopLatency: slow }].map(async (more) => (await simulate(await simulatedPlan(name, 'members', more))).measured),
    );
    if (quick === undefined || late === undefined) throw new Error('not simulated');
    expect(differences(exactFigures(quick), exactFigures(late))).toEqual([]);
    expect(late.latencyMs.response.all?.max).toBeGreaterThan(10);
  });

  it('takes four hops from user to user through a broker, and one more for a relay', async () => {
    const p99 = async (name: string) => {
      const { latencyMs } = (await simulate(await simulatedPlan(name, 'direct', { hopLatency: { distribution: 'constant', ms: 10 } })))
        .measured;
      return [latencyMs.response.all?.quantiles[0]?.[1], latencyMs.response.all?.max].map((ms) => Math.round(ms ?? 0));
    };
    expect(await p99('hashed')).toEqual([40, 40]);
    expect(await p99('redis-cluster')).toEqual([50, 50]);
    expect(await p99('single-server')).toEqual([20, 20]);
  });

  it('plays a warm-up that leaves no trace in the counts of the load', async () => {
    const [cold, warm] = await Promise.all(
      [0, 0.5].map(async (warmUpSeconds) => (await simulate(await simulatedPlan('grouped', 'direct', { warmUpSeconds }))).measured),
    );
    if (cold === undefined || warm === undefined) throw new Error('not simulated');
    expect(differences(exactFigures(cold), exactFigures(warm))).toEqual([]);
  });

  it('keeps answers of directories through the warm-up', async () => {
    const questions = async (warmUpSeconds: number) => {
      const { nodes } = (await simulate(await simulatedPlan('node-inbox', 'direct', { warmUpSeconds }))).measured;
      return total(nodes.map(({ kinds }) => kinds.directory.published));
    };
    expect(await questions(0.5)).toBeLessThan(await questions(0));
  });
});
