import { usage } from '../error.js';
import type { HopLatency, Plan, Random } from './types.js';

/** What a run takes that was not told one: half of a usual round trip between machines of one data centre. */
export const standardHopLatency: HopLatency = { distribution: 'constant', ms: 0.2 };

const unitMs: ReadonlyMap<string, number> = new Map([
  ['us', 0.001],
  ['ms', 1],
  ['s', 1000],
]);

/** `0.2ms`, `uniform:0.1ms,0.4ms`, `exponential:0.2ms` or `lognormal:0.2ms,0.5`. Throws a usage error for anything else. */
export function readHopLatency(text: string): HopLatency {
  const [, name = 'constant', values = ''] = /^(?:(\w+):)?(.*)$/.exec(text) ?? [];
  const latency = latencyOf(name, values.split(','));
  if (latency !== undefined) return latency;
  throw usage(
    `--hop-latency ${text || '""'} is no latency; give a time, like 0.2ms, or uniform:0.1ms,0.4ms (least, most), exponential:0.2ms (mean), lognormal:0.2ms,0.5 (median, sigma of the logarithm)`,
  );
}

/** A plan that says how long a hop takes is for virtual time. */
export function isSimulated({ hopLatency }: { readonly hopLatency?: Plan['hopLatency'] | undefined }): boolean {
  return hopLatency !== undefined;
}

/** The same words again. */
export function writeHopLatency(latency: HopLatency): string {
  switch (latency.distribution) {
    case 'constant':
      return `${latency.ms}ms`;
    case 'uniform':
      return `uniform:${latency.leastMs}ms,${latency.mostMs}ms`;
    case 'exponential':
      return `exponential:${latency.meanMs}ms`;
    case 'lognormal':
      return `lognormal:${latency.medianMs}ms,${latency.sigma}`;
  }
}

/** One hop after the other, ms. */
export function hopsMs(latency: HopLatency, random: Random): () => number {
  switch (latency.distribution) {
    case 'constant':
      return () => latency.ms;
    case 'uniform':
      return () => latency.leastMs + random() * (latency.mostMs - latency.leastMs);
    case 'exponential':
      return () => -latency.meanMs * Math.log(1 - random());
    case 'lognormal':
      return () => latency.medianMs * Math.exp(latency.sigma * normal(random));
  }
}

/** Box and Muller, 1958. */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function latencyOf(name: string, [first, second, ...others]: readonly string[]): HopLatency | undefined {
  const [one, two] = [timeMs(first), timeMs(second)];
  if (one === undefined || others.length > 0) return undefined;
  if (name === 'lognormal') return lognormal(one, second);
  if (name === 'uniform') return two === undefined || two < one ? undefined : { distribution: 'uniform', leastMs: one, mostMs: two };
  if (second !== undefined) return undefined;
  if (name === 'exponential') return { distribution: 'exponential', meanMs: one };
  return name === 'constant' ? { distribution: 'constant', ms: one } : undefined;
}

function lognormal(medianMs: number, sigma: string | undefined): HopLatency | undefined {
  return sigma !== undefined && /^\d+(\.\d+)?$/.test(sigma) ? { distribution: 'lognormal', medianMs, sigma: Number(sigma) } : undefined;
}

function timeMs(word = ''): number | undefined {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)(us|ms|s)$/.exec(word) ?? [];
  const factor = unitMs.get(unit);
  return factor === undefined ? undefined : Number(number) * factor;
}
