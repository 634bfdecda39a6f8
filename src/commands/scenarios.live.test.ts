import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { Distribution, Result } from '../measure/result.js';
import { plugInNames } from '../plan/folder.js';
import { answersOf } from '../report/answers.js';
import { disagreementsWithSimulation } from '../run/simulated/agreement.js';
import { describeWith, findServer } from '../transports/testing/servers.js';
import { bench, resultIn, temporaryFolder } from './testing/bench.js';

/** Longer than a run takes on a machine that has more to do. */
const timeout = 300_000;
const strategies = ['hashed', 'single-channel'];
const names = await plugInNames('scenarios');

describeWith(findServer('redis-server'), 'each scenario at size smoke', () => {
  const folder = temporaryFolder();
  afterAll(() => folder.remove());

  const kept = new Map<string, Promise<readonly Result[]>>();

  /** Each run is played once. */
  function played(scenario: string, flags: readonly string[] = []): Promise<readonly Result[]> {
    const name = [scenario, ...flags].join(' ');
    const results = kept.get(name) ?? play(join(folder.path, name), scenario, flags);
    kept.set(name, results);
    return results;
  }

  async function play(out: string, scenario: string, flags: readonly string[]): Promise<readonly Result[]> {
    const args = ['run', '--strategies', strategies.join(','), '--scenario', scenario, '--warm-up', '0', '--seed', '7', ...flags];
    const { code, stderr } = await bench([...args, '--out', out]);
    expect(`exit code ${code}: ${code === 0 ? '' : stderr.slice(-2_000)}`).toBe('exit code 0: ');
    return strategies.map((strategy) => resultIn(join(out, strategy)));
  }

  it.each(names)(
    '%s passes with each strategy, and figures answer its question',
    async (name) => {
      for (const result of await played(name)) {
        expect(result.verdict).toMatchObject({ status: 'pass', reasons: [] });
        expect(result.equations.filter(({ holds }) => holds !== true)).toEqual([]);
        const open = answersOf(result).filter(({ words }) => words === '–');
        expect(open).toEqual([]);
        for (const check of checks[name] ?? []) check(result);
      }
    },
    timeout,
  );

  it(
    'a storm with jitter takes longer until all are back than one without',
    async () => {
      const [none] = await played('reconnect-storm');
      const [second] = await played('reconnect-storm', ['--set', 'jitter=1']);
      const backMs = (result: Result | undefined) => result?.findings?.comings?.allBackMs ?? Number.NaN;
      expect(backMs(none)).toBeGreaterThan(0);
      // Of 50 users one comes in the last tenth of a second, but for a chance of 1 in 200, which the seed rules out.
      expect(backMs(second)).toBeGreaterThan(900);
    },
    timeout,
  );

  it(
    'several devices are simulated to the same figures',
    async () => {
      for (const result of await played('multi-device', ['--set', 'devices=6', '--duration', '0.5s']))
        expect(await disagreementsWithSimulation(result)).toEqual([]);
    },
    timeout,
  );
});

type Check = (result: Result) => void;

function countOf(distribution: Distribution | null | undefined): number {
  return distribution?.count ?? 0;
}

/** What a figure that answers must be, where the plan says it. */
const checks: Readonly<Record<string, readonly Check[]>> = {
  'big-room': [({ findings, counts }) => expect(countOf(findings?.spreadMs)).toBe(counts.sent)],
  celebrity: [({ findings, brokers }) => expect(findings?.hottestBroker?.ratio).toBeGreaterThanOrEqual(brokers.length > 1 ? 1.2 : 1)],
  'multi-device': [
    ({ counts, nodes }) =>
      expect([counts.delivered, nodes.map(({ connections }) => connections)]).toEqual([3 * counts.sent, [45, 45, 45, 45]]),
  ],
  presence: [
    ({ findings }) => expect(findings?.presence?.wrong).toBe(0),
    ({ findings }) => expect(findings?.presence?.checked).toBeGreaterThan(50),
    ({ findings }) => expect(findings?.presence?.told).toBeGreaterThan(0),
    ({ counts }) => expect(counts.uncertain).toBe(0),
  ],
  'reconnect-storm': [({ findings }) => expect(findings?.comings).toMatchObject({ left: 50, connected: 50, away: 0, failed: {} })],
  'http-ingest': [
    ({ findings }) => {
      const { messages = 0, asks = 0, statuses = {} } = findings?.http ?? {};
      expect(statuses).toEqual({ 200: messages + asks });
      expect([countOf(findings?.http?.messageMs), countOf(findings?.http?.askMs)]).toEqual([messages, asks]);
    },
    ({ findings }) => expect(findings?.presence?.wrong).toBe(0),
  ],
  'long-polling': [
    ({ findings, counts }) =>
      expect(countOf(findings?.responseBy?.websocket) + countOf(findings?.responseBy?.polling)).toBe(counts.delivered),
    ({ findings }) => expect(countOf(findings?.responseBy?.polling)).toBeGreaterThan(50),
  ],
  mixed: [
    ({ findings }) => expect(findings?.presence?.wrong).toBe(0),
    ({ findings }) => expect(findings?.http?.messages).toBeGreaterThan(0),
  ],
};
