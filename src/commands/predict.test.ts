import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Result } from '../measure/result.js';
import { strategyNames } from '../plan/strategies.js';
import { type CapacityPlan, readCapacityPlan } from '../report/capacityPlan.js';
import { readResult } from '../report/json.js';
import type { OutlookContent } from '../report/outlook.js';
import { referenceCalibration } from '../run/modelled/referenceCalibration.js';
import { bench, temporaryFolder } from './testing/bench.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

async function predict(...flags: string[]): Promise<readonly Result[]> {
  const { stdout, stderr, code } = await bench(['predict', ...flags, '--json']);
  if (code !== 0) throw new Error(stderr);
  const results: unknown = JSON.parse(stdout);
  if (!Array.isArray(results)) throw new Error('not a list');
  return results.map((result) => readResult(JSON.stringify(result), 'standard output'));
}

async function plan(...flags: string[]): Promise<CapacityPlan> {
  const { stdout, stderr, code } = await bench(['plan', ...flags, '--json']);
  if (code !== 0) throw new Error(stderr);
  return readCapacityPlan(stdout, 'standard output');
}

function slopeOf({ model }: Result, role: string): number | null | undefined {
  return model?.exponents.find((one) => one.role === role && one.against === 'system')?.slope;
}

describe('bench predict', () => {
  it('gives a result of every strategy for a thousand million users: broadcasts grow with the traffic, hashed stays flat', async () => {
    const results = await predict('--strategies', 'all', '--nodes', '10000', '--brokers', '100', '--users', '1e9');
    expect(results.map(({ strategy }) => strategy)).toEqual(await strategyNames());
    const of = (name: string) => {
      const found = results.find(({ strategy }) => strategy === name);
      if (found === undefined) throw new Error(`no ${name}`);
      return found;
    };
    for (const name of ['redis-broadcast', 'single-channel', 'random-publish', 'publish-all', 'redis-cluster']) {
      expect(slopeOf(of(name), 'node')).toBeGreaterThan(0.9);
      expect(of(name).model?.perNode.received.mean).toBeCloseTo(of(name).model?.messages ?? 0, -3);
    }
    for (const role of ['node', 'broker']) expect(Math.abs(slopeOf(of('hashed'), role) ?? 1)).toBeLessThan(0.05);
    expect(of('hashed').model?.links).toMatchObject({ total: expect.any(Number) });
    expect(of('hashed').model?.links.perNode).toBeGreaterThan(90);
  });

  it('keeps results that can be reported', async () => {
    const out = join(folder.path, 'kept');
    const { code, stderr } = await bench([
      'predict',
      '--strategies',
      'hashed,single-server',
      '--nodes',
      '200',
      '--users',
      '1000',
      '--out',
      out,
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('kept in') });
    const page = readFileSync(join(out, 'hashed', 'report.html'), 'utf8');
    expect(page).toContain('modelled: computed from the routing alone');
    expect((await bench(['report', join(out, 'hashed')])).code).toBe(0);
  });

  it.each([
    [['--strategies', 'hasht'], 'did you mean hashed?'],
    [['--nodes', '4'], "required option '--strategies <names>' is missing"],
    [['--strategies', 'hashed', '--users', '1.5'], 'It takes a whole number'],
    [['--strategies', 'hashed', '--users', '3', '--nodes', '4'], 'every node needs somebody online'],
    [['--strategies', 'hashed', '--rate', '5', '--rate-per-user', '1'], 'exclude each other'],
    [['--strategies', 'hashed', '--room-size', '50', '--users', '20'], 'nobody is in a room twice'],
    [['--strategies', 'redis-cluster', '--brokers', '10000', '--nodes', '10', '--users', '1e6'], 'no machine holds that'],
  ])('refuses %j in words', async (flags, words) => {
    const { code, stderr } = await bench(['predict', ...flags]);
    expect(stderr).toContain(words);
    expect(code).toBe(64);
  });
});

/** docs/situations.md tells what the sources say. */
describe('published situations', () => {
  it('socket.io #5226: 100 instances, rooms of 10: about 90 % of what an instance gets is for others, and more instances do not help', async () => {
    const at = async (nodes: string) => {
      const flags = ['--users', '10000', '--rate-per-user', '0.1', '--room-size', '10', '--rooms', 'topic', '--brokers', '1'];
      const [result] = await predict('--strategies', 'redis-broadcast', '--nodes', nodes, ...flags);
      if (result?.model === undefined) throw new Error('no model');
      const { received, wasted } = result.model.perNode;
      return { received: received.mean, wastedShare: wasted.mean / received.mean };
    };
    const [now, doubled] = [await at('100'), await at('200')];
    expect(now.wastedShare).toBeGreaterThan(0.88);
    expect(now.wastedShare).toBeLessThan(0.93);
    expect(doubled.received).toBe(now.received);
    expect(doubled.wastedShare).toBeGreaterThan(now.wastedShare);
  });

  it('socket.io #5226: most of what an instance works is reading and dropping', async () => {
    const flags = ['--users', '10000', '--rate-per-user', '0.1', '--room-size', '10', '--rooms', 'topic', '--connections-per-node', '100'];
    const made = await plan(...flags, '--strategies', 'redis-broadcast');
    const [broadcast] = made.strategies;
    expect([broadcast?.engine, broadcast?.nodes, broadcast?.saturatesFirst]).toEqual(['socket.io', 100, 'sockets per node']);
    const eachUs = referenceCalibration.cpuUs.nodes['socket.io']?.terms.wasted?.each ?? 0;
    const wastedPerSecond = 1_000 * (broadcast?.wastedShare ?? 0);
    expect((wastedPerSecond * eachUs) / 1e6 / (broadcast?.node.busyShare ?? 0)).toBeGreaterThan(0.5);
  });

  it("Centrifugo's million connections: nodes as there, five Redis far from full, and one channel cannot do it", async () => {
    const made = await plan(
      ...['--users', '1e6', '--rate-per-user', '0.05', '--room-size', '10', '--rooms', 'topic', '--connections-per-node', '50000'],
      ...['--strategies', 'hashed,single-channel'],
    );
    const [hashed] = made.strategies;
    expect(hashed?.strategy).toBe('hashed');
    expect(hashed?.cores).toBeGreaterThan(20);
    expect(hashed?.cores).toBeLessThan(80);
    expect(hashed?.brokers).toBeLessThanOrEqual(5);
    expect((hashed?.node.memoryBytes ?? 0) * (hashed?.nodes ?? 0)).toBeLessThan(54e9);
    expect(made.impossible.map(({ strategy }) => strategy)).toEqual(['single-channel']);
  });

  it('a small team: two nodes and one Redis are hardly at work, whatever the strategy', async () => {
    const made = await plan(
      ...['--users', '10000', '--rate-per-user', '0.02', '--room-size', '20', '--rooms', 'topic', '--nodes-least', '2', '--slo', '100ms'],
      ...['--strategies', 'redis-broadcast,hashed,single-server'],
    );
    expect(made.strategies.map(({ nodes, brokers }) => [nodes, brokers])).toEqual([
      [2, 1],
      [2, 1],
    ]);
    for (const { node } of made.strategies) expect(node.share).toBeLessThan(0.3);
    expect(made.impossible).toEqual([{ strategy: 'single-server', why: expect.stringContaining('at least 2') }]);
  });
});

describe('bench plan', () => {
  it('keeps the plan and its page, whose sliders begin at the fleet that is advised', async () => {
    const out = join(folder.path, 'planned');
    const sized = ['--users', '20000', '--rate-per-user', '0.1', '--room-size', '5', '--rooms', 'topic', '--nodes-least', '3'];
    const { code, stderr, stdout } = await bench(['plan', ...sized, '--strategies', 'hashed,address-book', '--out', out, '--json']);
    expect(`${code} ${stderr}`).toBe(`0 kept in ${out}\n`);
    expect(readdirSync(out).sort()).toEqual(['fleets.json', 'report.html']);
    const text = readFileSync(join(out, 'fleets.json'), 'utf8');
    expect(stdout).toBe(text);
    const made = readCapacityPlan(text, 'fleets.json');
    const { startedAt: _, outlooks: __, rooms: ___, calibration, ...figures } = made;
    expect(await plan(...made.command.split(' ').slice(3))).toEqual({
      ...figures,
      startedAt: expect.any(String),
      calibration: { ...calibration, ageDays: expect.any(Number) },
    });
    const advised = made.strategies.find(({ strategy }) => strategy === made.advice?.strategy);
    const page = readFileSync(join(out, 'report.html'), 'utf8');
    const [, content = ''] = /<script type="application\/json" id="outlook">(.*?)<\/script>/s.exec(page) ?? [];
    const { plans, rooms } = JSON.parse(content) as OutlookContent;
    const fleet = {
      users: 20_000,
      ratePerSecond: 2_000,
      nodes: advised?.nodes,
      brokers: (advised?.brokers ?? 0) - (advised?.directories ?? 0),
    };
    expect(plans.map(({ strategy, size }) => [strategy.name, size])).toEqual(
      ['hashed', 'address-book'].map((name) => [name, expect.objectContaining(fleet)]),
    );
    expect(rooms).toEqual({ members: 5, perUser: 1 });
    expect(page).toContain('id="exercises"');
  });

  it.each(['en', 'ru'])('is rendered again in %s, the same to the byte, and in every other format', async (lang) => {
    const [out, again] = [join(folder.path, `planned-${lang}`), join(folder.path, `again-${lang}`)];
    const load = ['--users', '1e6', '--rate-per-user', '0.02', '--strategies', 'mesh-replicated,hashed,single-channel', '--lang', lang];
    expect(await bench(['plan', ...load, '--out', out])).toMatchObject({ code: 0 });
    const { code, stderr } = await bench(['report', out, '--lang', lang, '--format', 'html,png,markdown,csv,junit,json', '--out', again]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const files = ['cores.png', 'figures.csv', 'fleets.json', 'junit.xml', 'report.html', 'report.md'];
    expect(readdirSync(again).sort()).toEqual(files);
    for (const file of ['fleets.json', 'report.html']) expect(readFileSync(join(again, file))).toEqual(readFileSync(join(out, file)));
  });

  it('names the calibration, its age, and what it cannot do', async () => {
    const { stdout, code } = await bench(['plan', '--users', '2000', '--rate-per-user', '0.1', '--strategies', 'hashed,single-channel']);
    expect(code).toBe(0);
    for (const words of ['PREDICTED, not measured', 'calibration: ', 'old', 'Take ', 'By users: ']) {
      if (words === 'old') expect(stdout).toMatch(/days? old|made today/);
      else expect(stdout).toContain(words);
    }
  });

  it.each([
    [['--users', '5e6'], '--users and --rate-per-user are needed'],
    [['--users', '1000', '--rate-per-user', '1', '--utilisation', '1'], 'It takes a share below 1'],
    [['--users', '1000', '--rate-per-user', '1', '--slo', 'fast'], 'It takes a time'],
    [['--users', '1', '--rate-per-user', '1', '--nodes-least', '2'], 'every node needs somebody online'],
  ])('refuses %j in words', async (flags, words) => {
    const { code, stderr } = await bench(['plan', ...flags]);
    expect(stderr).toContain(words);
    expect(code).toBe(64);
  });

  it('goes on growing while a step helps, however little', async () => {
    const sized = ['--users', '1.8e6', '--rate-per-user', '0.02', '--strategies', 'redis-cluster'];
    const [at60] = (await plan(...sized)).strategies;
    const [at55] = (await plan(...sized, '--utilisation', '0.55')).strategies;
    expect(at60?.broker?.share).toBeLessThanOrEqual(0.6);
    expect(at55?.broker?.share).toBeLessThanOrEqual(0.55);
    expect(at55?.brokers).toBeGreaterThan(at60?.brokers ?? Number.POSITIVE_INFINITY);
  });

  it('says that a response cannot be faster than the work for it', async () => {
    const made = await plan('--users', '1000', '--rate-per-user', '1', '--slo', '0.1ms', '--strategies', 'hashed');
    expect(made.advice).toBeNull();
    expect(made.impossible[0]?.why).toContain('99th percentile cannot be 0.1 ms');
  });

  it('says what was never measured, and what stands for it', async () => {
    const file = join(folder.path, 'little.json');
    const { cpuUs, memoryBytes } = referenceCalibration;
    const slow = (fits: typeof cpuUs.nodes) => ({ 'socket.io': fits['socket.io'] });
    const little = {
      ...referenceCalibration,
      cpuUs: { nodes: slow(cpuUs.nodes), brokers: {} },
      memoryBytes: { nodes: slow(memoryBytes.nodes), brokers: { redis: memoryBytes.brokers.redis } },
    };
    writeFileSync(file, JSON.stringify(little));
    const sized = ['--users', '2000', '--rate-per-user', '0.1', '--strategies', 'hashed,rabbitmq', '--calibration', file];
    const made = await plan(...sized);
    const [hashed, rabbitmq] = ['hashed', 'rabbitmq'].map(
      (name) => made.strategies.find(({ strategy }) => strategy === name)?.uncalibrated,
    );
    const nodes = (['cpu', 'memory'] as const).map((of) => ({ name: 'fast', of, countedAs: 'socket.io' }));
    expect(hashed).toEqual([...nodes, { name: 'redis', of: 'cpu', countedAs: null }]);
    expect(rabbitmq).toEqual([
      ...nodes,
      { name: 'rabbitmq', of: 'cpu', countedAs: null },
      { name: 'rabbitmq', of: 'memory', countedAs: 'redis' },
    ]);
    const { stdout } = await bench(['plan', ...sized]);
    const words = stdout.replaceAll(/\s+/g, ' ');
    expect(words).toContain('rabbitmq counted at what it takes at least; memory of rabbitmq counted as redis');
    expect(words).toContain('engine of the nodes: fast (hashed, rabbitmq)');
  });

  it('refuses a calibration that is none, and one that is not there', async () => {
    const file = join(folder.path, 'broken.json');
    writeFileSync(file, '{"schema":1}');
    const flags = ['plan', '--users', '1000', '--rate-per-user', '1', '--strategies', 'hashed', '--calibration'];
    expect(await bench([...flags, file])).toMatchObject({ code: 69, stderr: expect.stringContaining('is no calibration of this bench') });
    expect(await bench([...flags, '/nowhere.json'])).toMatchObject({
      code: 69,
      stderr: expect.stringContaining('cannot read the calibration'),
    });
  });
});

describe('bench calibrate', () => {
  it('needs live results, and enough of them', async () => {
    const out = join(folder.path, 'kept-again');
    await bench(['predict', '--strategies', 'hashed', '--out', out]);
    const { code, stderr } = await bench(['calibrate', out]);
    expect(stderr).toContain('at least 3 live results');
    expect(code).toBe(64);
  });
});
