import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unavailable } from '../../error.js';
import type { Result } from '../../measure/result.js';
import { readResult } from '../../report/json.js';
import { quantile } from '../../report/loads.js';
import type { SideCost } from '../../verdict/pairs.js';
import type { Stage } from '../oneRun.js';

/** One of two programs that are compared: each plays runs as a user would. */
export interface Side {
  readonly name: 'base' | 'head';
  /** The commit, or what else it is. */
  readonly words: string;
  readonly cli: string;
  readonly cwd: string;
}

/** This bench, in this folder. */
export function here(words: string): Side {
  return { name: 'head', words, cli: fileURLToPath(new URL('../../cli.js', import.meta.url)), cwd: process.cwd() };
}

/** Plays a run of a side in processes of its own, and says what it cost. Nothing of it is left, also when it is interrupted. */
export async function costOf({ name, words, cli, cwd }: Side, run: readonly string[], stage: Stage): Promise<SideCost> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-gate-'));
  stage.guard.tell('folder', folder);
  try {
    const { code, stdout, stderr } = await ended([cli, 'run', ...run, '--json', '--out', join(folder, 'run')], cwd, stage);
    if (code !== 0) throw unavailable(`[${name}] ${words} did not pass: exit code ${code}: ${lastLines(stderr)}`);
    return costIn(readResult(stdout, `${name}'s result`));
  } finally {
    await rm(folder, { recursive: true, force: true });
    stage.guard.tell('removed', folder);
  }
}

function costIn({ costUsPerDelivered, latencyMs, rate }: Result): SideCost {
  return {
    nodeUs: costUsPerDelivered.node,
    brokerUs: costUsPerDelivered.broker,
    responseMsP99: quantile(latencyMs.response.all, 0.99),
    deliveredPerSecond: rate.deliveredPerSecond,
  };
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A group of its own, so that a terminal's Ctrl-C comes from here alone: it ends in good order and is waited for. If bench is killed the guardian ends it. */
async function ended(args: readonly string[], cwd: string, { signal, guard }: Stage): Promise<Ended> {
  signal.throwIfAborted();
  const child = spawn(process.execPath, args, { cwd, env: withoutServers(), stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  if (child.pid !== undefined) guard.tell('pid', child.pid);
  const stop = () => child.kill('SIGTERM');
  signal.addEventListener('abort', stop);
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      written[name] += text;
    });
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    signal.throwIfAborted();
    return { code, ...written };
  } finally {
    signal.removeEventListener('abort', stop);
    if (child.pid !== undefined) guard.tell('gone', child.pid);
  }
}

/** Two runs at once cannot share servers of one's own, whose counters are of everybody: each starts its own. */
function withoutServers(): NodeJS.ProcessEnv {
  const { BENCH_REDIS: _redis, BENCH_STORE: _store, ...others } = process.env;
  return others;
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-3).join(' / ');
}
