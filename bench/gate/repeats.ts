/**
 * How often the gate raises an alarm over unchanged code, in real runs: `node dist/bench/gate/repeats.js [exact] [statistical]`, after `npm run build`.
 * So many times the exact layer, every second time beside a loop that never ends on each core, and so many times the statistical layer, this build
 * against its own commit. Without numbers, 20 and 5, each run is kept in `bench/results/gate-repeats.json`.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { usage } from '../../src/error.js';
import type { GateRecord } from '../../src/verdict/gate.js';
import { Runs } from '../mutants/runs.js';

interface Repeat {
  readonly layer: 'exact' | 'statistical';
  /** Busy loops beside it. */
  readonly loops: number;
  readonly status: string;
  readonly seconds: number;
  /** Processes that ran or wanted to, mean of the last minute at its end. */
  readonly loadAverage: number;
}

const interrupt = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupt.abort(new Error(`interrupted by ${signal}`)));
const root = fileURLToPath(new URL('../../../', import.meta.url));

/** After which a loop ends by itself, should this program have been killed. */
const longestMs = 600_000;

/** Runs the work beside so many loops, and ends them whatever comes of it. */
async function beside<Answer>(loops: number, work: () => Promise<Answer>): Promise<Answer> {
  const loop = `for (const until = Date.now() + ${longestMs}; Date.now() < until; );`;
  const busy = Array.from({ length: loops }, (): ChildProcess => spawn(process.execPath, ['-e', loop], { stdio: 'ignore' }));
  try {
    return await work();
  } finally {
    for (const loop of busy) loop.kill('SIGKILL');
  }
}

async function repeated(layer: Repeat['layer'], loops: number): Promise<Repeat> {
  const against = layer === 'statistical' ? ['--against', 'HEAD'] : [];
  const begun = performance.now();
  const { code, output } = await beside(loops, () =>
    new Runs(interrupt.signal).node(['dist/src/cli.js', 'gate', '--layer', layer, ...against, '--json'], root),
  );
  const text = /^\{$[\s\S]*?^\}$/m.exec(output)?.[0];
  const status = text === undefined ? `exit code ${code}: ${output.slice(-300)}` : (JSON.parse(text) as GateRecord).status;
  const seconds = Math.round((performance.now() - begun) / 1_000);
  return { layer, loops, status, seconds, loadAverage: Number(loadavg()[0]?.toFixed(1)) };
}

/** What is compared with its own commit must be that. */
function committed(): string {
  const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
  const changed = git('status', '--porcelain', '--untracked-files=no', '--', 'src', 'strategies', 'scenarios');
  if (changed !== '') throw usage(`commit or take back what is changed, and build again: ${changed}`);
  return git('rev-parse', '--short', 'HEAD');
}

function timesOf(words: readonly string[]): readonly [exact: number, statistical: number] {
  const [exact = 20, statistical = 5] = words.map(Number);
  if ([exact, statistical].every((times) => Number.isInteger(times) && times >= 0)) return [exact, statistical];
  throw usage(`${words.join(' ')}: how often the exact layer, and how often the statistical one, like 20 5`);
}

try {
  const [exact, statistical] = timesOf(process.argv.slice(2));
  const commit = committed();
  const wanted = [
    ...Array.from({ length: exact }, (_, index) => ['exact', index % 2 === 0 ? 0 : availableParallelism()] as const),
    ...Array.from({ length: statistical }, () => ['statistical', 0] as const),
  ];
  const repeats: Repeat[] = [];
  for (const [layer, loops] of wanted) {
    const one = await repeated(layer, loops);
    repeats.push(one);
    process.stdout.write(`${JSON.stringify(one)}\n`);
  }
  const made = { commit, node: process.version, cpus: cpus()[0]?.model ?? 'unknown', cores: availableParallelism(), repeats };
  if (process.argv.length === 2) writeFileSync(`${root}bench/results/gate-repeats.json`, `${JSON.stringify(made, null, 2)}\n`);
  if (repeats.some(({ status }) => status !== 'pass')) process.exitCode = 1;
} catch (error) {
  process.stderr.write(`repeats: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = interrupt.signal.aborted ? 130 : 69;
}
