import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GateRecord } from '../verdict/gate.js';
import { bench, start, temporaryFolder } from './testing/bench.js';

/** Longer than all runs of one strategy take on a machine that has more to do. */
const timeout = 300_000;
const folder = temporaryFolder();
const baseline = join(folder.path, 'baseline');
/** The strategy that takes the least: one node and no broker. */
const tiny = ['--strategies', 'single-server', '--baseline', baseline];
const runs = ['comings', 'direct', 'members', 'topic'].map((workload) => `single-server-${workload}`);

afterAll(() => folder.remove());

function bytes(): Readonly<Record<string, string>> {
  return Object.fromEntries(readdirSync(baseline).map((file) => [file, readFileSync(join(baseline, file), 'utf8')]));
}

/** Changes one file of the baseline for as long as the work takes. */
async function withChanged<Answer>(name: string, change: (text: string) => string, work: () => Promise<Answer>): Promise<Answer> {
  const file = join(baseline, name);
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, change(text));
  try {
    return await work();
  } finally {
    writeFileSync(file, text);
  }
}

describe('bench baseline update and bench gate', () => {
  beforeAll(async () => {
    const { code, stderr } = await bench(['baseline', 'update', ...tiny]);
    expect(`${code} ${code === 0 ? '' : stderr}`).toBe('0 ');
  }, timeout);

  it(
    'the same code passes, and its baseline is the same to the byte',
    async () => {
      const before = bytes();
      expect(Object.keys(before).sort()).toEqual(runs.map((name) => `${name}.json`));
      expect((await bench(['baseline', 'update', ...tiny])).code).toBe(0);
      expect(bytes()).toEqual(before);
      const { code, stdout } = await bench(['gate', ...tiny, '--json']);
      const record = JSON.parse(stdout) as GateRecord;
      expect([code, record.status]).toEqual([0, 'pass']);
      expect(record.exact?.entries.map(({ name, status }) => [name, status]).sort()).toEqual(runs.map((name) => [name, 'pass']));
    },
    timeout,
  );

  it(
    'one message more fails, with figure, place, both values and the command that repeats it, in all that is written',
    async () => {
      const [junit, markdown] = ['gate.xml', 'gate.md'].map((name) => join(folder.path, name));
      const args = ['gate', ...tiny, '--junit', junit ?? '', '--markdown', markdown ?? ''];
      const more = (text: string) => text.replace(/("nodes\.n1\.chat": \{"fromClients":)\d+/, '$199');
      const { code, stdout } = await withChanged('single-server-direct.json', more, () => bench(args));
      expect(code).toBe(1);
      expect(stdout).toMatch(/- nodes\.n1\.chat\.fromClients: 100 live, 99 by the baseline/);
      expect(stdout).toMatch(/again: npx bench run --strategy single-server --scenario direct .* --seed 7/);
      expect(readFileSync(junit ?? '', 'utf8')).toContain('nodes.n1.chat.fromClients: 100 live, 99 by the baseline');
      expect(readFileSync(markdown ?? '', 'utf8')).toContain('single-server-direct | fail | 1 |');
    },
    timeout,
  );

  it('a baseline that lacks a run, cannot be read, or is of others, is told from a failure, before anything is played', async () => {
    const told = async () => {
      const { code, stdout, stderr } = await bench(['gate', ...tiny]);
      expect([code, stdout]).toEqual([69, '']);
      expect(stderr).toContain(`npx bench baseline update --strategies single-server --baseline ${baseline}`);
      return stderr;
    };
    const [file, aside] = [join(baseline, 'single-server-direct.json'), join(folder.path, 'aside.json')];
    renameSync(file, aside);
    expect(await told()).toContain('has no figures of single-server-direct');
    renameSync(aside, file);
    expect(await withChanged('single-server-direct.json', (text) => text.slice(0, 100), told)).toContain('is cut off at byte 100');
    expect(await withChanged('single-server-direct.json', () => '{"schema":2}', told)).toContain('is no baseline: schema must be 1, is 2');
    expect(await withChanged('single-server-direct.json', (text) => text.replace('"seed":7', '"seed":8'), told)).toContain(
      'is of another run',
    );
    writeFileSync(join(baseline, 'hashed-direct.json'), '{}');
    expect(await told()).toContain('it has hashed-direct, which the gate does not play');
    rmSync(join(baseline, 'hashed-direct.json'));
  });

  it('a baseline is not written by halves: Ctrl-C leaves what there was', async () => {
    const before = bytes();
    const update = start(['baseline', 'update', ...tiny]);
    await update.said('[2 of 4]');
    update.process.kill('SIGINT');
    expect((await update.ended).code).toBe(130);
    expect(bytes()).toEqual(before);
  });
});

describe('bench gate, asked wrongly', () => {
  it.each([
    ['without a baseline', ['--baseline', join(folder.path, 'nothing')], 69, 'cannot be read'],
    ['with a strategy that there is not', ['--strategies', 'hashd'], 64, 'there is no strategy hashd'],
    ['with a flag that there is not', ['--baselin', 'x'], 64, '--baseline'],
  ])('%s says what to do', async (_what, args, code, words) => {
    const ended = await bench(['gate', ...args]);
    expect([ended.code, ended.stdout]).toEqual([code, '']);
    expect(ended.stderr).toContain(words);
  });
});
