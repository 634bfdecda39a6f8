import { usage } from '../error.js';
import type { Limits } from './types.js';

const counted = ['lost', 'duplicated', 'misdelivered', 'rejected'] as const;
const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000 };
const example = 'like "p99<50ms,lost=0"';

/** `p99<50ms,lost=0`: what must hold. `=` and `<=` are the same for a number of messages: so many at most. Throws a usage error for anything else. */
export function readSlo(text: string): Limits {
  const words = text.split(',').map((word) => word.trim());
  const limits = words.map(limitOf);
  const names = limits.flatMap((limit) => Object.keys(limit));
  const twice = words.find((_, index) => names.indexOf(names[index] ?? '') !== index);
  if (twice !== undefined) throw usage(`--slo ${text}: ${twice} limits what another part limits already; say each once`);
  return Object.assign({}, ...limits);
}

function limitOf(word: string): Limits {
  const [, name = '', relation = '', number = '', unit = ''] = /^(\w+)\s*(<=|<|=)\s*(\d+(?:\.\d+)?)\s*(\w*)$/.exec(word) ?? [];
  const factor = unitMs[unit];
  if (name === 'p99' && relation !== '=' && factor !== undefined && Number(number) > 0) return { responseMsP99: Number(number) * factor };
  const count = counted.find((one) => one === name);
  if (count !== undefined && relation !== '<' && unit === '' && Number.isInteger(Number(number))) return { [count]: Number(number) };
  throw usage(`--slo ${word || '""'} is no limit; give p99<TIME (of the response), or ${counted.join('=N, ')}=N, ${example}`);
}

/** The same words again. */
export function writeSlo({ responseMsP99, ...counts }: Limits): string {
  const time = responseMsP99 === undefined ? [] : [`p99<${responseMsP99}ms`];
  const others = counted.flatMap((name) => (counts[name] === undefined ? [] : [`${name}=${counts[name]}`]));
  return [...time, ...others].join(',');
}
