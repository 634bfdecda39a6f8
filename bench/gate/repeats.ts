/**
 * How often the gate raises an alarm over unchanged code, in real runs: `node dist/bench/gate/repeats.js [exact] [statistical]`, after `npm run build`.
 * So many times the exact layer, every second time beside a loop that never ends on each core, and so many times the statistical layer, this build
 * against its own commit. Each run is in `bench/results/gate-repeats.json`.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
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

/** Runs the work beside so many loops, and ends them whatever comes of it. */
async function beside<Answer>(loops: number, work: () => Promise<Answer>): Promise<Answer> {
  const busy = Array.from({ length: loops }, (): ChildProcess => spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }));
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

const [exact = 20, statistical = 5] = process.argv.slice(2).map(Number);
const wanted = [
  ...Array.from({ length: exact }, (_, index) => ['exact', index % 2 === 0 ? 0 : availableParallelism()] as const),
  ...Array.from({ length: statistical }, () => ['statistical', 0] as const),
];
const repeats: Repeat[] = [];
try {
  for (const [layer, loops] of wanted) {
    const one = await repeated(layer, loops);
    repeats.push(one);
    process.stdout.write(`${JSON.stringify(one)}\n`);
    writeFileSync(`${root}bench/results/gate-repeats.json`, `${JSON.stringify(repeats, null, 2)}\n`);
  }
  if (repeats.some(({ status }) => status !== 'pass')) process.exitCode = 1;
} catch (error) {
  process.stderr.write(`repeats: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = interrupt.signal.aborted ? 130 : 69;
}
