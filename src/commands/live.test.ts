import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { differences, exactFigures } from '../measure/exact.js';
import type { Equation, Result } from '../measure/result.js';
import { ownWord, wordOfSenders } from '../measure/traffic.js';
import { listStrategies } from '../plan/strategies.js';
import { rowTraffic } from '../report/rowTraffic.js';
import { rowNames, rowOf } from '../routing/rows.js';
import type { Strategy } from '../routing/types.js';
import { modelAgreement } from '../run/modelled/agreement.js';
import { transportKind } from '../transports/index.js';
import { describeWith, type FoundServer, findServer } from '../transports/testing/servers.js';
import { availabilityOf } from './availability.js';
import { bench, noServers, resultIn, temporaryFolder } from './testing/bench.js';
import { type Form, forms, LiveRuns, playBatch, resultOf } from './testing/liveRuns.js';

/** A run waits for others: longer than one takes on a machine that has more to do. */
const timeout = 300_000;

const folder = temporaryFolder();
afterAll(() => folder.remove());

/** The server that a strategy lacks on this machine. The embedded broker stands in for Redis elsewhere, not here. */
function lackOf(strategy: Strategy): FoundServer | undefined {
  const { kinds, missing } = availabilityOf(strategy);
  const redis = findServer('redis-server');
  if (kinds.includes('redis') && redis.path === null) return redis;
  return missing === null ? undefined : { program: missing, path: null };
}

const strategies = (await listStrategies()).filter(({ name }) => rowNames.has(name));
const lacks = new Map(strategies.map((strategy) => [strategy.name, lackOf(strategy)]));
const runnable = [...lacks].flatMap(([name, lack]) => (lack === undefined ? [name] : []));
for (const [name, lack] of lacks) if (lack !== undefined) describeWith(lack, `${name} on its real servers`, () => {});

/** Some strategies run one form of rooms only. */
function canRun(name: string, form: Form): boolean {
  const rooms = strategies.find((strategy) => strategy.name === name)?.rooms;
  return form === 'direct' || rooms === undefined || rooms.includes(form);
}

const runs = new LiveRuns(runnable, canRun);
afterAll(() => runs.close(), timeout);

function total(values: readonly (number | undefined)[]): number {
  return values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
}

/** What the row of strategies.md says, by the word of those that sent and by the word of those that took in. */
async function expectItsRow(result: Result): Promise<void> {
  const { plan, nodes, brokers } = result;
  const row = await rowTraffic(plan);
  if (row === null) throw new Error(`strategies.md has no row for ${plan.strategy.name} at this size`);
  const [own, said] = [ownWord(result, plan.topology), wordOfSenders(result, plan.topology)];
  const mute = brokers.some(({ kind }) => transportKind(kind).silent?.out !== undefined);
  expect(said).toMatchObject({ in: row.in, out: row.out, hops: row.hops });
  expect(own).toMatchObject({ in: row.in, out: mute ? null : row.out, relayed: row.relayed, hops: row.hops });
  expectQuestions(row, [own.questions, own.answers, said.questions, said.answers]);
  expect(result.amplification === null).toBe(mute);
  const { subscriptions, entries } = rowOf(plan.strategy.name, 'small') ?? {};
  expect({ subscriptions: total(nodes.map((node) => node.subscriptions.u)), entries: total(nodes.map((node) => node.entries.u)) }).toEqual({
    subscriptions,
    entries,
  });
}

/** Asked, answered, and both once more by the other side. Where answers are kept, the row says only how many there can be. */
function expectQuestions(row: { questions: number | null; questionsMost: number }, counted: readonly (number | null)[]): void {
  const [asked] = counted;
  expect(counted).toEqual(counted.map(() => row.questions ?? asked));
  expect(asked).toBeLessThanOrEqual(row.questionsMost);
  if (row.questions === null) expect(asked).toBeGreaterThan(0);
}

function expectClean(result: Result): void {
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
  return holds === null && brokers.some(({ id, kind }) => id === place && transportKind(kind).silent?.out !== undefined);
}

/** Those that are no nodes; nobody starts a node as a broker. */
function origins({ brokers, plan }: Result): readonly (string | null)[] {
  return brokers.filter(({ id }) => !plan.topology.nodes.includes(id)).map(({ origin }) => origin);
}

describe.concurrent('each strategy on its real servers', () => {
  it.each(runnable.flatMap((name) => forms.filter((form) => canRun(name, form)).map((form) => [name, form] as const)))(
    '%s, %s: passes and costs what its row says',
    async (strategy, form) => {
      const result = await runs.of(strategy, form);
      expectClean(result);
      await expectItsRow(result);
      expect(await modelAgreement(result)).toEqual([]);
      expect(origins(result)).toEqual(result.plan.topology.brokers.map(() => 'spawned'));
    },
    timeout,
  );

  const repeated = ['random-publish', 'directory-hash', 'mesh-replicated'].filter((name) => runnable.includes(name));
  it(
    'two runs with one seed agree in every exact figure',
    async () => {
      const again = await playBatch(repeated, 'members', join(folder.path, 'again'));
      for (const strategy of repeated) {
        const one = exactFigures(await runs.of(strategy, 'members'));
        expect(one.size).toBeGreaterThan(90);
        expect(differences(one, exactFigures(resultOf(again, strategy)))).toEqual([]);
      }
    },
    timeout,
  );

  it.skipIf(!runnable.includes('hashed'))(
    'two workers send the same as one',
    async () => {
      const batch = await playBatch(['hashed'], 'direct', join(folder.path, 'two-workers'), { flags: ['--workers', '2'] });
      const two = resultOf(batch, 'hashed');
      expectClean(two);
      expect(two.workers.length).toBe(2);
      expect(differences(exactFigures(await runs.of('hashed', 'direct')), exactFigures(two))).toEqual([]);
    },
    timeout,
  );

  const embedded = ['hashed', 'single-channel', 'grouped'];
  it(
    'on the embedded broker they cost the same, and say that it is embedded',
    async () => {
      const batch = await playBatch(embedded, 'topic', join(folder.path, 'embedded'), { env: noServers });
      for (const strategy of embedded) {
        const result = resultOf(batch, strategy);
        expectClean(result);
        await expectItsRow(result);
        expect(origins(result)).toEqual(result.brokers.map(() => 'embedded'));
        expect(result.brokers.every((broker) => broker.embedded)).toBe(true);
      }
    },
    timeout,
  );
});

it('the terminal names the embedded broker', async () => {
  const out = join(folder.path, 'named');
  const size = ['--users', '20', '--rate', '50', '--duration', '0.5s', '--warm-up', '0'];
  const { stdout, code } = await bench(['run', '--strategy', 'hashed', ...size, '--out', out], { env: noServers });
  expect(code).toBe(0);
  expect(stdout.toLowerCase()).toContain('embedded');
  expect(resultIn(out).brokers.every(({ embedded }) => embedded)).toBe(true);
});
