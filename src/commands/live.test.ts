import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { differences, exactFigures } from '../measure/exact.js';
import type { Result } from '../measure/result.js';
import { nodeIndex } from '../plan/placement.js';
import { loadScenario } from '../plan/scenarios.js';
import { listStrategies } from '../plan/strategies.js';
import { workloadOf } from '../plan/workload.js';
import { costOf, rowNames, rowOf, type Traffic } from '../routing/rows.js';
import { describeWith, findServer } from '../transports/testing/servers.js';
import { bench, noServers, resultIn, temporaryFolder } from './testing/bench.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const forms = ['direct', 'members', 'topic'] as const;
type Form = (typeof forms)[number];

let number = 0;
const played = new Map<string, Result>();

/** The run of the table below, played once. */
async function first(strategy: string, form: Form): Promise<Result> {
  const key = `${strategy} ${form}`;
  const result = played.get(key) ?? (await play(strategy, form));
  played.set(key, result);
  return result;
}

async function play(strategy: string, form: Form, env: Readonly<Record<string, string>> = {}): Promise<Result> {
  const row = rowOf(strategy, 'small');
  if (row === undefined) throw new Error(`strategies.md has no row for ${strategy}`);
  const options = Object.entries(row.options).flatMap(([name, value]) => ['--option', `${name}=${value}`]);
  const workload =
    form === 'direct' ? ['--scenario', 'direct', '--rate', '400'] : ['--scenario', 'rooms', '--rooms', form, '--rate', '100'];
  const size = ['--nodes', '4', '--brokers', String(Math.max(row.brokers, 1)), '--users', '400', '--duration', '1s', '--seed', '7'];
  const out = join(folder.path, `run-${++number}`);
  const { code, stderr } = await bench(['run', '--strategy', strategy, ...options, ...workload, ...size, '--out', out], { env });
  expect(`exit code ${code}: ${code === 0 ? '' : stderr}`).toBe('exit code 0: ');
  return resultIn(out);
}

/** What all messages of a run must cost, by the row of strategies.md. */
async function costOfAll({ plan }: Result, strategy: string, form: Form): Promise<Traffic> {
  const row = rowOf(strategy, 'small');
  const total = { in: 0, out: 0, relayed: 0 };
  if (row === undefined) return total;
  const workload = workloadOf(await loadScenario(plan.scenario), plan);
  for (const action of workload.actions()) {
    const recipients = action.do === 'message' ? [action.to] : (workload.rooms[action.room] ?? []);
    const nodes = new Set(recipients.map((user) => nodeIndex(user, 0, plan.size.nodes))).size;
    const cost = costOf(row, form, { members: recipients.length, nodes });
    total.in += cost.in;
    total.out += cost.out;
  }
  return total;
}

function sum(values: readonly (number | null)[]): number {
  return values.reduce<number>((total, value) => total + (value ?? Number.NaN), 0);
}

async function expectItsRow(result: Result, strategy: string, form: Form): Promise<void> {
  const cost = await costOfAll(result, strategy, form);
  const chat = result.brokers.map(({ kinds }) => kinds.chat);
  expect({ in: sum(chat.map((kind) => kind.in)), out: sum(chat.map((kind) => kind.out)) }).toEqual({ in: cost.in, out: cost.out });
  expect(sum(result.brokers.map((broker) => broker.in))).toBe(cost.in);
  if (!result.brokers.some(({ id }) => `brokers.${id}.out` in result.unknowns)) {
    expect(sum(result.brokers.map((broker) => broker.out))).toBe(cost.out);
  }
  expect(sum(result.nodes.map(({ subscriptions }) => subscriptions.u ?? 0))).toBe(rowOf(strategy, 'small')?.subscriptions);
}

function expectClean(result: Result): void {
  expect(result.verdict).toMatchObject({ status: 'pass', reasons: [] });
  const { sent, expected, delivered } = result.counts;
  expect(sent).toBe(Math.round(result.plan.size.ratePerSecond * result.plan.size.seconds));
  expect(result.counts).toMatchObject({ rejected: 0, unanswered: 0, lost: 0, duplicated: 0, misdelivered: 0, uncertain: 0 });
  expect(delivered).toBe(expected);
  expect(delivered).toBeGreaterThanOrEqual(sent);
  const known = ({ name, place }: Result['equations'][number]) =>
    !(name.startsWith('handed out') && `brokers.${place}.out` in result.unknowns);
  expect(result.equations.filter((equation) => known(equation) && equation.holds !== true)).toEqual([]);
  expect(result.died).toEqual([]);
}

const strategies = await listStrategies();

/** The forms that a strategy can run. */
function formsOf(strategy: string): readonly Form[] {
  const rooms = strategies.find(({ name }) => name === strategy)?.rooms;
  return forms.filter((form) => form === 'direct' || rooms === undefined || rooms.includes(form));
}

describeWith(findServer('redis-server'), 'on real Redis', () => {
  describe.each([...rowNames])('%s', (strategy) => {
    it.each(formsOf(strategy))('%s: passes and costs what its row says', async (form) => {
      const result = await first(strategy, form);
      expectClean(result);
      await expectItsRow(result, strategy, form);
      expect(result.brokers.map(({ origin }) => origin)).toEqual(result.brokers.map(() => 'spawned'));
    });
  });

  it.each(['hashed', 'grouped', 'random-publish'])('two runs of %s with one seed agree in every exact figure', async (strategy) => {
    for (const form of ['direct', 'members'] as const) {
      const [one, other] = [await first(strategy, form), await play(strategy, form)];
      expect(exactFigures(one).size).toBeGreaterThan(90);
      expect(differences(exactFigures(one), exactFigures(other))).toEqual([]);
    }
  });

  it('two workers send the same as one', async () => {
    const out = join(folder.path, 'two-workers');
    const size = ['--nodes', '4', '--brokers', '3', '--users', '400', '--rate', '400', '--duration', '1s', '--seed', '7'];
    expect((await bench(['run', '--strategy', 'hashed', ...size, '--workers', '2', '--out', out])).code).toBe(0);
    const two = resultIn(out);
    expectClean(two);
    expect(two.workers.length).toBe(2);
    expect(differences(exactFigures(await first('hashed', 'direct')), exactFigures(two))).toEqual([]);
  });
});

describe('on the embedded broker', () => {
  it.each(['hashed', 'single-channel', 'grouped'])(
    '%s: passes, costs what its row says, and says that the broker is embedded',
    async (strategy) => {
      for (const form of ['direct', 'topic'] as const) {
        const result = await play(strategy, form, noServers);
        expectClean(result);
        await expectItsRow(result, strategy, form);
        expect(result.brokers.every(({ embedded, origin }) => embedded && origin === 'embedded')).toBe(true);
      }
    },
  );

  it('the terminal and the report name it', async () => {
    const out = join(folder.path, 'named');
    const { stdout, code } = await bench(['run', '--strategy', 'hashed', '--duration', '1s', '--out', out], { env: noServers });
    expect(code).toBe(0);
    expect(stdout.toLowerCase()).toContain('embedded');
  });
});
