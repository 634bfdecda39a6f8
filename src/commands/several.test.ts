import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Compared, type Comparison, readComparison } from '../report/comparison.js';
import { readHighestRate } from '../report/highestRate.js';
import { readSweep, type Sweep } from '../report/sweep.js';
import { describeWith, findServer } from '../transports/testing/servers.js';
import { bench, resultIn, start, temporaryFolder } from './testing/bench.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const small = ['--users', '20', '--rate', '50', '--duration', '0.5s', '--warm-up', '0', '--seed', '5'];

/** Runs a command that passes, and reads its record. */
async function made<Made>(name: string, args: readonly string[], file: string, read: (text: string, where: string) => Made) {
  const out = join(folder.path, name);
  const { code, stdout, stderr } = await bench([...args, '--out', out]);
  expect(`${code} ${code === 0 ? '' : stderr}`).toBe('0 ');
  return { out, stdout, stderr, record: read(readFileSync(join(out, file), 'utf8'), file) };
}

const comparison = (name: string, args: readonly string[]) => made(name, ['compare', ...args], 'comparison.json', readComparison);

/** What two comparisons of the same must share. */
function counted({ runs }: Comparison): readonly Partial<Compared>[] {
  return runs.map(({ strategy, sent, delivered, traffic, amplification, handledMost }) => ({
    ...{ strategy, sent, delivered, traffic, amplification, handledMost },
  }));
}

const titles = (stderr: string) => stderr.split('\n').filter((line) => /^\[\d+ of \d+\]/.test(line));

describe('bench compare, simulated', () => {
  it('takes turns A B B A, adds the control that an adapter needs, and counts the same each time', async () => {
    const args = ['--strategies', 'redis-broadcast,hashed', '--runner', 'simulated', '--nodes', '2', ...small];
    const one = await comparison('simulated', args);
    expect(titles(one.stderr)).toEqual([
      '[1 of 6] redis-broadcast, round 1',
      '[2 of 6] hashed, round 1',
      '[3 of 6] single-channel, round 1',
      '[4 of 6] single-channel, round 2',
      '[5 of 6] hashed, round 2',
      '[6 of 6] redis-broadcast, round 2',
    ]);
    expect(one.record.added).toEqual([{ strategy: 'single-channel', why: expect.stringContaining('the control of redis-broadcast') }]);
    expect(new Set(one.record.runs.map(({ outlook }) => outlook?.plan.size.brokers))).toEqual(new Set([3]));
    expect(one.record.runs.map(({ differs, rounds, status }) => [status, differs, rounds.length])).toEqual(
      Array.from({ length: 3 }, () => ['pass', [], 2]),
    );
    expect(one.record.command).toMatch(/^npx bench compare --strategies redis-broadcast,hashed .* --runner simulated .* --rounds 2$/);
    expect(readdirSync(one.out).sort()).toEqual(
      [
        'comparison.json',
        'report.html',
        ...['hashed', 'redis-broadcast', 'single-channel'].flatMap((name) => [`${name}-round-1`, `${name}-round-2`]),
      ].sort(),
    );
    const again = await comparison('again', args);
    expect(counted(again.record)).toEqual(counted(one.record));
  });
});

describeWith(findServer('redis-server'), 'bench compare, live', () => {
  it('counts alike in every round, and tells implementation from routing', async () => {
    const { record, stdout } = await comparison('live', ['--strategies', 'single-channel,redis-broadcast', '--nodes', '2', ...small]);
    expect(
      record.runs.map(({ strategy, differs, rounds, traffic }) => [strategy, differs, rounds.length, traffic.in, traffic.out]),
    ).toEqual([
      ['single-channel', [], 2, 25, 50],
      ['redis-broadcast', [], 2, 25, 50],
    ]);
    expect(record.added).toBeUndefined();
    expect(stdout).toMatch(/redis-broadcast → single-channel {2}implementation +×1 /);
  });
});

const sweep = (name: string, args: readonly string[]) =>
  made(name, ['sweep', '--strategies', 'single-channel,hashed', ...args], 'sweep.json', readSweep);

/** The law that the two strategies are there to show, at one total load. */
function expectLaws({ growth }: Sweep): void {
  const exponent = (strategy: string, figure: string) =>
    growth.find((one) => one.strategy === strategy && one.figure === figure && one.against === 'nodes')?.exponent;
  expect(exponent('single-channel', 'receivedPerNode')).toBeCloseTo(0, 1);
  expect(exponent('single-channel', 'receivedByAll')).toBeCloseTo(1, 1);
  expect(exponent('hashed', 'receivedPerNode')).toBeCloseTo(-1, 1);
  expect(exponent('hashed', 'receivedByAll')).toBeCloseTo(0, 1);
}

describe('bench sweep', () => {
  it('finds the exponents of a simulation, over two variables, and runs once what a strategy makes the same of', async () => {
    const { record, stdout, out } = await sweep('swept', [
      '--runner',
      'simulated',
      '--vary',
      'nodes=1,2,4,8',
      '--vary',
      'brokers=2,4',
      ...small,
    ]);
    expectLaws(record);
    expect(record.points).toHaveLength(4 + 4 * 2);
    expect(record.leftOut).toEqual([{ strategy: 'single-channel', why: expect.stringMatching(/^at 4 of the 8 sizes/) }]);
    expect(record.outlooks?.map(({ plan: { strategy, size } }) => [strategy.name, size.nodes])).toEqual([
      ['single-channel', 1],
      ['hashed', 1],
    ]);
    expect(record.command).toMatch(/^npx bench sweep (?!.*--nodes).* --vary nodes=1,2,4,8 --vary brokers=2,4$/);
    expect(stdout).toMatch(/hashed +nodes +−1\.00 ±0\.0\d/);
    expect(resultIn(join(out, 'hashed-nodes-8-brokers-4')).plan.size).toMatchObject({ nodes: 8, brokers: 4 });
    const rendered = join(folder.path, 'rendered');
    expect((await bench(['report', out, '--out', rendered])).code).toBe(0);
    expect(readFileSync(join(rendered, 'report.html'), 'utf8')).toBe(readFileSync(join(out, 'report.html'), 'utf8'));
  });

  it('finds them live', async () => {
    expectLaws((await sweep('swept-live', ['--vary', 'nodes=1,4', '--brokers', '2', ...small])).record);
  });
});

describe('bench capacity', () => {
  it('measures each rate anew by what is asked of it, and keeps every measurement when it is interrupted', async () => {
    const out = join(folder.path, 'capacity');
    const flags = ['--slo', 'p99<9s,lost=0', '--nodes', '2', '--users', '20', '--rate', '20', '--duration', '0.5s', '--warm-up', '0'];
    const running = start(['capacity', '--strategy', 'single-channel', ...flags, '--out', out]);
    await running.said('[3');
    await running.said('2 chat nodes started');
    running.process.kill('SIGINT');
    const { code, stderr } = await running.ended;
    expect(code).toBe(130);
    expect(stderr).toContain(`what was finished is in ${out}`);
    const { trials, answer, slo } = readHighestRate(readFileSync(join(out, 'capacity.json'), 'utf8'), 'capacity.json');
    expect({ answer, slo }).toEqual({ answer: null, slo: 'p99<9000ms,lost=0,duplicated=0,misdelivered=0,rejected=0' });
    expect(trials.map(({ step, ratePerSecond }) => [step, ratePerSecond])).toEqual([
      ['double', 20],
      ['double', 20],
    ]);
    expect(readdirSync(out).sort()).toEqual(['01-double-20', '02-double-20', 'capacity.json']);
    const { plan, counts } = resultIn(join(out, '01-double-20'));
    expect(plan.limits).toMatchObject({ responseMsP99: 9_000, lost: 0 });
    expect(plan.command).toContain("--slo 'p99<9000ms,lost=0'");
    expect(counts).toMatchObject({ sent: 10, delivered: 10 });
  });
});

describe('wrong usage of commands for several runs ends with 64, and nothing is made', () => {
  it.each([
    ['compare without strategies', ['compare'], /--strategies <names>' is missing/],
    ['no round', ['compare', '--strategies', 'hashed', '--rounds', '0'], /whole number from 1/],
    ['a sweep of nothing', ['sweep', '--strategies', 'hashed'], /--vary <what=values>' is missing/],
    [
      'what is fixed and varied',
      ['sweep', '--strategies', 'hashed', '--vary', 'nodes=1,2', '--nodes', '4'],
      /--nodes 4 and --vary nodes exclude/,
    ],
    ['more nodes than users', ['sweep', '--strategies', 'hashed', '--vary', 'nodes=1,200'], /--users 100 is fewer than --nodes 200/],
    ['a capacity without a limit on time', ['capacity', '--strategy', 'hashed', '--slo', 'lost=0'], /limits no time.*add p99/],
    ['a capacity in virtual time', ['capacity', '--strategy', 'hashed', '--runner', 'simulated'], /unknown option '--runner'/],
  ])('%s', async (_case, args, words) => {
    const out = join(folder.path, 'wrong');
    const { code, stderr } = await bench([...args, '--out', out]);
    expect(stderr).toMatch(words);
    expect(code).toBe(64);
    expect(existsSync(out)).toBe(false);
  });
});
