import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { bench, resultIn, start, temporaryFolder } from '../../../commands/testing/bench.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

interface Child {
  readonly pid: number;
  readonly command: string;
}

function childrenOf(parent: number): Child[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent ? [{ pid: Number(name), command }] : [];
      } catch {
        return [];
      }
    });
}

function alive(pids: readonly number[]): number[] {
  return pids.filter((pid) => existsSync(`/proc/${pid}`) && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8')));
}

async function underLoad(name: string) {
  const out = join(folder.path, name);
  const size = ['--nodes', '3', '--users', '60', '--rate', '200', '--duration', '60s'];
  const running = start(['run', '--strategy', 'node-cluster', ...size, '--out', out]);
  await running.said('load:');
  const own = running.process.pid ?? 0;
  const primary = childrenOf(own).find(({ command }) => command.includes('adapters/cluster/main'))?.pid ?? 0;
  const nodes = childrenOf(primary).map(({ pid }) => pid);
  return { out, running, own, primary, nodes, all: [primary, ...nodes] };
}

describe.skipIf(process.platform !== 'linux')('a cluster', () => {
  it('has its nodes for children of the primary, which shows neither its secret nor the run in its arguments', async () => {
    const { running, own, primary, nodes, all } = await underLoad('seen');
    expect(nodes.length).toBe(3);
    for (const { command } of [own, primary].flatMap(childrenOf)) expect(command).not.toMatch(/[0-9a-f]{32}/);
    process.kill(own, 'SIGINT');
    expect((await running.ended).code).toBe(130);
    expect(alive(all)).toEqual([]);
  });

  it.each([
    ['primary', /primary/],
    ['node', /n\d/],
  ] as const)('whose %s is killed ends the run within 5 s, says so and leaves nothing', async (victim, name) => {
    const { out, running, primary, nodes, all } = await underLoad(victim);
    process.kill(victim === 'primary' ? primary : (nodes[1] ?? 0), 'SIGKILL');
    const killedAt = performance.now();
    expect((await running.ended).code).not.toBe(0);
    expect(performance.now() - killedAt).toBeLessThan(5_000);
    const { died } = resultIn(out);
    expect(died.join(' ')).toMatch(name);
    const consequences = died.filter((words) => /^\[n\d\] ended with \[primary\], its parent, whose end is the cause$/.test(words));
    expect(consequences.length).toBe(victim === 'primary' ? nodes.length : 0);
    expect(died.filter((words) => words.includes('SIGKILL'))).toEqual([
      `[${victim === 'primary' ? victim : name.exec(died.join())?.[0]}] ended with SIGKILL`,
    ]);
    expect(resultIn(out).verdict.status).not.toBe('pass');
    expect(alive(all)).toEqual([]);
  });

  it('that idles counts its heartbeats as control, to the message, and leaves them out of what a message costs', async () => {
    const out = join(folder.path, 'idle');
    const load = ['--nodes', '3', '--users', '6', '--rate', '2', '--duration', '2s', '--warm-up', '0'];
    const { code, stderr } = await bench(['run', '--strategy', 'node-cluster', ...load, '--out', out]);
    expect(code, stderr).toBe(0);
    const { brokers, counts, equations, amplification } = resultIn(out);
    const [primary] = brokers;
    expect(equations.filter(({ holds }) => holds !== true)).toEqual([]);
    expect(primary?.heartbeats?.in).toBeGreaterThan(0);
    expect(primary?.kinds.control).toEqual(primary?.heartbeats);
    expect(primary?.in).toBe(counts.sent + (primary?.heartbeats?.in ?? 0));
    // One to the primary, and from there one to each of the two other nodes.
    expect(amplification).toBe((counts.sent * 3) / counts.delivered);
  });

  it('goes when bench itself is killed', async () => {
    const { running, own, all } = await underLoad('killed');
    process.kill(own, 'SIGKILL');
    await running.ended;
    await vi.waitFor(() => expect(alive(all)).toEqual([]), { timeout: 5_000 });
  });
});
