import { afterAll, describe, expect, it } from 'vitest';
import type { Equation, Result } from '../../measure/result.js';
import { besideHops, ownWord, wordOfSenders } from '../../measure/traffic.js';
import { listStrategies } from '../../plan/strategies.js';
import { rowTraffic } from '../../report/rowTraffic.js';
import { rowNames, rowOf } from '../../routing/rows.js';
import type { Strategy } from '../../routing/types.js';
import { disagreementsWithModel } from '../../run/modelled/agreement.js';
import { disagreementsWithSimulation } from '../../run/simulated/agreement.js';
import { transportKind, transportKindNames } from '../../transports/index.js';
import { describeWith, type FoundServer, findServer } from '../../transports/testing/servers.js';
import { availabilityOf } from '../availability.js';
import { type Form, LiveRuns } from './liveRuns.js';
import { evenBounds } from './spread.js';

/** A run waits for others of its batch: longer than one takes on a machine that has more to do. */
export const timeout = 300_000;

/** Kinds of brokers that never say what they hand out. */
const mute = new Set(
  (await Promise.all(transportKindNames.map(transportKind))).filter(({ silent }) => silent?.out !== undefined).map(({ kind }) => kind),
);

/** The server that a strategy lacks on this machine. The embedded broker stands in for Redis elsewhere, not here. */
async function lackOf(strategy: Strategy): Promise<FoundServer | undefined> {
  const { kinds, missing } = await availabilityOf(strategy);
  const redis = findServer('redis-server');
  if (kinds.includes('redis') && redis.path === null) return redis;
  return missing === null ? undefined : { program: missing, path: null };
}

/** Some strategies run one form of rooms only. */
function runs({ rooms }: Strategy, form: Form): boolean {
  return form === 'direct' || rooms === undefined || rooms.includes(form);
}

/** Plays every strategy that has a row and runs in the form, and holds it to the row. Returns the runs of those whose servers are here. */
export async function describeForm(form: Form): Promise<LiveRuns> {
  const strategies = (await listStrategies()).filter((strategy) => rowNames.has(strategy.name) && runs(strategy, form));
  const lacks = await Promise.all(strategies.map(lackOf));
  const runnable = strategies.flatMap(({ name }, index) => (lacks[index] === undefined ? [name] : []));
  const live = new LiveRuns(runnable, form);
  for (const [index, { name }] of strategies.entries()) {
    const lack = lacks[index];
    if (lack !== undefined) describeWith(lack, `${name} on its real servers`, () => {});
  }
  afterAll(() => live.close(), timeout);
  describe(`on its real servers, ${form}`, () => {
    it.each(runnable)(
      '%s passes, costs what its row says, and is simulated and modelled to the same figures',
      async (name) => {
        const result = await live.of(name);
        await expectPassed(result, 'spawned');
        expect(await disagreementsWithSimulation(result)).toEqual([]);
        expect(await disagreementsWithModel(result)).toEqual([]);
      },
      timeout,
    );
  });
  return live;
}

/** Clean, at the cost of its row, on brokers that all came from there. */
export async function expectPassed(result: Result, origin: 'spawned' | 'embedded'): Promise<void> {
  expectClean(result);
  await expectItsRow(result);
  expect(origins(result)).toEqual(result.plan.topology.brokers.map(() => origin));
}

function total(values: readonly (number | undefined)[]): number {
  return values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
}

/** What the row of strategies.md says, by the word of those that sent and by the word of those that took in. */
async function expectItsRow(result: Result): Promise<void> {
  const { plan, nodes, brokers } = result;
  const row = await rowTraffic(plan);
  if (row === null) throw new Error(`strategies.md has no row for ${plan.strategy.name} at this size`);
  const [own, said] = [ownWord(result, plan.topology), wordOfSenders(result, plan.topology)];
  const unsaid = brokers.some(({ kind }) => mute.has(kind));
  expect(said).toMatchObject({ in: row.in, out: row.out, hops: row.hops });
  expect(own).toMatchObject({ in: row.in, out: unsaid ? null : row.out, relayed: row.relayed, hops: row.hops });
  expectQuestions(row, [own.questions, own.answers, said.questions, said.answers]);
  expect(result.amplification === null).toBe(unsaid);
  await expectSpread(result);
  const { subscriptions, entries, adapter = null } = rowOf(plan.strategy.name, 'small') ?? {};
  expect({ subscriptions: total(nodes.map((node) => node.subscriptions.u)), entries: total(nodes.map((node) => node.entries.u)) }).toEqual({
    subscriptions,
    entries,
  });
  // A direct message needs no room; what an adapter hears beside its rooms is in the row.
  if (adapter !== null && plan.scenario === 'direct') expect(brokers.map(({ channels }) => channels)).toEqual([adapter.channels]);
}

/** Sums say nothing of one broker that does all the work: each has its part, where the row says that they share it. */
async function expectSpread({ plan, brokers }: Result): Promise<void> {
  const spread = rowOf(plan.strategy.name, 'small')?.spread;
  if (spread === undefined) return;
  const sharing = brokers.filter(({ id }) => plan.topology.nodes.includes(id) === (spread === 'places'));
  const figures = sharing.map((broker) => (spread === 'places' ? besideHops(broker, 'in') : broker.in) ?? Number.NaN);
  expect(figures.length).toBeGreaterThan(1);
  const { least, most } = await evenBounds(plan, figures);
  for (const figure of figures) {
    expect(figure).toBeGreaterThanOrEqual(least);
    expect(figure).toBeLessThanOrEqual(most);
  }
}

/** Asked, answered, and both once more by the other side. Where answers are kept, the row says only how many there can be. */
function expectQuestions(row: { questions: number | null; questionsMost: number }, counted: readonly (number | null)[]): void {
  const [asked] = counted;
  expect(counted).toEqual(counted.map(() => row.questions ?? asked));
  expect(asked).toBeLessThanOrEqual(row.questionsMost);
  if (row.questions === null) expect(asked).toBeGreaterThan(0);
}

export function expectClean(result: Result): void {
  expect(result.verdict).toMatchObject({ status: 'pass', reasons: [] });
  const { sent, expected, delivered } = result.counts;
  expect(sent).toBe(Math.round(result.plan.size.ratePerSecond * result.plan.size.seconds));
  expect(result.counts).toMatchObject({ rejected: 0, unanswered: 0, lost: 0, duplicated: 0, misdelivered: 0, uncertain: 0 });
  expect(delivered).toBe(expected);
  expect(delivered).toBeGreaterThanOrEqual(sent);
  expect(result.equations.filter((equation) => equation.holds !== true && !isOpen(result, equation))).toEqual([]);
  expect(result.died).toEqual([]);
}

/** A side may be missing only at a broker of a kind that never says it. */
function isOpen({ brokers }: Result, { place, holds }: Equation): boolean {
  return holds === null && brokers.some(({ id, kind }) => id === place && mute.has(kind));
}

/** Those that are no nodes; nobody starts a node as a broker. */
function origins({ brokers, plan }: Result): readonly (string | null)[] {
  return brokers.filter(({ id }) => !plan.topology.nodes.includes(id)).map(({ origin }) => origin);
}
