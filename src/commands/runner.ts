import { usage } from '../error.js';
import { isSimulated } from '../plan/hopLatency.js';
import type { Plan } from '../plan/types.js';
import { type RunFlags, runFlags } from './runFlags.js';

/** How a plan becomes a result. */
export const runners = ['live', 'simulated'] as const;
export type Runner = (typeof runners)[number];

/** What is only of use to one runner. A variable of the environment is meant for live runs, whatever else is run. */
const onlyLive = ['redis', 'store', 'workers', 'engine', 'gather', 'controlPort', 'transport'] as const;
const variables: Readonly<Partial<Record<keyof RunFlags, string>>> = { redis: 'BENCH_REDIS', store: 'BENCH_STORE' };

/** The flags that the runner heeds. Throws when one was given that it cannot. */
export function heeded(flags: RunFlags): RunFlags {
  if (flags.runner === 'live') {
    if (flags.hopLatency === undefined) return flags;
    throw usage('--hop-latency is for --runner simulated: live, messages take as long as they take; leave it out');
  }
  const stray = onlyLive.find((name) => isGiven(flags, name));
  if (stray === undefined) return { ...flags, redis: undefined, store: undefined };
  const flag = stray === 'controlPort' ? 'control-port' : stray;
  throw usage(`--${flag} is of no use to --runner simulated, which starts no process and connects to none; leave it out`);
}

function isGiven(flags: RunFlags, name: (typeof onlyLive)[number]): boolean {
  const variable = variables[name];
  const standard: { readonly standard?: unknown } = runFlags[name];
  return flags[name] !== standard.standard && (variable === undefined || flags[name] !== process.env[variable]);
}

export function runnerOf(plan: Plan): Runner {
  return isSimulated(plan) ? 'simulated' : 'live';
}
