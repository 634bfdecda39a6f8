import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Result } from '../measure/result.js';
import { type Comparison, readComparison } from '../report/comparison.js';
import { bench, noServers, resultIn, start, temporaryFolder } from './testing/bench.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

function comparisonIn(out: string): Comparison {
  const file = join(out, 'comparison.json');
  return readComparison(readFileSync(file, 'utf8'), file);
}

describe('bench run --strategies', () => {
  it('runs each under the same load and compares them', async () => {
    const out = join(folder.path, 'two');
    const { code, stdout, stderr } = await bench([
      ...['run', '--strategies', 'single-channel,hashed', '--nodes', '2', '--users', '20', '--rate', '50', '--duration', '1s'],
      ...['--seed', '5', '--out', out],
    ]);
    expect(`${code} ${code === 0 ? '' : stderr}`).toBe('0 ');
    expect(readdirSync(out).sort()).toEqual(['comparison.json', 'hashed', 'report.html', 'single-channel']);
    const { runs, leftOut, failed, command } = comparisonIn(out);
    expect({ leftOut, failed }).toEqual({ leftOut: [], failed: [] });
    expect(runs.map(({ strategy, status, sent, traffic }) => [strategy, status, sent, traffic.in, traffic.out])).toEqual([
      ['single-channel', 'pass', 50, 50, 100],
      ['hashed', 'pass', 50, 50, 50],
    ]);
    expect(command).toMatch(/^npx bench run --strategies single-channel,hashed --scenario direct .*--rate 50 --duration 1s .*--seed 5$/);
    expect(stdout).toMatch(/single-channel .* 1\.00 +2\.00 [\s\S]* hashed .* 1\.00 +1\.00 /);
    const page = readFileSync(join(out, 'report.html'), 'utf8');
    expect(page).toContain('href="hashed/report.html"');
    expect(resultIn(join(out, 'hashed')).plan.command).toContain('--strategy hashed');

    const table = await bench(['report', '--format', 'markdown', '--out', '-', out]);
    expect(table.code).toBe(0);
    expect(table.stdout).toContain('| `hashed` | 2 nodes, 3 Redis, 20 users | ✓ pass | 50 | 50 | 0 | 50 | 50 | 0 | 0 |');
  });

  it('goes on after one that fails, names what it left out and why, and ends with the worst exit code', async () => {
    const out = join(folder.path, 'dead');
    const args = [
      'run',
      '--strategies',
      'grouped,hashed,single-server',
      '--redis',
      'redis://127.0.0.1:1',
      '--duration',
      '0.5s',
      '--warm-up',
      '0',
    ];
    const { code, stdout, stderr } = await bench([...args, '--out', out]);
    const { runs, leftOut, failed } = comparisonIn(out);
    expect(leftOut).toEqual([{ strategy: 'grouped', why: expect.stringContaining('--redis names 1') }]);
    expect(failed).toEqual([{ strategy: 'hashed', why: expect.stringContaining('127.0.0.1:1') }]);
    expect(runs.map(({ strategy, status }) => [strategy, status])).toEqual([['single-server', 'pass']]);
    expect(code).toBe(69);
    expect(stderr).toContain('left out: grouped');
    expect(stdout).toMatch(/hashed ended without a result[\s\S]*grouped was left out/);
    expect(readdirSync(out)).not.toContain('hashed');
  });

  it('takes strategies from outside; with --json prints the comparison, what it left out, the results and nothing else', async () => {
    const file = join(folder.path, 'alone.js');
    const place = "[{ broker: node, channel: 'n:' + node }]";
    writeFileSync(
      file,
      `export default { name: 'alone', title: 'Alone', summary: 'alone', fit: (size) => ({ ...size, nodes: 1, brokers: 0 }), brokers: () => [],
        route: () => ({ subscribe: (_, node) => ${place}, publish: (_, { node }) => ${place} }) };`,
    );
    const out = join(folder.path, 'json');
    const flags = ['--scenario', 'rooms', '--duration', '0.5s', '--warm-up', '0', '--json', '--out', out];
    const { code, stdout } = await bench(['run', '--strategies', `single-server,redis-broadcast,${file}`, ...flags]);
    const { comparison, results } = JSON.parse(stdout) as { comparison: Comparison; results: Result[] };
    expect(code).toBe(0);
    expect(comparison).toEqual(comparisonIn(out));
    expect(comparison.leftOut).toEqual([{ strategy: 'redis-broadcast', why: expect.stringContaining('only in the form topic') }]);
    expect(results.map(({ plan }) => plan.strategy.name)).toEqual(['single-server', 'alone']);
    expect(results[0]).toEqual(resultIn(join(out, 'single-server')));
  });

  it('ends at once on Ctrl-C, and keeps what was finished', async () => {
    const out = join(folder.path, 'stopped');
    const running = start([
      'run',
      '--strategies',
      'single-server,single-channel,hashed',
      '--nodes',
      '2',
      '--duration',
      '1s',
      '--warm-up',
      '0',
      '--out',
      out,
    ]);
    await running.said('[2 of 3] single-channel');
    await running.said('2 chat nodes started');
    running.process.kill('SIGINT');
    const { code, stderr } = await running.ended;
    expect(code).toBe(130);
    expect(stderr).toContain(`what was finished is in ${out}`);
    expect(readdirSync(out).sort()).toEqual(['comparison.json', 'single-server']);
    expect(comparisonIn(out).runs.map(({ strategy }) => strategy)).toEqual(['single-server']);
  });

  it.each([
    ['both flags', ['--strategy', 'hashed', '--strategies', 'all'], /exclude each other/],
    ['an unknown name', ['--strategies', 'hashed,hashd'], /hashd.*did you mean hashed\?/],
    [
      'an option that none has',
      ['--strategies', 'hashed,grouped', '--option', 'group=2'],
      /none of these strategies has an option group.*groups/,
    ],
    ['numbers that no strategy can run', ['--strategies', 'hashed,ring', '--users', '2'], /--users 2 is fewer than --nodes/],
    ['an option that one of them cannot run with', ['--strategies', 'grouped,hashed', '--option', 'groups=0'], /grouped.*groups/],
  ])('%s end with 64, and nothing is made', async (_case, args, words) => {
    const out = join(folder.path, 'wrong');
    const { code, stderr } = await bench(['run', ...args, '--out', out]);
    expect(stderr).toMatch(words);
    expect(code).toBe(64);
    expect(existsSync(out)).toBe(false);
  });

  it('whose servers are all missing ends with 69, and nothing is made', async () => {
    const out = join(folder.path, 'missing');
    const { code, stderr } = await bench(['run', '--strategies', 'rabbitmq,nats', '--out', out], { env: noServers });
    expect(stderr).toMatch(/no strategy of rabbitmq,nats can run like this.*rabbitmq/);
    expect(code).toBe(69);
    expect(existsSync(out)).toBe(false);
  });
});
