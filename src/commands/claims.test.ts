import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readClaims } from '../report/claims.js';
import { describeWith, findServer } from '../transports/testing/servers.js';
import { bench, resultIn, temporaryFolder } from './testing/bench.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const load = ['--users', '20', '--rate', '50', '--duration', '0.5s'];

describeWith(findServer('redis-server'), 'bench claims, live', () => {
  it('plays what decides a claim, keeps a record that every command reads, and judges the same results alike again', async () => {
    const [out, again] = [join(folder.path, 'claims'), join(folder.path, 'again')];
    const asked = ['--strategies', 'publish-all', ...load];
    const { code, stderr } = await bench(['claims', ...asked, '--out', out]);
    expect(`${code} ${code === 0 ? '' : stderr}`).toBe('0 ');
    const claims = readClaims(readFileSync(join(out, 'claims.json'), 'utf8'), 'claims.json');
    // Four nodes take in every message of publish-all from each of four Redis, of random-publish from one.
    expect(claims.claims.map(({ strategy, verdict }) => [strategy, verdict])).toEqual([['publish-all', 'qualified']]);
    expect(claims.claims[0]?.parts).toMatchObject([
      { id: 'nodesCalmer', holds: false, values: [1] },
      { id: 'redisBusier', holds: true, values: [4] },
    ]);
    expect(claims.failed).toEqual([]);
    const runs = claims.observed.flatMap(({ folder: run }) => run ?? []);
    expect(runs.length).toBe(2);
    for (const run of runs) expect(resultIn(join(out, run)).verdict.status).toBe('pass');

    const taken = await bench(['claims', out, ...asked, '--out', again]);
    expect(taken.code).toBe(0);
    expect(readClaims(readFileSync(join(again, 'claims.json'), 'utf8'), 'claims.json').claims).toEqual(claims.claims);

    const { stdout } = await bench(['report', out, '--format', 'markdown', '--out', '-']);
    expect(stdout).toBe(readFileSync(join(out, 'report.md'), 'utf8'));
  });

  it('says of what the article claims nothing', async () => {
    const { code, stderr } = await bench(['claims', '--strategies', 'rendezvous', ...load]);
    expect(code).toBe(64);
    expect(stderr).toContain('the article says nothing of rendezvous; it does of single-server');
  });
});
