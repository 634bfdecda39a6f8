import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { type Running, start, temporaryFolder } from './testing/bench.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const longRun = ['--nodes', '2', '--brokers', '1', '--users', '20', '--rate', '50', '--duration', '60s', '--warm-up', '0'];

async function underLoad(args: readonly string[], cwd = folder.path): Promise<Running> {
  const running = start(['run', ...args, ...longRun], { cwd });
  await running.said('load:');
  return running;
}

/** The end of bench is not the end of its guardian. */
function soonGone(path: string): Promise<void> {
  return vi.waitFor(() => expect(existsSync(path)).toBe(false), { timeout: 5_000 });
}

describe('a run that is', () => {
  it.each([
    ['killed with -9', (running: Running) => running.process.kill('SIGKILL')],
    [
      'interrupted twice',
      (running: Running) => {
        running.process.kill('SIGINT');
        running.process.kill('SIGTERM');
      },
    ],
  ])('%s leaves no folder of results', async (_how, end) => {
    const out = join(folder.path, 'lonely');
    const running = await underLoad(['--strategy', 'hashed', '--out', out]);
    expect(readdirSync(out)).toEqual(['plan.json']);
    end(running);
    await running.ended;
    await soonGone(out);
  });

  it('killed leaves what somebody else put into its folder', async () => {
    const out = join(folder.path, 'shared');
    const running = await underLoad(['--strategy', 'hashed', '--out', out]);
    writeFileSync(join(out, 'thesis.txt'), 'mine');
    running.process.kill('SIGKILL');
    await running.ended;
    await soonGone(join(out, 'plan.json'));
    expect(readdirSync(out)).toEqual(['thesis.txt']);
  });

  it('part of a comparison and is killed leaves no folder either', async () => {
    const out = join(folder.path, 'several');
    const running = await underLoad(['--strategies', 'hashed,single-channel', '--out', out]);
    expect(readdirSync(join(out, 'hashed'))).toEqual(['plan.json']);
    running.process.kill('SIGKILL');
    await running.ended;
    await soonGone(out);
  });
});
