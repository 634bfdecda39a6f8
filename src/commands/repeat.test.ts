import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { differences, exactFigures } from '../measure/exact.js';
import type { Result } from '../measure/result.js';
import { bench, resultIn, temporaryFolder } from './testing/bench.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

async function played(name: string, args: readonly string[]): Promise<Result> {
  const out = join(folder.path, name);
  const { code, stderr } = await bench(['run', ...args, '--out', out]);
  expect(`${code} ${code === 0 ? '' : stderr}`).toBe('0 ');
  return resultIn(out);
}

/** As somebody would who copies it from the terminal. */
function pasted(command: string, name: string): Result {
  const out = join(folder.path, name);
  const { status, stderr } = spawnSync('sh', ['-c', `${command} --out '${out}'`], { encoding: 'utf8' });
  expect(`${status} ${status === 0 ? '' : stderr}`).toBe('0 ');
  return resultIn(out);
}

describe('the command that a result holds', () => {
  it('says every number, option and name, runs as it stands and gives every exact figure again', async () => {
    const flags = ['--strategy', 'grouped', '--scenario', 'rooms', '--rooms', 'topic', '--seed', '11', '--duration', '1s'];
    const one = await played('one', flags);
    expect(one.plan.command).toBe(
      'npx bench run --strategy grouped --option groups=2 --scenario rooms --size smoke --nodes 4 --brokers 3 --users 100 ' +
        '--rate 100 --duration 1s --bytes 64 --rooms topic --workers 1 --driver raw --seed 11',
    );
    const again = pasted(one.plan.command, 'again');
    expect(again.plan).toEqual({ ...one.plan, run: again.plan.run });
    expect(exactFigures(one).size).toBeGreaterThan(90);
    expect(differences(exactFigures(one), exactFigures(again))).toEqual([]);
  }, 120_000);
});
